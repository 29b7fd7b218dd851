"""Ballots as numbers: options, voters, marks and points are checked once and put in arrays for the methods."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from codesign.counting.domain import CannotCount

Numbers = NDArray[np.int64]

# More voters than people on earth, and still every sum below stays far inside 64 bits.
MOST_VOTERS = 10**11
MOST_POINTS = 10**6


def places(options: Sequence[str]) -> dict[str, int]:
    """The place of each option, from 0; raises CannotCount when an option stands there twice."""
    found = {option: place for place, option in enumerate(options)}
    if len(found) != len(options):
        raise CannotCount("an option is named twice")
    return found


def whole(value: object, name: str) -> int:
    """A count of people, seats or points: a whole number, 0 or more; raises CannotCount with its `name` otherwise."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise CannotCount(f"{name} must be a whole number, 0 or more")
    return value


def voters(ballots: int, weights: Sequence[int] | None) -> Numbers:
    """How many voters cast each ballot, 1 each without weights; raises CannotCount when they do not fit."""
    if weights is None:
        return np.ones(ballots, dtype=np.int64)
    if len(weights) != ballots:
        raise CannotCount(f"{ballots} ballots have {len(weights)} weights")
    if sum(whole(weight, "a weight") for weight in weights) > MOST_VOTERS:
        raise CannotCount(f"more than {MOST_VOTERS} voters")
    return np.array(weights, dtype=np.int64)


def _columns(options: Sequence[str], named: Sequence[Collection[str]]) -> tuple[Numbers, Numbers]:
    """For every option named on a ballot: the number of the ballot, and the place of the option."""
    place = places(options)
    try:
        columns = np.array([place[option] for option in chain.from_iterable(named)], dtype=np.int64)
    except KeyError:
        for number, ballot in enumerate(named, start=1):
            for option in ballot:
                if option not in place:
                    raise CannotCount(f"ballot {number} names {option!r}, which is no option") from None
        raise
    rows = np.repeat(np.arange(len(named)), np.fromiter(map(len, named), dtype=np.int64, count=len(named)))
    return rows, columns


def marks(options: Sequence[str], ballots: Sequence[Collection[str]]) -> NDArray[np.bool_]:
    """Who marked what, ballots x options; the same option twice on a ballot counts as one.

    Raises CannotCount when a ballot names something that is no option. O(all marks).
    """
    table = np.zeros((len(ballots), len(options)), dtype=np.bool_)
    table[_columns(options, ballots)] = True
    return table


def points(options: Sequence[str], ballots: Sequence[Mapping[str, int]], most: int) -> tuple[Numbers, Numbers, Numbers]:
    """All points given, as three columns: the ballot (row), the option (place), and how many, 0 to `most`.

    Raises CannotCount for what is no option, no whole number, below 0 or above `most`. O(all points given).
    """
    if whole(most, "the most points") > MOST_POINTS:
        raise CannotCount(f"more than {MOST_POINTS} points")
    rows, columns = _columns(options, ballots)
    given = list(chain.from_iterable(ballot.values() for ballot in ballots))
    if not _within(given, most):
        for number, ballot in enumerate(ballots, start=1):
            for option, value in ballot.items():
                if not _within((value,), most):
                    raise CannotCount(f"ballot {number} gives {option!r} {value!r} instead of 0 to {most}")
    return rows, columns, np.array(given, dtype=np.int64)


def _within(values: Collection[int], most: int) -> bool:
    return not values or (set(map(type, values)) == {int} and min(values) >= 0 and max(values) <= most)


def total(options: Sequence[str], places_of: Numbers, amounts: Numbers) -> dict[str, int]:
    """Amounts added up by option: `amounts[i]` goes to the option at place `places_of[i]`."""
    sums = np.zeros(len(options), dtype=np.int64)
    np.add.at(sums, places_of, amounts)
    return dict(zip(options, sums.tolist(), strict=True))


def ties(order: Iterable[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Groups of options that stand equal, from best to worst."""
    return tuple(group for group in order if len(group) > 1)
