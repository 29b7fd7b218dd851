"""When a round is over support is forgotten, and twelve months later its words are gone, as the consent page promises."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import sqlalchemy as sa
from build import NOW, make_idea, make_reply, make_round, make_telling
from worlds import World

from codesign.db import writing
from codesign.discussion.models import Contribution
from codesign.fieldwork import actions as fieldwork
from codesign.fieldwork import queries as reports
from codesign.fieldwork.actions import Told
from codesign.fieldwork.models import Kind, ReportObjection
from codesign.journal.models import VoicesEntry
from codesign.pages.ending import KEPT, tidy
from codesign.proposals import actions
from codesign.proposals.models import Proposal, ProposalVersion, Support
from codesign.rules.phases import Phase
from codesign.tellings.models import Telling
from codesign.vision import actions as vision


def words(world: World) -> list[str]:
    world.session.rollback()
    return [
        *world.session.scalars(sa.select(Proposal.title)),
        *world.session.scalars(sa.select(ProposalVersion.title)),
        *world.session.scalars(sa.select(Contribution.body)),
        *world.session.scalars(sa.select(Telling.body)),
    ]


def test_words_go_twelve_months_after_the_round_and_not_before(world: World):
    with writing(world.session):
        other = make_round(world.session, world.panel, Phase.PROPOSING)
        make_idea(world.session, other, world.me, "Of a round that goes on")
        idea = make_idea(world.session, world.round, world.other, "Canary idea")
        make_reply(world.session, idea, world.me, "Canary reply")
        make_telling(world.session, world.round, world.me, "Canary story")
        actions.support(*world.by(world.me), idea, on=True, now=NOW)
    tidy(world.session, NOW)
    assert len(world.session.scalars(sa.select(Support)).all()) == 1
    with writing(world.session):
        world.round.phase, world.round.phase_since = Phase.CLOSED, NOW
    assert tidy(world.session, NOW + KEPT - timedelta(days=1)) == 0
    assert world.session.scalars(sa.select(Support)).all() == []
    assert world.fresh(idea).support_count == 1
    assert sum("Canary" in text for text in words(world)) == 4
    assert tidy(world.session, NOW + KEPT) == 1
    assert not [text for text in words(world) if "Canary" in text]
    assert "Of a round that goes on" in words(world)
    assert tidy(world.session, NOW + KEPT) == 0
    lines = world.session.scalars(sa.select(VoicesEntry.what_id).where(VoicesEntry.verb == "erase_words")).all()
    assert lines == [str(world.round.id)]


def test_what_was_written_in_no_round_goes_a_year_after_it_came(world: World):
    session, member, key = world.session, world.member(world.me), "0" * 36
    told = Told(Kind.VISIT, "Canary visit", NOW.date(), None, ("ti",), (), "asked", "Canary", "en", "two members")
    with writing(session):
        fieldwork.invite(session, world.member(world.moderator), world.me.id, now=NOW)
        args = {"file": None, "alternative": "", "consented": True, "now": NOW}
        report = fieldwork.attach(session, member, told, key=key, **args)
        shown = fieldwork.attach(
            session, world.member(world.moderator), replace(told, title="Public", public=True), key=key, **args
        )
        seen = reports.report_for(session, shown.id, world.other.id)
        fieldwork.object_to(session, seen, body="Canary", language="en", key=key, consented=True, now=NOW)
        sentence = vision.Sentence("Canary sentence", "en")
        point = vision.propose(session, member, sentence, round_id=None, key=key, consented=True, now=NOW)
    assert tidy(session, NOW + KEPT) == 0
    assert world.fresh(report).title == "Canary visit"
    assert world.fresh(point).text == "Canary sentence"
    tidy(session, NOW + KEPT + timedelta(days=1))
    assert (world.fresh(report).title, report.text, world.fresh(point).text) == ("", "", "")
    assert session.scalars(sa.select(ReportObjection)).all() == []
    assert world.fresh(shown).title == "Public"
    lines = session.scalars(sa.select(VoicesEntry.what).where(VoicesEntry.verb == "erase_words")).all()
    assert sorted(lines) == ["field_report", "vision_point"]
