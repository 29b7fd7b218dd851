"""What goes wrong around a ballot: clocks, full disks, old forms sent again; nothing half written, nothing twice."""

from __future__ import annotations

import re
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from codesign.db import db, writing
from codesign.jobs import schedule
from codesign.journal.models import VoicesEntry
from codesign.panel_app import create_panel_app
from codesign.rules.permissions import Reason, Refused
from codesign.voting import closing, keys, queries
from codesign.voting.domain import Method, State
from codesign.voting.models import Roll, Slip
from codesign.web.clock import now
from voting.ballots_of_methods import MAKE, VOTES


def stored(w):
    """How many slips there are, and how many on the roll have voted."""
    w.session.rollback()
    slips = w.session.scalar(select(func.count()).select_from(Slip).where(Slip.ballot_id == w.ballot.id))
    voted = w.session.scalar(select(func.count()).select_from(Roll).where(Roll.ballot_id == w.ballot.id, Roll.voted))
    return slips, voted


def refused(act):
    with pytest.raises(Refused) as told:
        act()
    return told.value.reason


# -- clocks


def test_a_clock_set_back_after_closing_opens_nothing_again(world):
    w = world(members=3)
    w.cast(w.members[0], "o1")
    code = w.fresh()
    closed = w.close().closed_digest
    for back in (w.end - timedelta(hours=1), w.now, w.now - timedelta(days=400)):
        assert refused(lambda at=back: w.cast(w.members[1], "o2", code=code, now=at)) is Reason.BALLOT_NOT_OPEN
        schedule.run_due(w.session, {closing.JOB: closing.close_due}, back)
    assert (w.again().closed_digest, stored(w)) == (closed, (1, 1))


def test_a_clock_that_jumps_ahead_closes_once_and_stays_closed_when_it_is_put_right(world):
    """The state closes, not the clock: what was closed too early is closed for everybody, and can be made void."""
    w = world(members=3)
    w.cast(w.members[0], "o1")
    code = w.fresh()
    schedule.run_due(w.session, {closing.JOB: closing.close_due}, w.end + timedelta(days=365))
    assert w.again().state is State.SWEPT
    assert refused(lambda: w.cast(w.members[1], "o1", code=code)) is Reason.BALLOT_NOT_OPEN
    assert queries.result(w.again()).tally.voters == 1


def test_a_clock_that_runs_ahead_on_one_machine_alone_takes_no_vote_late_and_loses_none(world):
    """One worker's clock is past the end, the other's is not: each vote is refused or counted, none is lost."""
    w = world(members=4)
    for n, person in enumerate(w.members):
        at = w.end + timedelta(seconds=1) if n % 2 else w.end - timedelta(seconds=1)
        if n % 2:
            assert refused(lambda p=person, t=at: w.cast(p, "o1", now=t)) is Reason.BALLOT_NOT_OPEN
        else:
            w.cast(person, "o1", now=at)
    assert queries.result(w.close()).tally.voters == 2


def test_the_end_holds_to_the_moment_while_the_schedule_is_dead(world, client, sign_in, monkeypatch):
    w = world(now=now(), members=3)
    w.cast(w.members[0], "o1", now=w.end - timedelta(microseconds=1))
    assert refused(lambda: w.cast(w.members[1], "o1", now=w.end)) is Reason.BALLOT_NOT_OPEN
    sign_in(client, w.members[1])
    monkeypatch.setattr("codesign.voting.views.now", lambda: w.end)
    form = {"step": "cast", "o": ["o1"], "code": w.fresh()}
    reply = client.post(f"/vote/{w.ballot.id}", data=form)
    # Whoever comes too late is told the result: the late try itself had the vote counted.
    assert (reply.status_code, reply.location) == (303, f"/vote/{w.ballot.id}/result")
    assert stored(w) == (1, 1)
    assert queries.result(w.again()).tally.voters == 1


# -- the same form again


def form(w, person, *chosen):
    return {"step": "cast", "o": list(chosen), "code": w.code(person)}


def test_a_form_sent_again_after_a_restart_changes_nothing(world, client, sign_in, house):
    w = world(now=now(), members=3)
    sign_in(client, w.members[0])
    data = form(w, w.members[0], "o1")
    assert client.post(f"/vote/{w.ballot.id}", data=data).status_code == 303
    restarted = create_panel_app(house.settings)
    restarted.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    try:
        again = restarted.test_client()
        with client.session_transaction() as cookie, again.session_transaction() as other:
            other.update(cookie)
        reply = again.post(f"/vote/{w.ballot.id}", data=data)
        assert (reply.status_code, reply.location.endswith("/done")) == (303, True)
        fresh = again.post(f"/vote/{w.ballot.id}", data=data | {"code": w.fresh(), "o": ["o2"]})
        assert fresh.status_code == 422
    finally:
        with restarted.app_context():
            for engine in db.engines.values():
                engine.dispose()
    assert stored(w) == (1, 1)


def test_a_form_sent_again_after_sign_out_is_no_vote(world, client, sign_in):
    w = world(now=now(), members=3)
    sign_in(client, w.members[0])
    data = form(w, w.members[0], "o1")
    page = client.get(f"/vote/{w.ballot.id}")
    assert page.status_code == 200
    with client.session_transaction() as cookie:
        old = dict(cookie)
    client.post("/sign-out")
    assert client.post(f"/vote/{w.ballot.id}", data=data).status_code == 303
    # The cookie of before, copied, opens nothing either: the sign-in is a row, and it has ended.
    with client.session_transaction() as cookie:
        cookie.update(old)
    reply = client.post(f"/vote/{w.ballot.id}", data=data)
    assert (reply.status_code, "/sign-in" in reply.location) == (303, True)
    assert stored(w) == (0, 0)


