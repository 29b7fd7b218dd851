"""Our counting against the results of independent libraries, kept in fixtures/; README.md says how they were made."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from codesign.counting import answers, approval, budget, dots, ranked, score, shortlist

FIXTURES = Path(__file__).parent / "fixtures"
KINDS = ("answers", "approval", "budget", "dots", "purse", "raises", "ranked", "runoff", "score", "shortlist")


@cache
def fixture(kind: str) -> dict[str, Any]:
    return json.loads(gzip.decompress((FIXTURES / f"{kind}.json.gz").read_bytes()))


def elections(kind: str) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Where it stands, the election, and what the libraries found."""
    for number, election in enumerate(fixture(kind)["elections"]):
        yield f"{kind} {number}", election, election["found"]


def groups(ballot: str) -> list[list[str]]:
    """ "d=b>a" as groups, best to worst."""
    return [group.split("=") for group in ballot.split(">")] if ballot else []


def by(points: dict[str, int], options: str) -> tuple[tuple[str, ...], ...]:
    """The order that follows from points: most first, equals together."""
    return tuple(tuple(o for o in options if points[o] == level) for level in sorted(set(points.values()))[::-1])


@pytest.mark.parametrize("kind", KINDS)
def test_there_are_enough_elections_of_many_shapes(kind):
    made = fixture(kind)
    assert made["kind"] == kind
    assert len(made["elections"]) >= 300
    if kind in ("answers", "purse", "raises"):
        return
    assert {len(e["options"]) for e in made["elections"]} == set(range(2, 11))
    assert {len(e["ballots"]) for e in made["elections"]} >= {1, 2, 3, 20, 58}
    assert sum(bool(e["weights"]) for e in made["elections"]) > 80
    assert sum(not all(e["ballots"]) for e in made["elections"]) > 60


def test_the_hard_shapes_are_there():
    tied = {kind: sum(len(f["winners"]) > 1 for _, _, f in elections(kind)) for kind in ("approval", "score", "dots", "ranked", "runoff")}  # fmt: skip
    assert min(tied.values()) > 50
    assert sum(f["condorcet"] is None for _, _, f in elections("ranked")) > 100
    assert sum(len(f["committees"]) > 1 for _, _, f in elections("shortlist")) > 100
    assert sum(f["add1"] != f["none"] for _, _, f in elections("budget")) > 100


def test_yes_no_and_consent():
    for where, e, found in elections("answers"):
        assert answers.yes_no(e["yes"], e["no"], e["abstain"], e["majority"]).outcome == found["outcome"], where
        assert answers.consent(e["yes"], e["abstain"], e["no"]).outcome == found["consent"], where


def test_approval():
    for where, e, found in elections("approval"):
        ours = approval.approval(tuple(e["options"]), [tuple(b) for b in e["ballots"]], e["weights"])
        assert ours.counts == found["counts"], where
        assert ours.order == by(found["counts"], e["options"]), where
        # With no mark at all the libraries let all options win; we say that none does.
        assert "".join(ours.winners) == (found["winners"] if any(found["counts"].values()) else ""), where


def test_score():
    for where, e, found in elections("score"):
        ours = score.score(tuple(e["options"]), e["ballots"], e["top"], e["weights"])
        assert ours.sums == found["sums"], where
        assert {o: list(s) for o, s in ours.spread.items()} == found["spread"], where
        assert ours.given == {o: sum(found["spread"][o]) for o in e["options"]}, where
        assert ours.order == by(found["sums"], e["options"]), where
        assert "".join(ours.winners) == (found["winners"] if any(found["sums"].values()) else ""), where


def test_dots():
    for where, e, found in elections("dots"):
        ours = dots.dots(tuple(e["options"]), e["ballots"], e["each"], e["weights"])
        assert ours.sums == found["sums"], where
        assert ours.givers == found["givers"], where
        assert ours.order == by(found["sums"], e["options"]), where
        assert "".join(ours.winners) == (found["winners"] if any(found["sums"].values()) else ""), where


def table(rows: dict[str, list[int]], options: str) -> dict[str, dict[str, int]]:
    """A matrix of the fixture as mapping of mappings, without the diagonal."""
    return {a: {b: n for b, n in zip(options, rows[a], strict=True) if a != b} for a in options}


def test_schulze():
    for where, e, found in elections("ranked"):
        names = e["options"]
        ours = ranked.schulze(tuple(names), [groups(b) for b in e["ballots"]], e["weights"])
        assert ours.pairs == table(found["pairs"], names), where
        assert ours.strengths == table(found["strengths"], names), where
        assert "".join(ours.winners) == found["winners"], where
        assert ours.condorcet == found["condorcet"], where
        assert "".join(ours.cycle) == (found["smith"] if len(found["smith"]) > 1 else ""), where
        assert ours.order == layers(found["beats"], names), where
        place = {o: i for i, group in enumerate(ours.order) for o in group}
        assert all(place[a] < place[b] for a, beaten in found["beats"].items() for b in beaten), where


