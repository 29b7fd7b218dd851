"""Coming in by card: first use, PIN, what is refused and in which words."""

from __future__ import annotations

import re
from datetime import timedelta

import build
import pytest
import time_machine
from sqlalchemy import select

from codesign.accounts import actions
from codesign.accounts.models import Card, Consent, Person, SignIn
from codesign.db import writing
from codesign.panels.actions import make_cards
from codesign.rules.permissions import Facts
from codesign.rules.roles import Role

pytestmark = pytest.mark.pages

HOST = Facts(role=Role.HOST)


@pytest.fixture
def card(session):
    """A card nobody used yet."""
    with writing(session):
        panel = build.make_panel(session)
        return make_cards(
            session,
            panel.id,
            count=1,
            language="ar",
            role=Role.NEWCOMER,
            settings=build.CHEAP,
            by=None,
            facts=HOST,
            now=build.NOW,
        )[0]


def arabic(digits: str) -> str:
    return digits.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))


def first_use(client, card, pin="274913"):
    assert client.post("/sign-in", data={"digits": card.digits, "next": "/rounds"}).location == "/welcome"
    assert client.get("/welcome").location == "/welcome/consent"
    client.post("/welcome/consent", data={"yes": "y"})
    client.post("/welcome/pin", data={"pin": pin, "again": pin})
    client.post("/welcome/language", data={"language": "en"})
    page = client.get("/welcome/name").text
    name = re.search(r'name="name"[^>]*value="([^"]+)"', page).group(1)
    seed = re.search(r'name="avatar"[^>]*value="([^"]+)"', page).group(1)
    return client.post("/welcome/name", data={"name": name, "avatar": seed}), name


def test_first_use_goes_from_consent_to_name_and_then_back_to_where_one_was(client, card, session):
    reply, name = first_use(client, card)
    assert reply.status_code == 303
    assert reply.location == "/rounds"
    person = session.scalars(select(Person)).one()
    assert (person.pseudonym, person.language) == (name, "en")
    assert person.pin_hash
    assert "274913" not in person.pin_hash


def test_r14_the_version_agreed_to_is_stored_with_the_language_it_was_read_in(client, card, session):
    client.set_cookie("language", "nl")
    client.post("/sign-in", data={"digits": card.digits})
    page = client.get("/welcome/consent")
    assert page.status_code == 200
    client.post("/welcome/consent", data={"yes": "y"})
    from codesign.accounts.consent import VERSION

    row = session.scalars(select(Consent)).one()
    assert (row.version, row.language, row.withdrawn_at) == (VERSION, "nl", None)


def test_r14_the_consent_page_says_that_taking_part_never_affects_benefit_or_plan(client, card):
    client.post("/sign-in", data={"digits": card.digits})
    assert "Taking part or not never changes your benefit or your plan." in client.get("/welcome/consent").text


def test_without_a_yes_nothing_goes_on(client, card, session):
    client.post("/sign-in", data={"digits": card.digits})
    reply = client.post("/welcome/consent", data={})
    assert reply.status_code == 422
    assert session.scalar(select(Consent)) is None
    assert client.get("/welcome/name").location == "/welcome"


def test_later_card_and_pin_are_enough(client, card, house):
    first_use(client, card)
    other = house.panel.test_client()
    other.set_cookie("language", "en")
    other.post("/sign-in", data={"digits": card.digits})
    assert other.get("/welcome").location == "/sign-in/pin"
    assert other.post("/sign-in/pin", data={"pin": "111222"}).status_code == 422
    assert other.post("/sign-in/pin", data={"pin": arabic("274913")}).status_code == 303
    with other.session_transaction() as cookie:
        assert "_user_id" in cookie


@pytest.mark.parametrize("shape", ["{0}", "{0[0]} {0[1]} {0[2]} {0[3]}", " {0[0]}-{0[1]}-{0[2]}-{0[3]} "])
def test_digits_are_read_in_any_script_with_spaces_or_dashes(client, card, shape):
    text = shape.format(card.groups if "[" in shape else card.digits)
    assert client.post("/sign-in", data={"digits": arabic(text)}).status_code == 303


def test_a_mistyped_digit_is_found_before_anything_is_looked_up(client, card):
    wrong = str((int(card.digits[0]) + 1) % 10) + card.digits[1:]
    reply = client.post("/sign-in", data={"digits": wrong})
    assert reply.status_code == 422
    assert "A digit is missing or wrong" in reply.text


@pytest.mark.parametrize("digits", ["", "1234", "x" * 500, "4071 9263 5508 174６6", "\x00", "٠" * 17])
def test_what_is_no_card_number_gets_a_sentence_and_keeps_what_was_typed(client, digits):
    reply = client.post("/sign-in", data={"digits": digits})
    assert reply.status_code == 422


