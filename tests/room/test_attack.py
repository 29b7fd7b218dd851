"""Attacks on voting in the room: other people's sheets, the tablet, the two who enter, and whoever is nobody here."""

from __future__ import annotations

import re
from datetime import timedelta

import build
import pytest

from codesign.db import writing
from codesign.jobs import schedule
from codesign.room import entering
from codesign.room.domain import Fault, NotInTheRoom
from codesign.rules.permissions import Reason, Refused
from codesign.rules.roles import Role
from codesign.voting import closing, queries
from codesign.voting.actions import extend_ballot, void_ballot
from codesign.voting.domain import NotCast, Problem, State
from codesign.web.clock import now as clock
from room.conftest import YES_NO

# -- codes of sheets


def test_who_saw_the_code_of_a_sheet_cannot_spoil_it_from_a_phone(room):
    """A neighbour at the table copies the code of somebody's sheet and votes with it on the phone."""
    r = room(members=5, noted=2, **YES_NO)
    sheet = r.print()[0]
    with pytest.raises(NotCast) as told:
        r.cast(r.members[3], "no", code=sheet)
    assert told.value.problem is Problem.CODE_WRONG
    r.enter_all([(sheet, "yes")], r.members[4], r.moderator)
    r.settle()
    r.close()
    assert queries.result(r.again()).tally.counts["yes"] == 1


def test_who_saw_the_code_on_the_tablet_cannot_change_that_vote_from_a_phone(room):
    """The next in the line reads the code over the shoulder; she has voted on her phone, and "changes" the other's."""
    r = room(members=5, noted=2, **YES_NO)
    tablet = r.tablet()
    code = r.fresh_in_room()
    r.cast_on(tablet, r.turn(tablet), "yes", code=code)
    r.cast(r.members[3], "no")
    with pytest.raises(NotCast):
        r.cast(r.members[3], "no", code=code)
    r.settle()
    r.close()
    assert queries.result(r.again()).tally.counts == {"yes": 1, "no": 1, "abstain": 0}


def test_a_code_of_a_phone_is_no_sheet_and_none_of_the_tablet(room):
    r = room(members=5, noted=2, **YES_NO)
    tablet, phone = r.tablet(), r.fresh()
    with pytest.raises(NotCast):
        r.cast_on(tablet, r.turn(tablet), "yes", code=phone)
    r.print()
    r.seat(r.moderator)
    with pytest.raises(NotInTheRoom) as told:
        r.enter(r.moderator, phone, "yes")
    assert told.value.fault is Fault.NO_CODE


# -- the clock and the room


def test_once_sheets_are_read_no_clock_lets_a_phone_vote_or_more_time_in(room):
    """The two who enter know what stands on paper; then somebody sets the clock of the machine back."""
    r = room(members=5, noted=2, **YES_NO)
    tablet, sheet, code = r.tablet(), r.print()[0], r.fresh()
    turn = r.turn(tablet)
    r.seat(r.moderator)
    r.enter(r.moderator, sheet, "yes")
    before = r.end - timedelta(minutes=5)
    acts = (
        lambda: r.cast(r.members[3], "no", code=code, now=before),
        lambda: r.cast_on(tablet, turn, "no", now=before),
        lambda: r.turn(tablet, now=before),
        lambda: r.tablet(now=before),
        lambda: r.print(now=before),
        lambda: r.move(r.members[3], now=before),
    )
    for act in acts:
        with pytest.raises(Refused) as told:
            act()
        assert told.value.reason is Reason.BALLOT_NOT_OPEN
    with pytest.raises(Refused), writing(r.session):
        extend_ballot(
            r.session, r.ballot.id, r.round, r.by, until=r.end + timedelta(days=1), reason="It was too short.",
            language="en", now=before,
        )  # fmt: skip
    assert r.again().deadline == r.end


