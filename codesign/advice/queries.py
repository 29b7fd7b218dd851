"""Reading advice: who may see one, its rows, the outcomes and released words it can rest on."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased, contains_eager

from codesign.advice.models import (
    Actor,
    Advice,
    AdviceText,
    CitedBlock,
    EvidenceLink,
    Meaning,
    Ratification,
    Recommendation,
    SentAdvice,
)
from codesign.advice.values import Outcome
from codesign.jobs.models import OutboxItem
from codesign.panels.models import Gathering, Membership, Municipality, Panel, Round, Ties
from codesign.proposals.models import Proposal
from codesign.rules.roles import Role
from codesign.rules.states import WITH_PANEL, AdviceState
from codesign.rules.words import SHOWN
from codesign.voting.domain import Category, Kind
from codesign.voting.models import Ballot, BallotOption


@dataclass(frozen=True)
class AdviceView:
    """An advice as one member or moderator of its panel sees it."""

    advice: Advice
    round: Round
    panel: Panel
    place: Municipality
    membership: Membership
    sent_digest: str | None

    @property
    def person_id(self) -> int:
        """Whose view this is."""
        return self.membership.person_id

    @property
    def correcting(self) -> bool:
        """Whether a corrected version of what was sent is being made; what was sent stands meanwhile."""
        return self.sent_digest is not None and self.advice.state in WITH_PANEL

    @property
    def gone(self) -> str | None:
        """The digest of what was sent, while nobody corrects it."""
        return None if self.correcting else self.sent_digest

    @property
    def moderates(self) -> bool:
        """Whether this is a moderator of the panel."""
        return self.membership.role is Role.MODERATOR


def _view(person_id: int) -> Any:
    return (
        select(Advice, Round, Panel, Municipality, Membership, SentAdvice.digest)
        .outerjoin(SentAdvice, SentAdvice.advice_id == Advice.id)
        .join(Round, Round.id == Advice.round_id)
        .join(Panel, Panel.id == Advice.panel_id)
        .join(Municipality, Municipality.code == Panel.municipality_code)
        .join(Membership, Membership.panel_id == Panel.id)
        .where(Membership.person_id == person_id, Membership.left_at.is_(None))
        .where(
            or_(Membership.role == Role.MODERATOR, Advice.state != AdviceState.DRAFT, SentAdvice.digest.is_not(None))
        )
    )


def advice_for(session: Session, advice_id: int, person_id: int) -> AdviceView | None:
    """The advice, where the person belongs to its panel; a first draft is known to moderators only. One statement."""
    row = session.execute(_view(person_id).where(Advice.id == advice_id)).first()
    return AdviceView(*row) if row else None


def advice_list(session: Session, person_id: int, *, moderates: bool) -> list[AdviceView]:
    """All advice of the panels somebody belongs to (or moderates), newest first. One statement."""
    statement = _view(person_id).order_by(Advice.id.desc())
    if moderates:
        statement = statement.where(Membership.role == Role.MODERATOR)
    return [AdviceView(*row) for row in session.execute(statement).all()]


def moderated_rounds(session: Session, person_id: int) -> Sequence[tuple[Round, Panel]]:
    """Rounds in the phase of advising that have no advice yet, of the panels somebody moderates."""
    statement = (
        select(Round, Panel)
        .join(Panel, Panel.id == Round.panel_id)
        .join(Membership, Membership.panel_id == Panel.id)
        .outerjoin(Advice, Advice.round_id == Round.id)
        .where(
            Membership.person_id == person_id, Membership.left_at.is_(None), Membership.role == Role.MODERATOR,
            Round.phase == "advising", Advice.id.is_(None),
        )
        .order_by(Round.id)
    )  # fmt: skip
    return [(r, p) for r, p in session.execute(statement).all()]


def of_round(session: Session, round_id: int) -> Advice | None:
    """The advice of a round."""
    return session.scalar(select(Advice).where(Advice.round_id == round_id))


def texts(session: Session, advice_id: int) -> Sequence[AdviceText]:
    """Every piece of text of an advice."""
    return session.scalars(select(AdviceText).where(AdviceText.advice_id == advice_id)).all()


def recommendations(session: Session, advice_id: int) -> Sequence[Recommendation]:
    """The recommendations in their order, without actors."""
    return session.scalars(
        select(Recommendation).where(Recommendation.advice_id == advice_id).order_by(Recommendation.position)
    ).all()


def recommendations_with_actors(session: Session, advice_id: int) -> Sequence[Recommendation]:
    """The recommendations in their order with who does them, in one statement."""
    statement = (
        select(Recommendation)
        .outerjoin(Recommendation.actors)
        .options(contains_eager(Recommendation.actors))
        .where(Recommendation.advice_id == advice_id)
        .order_by(Recommendation.position, Actor.position)
        .execution_options(populate_existing=True)
    )
    return session.scalars(statement).unique().all()


def actors(session: Session, recommendation_id: int) -> Sequence[Actor]:
    """Who does one recommendation."""
    return session.scalars(
        select(Actor).where(Actor.recommendation_id == recommendation_id).order_by(Actor.position)
    ).all()


def meanings(session: Session, recommendation_id: int) -> Sequence[Meaning]:
    """What members said of one recommendation."""
    return session.scalars(select(Meaning).where(Meaning.recommendation_id == recommendation_id)).all()


def links(session: Session, advice_id: int, recommendation_id: int | None) -> Sequence[EvidenceLink]:
    """What stands behind one recommendation, or (None) under "what we heard" and "other views"."""
    return session.scalars(
        select(EvidenceLink).where(
            EvidenceLink.advice_id == advice_id, EvidenceLink.recommendation_id == recommendation_id
        )
    ).all()


def cited(session: Session, advice_id: int) -> Sequence[CitedBlock]:
    """What the advice cites from elsewhere."""
    return session.scalars(select(CitedBlock).where(CitedBlock.advice_id == advice_id).order_by(CitedBlock.id)).all()


def idea_ids(session: Session, round_id: int, ids: Collection[int]) -> set[int]:
    """Which of these are ideas of the round that are still there."""
    statement = select(Proposal.id).where(
        Proposal.round_id == round_id, Proposal.id.in_(ids), Proposal.state.in_(SHOWN)
    )
    return set(session.scalars(statement).all())


def outcomes(session: Session, round_id: int) -> list[Outcome]:
    """What the closed votes of a round released, option by option, as the frozen release says it. One statement.

    Read from the bytes that go over the wall, so that the advice can never say something else than its release.
    """
    statement = (
        select(Ballot, BallotOption, OutboxItem.payload)
        .join(BallotOption, BallotOption.ballot_id == Ballot.id)
        .join(OutboxItem, OutboxItem.digest == Ballot.release_digest)
        .where(Ballot.round_id == round_id, Ballot.kind == Kind.VOTE, Ballot.category == Category.NEWCOMERS)
        .where(OutboxItem.kind == "release")
        .order_by(Ballot.chain, Ballot.id, BallotOption.place)
    )
    found: list[Outcome] = []
    read: dict[int, dict[str, Any]] = {}
    for ballot, option, payload in session.execute(statement).all():
        release = read.setdefault(ballot.id, json.loads(payload))
        said = next((o for o in release["options"] if o["key"] == option.key), None)
        if said is not None:
            found.append(_outcome(ballot, option, release, said))
    return found


def _outcome(ballot: Ballot, option: BallotOption, release: dict[str, Any], said: dict[str, Any]) -> Outcome:
    return Outcome(
        id=option.id, ballot_id=ballot.id, key=option.key, question=release["question"], title=said["title"],
        language=said["language"], quarters=tuple(said["quarters"]), chosen=said["outcome"],
        domains=tuple(said["domains"]), proposal_id=option.proposal_id, release=ballot.release_digest or "",
        closed_on=date.fromisoformat(release["closed_on"]), method=release["method"], cost=said.get("cost", 0),
        currency=release.get("terms", {}).get("currency", ""),
    )  # fmt: skip


@dataclass(frozen=True)
class Numbers:
    """How many newcomers, gatherings and people at gatherings a round had, ties the moderators declared, and the
    digest of the release by which the advice was adopted."""

    members: int
    gatherings: int
    visits: int
    adoption_release: str | None
    ties: tuple[str, ...]


def numbers(session: Session, view: AdviceView) -> Numbers:
    """All of it in one statement."""
    members = select(func.count()).where(
        Membership.panel_id == view.panel.id, Membership.left_at.is_(None), Membership.role == Role.NEWCOMER
    )
    held = select(func.count()).where(Gathering.round_id == view.round.id)
    people = select(func.coalesce(func.sum(Gathering.headcount), 0)).where(Gathering.round_id == view.round.id)
    adopted = select(Ballot.release_digest).where(Ballot.id == view.advice.adopted_ballot_id)
    counted = [s.correlate(None).scalar_subquery() for s in (members, held, people, adopted)]
    newest = select(func.max(Ties.id)).group_by(Ties.membership_id)
    moderator = aliased(Membership)
    rows = session.execute(
        select(*counted, Ties.text)
        .select_from(Panel)
        .outerjoin(
            moderator,
            (moderator.panel_id == Panel.id) & moderator.left_at.is_(None) & (moderator.role == Role.MODERATOR),
        )
        .outerjoin(Ties, (Ties.membership_id == moderator.id) & Ties.id.in_(newest) & Ties.none.is_(False))
        .where(Panel.id == view.panel.id)
        .order_by(Ties.id)
    ).all()
    return Numbers(*rows[0][:4], ties=tuple(row[4] for row in rows if row[4]))


def ratifications(session: Session, advice_id: int) -> Sequence[Ratification]:
    """Every vote of the panel on the text, oldest first."""
    return session.scalars(
        select(Ratification).where(Ratification.advice_id == advice_id).order_by(Ratification.id)
    ).all()


def last_ratification(session: Session, advice_id: int) -> tuple[Ratification, Ballot] | None:
    """The newest vote on the text, with its ballot."""
    row = session.execute(
        select(Ratification, Ballot)
        .join(Ballot, Ballot.id == Ratification.ballot_id)
        .where(Ratification.advice_id == advice_id)
        .order_by(Ratification.id.desc())
        .limit(1)
    ).first()
    return (row[0], row[1]) if row else None


def sent(session: Session, advice_id: int) -> SentAdvice | None:
    """The bytes that went over the wall."""
    return session.get(SentAdvice, advice_id)


def sent_titles(session: Session, advice_ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """Title and language of these advice as they were sent."""
    rows = session.execute(
        select(SentAdvice.advice_id, SentAdvice.payload).where(SentAdvice.advice_id.in_(advice_ids))
    ).all()
    read = {row.advice_id: json.loads(row.payload) for row in rows}
    return {number: (document["title"], document["language"]) for number, document in read.items()}
