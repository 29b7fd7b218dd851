"""Every route of both doors, for everybody, about their own things, other people's things and things that are not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import build
import flask
import pytest
from flask.testing import FlaskClient
from responses.responses_desk import Desk
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import RequestRedirect

from codesign.db import writing
from codesign.rules.roles import Role
from codesign.web.access import Access
from house.villages import Village, village

THINGS = (
    "panel_id", "round_id", "telling_id", "idea_id", "proposal_id", "other_id", "thing_id", "reply_id", "gathering_id",
    "ballot_id", "advice_id", "quote_id", "decision_id", "reissue_id", "person_id", "recommendation_id", "cited_id",
    "tablet_id", "line_id", "n", "network_id", "moment_id", "suggestion_id",
    "report_id", "objection_id", "point_id",
)  # fmt: skip
NO_WORDS = {"code": "nowhere", "number": "2020-1", "place": "nowhere", "digest": "0" * 64, "report": "p0"}
NOBODY_HAS: dict[str, Any] = dict.fromkeys(THINGS, 2_000_000_000) | NO_WORDS
FINE = {200, 302, 303, 403, 404, 409, 422, 429}
PLACE = type("Here", (), {"code": "veldhaven"})
ENDS_IT = {"accounts.sign_out_now", "pages.leave", "officials.go_out"}


# Told to everybody at the panel door, with or without a card: about a place, and nothing about any panel in it.
ABOUT_A_PLACE = {"legal_help.page"}


def rules(app: flask.Flask) -> Iterator[tuple[Any, str]]:
    """Every route with each verb it answers, static files aside."""
    for rule in sorted(app.url_map.iter_rules(), key=str):
        if rule.endpoint != "static":
            yield from ((rule, verb) for verb in sorted((rule.methods or set()) & {"GET", "POST"}))


def address(app: flask.Flask, rule: Any, values: dict[str, Any]) -> str:
    with app.test_request_context():
        return flask.url_for(rule.endpoint, **{name: values[name] for name in rule.arguments})


def browser(app: flask.Flask) -> FlaskClient:
    """A plain browser: these pages are checked elsewhere."""
    made = FlaskClient(app, app.response_class, use_cookies=True)
    made.set_cookie("language", "en")
    return made


def told(reply: Any) -> tuple[Any, ...]:
    """All an answer tells, but for the address that was asked and what is made anew each time."""
    page = reply.get_data(as_text=True)
    page = re.sub(r'name="(next|csrf_token)" value="[^"]*"', "", page).replace(reply.request.path, "")
    headers = sorted((k, v) for k, v in reply.headers if k not in {"Date", "Content-Length", "Set-Cookie"})
    return reply.status_code, page, headers, sorted(c.split("=")[0] for c in reply.headers.getlist("Set-Cookie"))


def sweep(app: flask.Flask, client: FlaskClient, values: dict[str, Any], *, post: bool = True) -> dict[str, str]:
    """Ask for every route; returns what is not fine, by route."""
    wrong = {}
    for rule, verb in rules(app):
        if (verb == "POST" and not post) or rule.endpoint in ENDS_IT:
            continue
        try:
            reply = client.open(address(app, rule, values), method=verb, data={} if verb == "POST" else None)
        except Exception as error:
            wrong[f"{verb} {rule}"] = repr(error)[:200]
            continue
        if reply.status_code not in FINE or "Content-Security-Policy" not in reply.headers:
            wrong[f"{verb} {rule}"] = str(reply.status_code)
    return wrong


def differences(app: flask.Flask, client: FlaskClient, values: dict[str, Any], routes: Any = None) -> dict[str, Any]:
    """Routes about a thing that answer otherwise than about a thing that is not."""
    found = {}
    for rule, verb in routes or rules(app):
        names = rule.arguments & set(NOBODY_HAS)
        if not names:
            continue
        path, none = (address(app, rule, v) for v in (values, values | NOBODY_HAS))
        there, nowhere = (told(client.open(p, method=verb)) for p in (path, none))
        if there != nowhere or nowhere[0] not in {404, 303}:
            found[f"{verb} {rule}"] = (there[0], nowhere[0])
    return found


@pytest.fixture
def place(house, session) -> Village:
    return village(house, session)


@pytest.fixture
def record_values(session) -> dict[str, Any]:
    desk = Desk(session)
    return {
        "place": "veldhaven", "number": "2026-3", "digest": desk.advice_digest, "code": "veldhaven", "slug": "housing",
        "name": "advice-1", "token": "a" * 22, "n": 1, "moment_id": 1, "report": "p1", "piece": "heard", "language": "nl", "desk": desk,
    }  # fmt: skip


def public(app: flask.Flask, rule: Any) -> bool:
    return bool(app.view_functions[rule.endpoint].access is Access.PUBLIC)


def test_nobody_gets_the_sign_in_on_every_page_that_is_not_public(house, session):
    """The sign-in, with the way back for a page; about things and nothings alike."""
    values = village(house, session).ids
    record = {"place": "veldhaven", "number": "2026-3", "n": 1, "moment_id": 1, "piece": "heard", "language": "nl"}
    for app, known in ((house.panel, values), (house.record, record)):
        client, found = browser(app), 0
        for rule, verb in rules(app):
            if public(app, rule):
                continue
            found += 1
            path = address(app, rule, known)
            reply = client.open(path, method=verb)
            assert reply.status_code == 303, (rule, verb)
            target = reply.headers["Location"]
            with app.test_request_context():
                back = {"next": path} if verb == "GET" else {}
                sign_in = "accounts.sign_in" if app is house.panel else "officials.sign_in"
                assert target == flask.url_for(sign_in, **back)
            assert "no-store" in reply.headers["Cache-Control"]
            nothing = client.open(address(app, rule, known | NOBODY_HAS), method=verb)
            assert (nothing.status_code, nothing.headers["Location"].split("?")[0]) == (303, target.split("?")[0])
        assert found > 10


@pytest.mark.long
@pytest.mark.sqlite_only
def test_nothing_breaks_for_anybody(house, session, sign_in, place, record_values):
    """Each role asks for every page, and then sends every form empty, about the things of their own panel."""
    with writing(session):
        people = place.people | {"host": build.make_host(session), "alone": build.make_person(session)}
    del people["second"]  # a moderator like the other
    wrong = {"nobody": sweep(house.panel, browser(house.panel), place.ids)}
    for role, person in people.items():
        wrong[role] = sweep(house.panel, sign_in(browser(house.panel), person), place.ids)
    desk = record_values["desk"]
    wrong["reader"] = sweep(house.record, browser(house.record), record_values)
    for name in ("official", "elsewhere"):
        wrong[name] = sweep(house.record, sign_in(browser(house.record), getattr(desk, name)), record_values)
    with writing(session):
        organisation = build.make_organisation(session, PLACE)
    wrong["organisation"] = sweep(house.record, sign_in(browser(house.record), organisation), record_values)
    desk.complete()
    wrong["answering"] = sweep(house.record, sign_in(browser(house.record), desk.official), record_values)
    assert {role: found for role, found in wrong.items() if found} == {}


@pytest.mark.sqlite_only
def test_R12_another_panels_things_answer_as_if_they_were_not(house, session, sign_in, place):
    """Whoever is not of the panel, the host at its desk too, gets the one 404 of a thing that is not: same status, page
    and headers, for every page and every form."""
    with writing(session):
        other = build.make_panel(session)
        build.make_round(session, other)
        outside = {
            "newcomer": build.make_member(session, other),
            "resident": build.make_member(session, other, Role.RESIDENT),
            "professional": build.make_member(session, other, Role.PROFESSIONAL),
            "moderator": build.make_moderator(session, other),
            "alone": build.make_person(session),
            "host": build.make_host(session),
        }
    found = {}
    for role, person in outside.items():
        client = sign_in(browser(house.panel), person)
        client.get("/help")
        routes = [(r, v) for r, v in rules(house.panel) if r.endpoint not in ABOUT_A_PLACE]
        if role == "host":
            routes = [(r, v) for r, v in routes if not r.endpoint.startswith("panels.host")]
            # What the host does, and what host and moderators keep together, is about any place, panel and person.
            hosts = (Access.HOST, Access.STAFF)
            routes = [(r, v) for r, v in routes if house.panel.view_functions[r.endpoint].access not in hosts]
        found[role] = differences(house.panel, client, place.ids, routes)
    assert {role: wrong for role, wrong in found.items() if wrong} == {}


def test_R12_private_words_of_others_in_ones_own_panel_answer_as_if_they_were_not(house, session, sign_in):
    """Drafts, held and hidden words, decisions about them, quotes asked for and prepared votes of somebody else."""
    place = village(house, session, "Sorrel")
    p, ids = place.private, place.ids
    paths = [
        f"/ideas/drafts/{p['draft']}", f"/ideas/{p['draft']}", f"/ideas/{p['held']}",
        f"/ideas/{p['draft']}/edit", f"/ideas/{p['held']}/versions", f"/ideas/{p['draft']}/trail",
        f"/ideas/{p['draft']}/offer", f"/decisions/{p['decision']}/appeal", f"/vote/{p['prepared']}",
        f"/vote/{p['prepared']}/how", f"/vote/{p['prepared']}/list", f"/vote/{p['prepared']}/result",
        f"/vote/{p['prepared']}/bundle", f"/tell/{p['story']}/edit", f"/replies/{p['reply']}/answer",
        f"/replies/{p['reply']}/edit", f"/report/reply/{p['reply']}", f"/report/story/{p['story']}",
        f"/report/idea/{p['draft']}", f"/report/idea/{p['held']}", f"/advice/{ids['advice_id']}",
    ]  # fmt: skip
    posts = [
        f"/ideas/drafts/{p['draft']}", f"/ideas/drafts/{p['draft']}/drop", f"/ideas/{p['draft']}/support",
        f"/ideas/{p['held']}/support", f"/ideas/{p['held']}/replies", f"/ideas/{p['draft']}/take-back",
        f"/tell/{p['story']}/take-back", f"/tell/{p['story']}/edit", f"/replies/{p['reply']}/support",
        f"/replies/{p['reply']}/take-back", f"/replies/{p['reply']}/edit", f"/quotes/{ids['quote_id']}",
        f"/decisions/{p['decision']}/appeal", f"/vote/{p['prepared']}", f"/report/reply/{p['reply']}",
    ]  # fmt: skip
    client = sign_in(browser(house.panel), place.people["resident"])
    client.get("/rounds")
    wrong = []
    for verb, path in [("GET", path) for path in paths] + [("POST", path) for path in posts]:
        nowhere = re.sub(r"\d+", "2000000000", path, count=1)
        there, none = client.open(path, method=verb), client.open(nowhere, method=verb)
        if told(there) != told(none) or none.status_code != 404:
            wrong.append((verb, path, there.status_code, none.status_code))
    assert wrong == []
    # That an idea was hidden is said, not what it said.
    page = client.get(f"/ideas/{p['hidden']}").get_data(as_text=True)
    assert "Sorrel" not in page


@pytest.mark.sqlite_only
def test_R12_the_record_door_knows_no_route_of_the_panel(house, session, sign_in, place):
    """The municipality: nobody, an official here, an official elsewhere. Whatever the panel door answers, theirs is the
    404 of an address that does not exist, unless that address is a page of the record itself."""
    desk = Desk(session)
    for official in (None, desk.official, desk.elsewhere):
        client = browser(house.record)
        if official is not None:
            sign_in(client, official)
        client.get("/help")
        nowhere = {verb: told(client.open("/nowhere/at/all", method=verb)) for verb in ("GET", "POST")}
        asked = list(only_at_the_panel_door(house, place.ids))
        assert len(asked) > 90
        for verb, path in asked:
            assert nowhere[verb][0] == 404
            assert told(client.open(path, method=verb)) == nowhere[verb], (verb, path)


def test_R12_an_official_gets_404_for_rounds_ideas_votes_and_cards(house, session, sign_in):
    """The same on both databases, for the pages that tell most."""
    ids = village(house, session).ids
    client = sign_in(browser(house.record), Desk(session).official)
    for path in (
        f"/rounds/{ids['round_id']}", f"/ideas/{ids['idea_id']}", f"/vote/{ids['ballot_id']}",
        f"/vote/{ids['swept']}/list", f"/desk/votes/{ids['ballot_id']}", f"/desk/panels/{ids['panel_id']}",
        f"/host/panels/{ids['panel_id']}", f"/desk/{ids['advice_id']}", "/my-data", "/words", "/host/journal",
    ):  # fmt: skip
        assert client.get(path).status_code == 404, path


def only_at_the_panel_door(house: Any, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Verb and address of each route of the panel door that is no page of the record's own."""
    at_the_record = house.record.url_map.bind("localhost")
    for rule, verb in rules(house.panel):
        path = address(house.panel, rule, values)
        try:
            at_the_record.match(path, method=verb)
        except NotFound:
            yield verb, path
        except (MethodNotAllowed, RequestRedirect):
            continue


