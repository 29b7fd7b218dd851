"""What became of an idea: from the idea to the vote, the recommendation, the answer and the promise (R32)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from codesign.advice import fate_queries as queries
from codesign.responses.values import OfferView, offers_in
from codesign.rules.words import SHOWN, WordState

T = TypeVar("T")


class Step(StrEnum):
    """How far an idea has come."""

    NOT_SHOWN = "not_shown"
    TALK = "talk"
    JOINED = "joined"
    IN_VOTE = "in_vote"
    VOTED = "voted"
    NOT_IN_VOTE = "not_in_vote"
    IN_ADVICE = "in_advice"
    ANSWERED = "answered"


@dataclass(frozen=True)
class Named:
    """An idea by its title."""

    id: int
    title: str
    language: str


@dataclass(frozen=True)
class InVote:
    """The vote an idea was put in: `place` counts the votes of the round from 1."""

    ballot_id: int
    place: int
    question: str
    language: str
    open: bool
    closed_on: date | None


@dataclass(frozen=True)
class InAdvice:
    """The recommendation an idea became part of."""

    advice_id: int
    advice_title: str
    language: str
    number: str
    state: str
    recommendation: int
    title: str
    digest: str


@dataclass(frozen=True)
class Promise:
    """What a post of the municipality will do."""

    owner: str
    action: str
    money: str
    by: date
    first_step: str


@dataclass(frozen=True)
class Answer:
    """The answer to one recommendation."""

    number: int
    decision: str
    reasons: str
    language: str
    forwarded_to: str
    delivered_on: date
    promises: tuple[Promise, ...]
    offers: tuple[OfferView, ...] = ()
    # The whole answer in plain words, by language, the original first.
    summary: tuple[tuple[str, str], ...] = ()

    def in_short(self, languages: Sequence[str]) -> tuple[str, str]:
        """Language and text of the plain words in the first of these languages that is there, else as written."""
        said = dict(self.summary)
        code = next((code for code in languages if code in said), self.language)
        return code, said.get(code, "")


@dataclass(frozen=True)
class Fate:
    """Everything that became of one idea. `reachable` false: the record cannot be read now, the answer is unknown."""

    idea: Named
    step: Step
    state: WordState
    joined: Named | None = None
    vote: InVote | None = None
    advice: InAdvice | None = None
    answer: Answer | None = None
    reason: str = ""
    reason_language: str = ""
    reachable: bool = True


def fate_of(session: Session, proposal_id: int) -> Fate | None:
    """What became of one idea; None when there is no such idea. Whether somebody may know of it, the caller asks."""
    return fates(session, [proposal_id]).get(proposal_id)


def fates(session: Session, proposal_ids: Collection[int]) -> dict[int, Fate]:
    """What became of each idea: seven statements at most, whatever their number (one more for chains of joins)."""
    ideas = queries.with_joined(session, proposal_ids)
    roots = {key: _root(ideas, key) for key in proposal_ids if key in ideas}
    wanted = {*roots, *(row.id for row in roots.values())}
    votes = queries.votes(session, {ideas[key].round_id for key in roots})
    places = {b: n for r in {v.round_id for v in votes} for n, b in enumerate(
        dict.fromkeys(v.ballot_id for v in votes if v.round_id == r), start=1)}  # fmt: skip
    by_idea = {v.proposal_id: v for v in votes if v.proposal_id in wanted}
    voted_rounds = {v.round_id for v in votes}
    links = queries.recommendations_of(session, wanted)
    digests = {row.digest for row in links.values() if row.digest}
    answers = from_record(lambda: queries.answers(session, digests))
    found: dict[int, Fate] = {}
    for key, root in roots.items():
        idea = ideas[key]
        fate = Fate(_named(idea), _step_of_words(idea.state), idea.state, reachable=answers is not None)
        if root.id != key:
            fate = replace(fate, joined=_named(root), step=Step.JOINED)
        vote = by_idea.get(key) or by_idea.get(root.id)
        if vote is not None:
            fate = replace(
                fate, vote=InVote(vote.ballot_id, places[vote.ballot_id], vote.question, vote.language, vote.open,
                                  vote.closed_on),
                step=Step.IN_VOTE if vote.open else Step.VOTED,
            )  # fmt: skip
        elif fate.step in {Step.TALK, Step.JOINED} and idea.round_id in voted_rounds:
            fate = replace(fate, step=Step.NOT_IN_VOTE)
        link = links.get(key) or links.get(root.id)
        if link is not None:
            document = (answers or {}).get(link.digest or "")
            answer = _answer(document, link.position) if document else None
            fate = replace(
                fate, advice=InAdvice(link.advice_id, link.advice_title, link.language, link.number, link.state,
                                      link.position, link.title, link.digest or ""),
                answer=answer, step=Step.ANSWERED if answer else Step.IN_ADVICE,
            )  # fmt: skip
        found[key] = fate
    silent = {k: roots[k].id for k, fate in found.items() if fate.step is Step.NOT_IN_VOTE}
    why = queries.reasons(session, {*silent, *silent.values()})
    for key, root_id in silent.items():
        reason, language = why.get(key) or why.get(root_id) or ("", "")
        found[key] = replace(found[key], reason=reason, reason_language=language)
    return found


def from_record(read: Callable[[], T]) -> T | None:
    """What `read` finds in the record; None when the record cannot be reached now, and members go on without it."""
    try:
        return read()
    except (OperationalError, InterfaceError, PoolTimeout, OSError):
        return None


def answer_parts(document: dict[str, Any]) -> list[Answer]:
    """The answer to each recommendation, in order."""
    return [a for n in range(1, len(document["parts"]) + 1) if (a := _answer(document, n)) is not None]


def summary_in(document: dict[str, Any], languages: Sequence[str]) -> tuple[str, str, bool]:
    """The plain summary in the first of these languages that is there, else as it was written: text, its language,
    whether a person translated it."""
    passages = document["summary"]
    by_language = {p["language"]: p for p in passages}
    found = next((by_language[code] for code in languages if code in by_language), passages[0])
    return found["text"], found["language"], found["translated_by"] is not None


def _answer(document: dict[str, Any], number: int) -> Answer | None:
    part = next((p for p in document["parts"] if p["recommendation"] == number), None)
    if part is None:
        return None
    return Answer(
        number=number, decision=part["decision"], reasons=part["reasons"], language=document["language"],
        forwarded_to=part["forwarded_to"], delivered_on=date.fromisoformat(document["delivered_on"]),
        promises=tuple(
            Promise(p["owner"], p["action"], p["money"], date.fromisoformat(p["by"]), p["first_step"])
            for p in part["promises"]
        ),
        offers=tuple(offers_in(part)), summary=tuple((p["language"], p["text"]) for p in document["summary"]),
    )  # fmt: skip


def _root(ideas: dict[int, queries.Idea], key: int) -> queries.Idea:
    row, seen = ideas[key], {key}
    while row.merged_into_id is not None and row.merged_into_id in ideas and row.merged_into_id not in seen:
        row = ideas[row.merged_into_id]
        seen.add(row.id)
    return row


def _named(idea: queries.Idea) -> Named:
    return Named(idea.id, idea.title, idea.language)


def _step_of_words(state: WordState) -> Step:
    return Step.TALK if state in SHOWN else Step.NOT_SHOWN
