"""Ranked ballots as numbers, the duels between options, strongest paths and the Smith set: what `ranked` builds on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from codesign.counting.ballots import places
from codesign.counting.domain import CannotCount

Whole = NDArray[np.int64]
RankedBallot = Sequence[Collection[str]]


def ranks(options: Sequence[str], ballots: Sequence[RankedBallot]) -> NDArray[np.int32]:
    """Ranks, one row an option and one column a ballot: 0 is the first group, unranked options share one place below.

    Raises CannotCount on an option that is not on the list or stands twice on a ballot.
    """
    index = places(options)
    groups = np.fromiter(map(len, ballots), dtype=np.int32, count=len(ballots))
    try:
        named, sizes = _named(index, ballots)
    except KeyError as unknown:
        raise CannotCount(f"a ballot names {unknown.args[0]!r}, which is no option") from None
    owner = np.repeat(np.arange(len(ballots), dtype=np.int32), groups)
    level = np.arange(len(owner), dtype=np.int32) - np.repeat(np.cumsum(groups, dtype=np.int32) - groups, groups)
    if sizes is not None:
        owner, level = np.repeat(owner, sizes), np.repeat(level, sizes)
    unranked = int(groups.max(initial=0))
    table = np.full((len(options), len(ballots)), unranked, dtype=np.int32)
    table[named, owner] = level
    if np.count_nonzero(table < unranked) != len(named):
        raise CannotCount("a ballot names an option twice")
    return table


def _named(index: dict[str, int], ballots: Sequence[RankedBallot]) -> tuple[NDArray[Any], NDArray[Any] | None]:
    """Places of all options named, ballot after ballot, and the sizes of all groups: None where each has one option.

    Most ballots have no equal places, and taking single options out of their groups saves half the time.
    """
    try:
        return _whole([index[option] for ballot in ballots for (option,) in ballot], len(index)), None
    except ValueError:
        named = [index[option] for option in chain.from_iterable(chain.from_iterable(ballots))]
        return _whole(named, len(index)), np.array(list(map(len, chain.from_iterable(ballots))), dtype=np.int64)


def _whole(numbers: list[int], below: int) -> NDArray[Any]:
    """A list as an array; bytes are read six times as fast as a list of whole numbers."""
    return np.frombuffer(bytes(numbers), dtype=np.uint8) if below <= 256 else np.array(numbers, dtype=np.int64)


def duels(table: NDArray[np.int32], weights: Whole) -> Whole:
    """For each pair, how many voters put the option of the row above the option of the column."""
    size = len(table)
    narrow = table.astype(np.int16) if table.size and int(table.max()) < 2**15 else table
    single = bool((weights == 1).all())
    pairs = np.zeros((size, size), dtype=np.int64)
    for first in range(size):
        for second in range(size):
            if first != second:
                above = narrow[first] < narrow[second]
                pairs[first, second] = np.count_nonzero(above) if single else weights[above].sum()
    return pairs


def strongest_paths(pairs: Whole) -> Whole:
    """The strength of the strongest path for each pair: its weakest link in winning votes, made as large as can be.

    A duel that is lost or even is no link.
    """
    strength = np.where(pairs > pairs.T, pairs, 0)
    for via in range(len(strength)):
        np.maximum(strength, np.minimum(strength[:, via, None], strength[None, via, :]), out=strength)
    np.fill_diagonal(strength, 0)
    return strength


def smith_set(pairs: Whole) -> list[int]:
    """The smallest group of options of which each beats every option outside it.

    Options are taken by how many duels they win (an even duel is half a win); the group ends where all of it beat all
    the rest, and no smaller group can.
    """
    wins = (pairs > pairs.T).sum(axis=1) * 2 + (pairs == pairs.T).sum(axis=1)
    ranking = np.argsort(-wins, kind="stable")
    beats = pairs > pairs.T
    for size in range(1, len(ranking)):
        inside, outside = ranking[:size], ranking[size:]
        if beats[np.ix_(inside, outside)].all():
            return sorted(int(o) for o in inside)
    return list(range(len(ranking)))


def path(pairs: Whole, start: int, end: int, strength: int) -> list[int]:
    """A shortest path of won duels from start to end with no link under `strength`; empty where there is none."""
    links = (pairs > pairs.T) & (pairs >= strength)
    before = {start: start}
    queue = [start]
    for here in queue:
        if here == end:
            break
        for there in np.flatnonzero(links[here]):
            if int(there) not in before:
                before[int(there)] = here
                queue.append(int(there))
    if end not in before:
        return []
    walk = [end]
    while walk[-1] != start:
        walk.append(before[walk[-1]])
    return walk[::-1]


def circles(strengths: Whole, group: Sequence[int]) -> list[list[int]]:
    """The options of a group that beat each other in circles, circle by circle: won duels lead round to each again."""
    mutual = (strengths > 0) & (strengths.T > 0)
    found: list[list[int]] = []
    for option in group:
        circle = [other for other in group if other == option or mutual[option, other]]
        if len(circle) > 1 and circle not in found:
            found.append(circle)
    return found
