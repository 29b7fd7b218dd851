"""Opening a file of votes: which reader its name asks for."""

from __future__ import annotations

from pathlib import Path

from codesign.counting.files.bundles import read_slips
from codesign.counting.files.domain import BrokenFile, VotesFile
from codesign.counting.files.pabulib import read_projects
from codesign.counting.files.preflib import ORDERS, read_categories, read_orders
from codesign.counting.files.text import MOST_BYTES, lines

ENDINGS = (*ORDERS, "cat", "pb", "json")


class UnknownKind(ValueError):
    """The name of the file does not say what is in it."""


def read(path: Path) -> VotesFile:
    """What stands in the file. Raises BrokenFile, UnknownKind, or OSError when it cannot be opened."""
    kind = path.suffix.lower().removeprefix(".")
    if kind not in ENDINGS:
        raise UnknownKind(f"The name must end in {', '.join('.' + e for e in ENDINGS[:-1])} or .{ENDINGS[-1]}.")
    if path.stat().st_size > MOST_BYTES:
        raise BrokenFile(1, f"The file has more than {MOST_BYTES // 1_000_000} million bytes.")
    return parse(path.read_bytes(), kind)


def parse(data: bytes, kind: str) -> VotesFile:
    """What these bytes hold; `kind` is the ending of the file's name, without the dot."""
    text = lines(data)
    if kind in ORDERS:
        return read_orders(text, kind)
    if kind == "cat":
        return read_categories(text)
    if kind == "pb":
        return read_projects(text)
    return read_slips(text)
