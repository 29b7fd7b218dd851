"""Writing files of the field from plain values: PrefLib orders and categories, and Pabulib.

Voters with the same ballot become one line in PrefLib, most voters first: who voted when, or beside whom, is not in the
file. Whatever would end a line or a field in names is written so that the same name is read back, with single spaces.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from codesign.counting.domain import CannotCount

ApprovedOrNot = ("Approved", "Not approved")
Group = tuple[int, ...]


def orders_kind(options: Collection[str], ballots: Sequence[Sequence[Collection[str]]]) -> str:
    """The strictest kind of file that holds these orders, as PrefLib asks: "soc", "soi", "toc" or "toi"."""
    strict = all(len(group) == 1 for ballot in ballots for group in ballot)
    complete = all(sum(map(len, ballot)) == len(options) for ballot in ballots)
    return ("s" if strict else "t") + "o" + ("c" if complete else "i")


def preflib_orders(
    title: str,
    options: Mapping[str, str],
    ballots: Sequence[Sequence[Collection[str]]],
    weights: Sequence[int] | None = None,
    *,
    name: str = "ballot",
    day: str = "",
) -> str:
    """A PrefLib file of orders, of the kind that `orders_kind` says.

    options: key to name, in their order. ballots: groups of keys, best first; who left options out has them in no
    group. weights: how many voters cast that very ballot, 1 each when not told. name: of the file, without ending.
    day: of publication, as 2026-11-23. Raises CannotCount on an unknown or repeated option, or an empty group.
    """
    kind = orders_kind(options, ballots)
    lines = _piles(options, ballots, weights, empty=False)
    head = _head(f"{name}.{kind}", title, kind, day)
    head += [("NUMBER ALTERNATIVES", len(options)), ("NUMBER VOTERS", sum(lines.values()))]
    head += [("NUMBER UNIQUE ORDERS", len(lines)), *_names("ALTERNATIVE NAME", options.values())]
    return _text(head, lines)


def preflib_categories(
    title: str,
    options: Mapping[str, str],
    ballots: Sequence[Sequence[Collection[str]]],
    categories: Sequence[str] = ApprovedOrNot,
    weights: Sequence[int] | None = None,
    *,
    name: str = "ballot",
    day: str = "",
) -> str:
    """A PrefLib file of categories (.cat); a ballot has one group of keys for each category, best first.

    Raises CannotCount on an unknown or repeated option, or a ballot with more or fewer groups than categories.
    """
    if any(len(ballot) != len(categories) for ballot in ballots):
        raise CannotCount("A ballot has more or fewer groups than there are categories.")
    lines = _piles(options, ballots, weights, empty=True)
    head = _head(f"{name}.cat", title, "cat", day)
    head += [("NUMBER ALTERNATIVES", len(options)), ("NUMBER VOTERS", sum(lines.values()))]
    head += [("NUMBER UNIQUE PREFERENCES", len(lines)), ("NUMBER CATEGORIES", len(categories))]
    head += [*_names("CATEGORY NAME", categories), *_names("ALTERNATIVE NAME", options.values())]
    return _text(head, lines)


def approvals_in_categories(
    options: Collection[str], approvals: Sequence[Collection[str]]
) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Approval ballots as ballots of two categories: what is approved, and all the rest."""
    return [
        (tuple(key for key in options if key in ballot), tuple(key for key in options if key not in ballot))
        for ballot in approvals
    ]


