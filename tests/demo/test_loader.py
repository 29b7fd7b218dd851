"""The demonstration place goes in through the acts of the pages, crosses the wall, and everybody in it gets in."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from typing import Any

import pyotp
import pytest
import sqlalchemy as sa
from houses import House
from sqlalchemy.orm import Session

from codesign.advice.models import Advice
from codesign.demo.content import read
from codesign.demo.loader import NotHere, load
from codesign.discussion.models import Contribution
from codesign.documents.models import Document, Kind
from codesign.jobs.models import DueJob, OutboxItem, OutboxState
from codesign.panels.models import Round
from codesign.places.models import HouseStyle
from codesign.proposals.models import Proposal
from codesign.responses.models import AnswerPart
from codesign.rules.phases import Phase
from codesign.rules.states import AdviceState
from codesign.rules.words import WordState
from codesign.translators.models import PlaceTranslators
from codesign.voting.models import Ballot, Roll


def count(session: Session, column: Any, *where: Any) -> Counter[Any]:
    rows = session.execute(sa.select(column, sa.func.count()).where(*where).group_by(column)).all()
    return Counter(dict(rows))


@pytest.mark.pages
def test_the_whole_place_goes_in_and_everybody_gets_in(house: House, session: Session) -> None:
    steps: list[tuple[int, int]] = []
    access = load(house.settings, lambda done, total, what: steps.append((done, total)))
    assert [done for done, _ in steps] == list(range(1, len(steps) + 1))
    assert steps[-1][0] == steps[-1][1]

    phases = session.scalars(sa.select(Round.phase)).all()
    assert sorted(phases) == [Phase.DISCUSSING, Phase.FOLLOWING, Phase.VOTING]
    ideas = count(session, Proposal.state)
    assert ideas.total() >= 40
    assert ideas[WordState.HIDDEN] == ideas[WordState.TAKEN_BACK] == 1
    assert ideas[WordState.MERGED] == 3
    replies = count(session, Contribution.state)
    assert replies.total() >= 150
    assert replies[WordState.HELD] == 1

    # The two open votes: eleven and eight cast, nobody counted; the six closed ones have left no trace of who voted.
    assert count(session, Ballot.state) == {"open": 2, "swept": 6}
    assert count(session, Roll.voted, Roll.ballot_id == Ballot.id, Ballot.state == "open")[True] == 19
    assert (
        session.scalars(sa.select(DueJob.kind).where(DueJob.done_at.is_(None), DueJob.problem.is_not(None))).all() == []
    )

    advice = session.scalar(sa.select(Advice))
    assert advice is not None
    assert advice.serial == read().municipality.numbers_used + 1
    assert advice.state is not AdviceState.DRAFT
    assert count(session, OutboxItem.state) == {
        OutboxState.DELIVERED: session.scalar(sa.select(sa.func.count(OutboxItem.id)))
    }
    kinds = count(session, Document.kind)
    assert kinds == {Kind.ADVICE: 1, Kind.ANSWER: 1, Kind.RATING: 1, Kind.RELEASE: 6, Kind.REPLY: 1, Kind.FIT: 1}
    _everything_has_something_behind_it(session)
    assert [session.scalar(sa.select(sa.func.count()).select_from(t)) for t in (HouseStyle, PlaceTranslators)] == [1, 1]
    decisions = session.scalars(sa.select(AnswerPart.decision).order_by(AnswerPart.recommendation)).all()
    assert [d.value if d else None for d in decisions] == ["partly", "adopted", "later"]

    assert Counter(entry["role"] for entry in access) == {
        "host": 1, "moderator": 2, "official": 2, "organisation": 2, "newcomer": 19, "resident": 1, "professional": 1,
    }  # fmt: skip
    assert json.loads(json.dumps(access)) == access
    _the_record_names_no_member(session)
    _everybody_in_the_table_gets_in(house, access)
    # Somebody is there now, so it is not loaded a second time.
    with pytest.raises(NotHere):
        load(house.settings, lambda *_: None)


def _everything_has_something_behind_it(session: Session) -> None:
    stored = session.scalar(sa.select(Document.stored).where(Document.kind == Kind.ADVICE))
    assert stored is not None
    sent = json.loads(stored)
    kinds = ("quotes", "results", "reports", "cited")
    assert [s["text"] for s in sent["heard"]["sentences"] if not any(s[kind] for kind in kinds)] == []
    assert [r["file"] and r["file"]["media_type"] for r in sent["elsewhere"]["reports"]] == [None, "image/png"]
    assert len(sent["vision"]) == 5
    for asked in sent["recommendations"]:
        assert asked["evidence"]["reports"]
        assert asked["evidence"]["cited"]
        assert asked["vision"]
        assert asked["moment"]
        assert asked["small_group"]
        assert any(actor["by_when"] for actor in asked["actors"])


def _everybody_in_the_table_gets_in(house: House, entries: list[dict[str, str]]) -> None:
    for entry in [e for e in entries if "card" in e][::7]:
        client = house.panel.test_client()
        reply = client.post("/sign-in", data={"digits": entry["card"]})
        assert reply.status_code == 303
        reply = client.post("/sign-in/pin", data={"pin": entry["pin"]})
        assert reply.status_code == 303
        assert "/sign-in" not in reply.headers["Location"]
    for entry in [e for e in entries if "login" in e]:
        client = (house.panel if entry["door"] == "panel" else house.record).test_client()
        path = "/" + entry["url"].split("/", 3)[3]
        code = pyotp.TOTP(entry["totp_secret"]).now()
        given = {"login": entry["login"], "password": entry["password"], "code": code}
        reply = client.post(path, data=given)
        assert reply.status_code == 303, entry["login"]


def _the_record_names_no_member(session: Session) -> None:
    stored = b"\n".join(session.scalars(sa.select(Document.stored)).all()).decode()
    session.rollback()
    place = read()
    for member in place.members:
        assert member.name not in stored
    for found in place.rounds:
        for idea in found.ideas:
            assert idea.body not in stored or idea.body == idea.release


@pytest.mark.sqlite_only
def test_it_is_never_loaded_in_production(house: House) -> None:
    with pytest.raises(NotHere):
        load(replace(house.settings, production=True), lambda *_: None)