def layers(beats: dict[str, str], names: str) -> tuple[tuple[str, ...], ...]:
    """The library's relation as groups: those that nobody beats, then those that nobody of the rest beats, and on."""
    order: list[tuple[str, ...]] = []
    rest = list(names)
    while rest:
        order.append(tuple(b for b in rest if not any(b in beats.get(a, "") for a in rest)))
        rest = [o for o in rest if o not in order[-1]]
    return tuple(order)


def test_instant_runoff():
    for where, e, found in elections("runoff"):
        ours = ranked.instant_runoff(tuple(e["options"]), [groups(b) for b in e["ballots"]], e["weights"])
        assert "".join(ours.winners) == found["winners"], where
        # We stop as soon as somebody has more than half; the fixture goes on until nobody is left to take out.
        votes = [dict(r.votes) for r in ours.rounds]
        assert votes == found["rounds"][: len(votes)], where


def test_sequential_pav():
    for where, e, found in elections("shortlist"):
        names, ballots = e["options"], [tuple(b) for b in e["ballots"]]
        ours = shortlist.sequential_pav(tuple(names), ballots, e["seats"], e["weights"])
        # The library fills every seat; we leave it empty when nobody marked any of the rest, its gain being 0.
        gains = [Fraction(g) for g in found["gains"] if g != "0"]
        assert "".join(ours.winners) == found["order"][: len(gains)], where
        assert [r.points[r.elected] for r in ours.rounds] == gains, where
        covered = sum(
            w for b, w in zip(ballots, e["weights"] or [1] * len(ballots), strict=True) if {*b} & {*ours.winners}
        )
        assert ours.covered == covered, where


def test_sequential_pav_breaks_ties_in_one_of_the_possible_ways():
    for where, e, found in elections("shortlist"):
        ballots = [tuple(b) for b in e["ballots"]]
        possible = [set(c) for c in found["committees"]]
        orders = [e["options"][::-1], "".join(sorted(e["options"]))]
        for names in orders if len(e["options"]) > 3 else permutations(e["options"]):
            ours = shortlist.sequential_pav(tuple(names), ballots, e["seats"], e["weights"])
            full = len(ours.winners) == e["seats"]
            assert any(set(ours.winners) == c if full else set(ours.winners) <= c for c in possible), where


def funded(e: dict[str, Any], completion: str, least: int = 0, onward: bool = False) -> budget.Funded:
    """Our equal shares, raised as pabutools does by default unless `onward`; never above the total."""
    ballots = [tuple(b) for b in e["ballots"]]
    ours = budget.equal_shares(e["costs"], ballots, e["total"], completion, e["weights"], least, onward=onward)
    assert sum(e["costs"][o] for o in ours.winners) == ours.spent == e["total"] - ours.left <= e["total"]
    return ours


def bought(ours: budget.Funded) -> str:
    """What was bought, in that order."""
    return "".join(r.item for r in ours.rounds)


@pytest.mark.parametrize("kind", ["budget", "purse"])
def test_equal_shares_without_completion(kind):
    for where, e, found in elections(kind):
        ours = funded(e, "none")
        assert bought(ours) == found["none"], where
        left = [ours.share - sum(paid.values()) for _, paid in sorted(ours.shares.items())]
        assert left == [Fraction(f) for f in found["left"]], where


@pytest.mark.parametrize("kind", ["budget", "raises"])
def test_equal_shares_with_its_completions(kind):
    for where, e, found in elections(kind):
        ours = funded(e, "add1u")
        assert bought(ours) == found["add1u"], where
        assert "".join(r.item for r in ours.rounds if r.how != "greedy") == found["add1"], where
        if kind == "budget":
            assert bought(funded(e, "add1")) == found["add1"], where
            assert set(bought(funded(e, "add1", onward=True))) == set(found["add1_open"]), where
            assert bought(funded(e, "add1u", least=1)) == found["add1u_wanted"], where


@pytest.mark.parametrize("kind", ["budget", "purse"])
def test_greedy(kind):
    for where, e, found in elections(kind):
        ballots = [tuple(b) for b in e["ballots"]]
        assert bought(budget.greedy(e["costs"], ballots, e["total"], e["weights"])) == found["greedy"], where
        if kind == "budget":
            only_wanted = budget.greedy(e["costs"], ballots, e["total"], e["weights"], least=1)
            assert bought(only_wanted) == found["greedy_wanted"], where


def test_other_definitions_of_add1_are_told_apart():
    """The figures in README.md: in so many elections another reading of add1 funds other items than ours."""
    other = {"add1_whole": 0, "add1_open": 0}
    for _, _, found in elections("budget"):
        for name in other:
            other[name] += set(found["add1"]) != set(found[name])
    assert other == {"add1_whole": 24, "add1_open": 6}
