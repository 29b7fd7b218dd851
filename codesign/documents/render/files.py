"""An advice as a file of a word processor, by the digest of its document."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from codesign.documents.domain import digest, read
from codesign.documents.render.blocks import Paper
from codesign.documents.render.keeping import Kept
from codesign.documents.render.office import paper
from codesign.documents.render.opendocument import opendocument
from codesign.documents.render.pictures import drawn
from codesign.documents.render.view import view
from codesign.documents.render.word import word

_MOST_KEPT = 16
_words, _texts = Kept(_MOST_KEPT), Kept(_MOST_KEPT)


def docx(stored: bytes) -> bytes:
    """The Word file of the advice document in these bytes. Raises `DocumentError` and `RenderError`."""
    return _words.get(digest(stored), lambda: _made(stored, word))


def odt(stored: bytes) -> bytes:
    """The OpenDocument text of the same."""
    return _texts.get(digest(stored), lambda: _made(stored, opendocument))


def _made(stored: bytes, write: Callable[[Paper, Mapping[str, bytes]], bytes]) -> bytes:
    document = read("advice", stored)
    seen = view(document, digest(stored))
    whole = paper(document, seen)
    return write(whole, drawn(whole.pictures, seen))
