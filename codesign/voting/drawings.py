"""The drawing of a result, as numbers a template draws: marks, duels, a circle, seats, bars of money.

Each drawing has the same content in words beside it. Places are in units of the drawing; in a page that runs from
right to left a drawing that has a direction is turned over here, so that no letter is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, pi, sin
from typing import Any

from codesign.voting import why
from codesign.voting.domain import NONE, Method, Opening, Option
from codesign.voting.labels import Choice, choice, choices, letters
from codesign.voting.outcomes import Tally
from codesign.voting.why_words import Words

# As many small marks as an eye still takes in; above it one mark stands for several.
MOST_MARKS = 60
WIDTH = 240
# Above this many choices in a circle, the lines across it hide each other.
MOST_CROSSED = 6
MOST_ROUND = 12


@dataclass(frozen=True)
class Row:
    """One choice of a result: how it reads, its number, how many people stand behind it, whether it is an outcome."""

    choice: Choice
    count: int
    people: int
    won: bool
    place: int = 0


def rows(opening: Opening, tally: Tally) -> list[Row]:
    """The options from best to worst, "none of these" last; equals have the same place."""
    options = {o.key: o for o in opening.options}
    won = set(tally.winners)
    found = []
    for place, group in enumerate(tally.order, start=1):
        found += [
            Row(choice(options[key]), tally.counts.get(key, 0), tally.supporters[key], key in won, place)
            for key in group
        ]
    if opening.with_none:
        found.append(Row(choice(Option(NONE)), tally.none, tally.none, False))
    return found


@dataclass(frozen=True)
class Marks:
    """Small marks for a number: how many are drawn, and how many each stands for."""

    drawn: int
    each: int = 1


def marks(number: int) -> Marks:
    """One mark for one, as long as an eye takes them in."""
    each = max(1, -(-number // MOST_MARKS))
    return Marks(-(-number // each), each)


@dataclass(frozen=True)
class Piece:
    """A rectangle: from the left, from the top, wide, high; `name` stands on it."""

    x: float
    y: float
    wide: float
    high: float
    name: str = ""


@dataclass(frozen=True)
class Stack:
    """A column of the drawing of marks: a mark, how many gave it, and its small pieces."""

    mark: int
    people: int
    middle: float
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Stacks:
    """How the marks of one option lie: a column for each mark from 0."""

    wide: float
    high: float
    columns: tuple[Stack, ...]
    skipped: int


def stacks(spread: Sequence[int], voters: int, rtl: bool = False) -> Stacks:
    """The marks of one option as stacked pieces, one a person while they are few."""
    column, tallest = 28.0, max([*spread, 1])
    each = max(1, -(-tallest // 20))
    step = 7.0
    high = step * -(-tallest // each)
    wide = column * len(spread)
    found = []
    for mark, people in enumerate(spread):
        left = (len(spread) - 1 - mark if rtl else mark) * column
        drawn = -(-people // each)
        pieces = tuple(Piece(left + 4, high - step * (n + 1), column - 8, step - 2) for n in range(drawn))
        found.append(Stack(mark, people, left + column / 2, pieces))
    return Stacks(wide, high, tuple(found), voters - sum(spread))


@dataclass(frozen=True)
class Node:
    """A choice on the circle, by its number in the list."""

    x: float
    y: float
    number: int


@dataclass(frozen=True)
class Arrow:
    """A won duel inside the circle: a line, the three corners of its head, and by how many it was won."""

    x1: float
    y1: float
    x2: float
    y2: float
    head: str
    votes: int
    at: tuple[float, float]


@dataclass(frozen=True)
class Circle:
    """Choices of which none wins against all others, and their duels as arrows from winner to loser.

    rim: half the width of a ring. Of more than MOST_CROSSED choices only duels between neighbours are drawn.
    """

    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]
    rim: float


def circle(schulze: Mapping[str, Any], numbers: Mapping[str, int]) -> Circle | None:
    """The drawing of the circle, where there is one that can be drawn; the table of duels says the same.

    Even duels alone make no circle, though then no choice wins against all others either.
    """
    found: list[list[str]] = [s["options"] for s in schulze["steps"] if s["kind"] == "schulze_circle"]
    keys = found[0] if found else []
    if not 3 <= len(keys) <= MOST_ROUND:
        return None
    pairs: Mapping[str, Mapping[str, int]] = schulze["pairs"]
    keys = _round(keys, pairs)
    where = {}
    for n, key in enumerate(keys):
        turn = 2 * pi * n / len(keys) - pi / 2
        where[key] = (120 + 88 * cos(turn), 120 + 88 * sin(turn))
    nodes = tuple(Node(_r(where[key][0]), _r(where[key][1]), numbers[key]) for key in keys)
    rim = _r(min(19, 88 * sin(pi / len(keys)) - 11))
    near = {pair for a, b in pairwise([*keys, keys[0]]) for pair in ((a, b), (b, a))}
    arrows = [
        _arrow(where[a], where[b], pairs[a][b], rim)
        for a in keys
        for b in keys
        if a != b and pairs[a][b] > pairs[b][a] and (len(keys) <= MOST_CROSSED or (a, b) in near)
    ]
    return Circle(nodes, tuple(arrows), rim)


def _round(keys: list[str], pairs: Mapping[str, Mapping[str, int]]) -> list[str]:
    """The keys so that, where it can be, each wins against the next: the circle is then seen as one."""
    found = [keys[0]]
    while len(found) < len(keys):
        rest = [key for key in keys if key not in found]
        found.append(next((key for key in rest if pairs[found[-1]][key] > pairs[key][found[-1]]), rest[0]))
    return found


def _r(number: float) -> float:
    return round(number, 1)


def _arrow(start: tuple[float, float], end: tuple[float, float], votes: int, rim: float) -> Arrow:
    """A line from the rim of one ring to the rim of the other, with a head."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    far = (dx * dx + dy * dy) ** 0.5
    ux, uy = dx / far, dy / far
    x1, y1 = start[0] + ux * (rim + 3), start[1] + uy * (rim + 3)
    x2, y2 = end[0] - ux * (rim + 5), end[1] - uy * (rim + 5)
    back_x, back_y = x2 - ux * 12, y2 - uy * 12
    head = f"{_r(x2)},{_r(y2)} {_r(back_x - uy * 6)},{_r(back_y + ux * 6)} {_r(back_x + uy * 6)},{_r(back_y - ux * 6)}"
    # The number stands beside the line, a third of the way, so that crossing lines keep theirs apart.
    at = (_r(x1 + (x2 - x1) / 3 - uy * 11), _r(y1 + (y2 - y1) / 3 + ux * 11))
    return Arrow(_r(x1), _r(y1), _r(back_x), _r(back_y), head, votes, at)


