"""What this installation shares with others: all its public documents, as they are stored, in one file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from codesign.documents.domain import Json, digest, freeze, instant, parse
from codesign.documents.models import AdviceStatus, Document, Kind
from codesign.library import queries
from codesign.library.domain import KINDS, Origin, Packed, write
from codesign.library.entries import card_of
from codesign.responses.models import Answer, LearningCard
from codesign.settings import Settings

# Place, year, serial: the order of a file. Releases belong to no advice and come first.
_Place = tuple[str, int, int]


def this_installation(settings: Settings) -> Origin:
    """Our own address and name, as others will show them."""
    address = settings.base("record")
    return Origin(address, settings.name or (urlsplit(address).hostname or address))


def export(session: Session, settings: Settings) -> bytes:
    """The file (`codesign/library/1`): the same record gives the same bytes. Imported documents are not in it."""
    documents = list(_all(session))
    documents.sort(key=lambda found: (found[0], KINDS.index(found[1].kind), found[1].digest))
    named = sorted({name for _place, packed in documents for name in released(packed.kind, packed.stored)})
    stored = queries.releases(session, named)
    first = [Packed(Kind.RELEASE.value, name, stored[name]) for name in named if name in stored]
    return write(this_installation(settings), [*first, *(packed for _place, packed in documents)])


def released(kind: str, stored: bytes) -> list[str]:
    """The digests of the releases that a document names."""
    if kind == "advice":
        return [str(name) for name in parse(kind, stored)["annexes"]["releases"]]
    return [str(parse(kind, stored)["release"])] if kind in {"rating", "fit", "finding"} else []


def _all(session: Session) -> Iterator[tuple[_Place, Packed]]:
    published = queries.published(session)
    for d in published:
        yield _place(d.place_code, d.number), Packed(d.kind.value, d.digest, d.stored)
    for row, place_code, number in queries.withdrawals(session):
        yield _place(place_code, number), Packed("withdrawal", row.digest, row.stored)
    yield from _lessons(session, {d.digest: d for d in published})


def _place(code: str, number: str | None) -> _Place:
    year, _dash, serial = (number or "0-0").partition("-")
    return code, int(year), int(serial)


def _lessons(session: Session, published: Mapping[str, Document]) -> Iterator[tuple[_Place, Packed]]:
    """What officials wrote after each answer: it changes, so it is frozen as it stands now."""
    cards, reports, written = queries.all_cards(session), queries.all_reports(session), queries.cards_written(session)
    for answer, advice in queries.answers(session):
        own = reports.get(answer.id, [])
        if answer.id not in cards and not own:
            continue
        moments = [published[str(answer.digest)].received_at]
        moments += [row[0].reported_at for row in own]
        moments += [at for at in [written.get(answer.id)] if isinstance(at, datetime)]
        stored = freeze("lessons", _document(answer, advice, cards.get(answer.id, []), own, max(moments)))
        yield _place(advice.place_code, advice.number), Packed("lessons", digest(stored), stored)


def _document(
    answer: Answer, advice: AdviceStatus, cards: Sequence[LearningCard], reports: Sequence[Any], moment: datetime
) -> Json:
    return {
        "place": advice.place_code,
        "number": advice.number,
        "advice": answer.advice_digest,
        "answer": answer.digest,
        "language": answer.language,
        "as_of": instant(moment),
        "cards": [card_of(card) for card in cards],
        "reports": [
            {
                "recommendation": recommendation, "promise": position + 1, "state": report.state.value,
                "text": report.text, "language": report.language, "reported_on": report.reported_on.isoformat(),
                "post": post,
            }
            for report, recommendation, position, post, _answer in reports
        ],
    }  # fmt: skip
