"""The moderators' queue: held, reported, hidden with a reason, answered once, joined side by side."""

from __future__ import annotations

import uuid

import pytest
import sqlalchemy as sa
from build import NOW, make_idea, make_reply, make_telling
from sqlalchemy.exc import IntegrityError
from worlds import World, bare, content

from codesign.db import writing
from codesign.moderation import actions, queries
from codesign.moderation.domain import What
from codesign.moderation.models import AppealOutcome, Decision, Outcome, Report
from codesign.moderation.queries import Thing
from codesign.proposals.actions import propose
from codesign.proposals.models import Proposal, ProposedEdit
from codesign.rules.permissions import Reason, Refused
from codesign.rules.phases import Phase
from codesign.rules.words import WordState

WHY = {"why": "It speaks of one person. Say it without the name.", "language": "en"}


def thing(world: World, what: What, row: Proposal, person) -> Thing:
    found = queries.thing_for(world.session, what, row.id, person.id)
    assert found is not None
    return found


@pytest.fixture
def held(world: World) -> Proposal:
    with writing(world.session):
        return propose(
            *world.by(world.me), content("Tea for us", body="Call 06 1234 5678"), key=str(uuid.uuid4()), now=NOW
        )


def hidden(world: World) -> tuple[Proposal, Decision]:
    """An idea of mine that the first moderator hid."""
    with writing(world.session):
        idea = make_idea(world.session, world.round, world.me)
        one = thing(world, What.IDEA, idea, world.moderator)
        decision = actions.decide_held(world.session, one, publish=False, why=WHY["why"], language="en", now=NOW)
    return idea, decision


def test_held_words_of_every_kind_come_into_one_queue(world: World, held):
    with writing(world.session):
        idea = make_idea(world.session, world.round, world.other)
        make_reply(world.session, idea, world.me, "0612345678", state=WordState.HELD, held_for=["phone"])
        make_telling(world.session, world.round, world.me, "a@b.nl", state=WordState.HELD, held_for=["email"])
    page = world.browse(world.moderator).get("/desk/queue").get_data(as_text=True)
    assert "An idea is held. It has a phone number in it." in page
    assert "A reply is held. It has a phone number in it." in page
    assert "A story is held. It has a mail address in it." in page
    assert '<b class="count">3</b>' in page


def test_a_held_idea_is_published_by_a_moderator_and_then_found(world: World, held):
    client = world.browse(world.moderator)
    assert "06 1234 5678" in client.get(f"/desk/look/idea/{held.id}").get_data(as_text=True)
    sent = client.post(f"/desk/look/idea/{held.id}", data={"action": "publish", "why": "", "language": "en"})
    assert sent.status_code == 303
    assert world.fresh(held).state is WordState.PUBLISHED
    assert "Tea for us" in world.browse(world.other).get("/ideas?q=tea").get_data(as_text=True)


def test_hiding_needs_a_reason_which_the_author_reads(world: World, held):
    client = world.browse(world.moderator)
    url = f"/desk/look/idea/{held.id}"
    refused = client.post(url, data={"action": "hide", "why": " ", "language": "en"})
    assert refused.status_code == 422
    assert "Say why first" in refused.get_data(as_text=True)
    assert world.fresh(held).state is WordState.HELD
    assert client.post(url, data=WHY | {"action": "hide"}).status_code == 303
    assert world.fresh(held).state is WordState.HIDDEN
    assert WHY["why"] in world.browse(world.me).get("/words").get_data(as_text=True)
    assert bare(world.browse(world.other).get(f"/ideas/{held.id}"))[0] == 200  # known, without its words
    assert "Tea for us" not in world.browse(world.other).get(f"/ideas/{held.id}").get_data(as_text=True)


def test_the_store_refuses_a_hidden_word_without_a_reason(world: World):
    idea, _decision = hidden(world)
    with pytest.raises(IntegrityError, match="says_why"), writing(world.session):
        world.session.add(
            Decision(
                round_id=world.round.id, proposal_id=idea.id, author_id=world.me.id, outcome=Outcome.HIDE, why="",
                language="en", by=world.moderator.id, made_on=NOW.date(),
            )
        )  # fmt: skip


