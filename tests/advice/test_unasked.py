"""R31: advice nobody asked for goes from a member's topic to a vote and over the wall without any municipal act."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import build
import sqlalchemy as sa
from sqlalchemy.orm import Session

from advice.conftest import World
from codesign.advice import sending
from codesign.db import writing
from codesign.documents.models import AdviceStatus, Document, Kind
from codesign.journal.models import RecordEntry
from codesign.officials.models import Official
from codesign.panels import actions as panels
from codesign.panels.domain import Level
from codesign.panels.models import Round
from codesign.panels.queries import membership
from codesign.rules.phases import Phase
from codesign.voting import closing
from codesign.voting.domain import Option


def test_R31_a_members_topic_reaches_a_vote_and_is_sent_without_any_municipal_act(house: Any, session: Session) -> None:
    now = build.NOW
    with writing(session):
        place = build.make_place(session)
        panel = build.make_panel(session, place, languages=["en", "nl", "ar"])
        moderator = build.make_moderator(session, panel)
        people = [build.make_member(session, panel) for _ in range(10)]
        # The place stands in the record because the host made it. Nobody of the municipality was ever invited.
        build.make_record_place(session, place.code, languages=["en", "nl", "ar"])
        mine, desk = (membership(session, p.id, panel.id) for p in (people[0], moderator))
        topic = panels.start_topic(
            session, mine, title="Meet before you need help", question="How do you meet people here?",
            why="Nobody asks us.", language="en", first_day=build.TODAY, answer_weeks=8, now=now,
        )  # fmt: skip
        panels.join_topic(session, topic, membership(session, people[1].id, panel.id), joins=True, now=now)
        topic.level, topic.fixed_text = Level.ADVISE, "The budget of this year is fixed."
        words = {"words": "We go on.", "language": "en", "now": now}
        panels.open_round(session, topic, desk, **words)
        panels.change_phase(session, topic, desk, target=Phase.PROPOSING, **words)
        ideas = [build.make_idea(session, topic, people[n], f"Idea {n}") for n in (0, 1)]
        panels.change_phase(session, topic, desk, target=Phase.DISCUSSING, **words)
        ballot = build.make_ballot(
            session, topic, moderator, max_choices=2,
            options=[Option("", idea.title, "", "en", "BRI", (), idea.id) for idea in ideas],
        )  # fmt: skip
        panels.change_phase(session, topic, desk, target=Phase.VOTING, **words)
        build.open_ballot(session, ballot, topic, moderator, house.settings.keys)
    world = World(house, session, now + timedelta(hours=1), panel, topic, moderator, people, ideas)
    world.cast(ballot, {"o1": 8, "o2": 2})
    world.now = now + timedelta(days=8)
    closing.close_due(session, ballot.id, world.now)
    with world.write():
        row = session.get(Round, topic.id, populate_existing=True)
        panels.change_phase(session, row, desk, target=Phase.ADVISING, words="We write.", language="en", now=world.now)
    session.expire_all()
    world.compose()
    world.adopt()
    with world.write():
        sending.send_advice(session, world.view(), now=world.now)
    assert world.cross().refused == 0
    session.expire_all()
    status = session.scalars(sa.select(AdviceStatus)).one()
    document = json.loads(session.scalars(sa.select(Document.stored).where(Document.kind == Kind.ADVICE)).one())
    assert document["cover"]["asked"] is False
    assert status.due_on == status.sent_on + timedelta(weeks=8), "the clock runs as for advice that was asked for"
    assert session.scalar(sa.select(sa.func.count()).select_from(Official)) == 0
    assert session.scalars(sa.select(RecordEntry.by).where(RecordEntry.by.is_not(None))).all() == []
