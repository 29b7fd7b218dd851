"""Keeping the directory of networks and the policy calendar, and what members suggest for the directory."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from codesign.db import Store, insert_if_absent, lock
from codesign.documents.domain import freeze, instant
from codesign.jobs import outbox
from codesign.journal.actions import note
from codesign.networks.models import Network, NetworkSuggestion, PolicyMoment, SuggestionState
from codesign.networks.queries import by_key, codes, suggested_by
from codesign.panels.models import Membership, Municipality, Panel
from codesign.panels.queries import facts
from codesign.places.domain import code_of, next_as_of
from codesign.rules.permissions import Action, Reason, Refused, require
from codesign.rules.words import kinds_found


def keep_network(
    session: Session, panel: Panel, membership: Membership | None, *, values: Mapping[str, Any], by: int,
    now: datetime, row: Network | None = None, suggestion: NetworkSuggestion | None = None,
) -> Network:  # fmt: skip
    """A network comes into the directory, or (with `row`) is changed; the record gets it as it stands now.

    Without a membership it is the host who keeps it. A `suggestion` it was made from counts as taken.
    """
    row = _kept(session, Action.KEEP_DIRECTORY, Network, panel, membership, values, str(values["name"]), row, now)
    _send_network(session, row, now)
    if suggestion is not None:
        _decide(session, suggestion, SuggestionState.TAKEN)
        suggestion.network_id = row.id
    note(session, Store.VOICES, by=by, verb="keep_network", what="network", id=row.id, now=now)
    return row


def end_network(
    session: Session, panel: Panel, membership: Membership | None, row: Network, *, why: str, by: int, today: date,
    now: datetime,
) -> None:  # fmt: skip
    """A network is there no more: nobody reads it in a directory any longer; the reason stays with the moderators."""
    _end(session, Action.KEEP_DIRECTORY, panel, membership, row, why, today, now)
    _send_network(session, row, now)
    note(session, Store.VOICES, by=by, verb="end_network", what="network", id=row.id, now=now)


def keep_moment(
    session: Session, panel: Panel, membership: Membership, *, values: Mapping[str, Any], by: int, now: datetime,
    row: PolicyMoment | None = None,
) -> PolicyMoment:  # fmt: skip
    """A moment comes into the policy calendar, or (with `row`) is changed; the record gets it as it stands now."""
    row = _kept(session, Action.KEEP_CALENDAR, PolicyMoment, panel, membership, values, str(values["title"]), row, now)
    _send_moment(session, row, now)
    note(session, Store.VOICES, by=by, verb="keep_moment", what="policy_moment", id=row.id, now=now)
    return row


def end_moment(
    session: Session, panel: Panel, membership: Membership, row: PolicyMoment, *, why: str, by: int, today: date,
    now: datetime,
) -> None:  # fmt: skip
    """A moment is taken out of the calendar, with a reason."""
    _end(session, Action.KEEP_CALENDAR, panel, membership, row, why, today, now)
    _send_moment(session, row, now)
    note(session, Store.VOICES, by=by, verb="end_moment", what="policy_moment", id=row.id, now=now)


def suggest(
    session: Session, membership: Membership, *, name: str, does: str, known: str, language: str, key: str,
    consented: bool, now: datetime,
) -> NetworkSuggestion:  # fmt: skip
    """A member names a group. It waits for a moderator; what in it could point at somebody is said to both (R15)."""
    require(Action.SUGGEST_NETWORK, facts(None, membership, consented=consented))
    came = insert_if_absent(
        session, NetworkSuggestion, panel_id=membership.panel_id, author_id=membership.person_id, name=name, does=does,
        known=known, language=language, held_for=kinds_found("\n".join((name, does, known))), form_key=key,
        state=SuggestionState.WAITING, why="", created_on=now.date(),
    )  # fmt: skip
    row = by_key(session, membership.person_id, key)
    assert row is not None
    if came:
        note(session, Store.VOICES, by=membership.person_id, verb="suggest", what="suggestion", id=row.id, now=now)
    return row


def decline(
    session: Session, membership: Membership, row: NetworkSuggestion, *, why: str, by: int, now: datetime
) -> None:
    """A suggestion does not come into the directory; its author reads why."""
    require(
        Action.KEEP_DIRECTORY, facts(None, membership, own=row.panel_id == membership.panel_id, reason_given=bool(why))
    )
    _decide(session, row, SuggestionState.DECLINED, why)
    note(session, Store.VOICES, by=by, verb="decline", what="suggestion", id=row.id, now=now)


def erase_posts(session: Session, person_id: int, now: datetime) -> None:
    """Take out what somebody suggested (an `Eraser`); a group that came into the directory is not theirs and stays."""
    for row in suggested_by(session, person_id):
        session.delete(row)
        note(session, Store.VOICES, by=person_id, verb="erase_posts", what="suggestion", id=row.id, now=now)


def _kept(
    session: Session, action: Action, model: Any, panel: Panel, membership: Membership | None,
    values: Mapping[str, Any], name: str, row: Any, now: datetime,
) -> Any:  # fmt: skip
    place = panel.municipality_code
    own, sourced = row is None or row.place_code == place, bool(values.get("source", "none is asked"))
    require(action, facts(None, membership, own=own, sourced=sourced))
    # One keeper of a place at a time, so that a code is given once.
    lock(session, Municipality, place)
    if row is None:
        code = code_of(name, codes(session, model, place), "group" if model is Network else "moment")
        row = model(place_code=place, code=code, as_of=next_as_of(now, None))
        session.add(row)
    else:
        _must_be_there(session, row)
        row.as_of = next_as_of(now, row.as_of)
    for key, value in values.items():
        setattr(row, key, value)
    session.flush()
    return row


def _end(
    session: Session, action: Action, panel: Panel, membership: Membership | None, row: Network | PolicyMoment,
    why: str, today: date, now: datetime,
) -> None:  # fmt: skip
    own = row.place_code == panel.municipality_code
    require(action, facts(None, membership, own=own, reason_given=bool(why)))
    _must_be_there(session, row)
    row.ended_on, row.end_reason, row.as_of = today, why, next_as_of(now, row.as_of)
    session.flush()


def _must_be_there(session: Session, row: Network | PolicyMoment) -> None:
    lock(session, type(row), row.id)
    if row.ended_on is not None:
        raise Refused(Reason.WRONG_STATE)


def _decide(session: Session, row: NetworkSuggestion, state: SuggestionState, why: str = "") -> None:
    lock(session, NetworkSuggestion, row.id)
    if row.state is not SuggestionState.WAITING:
        raise Refused(Reason.WRONG_STATE)
    row.state, row.why = state, why


def _send_network(session: Session, row: Network, now: datetime) -> None:
    ended = row.ended_on is not None
    words = {name: "" if ended else getattr(row, name) for name in ("name", "does", "could", "reach")}
    lists = {name: [] if ended else getattr(row, name) for name in ("languages", "domains")}
    document = {
        "place": row.place_code, "code": row.code, "as_of": instant(row.as_of), "standing": row.standing.value,
        "language": row.language, "ended": ended, **words, **lists,
    }  # fmt: skip
    outbox.put(session, kind="network", payload=freeze("network", document), now=now)


def _send_moment(session: Session, row: PolicyMoment, now: datetime) -> None:
    ended = row.ended_on is not None
    words = {name: "" if ended else getattr(row, name) for name in ("title", "source", "url")}
    document = {
        "place": row.place_code, "code": row.code, "as_of": instant(row.as_of), "kind": row.kind.value,
        "language": row.language, "decided_on": row.decided_on.isoformat(), "checked_on": row.checked_on.isoformat(),
        "advice_before": row.advice_before.isoformat() if row.advice_before else None, "ended": ended, **words,
    }  # fmt: skip
    outbox.put(session, kind="moment", payload=freeze("moment", document), now=now)
