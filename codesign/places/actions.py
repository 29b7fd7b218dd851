"""Taking over places, their networks and moments as the voices sent them, and moments a municipality itself keeps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from codesign.db import Store, lock
from codesign.journal.actions import note
from codesign.places.domain import MomentKind, Origin, Standing, code_of, next_as_of
from codesign.places.house_style import Style
from codesign.places.models import HouseStyle, Place, PlaceMoment, PlaceNetwork
from codesign.places.queries import moment_codes, moment_of
from codesign.places.renewing import renew
from codesign.rules.facts import Facts
from codesign.rules.permissions import Action, require


def receive_house_style(session: Session, document: Mapping[str, Any], style: Style, now: datetime) -> None:
    """Take over how a place looks (a checked `codesign/house_style/1` document); one not newer than ours is let go."""
    require(Action.RECEIVE, Facts(by_house=True))
    logo = style.logo
    values = {
        "digest": style.digest, "tokens": dict(style.tokens), "stored": style.stored, "logo": logo and logo.content,
        "logo_digest": logo.digest if logo else "", "logo_width": logo.width if logo else 0,
        "logo_height": logo.height if logo else 0, "logo_alternative": logo.alternative if logo else "",
        "logo_language": logo.language if logo else "",
    }  # fmt: skip
    code = document["place"]
    if renew(session, HouseStyle, {"place_code": code}, values, as_of=document["as_of"], now=now):
        note(session, Store.RECORD, by=None, verb="receive", what="house_style", id=code, now=now)


def receive_place(session: Session, document: Mapping[str, Any], now: datetime) -> None:
    """Make or renew the place in a checked `codesign/place/1` document; one not newer than ours changes nothing."""
    require(Action.RECEIVE, Facts(by_house=True))
    values = {
        key: document[key] for key in ("name", "addressee", "answer_weeks", "timezone", "languages", "legal_basis")
    }
    code = document["code"]
    if renew(session, Place, {"code": code}, values, as_of=document["as_of"], now=now):
        note(session, Store.RECORD, by=None, verb="receive", what="place", id=code, now=now)


def receive_network(session: Session, document: Mapping[str, Any], now: datetime) -> None:
    """Keep, renew or end a network from a checked `codesign/network/1` document; the newer `as_of` wins."""
    require(Action.RECEIVE, Facts(by_house=True))
    names = ("name", "does", "could", "languages", "domains", "reach", "language", "ended")
    values = {name: document[name] for name in names} | {"standing": Standing(document["standing"])}
    place, code = document["place"], document["code"]
    key = {"place_code": place, "code": code}
    if renew(session, PlaceNetwork, key, values, as_of=document["as_of"], now=now):
        note(session, Store.RECORD, by=None, verb="receive", what="network", id=f"{place}/{code}", now=now)


def receive_moment(session: Session, document: Mapping[str, Any], now: datetime) -> None:
    """Keep, renew or end a moment from a checked `codesign/moment/1` document; the newer `as_of` wins."""
    require(Action.RECEIVE, Facts(by_house=True))
    before = document["advice_before"]
    values = {name: document[name] for name in ("title", "language", "source", "url", "ended")} | {
        "kind": MomentKind(document["kind"]), "decided_on": date.fromisoformat(document["decided_on"]),
        "advice_before": date.fromisoformat(before) if before else None,
        "checked_on": date.fromisoformat(document["checked_on"]),
    }  # fmt: skip
    place, code = document["place"], document["code"]
    key = {"place_code": place, "origin": Origin.PANEL, "code": code}

    def primary() -> int | None:
        found = moment_of(session, place, Origin.PANEL, code)
        return found.id if found else None

    if renew(session, PlaceMoment, key, values, as_of=document["as_of"], now=now, primary=primary):
        note(session, Store.RECORD, by=None, verb="receive", what="moment", id=f"{place}/{code}", now=now)


def _write(row: PlaceMoment, values: Mapping[str, Any], as_of: datetime, now: datetime) -> None:
    for key, value in values.items():
        setattr(row, key, value)
    row.as_of, row.received_at = as_of, now


def keep_moment(
    session: Session, place: Place, *, values: Mapping[str, Any], by: int, facts: Facts, now: datetime,
    row: PlaceMoment | None = None,
) -> PlaceMoment:  # fmt: skip
    """A moment an official of the place writes, or (with `row`) changes; it stays in the record."""
    require(Action.KEEP_CALENDAR, facts)
    lock(session, Place, place.code)
    if row is None:
        code = code_of(str(values["title"]), moment_codes(session, place.code, Origin.PLACE), "moment")
        row = PlaceMoment(place_code=place.code, origin=Origin.PLACE, code=code, ended=False)
        row.as_of = now
        session.add(row)
    _write(row, values, next_as_of(now, row.as_of), now)
    session.flush()
    note(session, Store.RECORD, by=by, verb="keep_moment", what="moment", id=row.id, now=now)
    return row


def end_moment(session: Session, row: PlaceMoment, *, by: int, facts: Facts, now: datetime) -> None:
    """The municipality takes one of its moments out; its words go."""
    require(Action.KEEP_CALENDAR, facts)
    _write(row, {"title": "", "source": "", "url": "", "ended": True}, next_as_of(now, row.as_of), now)
    note(session, Store.RECORD, by=by, verb="end_moment", what="moment", id=row.id, now=now)
