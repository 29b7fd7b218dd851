"""While a vote runs: more time for everybody, a reminder for everybody, what its end waits for, and never a count."""

from __future__ import annotations

import re
from datetime import timedelta

import build
import pytest
from sqlalchemy import select

from codesign.db import writing
from codesign.jobs import schedule
from codesign.jobs.models import DueJob
from codesign.rules.permissions import Reason, Refused
from codesign.rules.roles import Role
from codesign.voting import actions, closing, queries
from codesign.voting.domain import Method, NotPrepared, State
from codesign.voting.models import Ballot, Scrutineer
from codesign.voting.reminding import _TEXTS
from codesign.web.clock import now
from codesign.web.i18n import LANGUAGES
from voting.ballots_of_methods import MAKE, cast_all
from voting.desks import clock, form_of


def extend(w, until, *, at=None, why="The hall was shut on Tuesday."):
    with writing(w.session):
        return actions.extend_ballot(
            w.session, w.ballot.id, w.round, w.by, until=until, reason=why, language="en", now=at or w.now
        )


def reason_of(act):
    with pytest.raises(Refused) as error:
        act()
    return error.value.reason


def due(w, ballot=None):
    w.session.rollback()
    found = select(DueJob.due_at).where(DueJob.kind == closing.JOB, DueJob.what_id == (ballot or w.ballot).id)
    return w.session.scalar(found)


def test_more_time_can_be_given_from_the_page_of_the_neighbours_vote_too(world):
    w = world(members=2, residents=2)
    later = w.end + timedelta(days=1)
    with writing(w.session):
        made = actions.extend_ballot(
            w.session, w.twin.id, w.round, w.by, until=later, reason="The hall was shut.", language="en", now=w.now
        )
    assert {b.id for b in made} == {w.ballot.id, w.twin.id}
    assert w.again().deadline == later


def test_more_time_is_later_for_all_and_leaves_the_opening_as_it_was(world):
    w = world(members=4, residents=3)
    before, digest = w.end, w.ballot.opening_digest
    w.cast(w.members[0], "o1")
    later = before + timedelta(days=2)
    opened = extend(w, later)
    assert {b.id for b in opened} == {w.ballot.id, w.twin.id}
    for ballot in (w.ballot, w.twin):
        stored = w.session.get(Ballot, ballot.id, populate_existing=True)
        assert (stored.deadline, due(w, ballot)) == (later, later)
        [row] = queries.extensions(w.session, ballot.id)
        assert (row.before, row.until, row.reason) == (before, later, "The hall was shut on Tuesday.")
    assert w.again().opening_digest == digest
    w.cast(w.members[1], "o2", now=before + timedelta(hours=1))
    w.close(before)
    assert w.again().state is State.OPEN
    found = queries.result(w.close(later))
    assert found.tally.voters == 2
    assert list(found.closed.extended) == [later.isoformat()]
    assert found.opening.deadline == before


def test_time_is_never_taken_away_and_never_given_after_the_end(world):
    w = world(members=2)
    for until in (w.end, w.end - timedelta(minutes=1), w.now):
        with pytest.raises(NotPrepared, match="not_later"):
            extend(w, until)
    assert reason_of(lambda: extend(w, w.end + timedelta(days=1), at=w.end)) is Reason.BALLOT_NOT_OPEN
    assert reason_of(lambda: extend(w, w.end + timedelta(days=1), why=" ")) is Reason.SAY_WHY_FIRST
    w.close()
    assert reason_of(lambda: extend(w, w.end + timedelta(days=1))) is Reason.BALLOT_NOT_OPEN
    assert queries.extensions(w.session, w.ballot.id) == []
    with pytest.raises(LookupError):
        actions.extend_ballot(
            w.session, 999_999, w.round, w.by, until=w.end, reason="Because of it.", language="en", now=w.now
        )


def test_a_void_vote_beside_it_does_not_come_back_with_more_time(world):
    w = world(members=3, residents=2)
    with writing(w.session):
        actions.void_ballot(w.session, w.twin.id, w.round, w.by, reason="Wrong people.", language="en", now=w.now)
    assert [b.id for b in extend(w, w.end + timedelta(days=1))] == [w.ballot.id]
    assert w.session.get(Ballot, w.twin.id, populate_existing=True).state is State.VOID


