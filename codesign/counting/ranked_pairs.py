"""Ranked ballots as numbers, the duels between options, strongest paths and the Smith set: what `ranked` builds on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from codesign.counting.domain import CannotCount

Whole = NDArray[np.int64]
RankedBallot = Sequence[Collection[str]]


def weighed(ballots: Sequence[Any], weights: Sequence[int] | None) -> Whole:
    """How many voters cast each ballot, one each where nothing is said.

    Raises CannotCount where there are not as many weights as ballots, or a weight is below nought.
    """
    if weights is None:
        return np.ones(len(ballots), dtype=np.int64)
    if len(weights) != len(ballots):
        raise CannotCount("There must be one weight for each ballot.")
    numbers = np.array(weights, dtype=np.int64)
    if len(numbers) and numbers.min() < 0:
        raise CannotCount("A weight is below nought.")
    return numbers


def places(options: Sequence[str]) -> dict[str, int]:
    """The place of each option in the list; raises CannotCount where there is none, or one twice."""
    index = {option: place for place, option in enumerate(options)}
    if not index:
        raise CannotCount("There are no options.")
    if len(index) != len(options):
        raise CannotCount("An option stands twice in the list of options.")
    return index


def ranks(options: Sequence[str], ballots: Sequence[RankedBallot]) -> NDArray[np.int32]:
    """Ranks, one row an option and one column a ballot: 0 is the first group, unranked options share one place below.

    Raises CannotCount on an option that is not on the list or stands twice on a ballot.
    """
    index = places(options)
    try:
        named = _whole([index[o] for o in chain.from_iterable(chain.from_iterable(ballots))], len(options))
    except KeyError as unknown:
        raise CannotCount(f"A ballot names {unknown.args[0]!r}, which is not an option.") from None
    groups = np.fromiter(map(len, ballots), dtype=np.int32, count=len(ballots))
    sizes = _whole(list(map(len, chain.from_iterable(ballots))), len(options) + 1)
    group_owner = np.repeat(np.arange(len(ballots), dtype=np.int32), groups)
    group_level = np.arange(len(sizes), dtype=np.int32) - (np.cumsum(groups, dtype=np.int32) - groups)[group_owner]
    level, owner = np.repeat(group_level, sizes), np.repeat(group_owner, sizes)
    unranked = int(groups.max(initial=0))
    table = np.full((len(options), len(ballots)), unranked, dtype=np.int32)
    table[named, owner] = level
    if np.count_nonzero(table < unranked) != len(named):
        raise CannotCount("A ballot names an option twice.")
    return table


def _whole(numbers: list[int], below: int) -> NDArray[Any]:
    """A list as an array; bytes are read six times as fast as a list of whole numbers."""
    if below <= 256:
        with suppress(ValueError):
            return np.frombuffer(bytes(numbers), dtype=np.uint8)
    return np.array(numbers, dtype=np.int64)


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
