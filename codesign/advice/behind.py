"""Putting together what stands behind each sentence of "what we heard" and behind each recommendation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy.orm import Session

from codesign.advice import quote_queries
from codesign.advice.behind_queries import Backed
from codesign.advice.queries import AdviceView
from codesign.advice.values import Cited, Content, Outcome, Quote, Recommendation, Report, Sentence, VisionPoint, Words
from codesign.evidence.sentences import follow, split
from codesign.evidence.values import Kind, ReportFile, Thing
from codesign.fieldwork import queries as fieldwork
from codesign.vision import queries as points


@dataclass(frozen=True)
class Sources:
    """What an advice can rest on today, by number; a thing that is linked and not here is gone."""

    outcomes: Mapping[int, Outcome]
    cited: Mapping[int, Cited]
    quotes: Mapping[int, Quote] = field(default_factory=dict)
    reports: Mapping[int, Report] = field(default_factory=dict)
    vision: Mapping[int, VisionPoint] = field(default_factory=dict)

    def behind(self, things: Iterable[Thing]) -> dict[str, Any]:
        """Fields of a `Sentence` or `Recommendation`: what these things are, and the kinds of those that are gone."""
        there: dict[Kind, Mapping[int, Any]] = {
            Kind.RESULT: self.outcomes, Kind.QUOTE: self.quotes, Kind.REPORT: self.reports, Kind.CITED: self.cited,
            Kind.VISION: self.vision,
        }  # fmt: skip
        every = tuple(dict.fromkeys(things))
        found: dict[str, Any] = {"things": every, "lost": ()}
        for kind, number in every:
            if kind is Kind.IDEA:
                continue
            name, thing = (FIELDS[kind], there[kind][number]) if number in there[kind] else ("lost", kind)
            if thing not in found.get(name, ()):
                found[name] = (*found.get(name, ()), thing)
        return found


FIELDS = {
    Kind.RESULT: "outcomes", Kind.QUOTE: "quotes", Kind.REPORT: "reports", Kind.CITED: "cited", Kind.VISION: "vision",
}  # fmt: skip


def sources(
    session: Session, view: AdviceView, outcomes: Mapping[int, Outcome], cited: Sequence[Cited],
    backed: Sequence[Backed],
) -> Sources:  # fmt: skip
    """What these links can point to; one statement for each of quotes, reports and vision that is used at all."""
    kinds = {b.thing[0] for b in backed}
    return Sources(
        outcomes=outcomes,
        cited={c.id: c for c in cited},
        quotes={q.id: q for q in quote_queries.released(session, view.round.id)} if Kind.QUOTE in kinds else {},
        reports=reports(session, view) if Kind.REPORT in kinds else {},
        vision=vision(session, view) if Kind.VISION in kinds else {},
    )


def reports(session: Session, view: AdviceView) -> dict[int, Report]:
    """The reports from the room that everybody may read, by number, newest first."""
    return {r.id: _report(r) for r in fieldwork.reports_of(session, view.panel.id) if r.public}


def _report(row: fieldwork.Report) -> Report:
    f = row.file
    file = ReportFile(f.digest, f.media_type, f.size, f.name, f.alternative) if f is not None else None
    return Report(
        id=row.id, kind=row.kind, title=row.title, held_on=row.held_on, text=row.text, people=row.people,
        languages=row.languages, language=row.language, file=file,
    )  # fmt: skip


def vision(session: Session, view: AdviceView) -> dict[int, VisionPoint]:
    """The points of the vision the panel agreed on, by number, in their order."""
    return {p.id: VisionPoint(p.id, p.text, p.language) for p in points.points_of(session, view.panel.id)}


def sentences(text: str, backed: Sequence[Backed], known: Sources) -> tuple[Sentence, ...]:
    """The sentences of a text, each with what was put behind it or behind the sentence it was."""
    things: dict[str, list[Thing]] = {}
    for one in backed:
        if one.sentence is not None:
            things.setdefault(one.sentence, []).append(one.thing)
    supported = [Sentence(text=earlier, **known.behind(found)) for earlier, found in things.items()]
    return rewritten(supported, text)


def rewritten(earlier: Sequence[Sentence], text: str) -> tuple[Sentence, ...]:
    """The sentences of a text with what earlier sentences rested on, where they are still the same."""
    now = split(text)
    kept = follow([sentence.text for sentence in earlier], now)
    return tuple(
        replace(old, text=words, carried=old.carried or kept[n].changed)
        if n in kept and (old := earlier[kept[n].earlier]).things
        else Sentence(words)
        for n, words in enumerate(now)
    )


def by_lines(content: Content) -> list[list[Sentence]]:
    """The sentences of "what we heard" as they stand in its lines."""
    rest = iter(content.sentences)
    lines = [[found for _words in split(line) if (found := next(rest, None))] for line in _lines(content)]
    return [line for line in lines if line]


def _lines(content: Content) -> list[str]:
    return content.text(Words.HEARD).split("\n")


def used(recommendations: Iterable[Recommendation], sentences: Iterable[Sentence]) -> dict[str, Any]:
    """The reports and points of the vision that an advice refers to, each once, in the order of its sentences and
    recommendations."""
    both = [*recommendations]
    reports = [r for s in sentences for r in s.reports] + [r for one in both for r in one.reports]
    points = [p for one in both for p in one.vision]
    return {
        "reports": tuple({r.id: r for r in reports}.values()), "vision": tuple({p.id: p for p in points}.values()),
    }  # fmt: skip
