"""The logo of a place: a PNG, taken apart and put together again from the pieces that draw it, and nothing else."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from dataclasses import dataclass
from functools import cached_property

from PIL import Image

MOST_BYTES = 200_000
LEAST_SIDE, MOST_SIDE = 16, 2_000
_SIGN = b"\x89PNG\r\n\x1a\n"
_DRAWS = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")
# Colour type to (samples a dot, bits a sample that are allowed), PNG specification 3, table 12.
_FORMS = {0: (1, {1, 2, 4, 8, 16}), 2: (3, {8, 16}), 3: (1, {1, 2, 4, 8}), 4: (2, {8, 16}), 6: (4, {8, 16})}


class NoLogo(ValueError):
    """The file cannot be the logo; the text is "svg", "not_png", "too_large", "sides", "interlaced" or "broken"."""


@dataclass(frozen=True)
class Logo:
    """A clean PNG, its sides in dots, and what it shows in words, in `language`."""

    content: bytes
    width: int
    height: int
    alternative: str
    language: str

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the bytes, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


def clean(content: bytes) -> tuple[bytes, int, int]:
    """The picture alone, without words, places or dates that a maker's tool wrote, and its sides. Raises `NoLogo`.

    Source: Portable Network Graphics (PNG) Specification, third edition, W3C 2025.
    """
    if not content.startswith(_SIGN):
        raise NoLogo("svg" if b"<svg" in content[:2_000].lower() else "not_png")
    if len(content) > MOST_BYTES:
        raise NoLogo("too_large")
    try:
        pieces = _pieces(content)
        width, height, least = _head(pieces[0][1])
        data = zlib.decompressobj()
        drawn = len(data.decompress(b"".join(inner for kind, inner in pieces if kind == b"IDAT"), least + 1))
    except (struct.error, zlib.error, IndexError) as error:
        raise NoLogo("broken") from error
    if not data.eof or drawn != least or pieces[-1][0] != b"IEND":
        raise NoLogo("broken")
    made = _SIGN + b"".join(_written(kind, inner) for kind, inner in pieces)
    try:
        with Image.open(io.BytesIO(made), formats=["PNG"]) as picture:
            picture.load()
    except (OSError, SyntaxError, ValueError) as error:
        raise NoLogo("broken") from error
    return made, width, height


def _pieces(content: bytes) -> list[tuple[bytes, bytes]]:
    """The pieces that draw, each whole by its check sum; what follows the end is let go."""
    found: list[tuple[bytes, bytes]] = []
    at = len(_SIGN)
    while at < len(content) and (not found or found[-1][0] != b"IEND"):
        size, kind = struct.unpack_from(">I4s", content, at)
        inner = content[at + 8 : at + 8 + size]
        (check,) = struct.unpack_from(">I", content, at + 8 + size)
        if check != zlib.crc32(kind + inner):
            raise NoLogo("broken")
        if kind in _DRAWS:
            found.append((kind, inner))
        elif kind[:1].isupper():
            raise NoLogo("broken")
        at += 12 + size
    return found


def _head(inner: bytes) -> tuple[int, int, int]:
    """Sides, and how many bytes the rows have. One way of weaving only: row after row."""
    width, height, bits, form, packing, filtering, weaving = struct.unpack(">IIBBBBB", inner)
    if not (LEAST_SIDE <= width <= MOST_SIDE and LEAST_SIDE <= height <= MOST_SIDE):
        raise NoLogo("sides")
    samples, allowed = _FORMS.get(form, (0, set()))
    if weaving == 1:
        raise NoLogo("interlaced")
    if bits not in allowed or packing or filtering or weaving:
        raise NoLogo("broken")
    return width, height, height * (1 + (width * samples * bits + 7) // 8)


def _written(kind: bytes, inner: bytes) -> bytes:
    return struct.pack(">I", len(inner)) + kind + inner + struct.pack(">I", zlib.crc32(kind + inner))
