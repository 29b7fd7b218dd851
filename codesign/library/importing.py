"""Taking over what another installation shares: everything is checked first, then all of it is kept, or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from codesign.db import Store, insert_if_absent, lock
from codesign.documents.about import LICENCE
from codesign.documents.domain import Json, parse
from codesign.journal.actions import note
from codesign.library import queries
from codesign.library.checking import Checked, Number, Shelf, problems
from codesign.library.domain import NotALibrary, Origin, Packed, Refused, opened, read
from codesign.library.entries import read_off
from codesign.library.exporting import this_installation
from codesign.library.indexing import keep
from codesign.library.models import LibraryDocument, LibraryOrigin
from codesign.responses.values import from_document
from codesign.rules.facts import Facts
from codesign.rules.permissions import Action, require
from codesign.settings import Settings


@dataclass(frozen=True)
class Taken:
    """What an import did: from where, how many documents are new, and how many were here already."""

    origin: Origin
    new: int
    known: int


def take_over(session: Session, payload: bytes, settings: Settings, now: datetime) -> Taken:
    """Import a file (`codesign/library/1`). Nothing in it is run, and nothing that is here is changed.

    Raises `NotALibrary` (no file of ours, or one of this very installation) and `Refused` (documents that do not hold,
    each by name); then the caller's transaction holds nothing of the file.
    """
    require(Action.RECEIVE, Facts(by_house=True))
    origin, packed = read(payload)
    if origin.address == this_installation(settings).address:
        raise NotALibrary("The file is from this installation itself.")
    checked = _checked(packed)
    row = _origin(session, origin, now)
    shelf = Shelf()
    shelf.put(Checked(d.kind, d.digest, parse(d.kind, d.stored)) for d in queries.imported_of(session, row.id))
    new = [one for one in checked if one.digest not in shelf.by_digest]
    ours = queries.our_own(session, [one.digest for one in new])
    shelf.put(new)
    wrong = [f"{one.called}: it is one of our own." for one in new if one.digest in ours]
    wrong += problems(shelf, new)
    if wrong:
        raise Refused(wrong)
    _write(session, row, new, {p.digest: p.stored for p in packed}, now)
    for number in dict.fromkeys(one.number for one in new if one.kind != "release"):
        _renew(session, row.id, shelf, number)
    return Taken(origin, len(new), len(checked) - len(new))


def _checked(packed: Iterable[Packed]) -> list[Checked]:
    """Every document by itself: its digest and its schema. Raises `Refused` with all that do not hold."""
    found: dict[str, Checked] = {}
    wrong: list[str] = []
    for one in packed:
        document, faults = opened(one)
        wrong += faults
        if document is not None:
            found[one.digest] = Checked(one.kind, one.digest, document)
    if wrong:
        raise Refused(wrong)
    return list(found.values())


def _origin(session: Session, origin: Origin, now: datetime) -> LibraryOrigin:
    """The row of this address, locked: two imports from one installation wait for each other."""
    insert_if_absent(
        session, LibraryOrigin, address=origin.address, name=origin.name, licence=LICENCE, first_at=now
    )  # fmt: skip
    row = lock(session, LibraryOrigin, queries.origin_id(session, origin.address))
    assert row is not None
    return row


def _write(
    session: Session, origin: LibraryOrigin, new: Iterable[Checked], stored: dict[str, bytes], now: datetime
) -> None:  # fmt: skip
    for one in new:
        place, number = one.number
        session.add(
            LibraryDocument(
                origin_id=origin.id, digest=one.digest, kind=one.kind, place_code=place, number=number or None,
                stored=stored[one.digest], imported_at=now,
            )
        )  # fmt: skip
        note(session, Store.RECORD, by=None, verb="import", what=one.kind, id=one.digest, now=now)
    session.flush()


def _renew(session: Session, origin_id: int, shelf: Shelf, number: Number) -> None:
    """Read the advice with this number off again, as all its documents together say it now."""
    newest = newest_advice(shelf.of("advice", number))
    answer = next(iter(shelf.of("answer", number)), None)
    lessons = newest_lessons(d.document for d in shelf.of("lessons", number))
    entry = read_off(
        newest.document,
        from_document(answer.document, answer.digest) if answer else None,
        {card["recommendation"]: card for card in lessons["cards"]} if lessons else {},
        withdrawn=bool(shelf.of("withdrawal", number)),
        more=[d.document["text"] for d in shelf.of("summary", number)],
    )
    keep(session, entry, newest.digest, origin_id=origin_id)


def newest_advice(versions: Iterable[Checked]) -> Checked:
    """The newest version of an advice."""
    return max(versions, key=lambda v: int(v.document["version"]))


def newest_lessons(found: Iterable[Json]) -> Json | None:
    """What holds of several lessons of one answer: the newest; a file that comes late brings nothing back."""

    def moment(lessons: Json) -> tuple[Any, ...]:
        return lessons["as_of"], len(lessons["reports"]), str(lessons["cards"])

    return max(found, key=moment, default=None)
