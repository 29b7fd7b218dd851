"""The file between installations: out of one, into another, whole or not at all."""

from __future__ import annotations

import json

import pytest
import sqlalchemy as sa

from codesign.documents.domain import digest, freeze, read
from codesign.documents.models import AdviceStatus, Document
from codesign.journal.models import RecordEntry
from codesign.library.domain import KINDS, NotALibrary, Refused
from codesign.library.models import LibraryAdvice, LibraryDocument, LibraryMeasure, LibraryOrigin
from codesign.mail.models import Mail
from library.conftest import LATER, live


def rows(session, model):
    session.rollback()
    return session.scalars(sa.select(model)).all()


def opened(payload):
    return json.loads(payload)


def packed(whole):
    return json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def test_R25_what_one_installation_shares_another_takes_over(here, lived):
    payload = lived.export()
    taken = here.take(payload)
    documents = {d["digest"]: d for d in opened(payload)["documents"]}
    assert (taken.new, taken.known) == (len(documents), 0)
    assert {d["kind"] for d in documents.values()} == set(KINDS) - {"withdrawal", "extension"}
    kept = rows(here.session, LibraryDocument)
    assert {d.digest: d.stored for d in kept} == {name: d["stored"].encode() for name, d in documents.items()}
    assert all(digest(d.stored) == d.digest for d in kept)
    there = {d.digest: d.stored for d in rows(lived.session, Document) if d.kind.value != "extension"}
    assert there.items() <= {d.digest: d.stored for d in kept}.items()
    (origin,) = rows(here.session, LibraryOrigin)
    assert (origin.address, origin.name, origin.licence) == (
        "https://record.lindermeer.example", "Lindermeer and friends", "CC-BY-4.0",
    )  # fmt: skip
    measures = rows(here.session, LibraryMeasure)
    assert [(m.recommendation, m.stand.value) for m in measures] == [(1, "partly"), (2, "adopted"), (3, "not_ours")]
    assert measures[0].card["changed"] == "Six people came, and <b>two</b> stayed."


def test_R25_imported_advice_is_none_of_ours(here, lived):
    here.take(lived.export())
    assert rows(here.session, AdviceStatus) == []
    assert rows(here.session, Document) == []
    assert rows(here.session, Mail) == []
    assert {e.verb for e in rows(here.session, RecordEntry)} == {"import"}


def test_R25_a_second_import_changes_nothing(here, lived):
    payload = lived.export()
    here.take(payload)
    before = [rows(here.session, m) for m in (LibraryDocument, LibraryAdvice, LibraryMeasure, RecordEntry)]
    seen = [[(type(r), sa.inspect(r).identity) for r in some] for some in before]
    taken = here.take(payload)
    assert taken.new == 0
    after = [rows(here.session, m) for m in (LibraryDocument, LibraryAdvice, LibraryMeasure, RecordEntry)]
    assert [[(type(r), sa.inspect(r).identity) for r in some] for some in after] == seen


def test_R25_the_same_record_gives_the_same_bytes(lived):
    assert lived.export() == lived.export()


def test_an_empty_record_shares_an_empty_file(here, elsewhere):
    payload = elsewhere.export()
    assert opened(payload)["documents"] == []
    assert here.take(payload).new == 0


@pytest.mark.pages
@pytest.mark.parametrize("kind", ["release", "advice", "answer", "lessons"])
def test_R25_a_changed_document_is_refused_by_name_and_nothing_is_kept(here, lived, kind):
    whole = opened(lived.export())
    changed = next(d for d in whole["documents"] if d["kind"] == kind)
    changed["stored"] = changed["stored"].replace("Veldhaven", "Hollandia").replace("near", "cold")
    changed["stored"] += " " if digest(changed["stored"].encode()) == changed["digest"] else ""
    with pytest.raises(Refused) as refused:
        here.take(packed(whole))
    (problem,) = refused.value.problems
    assert problem.startswith(f"{kind} ")
    assert "It was changed." in problem
    if kind != "release":
        assert "2026-3 veldhaven" in problem
    for model in (LibraryOrigin, LibraryDocument, LibraryAdvice, RecordEntry):
        assert rows(here.session, model) == []


def edited(whole, kind, edit):
    """Change a document, and give it the digest of what it says now."""
    found = next(d for d in whole["documents"] if d["kind"] == kind)
    document = json.loads(found["stored"])
    edit(document)
    found["stored"] = packed(document).decode()
    found["digest"] = digest(found["stored"].encode())
    return packed(whole)


