"""Reading sentences that were asked for and released, and the ideas and replies they come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from codesign.advice.models import Advice, Quote, QuoteState
from codesign.advice.values import Quote as QuoteValue
from codesign.discussion.models import Contribution
from codesign.panels.models import Membership, Round
from codesign.proposals.models import Proposal
from codesign.rules.states import AdviceState
from codesign.rules.words import SHOWN


@dataclass(frozen=True)
class QuoteView:
    """A sentence somebody was asked for, as its maker sees it; the state of the advice, if there is one."""

    quote: Quote
    round: Round
    membership: Membership
    advice_state: AdviceState | None
    proposal_id: int | None


def _quotes_of(person_id: int) -> Any:
    return (
        select(Quote, Round, Membership, Advice.state, func.coalesce(Quote.proposal_id, Contribution.proposal_id))
        .join(Round, Round.id == Quote.round_id)
        .join(Membership, Membership.panel_id == Round.panel_id)
        .outerjoin(Advice, Advice.round_id == Round.id)
        .outerjoin(Contribution, Contribution.id == Quote.contribution_id)
        .where(Quote.maker_id == person_id, Membership.person_id == person_id, Membership.left_at.is_(None))
    )


def quotes_asked(session: Session, person_id: int) -> list[QuoteView]:
    """Every sentence a member was asked for, newest first: those that wait for an answer on top."""
    rows = session.execute(_quotes_of(person_id).order_by(Quote.id.desc())).all()
    views = [QuoteView(*row) for row in rows]
    return sorted(views, key=lambda v: v.quote.state is not QuoteState.ASKED)


def quote_for(session: Session, quote_id: int, person_id: int) -> QuoteView | None:
    """One sentence, known to its maker alone."""
    row = session.execute(_quotes_of(person_id).where(Quote.id == quote_id)).first()
    return QuoteView(*row) if row else None


def same_quote(session: Session, round_id: int, maker_id: int, sentence: str) -> Quote | None:
    """The same sentence, asked for before."""
    return session.scalar(
        select(Quote).where(Quote.round_id == round_id, Quote.maker_id == maker_id, Quote.sentence == sentence)
    )


def quotes_of_round(session: Session, round_id: int) -> Sequence[Quote]:
    """Every sentence that was asked for in a round, newest first; whose it is stays out of every page."""
    return session.scalars(select(Quote).where(Quote.round_id == round_id).order_by(Quote.id.desc())).all()


def released(session: Session, round_id: int) -> list[QuoteValue]:
    """The sentences that may be quoted: released, and what they come from still stands."""
    idea, reply_idea = aliased(Proposal), aliased(Proposal)
    statement = (
        select(Quote, idea.themes, reply_idea.themes)
        .outerjoin(idea, idea.id == Quote.proposal_id)
        .outerjoin(Contribution, Contribution.id == Quote.contribution_id)
        .outerjoin(reply_idea, reply_idea.id == Contribution.proposal_id)
        .where(Quote.round_id == round_id, Quote.state == QuoteState.RELEASED)
        .where(or_(idea.state.in_(SHOWN), Contribution.state.in_(SHOWN)))
        .order_by(Quote.id)
    )
    return [
        QuoteValue(
            id=quote.id, text=quote.translation or quote.sentence, translated=bool(quote.translation),
            domains=tuple((own or under or "").split(",")) if own or under else (),
        )
        for quote, own, under in session.execute(statement).all()
    ]  # fmt: skip


def ideas_of_round(session: Session, round_id: int) -> Sequence[Any]:
    """Id, title, language and themes of every idea that still stands, for choosing; newest first."""
    statement = (
        select(Proposal.id, Proposal.title, Proposal.language, Proposal.themes)
        .where(Proposal.round_id == round_id, Proposal.state.in_(SHOWN))
        .order_by(Proposal.id.desc())
    )
    return session.execute(statement).all()


def idea_with_replies(session: Session, round_id: int, idea_id: int) -> tuple[Proposal, Sequence[Contribution]] | None:
    """One idea of the round and its replies that still stand."""
    idea = session.scalar(
        select(Proposal).where(Proposal.id == idea_id, Proposal.round_id == round_id, Proposal.state.in_(SHOWN))
    )
    if idea is None:
        return None
    replies = session.scalars(
        select(Contribution)
        .where(Contribution.proposal_id == idea.id, Contribution.state.in_(SHOWN))
        .order_by(Contribution.id)
    ).all()
    return idea, replies


def made_by(session: Session, person_id: int) -> Sequence[Quote]:
    """Every quote of one maker, for erasing."""
    return session.scalars(select(Quote).where(Quote.maker_id == person_id)).all()


def of_round(session: Session, round_id: int) -> Sequence[Quote]:
    """Every quote of a round that still has words, for erasing."""
    return session.scalars(select(Quote).where(Quote.round_id == round_id, Quote.sentence != "")).all()
