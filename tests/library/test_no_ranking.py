"""R23: nothing on the record side ranks places or providers: no column, schema, file, statement, order or page."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest
from responses_desk import SENT, Desk, example

import codesign
from codesign import migrate
from codesign.db import BASES, Store, writing
from codesign.documents.domain import VERSIONS, freeze, schema
from codesign.documents.receiving import receive_advice, receive_place
from library.conftest import live

PACKAGE = Path(codesign.__file__).parent
RECORD = ("documents", "indicators", "library", "officials", "places", "responses")
# A field of such a name would compare those who are in it.
COMPARES = {"rank", "ranks", "ranking", "score", "scores", "stars", "league", "best", "worst", "percentile", "grade", "top", "average"}  # fmt: skip
# In what travels and in the library's own tables there is no place for an order either.
ORDERS = COMPARES | {"position", "place_in_list", "weight"}
# What says how well somebody did. Nothing may be sorted, grouped or counted by it.
SUCCESS = re.compile(
    r"rating|outcome|\bstand\b|decision|\bstate\b|quarters|\bcard\b|changed|finding|useful|count\(|sum\(|avg\("
)
WINDOWS = re.compile(r"\b(rank|dense_rank|percent_rank|ntile|cume_dist)\b\s*\(")
WHO = re.compile(r"place|origin|owner|post|actor|panel|official")


def words(name):
    return set(re.split(r"[_\W]+", name.lower()))


def test_R23_no_column_of_the_record_ranks():
    migrate.load_models(Store.RECORD)
    tables = BASES[Store.RECORD].metadata.sorted_tables
    names = {f"{t.name}.{c.name}" for t in tables for c in t.columns}
    assert len(names) > 100
    assert {n for n in names if words(n) & COMPARES} == set()
    assert {n for n in names if n.startswith("library_") and words(n) & ORDERS} == set()


def keys(value):
    if isinstance(value, dict):
        yield from value
        for inner in value.values():
            yield from keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner)


def test_R23_no_document_has_a_field_for_it():
    for kind in VERSIONS:
        named = {name for part in ("properties", "$defs") for name in keys(schema(kind).get(part, {}))}
        assert {n for n in named if words(n) & ORDERS} == set(), kind


@pytest.mark.pages
@pytest.mark.sqlite_only
def test_R23_no_field_of_the_file_says_it(lived):
    whole = json.loads(lived.export())
    found = set(keys(whole)).union(*(keys(json.loads(d["stored"])) for d in whole["documents"]))
    assert {"recommendations", "cards", "parts"} <= found
    assert {n for n in found if words(n) & ORDERS} == set()
    # A file goes by place and number: how an advice was answered moves nothing.
    numbered = [json.loads(d["stored"])["number"] for d in whole["documents"] if d["kind"] != "release"]
    assert numbered == sorted(numbered)


def orders():
    """Every `order_by(...)` and `sorted(..., key=...)` of the packages of the record, as it is written."""
    files = [path for name in RECORD for path in (PACKAGE / name).rglob("*.py")]
    files += [PACKAGE / "pages" / name for name in ("record.py", "finding.py")]
    for path in files:
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name == "order_by":
                yield path.name, " ".join(ast.unparse(a) for a in node.args)
            elif name in {"rank", "dense_rank", "percent_rank", "ntile", "cume_dist"}:
                yield path.name, f"outcome by {name}"


def test_R23_no_query_is_ordered_by_success():
    written = list(orders())
    assert len(written) > 25
    assert [(file, by) for file, by in written if SUCCESS.search(by)] == []


@pytest.fixture
def two_places(here, lived):
    """Our own advice that waits, one of another place, and Lindermeer's, which was answered, rated and worked."""
    here.take(lived.export())
    Desk(here.session)
    other = {**example("advice"), "number": "2026-1"}
    other["place"] = {**other["place"], "code": "lindermeer", "name": "Lindermeer"}
    with writing(here.session):
        place = {**example("place"), "code": "lindermeer", "name": "Lindermeer"}
        receive_place(here.session, freeze("place", place), SENT)
        receive_advice(here.session, freeze("advice", other), SENT)
    here.catch_up()
    return here


PATHS = [
    "/", "/?state=answered", "/promises", "/data", "/places", "/places/veldhaven", "/library", "/library/share",
    "/library?theme=BRI&state=adopted&state=not&who=service&cost=1&card=1&q=tea&indicator=BRI-05", "/library.json",
    "/library/reading", "/library/1/veldhaven/2026-3", "/advice/veldhaven/2026-3",
]  # fmt: skip


def test_R23_no_statement_of_a_public_page_ranks_or_counts_by_whom(two_places, record_client, queries):
    with queries() as sent:
        for path in PATHS:
            assert record_client.get(path).status_code == 200
    assert len(sent.statements) > 25
    for statement in sent.statements:
        sql = " ".join(statement.lower().split())
        assert not WINDOWS.search(sql), sql
        for by in re.findall(r"order by (.*?)(?: limit | group by |\)|$)", sql):
            assert not SUCCESS.search(re.sub(r"\w+\.|answered_at", "", by)), sql
        for by in re.findall(r"group by (.*?)(?: order by | having |\)|$)", sql):
            assert not WHO.search(by), sql


@pytest.mark.pages
@pytest.mark.sqlite_only
def test_R23_no_page_says_who_is_better(two_places, record_client):
    for path in [p for p in PATHS if not p.endswith(".json")]:
        page = re.sub(r"<[^>]+>", " ", record_client.get(path).get_data(as_text=True)).lower()
        page = re.sub(
            r"it is no ranking|no target and no ranking|target, a ranking, a test", "", " ".join(page.split())
        )
        for word in ("ranking", "league", "top 10", "best place", "best municipalit", "score", "stars"):
            assert not re.search(rf"\b{word}", page), (path, word)


@pytest.mark.pages
@pytest.mark.sqlite_only
def test_R23_nobody_can_ask_for_an_order(two_places, record_client):
    plain = record_client.get("/library").get_data(as_text=True)
    for asked in ("sort=rating", "order=best", "order_by=stand", "sort=-outcome", "by=place"):
        page = record_client.get(f"/library?{asked}").get_data(as_text=True)
        assert re.findall(r'<h2 .*?href="([^"]+)"', page) == re.findall(r'<h2 .*?href="([^"]+)"', plain)


@pytest.mark.sqlite_only
def test_R23_the_newest_comes_first_however_it_was_answered(here, record_client):
    """An advice that waits stands above one whose answer was useful and worked, because it is newer."""
    live(here.session)
    newer = {**example("advice"), "number": "2026-4"}
    newer["cover"] = {**newer["cover"], "sent_on": "2026-10-05", "answer_due": "2026-11-30"}
    with writing(here.session):
        receive_advice(here.session, freeze("advice", newer), SENT)
    here.catch_up()
    numbers = re.findall(r'<p class="no"><bdi>([0-9-]+)', record_client.get("/library").get_data(as_text=True))
    assert numbers == ["2026-4"] * 3 + ["2026-3"] * 3
