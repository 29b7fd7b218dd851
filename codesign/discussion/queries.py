"""Reading replies: under one idea in pages, one reply, and everything of one author."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, contains_eager

from codesign.accounts.models import Person
from codesign.discussion.domain import Kind, Order
from codesign.discussion.models import Contribution, ReplySupport
from codesign.panels.models import Membership, Panel, Round
from codesign.proposals.models import Proposal
from codesign.proposals.queries import Seen
from codesign.rules.phases import Phase
from codesign.rules.words import WordState, may_know
from codesign.web.paging import Page, paged

PER_PAGE = 20
# How many answers under one reply a page shows at once.
ANSWERS = 200
# Made once: an alias knows its columns anew each time it is made.
_ANSWER = Contribution.__table__.alias("answer")


@dataclass(frozen=True)
class Reply:
    """A reply with its author loaded, whether I support it, and the answers under it."""

    row: Contribution
    supported: bool
    answers: tuple[Reply, ...] = ()


def _supported_by(person_id: int) -> ColumnElement[bool]:
    return exists().where(ReplySupport.contribution_id == Contribution.id, ReplySupport.person_id == person_id)


def _visible_to(person_id: int) -> ColumnElement[bool]:
    """What was published, and one's own that waits or was hidden."""
    mine = and_(Contribution.author_id == person_id, Contribution.state.in_([WordState.HELD, WordState.HIDDEN]))
    return or_(Contribution.state == WordState.PUBLISHED, mine)


def _gone_but_answered() -> ColumnElement[bool]:
    gone = Contribution.state.in_([WordState.ERASED, WordState.TAKEN_BACK, WordState.HIDDEN])
    return and_(
        gone, exists().where(_ANSWER.c.parent_id == Contribution.id, _ANSWER.c.state == WordState.PUBLISHED.value)
    )


def _with_author(person_id: int) -> Any:
    return (
        select(Contribution, _supported_by(person_id))
        .join(Person, Person.id == Contribution.author_id)
        .options(contains_eager(Contribution.author))
    )


def replies(
    session: Session,
    proposal_id: int,
    person_id: int,
    *,
    kind: Kind | None = None,
    order: Order = Order.NEW,
    page: int = 1,
) -> Page[Reply]:
    """One page of replies under an idea, each with its answers (oldest first): two statements."""
    statement = _with_author(person_id).where(
        Contribution.proposal_id == proposal_id,
        Contribution.parent_id.is_(None),
        or_(_visible_to(person_id), _gone_but_answered()),
    )
    if kind is not None:
        statement = statement.where(Contribution.kind == kind)
    first = [Contribution.support_count.desc()] if order is Order.SUPPORT else []
    found = paged(session, statement.order_by(*first, Contribution.id.desc()), page, PER_PAGE)
    below: dict[int, list[Reply]] = {row.id: [] for row, _supported in found.items}
    if below:
        answers = _with_author(person_id).where(Contribution.parent_id.in_(list(below)), _visible_to(person_id))
        for row, supported in session.execute(answers.order_by(Contribution.id).limit(ANSWERS * PER_PAGE)).all():
            below[row.parent_id].append(Reply(row, supported))
    items = [Reply(row, supported, tuple(below[row.id])) for row, supported in found.items]
    return Page(items, found.number, found.more)


def kind_counts(session: Session, proposal_id: int) -> Mapping[Kind, int]:
    """How many published replies and answers of each kind an idea has; one statement."""
    rows = session.execute(
        select(Contribution.kind, func.count())
        .where(Contribution.proposal_id == proposal_id, Contribution.state == WordState.PUBLISHED)
        .group_by(Contribution.kind)
    ).all()
    return {Kind(kind): int(count) for kind, count in rows}


@dataclass(frozen=True)
class SeenReply:
    """A reply as one person may know it, with the idea it stands under."""

    row: Contribution
    idea: Seen

    @property
    def own(self) -> bool:
        return self.row.author_id == self.idea.membership.person_id


def reply_for(session: Session, contribution_id: int, person_id: int) -> SeenReply | None:
    """The reply with author, idea, round and this person's membership, in one statement; None where unknown to them."""
    row = session.execute(
        select(Contribution, Proposal, Round, Panel, Membership)
        .join(Person, Person.id == Contribution.author_id)
        .options(contains_eager(Contribution.author))
        .join(Proposal, Proposal.id == Contribution.proposal_id)
        .join(Round, Round.id == Proposal.round_id)
        .join(Panel, Panel.id == Round.panel_id)
        .join(Membership, Membership.panel_id == Panel.id)
        .where(Contribution.id == contribution_id, Membership.person_id == person_id, Membership.left_at.is_(None))
    ).first()
    if row is None:
        return None
    reply, idea, round_, panel, mine = row
    seen = SeenReply(reply, Seen(idea, round_, panel, mine, supported=False))
    known = may_know(seen.idea.proposal.state, own=seen.idea.own, moderator=seen.idea.moderator)
    own_word = may_know(reply.state, own=seen.own, moderator=seen.idea.moderator)
    return seen if known and own_word else None


def by_key(session: Session, author_id: int, form_key: str) -> Contribution | None:
    """The reply that came in with this key."""
    return session.scalar(
        select(Contribution).where(Contribution.author_id == author_id, Contribution.form_key == form_key)
    )


def written_by(session: Session, person_id: int, limit: int = 50) -> Sequence[tuple[Contribution, Proposal]]:
    """Every reply of somebody, newest first, with the idea it stands under; not what was erased."""
    rows = session.execute(
        select(Contribution, Proposal)
        .join(Proposal, Proposal.id == Contribution.proposal_id)
        .where(Contribution.author_id == person_id, Contribution.state != WordState.ERASED)
        .order_by(Contribution.id.desc())
        .limit(limit)
    ).all()
    return [(reply, idea) for reply, idea in rows]


def of_author(session: Session, person_id: int) -> Sequence[Contribution]:
    """Every reply of an author that still has words."""
    return session.scalars(
        select(Contribution).where(Contribution.author_id == person_id, Contribution.state != WordState.ERASED)
    ).all()


def supported_by(session: Session, person_id: int) -> list[int]:
    """Ids of the replies somebody supports."""
    return list(session.scalars(select(ReplySupport.contribution_id).where(ReplySupport.person_id == person_id)).all())


def of_closed_rounds(session: Session) -> Select[Any]:
    """Ids of all replies whose round is over, as a subquery."""
    return (
        select(Contribution.id)
        .join(Proposal, Proposal.id == Contribution.proposal_id)
        .join(Round, Round.id == Proposal.round_id)
        .where(Round.phase == Phase.CLOSED)
    )


def miscounted(session: Session) -> Sequence[int]:
    """Ids of ideas whose stored number of replies is not the number of published ones; empty when all is well."""
    counted = (
        select(func.count())
        .where(Contribution.proposal_id == Proposal.id, Contribution.state == WordState.PUBLISHED)
        .scalar_subquery()
    )
    return session.scalars(select(Proposal.id).where(Proposal.reply_count != counted)).all()