@dataclass(frozen=True)
class Duel:
    """One cell of the table of duels: so many put the one of the row higher, so many the one of the column."""

    above: int
    below: int

    @property
    def won(self) -> bool:
        return self.above > self.below


def duels(schulze: Mapping[str, Any], keys: Sequence[str]) -> list[list[Duel | None]]:
    """The table of duels, rows and columns in the order of `keys`; nothing stands where a choice would meet itself."""
    pairs = schulze["pairs"]
    return [[None if a == b else Duel(pairs[a][b], pairs[b][a]) for b in keys] for a in keys]


def bar(parts: Sequence[tuple[str, int]], total: int, rtl: bool = False) -> list[Piece]:
    """A bar of money: one piece for each (name, amount), from the side where reading begins."""
    found, at = [], 0.0
    for name, amount in parts:
        wide = WIDTH * amount / total if total else 0.0
        found.append(Piece(_r(WIDTH - at - wide if rtl else at), 0, _r(wide), 28, name))
        at += wide
    return found


def drawing(opening: Opening, tally: Tally, rtl: bool = False) -> dict[str, Any]:
    """What the template of this method draws: `method`, `voters`, `rows`, and what belongs to it alone."""
    found: dict[str, Any] = {"method": opening.method.value, "voters": tally.voters, "rows": rows(opening, tally)}
    if tally.voters and opening.method in _MORE:
        found |= _MORE[opening.method](opening, tally, found["rows"], rtl)
    return found


def _answers(opening: Opening, tally: Tally, found: Sequence[Row], rtl: bool) -> dict[str, Any]:
    return {"answers": [(answer, tally.counts[answer.key]) for answer in choices(opening)]}


def _score(opening: Opening, tally: Tally, found: Sequence[Row], rtl: bool) -> dict[str, Any]:
    spread = tally.details["spread"]
    return {"marked": [(row, stacks(spread[row.choice.key], tally.voters, rtl)) for row in found]}


def _dots(opening: Opening, tally: Tally, found: Sequence[Row], rtl: bool) -> dict[str, Any]:
    return {"given": [(row, marks(row.count)) for row in found]}


def _ranked(opening: Opening, tally: Tally, found: Sequence[Row], rtl: bool) -> dict[str, Any]:
    keys = [row.choice.key for row in found]
    numbers = {key: n for n, key in enumerate(keys, start=1)}
    schulze, named = tally.details["schulze"], letters(opening)
    return {
        "duels": duels(schulze, keys), "circle": circle(schulze, numbers),
        "duel_words": why.duels(tally, Words.of(opening)), "letters": [named[key] for key in keys],
    }  # fmt: skip


def _shortlist(opening: Opening, tally: Tally, found: Sequence[Row], rtl: bool) -> dict[str, Any]:
    by_key = {row.choice.key: row for row in found}
    coverage = list(enumerate(tally.details["coverage"]))
    return {
        "elected": [by_key[key] for key in tally.winners], "others": [row for row in found if not row.won],
        "covered": tally.details["covered"], "coverage": [(had, people) for had, people in coverage if people],
    }  # fmt: skip


def _budget(opening: Opening, tally: Tally, found: Sequence[Row], rtl: bool) -> dict[str, Any]:
    here, there = tally.details["equal_shares"], tally.details["greedy"]
    by_key = {row.choice.key: row for row in found}
    paid = [by_key[r["item"]] for r in here["rounds"]]
    plain = [by_key[r["item"]] for r in there["rounds"]]
    number = {row.choice.key: n for n, row in enumerate([*paid, *(row for row in plain if row not in paid)], start=1)}
    words = Words.of(opening)
    return {
        "money": words.money, "total": opening.terms.total, "number": number,
        "bars": [
            (bar([(str(number[row.choice.key]), row.choice.cost) for row in chosen], opening.terms.total, rtl), chosen,
             read["left"])
            for chosen, read in ((paid, here), (plain, there))
        ],
        "unpaid": [row for row in found if not row.won],
        "plain_words": why.told(why.read_steps(there), words),
    }  # fmt: skip


_MORE: Mapping[Method, Callable[[Opening, Tally, Sequence[Row], bool], dict[str, Any]]] = {
    Method.YES_NO: _answers,
    Method.CONSENT: _answers,
    Method.SCORE: _score,
    Method.DOTS: _dots,
    Method.RANKED: _ranked,
    Method.SHORTLIST: _shortlist,
    Method.BUDGET: _budget,
}