def test_a_job_that_ran_before_more_time_was_given_runs_again_at_the_new_end(room):
    r = room(members=5, noted=2, **YES_NO)
    run = {closing.JOB: closing.close_due}
    schedule.run_due(r.session, run, r.now)
    later = r.end + timedelta(days=1)
    with writing(r.session):
        extend_ballot(
            r.session, r.ballot.id, r.round, r.by, until=later, reason="It was too short.", language="en",
            now=r.end - timedelta(microseconds=1),
        )  # fmt: skip
    old = r.end - timedelta(days=1)
    schedule.run_due(r.session, run, old)
    r.cast(r.members[3], "yes", now=later - timedelta(microseconds=1))
    with pytest.raises(Refused):
        r.cast(r.members[4], "yes", code=r.fresh(), now=later)
    schedule.run_due(r.session, run, later)
    assert r.again().state is State.OPEN  # the room is not in
    r.settle(later)
    schedule.run_due(r.session, run, later)
    found = queries.result(r.again())
    assert (found.tally.voters, list(found.closed.extended)) == (1, [later.isoformat()])
    with pytest.raises(Refused), writing(r.session):
        void_ballot(r.session, r.ballot.id, r.round, r.by, reason="I saw it.", language="en", now=later)


# -- who is nobody here


PATHS = (
    "/vote/{}/room", "/vote/{}/sheets", "/desk/votes/{}/room", "/desk/votes/{}/room/list", "/desk/votes/{}/room/sheets",
    "/vote/{}", "/vote/{}/done", "/vote/{}/how", "/vote/{}/key", "/vote/{}/check", "/vote/{}/result", "/vote/{}/list",
    "/vote/{}/outside", "/vote/{}/outside/archive", "/desk/votes/{}", "/desk/votes/{}/keys", "/desk/votes/{}/outside",
    "/desk/votes/{}/outside/voters.txt", "/desk/votes/{}/outside/questions.json",
)  # fmt: skip
POSTS = (
    "/vote/{}", "/vote/{}/room", "/vote/{}/sheets", "/vote/{}/sheets/begin", "/vote/{}/sheets/open",
    "/vote/{}/sheets/settle", "/vote/{}/key", "/vote/{}/key/make", "/vote/{}/check/right", "/vote/{}/check/not-yet",
    "/desk/votes/{}/room", "/desk/votes/{}/room/tablet", "/desk/votes/{}/room/tablets/1/stop",
    "/desk/votes/{}/room/again/1", "/desk/votes/{}/room/ready", "/desk/votes/{}/room/sheets", "/desk/votes/{}/open",
    "/desk/votes/{}/extend", "/desk/votes/{}/remind", "/desk/votes/{}/close", "/desk/votes/{}/void",
    "/desk/votes/{}/check", "/desk/votes/{}/ask", "/desk/votes/{}/not-yet", "/desk/votes/{}/keys",
    "/desk/votes/{}/outside",
)  # fmt: skip


def plain(reply, path):
    """An answer without the address that was asked for."""
    text = re.sub(r'name="csrf_token" value="[^"]*"', "", reply.get_data(as_text=True))
    return reply.status_code, text.replace(path, "?"), sorted(dict(reply.headers))


@pytest.mark.pages
@pytest.mark.parametrize("over", [False, True])
def test_whoever_is_not_of_the_panel_cannot_tell_a_ballot_from_none(room, house, session, sign_in, over, monkeypatch):
    r = room(members=4, noted=2, live=True, **YES_NO)
    with writing(session):
        elsewhere = build.make_panel(session)
        strangers = [
            build.make_member(session, elsewhere), build.make_member(session, elsewhere, Role.RESIDENT),
            build.make_member(session, elsewhere, Role.PROFESSIONAL), build.make_moderator(session, elsewhere),
            build.make_host(session),
        ]  # fmt: skip
    if over:
        for module in ("room.desk", "room.papers", "voting.views", "voting.key_pages", "voting.desk_life"):
            monkeypatch.setattr(f"codesign.{module}.now", lambda: r.end)
    for person in strangers:
        client = sign_in(house.panel.test_client(), person)
        client.get("/nowhere")  # the first answer sets the cookie of the language
        for method, paths in (("get", PATHS), ("post", POSTS)):
            for path in paths:
                found = [plain(getattr(client, method)(path.format(n)), path.format(n)) for n in (r.ballot.id, 99_999)]
                assert found[0] == found[1], (person.id, path)
                assert found[0][0] == 404, (person.id, path)


# -- what a moderator could read off before the end


