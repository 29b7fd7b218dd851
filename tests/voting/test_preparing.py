"""Preparing a vote in every method: what the forms ask, keep and point at; translations; the moment it ends."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import build
import pytest

from codesign.db import writing
from codesign.voting import preparing, queries
from codesign.voting.domain import Method, NotPrepared, Opening, Option, State, Terms
from codesign.voting.models import Ballot
from codesign.voting.moments import NoSuchTime, TwiceTime, is_second, moment
from codesign.web.clock import now
from voting.desks import ballot_id, form_of, prepare

pytestmark = pytest.mark.pages

ONE = (Method.YES_NO, Method.CONSENT)


def errors(page):
    """What stands in red at the fields of a page: id of the field to sentence."""
    found = re.findall(r'<p class="bad[^"]*" id="([^"]+)-error">.*?<span>(.*?)</span>', page.text, re.S)
    return dict(found)


@pytest.mark.parametrize("method", list(Method))
def test_every_method_goes_from_ideas_to_an_open_vote(desk, session, method):
    picked = desk.ideas[:1] if method in ONE else desk.ideas
    number = desk.prepare(picked, method=method.value)
    page = desk.client.get(f"/desk/votes/{number}")
    data = form_of(page, f"/desk/votes/{number}")
    if method is Method.BUDGET:
        assert "Say first how much money there is" in page.text
        data |= {"total": "1000", "currency": "EUR"} | {f"options-{i}-cost": str(300 + i) for i in range(3)}
    saved = desk.client.post(f"/desk/votes/{number}", data=data)
    assert saved.status_code == 303, errors(saved)
    desk.open(number)
    opening = Opening.read(session.get(Ballot, number, populate_existing=True).opening)
    assert opening.method is method
    assert {o.proposal_id for o in opening.options} == {i.id for i in picked}
    expected = {
        Method.SCORE: Terms(points=5), Method.DOTS: Terms(points=5), Method.SHORTLIST: Terms(seats=2),
        Method.BUDGET: Terms(total=1000),
    }  # fmt: skip
    assert opening.terms == expected.get(method, Terms())
    assert [o.cost for o in opening.options] == ([300, 301, 302] if method is Method.BUDGET else [0] * len(picked))
    assert opening.with_none is (method is Method.APPROVAL)
    assert "It is open" in desk.client.get(f"/desk/votes/{number}").text


@pytest.mark.parametrize("method", list(Method))
def test_each_way_of_voting_says_what_it_is_good_for_and_asks_only_what_it_needs(desk, method):
    new = desk.client.get(f"/desk/rounds/{desk.round.id}/votes/new")
    assert new.text.count("Good for") + new.text.count("Good when") == len(Method)
    number = desk.prepare(desk.ideas[:1] if method in ONE else desk.ideas, method=method.value)
    names = set(form_of(desk.client.get(f"/desk/votes/{number}"), f"/desk/votes/{number}"))
    asked = {
        Method.APPROVAL: {"max_choices", "with_none"}, Method.SCORE: {"points"}, Method.DOTS: {"points"},
        Method.BUDGET: {"total", "currency", "fits", "completion", "options-0-cost"},
        Method.SHORTLIST: {"seats", "max_choices"},
    }.get(method, set())  # fmt: skip
    some = {"max_choices", "points", "seats", "total", "currency", "fits", "completion", "options-0-cost", "with_none"}
    unticked = {"with_none"} if method is not Method.APPROVAL else set()
    assert names & some == asked - unticked
    rows = {n.split("-")[1] for n in names if n.startswith("options-")}
    assert len(rows) == (1 if method in ONE else 5)


@pytest.mark.parametrize(
    ("method", "change", "at", "sentence"),
    [
        (Method.APPROVAL, {"max_choices": "9"}, "max_choices", "People cannot choose more than there is."),
        (Method.APPROVAL, {"max_choices": "many"}, "max_choices", "Write a whole number."),
        (Method.APPROVAL, {"max_choices": ""}, "max_choices", "Write a whole number."),
        (Method.APPROVAL, {"options-1-title": ""}, "options-1-title", "Fill this in first."),
        (Method.SCORE, {"points": "0"}, "points", "Write a number from 1 to 20."),
        (Method.DOTS, {"points": "21"}, "points", "Write a number from 1 to 20."),
        (Method.SHORTLIST, {"seats": "3"}, "seats", "The short list must be shorter"),
        (Method.BUDGET, {"total": ""}, "total", "Write a whole number."),
        (Method.BUDGET, {"options-1-cost": ""}, "options-1-cost", "Say what this costs."),
        (Method.BUDGET, {"options-2-cost": "1001"}, "options-2-cost", "costs more than all the money there is."),
        (Method.BUDGET, {"options-2-cost": "-5"}, "options-2-cost", "Write a number from 1 to 1000000000."),
        (Method.BUDGET, {"total": "99999999999999999999"}, "total", "Write a number from 1 to 1000000000."),
        (Method.BUDGET, {"completion": "magic"}, "completion", "Choose one of these."),
        (Method.RANKED, {"deadline": "2020-05-05T10:00"}, "deadline", "The vote must end later than now."),
        (Method.CONSENT, {"options-0-meaning": "x" * 300}, "options-0-meaning", "letters too long"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_nothing_typed_is_lost(desk, session, method, change, at, sentence):
    number = desk.prepare(desk.ideas[:1] if method in ONE else desk.ideas, method=method.value)
    data = form_of(desk.client.get(f"/desk/votes/{number}"), f"/desk/votes/{number}")
    if method is Method.BUDGET:
        data |= {"total": "1000", "options-0-cost": "300", "options-1-cost": "301", "options-2-cost": "1000"}
    typed = {"question": "Something I typed just now?", "options-0-title": "A name I typed just now"}
    reply = desk.client.post(f"/desk/votes/{number}", data=data | typed | change)
    assert reply.status_code == 422
    assert sentence in errors(reply)[at]
    back = form_of(reply, f"/desk/votes/{number}")
    assert {k: v for k, v in back.items() if k in typed} == typed
    name, value = next(iter(change.items()))
    assert back.get(name, value) == value
    stored = queries.with_options(session, number)
    assert stored.question == "What comes first here?"


def test_the_words_in_other_languages_are_kept_frozen_and_read(desk, session, sign_in, house):
    """The panel's languages stand ready; a name without meaning is fine, a meaning without a name is not."""
    number = desk.prepare(desk.ideas[:2], method="ranked")
    action = f"/desk/votes/{number}"
    page = desk.client.get(action)
    data = form_of(page, action)
    codes = {v: k for k, v in data.items() if k.startswith("words-") and k.endswith("-code")}
    assert set(codes) == set(page_languages(session, desk)) - {"en"}
    question = codes["ar"].replace("-code", "-text")
    option = next(k for k, v in data.items() if k.startswith("options-0-words-") and v == "ar").replace("-code", "")
    half = desk.client.post(action, data=data | {f"{option}-meaning": "نجلس معا."})
    assert half.status_code == 422
    assert "Give the name in this language too." in half.text
    assert "نجلس معا." in half.text
    given = {question: "ما الأول؟", f"{option}-title": "شاي معا", f"{option}-meaning": "نجلس معا."}
    assert desk.client.post(action, data=data | given).status_code == 303
    again = form_of(desk.client.get(action), action)
    assert {k: again[k] for k in given} == given
    desk.open(number)
    opening = Opening.read(session.get(Ballot, number, populate_existing=True).opening)
    assert opening.translations == {"ar": "ما الأول؟"}
    assert [dict(o.translations) for o in opening.options] == [{"ar": ("شاي معا", "نجلس معا.")}, {}]
    reader = house.panel.test_client()
    reader.set_cookie("language", "ar")
    assert "شاي معا" in sign_in(reader, desk.members[1]).get(f"/vote/{number}").text


