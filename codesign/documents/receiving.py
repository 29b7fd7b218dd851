"""Receiving what crosses the wall: each kind is checked, kept as the bytes it came in, and taken once."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from codesign.attachments import actions as attachments
from codesign.db import Store, insert_if_absent, lock
from codesign.documents.agreement import unlike
from codesign.documents.domain import DocumentError, Fault, Json, digest, read
from codesign.documents.models import AdviceStatus, AdviceTheme, Document, Kind
from codesign.documents.notices import tell_invited, tell_officials
from codesign.documents.queries import advice_of, existing, stored, themes_of
from codesign.documents.support import cited_results
from codesign.indicators.domain import library
from codesign.journal.actions import note
from codesign.officials import actions as officials
from codesign.officials import organisations
from codesign.places import actions as places
from codesign.places.house_style import Style, style_of
from codesign.places.models import Place
from codesign.rules.facts import Facts
from codesign.rules.permissions import Action, require
from codesign.rules.text import fold_for_search
from codesign.translators import actions as translators


def receive_place(session: Session, payload: bytes, now: datetime) -> None:
    """Take over a `codesign/place/1` document."""
    places.receive_place(session, read("place", payload), now)


def receive_house_style(session: Session, payload: bytes, now: datetime) -> None:
    """Take over a `codesign/house_style/1` document; its place must be here."""
    document = read("house_style", payload)
    _place(session, "house_style", document["place"])
    name = digest(payload)
    places.receive_house_style(
        session, document, style_of(document, name, payload) or Style(name, stored=payload), now
    )  # fmt: skip


def receive_invitation(session: Session, payload: bytes, now: datetime) -> None:
    """Take over a `codesign/invitation/1` document; its place must be here."""
    document = read("invitation", payload)
    _place(session, "invitation", document["place"])
    officials.receive_invitation(session, document, now)


def receive_translators(session: Session, payload: bytes, now: datetime) -> None:
    """Take over a `codesign/translators/1` document; its place must be here."""
    document = read("translators", payload)
    _place(session, "translators", document["place"])
    translators.receive_translators(session, document, now)


def receive_network(session: Session, payload: bytes, now: datetime) -> None:
    """Take over a `codesign/network/1` document; its place must be here, and its themes must be ours."""
    document = read("network", payload)
    _place(session, "network", document["place"])
    if unknown := sorted(set(document["domains"]) - _themes_known()):
        raise _refuse("network", "domains", f"names the theme {unknown[0]}, which no framework here has")
    places.receive_network(session, document, now)


def receive_moment(session: Session, payload: bytes, now: datetime) -> None:
    """Take over a `codesign/moment/1` document; its place must be here."""
    document = read("moment", payload)
    _place(session, "moment", document["place"])
    places.receive_moment(session, document, now)


def receive_attachment(session: Session, payload: bytes, now: datetime) -> None:
    """Keep the file of a report; its place must be here. It comes before the advice that names its digest."""
    document = read("attachment", payload)
    _place(session, "attachment", document["place"])
    attachments.receive_attachment(session, document, now)


def receive_organisation(session: Session, payload: bytes, now: datetime) -> None:
    """Take over a `codesign/organisation/1` document, and tell the organisation by mail; its place must be here."""
    document = read("organisation", payload)
    place = _place(session, "organisation", document["place"])
    if organisations.receive_organisation(session, document, now):
        tell_invited(session, document, place, now)


def receive_release(session: Session, payload: bytes, now: datetime) -> None:
    """Keep a `codesign/release/1` document; the same bytes again change nothing."""
    document = read("release", payload)
    _place(session, "release", document["place"])
    keep(session, Kind.RELEASE, payload, title=document["question"], document=document, now=now)


def receive_advice(session: Session, payload: bytes, now: datetime) -> None:
    """Keep a `codesign/advice/1` document, start its clock, and tell the officials of the place by mail.

    Refused (`DocumentError`): the place or a cited release is not here; a sentence of evidence says something else than
    its release; the number is taken; a correction does not name the newest version, or comes after the answer or a
    withdrawal.
    """
    document = read("advice", payload)
    place = _place(session, "advice", document["place"]["code"])
    faults = _unproven(session, document)
    if faults:
        raise DocumentError("advice", faults)
    name = digest(payload)
    before = advice_of(session, place.code, document["number"])
    if before is not None and before.digest != name:
        lock(session, AdviceStatus, before.id)
        if before.answered_at is not None and document["version"] > 1:
            raise _refuse("advice", "number", "was answered")
        if before.withdrawn_on is not None:
            raise _refuse("advice", "number", "was taken back by the panel")
        if document["version"] == 1:
            raise _refuse("advice", "number", "is already taken by another advice")
        if document["replaces"] != before.digest or document["version"] != before.version + 1:
            raise _refuse("advice", "replaces", "is not the newest version here")
    elif before is None and document["version"] != 1:
        raise _refuse("advice", "replaces", "names a version that is not here")
    if not keep(session, Kind.ADVICE, payload, title=document["title"], document=document, now=now):
        return
    if before is None:
        status = _new_status(session, document, name, place, now)
        tell_officials(session, status, place, now)
    else:
        _renew(session, before.id, document, name, place)


def receive_summary(session: Session, payload: bytes, now: datetime) -> None:
    """Keep a translated summary of an advice that is here."""
    document = read("summary", payload)
    place = _place(session, "summary", document["place"])
    if not existing(session, [document["advice"]], Kind.ADVICE):
        raise _refuse("summary", "advice", "is not here")
    title = document["text"][:200]
    if not keep(session, Kind.SUMMARY, payload, title=title, document=document, now=now):
        return
    status = advice_of(session, place.code, document["number"])
    if status is not None and (row := lock(session, AdviceStatus, status.id)):
        row.short = {**row.short, document["language"]: opening(document["text"])}
        row.found_by = f"{row.found_by} {fold_for_search(document['text'])}"


def keep(session: Session, kind: Kind, payload: bytes, *, title: str, document: Json, now: datetime) -> bool:
    """Keep the bytes of a checked document under their digest; True when they were not here yet."""
    require(Action.RECEIVE, Facts(by_house=True))
    name = digest(payload)
    place = document["place"]
    new = insert_if_absent(
        session,
        Document,
        digest=name,
        kind=kind,
        place_code=place["code"] if isinstance(place, dict) else place,
        number=document.get("number"),
        about=document.get("advice"),
        title=title,
        language=document.get("language", "und"),
        stored=payload,
        received_at=now,
    )
    if new:
        note(session, Store.RECORD, by=None, verb="receive", what=kind.value, id=name, now=now)
    return new


def _place(session: Session, kind: str, code: str) -> Place:
    place = session.get(Place, code)
    if place is None:
        raise _refuse(kind, "place", "is not here yet")
    return place


def _refuse(kind: str, path: str, what: str) -> DocumentError:
    return DocumentError(kind, [Fault(path, what)])


def _unproven(session: Session, document: Json) -> list[Fault]:
    """What an advice says of votes, held against the releases themselves."""
    named = document["annexes"]["releases"]
    payloads = stored(session, existing(session, named, Kind.RELEASE))
    found = [
        Fault(f"annexes/releases/{n}", "names a release that is not here")
        for n, name in enumerate(named)
        if name not in payloads
    ]
    found += [Fault("", f"names the theme {code}, which no framework here has") for code in _unknown_themes(document)]
    if not found:
        releases = {name: read("release", payload) for name, payload in payloads.items()}
        found = [Fault(path, what) for path, what in unlike(document, releases)]
    return found


def _unknown_themes(document: Json) -> list[str]:
    """Codes of themes that no version of our framework has: no page could draw them."""
    quoted = [q["domains"] for q in document["heard"]["quotes"]]
    cited = [result["domains"] for _path, result in cited_results(document)]
    named = {*_themes(document), *(code for codes in (*quoted, *cited) for code in codes)}
    return sorted(named - _themes_known())


def _themes_known() -> set[str]:
    return {d.code for version in library().versions for d in version.domains}


def _themes(document: Json) -> list[str]:
    recommendations = document["recommendations"]
    first = [r["chain"]["domain"] for r in recommendations]
    more = [d for r in recommendations for result in r["evidence"]["results"] for d in result["domains"]]
    return list(dict.fromkeys([*first, *more]))


def opening(text: str, most: int = 220) -> str:
    """The first sentences of a text, for a list."""
    flat = " ".join(text.split())
    if len(flat) <= most:
        return flat
    cut = max(flat.rfind(end, 0, most) for end in (". ", "። ", "؟ ", "? ", "! "))
    return flat[: cut + 1] if cut > most // 3 else flat[: flat.rfind(" ", 0, most)] + " …"


def _found_by(document: Json, place: Place) -> str:
    recommendations = [f"{r['title']} {r['what']}" for r in document["recommendations"]]
    summaries = [p["text"] for p in document["in_short"]]
    return fold_for_search(" ".join([document["number"], place.name, document["title"], *summaries, *recommendations]))


def _read_off(document: Json, place: Place) -> Json:
    return {
        "title": document["title"],
        "language": document["language"],
        "short": {p["language"]: opening(p["text"]) for p in document["in_short"]},
        "found_by": _found_by(document, place),
        "version": document["version"],
    }


def _new_status(session: Session, document: Json, name: str, place: Place, now: datetime) -> AdviceStatus:
    cover = document["cover"]
    status = AdviceStatus(
        place_code=place.code, number=document["number"], digest=name, year=int(document["number"][:4]),
        sent_on=date.fromisoformat(cover["sent_on"]), due_on=date.fromisoformat(cover["answer_due"]), received_at=now,
        **_read_off(document, place),
    )  # fmt: skip
    session.add(status)
    session.flush()
    _write_themes(session, status.id, document)
    return status


def _renew(session: Session, key: int, document: Json, name: str, place: Place) -> None:
    """A correction: the newest version is shown; the clock goes on."""
    status = lock(session, AdviceStatus, key)
    assert status is not None
    for field, value in {**_read_off(document, place), "digest": name}.items():
        setattr(status, field, value)
    for theme in themes_of(session, key):
        session.delete(theme)
    session.flush()
    _write_themes(session, key, document)


def _write_themes(session: Session, key: int, document: Json) -> None:
    session.add_all(AdviceTheme(advice_id=key, domain=code, position=n) for n, code in enumerate(_themes(document)))