def test_an_author_answers_once_and_another_moderator_decides(world: World):
    idea, decision = hidden(world)
    author = world.browse(world.me)
    assert author.get(f"/decisions/{decision.id}/appeal").status_code == 200
    answer = {"text": "I name nobody.", "language": "en"}
    assert author.post(f"/decisions/{decision.id}/appeal", data=answer).status_code == 303
    assert author.post(f"/decisions/{decision.id}/appeal", data=answer).status_code == 404

    first, url = world.browse(world.moderator), f"/desk/appeals/{decision.id}"
    assert "Another moderator answers this one" in first.get(url).get_data(as_text=True)
    assert first.post(url, data={"action": "turn", "why": "I was wrong", "language": "en"}).status_code == 409
    assert world.fresh(idea).state is WordState.HIDDEN

    second = world.browse(world.second)
    assert "I name nobody." in second.get(url).get_data(as_text=True)
    assert second.post(url, data={"action": "turn", "why": "", "language": "en"}).status_code == 422
    assert second.post(url, data={"action": "turn", "why": "No name in it.", "language": "en"}).status_code == 303
    assert world.fresh(idea).state is WordState.PUBLISHED
    assert world.fresh(decision).appeal_outcome is AppealOutcome.TURNED
    assert second.post(url, data={"action": "turn", "why": "Again", "language": "en"}).status_code == 409
    assert "No name in it." in author.get("/words").get_data(as_text=True)


def test_the_rules_and_the_store_keep_the_first_moderator_out_of_the_appeal(world: World):
    _idea, decision = hidden(world)
    with writing(world.session):
        actions.appeal(world.session, world.round, world.member(world.me), decision, text="No", language="en", now=NOW)
        with pytest.raises(Refused) as refused:
            actions.decide_appeal(
                world.session, world.round, world.panel, world.member(world.moderator), decision, turn=True, why="x",
                language="en", now=NOW,
            )  # fmt: skip
    assert refused.value.reason is Reason.SECOND_MODERATOR_NEEDED
    with pytest.raises(IntegrityError, match="another_moderator"), writing(world.session):
        world.session.execute(sa.update(Decision).values(appeal_by=Decision.by))


def test_nobody_answers_a_decision_about_the_words_of_another(world: World):
    _idea, decision = hidden(world)
    for person in (world.other, world.stranger):
        client = world.browse(person)
        assert bare(client.get(f"/decisions/{decision.id}/appeal")) == bare(client.get("/decisions/999999/appeal"))
    assert world.browse(world.me).get(f"/desk/appeals/{decision.id}").status_code == 404


def test_a_report_says_what_not_who_and_asking_twice_is_asking_once(world: World):
    with writing(world.session):
        idea = make_idea(world.session, world.round, world.other)
    client = world.browse(world.me)
    for _ in range(2):
        assert client.post(f"/report/idea/{idea.id}", data={"why": "It hurts people"}).status_code == 303
    page = world.browse(world.moderator).get("/desk/queue").get_data(as_text=True)
    assert "A member asks you to look at an idea" in page
    assert "Asked by 1 member" in page
    look = world.browse(world.moderator).get(f"/desk/look/idea/{idea.id}").get_data(as_text=True)
    assert "It hurts people" in look
    assert world.me.pseudonym not in look
    sent = world.browse(world.moderator).post(
        f"/desk/look/idea/{idea.id}", data={"action": "publish", "why": "", "language": "en"}
    )
    assert sent.status_code == 303
    assert "Nothing waits" in world.browse(world.moderator).get("/desk/queue").get_data(as_text=True)
    assert world.fresh(idea).state is WordState.PUBLISHED


def test_one_does_not_report_ones_own_words_or_what_one_may_not_know(world: World, held):
    with writing(world.session):
        mine = make_idea(world.session, world.round, world.me)
    assert world.browse(world.me).get(f"/report/idea/{mine.id}").status_code == 404
    assert world.browse(world.other).post(f"/report/idea/{held.id}", data={}).status_code == 404
    assert world.browse(world.stranger).post(f"/report/idea/{mine.id}", data={}).status_code == 404
    assert world.session.scalars(sa.select(Report)).all() == []


