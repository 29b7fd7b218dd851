"""When a round is over support is forgotten, and twelve months later its words are gone, as the consent page promises."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from build import NOW, make_idea, make_reply, make_round, make_telling
from worlds import World

from codesign.db import writing
from codesign.discussion.models import Contribution
from codesign.journal.models import VoicesEntry
from codesign.pages.ending import KEPT, tidy
from codesign.proposals import actions
from codesign.proposals.models import Proposal, ProposalVersion, Support
from codesign.rules.phases import Phase
from codesign.tellings.models import Telling


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