def page_languages(session, desk):
    from codesign.panels.models import Panel

    return session.get(Panel, desk.round.panel_id).languages


def test_a_language_that_is_not_the_panels_is_not_stored(desk, session):
    number = desk.prepare(desk.ideas[:2])
    action = f"/desk/votes/{number}"
    data = form_of(desk.client.get(action), action)
    slipped = {"words-0-code": "xx", "words-0-text": "Something", "options-0-words-0-code": "<b>"}
    assert desk.client.post(action, data=data | slipped | {"options-0-words-0-title": "x"}).status_code == 303
    found = queries.with_options(session, number)
    assert found.translations == {}
    assert all(o.translations == {} for o in found.options)


def test_several_questions_are_several_votes_of_one_round(desk, session):
    for question, method, ideas in (
        ("What comes first here?", "approval", desk.ideas), ("Do we want this?", "yes_no", desk.ideas[:1]),
        ("What is it worth?", "score", desk.ideas),
    ):  # fmt: skip
        desk.prepare(ideas, question=question, method=method)
    page = desk.client.get(f"/desk/rounds/{desk.round.id}/votes")
    for question in ("What comes first here?", "Do we want this?", "What is it worth?"):
        assert question in page.text
    assert page.text.count("needs a second look") == 3
    assert "Yes or no" in page.text


@pytest.mark.sqlite_only
@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_votes_asks_the_store_five_times(desk, request, count):
    for _ in range(count):
        desk.prepare(desk.ideas[:2])
    with request.getfixturevalue("queries")() as q:
        desk.client.get(f"/desk/rounds/{desk.round.id}/votes")
    assert q.count == 5, q.statements