def test_two_ideas_that_look_alike_are_compared_side_by_side_and_joined(world: World):
    with writing(world.session):
        one = make_idea(world.session, world.round, world.me, "Eat together on Friday", support_count=0)
        two = make_idea(world.session, world.round, world.other, "On Friday we eat together")
    client = world.browse(world.moderator)
    queue = client.get("/desk/queue").get_data(as_text=True)
    assert "Two ideas look alike" in queue
    url = f"/desk/ideas/{two.id}/join/{one.id}"
    assert f'href="{url}"' in queue or f'href="/desk/ideas/{one.id}/join/{two.id}"' in queue
    page = client.get(url).get_data(as_text=True)
    assert "Eat together on Friday" in page
    assert "On Friday we eat together" in page
    sent = client.post(url, data={"action": "first", "why": "The same wish", "language": "en"})
    assert sent.status_code == 303
    assert world.fresh(one).state is WordState.MERGED
    assert world.fresh(one).merged_into_id == two.id
    told = world.browse(world.me).get("/words").get_data(as_text=True)
    assert "A moderator joined this with an idea like it" in told
    assert "The same wish" in told
    kept = world.browse(world.other).get(f"/ideas/{two.id}").get_data(as_text=True)
    assert "Joined with 1 idea like it" in kept
    assert client.post(url, data={"action": "first", "why": "", "language": "en"}).status_code == 404


def test_joining_is_shut_when_the_talk_is_over(world: World):
    with writing(world.session):
        one = make_idea(world.session, world.round, world.me, "Eat together")
        two = make_idea(world.session, world.round, world.other, "We eat together")
    world.set_phase(Phase.VOTING)
    sent = world.browse(world.moderator).post(
        f"/desk/ideas/{one.id}/join/{two.id}", data={"action": "first", "why": "", "language": "en"}
    )
    assert sent.status_code == 409
    assert world.fresh(two).state is WordState.PUBLISHED


def test_a_moderator_proposes_words_and_never_changes_them(world: World):
    with writing(world.session):
        idea = make_idea(world.session, world.round, world.me)
    client, url = world.browse(world.moderator), f"/desk/ideas/{idea.id}/words"
    data = {"title": "A room for tea and talk", "body": "", "why": "Clearer", "language": "en", "seen": "1"}
    assert client.post(url, data=data | {"why": ""}).status_code == 422
    assert client.post(url, data=data | {"seen": "7"}).status_code == 422
    assert client.post(url, data=data).status_code == 303
    assert world.fresh(idea).title == "A room to drink tea"
    assert len(world.session.scalars(sa.select(ProposedEdit)).all()) == 1
    assert client.get(f"/ideas/{idea.id}/edit").status_code == 404


@pytest.mark.parametrize("who", ["me", "professional", "stranger"])
def test_the_desk_is_unknown_to_everybody_else(world: World, held, who):
    client = world.browse(getattr(world, who))
    for url in (
        "/desk/queue",
        f"/desk/look/idea/{held.id}",
        f"/desk/ideas/{held.id}/words",
        f"/desk/ideas/{held.id}/join",
    ):
        assert client.get(url).status_code == 404, url


def test_a_moderator_of_another_panel_sees_nothing_of_this_one(world: World, held):
    from build import make_moderator, make_panel, make_round

    with writing(world.session):
        panel = make_panel(world.session)
        make_round(world.session, panel, Phase.PROPOSING)
        foreign = make_moderator(world.session, panel)
    client = world.browse(foreign)
    assert bare(client.get(f"/desk/look/idea/{held.id}")) == bare(client.get("/desk/look/idea/999999"))
    assert client.get(f"/desk/queue?round={world.round.id}").status_code == 404
    assert client.post(f"/desk/look/idea/{held.id}", data={"action": "publish"}).status_code == 404
    assert world.fresh(held).state is WordState.HELD


@pytest.mark.parametrize("rows", [1, 3])
def test_the_queue_takes_the_same_number_of_statements(world: World, queries, rows):
    with writing(world.session):
        for n in range(rows):
            make_telling(world.session, world.round, world.me, f"{n} a@b.nl", state=WordState.HELD, held_for=["email"])
            make_idea(world.session, world.round, world.me, f"Eat together on Friday {n}")
            idea = make_idea(world.session, world.round, world.other, f"Idea {n}")
            one = thing(world, What.IDEA, idea, world.me)
            actions.report(world.session, one, why="", language="en", now=NOW)
    client = world.browse(world.moderator)
    client.get("/desk/queue")
    with queries() as q:
        assert client.get("/desk/queue").status_code == 200
    assert q.count <= 10, q.statements
    assert q.count == 7, q.statements