@pytest.mark.sqlite_only
def test_R12_an_official_of_another_place_gets_the_same_404(house, session, sign_in, record_values):
    desk = record_values["desk"]
    desk.complete()
    client = sign_in(browser(house.record), desk.elsewhere)
    client.get("/desk")
    routes = [(r, v) for r, v in rules(house.record) if not public(house.record, r)]
    assert differences(house.record, client, record_values, routes) == {}
    # Nor does an organisation of another place find anything; one of this place finds nothing of the desk.
    with writing(session):
        away, here = build.make_organisation(session), build.make_organisation(session, PLACE)
    group = sign_in(browser(house.record), away)
    group.get("/organisation")
    assert differences(house.record, group, record_values, routes) == {}
    group = sign_in(browser(house.record), here)
    group.get("/organisation")
    of_officials = [
        (r, v) for r, v in routes if house.record.view_functions[r.endpoint].access is not Access.ORGANISATION
    ]
    assert differences(house.record, group, record_values, of_officials) == {}
    # A panel's sign-in opens nothing here, and the cookie of one door is worth nothing at the other.
    with writing(session):
        person = build.make_person(session)
    panel = sign_in(browser(house.panel), person)
    with panel.session_transaction() as cookie:
        token = cookie["_user_id"]
    stranger = browser(house.record)
    with stranger.session_transaction() as cookie:
        cookie["_user_id"] = token
    assert stranger.get("/desk").status_code == 303


