"""Two panels full of everything that has an address, with the people of one of them: for attacks on both doors."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import build
from advice.conftest import World, voted
from sqlalchemy import select

from codesign.accounts.models import Reissue
from codesign.advice.models import CitedBlock, Recommendation
from codesign.db import writing
from codesign.fieldwork import actions as reports
from codesign.fieldwork.files import Clean
from codesign.fieldwork.models import Kind as ReportKind
from codesign.fieldwork.models import ReportObjection
from codesign.legal_help.actions import write_line
from codesign.legal_help.domain import Part, Source, Words
from codesign.moderation.models import Decision, Outcome, Report
from codesign.networks.models import Network, NetworkSuggestion, PolicyMoment
from codesign.panels.models import Gathering, Municipality
from codesign.panels.queries import membership
from codesign.picker.domain import sentence_name
from codesign.places.domain import MomentKind, Standing
from codesign.room import actions as room
from codesign.room.tablets import start_tablet
from codesign.rules.phases import Phase
from codesign.rules.roles import Role
from codesign.rules.words import WordState
from codesign.vision import actions as vision
from codesign.web.clock import now


@dataclass
class Village:
    """One panel: its world of advice, its people by role, and the number of each thing by the name in addresses."""

    world: World
    people: dict[str, Any]
    ids: dict[str, Any]
    private: dict[str, Any] = field(default_factory=dict)


def village(house: Any, session: Any, words: str = "", members: int = 8) -> Village:
    """A panel with a closed and an open vote, an advice that is drafted, words in every state, and people in every
    role; `words` stands in front of every private word."""
    world = voted(house, session, members=members)
    world.compose()
    quote = world.quote(world.ideas[0], "One neighbour with tea is worth ten letters.")
    panel, me, other = world.panel, world.members[0], world.members[1]
    with writing(session):
        people = {
            "newcomer": me,
            "resident": build.make_member(session, panel, Role.RESIDENT),
            "professional": build.make_member(session, panel, Role.PROFESSIONAL),
            "moderator": world.moderator,
            "second": build.make_moderator(session, panel),
        }
        row = build.make_round(session, panel, Phase.DISCUSSING, question="What else?")
        topic = build.make_round(session, panel, Phase.DRAFT, started_by=me.id)
        telling = build.make_telling(session, row, me, body=f"{words} told")
        idea = build.make_idea(session, row, me, title="A walk", body="We walk")
        like = build.make_idea(session, row, other, title="A walk together", body="We walk")
        draft = build.make_idea(session, row, other, f"{words} draft", body=f"{words} draft", state=WordState.DRAFT)
        held = build.make_idea(session, row, other, f"{words} held", body=f"{words} held", state=WordState.HELD)
        hidden = build.make_idea(session, row, other, f"{words} hidden", body=f"{words} hidden", state=WordState.HIDDEN)
        reply = build.make_reply(session, idea, me, body=f"{words} reply")
        story = build.make_telling(session, row, other, body=f"{words} held story", state=WordState.HELD)
        silent = build.make_reply(session, idea, other, body=f"{words} held reply", state=WordState.HELD)
        gathering = Gathering(
            round_id=row.id, title=f"{words} evening", held_on=now().date() + timedelta(days=3), starts="19:00",
            ends="21:00", place=f"{words} room", languages=["en"], notes=f"{words} notes", programme=f"{words} tea",
        )  # fmt: skip
        session.add(gathering)
        decision = Decision(
            round_id=row.id, proposal_id=hidden.id, author_id=other.id, outcome=Outcome.HIDE, why=f"{words} why",
            language="en", by=world.moderator.id, made_on=build.TODAY,
        )  # fmt: skip
        mine = Decision(
            round_id=row.id, telling_id=telling.id, author_id=me.id, outcome=Outcome.HIDE, why=f"{words} why",
            language="en", by=world.moderator.id, made_on=build.TODAY,
        )  # fmt: skip
        report = Report(
            round_id=row.id, proposal_id=like.id, by=me.id, why=f"{words} report", language="en", made_on=build.TODAY
        )
        reissue = Reissue(person_id=other.id, asked_by=people["second"].id, asked_at=build.NOW)
        session.add_all([decision, mine, report, reissue])
        later = build.NOW.replace(year=build.NOW.year + 3)
        ballot = build.make_ballot(session, row, world.moderator, deadline=later)
        prepared = build.make_ballot(session, row, world.moderator, deadline=later)
        by = membership(session, world.moderator.id, panel.id)
        room.note_room_voters(session, ballot, row, by, [world.members[3].id], now=build.NOW)
        build.open_ballot(session, ballot, row, world.moderator, house.settings.keys)
        tablet = start_tablet(session, ballot.id, row, by, digits_hash="x", language="en", now=now())
        session.flush()
        here = panel.municipality_code
        network = Network(
            place_code=here, code="tea", name="Tea tent", does="Tea", languages=[], domains=[], language="en",
            standing=Standing.INFORMAL, as_of=build.NOW,
        )  # fmt: skip
        moment = PolicyMoment(
            place_code=here, code="budget", title="Budget", language="en", kind=MomentKind.BUDGET,
            decided_on=build.TODAY + timedelta(days=9999), source="Planning", checked_on=build.TODAY, as_of=build.NOW,
        )  # fmt: skip
        named = NetworkSuggestion(
            panel_id=panel.id, author_id=other.id, name=f"{words} group", does=f"{words} does", known=f"{words} known",
            language="en", held_for=[], form_key="0" * 36, created_on=build.TODAY,
        )  # fmt: skip
        session.add_all([network, moment, named])
        town = session.get(Municipality, panel.municipality_code)
        source = Source("A letter (invented)", "", build.TODAY, build.TODAY, build.TODAY + timedelta(days=90))
        help_line = write_line(
            session, town, part=Part.SANCTION, words=Words("Lessons", "The school reports it."), language="en",
            spoken=[], source=source, by=world.moderator.id, role=Role.MODERATOR, today=build.TODAY, now=build.NOW,
        )  # fmt: skip
        told = reports.Told(
            ReportKind.VISIT, f"{words} visit", build.TODAY, 4, ("en",), ("BRI",), f"{words} asked", f"{words} came out",
            "en", f"{words} who", round_id=row.id,
        )  # fmt: skip
        file = Clean(b"%PDF-1.7 " + words.encode(), "application/pdf")
        report_row = reports.attach(
            session, by, told, file=file, alternative="", key="v", consented=True, now=build.NOW
        )
        objection = ReportObjection(
            report_id=report_row.id, person_id=me.id, body=f"{words} not so", language="en", form_key="v",
            made_on=build.TODAY,
        )  # fmt: skip
        session.add(objection)
        mine_here = membership(session, me.id, panel.id)
        sentence = vision.Sentence(f"{words} point"[:200], "en")
        point = vision.propose(session, mine_here, sentence, round_id=row.id, key="v", consented=True, now=build.NOW)
        session.flush()
        ids = {
            "report_id": report_row.id, "objection_id": objection.id, "point_id": point.id,
            "network_id": network.id, "moment_id": moment.id, "suggestion_id": named.id,
            "panel_id": panel.id, "round_id": row.id, "telling_id": telling.id, "idea_id": idea.id,
            "proposal_id": idea.id, "other_id": like.id, "thing_id": like.id, "what": "idea", "reply_id": reply.id,
            "gathering_id": gathering.id, "ballot_id": ballot.id, "advice_id": world.advice_id, "quote_id": quote,
            "decision_id": mine.id, "reissue_id": reissue.id, "person_id": world.moderator.id, "section": "heard",
            "target": "voting", "item": sentence_name("We hardly meet."), "code": panel.municipality_code, "slug": "housing", "token": "a" * 22,
            "recommendation_id": session.scalar(
                select(Recommendation.id).where(Recommendation.advice_id == world.advice_id)
            ),
            "cited_id": session.scalar(select(CitedBlock.id).where(CitedBlock.advice_id == world.advice_id)),
            "line_id": help_line.id, "part": "sanction", "language": "nl",
            "topics": topic.id, "tablet_id": tablet.id, "n": 1, "swept": session.scalar(_swept(world.round.id)), "voted": world.round.id,
        }  # fmt: skip
        private = {
            "draft": draft.id, "held": held.id, "hidden": hidden.id, "story": story.id, "reply": silent.id,
            "decision": decision.id, "prepared": prepared.id,
        }  # fmt: skip
    return Village(world, people, ids, private)


def _swept(round_id: int) -> Any:
    from codesign.voting.models import Ballot

    return select(Ballot.id).where(Ballot.round_id == round_id)
