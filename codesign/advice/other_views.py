"""Other views: members who see it differently write a text together, which no moderator can change or take out."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from codesign.advice import other_view_queries, queries
from codesign.advice.actions import NotHere
from codesign.advice.models import Advice, OtherView, OtherViewMember
from codesign.advice.queries import AdviceView
from codesign.db import Store, insert_if_absent, lock
from codesign.journal.actions import note
from codesign.panels.queries import facts
from codesign.rules.permissions import Action, require
from codesign.voting.domain import State


class TextFirst(ValueError):
    """It cannot stand in the advice without words in the language of the advice."""


def begin(session: Session, view: AdviceView, *, title: str, language: str, now: datetime) -> OtherView:
    """Begin another view; others of the panel can join."""
    _may(session, view, own=True)
    day = now.astimezone(ZoneInfo(view.place.timezone)).date()
    made = OtherView(advice_id=view.advice.id, title=title, language=language, begun_on=day)
    session.add(made)
    session.flush()
    session.add(OtherViewMember(view_id=made.id, person_id=view.person_id))
    note(session, Store.VOICES, by=view.person_id, verb="begin", what="other_view", id=made.id, now=now)
    return made


def join(session: Session, view: AdviceView, view_id: int, *, now: datetime) -> None:
    """Write along in another view. Raises `NotHere`."""
    _may(session, view, own=True)
    row = _row(session, view, view_id)
    insert_if_absent(session, OtherViewMember, view_id=row.id, person_id=view.person_id)
    note(session, Store.VOICES, by=view.person_id, verb="join", what="other_view", id=row.id, now=now)


def leave(session: Session, view: AdviceView, view_id: int, *, now: datetime) -> None:
    """Stop writing along; a view that nobody writes and that is not ready goes. Raises `NotHere`."""
    row = _row(session, view, view_id)
    mine = session.get(OtherViewMember, (row.id, view.person_id))
    if mine is None:
        raise NotHere
    session.delete(mine)
    session.flush()
    if not row.ready and not other_view_queries.members(session, row.id):
        session.delete(row)
    note(session, Store.VOICES, by=view.person_id, verb="leave", what="other_view", id=view_id, now=now)


def write(
    session: Session, view: AdviceView, view_id: int, *, title: str, own_words: str, text: str, ready: bool,
    now: datetime,
) -> None:  # fmt: skip
    """Write it. text: in the language of the advice; ready: it stands there. Raises `NotHere` and `TextFirst`."""
    row = _row(session, view, view_id)
    _may(session, view, own=session.get(OtherViewMember, (row.id, view.person_id)) is not None)
    if ready and not text.strip():
        raise TextFirst
    row.title, row.own_words, row.text, row.ready = title, own_words, text, ready
    note(session, Store.VOICES, by=view.person_id, verb="write", what="other_view", id=row.id, now=now)


def _row(session: Session, view: AdviceView, view_id: int) -> OtherView:
    row = lock(session, OtherView, view_id)
    if row is None or row.advice_id != view.advice.id:
        raise NotHere
    return row


def _may(session: Session, view: AdviceView, *, own: bool) -> None:
    """Members only, and only while the panel does not vote on the text: the vote is about every word of it."""
    advice = lock(session, Advice, view.advice.id)
    assert advice is not None
    last = queries.last_ratification(session, advice.id)
    running = last is not None and last[0].result is None and last[1].state is not State.VOID
    known = facts(view.round, view.membership, state=advice.state, own=own, ballot_running=running)
    require(Action.WRITE_OTHER_VIEW, known)
