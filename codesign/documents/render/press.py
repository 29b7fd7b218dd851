"""Setting type: a template of ours and plain data become a PDF or pictures; nothing else can be read meanwhile."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import typst

Json = dict[str, Any]
HERE = Path(__file__).parent
FONTS = HERE / "fonts"
PARTS = "parts.typ"
LOGO = "logo.png"
STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2a"]
_DOTS_PER_INCH = 144.0
FORMS: dict[str, typst.OutputFormat] = {"pdf": "pdf", "png": "png"}
_MOST_SECONDS = 60


class RenderError(RuntimeError):
    """It cannot be drawn; the text says what typst found (a letter without a glyph, a missing alternative)."""


@cache
def _fonts() -> typst.Fonts:
    """The letters, read once for the process; only ours."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def pdf_of(template: str, data: Json, day: date, logo: bytes = b"") -> bytes:
    """A PDF (PDF/UA-1 and PDF/A-2a) dated `day`; `logo`: a PNG the template asks for. Raises `RenderError`."""
    return _apart(template, json.dumps(data, ensure_ascii=False), "pdf", day, logo)[0]


def pictures_of(template: str, data: Json) -> list[bytes]:
    """Each page as a PNG. Raises `RenderError`."""
    return _apart(template, json.dumps(data, ensure_ascii=False), "png", date(2000, 1, 1), b"")


def _apart(template: str, words: str, form: typst.OutputFormat, day: date, logo: bytes) -> list[bytes]:
    """Drawn by a process of its own: typst keeps what it drew last, and a worker would hold it for hours.

    The process knows none of our settings and may take a minute.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-m", "codesign.documents.render.press", template, form, day.isoformat()],
            input=_packed([logo, words.encode()]), capture_output=True, timeout=_MOST_SECONDS,
            check=False, env={"PYTHONPATH": os.pathsep.join(sys.path)},
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise RenderError("it takes too long to draw") from error
    if done.returncode != 0:
        raise RenderError(done.stderr.decode(errors="replace").strip()[-500:])
    return _unpacked(done.stdout)


def _packed(parts: list[bytes]) -> bytes:
    """Each part after its length."""
    return b"".join(len(part).to_bytes(8, "big") + part for part in parts)


def _unpacked(packed: bytes) -> list[bytes]:
    parts, at = [], 0
    while at < len(packed):
        end = at + 8 + int.from_bytes(packed[at : at + 8], "big")
        parts.append(packed[at + 8 : end])
        at = end
    return parts


def _compiled(template: str, words: str, form: typst.OutputFormat, day: date, logo: bytes) -> list[bytes]:
    """Drawn by this process, which is the one `_apart` started."""
    at = datetime.combine(day, time(), UTC)
    # The root is a folder with the templates alone, so that nothing else can be read. Words go in as JSON, never as
    # markup.
    with tempfile.TemporaryDirectory(prefix="codesign-typst-") as root:
        for name in (template, PARTS):
            Path(root, name).write_bytes((HERE / name).read_bytes())
        if logo:
            Path(root, LOGO).write_bytes(logo)
        try:
            made: bytes | list[bytes] = typst.compile(
                Path(root, template), root=Path(root), font_paths=_fonts(), ignore_system_fonts=True, format=form,
                ppi=_DOTS_PER_INCH, sys_inputs={"data": words},
                pdf_standards=STANDARDS if form == "pdf" else [], timestamp=at,
            )  # fmt: skip
        except typst.TypstError as error:
            raise RenderError(error.message) from error
    return made if isinstance(made, list) else [made]


def main(template: str, form: str, day: str) -> int:
    """What `_apart` runs: logo and words from standard input, what was drawn to standard output; 1 when it fails."""
    logo, words = _unpacked(sys.stdin.buffer.read())
    try:
        made = _compiled(template, words.decode(), FORMS[form], date.fromisoformat(day), logo)
    except RenderError as error:
        sys.stderr.write(str(error))
        return 1
    sys.stdout.buffer.write(_packed(made))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:4]))
