"""Taking over the host's translators of a place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from codesign.db import Store, insert_if_absent, lock
from codesign.journal.actions import note
from codesign.rules.facts import Facts
from codesign.rules.permissions import Action, require
from codesign.translators.models import PlaceTranslators


def receive_translators(session: Session, document: Mapping[str, Any], now: datetime) -> None:
    """Take over a checked `codesign/translators/1` document; one that is not newer than ours changes nothing."""
    require(Action.RECEIVE, Facts(by_house=True))
    code, as_of = document["place"], datetime.fromisoformat(document["as_of"])
    people = {"people": document["people"]}
    if not insert_if_absent(session, PlaceTranslators, place_code=code, people=people, as_of=as_of, received_at=now):
        row = lock(session, PlaceTranslators, code)
        if row is None or row.as_of >= as_of:
            return
        row.people, row.as_of, row.received_at = people, as_of, now
    note(session, Store.RECORD, by=None, verb="receive", what="translators", id=code, now=now)
