"""Reading an advice off for the library: what kind of measure each recommendation is, how it stands, and its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from codesign.documents.domain import Json
from codesign.library.domain import Stand
from codesign.responses.values import AnswerView, PartView
from codesign.rules.text import fold_for_search


@dataclass(frozen=True)
class Measure:
    """One recommendation; `actors` are the kinds of those who take part, `found_by` its folded words."""

    recommendation: int
    title: str
    domain: str
    indicator: str
    experience: str | None
    cost_class: int
    stand: Stand
    card: Json | None
    found_by: str
    actors: tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """One advice with its measures; `found_by` are the folded words of the whole."""

    place_code: str
    place_name: str
    number: str
    title: str
    language: str
    sent_on: date
    found_by: str
    measures: tuple[Measure, ...]


def read_off(
    document: Json, answer: AnswerView | None, cards: Mapping[int, Json], *, withdrawn: bool, more: Iterable[str] = ()
) -> Entry:
    """The entry of an advice document, its answer and its learning cards (as in `codesign/lessons/1`, by number).

    `more`: summaries that were translated later.
    """
    place = document["place"]
    short = [*(p["text"] for p in document["in_short"]), *more]
    answered = [answer.what_we_heard, *(p.text for p in answer.summary)] if answer else []
    return Entry(
        place_code=place["code"],
        place_name=place["name"],
        number=document["number"],
        title=document["title"],
        language=document["language"],
        sent_on=date.fromisoformat(document["cover"]["sent_on"]),
        found_by=fold_for_search(" ".join([document["number"], place["name"], document["title"], *short, *answered])),
        measures=tuple(
            _measure(r, answer.part(r["number"]) if answer else None, cards.get(r["number"]), withdrawn)
            for r in document["recommendations"]
        ),
    )


def _measure(r: Json, part: PartView | None, card: Json | None, withdrawn: bool) -> Measure:
    chain = r["chain"]
    words = [r["title"], r["what"], r["notice"], r["small_initiative"], chain["activity"], chain["change"]]
    words += [*chain["assumptions"], *(f"{a['name']} {a['part']}" for a in r["actors"])]
    if part is not None:
        words += [part.reasons, *(f"{p.action} {p.first_step}" for p in part.promises)]
    if card is not None:
        words += [card["assumption"], card["trial"], card["changed"]]
    return Measure(
        recommendation=r["number"],
        title=r["title"],
        domain=chain["domain"],
        indicator=chain["indicator"],
        experience=chain["experience_question"],
        cost_class=r["cost_class"],
        stand=_stand(part, withdrawn),
        card=card,
        found_by=fold_for_search(" ".join(words)),
        actors=tuple(sorted({a["kind"] for a in r["actors"]})),
    )


def _stand(part: PartView | None, withdrawn: bool) -> Stand:
    if withdrawn:
        return Stand.WITHDRAWN
    return Stand(part.decision.value) if part is not None and part.decision is not None else Stand.WAITING


def card_of(row: Any) -> Json:
    """A learning card (row or value) as it stands in a `codesign/lessons/1` document."""
    return {
        "recommendation": row.recommendation,
        "assumption": row.assumption,
        "assumption_language": row.assumption_language,
        "trial": row.trial,
        "trial_language": row.trial_language,
        "look_back_on": row.look_back_on.isoformat(),
        "changed": row.changed,
    }
