"""Taking over a place as the voices sent it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from codesign.db import Store, insert_if_absent, lock
from codesign.journal.actions import note
from codesign.places.models import Place
from codesign.rules.facts import Facts
from codesign.rules.permissions import Action, require


def receive_place(session: Session, document: Mapping[str, Any], now: datetime) -> None:
    """Make or renew the place in a checked `codesign/place/1` document; one not newer than ours changes nothing."""
    require(Action.RECEIVE, Facts(by_house=True))
    values = {
        key: document[key] for key in ("name", "addressee", "answer_weeks", "timezone", "languages", "legal_basis")
    }
    as_of = datetime.fromisoformat(document["as_of"])
    code = document["code"]
    if not insert_if_absent(session, Place, code=code, as_of=as_of, received_at=now, **values):
        place = lock(session, Place, code)
        if place is None or place.as_of >= as_of:
            return
        for key, value in values.items():
            setattr(place, key, value)
        place.as_of, place.received_at = as_of, now
    note(session, Store.RECORD, by=None, verb="receive", what="place", id=code, now=now)
