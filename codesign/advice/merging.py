"""Putting together what two people wrote in one text, and showing what changed between two texts, word by word."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, TypeVar

T = TypeVar("T")
_WORDS = re.compile(r"\s+|[^\s]+")
# A difference of longer texts is shown by paragraphs: comparing words one by one would take too long.
MOST_WORDS = 4000


@dataclass(frozen=True)
class Piece:
    """A run of text that stayed, came in ("ins") or went ("del")."""

    kind: Literal["same", "ins", "del"]
    text: str


@dataclass(frozen=True)
class _Change:
    """Paragraphs `start` up to `end` of the first text became `lines`."""

    start: int
    end: int
    lines: tuple[str, ...]

    def touches(self, other: _Change) -> bool:
        """Whether both changed the same paragraph; two additions at one place do not touch."""
        return max(self.start, other.start) < min(self.end, other.end)


def merge(base: str, theirs: str, mine: str) -> str | None:
    """Both people's changes to `base` in one text; None when both changed the same paragraph in two ways.

    A merge of three texts by paragraphs: Khanna, Kunal and Pierce, A Formal Investigation of Diff3, 2007. Where both
    added something at the same place, theirs stands first.
    """
    lines = base.split("\n")
    first, second = _changes(lines, theirs.split("\n")), _changes(lines, mine.split("\n"))
    second = [change for change in second if change not in first]
    if any(one.touches(other) for one in first for other in second):
        return None
    made: list[str] = []
    at = 0
    for change in sorted((*first, *second), key=lambda c: (c.start, c.end)):
        made += lines[at : change.start]
        made += change.lines
        at = max(at, change.end)
    return "\n".join(made + lines[at:])


def merge_sets(base: Collection[T], theirs: Collection[T], mine: Collection[T]) -> set[T]:
    """What is chosen after both people's ticks: theirs, with what I added and without what I took away."""
    return (set(theirs) | (set(mine) - set(base))) - (set(base) - set(mine))


def merge_fields(
    base: Mapping[str, str], theirs: Mapping[str, str], mine: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Field by field: what is to be saved, and where both wrote in the same paragraph, what they wrote."""
    made, stale = {}, {}
    for name, text in mine.items():
        before, there = base.get(name, ""), theirs.get(name, "")
        if text in {before, there}:
            made[name] = there
        elif there == before:
            made[name] = text
        elif (both := merge(before, there, text)) is not None:
            made[name] = both
        else:
            stale[name] = there
    return made, stale


def differences(before: str, after: str) -> tuple[Piece, ...]:
    """What stayed, came and went, in reading order."""
    one, two = _split(before), _split(after)
    runs: list[tuple[str, str, str]] = []
    for tag, a, b, c, d in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        runs.append(("same" if tag == "equal" else "new", "".join(one[a:b]), "".join(two[c:d])))
    found: list[Piece] = []
    went = came = ""
    for n, (kind, old, new) in enumerate(runs):
        # A space between two changes belongs to them: changed words are read as one run.
        if kind == "new" or (not old.strip() and 0 < n < len(runs) - 1):
            went, came = went + old, came + new
            continue
        found += _changed(went, came)
        went = came = ""
        found.append(Piece("same", old))
    return (*found, *_changed(went, came))


def _changed(went: str, came: str) -> list[Piece]:
    return [*([Piece("del", went)] if went else []), *([Piece("ins", came)] if came else [])]


def _split(text: str) -> list[str]:
    words: list[str] = _WORDS.findall(text)
    return words if len(words) <= MOST_WORDS else text.splitlines(keepends=True)


def _changes(before: Sequence[str], after: Sequence[str]) -> list[_Change]:
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    found: list[_Change] = []
    for tag, a, b, c, d in codes:
        if tag == "replace" and b - a == d - c:
            # Paragraph by paragraph: what two people changed beside each other does not touch.
            found += [_Change(a + n, a + n + 1, (after[c + n],)) for n in range(b - a)]
        elif tag != "equal":
            found.append(_Change(a, b, tuple(after[c:d])))
    return found
