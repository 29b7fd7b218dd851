"""The record's public pages: what everybody can read, find and take along, and that nobody can write there."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import build
import pytest
import time_machine
from sqlalchemy import select

from codesign.db import writing
from codesign.documents.domain import digest, freeze
from codesign.documents.models import Kind
from codesign.documents.receiving import keep, receive_advice, receive_place, receive_release, receive_summary
from codesign.documents.standing import answered
from codesign.documents.verify import verify_file
from codesign.mail.models import Mail
from codesign.places.models import Place
from codesign.responses.actions import receive_rating
from tests.documents.hostile import hostile_advice

pytestmark = pytest.mark.pages

SENT = datetime(2026, 9, 7, 10, 0, tzinfo=UTC)
ADVICE = "/advice/veldhaven/2026-3"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HOSTILE = "=cmd|'/C calc'!A0 <script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}{% raw %}' \"&lt;"
PAGES = ["/", "/promises", "/how-it-works", "/help", "/accessibility", "/privacy", "/data", "/places", "/schemas"]


@pytest.fixture(autouse=True)
def _on_a_day():
    with time_machine.travel(datetime(2026, 9, 30, 9, 0, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def published(session, example):
    """Put the worked example in the record; `more` edits the advice, `number` makes further ones."""

    def go(number="2026-3", answer=False, edit=None):
        advice = {**example("advice"), "number": number}
        if edit:
            edit(advice)
        with writing(session):
            receive_place(session, freeze("place", example("place")), SENT)
            for name in ("release", "release_adoption", "release_rating"):
                receive_release(session, freeze("release", example(name)), SENT)
            receive_advice(session, freeze("advice", advice), SENT)
        if answer:
            found = {**example("answer"), "number": number, "advice": digest(freeze("advice", advice))}
            payload = freeze("answer", found)
            rating = {**example("rating"), "number": number, "advice": found["advice"], "answer": digest(payload)}
            with writing(session):
                keep(session, Kind.ANSWER, payload, title="Answer", document=found, now=SENT)
                answered(session, found["advice"], "tea", datetime(2026, 10, 26, 10, 0, tzinfo=UTC))
                receive_rating(session, freeze("rating", rating), SENT)
        return advice

    return go


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["nl", "en", "ar"])
def test_each_page_opens_empty_and_in_every_language(record_client, path, language):
    record_client.set_cookie("language", language)
    reply = record_client.get(path)
    assert reply.status_code == 200
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in reply.text


def test_the_advice_page_shows_every_part_in_its_own_language(record_client, published):
    advice = published()
    text = record_client.get(ADVICE).text
    for words in ("Advice 2026-3", "Meet before you need help", "Week", "weeks used", "No answer yet", "4 of 8"):
        assert words in text or words == "Week"
    for words in (
        advice["why_now"], advice["goes_well"], advice["ourselves"], advice["asks"], advice["other_views"]["text"],
        advice["how_we_worked"]["payment"], advice["recommendations"][2]["notice"],
        advice["elsewhere"]["cited"][0]["definition"],
    ):  # fmt: skip
        assert words.split(".")[0] in text
    assert '<p lang="ar" dir="auto">نتكلم' in text
    assert '<p lang="ti" dir="auto">ምስ' in text
    assert "Between half and three quarters of those who voted" in text
    assert "BRI-05" in text


def test_the_reader_gets_the_short_version_in_her_language_first(record_client, published):
    published()
    record_client.set_cookie("language", "ar")
    text = record_client.get(ADVICE).text
    assert text.index("نتكلم مع الموظفين") < text.index("We speak with officials")
    assert "نتكلم" in record_client.get("/").text


def test_a_summary_that_came_later_stands_on_the_page(record_client, session, published, example):
    published()
    with writing(session):
        receive_summary(session, freeze("summary", example("summary")), SENT)
    assert "Memurlarla" in record_client.get(ADVICE).text


def test_the_answer_stands_beside_each_recommendation_with_promises_and_rating(record_client, published):
    published(answer=True)
    text = record_client.get(ADVICE).text
    assert text.count("Answer of the municipality") == 3
    for words in ("Partly", "Adopted", "Later", "Visits in the first 12 streets", "1 November 2026", "useful in part"):
        assert words in text
    assert "Answered on" in text
    assert "26 October 2026" in text
    assert "7 of 8" in text


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (datetime(2026, 9, 30, tzinfo=UTC), "Week 4 of 8"),
        (datetime(2026, 11, 2, 12, tzinfo=UTC), "Week 8 of 8"),
        (datetime(2026, 11, 2, 23, 30, tzinfo=UTC), "No answer. 1 day late."),
        (datetime(2026, 11, 14, 12, tzinfo=UTC), "No answer. 12 days late."),
    ],
)
def test_the_clock_runs_by_the_days_of_the_place(record_client, published, day, words):
    published()
    with time_machine.travel(day, tick=False):
        assert words in record_client.get("/").text


def test_the_library_counts_its_statements_whatever_the_number_of_rows(record_client, published, queries):
    published("2026-1")
    with queries() as one:
        record_client.get("/?q=neighbours&theme=BRI&state=waiting")
    published("2026-2")
    published("2026-3", answer=True)
    with queries() as three:
        text = record_client.get("/?q=neighbours&theme=BRI").text
    assert (one.count, three.count) == (5, 5)
    assert text.count('class="hit"') == 3
    assert text.index("2026-3") < text.index("2026-2") < text.index("2026-1")
    for path, most in ((ADVICE, 10), ("/promises", 1), ("/data", 2), ("/places", 1), ("/places/veldhaven", 1)):
        with queries() as q:
            assert record_client.get(path).status_code == 200
        assert q.count <= most, (path, q.statements)


def test_the_library_is_found_by_words_place_theme_year_and_state(record_client, published):
    published("2026-1")
    published("2026-3", answer=True)
    hits = lambda query: re.findall(r'<p class="no"><bdi>([0-9-]+)', record_client.get("/?" + query).text)  # noqa: E731
    assert hits("") == ["2026-3", "2026-1"]
    assert hits("q=الجيران") == ["2026-3", "2026-1"]
    assert hits("state=answered") == ["2026-3"]
    assert hits("state=waiting") == ["2026-1"]
    assert hits("state=late") == []
    assert hits("year=2026&place=veldhaven&theme=LNG") == ["2026-3", "2026-1"]
    assert hits("year=2025") == []
    assert hits("theme=WRK") == []


@pytest.mark.parametrize(
    "query", ["q=%00", "q=" + "a" * 5000, "page=-1", "page=zz", "page=99999", "year=20x6", "year=9999999", "theme=ZZZ",
              "theme=%00", "place=../x", "place=%00", "state=none", "q=%25%25_", "q=%F0%9F%8D%B5", "q=%ff"],
)  # fmt: skip
def test_any_question_to_the_library_gets_a_page(record_client, published, query):
    published()
    assert record_client.get("/?" + query).status_code == 200


def test_what_was_searched_for_stays_and_is_shown_as_it_is(record_client, published):
    published()
    text = record_client.get("/", query_string={"q": HOSTILE, "theme": "BRI"}).text
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in text
    assert 'value="BRI" checked' in text
    assert "Nothing found" in text


def test_files_are_the_stored_bytes_and_are_kept_by_their_digest(record_client, published):
    stored = freeze("advice", published())
    for path, kind in (("", "application/json"), ("pdf", "application/pdf"), ("zip", "application/zip")):
        address = {"": f"{ADVICE}.json", "pdf": f"{ADVICE}.pdf", "zip": f"{ADVICE}/bundle.zip"}[path]
        reply = record_client.get(address)
        assert (reply.status_code, reply.mimetype) == (200, kind)
        assert digest(stored) in reply.headers["ETag"]
        assert "public" in reply.headers["Cache-Control"]
        again = record_client.get(address, headers={"If-None-Match": reply.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
    assert record_client.get(f"{ADVICE}.json").data == stored
    assert record_client.get(f"/documents/{digest(stored)}.json").data == stored
    assert record_client.get(f"/documents/{digest(stored)}.pdf").data == record_client.get(f"{ADVICE}.pdf").data


def test_word_opendocument_and_leaflets_are_downloads_of_the_page(record_client, published):
    stored = freeze("advice", published())
    text = record_client.get(ADVICE).text
    for ending, kind in (("docx", WORD), ("odt", "application/vnd.oasis.opendocument.text")):
        assert f'href="{ADVICE}.{ending}"' in text
        reply = record_client.get(f"{ADVICE}.{ending}")
        assert (reply.status_code, reply.mimetype) == (200, kind)
        assert reply.headers["Content-Disposition"] == f'attachment; filename="advice-veldhaven-2026-3.{ending}"'
        assert digest(stored) in reply.headers["ETag"]
        assert zipfile.ZipFile(io.BytesIO(reply.data)).testzip() is None
    for language in ("en", "nl", "ar", "ti"):
        assert f'href="{ADVICE}/short-{language}.pdf"' in text
        assert record_client.get(f"{ADVICE}/short-{language}.pdf").mimetype == "application/pdf"
    assert f"{ADVICE}/short-tr.pdf" not in text
    data = record_client.get("/data").text
    assert all(f'href="{ADVICE}{ending}"' in data for ending in (".docx", ".odt", ".pdf", "/metadata.json"))
    assert record_client.get(f"{ADVICE}/short-tr.pdf").status_code == 404


def test_a_translation_that_came_later_has_its_leaflet(record_client, session, published, example):
    published()
    with writing(session):
        receive_summary(session, freeze("summary", example("summary")), SENT)
    assert f'href="{ADVICE}/short-tr.pdf"' in record_client.get(ADVICE).text
    assert record_client.get(f"{ADVICE}/short-tr.pdf").data.startswith(b"%PDF")


def test_the_bundle_verifies(record_client, published, tmp_path):
    published()
    path = tmp_path / "bundle.zip"
    path.write_bytes(record_client.get(f"{ADVICE}/bundle.zip").data)
    assert all(f.holds for f in verify_file(path))
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as made:
        assert set(made.namelist()) >= {"advice.json", "advice.pdf", "README.txt"}


def test_releases_and_schemas_are_public(record_client, published):
    release = published()["annexes"]["releases"][0]
    found = json.loads(record_client.get(f"/documents/{release}.json").data)
    assert found["schema"] == "codesign/release/1"
    assert record_client.get(f"/documents/{release}.pdf").status_code == 404
    for kind in ("place", "invitation", "release", "advice", "summary", "rating", "answer"):
        reply = record_client.get(f"/schemas/{kind}-1.json")
        assert json.loads(reply.data)["properties"]["schema"]["const"] == f"codesign/{kind}/1"


@pytest.mark.parametrize(
    "path",
    ["/advice/veldhaven/2026-4", "/advice/elsewhere/2026-3", "/advice/veldhaven/2026-3x", "/advice/veldhaven/%00",
     "/advice/%00/2026-3", "/advice/VELDHAVEN/2026-3", "/advice/veldhaven/2026-4.json", "/advice/veldhaven/x.pdf",
     "/advice/veldhaven/2026-9/bundle.zip", "/documents/00.json", f"/documents/{'0' * 64}.json",
     "/schemas/advice-2.json", "/schemas/..%2Fadvice-1.json",
     "/schemas/poem-1.json", "/places/nowhere", "/places/%00", "/places/..", "/advice"],
)  # fmt: skip
def test_what_is_not_here_is_the_same_404(record_client, published, path):
    published()
    reply, other = record_client.get(path), record_client.get("/nothing-at-all")
    assert reply.status_code == 404
    assert re.sub(r"\s+", " ", reply.text).replace(path, "").count("<h1") == other.text.count("<h1")


@pytest.mark.parametrize(
    "path",
    [*PAGES, ADVICE, f"{ADVICE}.json", f"{ADVICE}.pdf", f"{ADVICE}/bundle.zip", "/places/veldhaven",
     "/schemas/advice-1.json", "/.well-known/security.txt"],
)  # fmt: skip
def test_R40_nobody_can_write_on_a_public_page(record_app, record_client, published, path):
    published()
    record_app.config["WTF_CSRF_ENABLED"] = True
    try:
        for send in (record_client.post, record_client.put, record_client.delete, record_client.patch):
            assert send(path, data={"comment": "hello"}).status_code in {403, 405}
    finally:
        record_app.config["WTF_CSRF_ENABLED"] = False
    assert record_client.post(path, data={"comment": "hello"}).status_code == 405


def test_R40_no_public_page_has_a_field_to_write_in_but_search(record_client, published):
    published(answer=True)
    for path in (*PAGES, ADVICE, "/places/veldhaven"):
        text = record_client.get(path).text
        assert "<textarea" not in text
        forms = re.findall(r"<form[^>]*method=\"post\"[^>]*>", text)
        assert all('action="/language"' in f for f in forms), forms


def test_markup_in_every_text_field_is_shown_literally(record_client, session, published, example):
    """Every text of an advice and of its place, through page, mail, JSON, PDF, Word and OpenDocument."""
    advice, releases = hostile_advice(example, HOSTILE)
    place = {**example("place"), "name": HOSTILE[:70], "addressee": HOSTILE, "legal_basis": HOSTILE}
    with writing(session):
        receive_place(session, freeze("place", place), SENT)
        build.make_official(session, session.get(Place, "veldhaven"))
        for release in releases:
            receive_release(session, freeze("release", release), SENT)
        receive_advice(session, freeze("advice", advice), SENT)
    for path in (ADVICE, f"{ADVICE}/reports/p1", "/", "/data", "/places", "/places/veldhaven"):
        text = record_client.get(path).text
        assert "<script>alert" not in text, path
        assert "<img src=x" not in text, path
        assert ">49<" not in text
        assert "49{%" not in text
    assert record_client.get(ADVICE).text.count("=cmd|&#39;/C calc&#39;!A0 &lt;script&gt;") > 60
    assert record_client.get(f"{ADVICE}.json").data == freeze("advice", advice)
    assert HOSTILE in session.scalars(select(Mail.body)).one()
    assert record_client.get(f"{ADVICE}.pdf").status_code == 200
    for ending, part, mark in (("docx", "word/document.xml", "t"), ("odt", "content.xml", "span")):
        with zipfile.ZipFile(io.BytesIO(record_client.get(f"{ADVICE}.{ending}").data)) as packed:
            words = [e.text or "" for e in ET.fromstring(packed.read(part)).iter() if e.tag.endswith("}" + mark)]
        assert sum(HOSTILE in text for text in words) > 60, ending


def test_an_address_in_an_advice_is_a_link_only_when_it_is_of_the_web(record_client, published, example):
    def edit(advice):
        advice["elsewhere"]["cited"][0]["url"] = 'https://example.org/"onmouseover="x'

    published(edit=edit)
    text = record_client.get(ADVICE).text
    assert 'onmouseover="x' not in text
    assert "https://example.org/&#34;onmouseover=&#34;x" in text


def test_security_txt_names_a_contact_and_expires(record_client):
    text = record_client.get("/.well-known/security.txt").text
    assert text.startswith("Contact: mailto:")
    assert re.search(r"^Expires: 2026-12-29T00:00:00Z$", text, re.M)


def test_pages_of_the_record_load_nothing_from_elsewhere(record_client, published):
    published(answer=True)
    for path in (*PAGES, ADVICE):
        reply = record_client.get(path)
        assert "default-src 'none'" in reply.headers["Content-Security-Policy"]
        assert not re.search(r'(src|href)="(https?:)?//', reply.text)
