"""The tagged PDF of an advice (PDF/UA-1 and PDF/A-2a): the same bytes for the same document and style."""

from __future__ import annotations

from datetime import date

from codesign.documents.domain import Json, digest, read
from codesign.documents.render.keeping import Kept, both
from codesign.documents.render.press import RenderError, pdf_of
from codesign.documents.render.view import view
from codesign.places.house_style import Style

__all__ = ["RenderError", "draw", "pdf"]
TEMPLATE = "advice.typ"
_kept = Kept(32)


def pdf(stored: bytes, style: Style | None = None) -> bytes:
    """The PDF of the advice document in these bytes in the house style of its place; kept in memory by both digests.

    Raises `DocumentError` and `RenderError`.
    """
    name = digest(stored)
    return _kept.get(both(name, style), lambda: draw(read("advice", stored), name, style))


def draw(document: Json, name: str, style: Style | None = None) -> bytes:
    """The PDF of a checked advice with the digest `name`."""
    logo = style.logo.content if style and style.logo else b""
    day = date.fromisoformat(document["cover"]["sent_on"])
    return pdf_of(TEMPLATE, view(document, name, style), day, logo)
