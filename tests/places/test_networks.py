"""Networks and moments of a place as the record keeps them: received once, newest wins, ended ones gone; and the pages."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from codesign.db import writing
from codesign.documents.domain import DocumentError, freeze
from codesign.documents.receiving import receive_moment, receive_network, receive_place
from codesign.journal.models import RecordEntry
from codesign.places.models import PlaceMoment, PlaceNetwork

NOW = datetime(2026, 9, 7, 10, 0, tzinfo=UTC)
FOLDER = Path(__file__).parent.parent / "documents"
PLACE, NETWORK, MOMENT = (
    json.loads((FOLDER / f"example_{kind}.json").read_text()) for kind in ("place", "network", "moment")
)
GONE = {"name": "", "does": "", "could": "", "reach": "", "languages": [], "domains": [], "ended": True}


def send(session, kind, document, **more):
    receive = {"place": receive_place, "network": receive_network, "moment": receive_moment}[kind]
    with writing(session):
        receive(session, freeze(kind, document | more), NOW)
    session.expire_all()


def lines(session):
    return session.scalar(sa.select(sa.func.count()).select_from(RecordEntry))


def test_R39_an_informal_group_is_in_the_public_directory_and_no_number_is_asked_anywhere(
    session, record_client, queries
):
    send(session, "place", PLACE)
    send(session, "network", NETWORK)
    text = record_client.get("/places/veldhaven/networks").text
    assert "Sew together" in text
    assert "Informal group" in text
    assert "/places/veldhaven/networks" in record_client.get("/places/veldhaven").text
    fields = {c.name for c in PlaceNetwork.__table__.columns} | set(NETWORK)
    assert not [f for f in fields if "number" in f or "regist" in f or "kvk" in f]
    # The same bytes again, and an older document after a newer one, change nothing.
    before = lines(session)
    send(session, "network", NETWORK)
    send(session, "network", NETWORK, name="Old name", as_of="2026-05-03T09:00:00Z")
    assert lines(session) == before
    send(session, "network", NETWORK, name="<b>Sew</b> & co", as_of="2026-05-05T09:00:00Z")
    text = record_client.get("/places/veldhaven/networks").text
    assert "&lt;b&gt;Sew&lt;/b&gt; &amp; co" in text
    assert "Sew together" not in text
    # Found by theme and language; by name, whatever the letters; and each page is two statements.
    for code, name, languages, domains in (("a", "älpha", ["ar"], ["HSG"]), ("b", "Zeta", ["nl"], ["BRI"])):
        send(session, "network", NETWORK, code=code, name=name, languages=languages, domains=domains)
    with queries() as q:
        text = record_client.get("/places/veldhaven/networks").text
    assert q.count == 2
    assert text.index("älpha") < text.index("Sew") < text.index("Zeta")
    text = record_client.get("/places/veldhaven/networks?theme=BRI&language=nl").text
    assert ("älpha" in text, "Zeta" in text) == (False, True)
    assert "Nothing found" in record_client.get("/places/veldhaven/networks?theme=SAF").text
    assert record_client.get("/places/veldhaven/networks?theme=%00&language=%F0&page=99999").status_code == 200
    assert record_client.get("/places/nowhere/networks").status_code == 404
    # Ended: no public row, nothing of its words, and an older document does not bring it back.
    send(session, "network", NETWORK, **GONE, as_of="2026-06-01T09:00:00Z")
    send(session, "network", NETWORK, as_of="2026-05-30T09:00:00Z")
    assert "Sew" not in record_client.get("/places/veldhaven/networks").text
    assert session.get(PlaceNetwork, ("veldhaven", "sew-together")).does == ""


def test_R24_the_public_calendar_says_by_when_advice_counts_and_where_that_stands(session, record_client, queries):
    send(session, "place", PLACE)
    with queries() as q:
        assert "Nothing is planned" in record_client.get("/places/veldhaven/calendar").text
    assert q.count == 2
    send(session, "moment", MOMENT, decided_on="2099-11-10")
    for n in (1, 2):
        send(session, "moment", MOMENT, code=f"m-{n}", title=f"Later {n}", advice_before="2026-05-05")
    with queries() as q:
        text = record_client.get("/places/veldhaven/calendar").text
    assert q.count == 2
    assert "The council decides on the budget of 2027" in text
    assert 'datetime="2099-09-15"' in text  # eight weeks before
    assert 'datetime="2026-05-05"' in text
    assert "https://veldhaven.example/council/2026" in text
    reply = record_client.get("/places/veldhaven/calendar.ics")
    assert reply.content_type == "text/calendar; charset=utf-8"
    assert reply.data.count(b"BEGIN:VEVENT\r\n") == 6
    assert b"DTSTART;VALUE=DATE:20990915\r\n" in reply.data
    assert b"DTSTAMP:20260504T090000Z\r\n" in reply.data
    assert reply.data == record_client.get("/places/veldhaven/calendar.ics").data
    # Twice, older after newer, and ended.
    send(session, "moment", MOMENT, title="Moved", decided_on="2099-12-01", as_of="2026-05-05T09:00:00Z")
    before = lines(session)
    send(session, "moment", MOMENT)
    assert lines(session) == before
    assert session.scalars(sa.select(PlaceMoment.decided_on).where(PlaceMoment.title == "Moved")).one() == date(
        2099, 12, 1
    )
    send(session, "moment", MOMENT, title="", source="", url="", ended=True, as_of="2026-05-06T09:00:00Z")
    assert "Moved" not in record_client.get("/places/veldhaven/calendar").text
    assert record_client.get("/places/nowhere/calendar.ics").status_code == 404


def test_what_cannot_be_right_is_refused_at_the_wall(session):
    send(session, "place", PLACE)
    for kind, document, more in (
        ("network", NETWORK, {"place": "nowhere"}),
        ("network", NETWORK, {"domains": ["XXX"]}),
        ("network", NETWORK, {"name": ""}),
        ("network", NETWORK, {"ended": True}),
        ("network", NETWORK, {"name": "a\u202eb"}),
        ("network", NETWORK, {"does": "x" * 301}),
        ("network", NETWORK, {"registration_number": "12345678"}),
        ("moment", MOMENT, {"place": "nowhere"}),
        ("moment", MOMENT, {"decided_on": "2026-02-30"}),
        ("moment", MOMENT, {"advice_before": "2026-11-11"}),
        ("moment", MOMENT, {"source": ""}),
        ("moment", MOMENT, {"url": "javascript:alert(1)"}),
    ):
        with pytest.raises(DocumentError):
            send(session, kind, document, **more)
