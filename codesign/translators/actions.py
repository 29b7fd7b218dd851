"""Taking over the host's translators of a place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from codesign.db import Store
from codesign.journal.actions import note
from codesign.places.renewing import renew
from codesign.rules.facts import Facts
from codesign.rules.permissions import Action, require
from codesign.translators.models import PlaceTranslators


def receive_translators(session: Session, document: Mapping[str, Any], now: datetime) -> None:
    """Take over a checked `codesign/translators/1` document; one that is not newer than ours changes nothing."""
    require(Action.RECEIVE, Facts(by_house=True))
    code = document["place"]
    people = {"people": {"people": document["people"]}}
    if renew(session, PlaceTranslators, {"place_code": code}, people, as_of=document["as_of"], now=now):
        note(session, Store.RECORD, by=None, verb="receive", what="translators", id=code, now=now)
