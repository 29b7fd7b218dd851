"""`codesign tally`: counting a file of votes again, with the reasons, and beside the official result."""

from __future__ import annotations

import json
import sys
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from codesign.cli.house import Stopped

if TYPE_CHECKING:
    from codesign.cli.sentences import Words
    from codesign.counting.files.comparing import Official
    from codesign.counting.files.domain import Slips, VotesFile
    from codesign.counting.files.tallying import Tally

# Written out, so that `codesign --help` need not load the methods; a test holds them to be the same.
METHODS = (
    "approval", "yes_no", "consent", "score", "dots", "ranked", "instant_runoff", "equal_shares", "greedy", "shortlist",
)  # fmt: skip
COMPLETIONS = ("none", "add1", "add1u")
TITLES = {
    "approval": "approval", "yes_no": "yes, no or abstain", "consent": "consent", "score": "score", "dots": "dots",
    "ranked": "Schulze's method", "instant_runoff": "instant run-off", "equal_shares": "equal shares",
    "greedy": "greedy", "shortlist": "a proportional shortlist (sequential PAV)",
}  # fmt: skip
PATIENCE = 2.0


@click.command()
@click.argument("file", type=click.Path(exists=True, path_type=Path, dir_okay=False))
@click.option("--method", type=click.Choice(METHODS), help="Count by this method, not by the one of the file.")
@click.option("--completion", type=click.Choice(COMPLETIONS), help="How equal shares goes on with what is left.")
@click.option("--seats", type=click.IntRange(1, 10_000), help="Seats of a shortlist.")
@click.option("--json", "as_json", is_flag=True, help="Everything as JSON.")
def tally(file: Path, method: str | None, completion: str | None, seats: int | None, as_json: bool) -> None:
    """Count a file of votes: PrefLib (.soc .soi .toc .toi .cat), Pabulib (.pb), or a closed ballot (.json).

    Says what wins and why. Exit code 1: the file carries an official result and it is another one. 2: the file
    cannot be read or counted; the line and the reason are told.
    """
    from codesign.counting.domain import CannotCount
    from codesign.counting.files.comparing import compare
    from codesign.counting.files.domain import BrokenFile
    from codesign.counting.files.reading import UnknownKind, read
    from codesign.counting.files.tallying import tally as count

    try:
        with _patience(file):
            votes = read(file)
            counted = count(votes, method, completion, seats)
            official = compare(votes, counted)
    except BrokenFile as error:
        raise Stopped(safe(f"{file.name}, {error}")) from error
    except (CannotCount, UnknownKind, OSError) as error:
        raise Stopped(safe(f"{file.name}: {error}")) from error
    if as_json:
        click.echo(json.dumps(_plain(votes, counted, official), ensure_ascii=False, indent=1))
    else:
        click.echo(safe("\n".join(_report(file, votes, counted, official))))
    if official is not None and not official.agrees:
        sys.exit(1)


@contextmanager
def _patience(file: Path) -> Iterator[None]:
    """Say that it goes on, once, when it takes longer than somebody likes to wait."""
    timer = threading.Timer(PATIENCE, lambda: click.echo(f"Still counting {file.name} …", err=True))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def safe(text: str) -> str:
    """Text of a file for a terminal: without signs that steer it or turn the direction of writing."""
    return "".join(
        "�"
        if (unicodedata.category(c) == "Cc" and c != "\n") or "\u202a" <= c <= "\u202e" or "\u2066" <= c <= "\u2069"
        else c
        for c in text
    )


def _report(file: Path, votes: VotesFile, counted: Tally, official: Official | None) -> Iterator[str]:
    yield f"{file.name}: {votes.title}" if votes.title else file.name
    yield f"Voters: {votes.voters}. Options: {len(votes.options)}."
    yield from _one(votes, counted)
    if getattr(votes, "kind", "") in _DECIDES:
        yield from _decision(cast("Slips", votes))
    if counted.without:
        yield f"\n{counted.without}"
    if counted.beside:
        yield "\nA second reading of the same votes:"
        yield from _one(votes, counted.beside)
    if official:
        yield ""
        yield from _verdict(_words(votes, counted), official)


