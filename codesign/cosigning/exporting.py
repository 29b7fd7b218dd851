"""Who stands behind an advice as open data: a `codesign/cosignatures/1` file, as it stands when it is asked for."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from codesign.cosigning import queries
from codesign.documents.domain import freeze
from codesign.documents.models import AdviceStatus
from codesign.places.models import Place


def cosignatures(session: Session, status: AdviceStatus) -> bytes:
    """The bytes of the file; the same rows give the same bytes."""
    place = session.get(Place, status.place_code)
    assert place is not None
    zone = ZoneInfo(place.timezone)
    now = queries.beside(session, status)

    def day(moment: datetime) -> str:
        return moment.astimezone(zone).date().isoformat()

    document = {
        "place": status.place_code,
        "number": status.number,
        "advice": status.digest,
        "cosignatures": [
            {
                "organisation": c.organisation, "text": c.words, "language": c.language, "version": c.version,
                "advice": c.digest, "signed_on": day(c.signed_at),
            }
            for c in now.cosigners
        ],
        "offers": [
            {
                "recommendation": o.recommendation, "organisation": o.organisation, "text": o.words, "needs": o.needs,
                "language": o.language, "offered_on": day(o.offered_at),
            }
            for found in now.offers.values() for o in found
        ],
    }  # fmt: skip
    return freeze("cosignatures", document)


def beside(session: Session, status: AdviceStatus) -> bytes | None:
    """The file for the bundle; None when nobody stands beside the advice."""
    now = queries.beside(session, status)
    return cosignatures(session, status) if now.cosigners or now.offers else None
