"""Keeping a file that came over the wall."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from codesign.attachments.models import Attachment
from codesign.db import Store, insert_if_absent
from codesign.journal.actions import note
from codesign.rules.facts import Facts
from codesign.rules.permissions import Action, require


def receive_attachment(session: Session, document: Mapping[str, Any], now: datetime) -> None:
    """Keep the bytes of a checked `codesign/attachment/1` document; the same file again changes nothing."""
    require(Action.RECEIVE, Facts(by_house=True))
    name = document["digest"]
    came = insert_if_absent(
        session, Attachment, digest=name, place_code=document["place"], media_type=document["media_type"],
        size=document["size"], content=base64.b64decode(document["content"]), received_at=now,
    )  # fmt: skip
    if came:
        note(session, Store.RECORD, by=None, verb="receive", what="attachment", id=name, now=now)
