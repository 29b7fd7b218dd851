"""Writing an old version back, also of a recommendation that was taken out; the present text stays in the history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from codesign.advice import actions, queries, version_queries
from codesign.advice.actions import NotHere
from codesign.advice.domain import fingerprint
from codesign.advice.queries import AdviceView
from codesign.advice.versions import (
    CHAIN,
    TEXTS,
    actors_of,
    back,
    longest,
    piece_of,
    recommendation_of,
    recommendation_place,
    record,
)


def restore(session: Session, view: AdviceView, version_id: int, *, now: datetime) -> str:
    """Write a version back as the newest one; returns the place it stands in now. Raises `NotHere` and `Full`."""
    version = version_queries.version(session, view.advice.id, version_id)
    if version is None or not version.content:
        raise NotHere
    content, place = version.content, version.place
    piece = piece_of(place)
    number = recommendation_of(place)
    if piece is not None:
        there = next((t.text for t in queries.texts(session, view.advice.id) if (t.key, t.language) == piece), "")
        actions.save_words(session, view, {piece: (content["text"], fingerprint(there))}, now=now)
    elif number is not None:
        return recommendation_place(_put_back(session, view, number, content, now))
    else:
        actions.save_cover(
            session, view, title=content["title"], language=content["language"], seen=view.advice.version, now=now
        )
    return place


def _put_back(session: Session, view: AdviceView, number: int, content: Mapping[str, Any], now: datetime) -> int:
    """The words of a recommendation, in itself or, where it was taken out, in a new one; returns its number."""
    there = {r.id: r for r in queries.recommendations(session, view.advice.id)}
    row = there.get(number) or actions.add_recommendation(session, view, title=_short("title", content) or "…", now=now)
    fields = {name: back(name, _short(name, content)) for name in TEXTS}
    actions.save_recommendation(
        session, view, row.id, fields, actors=actors_of(content), links=None, seen=row.version, now=now
    )
    chain = {name: _short(name, content) for name in CHAIN}
    actions.save_chain(session, view, row.id, chain, seen=row.version, now=now)
    return row.id


def _short(name: str, content: Mapping[str, Any]) -> str:
    """A field as long as its column; what was typed while it was taken out may be longer, and stays in the history."""
    return str(content.get(name, ""))[: longest(name)]


def keep_words_of_gone(
    session: Session, view: AdviceView, recommendation_id: int, content: Mapping[str, Any], *, now: datetime
) -> bool:  # fmt: skip
    """Keep what was typed in a recommendation that somebody took out meanwhile; False when it never was here."""
    place = recommendation_place(recommendation_id)
    last = version_queries.newest(session, view.advice.id, place)
    if last is None:
        return False
    actions.open_draft(session, view, now, "recommendation", place)
    record(session, view, place, {**last.content, **content}, now=now, seal=True)
    return True
