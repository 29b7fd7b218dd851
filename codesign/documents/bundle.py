"""The public bundle of an advice: a zip with the document, the releases it cites and the PDF, always the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

DOCUMENT = "advice.json"
PDF = "advice.pdf"
COSIGNATURES = "co-signatures.json"
STYLE = "house-style.json"
RELEASES = "releases/"
FILES = "files/"
# Files of reports that would make a bundle heavier than this stay out of it; their pages have them.
MOST_OF_FILES = 60_000_000
README = "README.txt"
_TEXT = """Advice {number}

advice.json  the advice as it was sent; its name is its SHA-256: {digest}
releases/    the released results it cites, each named by its SHA-256
advice.pdf   the same advice on paper
{more}
Check it on any machine, without a connection:  codesign verify FILE.zip
"""
_BESIDE = """co-signatures.json  who stands behind the advice, and what they offer; no part of it,
             as it stood when this file was made
"""
_FILES = """files/       files of the reports it cites, each named by its SHA-256
"""
_DRESSED = """house-style.json  colours and logo of the municipality that the PDF is drawn in
"""
# The oldest day a zip can hold: the bundle says nothing about when it was made.
_DAY = (1980, 1, 1, 0, 0, 0)


def pack(
    number: str, digest: str, document: bytes, releases: Mapping[str, bytes], pdf: bytes,
    cosignatures: bytes | None = None, files: Mapping[str, bytes] | None = None, style: bytes | None = None,
) -> bytes:  # fmt: skip
    """The bytes of the bundle; the same parts give the same bytes.

    `files`: those of reports, by digest; `style`: the document of the house style the PDF is drawn in.
    """
    more = (_BESIDE if cosignatures else "") + (_FILES if files else "") + (_DRESSED if style else "")
    parts = {README: _TEXT.format(number=number, digest=digest, more=more).encode(), DOCUMENT: document, PDF: pdf}
    if style:
        parts[STYLE] = style
    if cosignatures:
        parts[COSIGNATURES] = cosignatures
    parts |= {f"{RELEASES}{name}.json": releases[name] for name in sorted(releases)}
    parts |= {f"{FILES}{name}": content for name, content in sorted((files or {}).items())}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            bundle.writestr(entry, content)
    return made.getvalue()
