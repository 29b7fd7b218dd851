"""Sessions inside a round: planned beforehand, with headcount and notes afterwards."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from codesign.db import Store
from codesign.journal.actions import note
from codesign.panels.models import Gathering, Membership, Round
from codesign.panels.queries import facts
from codesign.rules.permissions import Action, require


def plan_session(
    session: Session, row: Round, member: Membership, *, title: str, held_on: date, starts: str, ends: str, place: str,
    link: str, programme: str, languages: list[str], text_language: str, now: datetime,
) -> Gathering:  # fmt: skip
    """A session of a round: day, place or link, programme, languages (with an interpreter or spoken)."""
    require(Action.PLAN_SESSION, facts(row, member))
    gathering = Gathering(
        round_id=row.id, title=title, held_on=held_on, starts=starts, ends=ends, place=place, link=link,
        programme=programme, languages=languages, text_language=text_language,
    )  # fmt: skip
    session.add(gathering)
    session.flush()
    note(session, Store.VOICES, by=member.person_id, verb="plan_session", what="gathering", id=gathering.id, now=now)
    return gathering


def change_session(
    session: Session, gathering: Gathering, row: Round, member: Membership, *, title: str, held_on: date, starts: str,
    ends: str, place: str, link: str, programme: str, languages: list[str], text_language: str, now: datetime,
) -> None:  # fmt: skip
    """Other words, day or place for a session."""
    require(Action.PLAN_SESSION, facts(row, member))
    gathering.title, gathering.held_on, gathering.starts, gathering.ends = title, held_on, starts, ends
    gathering.place, gathering.link, gathering.programme = place, link, programme
    gathering.languages, gathering.text_language = languages, text_language
    note(session, Store.VOICES, by=member.person_id, verb="change_session", what="gathering", id=gathering.id, now=now)


def record_session(
    session: Session, gathering: Gathering, row: Round, member: Membership, *, headcount: int | None, notes: str,
    now: datetime,
) -> None:  # fmt: skip
    """How many people came (no names), and notes."""
    require(Action.RECORD_SESSION, facts(row, member))
    gathering.headcount, gathering.notes = headcount, notes
    note(session, Store.VOICES, by=member.person_id, verb="record_session", what="gathering", id=gathering.id, now=now)
