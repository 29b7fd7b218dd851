"""The library's pages: what is found, that origin is shown, that nothing elsewhere looks like ours, and what it costs."""

from __future__ import annotations

import json
import re

import pytest
import sqlalchemy as sa
from responses_desk import AT, SENT, Desk, example

from codesign.db import writing
from codesign.documents.domain import digest, freeze
from codesign.documents.receiving import receive_advice, receive_place
from library.conftest import LATER, live

pytestmark = pytest.mark.pages

THEIRS = "/library/1/veldhaven/2026-3"
MARKUP = "<b>two</b>"


def text(reply):
    assert reply.status_code == 200, reply.status_code
    return " ".join(reply.get_data(as_text=True).split())


def titles(page):
    return re.findall(r'<article class="hit">.*?<h2 [^>]*><a href="([^"]+)"', page)


def another(installation, number, place="veldhaven", edit=None):
    """One more advice."""
    advice = {**example("advice"), "number": number}
    if edit:
        edit(advice)
    with writing(installation.session):
        receive_advice(installation.session, freeze("advice", advice), SENT)


@pytest.fixture
def both(here, lived):
    """Our own advice, answered, and the same of Lindermeer."""
    here.take(lived.export())
    live(here.session)
    here.catch_up()
    return here


@pytest.mark.parametrize("path", ["/library", "/library/share", "/library/reading", "/library.json"])
def test_each_page_opens_empty(record_client, path):
    assert record_client.get(path).status_code == 200


def test_R25_measures_of_all_places_stand_in_one_list(both, record_client):
    page = text(record_client.get("/library"))
    found = titles(page)
    assert sorted(found) == sorted(
        [f"/advice/veldhaven/2026-3#recommendation-{n}" for n in (1, 2, 3)]
        + [f"{THEIRS}#recommendation-{n}" for n in (1, 2, 3)]
    )
    assert page.count("shared by <bdi>Lindermeer and friends</bdi>") == 3


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", [1, 2, 3]), ("theme=BRI", [2]), ("theme=BRI&theme=BON", [1, 2]), ("indicator=LNG-05", [3]),
        ("indicator=LNG-02", [3]), ("cost=2", [1]), ("cost=1", [2, 3]), ("who=residents", [2]), ("who=small_group", [1, 2]),
        ("state=adopted", [2]), ("state=not_ours&state=partly", [1, 3]), ("state=waiting", []), ("card=1", [1, 2]),
        ("q=street+contacts", [2]), ("q=six+people+came", [1]), ("q=binds+rest", [1, 2, 3]), ("q=nowhere", []), ("q=memurlarla", [1, 2, 3]),
        ("q=الجيران", [1, 2, 3]), ("theme=BRI&cost=2", []), ("theme=<script>&cost=9&who=x&state=x&indicator=x", [1, 2, 3]),
    ],
)  # fmt: skip
@pytest.mark.sqlite_only
def test_R25_measures_are_found_by_theme_indicator_kind_state_and_words(here, lived, record_client, query, numbers):
    here.take(lived.export())
    page = text(record_client.get(f"/library?{query}"))
    assert titles(page) == [f"{THEIRS}#recommendation-{n}" for n in numbers]


def test_R25_imported_advice_shows_its_origin_and_has_no_clock(here, lived, record_client):
    here.take(lived.export())
    page = text(record_client.get(THEIRS))
    for words in (
        "This advice is from elsewhere.", "Lindermeer and friends", "https://record.lindermeer.example/advice/veldhaven/2026-3",
        "CC-BY-4.0", "Meet before you need help", "Contract 1 binds", "What changed", "Six people came, and &lt;b&gt;two&lt;/b&gt; stayed.",
        "The form is there.", "Adviser on living together", "Newcomers say: it works for us.", "useful in part",
        "Members of the panel say: it fits", "Between half and three quarters of those who voted",
    ):  # fmt: skip
        assert words in page, words
    assert MARKUP not in page
    for never in ('class="clock', "weeks used", "No answer yet", "/desk", 'method="post" action="/desk', "Week "):
        assert never not in page, never
    assert record_client.get("/advice/veldhaven/2026-3").status_code == 404
    for path in ("/", "/promises", "/data", "/places"):
        assert "Meet before" not in text(record_client.get(path))


@pytest.mark.parametrize(
    "path", ["/library/2/veldhaven/2026-3", "/library/1/elsewhere/2026-3", "/library/1/veldhaven/2026-4",
             "/library/99999999999999999999/veldhaven/2026-3", "/library/1/<x>/2026-3", "/library/documents/xyz.json",
             "/library/documents/" + "0" * 64 + ".json"],
)  # fmt: skip
@pytest.mark.sqlite_only
def test_what_is_not_here_is_not_found(here, lived, record_client, path):
    here.take(lived.export())
    assert record_client.get(path).status_code == 404


def test_an_imported_document_is_served_as_it_came(here, lived, record_client):
    payload = lived.export()
    here.take(payload)
    for d in json.loads(payload)["documents"]:
        reply = record_client.get(f"/library/documents/{d['digest']}.json")
        assert digest(reply.data) == d["digest"]