@pytest.mark.pages
def test_no_page_of_the_desk_changes_by_a_byte_while_people_vote(room, house, sign_in):
    """Phones and the tablet; at the desk every page, its length and its headers stay what they were."""
    r = room(members=6, noted=3, live=True, **YES_NO)
    tablet = r.tablet()
    desk, member = (sign_in(house.panel.test_client(), p) for p in (r.second, r.members[5]))
    paths = [p.format(r.ballot.id) for p in PATHS]
    extra = ["/desk", "/", f"/desk/rounds/{r.round.id}", f"/desk/rounds/{r.round.id}/votes"]

    def pages():
        found = []
        for client, more in ((desk, extra), (member, ["/"])):
            for path in (*paths, *more):
                reply = client.get(path)
                text = re.sub(r'name="csrf_token" value="[^"]*"|name="order" value="[^"]*"', "", reply.text)
                rows = "".join(sorted(re.findall(r"\w+", text)))  # a form shuffles its options
                found.append((path, reply.status_code, len(reply.data), rows, reply.headers.get("ETag")))
        return found

    pages()
    before = pages()
    for person in r.members[3:5]:
        r.cast(person, "yes", now=clock())
    for _ in range(3):
        r.cast_on(tablet, r.turn(tablet, now=clock()), "no", now=clock())
    assert pages() == before


NUMBERS = ("٣", "-1", "0", "1e9", "99999999999999999999999999", "1.5", "", "\x00", "o1", "' OR 1=1 --", "x" * 5000)


@pytest.mark.pages
def test_no_number_breaks_a_form_of_the_room(room, house, sign_in, monkeypatch):
    r = room(members=5, noted=2, live=True, **YES_NO)
    desk = sign_in(house.panel.test_client(), r.moderator)
    base = f"/desk/votes/{r.ballot.id}/room"
    for text in NUMBERS:
        for path, data in (
            (f"{base}/sheets", {"count": text.replace("٣", "٣٣٣٣"), "language": "nl", "size": "a4"}),
            (f"{base}/sheets", {"count": "3", "language": text, "size": "a4"}),
            (f"{base}/sheets", {"count": "3", "language": "nl", "size": text}),
            (f"{base}/tablet", {"digits": text}),
            (base, {"people": [text]}),
        ):
            assert desk.post(path, data=data).status_code in {409, 422}, (path, data)
    for path in ("/vote/{}", "/vote/{}/sheets", "/desk/votes/{}/room", "/desk/votes/{}/keys", "/vote/{}/outside"):
        for number in ("99999999999999999999999999", "0", "-1", "9223372036854775808"):
            assert desk.get(path.format(number)).status_code == 404, (path, number)
    assert desk.post(f"{base}/tablets/99999999999999999999999/stop").status_code == 404
    for module in ("room.desk", "room.papers"):
        monkeypatch.setattr(f"codesign.{module}.now", lambda: r.end)
    sheet = r.print(now=clock())[0]
    papers = f"/vote/{r.ballot.id}/sheets"
    assert desk.post(f"{papers}/begin").status_code == 303
    for text in NUMBERS:
        for data in (
            {"code": text, "o": "yes"}, {"code": sheet, "o": text}, {"code": sheet, "o": ["yes", "no"]},
            {"code": sheet, "o": "yes", "spoiled": "y"}, {"code": sheet, "o": "yes", "reason": text[:50] * 20 + "\x00"},
        ):  # fmt: skip
            assert desk.post(papers, data=data).status_code == 422, data
        assert desk.post(f"{papers}/open", data={"code": text}).status_code == 303
        assert desk.post(f"{papers}/settle", data={"step": "other", "code": text}).status_code == 409
        assert desk.post(f"{papers}/settle", data={"step": text, "code": text}).status_code == 303


def test_whoever_entered_no_sheets_does_not_agree_with_all_of_the_other(room):
    """Two people enter each sheet for themselves; one who says "done" with nothing would only click."""
    r = room(members=5, noted=2, **YES_NO)
    first, second = r.print()[:2]
    r.seat(r.members[3])
    r.enter(r.members[3], first, "yes")
    r.enter(r.members[3], second, "yes")
    r.seat(r.members[4])
    r.done(r.members[3], r.members[4])
    with pytest.raises(NotInTheRoom) as told, writing(r.session):
        entering.take_other(
            r.session, r.ballot.id, r.round, r.member(r.members[4]), code=first, key_folder=r.key_folder, now=r.end
        )
    assert told.value.fault is Fault.NOT_DONE
