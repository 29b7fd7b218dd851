"""The drawings of an advice as PNG, for files that cannot draw them."""

from __future__ import annotations

import struct

from codesign.documents.domain import Json
from codesign.documents.render.press import pictures_of

TEMPLATE = "pictures.typ"
_MM_PER_DOT = 25.4 / 144


def drawn(wanted: Json, seen: Json) -> dict[str, bytes]:
    """PNG by name, of the drawings `wanted` (blocks.Paper.pictures) of an advice seen as `seen` (view.view)."""
    if not wanted:
        return {}
    data = {key: seen[key] for key in ("words", "own", "doc", "style")} | {"pictures": list(wanted.values())}
    return dict(zip(wanted, pictures_of(TEMPLATE, data), strict=True))


def size(png: bytes) -> tuple[float, float]:
    """Width and height in millimetres, from the head of the file (PNG specification, 11.2.2)."""
    width, height = struct.unpack(">II", png[16:24])
    return width * _MM_PER_DOT, height * _MM_PER_DOT
