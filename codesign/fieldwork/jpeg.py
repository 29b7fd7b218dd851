"""A JPEG segment by segment: its pixels stay, what a device or a person wrote beside them goes."""

from __future__ import annotations

import re

# The next mark that is no byte of a scan: not stuffed (00), no restart (D0 to D7); fill bytes may stand before it.
_MARK = re.compile(rb"\xff+([\x01-\xcf\xd8-\xfe])")
_START, _END, _SCAN, _JFIF, _ADOBE = 0xD8, 0xD9, 0xDA, 0xE0, 0xEE


def jpeg_alone(content: bytes) -> bytes:
    """A JPEG inside a PDF without EXIF, XMP, comments and what follows its end; its pixels are untouched.

    JFIF and Adobe marks stay. Raises ValueError for what is no JPEG. Source: ITU-T T.81 (1992), annex B: a file is a
    row of segments, each with its length, and of scans between them.
    """
    at = content.find(b"\xff\xd8") + 2
    if at < 2:
        raise ValueError("no JPEG")
    kept, scans = [b"\xff\xd8"], False
    while mark := _MARK.search(content, at):
        if scans:
            kept.append(content[at : mark.start()])
        kind, at = mark[1][0], mark.end()
        if kind == _END:
            break
        if kind in {0x01, _START}:
            continue
        end = at + int.from_bytes(content[at : at + 2])
        if not (0xE0 <= kind <= 0xEF or kind == 0xFE) or kind in {_JFIF, _ADOBE}:
            kept.append(b"\xff" + content[at - 1 : end])
        at, scans = max(end, at), kind == _SCAN
    else:
        kept.append(content[at:] if scans else b"")
    return b"".join(kept) + b"\xff\xd9"
