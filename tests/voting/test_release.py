"""What of a closed ballot crosses the wall: quarters from ten slips on, a word for eight and nine, nothing below."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from codesign.documents.domain import faults
from codesign.jobs.models import OutboxItem
from codesign.voting import closed_list, queries
from codesign.voting.domain import ADOPT, NONE, SEND_BACK, Method
from codesign.voting.release import document, rated
from voting.ballots_of_methods import MAKE, cast_all, closed, opening

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


PANEL = SimpleNamespace(name="Panel 1", municipality=SimpleNamespace(code="veldhaven", timezone="Europe/Amsterdam"))


def told_of(method, voters, electorate=20):
    """The release of a ballot of this method with so many votes, without any store."""
    o = opening(method, electorate=electorate)
    listed = closed(o, voters)
    told = document(
        o, closed_list.count(o, listed), PANEL, closed_digest="c" * 64, opening_digest="a" * 64,
        now=datetime(2026, 6, 9, tzinfo=UTC),
    )  # fmt: skip
    assert faults("release", {"schema": "codesign/release/1", **told}) == []
    return o, listed, told


@pytest.mark.parametrize("method", Method)
@pytest.mark.parametrize("voters", [0, 5, 7, 8, 9, 10, 19, 20])
def test_every_method_is_told_by_the_same_rule(method, voters):
    o, listed, told = told_of(method, voters)
    shown = "nothing" if voters < 8 else "outcome" if voters < 10 else "quarters"
    assert told["shown"] == shown
    assert told["exact"] is told["breakdown"] is None
    tally = closed_list.count(o, listed)
    for option in told["options"]:
        key = option["key"]
        assert option["outcome"] == (None if shown == "nothing" else key in tally.winners)
        quarter = min(4, tally.supporters[key] * 4 // voters + 1) if shown == "quarters" else None
        assert option["quarters"] == ([quarter] if quarter else [])
    assert told["turnout"] == ([min(4, voters * 4 // 20 + 1)] if shown == "quarters" else [])
    one = method in {Method.YES_NO, Method.CONSENT}
    assert told["outcome"] == (None if shown == "nothing" else "adopted" if one else "chosen")


WORDS = {"place", "panel", "kind", "question", "language", "method", "most_choices", "electorate", "closed_on", "shown",
         "turnout", "quorum_met", "outcome", "options", "breakdown", "exact", "opening_digest", "closed_digest"}  # fmt: skip
TERMS = {
    Method.SCORE: {"points": 5}, Method.DOTS: {"points": 5}, Method.SHORTLIST: {"seats": 2},
    Method.BUDGET: {"total": 7000, "currency": "EUR", "completion": "add1u"},
}  # fmt: skip


@pytest.mark.parametrize("method", Method)
def test_no_number_of_the_count_is_in_a_release_of_any_method(method):
    """What stands there was set before anybody voted, but for quarters and the words of the outcome."""
    o, _listed, told = told_of(method, 19)
    assert set(told) - {"terms"} == WORDS
    assert told.get("terms") == TERMS.get(method)
    for option, frozen in zip(told["options"], o.options, strict=True):
        assert set(option) - {"cost"} == {"key", "title", "language", "domains", "quarters", "outcome"}
        assert option.get("cost") == (frozen.cost if method is Method.BUDGET else None)
        assert set(option["quarters"]) <= {1, 2, 3, 4}


def test_an_objection_or_too_few_yes_is_told_as_not_adopted_and_no_more():
    for method, votes in ((Method.CONSENT, ["agree"] * 11 + ["object"]), (Method.YES_NO, ["yes"] * 6 + ["no"] * 6)):
        o = opening(method)
        listed = closed(o, votes=[(v,) for v in votes])
        told = document(
            o, closed_list.count(o, listed), PANEL, closed_digest="c" * 64, opening_digest="a" * 64,
            now=datetime(2026, 6, 9, tzinfo=UTC),
        )  # fmt: skip
        assert told["outcome"] == "not_adopted"
        assert [(x["outcome"], x["quarters"]) for x in told["options"]] == [
            (False, [4 if method is Method.CONSENT else 3])
        ]


@pytest.mark.parametrize("method", Method)
def test_a_ballot_of_each_method_is_released_when_it_closes(world, method):
    w = world(members=10, method=method, **MAKE[method])
    cast_all(w, method, 10)
    ballot = w.close()
    told = released(w)["release"]
    assert (told["method"], told["shown"], told["closed_digest"]) == (method.value, "quarters", ballot.closed_digest)
    payload = queries.released(w.session, ballot.release_digest).decode()
    assert not any(code in payload for code in w.codes.values())