def other_card(number=None, secret=None):
    from codesign.credentials import cards

    made = cards.new()
    return cards.NewCard(number or made.number, secret or made.secret, made.token)


def test_a_number_nobody_has_and_a_wrong_secret_and_an_ended_card_get_the_same_answer(client, card, session):
    unknown = client.post("/sign-in", data={"digits": other_card().digits})
    wrong = client.post("/sign-in", data={"digits": other_card(number=card.number).digits})
    with writing(session):
        session.scalars(select(Card)).one().ended_at = build.NOW
    ended = client.post("/sign-in", data={"digits": card.digits})

    def neutral(reply):
        return re.sub(r'value="[\d ]+"|nonce-\S+', "", reply.text)

    assert unknown.status_code == wrong.status_code == ended.status_code == 422
    assert neutral(unknown) == neutral(wrong) == neutral(ended)


def test_an_unknown_number_costs_the_same_hashing_as_a_known_one(client, card, monkeypatch):
    asked = []
    from codesign.credentials import passwords

    real = passwords.verify

    def counting(stored, secret, settings):
        asked.append(stored)
        return real(stored, secret, settings)

    monkeypatch.setattr("codesign.credentials.passwords.verify", counting)
    client.post("/sign-in", data={"digits": other_card().digits})
    client.post("/sign-in", data={"digits": other_card(number=card.number).digits})
    assert len(asked) == 2
    assert asked[0] is None


def test_wrong_tries_make_one_wait_and_never_lock(client, card):
    with time_machine.travel(build.NOW, tick=False) as clock:
        wrong = other_card(number=card.number).digits
        for _try in range(3):
            assert client.post("/sign-in", data={"digits": wrong}).status_code == 422
        reply = client.post("/sign-in", data={"digits": card.digits})
        assert reply.status_code == 429
        assert reply.headers["Retry-After"] == "5"
        assert "Wait 5 seconds" in reply.text
        clock.shift(6)
        assert client.post("/sign-in", data={"digits": card.digits}).status_code == 303


def test_wrong_pins_make_one_wait_longer_and_longer(client, card):
    first_use(client, card)
    client.post("/sign-out")
    with time_machine.travel(build.NOW, tick=False) as clock:
        client.post("/sign-in", data={"digits": card.digits})
        waits = []
        for _try in range(6):
            reply = client.post("/sign-in/pin", data={"pin": "999991"})
            if reply.status_code == 429:
                waits.append(int(reply.headers["Retry-After"]))
                clock.shift(waits[-1])
                client.post("/sign-in/pin", data={"pin": "999991"})
        assert waits == [5, 10, 20]


def test_the_square_code_brings_the_token_and_a_wrong_one_the_same_answer(client, card):
    assert client.post("/sign-in/code", data={"token": card.token}).location == "/welcome"
    assert client.post("/sign-in/code", data={"token": card.token[:-1] + "_"}).status_code == 422
    assert client.post("/sign-in/code", data={}).status_code == 422
    assert client.post("/sign-in/code", data={"token": "x" * 9000}).status_code == 422


@pytest.mark.parametrize(
    "pin", ["123456", "000000", "654321", "121212", "123123", "111222", "12345", "1234567", "abcdef"]
)
def test_a_pin_that_anybody_would_guess_is_refused(client, card, pin):
    client.post("/sign-in", data={"digits": card.digits})
    client.post("/welcome/consent", data={"yes": "y"})
    assert client.post("/welcome/pin", data={"pin": pin, "again": pin}).status_code == 422


def test_two_different_pins_are_refused(client, card):
    client.post("/sign-in", data={"digits": card.digits})
    client.post("/welcome/consent", data={"yes": "y"})
    assert client.post("/welcome/pin", data={"pin": "274913", "again": "274914"}).status_code == 422


def test_only_an_offered_name_can_be_taken(client, card, session):
    client.post("/sign-in", data={"digits": card.digits})
    client.post("/welcome/consent", data={"yes": "y"})
    client.post("/welcome/pin", data={"pin": "274913", "again": "274913"})
    client.post("/welcome/language", data={"language": "en"})
    page = client.get("/welcome/name?other=1").text
    seed = re.search(r'name="avatar"[^>]*value="([^"]+)"', page).group(1)
    assert client.post("/welcome/name", data={"name": "The Mayor", "avatar": seed}).status_code == 422
    name = re.search(r'name="name"[^>]*value="([^"]+)"', page).group(1)
    assert client.post("/welcome/name", data={"name": name, "avatar": "evil"}).status_code == 422
    assert session.scalars(select(Person)).one().pseudonym is None


