"""The page of an idea: its replies, one level of answers, support, and everything that can go wrong."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
import sqlalchemy as sa
from build import NOW, make_idea, make_reply
from sqlalchemy.exc import IntegrityError
from worlds import World, bare

from codesign.db import writing
from codesign.discussion import actions, ending, queries
from codesign.discussion.actions import StaleReply
from codesign.discussion.domain import Kind, Order
from codesign.discussion.models import Contribution, ReplySupport
from codesign.proposals import curating
from codesign.proposals.models import Proposal
from codesign.rules.permissions import Refused
from codesign.rules.phases import Phase
from codesign.rules.roles import Role
from codesign.rules.words import WordState

pytestmark = pytest.mark.pages


@pytest.fixture
def idea(world: World) -> Proposal:
    with writing(world.session):
        return make_idea(world.session, world.round, world.other, body="Words of the idea")


def form(**more: Any) -> dict[str, Any]:
    return {"kind": "for", "body": "I would come.", "language": "en", "key": str(uuid.uuid4())} | more


def rows(world: World) -> list[Contribution]:
    world.session.rollback()
    return list(world.session.scalars(sa.select(Contribution).order_by(Contribution.id)).all())


def test_a_reply_of_each_kind_is_read_by_the_panel_and_counted(world: World, idea):
    client = world.browse(world.me)
    for kind in Kind:
        sent = client.post(f"/ideas/{idea.id}/replies", data=form(kind=kind.value, body=f"Words {kind.value}"))
        assert sent.status_code == 303
    page = world.browse(world.other).get(f"/ideas/{idea.id}").get_data(as_text=True)
    assert "4 replies" in page
    assert [f"Words {kind.value}" in page for kind in Kind] == [True] * 4
    only = world.browse(world.other).get(f"/ideas/{idea.id}?kind=against").get_data(as_text=True)
    assert "Words against" in only
    assert "Words for" not in only
    assert queries.miscounted(world.session) == []


def test_an_answer_to_an_answer_stands_under_the_same_reply(world: World, idea):
    with writing(world.session):
        reply = make_reply(world.session, idea, world.me)
        answer = make_reply(world.session, idea, world.other, "An answer", parent_id=reply.id)
    client = world.browse(world.me)
    assert "An answer" in client.get(f"/replies/{answer.id}/answer").get_data(as_text=True)
    assert client.post(f"/ideas/{idea.id}/replies", data=form(parent=str(answer.id))).status_code == 303
    assert rows(world)[-1].parent_id == reply.id


def test_the_store_holds_a_reply_and_its_answer_under_one_idea(world: World, idea):
    with writing(world.session):
        reply = make_reply(world.session, idea, world.me)
        other = make_idea(world.session, world.round, world.me, "Another idea")
    with pytest.raises(IntegrityError), writing(world.session):
        make_reply(world.session, other, world.me, parent_id=reply.id)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"body": ""}, "Write one sentence first."),
        ({"body": "x" * 1501}, "1 letter too long"),
        ({"kind": "rant"}, "Choose one of these."),
        ({"language": "xx"}, "Choose one of these."),
        ({"body": "a\u202eb"}, "hidden character"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_the_words_stay(world: World, idea, wrong, says):
    data = form() | wrong
    reply = world.browse(world.me).post(f"/ideas/{idea.id}/replies", data=data)
    page = reply.get_data(as_text=True)
    assert reply.status_code == 422
    assert says in page
    assert data["body"][:40] in page
    assert rows(world) == []


def test_a_double_tap_makes_one_reply(world: World, idea):
    client, data = world.browse(world.me), form()
    for _ in range(2):
        assert client.post(f"/ideas/{idea.id}/replies", data=data).status_code == 303
    assert len(rows(world)) == 1
    assert world.fresh(idea).reply_count == 1


def test_R15_a_held_reply_tells_its_author_why_and_nobody_else_reads_it(world: World, idea):
    client = world.browse(world.me)
    client.post(f"/ideas/{idea.id}/replies", data=form(body="Mail me: a.b@example.org"))
    page = client.get(f"/ideas/{idea.id}").get_data(as_text=True)
    assert "Your reply waits" in page
    assert "It has a mail address in it." in page
    for person in (world.other, world.moderator):
        assert "example.org" not in world.browse(person).get(f"/ideas/{idea.id}").get_data(as_text=True)
    row = rows(world)[0]
    assert world.fresh(idea).reply_count == 0
    assert client.post(f"/replies/{row.id}/edit", data=form(body="Ask me", seen="1")).status_code == 303
    assert world.fresh(row).state is WordState.PUBLISHED
    assert world.fresh(idea).reply_count == 1


def test_when_the_talk_is_over_the_page_says_why_and_keeps_the_words(world: World, idea):
    world.set_phase(Phase.VOTING)
    reply = world.browse(world.me).post(f"/ideas/{idea.id}/replies", data=form(body="Words that stay"))
    assert reply.status_code == 409
    assert "Words that stay" in reply.get_data(as_text=True)
    assert rows(world) == []


def test_R07_a_professional_replies_with_a_badge_and_cannot_support(world: World, idea):
    client = world.browse(world.professional)
    assert client.post(f"/ideas/{idea.id}/replies", data=form(body="At school we see this too")).status_code == 303
    page = world.browse(world.me).get(f"/ideas/{idea.id}").get_data(as_text=True)
    assert "professional" in page
    assert client.post(f"/ideas/{idea.id}/support", data={"on": "1"}).status_code == 403


def test_a_stale_edit_shows_both_texts(world: World, idea):
    with writing(world.session):
        reply = make_reply(world.session, idea, world.me, "First")
        actions.edit_reply(
            *world.by(world.me), reply, kind=Kind.FOR, body="Of my phone", language="en", seen=1, now=NOW
        )
        with pytest.raises(StaleReply):
            actions.edit_reply(*world.by(world.me), reply, kind=Kind.FOR, body="x", language="en", seen=1, now=NOW)
    sent = world.browse(world.me).post(f"/replies/{reply.id}/edit", data=form(body="Of my laptop", seen="1"))
    page = sent.get_data(as_text=True)
    assert sent.status_code == 422
    assert "Of my phone" in page
    assert "Of my laptop" in page


def test_a_reply_taken_back_or_erased_leaves_the_answers_of_others(world: World, idea):
    with writing(world.session):
        first = make_reply(world.session, idea, world.me, "Canary one")
        make_reply(world.session, idea, world.other, "An answer stays", parent_id=first.id)
        lone = make_reply(world.session, idea, world.me, "Canary two")
    with writing(world.session):
        actions.take_back_reply(*world.by(world.me), first, NOW)
        actions.take_back_reply(*world.by(world.me), lone, NOW)
    page = world.browse(world.other).get(f"/ideas/{idea.id}").get_data(as_text=True)
    assert "Canary" not in page
    assert "An answer stays" in page
    assert "The author took these words back." in page
    with writing(world.session):
        actions.erase_posts(world.session, world.me.id, NOW)
    assert [row.body for row in rows(world)] == ["", "An answer stays", ""]
    assert world.fresh(idea).reply_count == 1


def test_support_of_a_reply_is_counted_once_and_forgotten_at_the_end(world: World, idea):
    with writing(world.session):
        reply = make_reply(world.session, idea, world.other)
    client = world.browse(world.me)
    for on in ("1", "1", "0", "1"):
        assert client.post(f"/replies/{reply.id}/support", data={"on": on}).status_code == 303
    assert world.fresh(reply).support_count == 1
    with writing(world.session):
        world.round.phase = Phase.CLOSED
        world.session.flush()
        assert ending.forget_support(world.session, NOW) == 1
    assert world.session.scalars(sa.select(ReplySupport)).all() == []
    assert world.fresh(reply).support_count == 1


def test_replies_are_ordered_newest_or_most_supported_first(world: World, idea):
    with writing(world.session):
        for n, support in enumerate((1, 5, 3)):
            make_reply(world.session, idea, world.me, f"Reply {n}", support_count=support)
    found = [r.row.body for r in queries.replies(world.session, idea.id, world.me.id).items]
    assert found == ["Reply 2", "Reply 1", "Reply 0"]
    most = queries.replies(world.session, idea.id, world.me.id, order=Order.SUPPORT).items
    assert [r.row.body for r in most] == ["Reply 1", "Reply 2", "Reply 0"]


@pytest.mark.parametrize("path", ["answer", "edit"])
def test_replies_of_another_panel_answer_like_replies_that_do_not_exist(world: World, idea, path):
    with writing(world.session):
        reply = make_reply(world.session, idea, world.me)
    client = world.browse(world.stranger)
    theirs, missing = bare(client.get(f"/replies/{reply.id}/{path}")), bare(client.get(f"/replies/999999/{path}"))
    assert theirs == missing
    assert theirs[0] == 404
    for act in ("support", "take-back", "edit"):
        assert client.post(f"/replies/{reply.id}/{act}", data=form()).status_code == 404
    assert client.post(f"/ideas/{idea.id}/replies", data=form()).status_code == 404


def test_a_parent_under_another_idea_is_not_found(world: World, idea):
    with writing(world.session):
        other = make_idea(world.session, world.round, world.me, "Another idea")
        reply = make_reply(world.session, other, world.me)
    client = world.browse(world.me)
    for parent in (str(reply.id), "999999", "x"):
        assert client.post(f"/ideas/{idea.id}/replies", data=form(parent=parent)).status_code == 404
    assert len(rows(world)) == 1


def test_another_member_cannot_change_my_reply(world: World, idea):
    with writing(world.session):
        reply = make_reply(world.session, idea, world.me, "Mine")
    client = world.browse(world.other)
    assert client.get(f"/replies/{reply.id}/edit").status_code == 404
    assert client.post(f"/replies/{reply.id}/edit", data=form(seen="1")).status_code == 404
    assert client.post(f"/replies/{reply.id}/take-back").status_code == 404
    assert world.fresh(reply).body == "Mine"


def test_an_idea_whose_words_are_gone_still_shows_what_others_replied(world: World, idea):
    from codesign.proposals import actions as ideas

    with writing(world.session):
        make_reply(world.session, idea, world.me, "A reply stays")
        ideas.take_back(*world.by(world.other), idea, NOW)
    page = world.browse(world.me).get(f"/ideas/{idea.id}").get_data(as_text=True)
    assert "Words of the idea" not in page
    assert "This idea is not here any more" in page
    assert "A reply stays" in page
    with writing(world.session), pytest.raises(Refused):
        actions.discuss(*world.by(world.me), idea, kind=Kind.FOR, body="x", language="en", key="k" * 36, now=NOW)


def test_a_former_member_has_no_name(world: World, idea):
    with writing(world.session):
        make_reply(world.session, idea, world.me, "Stays for now", author_role=Role.NEWCOMER)
        world.me.pseudonym = world.me.pseudonym_folded = None
        world.me.erased_at = NOW
    assert "former member" in world.browse(world.other).get(f"/ideas/{idea.id}").get_data(as_text=True)


@pytest.mark.parametrize("count", [1, 3, pytest.param(300, marks=pytest.mark.sqlite_only)])
def test_the_page_takes_seven_statements_whatever_the_number_of_replies(world: World, idea, queries, count):
    with writing(world.session):
        for n in range(count):
            reply = make_reply(world.session, idea, world.me, f"Reply {n}")
            make_reply(world.session, idea, world.other, "Answer", parent_id=reply.id)
        twin = make_idea(world.session, world.round, world.me, "Joined idea")
        curating.merge(*world.by(world.moderator), twin, idea, NOW)
    reader, author = world.browse(world.me), world.browse(world.other)
    for client, expected in ((reader, 6), (author, 7)):
        client.get(f"/ideas/{idea.id}")
        with queries() as q:
            assert client.get(f"/ideas/{idea.id}?order=support").status_code == 200
        assert q.count == expected, q.statements


def test_many_replies_are_read_page_by_page(world: World, idea):
    with writing(world.session):
        for n in range(45):
            make_reply(world.session, idea, world.me, f"Reply number {n}")
    client = world.browse(world.other)
    counts = [
        client.get(f"/ideas/{idea.id}?page={page}").get_data(as_text=True).count("Reply number") for page in (1, 2, 3)
    ]
    assert counts == [20, 20, 5]
