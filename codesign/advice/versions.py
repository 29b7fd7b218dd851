"""Keeping versions of what is written in an advice, and writing an old one back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from codesign.advice import models, values, version_queries
from codesign.advice.models import AdviceVersion
from codesign.advice.queries import AdviceView
from codesign.advice.values import ActorKind, Section, Words
from codesign.advice.version_queries import PREFIX

TEXTS = ("title", "what", "by_when", "decided_on", "cost_class", "notice", "small_initiative", "small_group",
         "none_because", "moment")  # fmt: skip
CHAIN = ("activity", "change", "domain", "indicator", "experience", "assumptions", "risks")


def piece_place(key: Words, language: str = "") -> str:
    """The place of a piece of words: `heard`, or `in_short-ar`."""
    return f"{key.value}-{language}" if language else key.value


def recommendation_place(recommendation_id: int) -> str:
    """The place of a recommendation with its change chain."""
    return f"{PREFIX}{recommendation_id}"


def recommendation_of(place: str) -> int | None:
    """The number of the recommendation a place is of; None for any other place."""
    raw = place.removeprefix(PREFIX)
    return int(raw) if raw != place and raw.isascii() and raw.isdigit() and len(raw) < 10 else None


def places_of(section: Section, languages: Iterable[str]) -> tuple[str, ...]:
    """The places whose versions a section shows."""
    if section is Section.COVER:
        return (Section.COVER.value,)
    if section is Section.IN_SHORT:
        return tuple(piece_place(Words.IN_SHORT, code) for code in languages)
    return tuple(k.value for k in Words if values.SECTION_OF[k] is section)


def piece_of(place: str) -> tuple[Words, str] | None:
    """The piece of words a place holds; None for the cover and recommendations."""
    key, _dash, language = place.partition("-")
    return (Words(key), language) if key in set(Words) else None


def as_text(value: Any) -> str:
    """A field as it is compared and shown: days as 2026-07-09, nothing as nothing, people one a line."""
    if isinstance(value, list):
        lines = ((f"{name}: {part}" if part else str(name), *when) for name, _kind, part, *when in value)
        return "\n".join(", ".join(said for said in line if said) for line in lines)
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def content_of(row: models.Recommendation, actors: Iterable[models.Actor | values.Actor]) -> dict[str, Any]:
    """A recommendation as its version holds it."""
    fields = {name: as_text(getattr(row, name)) for name in (*TEXTS, *CHAIN)}
    return fields | {"actors": [[a.name, a.kind.value, a.part, a.by_when] for a in actors]}


def actors_as_text(actors: Iterable[values.Actor]) -> str:
    """Who does it as one text, to see whether anybody changed it."""
    return as_text([[a.name, a.kind.value, a.part, a.by_when] for a in actors])


def back(name: str, text: str) -> Any:
    """A field as the table holds it, from the text in which it was compared."""
    if name == "decided_on":
        return date.fromisoformat(text) if text else None
    if name == "cost_class":
        return int(text) if text else None
    return text


def longest(name: str) -> int:
    """How many characters a field of a recommendation holds."""
    column = models.Recommendation.__table__.c[name]
    return getattr(column.type, "length", None) or 100_000


def actors_of(content: Mapping[str, Any]) -> list[values.Actor]:
    """Who does it, as a version holds it."""
    return [values.Actor(name, ActorKind(kind), *more) for name, kind, *more in content.get("actors", [])]


def record(
    session: Session, view: AdviceView, place: str, content: Mapping[str, Any], *, now: datetime, kept: bool = True,
    before: tuple[Mapping[str, Any], int] | None = None, seal: bool = False,
) -> None:  # fmt: skip
    """Keep how a place reads now. `kept` false: saved by itself while somebody types, written over by her next save.

    before: how it read and who wrote it, kept as the first version of a place that has none yet. seal: nothing is
    written over, because what stands there is in no other text.
    """
    day = now.astimezone(ZoneInfo(view.place.timezone)).date()
    last = version_queries.newest(session, view.advice.id, place)
    if last is None and before is not None:
        last = _add(session, view, place, before[0], number=1, by=before[1], day=day, kept=True)
    if last is not None and dict(last.content) == dict(content):
        last.kept = last.kept or kept
        return
    if last is not None and not last.kept and not seal and (last.saved_by, last.saved_on) == (view.person_id, day):
        last.content, last.kept = dict(content), kept
        return
    number = last.number + 1 if last is not None else 1
    _add(session, view, place, content, number=number, by=view.person_id, day=day, kept=kept)


def _add(
    session: Session, view: AdviceView, place: str, content: Mapping[str, Any], *, number: int, by: int, day: date,
    kept: bool,
) -> AdviceVersion:  # fmt: skip
    made = AdviceVersion(
        advice_id=view.advice.id, place=place, number=number, content=dict(content), saved_by=by, saved_on=day,
        kept=kept,
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made
