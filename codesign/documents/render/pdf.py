"""The tagged PDF of an advice (PDF/UA-1 and PDF/A-2a): the same bytes for the same document and style."""

from __future__ import annotations

from datetime import date

from codesign.documents.domain import Json, digest, read
from codesign.documents.render.keeping import Kept, both
from codesign.documents.render.press import RenderError, pdf_of
from codesign.documents.render.view import view
from codesign.places.house_style import Style

__all__ = ["RenderError", "draft", "draw", "pdf"]
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


def draft(document: Json, style: Style | None = None) -> bytes:
    """The same of a text the panel has not adopted: each page says so, and no number, digest or adoption is claimed.

    document: the shape of an advice; its number, days and adoption may be stand-ins.
    """
    seen = view(document | {"number": "…"}, "", style)
    words = seen["words"]
    seen["cover"] |= {"adopted": words["not_adopted"], "sent": words["not_adopted"], "due": words["not_adopted"]}
    logo = style.logo.content if style and style.logo else b""
    day = date.fromisoformat(document["cover"]["sent_on"])
    return pdf_of(TEMPLATE, seen | {"draft": True, "digest": "", "releases": []}, day, logo)
