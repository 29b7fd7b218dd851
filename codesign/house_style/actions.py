"""Giving a place its house style: one document to the record, that replaces the one before."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from codesign.db import Store
from codesign.documents.domain import freeze, instant
from codesign.house_style.queries import KIND, last_sent
from codesign.jobs import outbox
from codesign.journal.actions import note
from codesign.places.domain import next_as_of
from codesign.places.logo import Logo
from codesign.rules.permissions import Action, Facts, require


def send(
    session: Session, place_code: str, tokens: Mapping[str, str], logo: Logo | None, *, by: int, facts: Facts,
    now: datetime,
) -> None:  # fmt: skip
    """Put the whole style of a place in the outbox; without tokens and logo it is taken away.

    Raises `DocumentError` for colours that cannot be read and words that may not cross.
    """
    require(Action.CHANGE_PLACE, facts)
    before = last_sent(session, place_code)
    as_of = next_as_of(now, datetime.fromisoformat(before["as_of"]) if before else None)
    document = {
        "place": place_code,
        "as_of": instant(as_of),
        "tokens": [{"name": name, "value": value} for name, value in sorted(tokens.items())],
        "logo": logo and {
            "content": base64.b64encode(logo.content).decode(), "width": logo.width, "height": logo.height,
            "alternative": logo.alternative, "language": logo.language,
        },
    }  # fmt: skip
    digest = outbox.put(session, kind=KIND, payload=freeze(KIND, document), now=now)
    note(session, Store.VOICES, by=by, verb="send_house_style", what="document", id=digest, now=now)
