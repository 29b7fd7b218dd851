"""Counting a downloaded bundle again, on any machine and without the database: what holds and what does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from codesign.voting.closed_list import ClosedList, count
from codesign.voting.codes import LENGTH
from codesign.voting.domain import Damaged, Opening, canonical, digest
from codesign.voting.methods import METHODS


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
    except (Damaged, KeyError, TypeError, ValueError, AttributeError):
        return [Finding(False, "This is not the bundle of a ballot, or a part of it is missing.")]
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
    ]
    findings = [Finding(good, yes if good else no) for good, yes, no in checks]
    if unlawful:
        return findings
    counted = count(opening, closed).plain()
    right = counted == told
    findings.append(Finding(right, "The count is right." if right else f"The count is wrong; it is {counted}."))
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
