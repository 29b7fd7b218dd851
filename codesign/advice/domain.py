"""What still has to be there before an advice can go out, and the small sums about it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from codesign.advice.values import (
    SECTION_OF,
    Actor,
    ActorKind,
    Cited,
    CitedKind,
    Content,
    Evidence,
    Kind,
    Recommendation,
    Section,
    Words,
)
from codesign.documents.render.glyphs import uncovered

MOST_RECOMMENDATIONS = 5
MOST_SUMMARY_WORDS = 200


class Missing(StrEnum):
    """What can be missing: each has one sentence in `labels`."""

    TITLE = "title"
    RECOMMENDATION = "recommendation"
    TOO_MANY = "too_many"
    ACTOR = "actor"
    ONLY_NEWCOMERS = "only_newcomers"
    OUTCOME = "outcome"
    RELEASE = "release"
    CHAIN = "chain"
    QUESTION = "question"
    SMALL_INITIATIVE = "small_initiative"
    DETAILS = "details"
    EVIDENCE = "evidence"
    SOURCE = "source"
    GOES_WELL = "goes_well"
    HEARD = "heard"
    OTHER_VIEWS = "other_views"
    WE_DO = "we_do"
    SUMMARY = "summary"
    LETTER = "letter"
    TIES = "ties"
    ADOPTION = "adoption"


@dataclass(frozen=True)
class Block:
    """One thing that keeps the advice from going out: where it stands, and which one is meant."""

    what: Missing
    section: Section
    recommendation: Recommendation | None = None
    language: str = ""
    evidence: Evidence | None = None
    cited: Cited | None = None
    letter: str = ""
    sentence: str = ""


def blocks(content: Content) -> tuple[Block, ...]:
    """Everything that is missing, in the order of the document; the panel's adoption stands last."""
    found: list[Block] = []
    if not content.title.strip():
        found.append(Block(Missing.TITLE, Section.COVER))
    for language in dict.fromkeys((content.language, *content.languages)):
        if not content.summaries.get(language, "").strip():
            found.append(Block(Missing.SUMMARY, Section.IN_SHORT, language=language))
    if not content.text(Words.GOES_WELL):
        found.append(Block(Missing.GOES_WELL, Section.GOES_WELL))
    if not content.text(Words.HEARD):
        found.append(Block(Missing.HEARD, Section.HEARD))
    if Kind.RESULT in content.lost or any(Kind.RESULT in s.lost for s in content.sentences):
        found.append(Block(Missing.RELEASE, Section.HEARD))
    found += [Block(Missing.EVIDENCE, Section.ELSEWHERE, evidence=kind) for kind in unexplained_evidence(content)]
    found += [Block(Missing.SOURCE, Section.ELSEWHERE, cited=c) for c in content.cited if not c.sourced]
    if not content.recommendations:
        found.append(Block(Missing.RECOMMENDATION, Section.RECOMMENDATIONS))
    if len(content.recommendations) > MOST_RECOMMENDATIONS:
        found.append(Block(Missing.TOO_MANY, Section.RECOMMENDATIONS))
    for recommendation in content.recommendations:
        found += [
            Block(what, Section.RECOMMENDATIONS, recommendation=recommendation) for what in missing_in(recommendation)
        ]
    if not content.text(Words.OTHER_VIEWS):
        found.append(Block(Missing.OTHER_VIEWS, Section.OTHER_VIEWS))
    if not content.text(Words.WE_DO):
        found.append(Block(Missing.WE_DO, Section.WE_DO))
    found += undrawable(content)
    if not content.ties_declared:
        found.append(Block(Missing.TIES, Section.WORKED))
    if not content.adopted_with_quorum:
        found.append(Block(Missing.ADOPTION, Section.COVER))
    return tuple(found)


def undrawable(content: Content) -> list[Block]:
    """Signs the PDF cannot show, such as an emoji, each with its sentence: known while composing, never at sending."""
    return [
        Block(Missing.LETTER, section, letter=letter, sentence=sentence)
        for section, text in passages(content)
        for letter, sentence in uncovered(text)
    ][:5]