# What a vote on the advice is about, the answer that says yes, and how it ends.
_DECIDES = {
    "adoption": ("adopting", "adopt", "Adopted.", "Not adopted."),
    "withdrawal": ("taking an advice back", "take_back", "Taken back.", "It stands."),
}


def _decision(votes: Slips) -> Iterator[str]:
    from codesign.panels.domain import has_majority, quorum_needed

    needed = quorum_needed(votes.electorate, votes.quorum)
    about, yes, done, not_done = _DECIDES[votes.kind]
    in_favour = sum(yes in slip for slip in votes.marks)
    decided = votes.voters >= needed and has_majority(in_favour, votes.voters, votes.majority)
    yield f"\nThis is a vote on {about}. {votes.voters} of {votes.electorate} voted, and {needed} were needed."
    yield f"In favour: {in_favour} of {votes.voters}. {done if decided else not_done}"


def _one(votes: VotesFile, counted: Tally) -> Iterator[str]:
    from codesign.cli.sentences import sentence

    words, result = _words(votes, counted), counted.result
    completion = f", completed by {counted.completion}" if counted.completion not in (None, "none") else ""
    yield f"\nCounted by {TITLES[counted.method]}{completion}."
    yield from _outcome(votes, counted, words)
    ties = [group for group in getattr(result, "ties", ()) if len(group) > 1]
    yield from (f"Equal: {words.options(group)}." for group in ties)
    yield "Order:"
    yield from (f"{place:4}. {words.options(group)}" for place, group in _places(result.order))
    if result.steps:
        yield "Why:"
    yield from (f"  - {sentence(step, words)}" for step in result.steps)


def _places(order: Any) -> Iterator[tuple[int, tuple[str, ...]]]:
    place = 1
    for group in order:
        yield place, group
        place += len(group)


def _outcome(votes: VotesFile, counted: Tally, words: Words) -> Iterator[str]:
    winners = counted.result.winners
    if counted.method in ("yes_no", "consent"):
        yield f"Outcome: {getattr(counted.result, 'outcome', '')}."
    elif not winners:
        yield "Nothing is chosen."
    elif counted.method in ("equal_shares", "greedy"):
        costs = _costs(votes)
        spent, total = words.money(sum(costs[key] for key in winners)), words.money(_total(votes))
        yield f"Funded: {len(winners)} of {len(votes.options)}, for {spent} of {total}."
        yield from (f"  {words.option(key)}: {words.money(costs[key])}" for key in winners)
    elif counted.method == "shortlist":
        yield f"On the list: {words.options(winners)}."
    else:
        yield f"{'Winner' if len(winners) == 1 else 'Winners, equal'}: {words.options(winners)}."


def _costs(votes: VotesFile) -> dict[str, int]:
    return dict(getattr(votes, "costs", {}))


def _total(votes: VotesFile) -> int:
    from codesign.counting.files.domain import Projects, Slips

    if isinstance(votes, Projects):
        return votes.total
    return int(votes.terms["total"]) if isinstance(votes, Slips) else 0


def _words(votes: VotesFile, counted: Tally) -> Words:
    from codesign.cli.sentences import Words

    names = {key: f"{name} ({key})" if name else key for key, name in votes.options.items()}
    points = getattr(votes, "point_unit", 1) if counted.points else None
    return Words(names, getattr(votes, "unit", 1), points)


def _verdict(words: Words, official: Official) -> Iterator[str]:
    yield "The official result agrees." if official.agrees else "The official result DIFFERS."
    if official.only_official:
        yield f"Only in the official result: {words.options(official.only_official)}."
    if official.only_counted:
        yield f"Only in this count: {words.options(official.only_counted)}."
    if official.otherwise:
        yield f"Funded in another way, so left out: {words.options(official.otherwise)}."
    if official.differs:
        yield f"Not the same: {', '.join(official.differs)}."


def _plain(votes: VotesFile, counted: Tally, official: Official | None) -> dict[str, Any]:
    def one(tally: Tally) -> dict[str, Any]:
        return {"method": tally.method, "completion": tally.completion, "result": tally.result.plain()}

    return {
        "title": votes.title, "voters": votes.voters, "options": dict(votes.options), "unit": getattr(votes, "unit", 1),
        **one(counted),
        "beside": one(counted.beside) if counted.beside else None, "without": counted.without,
        "official": official.plain() if official else None,
    }  # fmt: skip
