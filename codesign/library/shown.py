"""An advice of elsewhere as its page shows it: the document, the answer, and what came of it, read off the bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from codesign.documents.domain import Json, parse
from codesign.library import queries
from codesign.library.checking import Checked
from codesign.library.exporting import released
from codesign.library.importing import newest_advice, newest_lessons
from codesign.library.models import LibraryAdvice, LibraryDocument
from codesign.responses.after_queries import fits_from, found_from
from codesign.responses.aftermath import Card, Fits, Found, Reply, Report, Which
from codesign.responses.domain import Progress
from codesign.responses.values import AnswerView, from_document, rating_from


@dataclass(frozen=True)
class Elsewhere:
    """One imported advice with all that belongs to it. `files`: kind and digest of each document, `imported_at` of the
    newest of them."""

    document: Json
    passages: Sequence[Json]
    answer: AnswerView | None
    withdrawal: Json | None
    reports: Mapping[Which, Sequence[Report]]
    found: Mapping[Which, Sequence[Found]]
    fits: Mapping[Which, Fits]
    cards: Mapping[int, Card]
    reply: Reply | None
    files: Sequence[tuple[str, str]]
    imported_at: datetime


def elsewhere(session: Session, entry: LibraryAdvice) -> Elsewhere:
    """Read an imported advice: two statements."""
    assert entry.origin_id is not None
    rows = queries.documents_of(session, entry.origin_id, entry.place_code, entry.number)
    named = {name for row in rows for name in released(row.kind, row.stored)}
    stored = queries.imported_releases(session, named)
    releases = {name: parse("release", payload) for name, payload in stored.items()}
    by_kind: dict[str, list[Checked]] = {}
    for row in rows:
        by_kind.setdefault(row.kind, []).append(Checked(row.kind, row.digest, parse(row.kind, row.stored)))
    advice = newest_advice(by_kind["advice"])
    lessons = newest_lessons(d.document for d in by_kind.get("lessons", [])) or {"cards": [], "reports": []}
    return Elsewhere(
        document=advice.document,
        passages=_passages(advice, by_kind.get("summary", [])),
        answer=_answer(by_kind, releases),
        withdrawal=_one(by_kind, "withdrawal"),
        reports=_reports(lessons),
        found=_found(by_kind.get("finding", []), releases),
        fits=_fits(_one(by_kind, "fit"), releases),
        cards={card["recommendation"]: _card(card) for card in lessons["cards"]},
        reply=_reply(by_kind.get("reply", [])),
        files=_files(rows, sorted(releases)),
        imported_at=max(row.imported_at for row in rows),
    )


def _one(by_kind: Mapping[str, Sequence[Checked]], kind: str) -> Json | None:
    return next((d.document for d in by_kind.get(kind, [])), None)


def _passages(advice: Checked, summaries: Sequence[Checked]) -> list[Json]:
    found: list[Json] = list(advice.document["in_short"])
    for one in sorted(summaries, key=lambda d: d.digest):
        if one.document["language"] not in {p["language"] for p in found}:
            found.append({key: one.document[key] for key in ("language", "text", "translated_by")})
    return found


def _answer(by_kind: Mapping[str, Sequence[Checked]], releases: Mapping[str, Json]) -> AnswerView | None:
    answer = next(iter(by_kind.get("answer", [])), None)
    if answer is None:
        return None
    rating = _one(by_kind, "rating")
    view = rating_from(rating, releases.get(rating["release"])) if rating else None
    return from_document(answer.document, answer.digest, view)


def _reports(lessons: Json) -> dict[Which, list[Report]]:
    found: dict[Which, list[Report]] = {}
    for r in lessons["reports"]:
        day = date.fromisoformat(r["reported_on"])
        report = Report(Progress(r["state"]), r["text"], r["language"], day, r["post"])
        found.setdefault((r["recommendation"], r["promise"]), []).append(report)
    return found


def _card(card: Json) -> Card:
    return Card(**{**card, "look_back_on": date.fromisoformat(card["look_back_on"])})


def _found(findings: Sequence[Checked], releases: Mapping[str, Json]) -> dict[Which, list[Found]]:
    found: dict[Which, list[Found]] = {}
    for one in sorted(findings, key=lambda d: (d.document["closed_on"], d.digest), reverse=True):
        d = one.document
        value = found_from(d, releases[d["release"]])
        found.setdefault((d["recommendation"], d["promise"]), []).append(value)
    return found


def _fits(fit: Json | None, releases: Mapping[str, Json]) -> dict[Which, Fits]:
    return fits_from(fit, releases[fit["release"]]) if fit else {}


def _reply(replies: Sequence[Checked]) -> Reply | None:
    for one in replies:
        passages = [(p["language"], p["text"]) for p in one.document["text"]]
        return Reply(passages, date.fromisoformat(one.document["agreed_on"]), one.digest)
    return None


def _files(rows: Sequence[LibraryDocument], releases: Sequence[str]) -> list[tuple[str, str]]:
    documents = sorted((row.kind, row.digest) for row in rows)
    return [*documents, *(("release", name) for name in releases)]


def indicators_of(document: Json) -> dict[str, Any]:
    """The indicators that an advice names, by code."""
    return {i["code"]: i for i in document["annexes"]["indicators"]}