def passages(content: Content) -> Iterator[tuple[Section, str]]:
    """Every text people wrote in the advice, with the part it stands in."""
    yield Section.COVER, content.title
    yield from ((Section.IN_SHORT, text) for text in content.summaries.values())
    yield from ((SECTION_OF[key], text) for key, text in content.words.items())
    yield from ((Section.OTHER_VIEWS, text) for text in content.views)
    yield from ((Section.HEARD, quote.text) for quote in content.all_quotes)
    yield from ((Section.ELSEWHERE, f"{c.text}\n{c.source}\n{c.definition}") for c in content.cited)
    yield from ((Section.ELSEWHERE, f"{r.title}\n{r.text}") for r in content.reports)
    yield from ((Section.RECOMMENDATIONS, p.text) for p in content.vision)
    for r in content.recommendations:
        chain = (r.chain.activity, r.chain.change, r.chain.assumptions, r.chain.risks)
        actors = (f"{a.name}\n{a.part}\n{a.by_when}" for a in r.actors)
        moment = r.moment.title if r.moment else ""
        own = (r.title, r.what, r.by_when, r.notice, r.small_initiative, r.none_because, moment)
        yield Section.RECOMMENDATIONS, "\n".join((*own, *chain, *actors))


def before_the_panel(content: Content) -> tuple[Block, ...]:
    """What must be there before members are asked to adopt: everything but their adoption."""
    return tuple(b for b in blocks(content) if b.what is not Missing.ADOPTION)


def missing_in(recommendation: Recommendation) -> tuple[Missing, ...]:
    """What one recommendation lacks (R02, R20, R26, R28, and that it comes from an outcome of the round)."""
    chain = recommendation.chain
    checks = (
        (Missing.DETAILS, not all((recommendation.what, recommendation.by_when, recommendation.cost_class))
         or not recommendation.notice),
        (Missing.ACTOR, not recommendation.actors),
        (Missing.ONLY_NEWCOMERS, bool(recommendation.actors) and only_newcomers(recommendation.actors)),
        (Missing.OUTCOME, not recommendation.outcomes and not recommendation.quotes),
        (Missing.RELEASE, Kind.RESULT in recommendation.lost),
        (Missing.CHAIN, not chain.complete),
        (Missing.QUESTION, chain.complete and chain.question_missing),
        (Missing.SMALL_INITIATIVE, not recommendation.small_initiative and not recommendation.none_because),
    )  # fmt: skip
    return tuple(what for what, lacks in checks if lacks)


def only_newcomers(actors: tuple[Actor, ...]) -> bool:
    """Whether all the work would lie with newcomers (R02)."""
    return all(a.kind is ActorKind.NEWCOMERS for a in actors)


def evidence_kinds(content: Content) -> frozenset[Evidence]:
    """The kinds of evidence the advice cites (R08)."""
    kinds = {c.kind for c in content.cited}
    found = set()
    if content.all_quotes or any(r.outcomes for r in content.recommendations):
        found.add(Evidence.EXPERIENCE)
    if CitedKind.PRACTICE in kinds or content.reports:
        found.add(Evidence.PRACTICE)
    if kinds & {CitedKind.RESEARCH, CitedKind.FIGURE}:
        found.add(Evidence.RESEARCH)
    return frozenset(found)


EXPLAINED_BY: Mapping[Evidence, Words] = {
    Evidence.EXPERIENCE: Words.NO_EXPERIENCE,
    Evidence.PRACTICE: Words.NO_PRACTICE,
    Evidence.RESEARCH: Words.NO_RESEARCH,
}


def unexplained_evidence(content: Content) -> tuple[Evidence, ...]:
    """Kinds of evidence that are missing while nobody says why (R08)."""
    there = evidence_kinds(content)
    return tuple(kind for kind in Evidence if kind not in there and not content.text(EXPLAINED_BY[kind]))


def too_late(content: Content, today: date) -> tuple[Recommendation, ...]:
    """Recommendations whose decision falls before the municipality must have answered: a warning, no block (R24)."""
    answer_by = due_on(today, content.cover.answer_weeks)
    return tuple(r for r in content.recommendations if r.decision is not None and r.decision < answer_by)


def due_on(sent: date, weeks: int) -> date:
    """The day on which the answer is due."""
    return sent + timedelta(weeks=weeks)


def fingerprint(text: str) -> str:
    """Short sign of a text, carried by a form so that a stale save is seen."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def word_count(text: str) -> int:
    """How many words a text has; scripts that put no space between words count by their spaces too."""
    return len(text.split())
