"""What of a closed ballot crosses the wall: quarters from ten slips on, a word for eight and nine, nothing below."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from codesign.documents.domain import faults
from codesign.jobs.models import OutboxItem
from codesign.voting import queries
from codesign.voting.domain import ADOPT, NONE, SEND_BACK
from codesign.voting.release import rated

RATED = rated("2026-3", "a" * 64, "b" * 64)


def released(w):
    """The documents in the outbox, by kind, each held against its schema."""
    w.session.rollback()
    found = {}
    for item in w.session.scalars(select(OutboxItem).order_by(OutboxItem.id)).all():
        found[item.kind] = json.loads(item.payload)
        assert faults(item.kind, found[item.kind]) == []
    return found


def vote(w, *counts):
    """`counts[0]` people choose o1, the next `counts[1]` o2, and so on."""
    people = iter(w.members)
    for number, count in enumerate(counts, start=1):
        for _ in range(count):
            w.cast(next(people), f"o{number}")
    return w.close()


@pytest.mark.parametrize(("voters", "shown"), [(7, "nothing"), (8, "outcome"), (9, "outcome"), (10, "quarters")])
def test_how_much_is_told_depends_on_the_number_of_slips(world, voters, shown):
    w = world(members=12)
    ballot = vote(w, voters)
    told = released(w)["release"]
    assert told["shown"] == shown
    by_key = {o["key"]: o for o in told["options"]}
    assert by_key["o1"]["outcome"] is (None if shown == "nothing" else True)
    assert bool(by_key["o1"]["quarters"]) is (shown == "quarters")
    assert bool(told["turnout"]) is (shown == "quarters")
    assert told["closed_digest"] == ballot.closed_digest
    assert told["opening_digest"] == ballot.opening_digest


def test_it_tells_quarters_and_never_a_number_a_code_or_a_key(world):
    w = world(members=14)
    for i, person in enumerate(w.members[:12]):
        w.cast(person, *(("o1", "o2") if i < 9 else ("o3",)), sign="kanarie")
    ballot = w.close()
    told = released(w)["release"]
    assert {o["key"]: o["quarters"] for o in told["options"]} == {"o1": [4], "o2": [4], "o3": [2], "o4": [1]}
    assert told["turnout"] == [4]
    assert told["exact"] is None
    payload = queries.released(w.session, ballot.release_digest).decode()
    for secret in (*w.codes.values(), "kanarie", '"voters"', '"counts"', '"proposal', '"ballot"', f'"{w.ballot.id}"'):
        assert secret not in payload
    assert not any(str(n) in json.dumps([o["quarters"] for o in told["options"]]) for n in (9, 12, 14))


def test_none_of_these_is_not_told_apart(world):
    w = world(members=12)
    for person in w.members:
        w.cast(person, NONE)
    w.close()
    told = released(w)["release"]
    assert told["outcome"] == "none"
    assert [o["key"] for o in told["options"]] == ["o1", "o2", "o3", "o4"]


def test_residents_counted_apart_are_told_from_ten_slips_on_only(world):
    from dataclasses import replace

    w = world(members=12, residents=9)
    vote(w, 12)
    twin = replace(w, ballot=w.twin, members=w.residents, codes={})
    vote(twin, 9)
    releases = [
        json.loads(i.payload) for i in w.session.scalars(select(OutboxItem).order_by(OutboxItem.id)).all()
    ]  # fmt: skip
    assert [(r["electorate"], r["shown"]) for r in releases] == [("newcomers", "quarters"), ("residents", "nothing")]


@pytest.mark.parametrize(
    ("yes", "no", "outcome", "quorum_met"),
    [(6, 0, "adopted", True), (3, 4, "not_adopted", True), (2, 0, "not_adopted", False)],
)
def test_of_an_adoption_the_outcome_and_the_quorum_cross_and_no_number(world, yes, no, outcome, quorum_met):
    w = world(members=9, kind="adoption", subject="a" * 64)
    for i, person in enumerate(w.members[: yes + no]):
        w.cast(person, ADOPT if i < yes else SEND_BACK, reason="kanarie")
    ballot = w.close()
    told = released(w)["release"]
    assert (told["outcome"], told["quorum_met"], told["shown"]) == (outcome, quorum_met, "outcome")
    assert not told["turnout"]
    assert not any(o["quarters"] for o in told["options"])
    assert b"kanarie" not in queries.released(w.session, ballot.release_digest)


@pytest.mark.parametrize(
    ("counts", "outcome", "shown"),
    [((8, 2, 0), "useful", "quarters"), ((5, 0, 5), "partly", "quarters"), ((0, 1, 7), "no", "outcome"),
     ((3, 0, 0), None, "nothing")],
)  # fmt: skip
def test_a_rating_crosses_under_the_same_floor_and_names_what_was_rated(world, counts, outcome, shown):
    w = world(members=12, kind="rating", subject=RATED)
    people = iter(w.members)
    for key, count in zip(("useful", "partly", "no"), counts, strict=True):
        for _ in range(count):
            w.cast(next(people), key)
    ballot = w.close()
    told = released(w)
    assert (told["rating"]["outcome"], told["rating"]["shown"]) == (outcome, shown)
    assert told["rating"]["number"] == "2026-3"
    assert (told["rating"]["advice"], told["rating"]["answer"]) == ("a" * 64, "b" * 64)
    assert told["rating"]["release"] == ballot.release_digest


def test_the_release_is_made_once_and_lies_in_the_transaction_of_the_closing(world, monkeypatch):
    w = world(members=10)
    for person in w.members:
        w.cast(person, "o1")

    def broken(*_args, **_more):
        raise ValueError("the document does not hold")

    monkeypatch.setattr("codesign.voting.release.freeze", broken)
    with pytest.raises(ValueError, match="does not hold"):
        w.close()
    assert w.again().state.value == "open"
    assert released(w) == {}
    monkeypatch.undo()
    ballot = w.close()
    first = queries.released(w.session, ballot.release_digest)
    w.close()
    assert queries.released(w.session, w.again().release_digest) == first
    assert len(w.session.scalars(select(OutboxItem.id)).all()) == 1


def test_the_list_and_the_release_share_one_count(world):
    w = world(members=10)
    vote(w, 6, 4)
    found = queries.result(w.again())
    assert found.tally == queries.tally(w.session, w.ballot.id)
    assert {o["key"]: o["quarters"] for o in released(w)["release"]["options"]}["o1"] == [
        found.tally.counts["o1"] * 4 // found.tally.voters + 1
    ]
