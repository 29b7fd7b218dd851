"""Places and invitations: what the host writes in the voices, and the documents of it that cross to the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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

INVITATION_LASTS = timedelta(days=14)


def make_place(
    session: Session, *, code: str, name: str, addressee: str, answer_weeks: int, timezone: str, languages: list[str],
    legal_basis: str, by: int, facts: Facts, now: datetime,
) -> Municipality:  # fmt: skip
    """A municipality that panels give advice to; the record gets its copy through the outbox."""
    require(Action.MAKE_PLACE, facts)
    place = Municipality(
        code=code, name=name, addressee=addressee, answer_weeks=answer_weeks, timezone=timezone, languages=languages,
        legal_basis=legal_basis, made_at=now,
    )  # fmt: skip
    session.add(place)
    session.flush()
    _send(session, place, now)
    note(session, Store.VOICES, by=by, verb="make_place", what="municipality", id=code, now=now)
    return place


def change_place(
    session: Session, place: Municipality, *, name: str, addressee: str, answer_weeks: int, timezone: str,
    languages: list[str], legal_basis: str, by: int, facts: Facts, now: datetime,
) -> None:  # fmt: skip
    """Everything about a place but its code; advice that was sent keeps the term it was sent with."""
    require(Action.CHANGE_PLACE, facts)
    place.name, place.addressee, place.answer_weeks = name, addressee, answer_weeks
    place.timezone, place.languages, place.legal_basis = timezone, languages, legal_basis
    _send(session, place, now)
    note(session, Store.VOICES, by=by, verb="change_place", what="municipality", id=place.code, now=now)


def _send(session: Session, place: Municipality, now: datetime) -> None:
    document = {
        "code": place.code, "as_of": instant(now), "name": place.name, "addressee": place.addressee,
        "answer_weeks": place.answer_weeks, "timezone": place.timezone, "languages": place.languages,
        "legal_basis": place.legal_basis,
    }  # fmt: skip
    outbox.put(session, kind="place", payload=freeze("place", document), now=now)


def name_translators(
    session: Session, place: Municipality, people: Sequence[Mapping[str, Any]], *, by: int, facts: Facts, now: datetime
) -> None:
    """Tell the officials of a place whom they can ask to translate; this list replaces the one before."""
    require(Action.CHANGE_PLACE, facts)
    document = {"place": place.code, "as_of": instant(now), "people": [dict(person) for person in people]}
    outbox.put(session, kind="translators", payload=freeze("translators", document), now=now)
    note(session, Store.VOICES, by=by, verb="name_translators", what="municipality", id=place.code, now=now)


def invite_official(
    session: Session, place: Municipality, *, display_name: str, post: str, mail: str, language: str, by: int,
    facts: Facts, now: datetime,
) -> str:  # fmt: skip
    """Invite somebody of the municipality to the record door; returns the token of their one-time link."""
    require(Action.INVITE_OFFICIAL, facts)
    token = tokens.new()
    document = {
        "place": place.code, "display_name": display_name, "post": post, "mail": mail, "language": language,
        "token_digest": tokens.digest(token), "invited_at": instant(now), "expires_at": instant(now + INVITATION_LASTS),
    }  # fmt: skip
    digest = outbox.put(session, kind="invitation", payload=freeze("invitation", document), now=now)
    note(session, Store.VOICES, by=by, verb="invite_official", what="document", id=digest, now=now)
    return token
