"""Setting type: a template of ours and plain data become a PDF or pictures; nothing else can be read meanwhile."""

from __future__ import annotations

import json
import tempfile
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path

import typst

from codesign.documents.domain import Json

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
PARTS = "parts.typ"
STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2a"]
_DOTS_PER_INCH = 144.0


class RenderError(RuntimeError):
    """It cannot be drawn; the text says what typst found (a letter without a glyph, a missing alternative)."""


@cache
def _fonts() -> typst.Fonts:
    """The letters, read once for the process; only ours."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def pdf_of(template: str, data: Json, day: date) -> bytes:
    """A PDF (PDF/UA-1 and PDF/A-2a) dated `day`. Raises `RenderError`."""
    made = _compiled(template, data, "pdf", day)
    assert isinstance(made, bytes)
    return made


def pictures_of(template: str, data: Json) -> list[bytes]:
    """Each page as a PNG. Raises `RenderError`."""
    made = _compiled(template, data, "png", date(2000, 1, 1))
    return made if isinstance(made, list) else [made]


def _compiled(template: str, data: Json, form: typst.OutputFormat, day: date) -> bytes | list[bytes]:
    at = datetime.combine(day, time(), UTC)
    # The root is a folder with the templates alone, so that nothing else can be read. Words go in as JSON, never as
    # markup.
    with tempfile.TemporaryDirectory(prefix="codesign-typst-") as root:
        for name in (template, PARTS):
            Path(root, name).write_bytes((HERE / name).read_bytes())
        try:
            made: bytes | list[bytes] = typst.compile(
                Path(root, template), root=Path(root), font_paths=_fonts(), ignore_system_fonts=True, format=form,
                ppi=_DOTS_PER_INCH, sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
                pdf_standards=STANDARDS if form == "pdf" else [], timestamp=at,
            )  # fmt: skip
        except typst.TypstError as error:
            raise RenderError(error.message) from error
    return made
