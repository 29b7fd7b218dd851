"""The host sees what is on its way to the record, and that it waits when the record is down."""

from __future__ import annotations

from datetime import timedelta

import build
import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from codesign.crossing import RECEIVERS
from codesign.db import writing
from codesign.jobs import outbox
from codesign.web.clock import now
from codesign.web.sessions import open_session


def put(session, count, start=0):
    with writing(session):
        for i in range(start, start + count):
            outbox.put(session, kind="place", payload=b"{%d}" % i, now=now())


@pytest.fixture
def host(session, client, sign_in):
    with writing(session):
        person = build.make_host(session)
    return sign_in(client, person)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_three_statements_whatever_the_rows(host, session, queries, rows):
    put(session, rows)
    with queries() as q:
        reply = host.get("/host/outbox")
    assert reply.status_code == 200
    assert reply.text.count("place ") == rows
    assert q.count == 3


def test_when_the_record_is_down_everything_waits_and_a_page_says_so(host, session, house, monkeypatch):
    put(session, 2)
    assert "cannot be reached" not in host.get("/host/outbox").text

    def down(*_a):
        raise OperationalError("SELECT 1", {}, Exception("connection refused"))

    record = open_session(house.settings)
    found = outbox.deliver(session, record, dict.fromkeys(RECEIVERS, down), now())
    record.close()
    assert (found.delivered, found.refused, found.reachable) == (0, 0, False)
    page = host.get("/host/outbox").text
    assert "The record cannot be reached now." in page
    assert page.count("Waits") == 2


def test_nothing_overtakes_a_document_that_is_tried_again_later(session, house):
    put(session, 2)
    came, moment, record = [], now(), open_session(house.settings)

    def down(*_a):
        raise OperationalError("SELECT 1", {}, Exception("connection refused"))

    def take(_session, payload, _now):
        came.append(payload)

    assert not outbox.deliver(session, record, {"place": down}, moment).reachable
    # The first is tried again in two seconds; the second, put just after, may name what the first brings.
    assert outbox.deliver(session, record, {"place": take}, moment).delivered == 0
    assert outbox.deliver(session, record, {"place": take}, moment + timedelta(seconds=3)).delivered == 2
    assert came == [b"{0}", b"{1}"]
    record.close()


def test_one_document_that_no_table_takes_does_not_keep_the_others_back(session, house):
    put(session, 2)
    moment, record = now(), open_session(house.settings)

    def take(_session, payload, _now):
        if payload == b"{0}":
            raise IntegrityError("INSERT", {}, Exception("a value nobody expected"))

    for _ in range(outbox.MOST_TRIES):
        assert not outbox.deliver(session, record, {"place": take}, moment).reachable
        moment += timedelta(minutes=6)
    found = outbox.deliver(session, record, {"place": take}, moment)
    assert (found.delivered, found.refused, found.reachable) == (1, 1, True)
    record.close()


def test_what_the_record_refuses_is_kept_and_shown(host, session, house):
    put(session, 1)
    record = open_session(house.settings)
    assert outbox.deliver(session, record, RECEIVERS, now()).refused == 1
    record.close()
    assert "The record refused something." in host.get("/host/outbox").text


def test_nobody_but_the_host_finds_it(client, session, sign_in):
    with writing(session):
        panel = build.make_panel(session)
        moderator = build.make_moderator(session, panel)
    assert sign_in(client, moderator).get("/host/outbox").status_code == 404