def test_the_schedule_does_not_forget_a_vote_that_was_extended_while_it_was_being_closed(world):
    """A scheduler whose clock runs ahead takes the vote up; the extension comes in between; it is still closed later."""
    w = world(members=2)
    later = w.end + timedelta(days=1)

    def meanwhile(session, ballot_id, at):
        session.rollback()
        extend(w, later)
        closing.close_due(session, ballot_id, at)

    schedule.run_due(w.session, {closing.JOB: meanwhile}, w.end)
    assert w.again().state is State.OPEN
    assert due(w) == later
    schedule.run_due(w.session, {closing.JOB: closing.close_due}, later)
    assert w.again().state is State.SWEPT


def test_more_time_on_the_desk_and_for_everybody(world, client, sign_in, house):
    w = world(now=now(), members=3, residents=1)
    sign_in(client, w.moderator)
    path = f"/desk/votes/{w.ballot.id}"
    form = form_of(client.get(path), f"{path}/extend")
    early = client.post(f"{path}/extend", data=form | {"why": "The hall was shut on Tuesday."})
    assert early.status_code == 422
    assert "A vote can only end later than it does now" in early.text
    assert "The hall was shut on Tuesday." in early.text
    local = w.end + timedelta(days=3)
    data = {"deadline": local.strftime("%Y-%m-%dT18:00"), "why": "The hall was shut on Tuesday."}
    assert client.post(f"{path}/extend", data=data | {"why": "so"}).status_code == 422
    skipped = client.post(f"{path}/extend", data=data | {"deadline": "2027-03-28T02:30"})
    assert "That time does not exist." in skipped.text
    assert client.post(f"{path}/extend", data=data).status_code == 303
    for ballot in (w.ballot, w.twin):
        page = client.get(f"/desk/votes/{ballot.id}").text
        assert "There is more time" in page
        assert "The hall was shut on Tuesday." in page
    member = sign_in(house.panel.test_client(), w.members[0])
    assert "The hall was shut on Tuesday." in member.get(f"/vote/{w.ballot.id}").text
    neighbour = sign_in(house.panel.test_client(), w.residents[0])
    assert "The hall was shut on Tuesday." in neighbour.get(f"/vote/{w.twin.id}").text


def test_a_reminder_goes_to_all_alike_once_a_day(world):
    w = world(members=3, residents=2)

    def remind(at):
        with writing(w.session):
            actions.remind(w.session, w.ballot.id, w.round, w.by, now=at)

    remind(w.now)
    assert w.again().reminded_at == w.session.get(Ballot, w.twin.id, populate_existing=True).reminded_at == w.now
    assert reason_of(lambda: remind(w.now + timedelta(hours=23))) is Reason.REMINDED_TODAY
    # A clock that was wrong by years, and was put right, does not stop reminders for years.
    remind(w.now + timedelta(hours=24))
    with writing(w.session):
        w.session.get(Ballot, w.ballot.id).reminded_at = w.now + timedelta(days=900)
    remind(w.now + timedelta(hours=49))
    assert reason_of(lambda: remind(w.end)) is Reason.BALLOT_NOT_OPEN


def test_the_reminder_stands_in_each_language_and_is_the_same_whoever_voted(world, client, sign_in):
    w = world(now=now(), members=3)
    sign_in(client, w.moderator)
    path = f"/desk/votes/{w.ballot.id}"
    assert "Copy the text" not in client.get(path).text
    assert client.post(f"{path}/remind").status_code == 303
    before = texts(client.get(path))
    assert set(before) == {"nl", "en", "ar"}
    assert "How should new people and neighbours meet?" in before["en"]
    for person in w.members:
        w.cast(person, "o1", now=now())
    assert texts(client.get(path)) == before
    again = client.post(f"{path}/remind")
    assert again.status_code == 409
    assert "Once a day is enough." in again.text


def texts(page):
    return dict(re.findall(r'<textarea[^>]*id="reminder-([^"]+)"[^>]*>(.*?)</textarea>', page.text, re.S))


def test_there_is_a_reminder_in_every_language_people_write_in():
    assert set(_TEXTS) == set(LANGUAGES)
    for code, lines in _TEXTS.items():
        assert len(lines) == 3, code
        assert "{question}" in lines[0]
        assert "{until}" in lines[1]


