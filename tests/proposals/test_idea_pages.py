"""The pages of ideas: list, giving one, drafts, changing, versions and offers, with everything that can go wrong."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from build import NOW, make_idea, make_panel, make_round
from worlds import World, bare, content

from codesign.db import writing
from codesign.proposals import actions, curating, queries
from codesign.proposals.models import Proposal
from codesign.rules.phases import Phase
from codesign.rules.words import WordState

pytestmark = pytest.mark.pages


def form(**more: Any) -> dict[str, Any]:
    given = {
        "title": "A room to drink tea", "body": "", "language": "en", "themes": ["BRI"], "key": str(uuid.uuid4()),
        "action": "send",
    }  # fmt: skip
    return given | more


def ideas_in(world: World) -> list[Proposal]:
    world.session.rollback()
    return list(world.session.query(Proposal).order_by(Proposal.id).all())


def test_an_idea_is_given_in_one_form_and_read_by_the_panel(world: World):
    reply = world.browse(world.me).post("/ideas/new", data=form(themes=["BRI", "LNG"], picture=["coffee"]))
    assert reply.status_code == 303
    page = world.browse(world.other).get(reply.headers["Location"]).get_data(as_text=True)
    assert "A room to drink tea" in page
    assert "Neighbours" in page
    assert "Language" in page
    assert "A room to drink tea" in world.browse(world.moderator).get("/ideas").get_data(as_text=True)


def test_a_double_tap_and_a_lost_answer_make_one_idea(world: World):
    client, data = world.browse(world.me), form()
    first, second = client.post("/ideas/new", data=data), client.post("/ideas/new", data=data)
    assert first.headers["Location"] == second.headers["Location"]
    assert len(ideas_in(world)) == 1


def test_a_draft_is_kept_for_later_with_like_ideas_beside_it(world: World):
    with writing(world.session):
        make_idea(world.session, world.round, world.other, "A room for drinking tea")
    client = world.browse(world.me)
    data = form(action="save", themes=[])
    saved = client.post("/ideas/new", data=data)
    assert saved.status_code == 303
    page = client.get(saved.headers["Location"]).get_data(as_text=True)
    assert "1 idea is like yours" in page
    assert "A room for drinking tea" in page
    assert "Not sent yet" in client.get("/words").get_data(as_text=True)
    sent = client.post(saved.headers["Location"], data=form(themes=["BRI"]))
    assert sent.status_code == 303
    # The same draft sent again (a lost answer) leads to the idea.
    again = client.get(saved.headers["Location"])
    assert again.headers["Location"] == sent.headers["Location"]


def test_like_ideas_and_details_show_while_writing_and_nothing_is_written(world: World):
    with writing(world.session):
        make_idea(world.session, world.round, world.other, "A room for drinking tea")
    reply = world.browse(world.me).post(
        "/ideas/similar", data={"title": "A room to drink tea", "body": "06 1234 5678"}, headers={"HX-Request": "true"}
    )
    piece = reply.get_data(as_text=True)
    assert "A room for drinking tea" in piece
    assert "It has a phone number in it." in piece
    assert len(ideas_in(world)) == 1


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"title": ""}, "Write one sentence first."),
        ({"title": "x" * 121}, "1 letter too long"),
        ({"body": "x" * 3001}, "1 letter too long"),
        ({"themes": []}, "Choose at least one theme."),
        ({"themes": ["BRI", "LNG", "WRK", "HSG"]}, "Choose three themes or fewer."),
        ({"themes": ["XXX"]}, "Choose one of these."),
        ({"indicators": ["WRK-01"]}, "Choose one of these."),
        ({"language": "tlh"}, "Choose one of these."),
        ({"gathering": "77"}, "Choose one of these."),
        ({"picture": ["bus", "coffee", "clock"]}, "Choose two or fewer."),
        ({"picture": ["<script>"]}, "Choose one of these."),
        ({"title": "a\u202eb"}, "hidden character"),
    ],
)
def test_R01_what_is_wrong_is_said_at_the_field_and_nothing_is_lost(world: World, wrong, says):
    data = form(body="Words that stay") | wrong
    reply = world.browse(world.me).post("/ideas/new", data=data)
    page = reply.get_data(as_text=True)
    assert reply.status_code == 422
    assert says in page
    assert data["body"][:40] in page
    assert ideas_in(world) == []


def test_when_the_step_is_over_the_page_says_why_and_keeps_the_words(world: World):
    world.set_phase(Phase.VOTING)
    reply = world.browse(world.me).post("/ideas/new", data=form(body="Words that stay"))
    assert reply.status_code == 409
    assert "Words that stay" in reply.get_data(as_text=True)
    assert ideas_in(world) == []


def test_R15_a_held_idea_says_why_and_comes_out_when_it_is_changed(world: World):
    client = world.browse(world.me)
    url = client.post("/ideas/new", data=form(body="Call 06 1234 5678")).headers["Location"]
    page = client.get(url).get_data(as_text=True)
    assert "Your idea waits" in page
    assert "It has a phone number in it." in page
    other = world.browse(world.other)
    assert bare(other.get(url)) == bare(other.get("/ideas/999999"))
    assert client.post(f"{url}/edit", data=form(body="Call us", seen="1")).status_code == 303
    assert "Call us" in other.get(url).get_data(as_text=True)
    assert "1234" not in other.get(f"{url}/versions").get_data(as_text=True)


def test_a_stale_edit_shows_both_texts_and_loses_none(world: World):
    with writing(world.session):
        idea = make_idea(world.session, world.round, world.me, body="First words")
        actions.edit_proposal(*world.by(world.me), idea, content(body="Words of my phone"), seen=1, now=NOW)
    client = world.browse(world.me)
    reply = client.post(f"/ideas/{idea.id}/edit", data=form(body="Words of my laptop", seen="1"))
    page = reply.get_data(as_text=True)
    assert reply.status_code == 422
    assert "Words of my phone" in page
    assert "Words of my laptop" in page
    assert world.fresh(idea).body == "Words of my phone"
    assert client.post(f"/ideas/{idea.id}/edit", data=form(body="Words of my laptop", seen="2")).status_code == 303
    assert world.fresh(idea).body == "Words of my laptop"


def test_versions_say_in_words_what_was_added_and_removed(world: World):
    with writing(world.session):
        idea = make_idea(world.session, world.round, world.me, body="We drink tea")
        actions.edit_proposal(*world.by(world.me), idea, content(body="We drink coffee"), seen=1, now=NOW)
    page = world.browse(world.other).get(f"/ideas/{idea.id}/versions").get_data(as_text=True)
    assert "<del>" in page
    assert "[removed:" in page
    assert "<ins>" in page
    assert "[added:" in page


def test_other_words_are_read_and_decided_by_the_author_alone(world: World):
    with writing(world.session):
        idea = make_idea(world.session, world.round, world.me)
        curating.propose_edit(
            *world.by(world.moderator), idea, title="A room for tea and talk", body="", why="Clearer", language="en",
            seen=1, now=NOW,
        )  # fmt: skip
    assert world.browse(world.other).get(f"/ideas/{idea.id}/offer").status_code == 404
    client = world.browse(world.me)
    assert "Clearer" in client.get(f"/ideas/{idea.id}/offer").get_data(as_text=True)
    assert client.post(f"/ideas/{idea.id}/offer", data={"action": "accept"}).status_code == 303
    assert world.fresh(idea).title == "A room for tea and talk"
    assert client.get(f"/ideas/{idea.id}/offer").status_code == 303


def test_support_goes_on_and_off_by_one_tap_and_sending_it_again_changes_nothing(world: World):
    with writing(world.session):
        idea = make_idea(world.session, world.round, world.other)
    client, url = world.browse(world.me), f"/ideas/{idea.id}/support"
    for _ in range(2):
        assert client.post(url, data={"on": "1", "next": "/ideas"}).headers["Location"] == "/ideas"
    assert world.fresh(idea).support_count == 1
    piece = client.post(url, data={"on": "0"}, headers={"HX-Request": "true"}).get_data(as_text=True)
    assert 'aria-pressed="false"' in piece
    assert world.fresh(idea).support_count == 0
    assert client.post(url, data={"on": "1", "next": "//evil.example"}).headers["Location"] == "/"


def test_support_is_refused_with_a_reason_when_the_talk_is_over(world: World):
    with writing(world.session):
        idea = make_idea(world.session, world.round, world.other)
    world.set_phase(Phase.VOTING)
    assert world.browse(world.me).post(f"/ideas/{idea.id}/support", data={"on": "1"}).status_code == 409
    assert world.fresh(idea).support_count == 0


@pytest.mark.parametrize("path", ["", "/edit", "/versions", "/offer"])
def test_ideas_of_another_panel_answer_like_ideas_that_do_not_exist(world: World, path):
    with writing(world.session):
        idea = make_idea(world.session, world.round, world.me)
    client = world.browse(world.stranger)
    theirs, missing = bare(client.get(f"/ideas/{idea.id}{path}")), bare(client.get(f"/ideas/999999{path}"))
    assert theirs == missing
    assert theirs[0] == 404


@pytest.mark.parametrize("path", ["support", "take-back", "offer", "edit"])
def test_nobody_acts_on_an_idea_of_another_panel(world: World, path):
    with writing(world.session):
        idea = make_idea(world.session, world.round, world.me)
    assert world.browse(world.stranger).post(f"/ideas/{idea.id}/{path}", data=form()).status_code == 404
    assert world.fresh(idea).state is WordState.PUBLISHED


@pytest.mark.parametrize("path", ["edit", "take-back", "offer"])
def test_another_member_cannot_change_my_idea(world: World, path):
    with writing(world.session):
        idea = make_idea(world.session, world.round, world.me)
    assert world.browse(world.other).post(f"/ideas/{idea.id}/{path}", data=form(seen="1")).status_code == 404
    assert world.fresh(idea).title == "A room to drink tea"


def test_a_draft_is_known_to_its_author_alone(world: World):
    with writing(world.session):
        draft = actions.save_draft(*world.by(world.me), content(), key=str(uuid.uuid4()), now=NOW)
    for person in (world.other, world.stranger):
        client = world.browse(person)
        assert client.get(f"/ideas/drafts/{draft.id}").status_code == 404
        assert client.post(f"/ideas/drafts/{draft.id}/drop").status_code == 404
    assert world.browse(world.moderator).get(f"/ideas/{draft.id}").status_code == 404
    assert world.browse(world.me).post(f"/ideas/drafts/{draft.id}/drop").status_code == 303
    assert world.fresh(draft).state is WordState.ERASED


def test_a_form_of_one_round_is_not_taken_into_another(world: World):
    with writing(world.session):
        elsewhere = make_round(world.session, make_panel(world.session), Phase.PROPOSING)
    assert world.browse(world.me).post(f"/ideas/new?round={elsewhere.id}", data=form()).status_code == 404
    assert ideas_in(world) == []


def test_whoever_is_not_signed_in_is_sent_to_the_sign_in_and_back(client):
    reply = client.get("/ideas?order=support")
    assert reply.status_code == 303
    assert "next=/ideas?order%3Dsupport" in reply.headers["Location"]


def test_the_list_filters_orders_and_says_when_there_is_nothing(world: World):
    with writing(world.session):
        make_idea(world.session, world.round, world.me, "Tea", themes=("BRI",), support_count=1)
        make_idea(world.session, world.round, world.other, "Bus", themes=("LIN", "BRI"), support_count=5)
        make_idea(world.session, world.round, world.other, "Soup", themes=("LEI",))
    client = world.browse(world.me)

    def titles(query: str) -> list[str]:
        page = client.get(f"/ideas?{query}").get_data(as_text=True)
        return sorted(
            (t for t in ("Tea", "Bus", "Soup") if f">{t}</a></h2>" in page), key=lambda t: page.index(f">{t}</a></h2>")
        )

    assert titles("") == ["Soup", "Bus", "Tea"]
    assert titles("order=support") == ["Bus", "Tea", "Soup"]
    assert titles("theme=BRI") == ["Bus", "Tea"]
    assert titles("q=bu") == ["Bus"]
    assert titles("theme=XXX&order=worst&page=zz") == ["Soup", "Bus", "Tea"]
    assert "No ideas about this yet: Work" in client.get("/ideas?theme=WRK").get_data(as_text=True)
    assert "No idea has these words" in client.get("/ideas?q=zebra").get_data(as_text=True)


def many(world: World, rows: int) -> None:
    with writing(world.session):
        for n in range(rows):
            idea = make_idea(world.session, world.round, world.other, f"Idea {n}", themes=("BRI", "LNG"))
        curating.merge(*world.by(world.moderator), make_idea(world.session, world.round, world.me, "Joined"), idea, NOW)


@pytest.mark.parametrize("rows", [1, 3, pytest.param(300, marks=pytest.mark.sqlite_only)])
def test_the_list_takes_four_statements_whatever_its_length(world: World, queries, rows):
    many(world, rows)
    client = world.browse(world.me)
    client.get("/ideas")
    for url in ("/ideas", "/ideas?order=support&theme=BRI&q=id", "/ideas?page=2"):
        with queries() as q:
            assert client.get(url).status_code == 200
        assert q.count == 4, (url, q.statements)


def test_a_long_list_is_read_page_by_page(world: World):
    many(world, 25)
    client = world.browse(world.me)
    seen = [client.get(f"/ideas?page={n}").get_data(as_text=True).count('class="card idea') for n in (1, 2, 3, 4)]
    assert seen == [12, 12, 2, 0]


def test_words_of_people_are_text_and_never_markup(world: World):
    evil = '"><script>alert(1)</script>{{ 7*7 }}'
    with writing(world.session):
        idea = make_idea(world.session, world.round, world.other, evil, body=evil)
    client = world.browse(world.me)
    for url in (
        "/ideas",
        f"/ideas/{idea.id}",
        f"/ideas/{idea.id}/versions",
        f"/report/idea/{idea.id}",
        "/themes/neighbours",
    ):
        assert "<script>alert" not in client.get(url).get_data(as_text=True)
    assert queries.published(world.session, world.round.id, world.me.id, words="script alert").items
