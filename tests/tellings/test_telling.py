"""The open question: asked first, answered in any language, held where it could identify somebody."""

from __future__ import annotations

import uuid

import pytest
from build import NOW, make_telling
from worlds import World, bare

from codesign.db import writing
from codesign.indicators.domain import domain_codes
from codesign.indicators.labels import _NAMES
from codesign.rules.permissions import Reason, Refused
from codesign.rules.phases import Phase
from codesign.rules.words import WordState
from codesign.tellings import actions, queries

KEY = "00000000-0000-4000-8000-000000000001"


def form(body: str, **more: str) -> dict[str, str]:
    return {"body": body, "language": "ti", "key": str(uuid.uuid4())} | more


def test_R05_the_first_screen_of_a_round_is_its_open_question_without_any_theme(world: World):
    world.set_phase(Phase.LISTENING)
    client = world.browse(world.me)
    page = client.get("/tell").get_data(as_text=True)
    main = page[page.index("<main") : page.index("</main>")]
    assert f'<h1 lang="en" dir="auto">{world.round.question}</h1>' in main
    assert "tag__i" not in main
    # "Home" is also the way back.
    names = [str(_NAMES[code]) for code in domain_codes() if code != "HSG"]
    assert not [name for name in names if name in main]
    assert "/themes" not in main
    home = client.get("/").get_data(as_text=True)
    assert "/tell" in home


def test_what_others_told_shows_only_after_one_told_something(world: World):
    with writing(world.session):
        make_telling(world.session, world.round, world.other, "Nobody rang my bell for five months.")
    client = world.browse(world.me)
    assert "Nobody rang my bell" not in client.get("/tell").get_data(as_text=True)
    assert client.post("/tell", data=form("ጎረቤተይ ሻሂ ኣምጺኣትለይ።")).status_code == 303
    page = client.get("/tell").get_data(as_text=True)
    assert "Nobody rang my bell" in page
    assert 'lang="ti" dir="auto">ጎረቤተይ' in page


def test_a_telling_with_a_phone_number_is_held_and_its_author_is_told_why(world: World):
    client = world.browse(world.me)
    client.post("/tell", data=form("Call me on 06 1234 5678", language="en"))
    page = client.get("/tell").get_data(as_text=True)
    assert "It has a phone number in it." in page
    with writing(world.session):
        make_telling(world.session, world.round, world.other, "Something of mine.")
    assert "1234" not in world.browse(world.other).get("/tell").get_data(as_text=True)
    mine = queries.mine(world.session, world.round.id, world.me.id)[0]
    assert client.post(f"/tell/{mine.id}/edit", data=form("Call me", language="en")).status_code == 303
    assert world.fresh(mine).state is WordState.PUBLISHED


def test_telling_twice_with_one_key_is_telling_once(world: World):
    client = world.browse(world.me)
    for _ in range(2):
        assert client.post("/tell", data=form("Once", key=KEY)).status_code == 303
    assert queries.count_published(world.session, world.round.id) == 1


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"body": "", "language": "en"}, "Write one sentence first."),
        ({"body": "x" * 4001, "language": "en"}, "1 letter too long"),
        ({"body": "a\u202eb", "language": "en"}, "hidden character"),
        ({"body": "word", "language": "xx"}, "Choose one of these."),
    ],
)
def test_what_cannot_be_taken_in_is_said_at_the_field_and_the_words_stay(world: World, data, says):
    reply = world.browse(world.me).post("/tell", data=data)
    page = reply.get_data(as_text=True)
    assert reply.status_code == 422
    assert says in page
    assert data["body"][:50] in page


def test_when_the_step_is_over_the_page_says_why_and_keeps_the_words(world: World):
    world.set_phase(Phase.VOTING)
    reply = world.browse(world.me).post("/tell", data=form("My words stay here"))
    assert reply.status_code == 409
    assert "My words stay here" in reply.get_data(as_text=True)
    assert queries.count_published(world.session, world.round.id) == 0


def test_nobody_changes_or_takes_back_what_another_told(world: World):
    with writing(world.session):
        telling = make_telling(world.session, world.round, world.me)
    for person in (world.other, world.stranger):
        client = world.browse(person)
        missing, theirs = bare(client.get("/tell/999999/edit")), bare(client.get(f"/tell/{telling.id}/edit"))
        assert theirs == missing
        assert theirs[0] == 404
        assert client.post(f"/tell/{telling.id}/take-back").status_code == 404
    assert world.fresh(telling).state is WordState.PUBLISHED


def test_a_telling_can_be_taken_back_until_the_panel_adopted_its_advice(world: World):
    with writing(world.session):
        telling = make_telling(world.session, world.round, world.me)
        world.round.phase = Phase.ADVISING
        world.round.adopted_at = NOW
        with pytest.raises(Refused) as refused:
            actions.take_back_telling(*world.by(world.me), telling, NOW)
        assert refused.value.reason is Reason.ALREADY_ADOPTED
        world.round.adopted_at = None
        actions.take_back_telling(*world.by(world.me), telling, NOW)
        actions.take_back_telling(*world.by(world.me), telling, NOW)
    assert world.fresh(telling).state is WordState.TAKEN_BACK


def test_a_round_of_another_panel_answers_like_one_that_does_not_exist(world: World):
    client = world.browse(world.stranger)
    theirs, missing = bare(client.get(f"/tell?round={world.round.id}")), bare(client.get("/tell?round=999999"))
    assert theirs == missing
    assert theirs[0] == 404
    assert client.get("/tell?round=x").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_three_statements(world: World, queries, rows):
    with writing(world.session):
        make_telling(world.session, world.round, world.me)
        for n in range(rows):
            make_telling(world.session, world.round, world.other, f"Story {n}")
    client = world.browse(world.me)
    client.get("/tell")
    with queries() as q:
        client.get("/tell")
    assert q.count == 4, q.statements
