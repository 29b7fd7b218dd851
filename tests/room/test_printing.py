"""Sheets for each method and language: printed from the desk, entered through the pages, counted."""

from __future__ import annotations

import html
import re

import pytest
import sqlalchemy as sa

from codesign.journal.models import VoicesEntry
from codesign.room import queries as room_queries
from codesign.room.models import RoomEntry
from codesign.voting import queries
from codesign.voting.domain import Option, Terms
from room.conftest import YES_NO

pytestmark = pytest.mark.pages

COSTLY = [Option("", t, "", "en", "BRI", ("coffee",), cost=c) for t, c in (("Kitchen", 300), ("Lessons", 500))]
FORMS = {
    "approval": ({}, ("o1", "o2"), r'class="boxed"'),
    "yes_no": (YES_NO, ("yes",), "Put a cross in one box."),
    "consent": ({**YES_NO, "method": "consent"}, ("agree",), "Needed if you object."),
    "score": ({"method": "score", "terms": Terms(points=5), "with_none": False}, ("o1:5", "o2:0"), "5 is the best"),
    "ranked": ({"method": "ranked", "with_none": False}, ("o1:2", "o2:1"), "boxed--number"),
    "dots": ({"method": "dots", "terms": Terms(points=7), "with_none": False}, ("o1:3", "o2:4"), "You have 7 dots."),
    "budget": ({"method": "budget", "terms": Terms(total=600), "options": COSTLY}, ("o1",), r"€\s*300"),
    "shortlist": ({"method": "shortlist", "terms": Terms(seats=2)}, ("o1", "o3"), "Put a cross"),
}


@pytest.mark.parametrize("method", list(FORMS))
def test_each_method_has_its_sheet_and_its_way_back(room, client, sign_in, monkeypatch, method):
    """Printed from the desk, entered twice through the pages, counted."""
    more, chosen, shows = FORMS[method]
    values = {"max_choices": 2, **more} if method in {"budget", "shortlist", "approval"} else more
    if method in {"score", "ranked", "dots"}:
        values = {"max_choices": 1, **more}
    r = room(members=4, noted=3, live=True, **values)
    sign_in(client, r.moderator)
    page = client.post(f"/desk/votes/{r.ballot.id}/room/sheets", data={"language": "en", "size": "a5", "count": "4"})
    assert page.status_code == 200
    assert re.search(shows, html.unescape(page.text))
    codes = re.findall(r'<b class="num" dir="ltr">([\d ]{14})</b>', page.text)
    assert len(set(codes)) == 4
    assert page.text.count('class="qr"') == 4
    monkeypatch.setattr("codesign.room.papers.now", lambda: r.end)
    monkeypatch.setattr("codesign.room.desk.now", lambda: r.end)
    for person in (r.moderator, r.second):
        sign_in(client, person)
        path = f"/vote/{r.ballot.id}/sheets"
        assert client.post(f"{path}/begin").status_code == 303
        assert client.post(path, data={"code": codes[0], "o": list(chosen)}).status_code == 303
        assert client.post(f"{path}/settle", data={"step": "done"}).status_code == 303
    assert "Nothing differs." in client.get(f"/vote/{r.ballot.id}/sheets").text
    assert client.post(f"/desk/votes/{r.ballot.id}/room/ready").status_code == 303
    r.close()
    found = queries.result(r.again())
    assert (found.tally.voters, found.closed.room) == (1, 1)
    assert found.closed.lines[0].code == codes[0].replace(" ", "")


def test_sheets_are_printed_in_each_language_and_only_while_the_vote_is_open(room, client, sign_in, monkeypatch):
    r = room(members=4, noted=3, live=True, **YES_NO)
    sign_in(client, r.moderator)
    path = f"/desk/votes/{r.ballot.id}/room/sheets"
    assert 'value="6"' in client.get(path).text
    for bad in ({"count": "0"}, {"count": "99"}, {"count": "x"}, {"language": "xx"}, {"size": "a0"}):
        good = {"language": "nl", "size": "a4", "count": "3"}
        assert client.post(path, data=good | bad).status_code == 422
    arabic = client.post(path, data={"language": "ar", "size": "a4", "count": "3"})
    assert '<html lang="ar" dir="rtl"' in arabic.text
    assert "no-store" in arabic.headers["Cache-Control"]
    verbs = r.session.scalars(sa.select(VoicesEntry.verb).where(VoicesEntry.verb == "print_sheets")).all()
    assert len(verbs) == 1
    monkeypatch.setattr("codesign.room.printing.now", lambda: r.end)
    assert client.post(path, data={"language": "nl", "size": "a4", "count": "3"}).status_code == 409


def test_no_sheet_knows_its_person_and_no_code_is_kept(room, client, sign_in, house):
    """All that is stored after printing is how many."""
    r = room(members=4, noted=3, **YES_NO)
    codes = r.print()
    box = room_queries.box(r.session, r.ballot.id)
    assert (box.printed, box.spoiled, box.settled_at) == (len(codes), 0, None)
    assert r.session.scalars(sa.select(RoomEntry)).all() == []


@pytest.mark.parametrize("count", [2, 6, 12, 20])
def test_many_lines_are_smaller_and_too_many_for_half_a_page_take_a_whole_one(room, client, sign_in, count):
    options = [Option("", f"Idea number {n}", "In one line.", "en", "BRI", ("coffee",)) for n in range(count)]
    r = room(members=4, noted=3, live=True, options=options, max_choices=2, with_none=False)
    sign_in(client, r.moderator)
    path = f"/desk/votes/{r.ballot.id}/room/sheets"
    assert ('value="a5"' in client.get(path).text) == (count <= 12)
    small = client.post(path, data={"language": "en", "size": "a5", "count": "2"})
    assert small.status_code == (200 if count <= 12 else 422)
    if count <= 12:
        assert ("sheetpaper--many" in small.text) == (count > 6)
    large = client.post(path, data={"language": "en", "size": "a4", "count": "2"})
    assert ("sheetpaper--many" in large.text) == (count > 10)
    assert ("sheetpaper--dense" in large.text) == (count > 15)
    letters = re.findall(r'<span class="lines__no">(.)</span>', large.text)
    assert len(letters) == 2 * count
    assert sorted(letters[:count]) == [chr(65 + n) for n in range(count)]
