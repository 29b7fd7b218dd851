"""Writing along: members whom a moderator asks to write one part, and notes in the margin of a part."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from codesign.advice import coauthor_queries
from codesign.advice.actions import NotHere
from codesign.advice.models import Coauthor, MarginNote
from codesign.advice.queries import AdviceView
from codesign.advice.values import Section
from codesign.advice.version_queries import PREFIX
from codesign.db import Store, insert_if_absent
from codesign.journal.actions import note
from codesign.panels.queries import facts
from codesign.rules.permissions import Action, require

# What nobody but a moderator writes: the cover, and which recommendations there are.
WITH_COAUTHORS = frozenset(s.value for s in Section) - {Section.COVER.value, Section.RECOMMENDATIONS.value}


def invite(session: Session, view: AdviceView, place: str, person_id: int, *, now: datetime) -> None:
    """Ask a member to write one part (a section, or `recommendation-12`). Twice is once. Raises `NotHere`."""
    require(Action.INVITE_COAUTHOR, facts(view.round, view.membership, state=view.advice.state))
    members = {person.id for person in coauthor_queries.to_invite(session, view.panel.id)}
    if person_id not in members or not (place in WITH_COAUTHORS or place.startswith(PREFIX)):
        raise NotHere
    day = now.astimezone(ZoneInfo(view.place.timezone)).date()
    insert_if_absent(
        session, Coauthor, advice_id=view.advice.id, person_id=person_id, place=place, invited_by=view.person_id,
        invited_on=day,
    )  # fmt: skip
    note(session, Store.VOICES, by=view.person_id, verb="invite_coauthor", what="advice", id=view.advice.id, now=now)


def end(session: Session, view: AdviceView, place: str, person_id: int, *, now: datetime) -> None:
    """A moderator, or the member herself, ends writing along; what she wrote stays. Raises `NotHere`."""
    if person_id != view.person_id:
        require(Action.INVITE_COAUTHOR, facts(view.round, view.membership, state=view.advice.state))
    row = session.get(Coauthor, (view.advice.id, person_id, place))
    if row is None:
        raise NotHere
    session.delete(row)
    note(session, Store.VOICES, by=view.person_id, verb="end_coauthor", what="advice", id=view.advice.id, now=now)


def put_note(session: Session, view: AdviceView, place: str, *, body: str, language: str, now: datetime) -> None:
    """Write a note in the margin of a part; only those who write the part read it."""
    _may(session, view, place)
    day = now.astimezone(ZoneInfo(view.place.timezone)).date()
    session.add(
        MarginNote(advice_id=view.advice.id, place=place, by=view.person_id, body=body, language=language, made_on=day)
    )
    note(session, Store.VOICES, by=view.person_id, verb="note_in_margin", what="advice", id=view.advice.id, now=now)


def resolve(session: Session, view: AdviceView, place: str, note_id: int, *, now: datetime) -> None:
    """Say that a note was dealt with. Raises `NotHere`."""
    _may(session, view, place)
    row = session.get(MarginNote, note_id)
    if row is None or (row.advice_id, row.place) != (view.advice.id, place):
        raise NotHere
    row.resolved_on = row.resolved_on or now.astimezone(ZoneInfo(view.place.timezone)).date()
    note(session, Store.VOICES, by=view.person_id, verb="resolve_note", what="margin_note", id=row.id, now=now)


def _may(session: Session, view: AdviceView, place: str) -> None:
    own = view.moderates or place in coauthor_queries.places_of(session, view.advice.id, view.person_id)
    require(Action.NOTE_IN_MARGIN, facts(view.round, view.membership, state=view.advice.state, own=own))