def pabulib(
    title: str,
    options: Mapping[str, str],
    costs: Mapping[str, int],
    total: int,
    votes: Sequence[Sequence[str]],
    *,
    vote_type: str = "approval",
    points: Sequence[Sequence[int]] | None = None,
    rule: str = "equalshares/add1",
    selected: Collection[str] | None = None,
    meta: Mapping[str, str] | None = None,
) -> str:
    """A Pabulib file (.pb).

    costs, total: whole units of the currency. votes: for each voter the projects, ordinal ones best first; voters are
    numbered as they come, so hand them over in an order that says nothing. points: as many numbers as projects in each
    vote, for cumulative and scoring. selected: the projects that were funded, where that is to stand in the file.
    meta: further lines of META, such as country, unit, instance, date_begin. Raises CannotCount on a key with a comma,
    an unknown project, a project twice in a vote, or points that do not fit.
    """
    _check_projects(options, costs, votes, points, vote_type)
    named = {
        "description": title, "num_projects": str(len(options)), "num_votes": str(len(votes)), "budget": str(total),
        "vote_type": vote_type, "rule": rule, **(meta or {}),
    }  # fmt: skip
    out = io.StringIO()
    write = csv.writer(out, delimiter=";", lineterminator="\n").writerow
    write(["META"])
    write(["key", "value"])
    for key, value in named.items():
        write([_one_line(key), _one_line(value)])
    people = Counter(key for vote in votes for key in vote)
    write(["PROJECTS"])
    write(["project_id", "cost", "votes", "name", *(["selected"] if selected is not None else [])])
    for key, name in options.items():
        chosen = [int(key in selected)] if selected is not None else []
        write([key, costs[key], people[key], _one_line(name), *chosen])
    write(["VOTES"])
    write(["voter_id", "vote", *(["points"] if points is not None else [])])
    for number, vote in enumerate(votes):
        given = [",".join(map(str, points[number]))] if points is not None else []
        write([number, ",".join(vote), *given])
    return out.getvalue()


def _check_projects(
    options: Mapping[str, str],
    costs: Mapping[str, int],
    votes: Sequence[Sequence[str]],
    points: Sequence[Sequence[int]] | None,
    vote_type: str,
) -> None:
    if set(options) != set(costs):
        raise CannotCount("Every project has a cost, and only projects have one.")
    for key in options:
        if not key or key != key.strip() or any(sign in key for sign in ",\n\r") or key.lower() == "none":
            raise CannotCount(f"{key!r} cannot be the key of a project in this format.")
    for vote in votes:
        if not set(vote) <= set(options) or len(set(vote)) < len(vote):
            raise CannotCount("A vote names a project twice, or one that is none.")
    if (points is not None) != (vote_type in ("cumulative", "scoring")):
        raise CannotCount("Points stand in cumulative and scoring votes, and in no others.")
    if points is not None and [len(p) for p in points] != [len(v) for v in votes]:
        raise CannotCount("A vote has as many points as projects.")


def _piles(
    options: Mapping[str, str],
    ballots: Sequence[Sequence[Collection[str]]],
    weights: Sequence[int] | None,
    *,
    empty: bool,
) -> Counter[tuple[Group, ...]]:
    """The different ballots as numbers of options, and how many voters cast each."""
    number = {key: place for place, key in enumerate(options, 1)}
    piles: Counter[tuple[Group, ...]] = Counter()
    for ballot, weight in zip(ballots, weights if weights is not None else [1] * len(ballots), strict=True):
        keys = [key for group in ballot for key in group]
        if not set(keys) <= set(number) or len(set(keys)) < len(keys):
            raise CannotCount("A ballot names an option twice, or one that is none.")
        if not empty and not all(ballot):
            raise CannotCount("A ballot has an empty group.")
        if weight:
            piles[tuple(tuple(sorted(number[key] for key in group)) for group in ballot)] += weight
    return piles


def _head(file_name: str, title: str, kind: str, day: str) -> list[tuple[str, str | int]]:
    return [
        ("FILE NAME", file_name), ("TITLE", title), ("DESCRIPTION", ""), ("DATA TYPE", kind),
        ("MODIFICATION TYPE", "original"), ("RELATES TO", ""), ("RELATED FILES", ""),
        ("PUBLICATION DATE", day), ("MODIFICATION DATE", day),
    ]  # fmt: skip


def _names(word: str, names: Collection[str]) -> list[tuple[str, str | int]]:
    return [(f"{word} {number}", name) for number, name in enumerate(names, 1)]


def _text(head: Sequence[tuple[str, str | int]], lines: Counter[tuple[Group, ...]]) -> str:
    top = [f"# {name}: {_one_line(str(value))}".rstrip() for name, value in head]
    sorted_lines = sorted(lines.items(), key=lambda item: (-item[1], item[0]))
    return "\n".join([*top, *(f"{count}: {_ballot(ballot)}".rstrip() for ballot, count in sorted_lines)]) + "\n"


def _ballot(ballot: tuple[Group, ...]) -> str:
    return ",".join(
        str(group[0]) if len(group) == 1 else "{" + ",".join(map(str, group)) + "}" for group in ballot
    )  # fmt: skip


def _one_line(text: str) -> str:
    """Text without ends of lines and other signs that steer a terminal, with single spaces."""
    return " ".join("".join(" " if unicodedata.category(c) == "Cc" else c for c in text).split())