def test_rules_of_a_prepared_vote_hold_without_a_form_too(desk, session):
    """Whoever calls the action gets the same answer as the form."""
    from codesign.panels.queries import membership
    from codesign.voting.domain import Kind

    def make(method, options, **more):
        with writing(session):
            by = membership(session, desk.moderator.id, desk.round.panel_id)
            values = {"question": "What?", "language": "en", "deadline": now().replace(year=2090), "now": now()}
            preparing.prepare(
                session, desk.round, by, kind=Kind.VOTE, method=method, options=options, **(values | more)
            )

    two = [Option("", "One", cost=5), Option("", "Two", cost=9)]
    for method, options, more, missing in (
        (Method.YES_NO, two, {}, "one_idea"), (Method.CONSENT, [], {}, "one_idea"),
        (Method.APPROVAL, two[:1], {}, "options"), (Method.APPROVAL, two * 11, {}, "options"),
        (Method.SCORE, two, {"terms": Terms(points=0)}, "points"),
        (Method.SHORTLIST, two, {"terms": Terms(seats=2)}, "seats"),
        (Method.BUDGET, two, {"terms": Terms(total=8)}, "too_expensive"),
        (Method.BUDGET, two, {"terms": Terms(total=8, completion="luck")}, "total"),
        (Method.BUDGET, [Option("", "One"), two[0]], {"terms": Terms(total=8)}, "costs"),
        (Method.RANKED, two, {"with_none": True}, "none_makes_no_sense"),
        (Method.RANKED, [Option("", ""), two[0]], {}, "titles"),
    ):  # fmt: skip
        with pytest.raises(NotPrepared, match=missing):
            make(method, options, **more)
    assert queries.ballots_of(session, desk.round.id, prepared=True) == []


def test_a_budget_without_money_is_kept_but_neither_checked_nor_opened(desk, session):
    number = desk.prepare(desk.ideas, method="budget")
    with pytest.raises(NotPrepared, match="total"):
        desk.check(number)
    assert session.get(Ballot, number, populate_existing=True).checked_at is None


ZONE = "Europe/Amsterdam"


def local(*numbers):
    return datetime(*numbers)  # noqa: DTZ001 (what somebody types has no zone)


def test_a_local_time_is_one_moment_none_or_two():
    assert moment(ZONE, local(2027, 7, 1, 18)) == datetime(2027, 7, 1, 16, tzinfo=UTC)
    with pytest.raises(NoSuchTime):
        moment(ZONE, local(2027, 3, 28, 2, 30))
    with pytest.raises(TwiceTime):
        moment(ZONE, local(2027, 10, 31, 2, 30))
    first, second = (moment(ZONE, local(2027, 10, 31, 2, 30), second=s) for s in (False, True))
    assert (first, second) == tuple(datetime(2027, 10, 31, h, 30, tzinfo=UTC) for h in (0, 1))
    assert [is_second(ZONE, at) for at in (first, second, build.NOW)] == [False, True, None]


def test_a_time_that_comes_twice_is_asked_about_and_kept(desk, session):
    client, round_, ideas, _moderator, _members = desk
    assert 'name="which"' not in client.get(f"/desk/rounds/{round_.id}/votes/new").text
    asked = prepare(client, round_, ideas, deadline="2027-10-31T02:30")
    assert asked.status_code == 422
    assert 'name="which"' in asked.text
    assert "The first, before the clock goes back" in asked.text
    number = ballot_id(prepare(client, round_, ideas, deadline="2027-10-31T02:30", which="second"))
    ballot = session.get(Ballot, number)
    assert ballot.deadline == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
    page = client.get(f"/desk/votes/{number}")
    data = form_of(page, f"/desk/votes/{number}")
    assert data["which"] == "second"
    assert client.post(f"/desk/votes/{number}", data=data).status_code == 303
    session.rollback()
    assert session.get(Ballot, number, populate_existing=True).deadline == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
    other = client.post(f"/desk/votes/{number}", data=data | {"deadline": "2027-10-30T02:30"})
    assert other.status_code == 303
    assert 'name="which"' not in client.get(f"/desk/votes/{number}").text


def test_a_vote_that_was_opened_is_not_changed_by_an_old_tab(desk, session):
    number = desk.prepare(desk.ideas)
    action = f"/desk/votes/{number}"
    data = form_of(desk.client.get(action), action)
    desk.open(number)
    reply = desk.client.post(action, data=data | {"question": "Another question?"})
    assert reply.status_code == 409
    assert desk.client.post(f"{action}/check", data={"right": "y"}).status_code == 403  # it is one's own
    assert desk.client.post(f"{action}/ask", data={"person": desk.members[0].id}).status_code == 409
    assert desk.client.post(f"{action}/open", data={"sure": "y"}).status_code == 303
    assert session.get(Ballot, number, populate_existing=True).question == "What comes first here?"
    assert session.get(Ballot, number).state is State.OPEN


def test_the_question_about_an_advice_can_be_made_plainer_before_it_opens(desk, session, client):
    """Its options are fixed, and nobody else looks at it: the panel has read the text itself."""
    with writing(session):
        desk.round.phase = build.Phase.ADVISING
        session.add(desk.round)
        number = build.make_ballot(session, desk.round, desk.moderator, "adoption", now=now(), subject="a" * 64).id
    action = f"/desk/votes/{number}"
    page = client.get(action)
    assert "A second person looks at it" not in page.text
    data = form_of(page, action)
    assert {n for n in data if n.startswith(("options", "words", "max"))} == set()
    assert client.post(action, data=data | {"question": "Do we send this advice?"}).status_code == 303
    found = queries.with_options(session, number)
    assert (found.question, [o.key for o in found.options]) == ("Do we send this advice?", ["adopt", "send_back"])
    assert client.post(f"{action}/open", data={"sure": "y"}).status_code == 303
