"""Inviting an organisation to the record door; only the digest of its link crosses the wall."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from codesign.credentials import tokens
from codesign.db import Store
from codesign.documents.domain import freeze, instant
from codesign.jobs import outbox
from codesign.journal.actions import note
from codesign.panels.models import Municipality
from codesign.rules.permissions import Action, Facts, require
from codesign.rules.roles import Role

INVITATION_LASTS = timedelta(days=14)


def invite_organisation(
    session: Session, place: Municipality, *, name: str, contact_name: str, mail: str, language: str, network: str,
    by: int, facts: Facts, now: datetime,
) -> str:  # fmt: skip
    """Invite an organisation of the place; returns the token of its one-time link. `network`: its code, or nothing.

    Raises `DocumentError` when something in it cannot cross.
    """
    require(Action.INVITE_ORGANISATION, facts)
    token = tokens.new()
    document: dict[str, Any] = {
        "place": place.code, "name": name, "contact_name": contact_name, "mail": mail, "language": language,
        "token_digest": tokens.digest(token), "invited_at": instant(now), "expires_at": instant(now + INVITATION_LASTS),
    }  # fmt: skip
    if network:
        document["network"] = network
    if facts.role is Role.HOST:
        # A moderator could otherwise come in as an organisation that is here, and sign in its name.
        document["renews"] = True
    digest = outbox.put(session, kind="organisation", payload=freeze("organisation", document), now=now)
    note(session, Store.VOICES, by=by, verb="invite_organisation", what="document", id=digest, now=now)
    return token
