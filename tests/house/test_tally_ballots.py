"""Closed ballots of this house through `codesign tally`: every method counted again, and a changed count found."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner

from codesign.cli import main
from codesign.voting import closed_list, exporting
from codesign.voting.domain import DECIDES, NONE, Category, Kind, Method, Opening, Option, Terms, Vote, digest

OPENED = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
KEYS = ("p1", "p2", "p3", "p4")
TITLES = {Method.RANKED: "Schulze's method", Method.BUDGET: "equal shares, completed by add1u"}


def opening(method: Method) -> Opening:
    keys = KEYS[:1] if method in (Method.YES_NO, Method.CONSENT) else KEYS
    return Opening(
        ballot=7, round=1, kind=Kind.VOTE, category=Category.NEWCOMERS, method=method, question="What comes first?",
        language="en", options=tuple(Option(k, f"Idea {k}", cost=100 * n) for n, k in enumerate(keys, 2)),
        max_choices=3, with_none=True, electorate=40, quorum=50, majority=50, opened_at=OPENED,
        deadline=OPENED + timedelta(days=7), subject="", previous="", public_key="00" * 32,
        terms=Terms(points=5, total=900, seats=2),
    )  # fmt: skip


def slip(method: Method, chance: Random) -> dict[str, int]:
    chosen = sorted(chance.sample(KEYS, chance.randint(1, 3)))
    match method:
        case Method.YES_NO:
            return {chance.choice(["yes", "no", "abstain"]): 1}
        case Method.CONSENT:
            return {chance.choice(["agree", "stand_aside", "object"]): 1}
        case Method.SCORE:
            return {key: chance.randint(0, 5) for key in chosen}
        case Method.DOTS:
            return dict.fromkeys(chosen, 1)
        case Method.RANKED:
            return {key: place for place, key in enumerate(chance.sample(chosen, len(chosen)), 1)}
        case Method.BUDGET:
            return dict.fromkeys(chosen[:2], 1)
    return {NONE: 1} if chance.random() < 0.1 else dict.fromkeys(chosen, 1)


def bundle(method: Method) -> dict[str, Any]:
    chance = Random(f"{method}")
    votes = [Vote(f"{100000 + i}", dict(sorted(slip(method, chance).items()))) for i in range(30)]
    frozen = opening(method).frozen()
    closed = closed_list.make(opening(method), digest(frozen), "", votes)
    return closed_list.bundle(frozen, closed.frozen(), None)


def run(path: Path, found: dict[str, Any], *words: str):
    path.write_text(json.dumps(found), encoding="utf-8")
    return CliRunner().invoke(main, ["tally", str(path), *words])


@pytest.mark.parametrize("method", list(Method))
def test_every_method_is_counted_as_its_ballot_was(method, tmp_path):
    found = bundle(method)
    done = run(tmp_path / "ballot.json", found)
    assert done.exit_code == 0, done.output
    assert "ballot.json: What comes first?\nVoters: 30." in done.output
    assert "The official result agrees." in done.output
    assert f"Counted by {TITLES.get(method, '')}" in done.output
    told = json.loads(run(tmp_path / "ballot.json", found, "--json").output)
    if method not in (Method.YES_NO, Method.CONSENT):
        assert told["result"]["winners"] == found["tally"]["winners"]


@pytest.mark.parametrize("method", list(Method))
def test_a_changed_slip_is_found_beside_the_count(method, tmp_path):
    found = bundle(method)
    for line in found["closed"]["list"][:12]:
        line["marks"] = (
            {"yes": 1} if method is Method.YES_NO else {"object": 1} if method is Method.CONSENT else {"p3": 1}
        )
    done = run(tmp_path / "ballot.json", found)
    assert done.exit_code == 1, done.output
    assert "The official result DIFFERS." in done.output


@pytest.mark.parametrize(
    ("yes", "no", "quorum", "told", "kind"),
    [
        (6, 4, 25, "10 of 40 voted, and 10 were needed.\nIn favour: 6 of 10. Adopted.", Kind.ADOPTION),
        (5, 5, 25, "10 of 40 voted, and 10 were needed.\nIn favour: 5 of 10. Not adopted.", Kind.ADOPTION),
        (9, 1, 50, "10 of 40 voted, and 20 were needed.\nIn favour: 9 of 10. Not adopted.", Kind.ADOPTION),
        (6, 4, 25, "10 of 40 voted, and 10 were needed.\nIn favour: 6 of 10. Taken back.", Kind.WITHDRAWAL),
        (9, 1, 50, "10 of 40 voted, and 20 were needed.\nIn favour: 9 of 10. It stands.", Kind.WITHDRAWAL),
    ],
)
def test_a_decision_on_the_advice_asks_for_more_than_most_votes(yes, no, quorum, told, kind, tmp_path):
    keys = DECIDES[kind]
    asked = replace(
        opening(Method.APPROVAL), kind=kind, quorum=quorum, with_none=False, max_choices=1,
        options=tuple(Option(key, key) for key in keys),
    )  # fmt: skip
    slips = [{keys[0]: 1}] * yes + [{keys[1]: 1}] * no
    votes = [Vote(f"{100000 + i}", marks) for i, marks in enumerate(slips)]
    closed = closed_list.make(asked, digest(asked.frozen()), "", votes)
    done = run(tmp_path / "advice.json", closed_list.bundle(asked.frozen(), closed.frozen(), None))
    assert done.exit_code == 0
    assert told in done.output


def test_approvals_can_be_read_as_a_shortlist_and_ranks_round_by_round(tmp_path):
    done = run(tmp_path / "a.json", bundle(Method.APPROVAL), "--method", "shortlist", "--seats", "2")
    assert (done.exit_code, "On the list: " in done.output) == (0, True)
    done = run(tmp_path / "r.json", bundle(Method.RANKED), "--method", "instant_runoff")
    assert (done.exit_code, "Round 1:" in done.output) == (0, True)
    done = run(tmp_path / "b.json", bundle(Method.BUDGET), "--completion", "none")
    assert "Counted by equal shares.\n" in done.output
    done = run(tmp_path / "y.json", bundle(Method.YES_NO), "--method", "greedy")
    assert (done.exit_code, "possible: yes_no" in done.output) == (2, True)


@pytest.mark.parametrize("method", list(Method))
def test_a_ballot_that_went_out_as_a_file_of_the_field_is_counted_the_same(method, tmp_path):
    found = bundle(method)
    closed = closed_list.ClosedList.read(found["closed"])
    name, text = exporting.votes_file(opening(method), closed, "d" * 64)
    (tmp_path / name).write_text(text, encoding="utf-8")
    words = {
        Method.SCORE: ["--method", "score"],
        Method.SHORTLIST: ["--method", "shortlist", "--seats", "2"],
        Method.YES_NO: ["--method", "yes_no"],
        Method.CONSENT: ["--method", "consent"],
    }.get(method, [])
    done = CliRunner().invoke(main, ["tally", str(tmp_path / name), "--json", *words])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    if method in (Method.YES_NO, Method.CONSENT):
        assert told["result"]["outcome"] == found["tally"]["details"]["outcome"]
        return
    number = dict(zip(told["options"], KEYS, strict=True))
    assert sorted(number[key] for key in told["result"]["winners"]) == sorted(found["tally"]["winners"])
