"""The sentences of "what we heard": where each ends, and which earlier sentence it still is after an edit."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from codesign.plain.check import sentences

# From this likeness on, a changed sentence is taken for the same one: a word or two were changed, not what it says.
ALIKE = 0.75


def split(text: str) -> list[str]:
    """The sentences of a text, each on one line; marks without a word are none."""
    pieces = (" ".join(text[start:end].split()) for start, end in sentences(text))
    return [piece for piece in pieces if any(sign.isalnum() for sign in piece)]


def sign(sentence: str) -> str:
    """A short name of a sentence for addresses: 16 hexadecimal digits."""
    return hashlib.sha256(sentence.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Kept:
    """The earlier sentence (its number) that a sentence still is; `changed` when it reads a little differently."""

    earlier: int
    changed: bool = False


def follow(earlier: Sequence[str], now: Sequence[str]) -> dict[int, Kept]:
    """For each sentence of a text the earlier one it still is; a new sentence has none.

    The same words are the same sentence wherever they stand. The others are paired in their order so that the sum of
    likenesses is largest (sequence alignment: Needleman and Wunsch, 1970), with pairs less alike than `ALIKE` left
    out.
    """
    places = {text: n for n, text in enumerate(earlier)}
    found = {n: Kept(places[text]) for n, text in enumerate(now) if text in places}
    same = {kept.earlier for kept in found.values()}
    left = [n for n in range(len(earlier)) if n not in same]
    new = [n for n in range(len(now)) if n not in found]
    pairs = _aligned([[_likeness(earlier[a], now[b]) for b in new] for a in left])
    return found | {new[b]: Kept(left[a], changed=True) for a, b in pairs}


def _likeness(one: str, two: str) -> float:
    """0 to 1; 0 for whatever is less than alike."""
    matcher = SequenceMatcher(None, one, two, autojunk=False)
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= ALIKE else 0.0


def _aligned(alike: list[list[float]]) -> list[tuple[int, int]]:
    """The pairs, none crossing another, whose sum is largest."""
    high, wide = len(alike), len(alike[0]) if alike else 0
    best = [[0.0] * (wide + 1) for _row in range(high + 1)]
    for a in range(high - 1, -1, -1):
        for b in range(wide - 1, -1, -1):
            pair = alike[a][b] + best[a + 1][b + 1] if alike[a][b] else 0.0
            best[a][b] = max(pair, best[a + 1][b], best[a][b + 1])
    pairs, a, b = [], 0, 0
    while a < high and b < wide:
        if alike[a][b] and best[a][b] == alike[a][b] + best[a + 1][b + 1]:
            pairs.append((a, b))
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            a += 1
        else:
            b += 1
    return pairs
