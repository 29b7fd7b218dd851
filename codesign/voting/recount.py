"""Counting a downloaded bundle again, on any machine and without the database: what holds and what does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from codesign.counting.domain import CannotCount
from codesign.voting.closed_list import ClosedList, count
from codesign.voting.codes import LENGTH
from codesign.voting.domain import OBJECT, Damaged, Method, Opening, canonical, digest, short
from codesign.voting.methods import METHODS

# Signs of a digest that people read aloud.
_HEARD = 16


@dataclass(frozen=True)
class Finding:
    """One thing that was checked: whether it holds, and a sentence."""

    holds: bool
    sentence: str


def _is_code(text: str) -> bool:
    return len(text) == LENGTH and text.isascii() and text.isdigit()


def recount(bundle: Mapping[str, Any]) -> list[Finding]:
    """Check one ballot's bundle: digests, order, codes, choices, sums. Never raises; a broken bundle is one finding."""
    try:
        opening, closed = Opening.read(bundle["opening"]), ClosedList.read(bundle["closed"])
        opening_digest = digest(canonical(bundle["opening"]))
        closed_digest = digest(canonical(bundle["closed"]))
        told = dict(bundle["tally"])
        named = str(bundle["opening_digest"]), str(bundle["closed_digest"])
    except (Damaged, KeyError, TypeError, ValueError, AttributeError, OverflowError, RecursionError):
        return [Finding(False, "This is not the bundle of a ballot, or a part of it is missing.")]
    try:
        return _checked(opening, closed, told, opening_digest, closed_digest, named)
    except (CannotCount, Damaged, ArithmeticError, LookupError, TypeError, ValueError, AttributeError):
        return [Finding(False, "The opening, the list or the numbers in it cannot be those of a ballot.")]


def _checked(
    opening: Opening, closed: ClosedList, told: Mapping[str, Any], opening_digest: str, closed_digest: str,
    named: tuple[str, str],
) -> list[Finding]:  # fmt: skip
    codes = [line.code for line in closed.lines]
    unlawful = [x.code for x in closed.lines if not METHODS[opening.method].lawful(opening, x.marks)]
    people, votes = opening.electorate, len(codes)
    checks = [
        (opening_digest == named[0], "The opening has the digest that is named.", "The opening was changed."),
        (closed.opening == opening_digest, "The list belongs to this opening.", "The list belongs to another opening."),
        (closed_digest == named[1], "The list has the digest that is named.", "The list was changed."),
        (codes == sorted(codes), "The list is sorted by code.", "The list is not sorted by code."),
        (len(set(codes)) == votes, "No code stands twice.", "A code stands twice."),
        (all(map(_is_code, codes)), f"Every code has {LENGTH} digits.", "A code has another form."),
        (not unlawful, "Every choice is on this ballot.", f"Not on this ballot: the choice of {', '.join(unlawful)}."),
        (
            closed.voters == votes and closed.electorate == people,
            f"{votes} votes stand on the list, as many as voted.",
            f"{votes} votes stand on the list, but {closed.voters} people voted.",
        ),
        (votes <= people, "There are no more votes than people.", "There are more votes than people."),
        (opening.opened_at < opening.deadline, "It opened before its deadline.", "It opened after its deadline."),
        (
            0 <= closed.room <= votes,
            f"{closed.room} of the votes came from the room.",
            f"{closed.room} votes are said to come from the room, of {votes}.",
        ),
        (
            _later(opening, closed),
            "The deadline was only ever made later.",
            "The deadline was made earlier, or its days cannot be read.",
        ),
        (
            _reasons_fit(opening, closed),
            "There are no more reasons than votes that could have one.",
            "There are more reasons than votes that could have one.",
        ),
    ]
    findings = [Finding(good, yes if good else no) for good, yes, no in checks]
    if unlawful:
        return findings
    counted = count(opening, closed).plain()
    right = canonical(counted) == canonical(told)
    yes, no = f"The count is right ({opening.method.value}).", f"The count is wrong; it is {counted}."
    findings.append(Finding(right, yes if right else no))
    return findings


def _later(opening: Opening, closed: ClosedList) -> bool:
    try:
        days = [opening.deadline, *(datetime.fromisoformat(day) for day in closed.extended)]
        return all(a < b for a, b in pairwise(days))
    except (ValueError, TypeError):
        return False


def _reasons_fit(opening: Opening, closed: ClosedList) -> bool:
    """Reasons go with an answer; where an objection needs words, each has them."""
    given = Counter(answer for answer, _words in closed.reasons)
    marked = Counter(key for line in closed.lines for key in line.marks)
    if opening.method is Method.CONSENT and given[OBJECT] != marked[OBJECT]:
        return False
    return all(number <= marked[answer] for answer, number in given.items())


def anchored(
    bundles: Sequence[Mapping[str, Any]], heard: Sequence[str], named: Sequence[tuple[str, str]]
) -> list[Finding]:
    """Hold the lists against what was said outside them, so that a list that fits itself is still found out.

    heard: control numbers as they were read aloud or printed. named: for each release on the record, the digests of
    the opening and of the list it names. Whoever adds a slip and ticks somebody who did not vote can change every
    number inside, but not these.
    """
    own = {digest(canonical(b["closed"])): digest(canonical(b["opening"])) for b in bundles}
    findings = []
    for text in heard:
        plain = "".join(text.split()).lower()
        if len(plain) >= _HEARD and any(name.startswith(plain) for name in own):
            findings.append(Finding(True, f"The control number {text} is that of a list here."))
        else:
            words = f"No list here has the control number {text}: a list was changed, or is not here."
            findings.append(Finding(False, words))
    for opening, name in dict.fromkeys(named):
        if name in own:
            findings.append(Finding(True, f"The release on the record names the list {short(name)}, which is here."))
        elif opening in own.values():
            findings.append(Finding(False, f"The release on the record names another list: {short(name)}."))
    return findings


def follows(bundles: Sequence[Mapping[str, Any]]) -> list[Finding]:
    """Check the chain of one round's bundles: each list names the digest of the list before it."""
    by_digest = {digest(canonical(b["closed"])): b for b in bundles}
    findings = []
    for own, bundle in by_digest.items():
        closed = ClosedList.read(bundle["closed"])
        if closed.previous and closed.previous not in by_digest:
            findings.append(Finding(False, f"The list before {own[:16]} is not here: {closed.previous[:16]}."))
        elif closed.previous:
            findings.append(Finding(True, f"The list {own[:16]} follows the list {closed.previous[:16]}."))
        else:
            findings.append(Finding(True, f"The list {own[:16]} is the first of its round."))
    if sum(1 for b in by_digest.values() if not b["closed"]["previous"]) > 1:
        findings.append(Finding(False, "More than one list says that it is the first."))
    return findings