def test_the_desk_says_what_the_count_waits_for(world, client, sign_in, monkeypatch):
    w = world(now=now(), members=4)
    with writing(w.session):
        for place, person in enumerate(w.members[:2], start=1):
            w.session.add(Scrutineer(ballot_id=w.ballot.id, place=place, member_id=person.id, confirmed_at=w.now))
        w.session.get(Ballot, w.ballot.id).room_is_open = True
    sign_in(client, w.moderator)
    path = f"/desk/votes/{w.ballot.id}"
    assert "Both must bring their half" not in client.get(path).text
    clock(monkeypatch, w.end)
    over = client.get(path).text
    assert "Both must bring their half before it is counted." in over
    assert "Their votes must be in before it is counted." in over
    assert "Count it now" not in over
    assert "Both must bring their half before it is counted." in client.get(f"/desk/rounds/{w.round.id}").text
    refused = client.post(f"{path}/close")
    assert refused.status_code == 409
    assert w.again().state is State.OPEN


SMALL = "Fewer than 8 people can vote."
FEW_NEIGHBOURS = "Fewer than 8 neighbours can vote."


@pytest.mark.parametrize("method", list(Method))
@pytest.mark.sqlite_only
def test_few_voters_are_warned_of_before_opening_in_every_method(house, session, client, sign_in, method):
    """Under eight nothing of a result can go to the municipality; neighbours are counted apart, so warned of apart."""
    with writing(session):
        panel = build.make_panel(session)
        round_ = build.make_round(session, panel, residents_vote=True)
        round_.phase = build.Phase.DISCUSSING
        moderator = build.make_moderator(session, panel)
        for _ in range(7):
            build.make_member(session, panel)
        ballot = build.make_ballot(session, round_, moderator, now=now(), method=method, **MAKE[method])
        number = ballot.id
    sign_in(client, moderator)

    def page():
        return client.get(f"/desk/votes/{number}").text

    assert SMALL in page()
    assert FEW_NEIGHBOURS not in page()  # there are none, so there is no second vote
    with writing(session):
        build.make_member(session, panel)
        build.make_member(session, panel, Role.RESIDENT)
    assert SMALL not in page()
    assert FEW_NEIGHBOURS in page()
    assert "1 neighbour votes too, counted apart." in page()
    with writing(session):
        for _ in range(7):
            build.make_member(session, panel, Role.RESIDENT)
    assert FEW_NEIGHBOURS not in page()


def told(reply):
    """All a page tells, without what is made anew for each reply."""
    text = re.sub(
        r'name="(csrf_token|key)" (type="hidden" )?value="[^"]*"|<!--.*?-->',
        "",
        reply.get_data(as_text=True),
        flags=re.S,
    )
    kept = {k: v for k, v in reply.headers if k not in {"Date", "Set-Cookie", "Content-Length"}}
    return reply.status_code, text, kept


@pytest.mark.pages
@pytest.mark.parametrize("method", [Method.APPROVAL, Method.RANKED, Method.BUDGET])
def test_no_page_of_the_desk_changes_when_somebody_votes(world, client, sign_in, method):
    """Every page a moderator can open about panel, round and vote, before the first and after the last vote: the same
    to the letter. So turn-out is shown to nobody, in no form."""
    from house.test_matrix import address, rules

    w = world(now=now(), members=9, residents=2, method=method, **MAKE[method])
    sign_in(client, w.moderator)
    values = {
        "ballot_id": w.ballot.id, "round_id": w.round.id, "panel_id": w.panel.id, "code": w.panel.municipality_code,
        "slug": "housing", "target": "advising",
    }  # fmt: skip
    app = client.application
    paths = [
        address(app, rule, values)
        for rule, verb in rules(app)
        if verb == "GET" and rule.arguments <= set(values) and rule.endpoint != "pages.leave"
    ]
    assert len([p for p in paths if f"/{w.ballot.id}" in p]) >= 5

    def sweep():
        return {path: told(client.get(path)) for path in paths}

    sweep()  # from the first page of a panel on, its name stands on the others
    first = sweep()
    cast_all(w, method, 9)
    w.session.rollback()
    second = sweep()
    assert {p for p in paths if first[p] != second[p]} == set()
    assert sum(reply[0] == 200 for reply in first.values()) >= 8
