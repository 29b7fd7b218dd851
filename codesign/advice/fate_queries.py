"""Reading what became of ideas: joins, votes, recommendations, and the answers in the record."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import case, or_, select
from sqlalchemy.orm import Session

from codesign.advice.models import Advice, EvidenceLink, LeftOut, Recommendation, SentAdvice
from codesign.documents.models import AdviceStatus, Document
from codesign.documents.models import Kind as DocumentKind
from codesign.proposals.models import Proposal
from codesign.rules.states import WITH_PANEL, AdviceState
from codesign.rules.words import WordState
from codesign.voting.domain import Category, Kind, State
from codesign.voting.models import Ballot, BallotOption


@dataclass(frozen=True)
class Idea:
    """What a trail needs of an idea."""

    id: int
    round_id: int
    state: WordState
    title: str
    language: str
    merged_into_id: int | None


@dataclass(frozen=True)
class Voted:
    """One option of a vote that was opened."""

    proposal_id: int | None
    round_id: int
    ballot_id: int
    question: str
    language: str
    open: bool
    closed_on: date | None


@dataclass(frozen=True)
class Linked:
    """A recommendation that rests on an idea, known to members."""

    position: int
    title: str
    advice_id: int
    advice_title: str
    language: str
    state: str
    number: str
    digest: str | None


def with_joined(session: Session, ids: Collection[int]) -> dict[int, Idea]:
    """These ideas and those they were joined into, and so on: one statement for each step of joining."""
    found: dict[int, Idea] = {}
    missing = set(ids)
    while missing:
        rows = session.execute(
            select(
                Proposal.id, Proposal.round_id, Proposal.state, Proposal.title, Proposal.language,
                Proposal.merged_into_id,
            ).where(Proposal.id.in_(missing))
        ).all()  # fmt: skip
        found |= {row.id: Idea(*row) for row in rows}
        missing = {row.merged_into_id for row in rows if row.merged_into_id is not None} - found.keys()
    return found


def votes(session: Session, round_ids: Collection[int]) -> list[Voted]:
    """Every option of every opened vote of these rounds, in the order of the votes. One statement."""
    statement = (
        select(
            BallotOption.proposal_id, Ballot.round_id, Ballot.id, Ballot.question, Ballot.language, Ballot.state,
            Ballot.closed_at,
        )
        .join(Ballot, Ballot.id == BallotOption.ballot_id)
        .where(Ballot.round_id.in_(round_ids), Ballot.kind == Kind.VOTE, Ballot.category == Category.NEWCOMERS)
        .where(Ballot.state.in_([State.OPEN, State.CLOSED, State.SWEPT]))
        .order_by(Ballot.id, BallotOption.place)
    )  # fmt: skip
    return [
        Voted(idea, round_id, ballot_id, question, language, state is State.OPEN, closed.date() if closed else None)
        for idea, round_id, ballot_id, question, language, state, closed in session.execute(statement).all()
    ]


@dataclass(frozen=True)
class NotInVote:
    """An idea that stands, while the votes of its round were about others; the reason once a moderator gave it."""

    id: int
    title: str
    language: str
    reason: str | None
    reason_language: str | None


def not_in_vote(session: Session, round_id: int) -> list[NotInVote]:
    """Published ideas of a round that no opened vote is about, oldest first; none before a vote was opened."""
    opened = (
        select(BallotOption.proposal_id)
        .join(Ballot, Ballot.id == BallotOption.ballot_id)
        .where(Ballot.round_id == round_id, Ballot.kind == Kind.VOTE, Ballot.opened_at.is_not(None))
    )
    some = select(Ballot.id).where(Ballot.round_id == round_id, Ballot.kind == Kind.VOTE, Ballot.opened_at.is_not(None))
    statement = (
        select(Proposal.id, Proposal.title, Proposal.language, LeftOut.reason, LeftOut.language)
        .outerjoin(LeftOut, LeftOut.proposal_id == Proposal.id)
        .where(Proposal.round_id == round_id, Proposal.state == WordState.PUBLISHED, some.exists())
        .where(Proposal.id.not_in(opened.where(BallotOption.proposal_id.is_not(None))))
        .order_by(Proposal.id)
    )
    return [NotInVote(*row) for row in session.execute(statement).all()]


def reasons(session: Session, proposal_ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """Why these ideas are not in the vote, where a moderator said it: words and their language."""
    if not proposal_ids:
        return {}
    rows = session.execute(
        select(LeftOut.proposal_id, LeftOut.reason, LeftOut.language).where(LeftOut.proposal_id.in_(proposal_ids))
    ).all()
    return {row.proposal_id: (row.reason, row.language) for row in rows}


def recommendations_of(session: Session, proposal_ids: Collection[int]) -> dict[int, Linked]:
    """For each idea the first recommendation that rests on it, in advice the panel has seen. One statement.

    While a sent advice is corrected, what was sent stands: the recommendation there that cites the same result.
    """
    option = BallotOption.proposal_id
    statement = (
        select(
            option,
            EvidenceLink.proposal_id,
            Recommendation.position,
            Recommendation.title,
            Advice,
            SentAdvice.digest,
            case((Advice.state.in_(WITH_PANEL), SentAdvice.payload)),
            Ballot.release_digest,
            BallotOption.key,
        )
        .join(Recommendation, Recommendation.id == EvidenceLink.recommendation_id)
        .join(Advice, Advice.id == Recommendation.advice_id)
        .outerjoin(BallotOption, BallotOption.id == EvidenceLink.ballot_option_id)
        .outerjoin(Ballot, Ballot.id == BallotOption.ballot_id)
        .outerjoin(SentAdvice, SentAdvice.advice_id == Advice.id)
        .where(or_(option.in_(proposal_ids), EvidenceLink.proposal_id.in_(proposal_ids)))
        .where(or_(Advice.state != AdviceState.DRAFT, SentAdvice.digest.is_not(None)))
        .where(Advice.state != AdviceState.WITHDRAWN)
        .order_by(Advice.id.desc(), Recommendation.position)
    )
    found: dict[int, Linked] = {}
    for voted, named, position, title, advice, digest, sent, release, key in session.execute(statement).all():
        number = f"{advice.year}-{advice.serial}" if advice.serial else ""
        linked = Linked(
            position, title, advice.id, advice.title, advice.language, advice.state.value, number, digest
        )  # fmt: skip
        stands = linked if sent is None else _as_sent(linked, json.loads(sent), release, key)
        if stands is not None:
            found.setdefault(voted or named or 0, stands)
    return found


def _as_sent(linked: Linked, document: dict[str, Any], release: str | None, key: str | None) -> Linked | None:
    """The recommendation of what was sent that cites this result of a vote."""
    for r in document["recommendations"]:
        if any((x["release"], x["option"]) == (release, key) for x in r["evidence"]["results"]):
            state = AdviceState.SENT.value
            return replace(
                linked, position=r["number"], title=r["title"], advice_title=document["title"],
                language=document["language"], state=state,
            )  # fmt: skip
    return None


def answers(session: Session, digests: Collection[str]) -> dict[str, dict[str, Any]]:
    """The delivered answer to each advice that has one, by digest of the advice, with its own digest under "digest"."""
    if not digests:
        return {}
    rows = session.execute(
        select(Document.about, Document.digest, Document.stored).where(
            Document.about.in_(digests), Document.kind == DocumentKind.ANSWER
        )
    ).all()
    return {row.about: {**json.loads(row.stored), "digest": row.digest} for row in rows}


# What stands in the record about an advice once it was answered.
_AFTER = (DocumentKind.ANSWER, DocumentKind.RATING, DocumentKind.REPLY, DocumentKind.FINDING)


@dataclass(frozen=True)
class Standing:
    """Where a sent advice stands in the record: its clock; the delivered answer and the rating when they are there."""

    status: AdviceStatus | None
    answer: dict[str, Any] | None
    rating: dict[str, Any] | None
    documents: Sequence[Document] = ()


def standing(session: Session, digest: str) -> Standing:
    """Status, answer and rating of one advice, in one statement of the record."""
    rows = session.execute(
        select(AdviceStatus, Document)
        .outerjoin(
            Document,
            (Document.about == AdviceStatus.digest) & Document.kind.in_(_AFTER),
        )
        .where(AdviceStatus.digest == digest)
    ).all()
    documents = [document for _status, document in rows if document is not None]
    found = {d.kind: {**json.loads(d.stored), "digest": d.digest} for d in documents}
    return Standing(
        rows[0][0] if rows else None, found.get(DocumentKind.ANSWER), found.get(DocumentKind.RATING), documents
    )  # fmt: skip