@pytest.mark.pages
@pytest.mark.parametrize(
    ("kind", "edit", "words"),
    [
        ("advice", lambda d: d.update(voter=1), "does not know: voter"),
        ("advice", lambda d: d["recommendations"][0]["evidence"]["results"][0].update(title="x"), "says something else"),
        ("advice", lambda d: d["annexes"]["releases"].append("0" * 64), "is not there"),
        ("advice", lambda d: d["heard"]["quotes"][0].update(domains=["XXX"]), "theme XXX"),
        ("answer", lambda d: d.update(advice="0" * 64), "the advice that it answers is not there"),
        ("answer", lambda d: d["parts"].append({**d["parts"][0], "recommendation": 4}), "does not have"),
        ("rating", lambda d: d.update(outcome="useful"), "something else than its release"),
        ("rating", lambda d: d.update(answer="0" * 64), "the answer that it belongs to is not there"),
        ("finding", lambda d: d.update(outcome="not_yet"), "something else than its release"),
        ("finding", lambda d: d.update(promise=9), "a promise that the answer does not have"),
        ("fit", lambda d: d.update(shown="nothing"), "something else than its release"),
        ("fit", lambda d: d["measures"].pop(), "its measures are not the options of its release"),
        ("fit", lambda d: d["measures"][0].update(promise=9), "a promise that the answer does not have"),
        ("lessons", lambda d: d["reports"][0].update(promise=9), "a promise that the answer does not have"),
        ("lessons", lambda d: d["cards"].append(d["cards"][0]), "two cards"),
        ("lessons", lambda d: d["cards"][0].update(look_back_on="2027-02-30"), "no day of the calendar"),
        ("summary", lambda d: d.update(number="2026-9"), "is not there"),
        ("reply", lambda d: d["text"][0].update(text="a\u202eb"), "character that is not allowed"),
    ],
)  # fmt: skip
@pytest.mark.sqlite_only
def test_R25_documents_that_do_not_agree_are_refused(here, lived, kind, edit, words):
    with pytest.raises(Refused) as refused:
        here.take(edited(opened(lived.export()), kind, edit))
    assert any(p.startswith(kind) and words in p for p in refused.value.problems), refused.value.problems
    assert rows(here.session, LibraryDocument) == []


@pytest.mark.sqlite_only
def test_an_advice_cannot_be_put_in_place_of_another_later(here, lived):
    payload = lived.export()
    here.take(payload)
    whole = opened(payload)
    whole["documents"] = [d for d in whole["documents"] if d["kind"] in {"release", "advice"}]
    with pytest.raises(Refused, match="another advice has its number and version"):
        here.take(edited(whole, "advice", lambda d: d.update(why_now="Something else.")))
    assert sum(d.kind == "advice" for d in rows(here.session, LibraryDocument)) == 1


@pytest.mark.pages
@pytest.mark.parametrize("kind", ["invitation", "place", "library", "program", ""])
@pytest.mark.sqlite_only
def test_a_kind_that_does_not_travel_is_refused_by_name(here, lived, kind):
    whole = opened(lived.export())
    whole["documents"].append({"kind": kind, "digest": "0" * 64, "stored": "{}"})
    with pytest.raises(Refused, match=f"{kind!r} is no kind that travels"):
        here.take(packed(whole))
    assert rows(here.session, LibraryDocument) == []


@pytest.mark.pages
@pytest.mark.parametrize(
    "payload",
    [
        b"", b"PK\x03\x04", b"\xff", b"[]", b"{}", b"[" * 100_000, b'{"schema":"codesign/library/2"}',
        b'{"schema":"codesign/library/1","schema":"codesign/library/1"}',
        b'{"schema":"codesign/library/1","documents":{}}',
        b'{"schema":"codesign/library/1","documents":[1]}',
    ],
)  # fmt: skip
@pytest.mark.sqlite_only
def test_what_is_no_library_is_not_read(here, payload):
    with pytest.raises((NotALibrary, Refused)):
        here.take(payload)


@pytest.mark.pages
@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "//x", "https://a b", 'https://x"onclick="', "data:text/html,x", ""]
)
@pytest.mark.sqlite_only
def test_an_origin_that_is_no_address_is_refused(here, elsewhere, address):
    whole = opened(elsewhere.export())
    whole["origin"]["address"] = address
    with pytest.raises(NotALibrary, match="origin/address"):
        here.take(packed(whole))


@pytest.mark.sqlite_only
def test_our_own_file_and_our_own_documents_do_not_come_back(here, lived):
    with pytest.raises(NotALibrary, match="from this installation itself"):
        lived.take(lived.export())
    whole = opened(lived.export())
    whole["origin"]["address"] = "https://old.example"
    with pytest.raises(Refused, match="one of our own"):
        lived.take(packed(whole))


@pytest.mark.sqlite_only
def test_R25_newer_lessons_hold_and_an_older_file_brings_nothing_back(here, elsewhere):
    from datetime import timedelta

    from library.conftest import write_card

    desk = live(elsewhere.session)
    older = elsewhere.export()
    write_card(desk, "It grew.", LATER, seen=1)
    newer = elsewhere.export()
    assert here.take(newer).new > 10
    assert here.take(older).new == 1
    (changed,) = [m.card["changed"] for m in rows(here.session, LibraryMeasure) if m.recommendation == 1]
    assert changed == "It grew."
    lessons = [read("lessons", d.stored) for d in rows(here.session, LibraryDocument) if d.kind == "lessons"]
    assert sorted(d["as_of"] for d in lessons) == [
        (LATER - timedelta(days=50)).strftime("%Y-%m-%dT%H:%M:%SZ"), LATER.strftime("%Y-%m-%dT%H:%M:%SZ"),
    ]  # fmt: skip


@pytest.mark.sqlite_only
def test_lessons_hold_no_person(lived):
    lessons = next(d for d in opened(lived.export())["documents"] if d["kind"] == "lessons")
    document = read("lessons", lessons["stored"].encode())
    assert freeze("lessons", document) == lessons["stored"].encode()
    assert document["reports"][0]["post"] == "Adviser on living together"
    assert "Cedar Whistle" not in lived.export().decode()
