"""What authors and moderators do with ideas, at the level of actions, on both databases."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from build import NOW, make_idea, make_round
from sqlalchemy.exc import IntegrityError
from worlds import World, content

from codesign.db import writing
from codesign.journal.models import VoicesEntry
from codesign.proposals import actions, curating, ending, queries
from codesign.proposals.actions import Stale
from codesign.proposals.models import EditState, Proposal, ProposalVersion, Support
from codesign.proposals.rows import BadContent
from codesign.rules.permissions import Reason, Refused
from codesign.rules.phases import Phase
from codesign.rules.words import WordState

KEY = "00000000-0000-4000-8000-000000000001"


def search(world: World, words: str) -> list[str]:
    found = queries.published(world.session, world.round.id, world.me.id, words=words)
    return sorted(row[0].title for row in found.items)


def test_R01_an_idea_without_a_theme_is_refused_by_the_rules_and_by_the_store(world: World):
    with writing(world.session), pytest.raises(Refused) as refused:
        actions.propose(*world.by(world.me), content(themes=()), key=KEY, now=NOW)
    assert refused.value.reason is Reason.CHOOSE_A_THEME_FIRST
    with pytest.raises(IntegrityError, match="theme"), writing(world.session):
        idea = make_idea(world.session, world.round, world.me)
        idea.themes = ""
        world.session.flush()


def test_R01_a_proposal_keeps_the_version_of_the_framework_it_was_written_under(world: World):
    with writing(world.session):
        idea = make_idea(world.session, world.round, world.me, indicators=("BRI-05",))
    assert idea.framework == "0.1-draft" or idea.framework
    assert queries.indicators_of(world.session, idea.id) == ["BRI-05"]


@pytest.mark.parametrize(
    "more",
    [
        {"themes": ("XXX",)},
        {"themes": ("BRI", "LNG", "WRK", "HSG")},
        {"indicators": ("WRK-01",)},
        {"indicators": ("BRI-99",)},
        {"picture": ("../etc",)},
        {"picture": ("bus", "coffee", "clock")},
    ],
)
def test_content_that_does_not_exist_or_fit_is_refused(world: World, more):
    with writing(world.session), pytest.raises(BadContent):
        actions.propose(*world.by(world.me), content(**more), key=KEY, now=NOW)


def test_R15_an_idea_with_identifying_details_is_held_before_anybody_reads_it(world: World):
    with writing(world.session):
        idea = actions.propose(
            *world.by(world.me),
            content("Come and drink tea", body="Ask at Dorpsstraat 12, 1234 AB 5"),
            key=KEY,
            now=NOW,
        )
    assert idea.state is WordState.HELD
    assert idea.held_for == ["address"]
    assert search(world, "tea") == []
    assert queries.proposal_for(world.session, idea.id, world.other.id) is None
    seen = queries.proposal_for(world.session, idea.id, world.moderator.id)
    assert seen is not None
    assert seen.readable


def test_R15_what_was_taken_out_of_a_held_idea_is_kept_nowhere(world: World):
    with writing(world.session):
        idea = actions.propose(*world.by(world.me), content(body="Call 06 1234 5678"), key=KEY, now=NOW)
    with writing(world.session):
        actions.edit_proposal(*world.by(world.me), idea, content(body="Call nobody"), seen=1, now=NOW)
    assert idea.state is WordState.PUBLISHED
    assert idea.held_for == []
    bodies = world.session.scalars(sa.select(ProposalVersion.body)).all()
    assert bodies == ["Call nobody"]
    assert search(world, "1234") == []


def test_R15_an_idea_can_be_taken_back_until_the_panel_adopted_its_advice(world: World):
    with writing(world.session):
        idea = make_idea(world.session, world.round, world.me)
        world.round.phase, world.round.adopted_at = Phase.ADVISING, NOW
        with pytest.raises(Refused) as refused:
            actions.take_back(*world.by(world.me), idea, NOW)
        assert refused.value.reason is Reason.ALREADY_ADOPTED
        world.round.adopted_at = None
        actions.take_back(*world.by(world.me), idea, NOW)
        actions.take_back(*world.by(world.me), idea, NOW)
    assert idea.state is WordState.TAKEN_BACK
    assert search(world, "tea") == []


def test_sending_twice_makes_one_idea_and_one_line_in_the_journal(world: World):
    ids = set()
    for _ in range(2):
        with writing(world.session):
            ids.add(actions.propose(*world.by(world.me), content(), key=KEY, now=NOW).id)
    lines = world.session.scalar(
        sa.select(sa.func.count()).select_from(VoicesEntry).where(VoicesEntry.verb == "propose")
    )
    assert (len(ids), lines) == (1, 1)


def test_a_draft_is_changed_sent_and_dropped_by_its_author_alone(world: World):
    with writing(world.session):
        draft = actions.save_draft(*world.by(world.me), content("Te", themes=()), key=KEY, now=NOW)
        same = actions.save_draft(*world.by(world.me), content("Tea", themes=()), key=KEY, now=NOW)
    assert draft.id == same.id
    assert queries.proposal_for(world.session, draft.id, world.moderator.id) is None
    with writing(world.session), pytest.raises(Refused):
        actions.drop_draft(*world.by(world.other), draft, NOW)
    with writing(world.session):
        idea = actions.propose(*world.by(world.me), content("Tea for all"), key=KEY, now=NOW)
    assert (idea.id, idea.state) == (draft.id, WordState.PUBLISHED)
    with writing(world.session), pytest.raises(Refused):
        actions.drop_draft(*world.by(world.me), idea, NOW)


def test_versions_follow_each_change_and_a_stale_one_is_refused(world: World):
    with writing(world.session):
        idea = make_idea(world.session, world.round, world.me)
        actions.edit_proposal(*world.by(world.me), idea, content("A room for coffee"), seen=1, now=NOW)
    with pytest.raises(Stale) as stale, writing(world.session):
        actions.edit_proposal(*world.by(world.me), idea, content("A room for soup"), seen=1, now=NOW)
    assert stale.value.proposal.title == "A room for coffee"
    titles = [v.title for v in queries.versions(world.session, idea.id)]
    assert titles == ["A room to drink tea", "A room for coffee"]
    assert search(world, "soup") == []
    assert search(world, "coff") == ["A room for coffee"]


def test_support_is_counted_once_a_member_and_taken_back(world: World):
    with writing(world.session):
        idea = make_idea(world.session, world.round, world.me)
        for on in (True, True, False, False, True):
            actions.support(*world.by(world.other), idea, on=on, now=NOW)
        actions.support(*world.by(world.resident), idea, on=True, now=NOW)
    assert world.fresh(idea).support_count == 2
    assert queries.miscounted(world.session) == []
    by = world.session.scalars(sa.select(VoicesEntry.by).where(VoicesEntry.verb == "support")).all()
    assert set(by) == {None}


@pytest.mark.parametrize("who", ["professional", "moderator"])
def test_professionals_and_moderators_do_not_support(world: World, who):
    with writing(world.session):
        idea = make_idea(world.session, world.round, world.me)
        with pytest.raises(Refused):
            actions.support(*world.by(getattr(world, who)), idea, on=True, now=NOW)


def test_joining_keeps_the_lineage_and_counts_nobody_twice(world: World):
    with writing(world.session):
        ideas = [make_idea(world.session, world.round, world.me, f"Tea room {n}") for n in range(3)]
        actions.support(*world.by(world.other), ideas[0], on=True, now=NOW)
        actions.support(*world.by(world.other), ideas[1], on=True, now=NOW)
        actions.support(*world.by(world.resident), ideas[0], on=True, now=NOW)
    with writing(world.session):
        curating.merge(*world.by(world.moderator), ideas[0], ideas[1], NOW)
        curating.merge(*world.by(world.moderator), ideas[1], ideas[2], NOW)
    assert [row.id for row in queries.lineage(world.session, ideas[2].id)] == [ideas[0].id, ideas[1].id]
    assert world.fresh(ideas[2]).support_count == 2
    with writing(world.session), pytest.raises(Refused):
        curating.merge(*world.by(world.moderator), ideas[2], ideas[0], NOW)
    with writing(world.session), pytest.raises(Refused):
        curating.merge(*world.by(world.me), ideas[2], ideas[2], NOW)
    with writing(world.session):
        curating.part(*world.by(world.moderator), ideas[0], NOW)
    assert world.fresh(ideas[0]).state is WordState.PUBLISHED


def test_ideas_of_two_rounds_are_never_joined(world: World):
    with writing(world.session):
        here = make_idea(world.session, world.round, world.me)
        elsewhere = make_idea(world.session, make_round(world.session, world.panel, Phase.PROPOSING), world.me)
        with pytest.raises(Refused):
            curating.merge(*world.by(world.moderator), here, elsewhere, NOW)


def test_taking_back_an_idea_does_not_take_the_ideas_joined_to_it_along(world: World):
    with writing(world.session):
        target = make_idea(world.session, world.round, world.me)
        source = make_idea(world.session, world.round, world.other, "Tea and talk")
        curating.merge(*world.by(world.moderator), source, target, NOW)
        actions.take_back(*world.by(world.me), target, NOW)
    assert world.fresh(source).state is WordState.PUBLISHED
    assert search(world, "talk") == ["Tea and talk"]


def test_other_words_become_a_version_only_when_the_author_takes_them_over(world: World):
    with writing(world.session):
        idea = make_idea(world.session, world.round, world.me)
        given = {"title": "A room to drink tea together", "body": "", "why": "Clearer", "language": "en", "now": NOW}
        with pytest.raises(Refused):
            curating.propose_edit(*world.by(world.other), idea, seen=1, **given)
        first = curating.propose_edit(*world.by(world.moderator), idea, seen=1, **given)
        second = curating.propose_edit(*world.by(world.second), idea, seen=1, **given)
    assert (first.state, second.state) == (EditState.OVERTAKEN, EditState.OPEN)
    assert idea.title == "A room to drink tea"
    with writing(world.session), pytest.raises(Refused):
        actions.accept_edit(*world.by(world.other), idea, second, NOW)
    with writing(world.session):
        actions.accept_edit(*world.by(world.me), idea, second, NOW)
    assert idea.title == "A room to drink tea together"
    assert [v.by_moderator for v in queries.versions(world.session, idea.id)] == [False, True]
    with writing(world.session), pytest.raises(Refused):
        actions.decline_edit(*world.by(world.me), idea, second, NOW)


def test_at_the_end_of_a_round_support_is_forgotten_and_its_count_stays(world: World):
    with writing(world.session):
        idea = make_idea(world.session, world.round, world.me)
        actions.support(*world.by(world.other), idea, on=True, now=NOW)
        assert ending.forget_support(world.session, NOW) == 0
        world.round.phase = Phase.CLOSED
        world.session.flush()
        assert ending.forget_support(world.session, NOW) == 1
    assert world.fresh(idea).support_count == 1
    assert world.session.scalars(sa.select(Support)).all() == []


def test_erasing_takes_the_words_out_everywhere_and_leaves_the_row(world: World):
    with writing(world.session):
        idea = make_idea(world.session, world.round, world.me, "Zebrafish canary", body="Zebrafish")
        other = make_idea(world.session, world.round, world.other)
        actions.support(*world.by(world.me), other, on=True, now=NOW)
        curating.propose_edit(
            *world.by(world.moderator), idea, title="Zebrafish two", body="", why="?", language="en", seen=1, now=NOW
        )
    with writing(world.session):
        actions.erase_posts(world.session, world.me.id, NOW)
    row = world.fresh(idea)
    assert (row.state, row.title, row.body, row.themes) == (WordState.ERASED, "", "", "")
    assert queries.versions(world.session, idea.id) == []
    assert search(world, "zebra") == []
    assert world.fresh(other).support_count == 0


@pytest.mark.sqlite_only
def test_erased_words_are_not_left_in_the_file(world: World, house):
    with writing(world.session):
        make_idea(world.session, world.round, world.me, "Xylophonist canary")
    with writing(world.session):
        actions.erase_posts(world.session, world.me.id, NOW)
    with world.session.get_bind(sa.inspect(Proposal)).connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    path = house.settings.database_url("voices").removeprefix("sqlite:///")
    with open(path, "rb") as file:
        assert b"xylophonist" not in file.read().lower()
