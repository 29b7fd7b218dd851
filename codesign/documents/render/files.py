"""An advice as a file of a word processor, by the digests of its document and of its style."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from codesign.documents.domain import digest, read
from codesign.documents.render.blocks import Paper
from codesign.documents.render.keeping import Kept, both
from codesign.documents.render.office import LOGO, paper
from codesign.documents.render.opendocument import opendocument
from codesign.documents.render.pictures import drawn
from codesign.documents.render.view import view
from codesign.documents.render.word import word
from codesign.places.house_style import Style

_MOST_KEPT = 16
_words, _texts = Kept(_MOST_KEPT), Kept(_MOST_KEPT)


def docx(stored: bytes, style: Style | None = None) -> bytes:
    """The Word file of the advice document in these bytes, in the house style of its place.

    Raises `DocumentError` and `RenderError`.
    """
    return _words.get(both(digest(stored), style), lambda: _made(stored, style, word))


def odt(stored: bytes, style: Style | None = None) -> bytes:
    """The OpenDocument text of the same."""
    return _texts.get(both(digest(stored), style), lambda: _made(stored, style, opendocument))


def _made(stored: bytes, style: Style | None, write: Callable[[Paper, Mapping[str, bytes]], bytes]) -> bytes:
    document = read("advice", stored)
    seen = view(document, digest(stored), style)
    whole = paper(document, seen)
    logo = {LOGO: style.logo.content} if style and style.logo else {}
    return write(whole, drawn(whole.pictures, seen) | logo)
