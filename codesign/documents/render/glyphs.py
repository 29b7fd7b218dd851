"""Which characters our letters can draw: a PDF for everybody may not hold a character no letter has."""

from __future__ import annotations

import re
import struct
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
# Breaks and joiners draw nothing and need no letter.
_INVISIBLE = frozenset("\n\r\t\u200c\u200d\u00ad")
_SENTENCE = re.compile(r"[^.!?؟።\n]*[.!?؟።\n]?")


def uncovered(text: str) -> list[tuple[str, str]]:
    """Pairs of (character, the sentence it stands in) that the PDF could not show; each pair once, in order."""
    known = covered()
    found: dict[tuple[str, str], None] = {}
    for sentence in _SENTENCE.findall(text):
        for character in sentence:
            if character not in _INVISIBLE and ord(character) not in known:
                found[(character, sentence.strip())] = None
    return list(found)


@cache
def covered() -> frozenset[int]:
    """Code points that both weights of one of our scripts can draw."""
    found: set[int] = set()
    for regular in FONTS.glob("*-Regular.ttf"):
        bold = regular.with_name(regular.name.replace("-Regular", "-Bold"))
        found |= characters_of(regular) & characters_of(bold)
    return frozenset(found)


def characters_of(path: Path) -> set[int]:
    """The code points in a TrueType file's character map, from its tables of format 4 and 12.

    Source: OpenType specification 1.9, table `cmap`.
    """
    data = path.read_bytes()
    tables = struct.unpack_from(">H", data, 4)[0]
    start = next(
        offset
        for tag, _check, offset, _length in (struct.unpack_from(">4sLLL", data, 12 + 16 * n) for n in range(tables))
        if tag == b"cmap"
    )
    found: set[int] = set()
    for n in range(struct.unpack_from(">H", data, start + 2)[0]):
        at = start + struct.unpack_from(">HHL", data, start + 4 + 8 * n)[2]
        match struct.unpack_from(">H", data, at)[0]:
            case 4:
                found |= _format_4(data, at)
            case 12:
                groups = struct.unpack_from(">L", data, at + 12)[0]
                for g in range(groups):
                    first, last, _glyph = struct.unpack_from(">LLL", data, at + 16 + 12 * g)
                    found |= set(range(first, last + 1))
    return found


def _format_4(data: bytes, at: int) -> set[int]:
    segments = struct.unpack_from(">H", data, at + 6)[0] // 2
    ends = struct.unpack_from(f">{segments}H", data, at + 14)
    starts = struct.unpack_from(f">{segments}H", data, at + 16 + 2 * segments)
    return {c for first, last in zip(starts, ends, strict=True) for c in range(first, last + 1) if c != 0xFFFF}
