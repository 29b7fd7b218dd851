"""The tagged PDF of an advice (PDF/UA-1 and PDF/A-2a): the same bytes for the same document."""

from __future__ import annotations

import json
import tempfile
import threading
from collections import OrderedDict
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path

import typst

from codesign.documents.domain import Json, digest, read
from codesign.documents.render.view import view

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
TEMPLATE = HERE / "advice.typ"
STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2a"]
_KEPT: OrderedDict[str, bytes] = OrderedDict()
_MOST_KEPT = 32
_lock = threading.Lock()


class RenderError(RuntimeError):
    """The PDF cannot be made; the text says what typst found (a letter without a glyph, a missing alternative)."""


@cache
def _fonts() -> typst.Fonts:
    """The letters, read once for the process; only ours."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def pdf(stored: bytes) -> bytes:
    """The PDF of the advice document in these bytes; kept in memory by digest.

    Raises `DocumentError` and `RenderError`.
    """
    name = digest(stored)
    with _lock:
        if name in _KEPT:
            _KEPT.move_to_end(name)
            return _KEPT[name]
    made = draw(read("advice", stored), name)
    with _lock:
        _KEPT[name] = made
        while len(_KEPT) > _MOST_KEPT:
            _KEPT.popitem(last=False)
    return made


def draw(document: Json, name: str) -> bytes:
    """The PDF of a checked advice with the digest `name`. The texts go in as JSON, never as markup."""
    data = json.dumps(view(document, name), ensure_ascii=False)
    day = datetime.combine(date.fromisoformat(document["cover"]["sent_on"]), time(), UTC)
    # The root is a folder with the template alone, so that nothing else can be read.
    with tempfile.TemporaryDirectory(prefix="codesign-typst-") as root:
        main = Path(root, TEMPLATE.name)
        main.write_bytes(TEMPLATE.read_bytes())
        try:
            made = typst.compile(
                main, root=Path(root), font_paths=_fonts(), ignore_system_fonts=True, format="pdf",
                sys_inputs={"data": data}, pdf_standards=STANDARDS, timestamp=day,
            )  # fmt: skip
        except typst.TypstError as error:
            raise RenderError(error.message) from error
    assert isinstance(made, bytes)
    return made
