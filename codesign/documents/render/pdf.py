"""The tagged PDF of an advice (PDF/UA-1 and PDF/A-2a): the same bytes for the same document."""

from __future__ import annotations

from datetime import date

from codesign.documents.domain import Json, digest, read
from codesign.documents.render.keeping import Kept
from codesign.documents.render.press import RenderError, pdf_of
from codesign.documents.render.view import view

__all__ = ["RenderError", "draw", "pdf"]
TEMPLATE = "advice.typ"
_kept = Kept(32)


def pdf(stored: bytes) -> bytes:
    """The PDF of the advice document in these bytes; kept in memory by digest.

    Raises `DocumentError` and `RenderError`.
    """
    name = digest(stored)
    return _kept.get(name, lambda: draw(read("advice", stored), name))


def draw(document: Json, name: str) -> bytes:
    """The PDF of a checked advice with the digest `name`."""
    return pdf_of(TEMPLATE, view(document, name), date.fromisoformat(document["cover"]["sent_on"]))
