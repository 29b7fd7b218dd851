"""A place is taken over once, renewed by what is newer, and never by what is older."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from codesign.db import writing
from codesign.journal.models import RecordEntry
from codesign.places import queries
from codesign.places.actions import receive_place
from codesign.places.models import Place

NOW = datetime(2026, 9, 7, 10, 0, tzinfo=UTC)
EXAMPLE = json.loads((Path(__file__).parent.parent / "documents" / "example_place.json").read_text())


def send(session, **more):
    with writing(session):
        receive_place(session, EXAMPLE | more, NOW)


def lines(session):
    return session.scalar(sa.select(sa.func.count()).select_from(RecordEntry))


def test_a_place_arrives(session):
    send(session)
    place = queries.place(session, "veldhaven")
    assert (place.name, place.answer_weeks, place.languages) == ("Veldhaven", 8, ["nl", "en", "ar", "ti"])
    assert lines(session) == 1


def test_the_same_or_an_older_one_changes_nothing_and_a_newer_one_renews(session):
    send(session)
    send(session)
    send(session, name="Old", as_of="2026-03-31T09:00:00Z")
    assert (queries.place(session, "veldhaven").name, lines(session)) == ("Veldhaven", 1)
    send(session, name="Newhaven", answer_weeks=6, as_of="2026-04-02T09:00:00Z")
    session.expire_all()
    assert (queries.place(session, "veldhaven").name, queries.place(session, "veldhaven").answer_weeks) == (
        "Newhaven",
        6,
    )
    assert lines(session) == 2


def test_places_come_by_name_and_by_code(session):
    send(session, code="b", name="Aalst")
    send(session, code="a", name="Zeewijk")
    assert [p.code for p in queries.places(session)] == ["b", "a"]
    assert set(queries.places_of(session, ["a", "nothing"])) == {"a"}
    assert queries.places_of(session, []) == {}


@pytest.mark.parametrize("change", ["answer_weeks = 0", "answer_weeks = 53", "name = ''", "addressee = ''"])
def test_the_law_stands_in_the_database_too(session, change):
    send(session)
    with pytest.raises(IntegrityError), writing(session):
        session.execute(sa.text(f"UPDATE place SET {change}"), bind_arguments={"clause": Place.__table__})


def test_the_page_of_a_place_says_what_it_rests_on(session, record_client):
    send(session)
    assert "No rule forces it" in record_client.get("/places/veldhaven").text
    send(session, legal_basis="Ordinance on participation, article 4", as_of="2026-05-01T00:00:00Z")
    text = record_client.get("/places/veldhaven").text
    assert "article 4" in text
    assert "must say why" in text
    assert "8 weeks" in text


@pytest.mark.parametrize("count", [0, 1, 3])
def test_the_list_is_one_statement(session, record_client, queries, count):
    for n in range(count):
        send(session, code=f"p-{n}", name=f"Place {n}")
    with queries() as q:
        assert record_client.get("/places").text.count('href="/places/p-') == count
    assert q.count == 1