def test_a_form_sent_again_after_closing_is_refused_and_the_page_says_so(world, client, sign_in):
    w = world(now=now(), members=3)
    sign_in(client, w.members[0])
    data = form(w, w.members[0], "o1")
    assert client.post(f"/vote/{w.ballot.id}", data=data).status_code == 303
    digest = w.close().closed_digest
    for sent in (data, data | {"o": ["o2"]}, data | {"step": "look"}):
        assert client.post(f"/vote/{w.ballot.id}", data=sent).status_code in {303, 409}
    assert (w.again().closed_digest, stored(w)) == (digest, (1, 1))
    assert [dict(line.marks) for line in queries.result(w.again()).closed.lines] == [{"o1": 1}]


@pytest.mark.parametrize("method", [Method.YES_NO, Method.SCORE, Method.BUDGET])
def test_two_tabs_are_one_vote(world, client, sign_in, method):
    """Both tabs show a code. The first to send counts; the other must name that code, and then it is a change."""
    w = world(now=now(), members=3, method=method, **MAKE[method])
    sign_in(client, w.members[0])
    first, second = list(VOTES[method][0]), list(VOTES[method][2])
    codes = [w.fresh(), w.fresh()]
    assert client.post(f"/vote/{w.ballot.id}", data={"step": "cast", "o": first, "code": codes[0]}).status_code == 303
    other = client.post(f"/vote/{w.ballot.id}", data={"step": "cast", "o": second, "code": codes[1]})
    assert other.status_code == 422
    assert stored(w) == (1, 1)
    assert client.post(f"/vote/{w.ballot.id}", data={"step": "cast", "o": second, "code": codes[0]}).status_code == 303
    assert stored(w) == (1, 1)
    [line] = queries.result(w.close()).closed.lines
    assert line.code == codes[0]


# -- a full disk (SQLite says so by itself when a store may have no more pages)


@contextmanager
def full(engine):
    """The disk is full for this engine: no page more than there is; afterwards there is room again."""

    def limit(connection, most):
        pages = connection.execute("PRAGMA page_count").fetchone()[0] if most is None else most
        connection.execute(f"PRAGMA max_page_count={pages}")

    def on_checkout(connection, _record, _proxy):
        limit(connection, None)

    def off(connection, _record, _proxy):
        limit(connection, 1 << 30)

    sa.event.listen(engine, "checkout", on_checkout)
    try:
        yield
    finally:
        sa.event.remove(engine, "checkout", on_checkout)
        sa.event.listen(engine, "checkout", off)
        with engine.connect():
            pass
        sa.event.remove(engine, "checkout", off)
        engine.dispose()


def fill(session):
    """Use up the free room inside the pages there are, so that the next rows need a new one."""
    with writing(session):
        at = now()
        session.add_all(VoicesEntry(at=at, by=None, verb="x" * 40, what="filling", what_id="y" * 40) for _ in range(20))


@pytest.mark.sqlite_only
def test_a_full_disk_while_voting_is_a_plain_page_and_mends_without_a_restart(world, client, sign_in, house):
    w = world(now=now(), members=60)
    voters = [sign_in(house.panel.test_client(), person) for person in w.members]
    forms = [form(w, person, "o1") for person in w.members]
    w.session.rollback()
    with house.panel.app_context():
        engine = db.engines["voices"]
    said = Counter()
    with full(engine):
        for browser, data in zip(voters, forms, strict=True):
            reply = browser.post(f"/vote/{w.ballot.id}", data=data)
            said[reply.status_code] += 1
            if reply.status_code == 503:
                assert reply.headers["Retry-After"]
                assert "Traceback" not in reply.text
                assert not re.search(r"\d{8}", re.sub(r"<[^>]*>", "", reply.text))
    assert said[503] >= 1, said
    assert set(said) == {303, 503}
    assert stored(w) == (said[303], said[303])
    for browser, data in zip(voters, forms, strict=True):
        assert browser.post(f"/vote/{w.ballot.id}", data=data).status_code == 303
    assert stored(w) == (60, 60)
    assert queries.result(w.close()).tally.voters == 60


@pytest.mark.sqlite_only
def test_a_full_disk_while_closing_leaves_the_vote_open_and_whole(world):
    w = world(members=40)
    for person in w.members:
        w.cast(person, "o1", "o2")
    w.session.rollback()
    engine = w.session.get_bind(mapper=sa.inspect(Slip))
    w.session.close()
    with full(engine):
        with pytest.raises(OperationalError, match="full"):
            closing.close_due(w.session, w.ballot.id, w.end)
        w.session.rollback()
        assert schedule.run_due(w.session, {closing.JOB: closing.close_due}, w.end) == 0
        w.session.rollback()
        w.session.close()
    assert w.again().state is State.OPEN
    assert w.again().closed is None
    assert keys.present(w.key_folder, w.ballot.key_name)
    assert stored(w) == (40, 40)
    assert schedule.run_due(w.session, {closing.JOB: closing.close_due}, w.end) == 1
    found = queries.result(w.again())
    assert (w.again().state, found.tally.voters) == (State.SWEPT, 40)