def test_a_name_that_somebody_took_meanwhile_is_offered_no_more(client, card, session):
    from codesign.rules.folding import fold_name

    client.post("/sign-in", data={"digits": card.digits})
    client.post("/welcome/consent", data={"yes": "y"})
    client.post("/welcome/pin", data={"pin": "274913", "again": "274913"})
    client.post("/welcome/language", data={"language": "en"})
    page = client.get("/welcome/name").text
    name = re.search(r'name="name"[^>]*value="([^"]+)"', page).group(1)
    seed = re.search(r'name="avatar"[^>]*value="([^"]+)"', page).group(1)
    with writing(session):
        build.make_person(session, pseudonym=name.upper(), pseudonym_folded=fold_name(name.upper()))
    reply = client.post("/welcome/name", data={"name": name, "avatar": seed})
    assert reply.status_code == 422
    assert "Somebody just took this name" in reply.text
    assert name not in reply.text


def test_a_language_that_is_not_complete_is_not_offered(client, card):
    client.post("/sign-in", data={"digits": card.digits})
    client.post("/welcome/consent", data={"yes": "y"})
    client.post("/welcome/pin", data={"pin": "274913", "again": "274913"})
    assert client.post("/welcome/language", data={"language": "so"}).status_code == 422


def test_nobody_skips_to_a_later_step(client, card):
    for path in ("/welcome", "/welcome/consent", "/welcome/pin", "/welcome/language", "/welcome/name", "/sign-in/pin"):
        assert client.get(path).location == "/sign-in"
        assert client.post(path, data={}).status_code == 303
    client.post("/sign-in", data={"digits": card.digits})
    assert client.post("/welcome").location == "/welcome"
    assert client.post("/welcome/pin", data={"pin": "274913", "again": "274913"}).location == "/welcome"


def test_signing_in_never_leaves_this_door(client, card):
    client.post("/sign-in", data={"digits": card.digits, "next": "https://evil.example/"})
    with client.session_transaction() as cookie:
        assert cookie["card"]["next"] == "/"


def test_a_cookie_from_before_is_not_taken_over(client, card):
    with client.session_transaction() as cookie:
        cookie["planted"] = "by somebody"
    first_use(client, card)
    with client.session_transaction() as cookie:
        assert "planted" not in cookie
        assert "card" not in cookie


def test_sign_out_ends_the_row_so_that_a_copied_cookie_is_worth_nothing(client, card, house, session):
    first_use(client, card)
    stolen = house.panel.test_client()
    with client.session_transaction() as cookie, stolen.session_transaction() as copy:
        copy.update(cookie)
    client.post("/sign-out")
    assert session.scalars(select(SignIn)).one().ended_at is not None
    assert stolen.post("/sign-out").location.startswith("/sign-in")


def test_a_quarter_of_an_hour_without_a_page_ends_it_on_this_phone(client, session, sign_in, house):
    panel = build.make_panel(session)
    member = build.make_member(session, panel)
    with time_machine.travel(build.NOW, tick=False) as clock:
        sign_in(client, member)
        assert client.get("/sign-in").status_code == 302
        clock.shift(timedelta(minutes=14))
        assert client.get("/sign-in").status_code == 302
        clock.shift(timedelta(minutes=16))
        assert client.get("/sign-in").status_code == 200


def test_eight_hours_are_the_most(session):
    person = build.make_person(session)
    with writing(session):
        token = actions.start_sign_in(session, person, build.NOW)
    from codesign.accounts.queries import load_identity

    assert load_identity(session, token, build.NOW + timedelta(hours=7, minutes=59)).id == person.id
    assert load_identity(session, token, build.NOW + timedelta(hours=8)) is None


def test_a_new_card_ends_every_sign_in(session):
    person = build.make_person(session)
    from codesign.accounts.queries import load_identity

    with writing(session):
        tokens = [actions.start_sign_in(session, person, build.NOW) for _device in range(2)]
        actions.make_card(session, person, settings=build.CHEAP, by=None, facts=HOST, now=build.NOW)
    assert [load_identity(session, t, build.NOW) for t in tokens] == [None, None]


def test_nothing_of_a_card_is_stored_in_plain(card, session):
    row = session.scalars(select(Card)).one()
    stored = " ".join(str(getattr(row, c.key)) for c in Card.__table__.columns)
    assert card.secret not in stored
    assert card.token not in stored


def test_the_sign_in_pages_ask_the_database_little(client, card, queries):
    with queries() as q:
        client.get("/sign-in")
    assert q.count == 0
    with queries() as q:
        client.post("/sign-in", data={"digits": card.digits})
    assert q.count == 1
    with queries() as q:
        client.get("/welcome/consent")
    assert q.count == 2