@pytest.mark.sqlite_only
def test_R25_an_advice_that_was_taken_back_says_so_and_no_more(here, elsewhere, record_client):
    from codesign.documents.withdrawing import receive_withdrawal

    desk = Desk(elsewhere.session)
    with writing(elsewhere.session):
        back = {**example("withdrawal"), "advice": desk.advice_digest}
        receive_withdrawal(elsewhere.session, freeze("withdrawal", back), AT)
    here.take(elsewhere.export())
    page = text(record_client.get(THEIRS))
    assert "Taken back by the panel" in page
    assert example("advice")["why_now"][:20] not in page
    assert titles(text(record_client.get("/library?state=withdrawn"))) != []


def test_R25_others_who_tried_this_stand_beside_a_recommendation(both, record_client):
    page = text(record_client.get("/advice/veldhaven/2026-3"))
    assert page.count("Others who tried this") == 3
    assert f'href="{THEIRS}#recommendation-1"' in page
    assert "Six people came" in page


@pytest.mark.sqlite_only
def test_a_place_is_no_other_of_itself(here, record_client):
    live(here.session)
    another(here, "2026-4")
    here.catch_up()
    assert "Others who tried this" not in text(record_client.get("/advice/veldhaven/2026-4"))

    def move(advice):
        advice["place"] = {**advice["place"], "code": "lindermeer", "name": "Lindermeer"}

    with writing(here.session):
        place = {**example("place"), "code": "lindermeer", "name": "Lindermeer"}
        receive_place(here.session, freeze("place", place), SENT)
    another(here, "2026-1", edit=move)
    here.catch_up()
    assert text(record_client.get("/advice/veldhaven/2026-4")).count("Others who tried this") == 3


@pytest.mark.sqlite_only
def test_the_library_sees_what_changed_and_then_rests(here, record_client):
    from library.conftest import write_card

    desk = live(here.session)
    assert here.catch_up() == 1
    assert here.catch_up() == 0
    write_card(desk, "It grew like cress.", LATER, seen=1)
    assert here.catch_up() == 1
    assert len(titles(text(record_client.get("/library?q=cress")))) == 1


def test_the_library_counts_its_statements_whatever_the_number_of_rows(here, lived, record_client, queries):
    here.take(lived.export())
    with queries() as one:
        assert len(titles(text(record_client.get("/library?theme=BRI")))) == 1
    live(here.session)
    another(here, "2026-4")
    here.catch_up()
    with queries() as three:
        assert len(titles(text(record_client.get("/library?theme=BRI")))) == 3
    # The third asks who co-signed what was advised here.
    assert (one.count, three.count) == (2, 3)
    with queries() as q:
        record_client.get(THEIRS)
    assert q.count == 3


def test_the_download_is_the_export(both, house, record_client):
    first = record_client.get("/library.json")
    assert first.data == both.export() == record_client.get("/library.json").data
    assert "Lindermeer and friends" not in first.text
    assert first.headers["Content-Type"] == "application/json"
    assert record_client.get("/library.json", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_an_export_sends_as_many_statements_for_three_advice_as_for_one(lived):
    sent = []
    for engine in lived.session.info["engines"].values():
        sa.event.listen(engine, "before_cursor_execute", lambda c, cur, statement, *rest: sent.append(statement))
    counted = []
    for number in (None, "2026-4", "2026-5"):
        if number:
            another(lived, number)
        sent.clear()
        lived.export()
        counted.append(len([s for s in sent if s.startswith("SELECT") and "pg_catalog" not in s]))
    assert counted == [7, 7, 7]


def test_officials_find_something_to_read_beside_the_answer(here, record_client, sign_in):
    desk = Desk(here.session)
    desk.complete()
    page = text(sign_in(record_client, desk.official).get("/desk/2026-3/recommendation/3"))
    assert "What to read about this theme" in page


@pytest.mark.sqlite_only
def test_what_another_installation_writes_is_text_and_nothing_else(here, lived, record_client):
    whole = json.loads(lived.export())
    whole["origin"] = {"address": "https://x.example/a", "name": "<script>alert(1)</script>{{ 7*7 }}"}
    here.take(json.dumps(whole).encode())
    for path in ("/library", "/library/share", THEIRS):
        page = text(record_client.get(path))
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}" in page


def test_the_worker_reads_off_what_is_new(here, record_client):
    from codesign.serving import worker_tasks

    live(here.session)
    here.session.rollback()
    for task in worker_tasks(here.settings):
        task(LATER)
    assert len(titles(text(record_client.get("/library")))) == 3


@pytest.mark.sqlite_only
def test_what_is_dated_shows_its_year(here, lived, record_client):
    here.take(lived.export())
    assert "Taken over on 2 August 2027" in text(record_client.get(THEIRS))
    assert "Checked on 23 November 2026" in text(record_client.get("/library/reading"))
