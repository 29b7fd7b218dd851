"""Canaries: private words of the voices are nowhere behind the record door, and what people write is shown as text."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Any

import build
import flask
import pytest
import sqlalchemy as sa
from pagecheck import Page

from codesign.advice import sending
from codesign.advice.actions import Links
from codesign.advice.values import Actor, ActorKind
from codesign.db import BASES, Store, writing
from codesign.documents.models import Document
from codesign.rules.phases import Phase
from house.test_matrix import FINE, address, browser, public, rules
from house.villages import Village, village

BIRD = "Canariensis"
LOUD = "<script>alert(7)</script><img src=x onerror=alert(8)>{{ 7*191 }}'\"&lt;"


def sent(place: Village, session: Any) -> None:
    """Everything that may cross: the panel adopts the advice, with a reason of who sends it back; it is sent, and
    crosses."""
    world = place.world
    kept = world.quote(world.ideas[1], "نطبخ معًا كل أسبوع.", translation=f"{BIRD} we cook")
    world.release(kept, world.members[1], release=False)
    world.quote(world.ideas[2], "A bus ticket")  # asked, never answered
    world.give()
    ballot = world.open_vote()
    world.cast(ballot, {"adopt": 7, "send_back": 1}, reason=f"{BIRD} reason")
    world.settle(ballot)
    with world.write():
        sending.send_advice(session, world.view(), now=world.now)
    done = world.cross()
    assert done.refused == 0
    assert done.delivered >= 3
    world.phase(Phase.ANSWERING)


def names_of(place: Village) -> list[str]:
    """How people of the panel are called: pseudonyms, and moderators."""
    people = [*place.world.members, *place.people.values()]
    return sorted({name for p in people for name in (p.pseudonym, p.display_name, p.login) if name})


def inside(reply: Any) -> str:
    """All that can be read in an answer: its headers, its text, what a zip holds, what a PDF says."""
    data = reply.get_data()
    texts = [str(reply.headers), data.decode("utf-8", "replace")]
    if reply.mimetype == "application/zip":
        with zipfile.ZipFile(io.BytesIO(data)) as bundle:
            for name in bundle.namelist():
                part = bundle.read(name)
                texts += [name, part.decode("utf-8", "replace"), *(streams(part) if name.endswith(".pdf") else ())]
    if reply.mimetype == "application/pdf":
        texts += streams(data)
    return "\n".join(texts)


def streams(pdf: bytes) -> list[str]:
    """What a PDF says: the text that is drawn, when a reader is there, and its unpacked streams in any case."""
    found = []
    for raw in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(raw).decode("latin-1"))
        except zlib.error:
            found.append(raw.decode("latin-1"))
    try:
        from pypdf import PdfReader
    except ImportError:
        return found
    return found + [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def everything(session: Any, place_code: str) -> dict[str, list[str]]:
    """Each value an address of the record door can hold now."""
    documents = session.scalars(sa.select(Document)).all()
    numbers = sorted({d.number for d in documents if d.number})
    return {
        "place": [place_code], "code": [place_code], "number": numbers, "digest": [d.digest for d in documents],
        "name": ["advice-1", "release-1", "answer-1"], "slug": ["housing", "work"], "n": ["1"], "piece": ["heard"],
        "language": ["nl"], "token": ["a" * 22], "filename": [], "moment_id": ["1"], "report": ["p1"],
    }  # fmt: skip


def pages(app: flask.Flask, client: Any, known: dict[str, list[str]]) -> dict[str, str]:
    """Every GET of the record door about everything there is."""
    found = {}
    for rule, verb in rules(app):
        if verb != "GET":
            continue
        ways: list[dict[str, Any]] = [{}]
        for name in rule.arguments:
            ways = [w | {name: value} for w in ways for value in known[name]]
        for values in ways:
            path = address(app, rule, values)
            reply = client.get(path)
            assert reply.status_code in FINE, path
            found[path] = inside(reply)
    return found


@pytest.fixture
def aviary(house, session) -> Village:
    """A panel full of canaries, whose advice crossed the wall."""
    place = village(house, session, BIRD)
    sent(place, session)
    return place


def test_R12_no_canary_sings_behind_the_record_door(house, session, sign_in, aviary):
    """Every page, JSON, zip and PDF, for readers, officials of the place and of another, and an organisation."""
    code = aviary.ids["code"]
    with writing(session):
        from codesign.places.models import Place

        here, away = build.make_official(session, session.get(Place, code)), build.make_official(session)
        group = build.make_organisation(session, session.get(Place, code))
    known = everything(session, code)
    names = names_of(aviary)
    assert len(names) >= 12
    assert len(known["digest"]) >= 3
    for official in (None, here, away, group):
        client = browser(house.record)
        if official is not None:
            sign_in(client, official)
        found = pages(house.record, client, known)
        assert any("A neighbour who says welcome" in text or "Street contact" in text for text in found.values())
        for path, text in found.items():
            assert BIRD not in text, path
            assert not [name for name in names if name in text], path


def test_R12_no_canary_lies_in_the_record_store(session, aviary):
    """Nor in any column of any row of the record, nor in what waits or waited in the outbox."""
    from codesign.jobs.models import OutboxItem

    names = names_of(aviary)
    texts = [
        str(value)
        for table in BASES[Store.RECORD].metadata.sorted_tables
        for row in session.execute(sa.select(table)).all()
        for value in row
    ] + [item.payload.decode() for item in session.scalars(sa.select(OutboxItem)).all()]
    assert len(texts) > 50
    for text in texts:
        assert BIRD not in text
        assert not [name for name in names if name in text]


@pytest.mark.sqlite_only
def test_what_people_write_is_shown_as_text_at_both_doors(house, session, sign_in):
    """Hostile words in every field of the voices and in the advice itself: always escaped, never run, never computed."""
    place = village(house, session, LOUD)
    world = place.world
    with world.write():
        view = world.view()
        row = view_recommendation(session, place)
        from codesign.advice import actions

        actions.save_recommendation(
            session, view, row.id,
            {
                "title": LOUD[:110], "what": LOUD, "by_when": LOUD[:110], "decided_on": None, "cost_class": 1,
                "notice": LOUD, "small_initiative": LOUD, "none_because": "",
            },
            actors=[Actor(LOUD[:100], ActorKind.MUNICIPALITY, LOUD)], links=links_of(world, session), seen=row.version,
            now=world.now,
        )  # fmt: skip
    sent(place, session)
    loud = 0
    for role in ("newcomer", "moderator"):
        client = sign_in(browser(house.panel), place.people[role])
        for values in (place.ids, place.ids | {"proposal_id": place.private["held"], "idea_id": place.private["held"]}):
            for rule, verb in rules(house.panel):
                if verb == "GET" and not public(house.panel, rule):
                    loud += is_quiet(client.get(address(house.panel, rule, values)))
        for path in ("/words", "/words?show=replies", "/words?show=stories", "/tell?round=2", "/desk/queue?round=2"):
            loud += is_quiet(client.get(path))
    known = everything(session, place.ids["code"])
    client = browser(house.record)
    for rule, verb in rules(house.record):
        if (
            verb == "GET"
            and rule.arguments <= set(known)
            and rule.endpoint.startswith(("pages", "documents", "places"))
        ):
            for number in known["number"]:
                values = {k: v[0] for k, v in known.items() if v} | {"number": number}
                loud += is_quiet(client.get(address(house.record, rule, values)))
    loud += is_quiet(client.get("/", query_string={"q": LOUD}))
    assert loud >= 12


def view_recommendation(session: Any, place: Village) -> Any:
    from codesign.advice.models import Recommendation

    return session.get(Recommendation, place.ids["recommendation_id"])


def links_of(world: Any, session: Any) -> Links:
    from codesign.advice.queries import outcomes

    return Links([o.id for o in outcomes(session, world.round.id)][:1])


def is_quiet(reply: Any) -> int:
    """Fail when hostile words run on a page; 1 when they are on it, as text."""
    if reply.mimetype != "text/html":
        return 0
    page = reply.get_data(as_text=True)
    path = reply.request.path
    assert "<script>alert" not in page, path
    assert "<img src=x" not in page, path
    assert "1337" not in page, path  # 7 * 191: nothing a person wrote is a template
    assert Page(page).problems == [], path
    return int("&lt;script&gt;alert(7)" in page)