@pytest.mark.sqlite_only
def test_R12_numbers_of_another_panel_nested_in_ones_own_are_not_there(house, session, sign_in, place):
    """A moderator of one panel puts things of another one into addresses and forms of her own."""
    theirs = village(house, session)
    mine, foreign = place.ids, theirs.ids
    client = sign_in(browser(house.panel), place.people["moderator"])
    client.get(f"/desk/panels/{mine['panel_id']}")
    whole = {"why": "Too far away.", "reason": "Too far away.", "language": "en", "how": "other", "action": "first"}
    gone = [
        ("POST", f"/desk/panels/{mine['panel_id']}/reissues/{foreign['reissue_id']}/confirm"),
        ("POST", f"/desk/panels/{mine['panel_id']}/reissues/{foreign['reissue_id']}/call-off"),
        ("GET", f"/desk/ideas/{mine['idea_id']}/join/{foreign['idea_id']}"),
        ("POST", f"/desk/ideas/{mine['idea_id']}/join/{foreign['idea_id']}"),
        ("GET", f"/desk/advice/{mine['advice_id']}/recommendations/{foreign['recommendation_id']}"),
        ("POST", f"/desk/advice/{mine['advice_id']}/recommendations/{foreign['recommendation_id']}"),
        ("GET", f"/desk/advice/{mine['advice_id']}/recommendations/{foreign['recommendation_id']}/chain"),
        ("POST", f"/desk/advice/{mine['advice_id']}/recommendations/{foreign['recommendation_id']}/chain"),
        ("POST", f"/desk/advice/{mine['advice_id']}/recommendations/{foreign['recommendation_id']}/up"),
        ("POST", f"/desk/advice/{mine['advice_id']}/recommendations/{foreign['recommendation_id']}/take-out"),
        ("POST", f"/desk/advice/{mine['advice_id']}/cited/{foreign['cited_id']}/take-out"),
        ("POST", f"/desk/rounds/{mine['voted']}/not-in-the-vote/{foreign['idea_id']}"),
    ]  # fmt: skip
    wrong = []
    for verb, path in gone:
        none = re.sub(r"(\d+)(?!.*\d)", "2000000000", path)
        there, nowhere = (
            told(client.open(p, method=verb, data=whole if verb == "POST" else None)) for p in (path, none)
        )
        if there != nowhere or there[0] not in {404, 422}:
            wrong.append((verb, path, there[0], nowhere[0]))
    assert wrong == []
    # Ideas of another panel as options of a vote; a reply under a reply elsewhere; a session elsewhere.
    page = client.get(f"/desk/rounds/{mine['round_id']}/votes/new").get_data(as_text=True)
    assert f'value="{foreign["idea_id"]}"' not in page
    data = {"question": "What first of these?", "language": "en", "ideas": [str(foreign["idea_id"])], "deadline": "2031-01-01T10:00"}  # fmt: skip
    assert client.post(f"/desk/rounds/{mine['round_id']}/votes/new", data=data).status_code in {403, 409, 422}
    member = sign_in(browser(house.panel), place.people["newcomer"])
    reply = {"body": "Under yours", "kind": "for", "language": "en", "parent": str(foreign["reply_id"])}
    answer = member.post(f"/ideas/{mine['idea_id']}/replies", data=reply)
    assert answer.status_code in {403, 404, 409, 422}
    idea = {"title": "From their evening", "language": "en", "themes": ["BRI"], "gathering_id": str(foreign["gathering_id"])}  # fmt: skip
    member.post(f"/ideas/new?round={mine['round_id']}", data=idea)
    from codesign.proposals.models import Proposal

    assert session.query(Proposal).filter_by(gathering_id=foreign["gathering_id"]).count() == 0
