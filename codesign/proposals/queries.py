"""Reading ideas: lists, one idea, its versions and lineage, and search; what one may not know comes back as None."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, literal, select
from sqlalchemy.orm import Session, aliased, contains_eager, joinedload

from codesign.accounts.models import Person
from codesign.db_search import matching
from codesign.panels.models import Gathering, Membership, Panel, Round
from codesign.proposals.domain import asked_words
from codesign.proposals.models import (
    EditState,
    Proposal,
    ProposalDomain,
    ProposalIndicator,
    ProposalVersion,
    ProposedEdit,
    Support,
)
from codesign.rules.phases import Phase
from codesign.rules.roles import Role
from codesign.rules.text import fold_for_search
from codesign.rules.words import WordState, may_know, may_read
from codesign.web.paging import Page, paged

# What an idea was joined with. Made once: an alias knows its columns anew each time it is made.
_INTO = aliased(Proposal)


class Order(StrEnum):
    """How a list is ordered."""

    NEW = "new"
    SUPPORT = "support"


@dataclass(frozen=True)
class Seen:
    """An idea as one person may see it: `readable` says whether its words may be shown to them."""

    proposal: Proposal
    round: Round
    panel: Panel
    membership: Membership
    supported: bool
    gathering: Gathering | None = None

    @property
    def own(self) -> bool:
        return self.proposal.author_id == self.membership.person_id

    @property
    def moderator(self) -> bool:
        return self.membership.role is Role.MODERATOR

    @property
    def readable(self) -> bool:
        return may_read(self.proposal.state, own=self.own, moderator=self.moderator)


def _supported_by(person_id: int) -> ColumnElement[bool]:
    return exists().where(Support.proposal_id == Proposal.id, Support.person_id == person_id)


def proposal_for(session: Session, proposal_id: int, person_id: int) -> Seen | None:
    """The idea with author, round, panel and this person's membership, in one statement.

    None unless the person is an active member of the panel and may know that the idea exists.
    """
    row = session.execute(
        select(Proposal, Round, Panel, Membership, _supported_by(person_id), Gathering)
        .join(Person, Person.id == Proposal.author_id)
        .outerjoin(Gathering, Gathering.id == Proposal.gathering_id)
        .options(contains_eager(Proposal.author), joinedload(Panel.municipality))
        .join(Round, Round.id == Proposal.round_id)
        .join(Panel, Panel.id == Round.panel_id)
        .join(Membership, Membership.panel_id == Panel.id)
        .where(Proposal.id == proposal_id, Membership.person_id == person_id, Membership.left_at.is_(None))
    ).first()
    if row is None:
        return None
    seen = Seen(*row)
    return seen if may_know(seen.proposal.state, own=seen.own, moderator=seen.moderator) else None


def draft_for(session: Session, proposal_id: int, person_id: int) -> Seen | None:
    """Somebody's own draft."""
    seen = proposal_for(session, proposal_id, person_id)
    return seen if seen is not None and seen.own and seen.proposal.state is WordState.DRAFT else None


def published(
    session: Session, round_id: int, person_id: int, *, domain: str | None = None, words: str = "",
    order: Order = Order.NEW, page: int = 1, per_page: int = 12,
) -> Page[Any]:  # fmt: skip
    """Rows (idea, do I support it, title of the idea it was joined with) of a round: one statement.

    `words` as somebody typed them: all must be there, the last may be a beginning. Joined ideas come after all others.
    """
    statement: Any = (
        select(Proposal, _supported_by(person_id), _INTO.title, _INTO.language)
        .outerjoin(_INTO, _INTO.id == Proposal.merged_into_id)
        .where(Proposal.round_id == round_id, Proposal.state.in_([WordState.PUBLISHED, WordState.MERGED]))
    )
    if domain:
        about = exists().where(ProposalDomain.proposal_id == Proposal.id, ProposalDomain.code == domain)
        statement = statement.where(about)
    if words.strip():
        found = matching(session, asked_words(fold_for_search(words)))
        if found is None:
            return Page([], 1, False)
        statement = statement.where(Proposal.id.in_(found))
    first = [Proposal.support_count.desc()] if order is Order.SUPPORT else []
    return paged(
        session, statement.order_by(Proposal.state == WordState.MERGED, *first, Proposal.id.desc()), page, per_page
    )


def domain_counts(session: Session, round_id: int) -> dict[str, int]:
    """How many ideas of a round there are about each domain, and under "" how many in all; one statement."""
    shown = (Proposal.round_id == round_id, Proposal.state.in_([WordState.PUBLISHED, WordState.MERGED]))
    by_code = (
        select(ProposalDomain.code, func.count())
        .join(Proposal, Proposal.id == ProposalDomain.proposal_id)
        .where(*shown)
        .group_by(ProposalDomain.code)
    )
    total = select(literal(""), func.count()).select_from(Proposal).where(*shown)
    rows = session.execute(by_code.union_all(total), bind_arguments={"mapper": Proposal}).all()
    return {str(code): int(count) for code, count in rows}


def published_texts(session: Session, round_id: int, leave_out: int | None = None) -> dict[int, tuple[str, str, str]]:
    """Title, words and language of every published idea of a round, by id, for finding like ones."""
    statement = select(Proposal.id, Proposal.title, Proposal.body, Proposal.language).where(
        Proposal.round_id == round_id, Proposal.state == WordState.PUBLISHED
    )
    if leave_out is not None:
        statement = statement.where(Proposal.id != leave_out)
    return {key: (title, body, language) for key, title, body, language in session.execute(statement).all()}


def published_about(session: Session, panel_id: int, domain: str, limit: int = 20) -> Sequence[Proposal]:
    """Published ideas of a panel about a domain, newest first."""
    statement = (
        select(Proposal)
        .join(ProposalDomain, ProposalDomain.proposal_id == Proposal.id)
        .join(Round, Round.id == Proposal.round_id)
        .where(Round.panel_id == panel_id, ProposalDomain.code == domain, Proposal.state == WordState.PUBLISHED)
        .order_by(Proposal.id.desc())
        .limit(limit)
    )
    return session.scalars(statement).all()


def panel_domain_counts(session: Session, panel_id: int) -> dict[str, int]:
    """How many published ideas a panel has about each domain, over all its rounds."""
    rows = session.execute(
        select(ProposalDomain.code, func.count())
        .join(Proposal, Proposal.id == ProposalDomain.proposal_id)
        .join(Round, Round.id == Proposal.round_id)
        .where(Round.panel_id == panel_id, Proposal.state == WordState.PUBLISHED)
        .group_by(ProposalDomain.code)
    ).all()
    return {str(code): int(count) for code, count in rows}


def mine(session: Session, person_id: int, limit: int = 50) -> Sequence[tuple[Proposal, Round, str | None, str | None]]:
    """Every idea and draft of somebody, newest first: idea, round, title and language of what it was joined with."""
    rows = session.execute(
        select(Proposal, Round, _INTO.title, _INTO.language)
        .join(Round, Round.id == Proposal.round_id)
        .outerjoin(_INTO, _INTO.id == Proposal.merged_into_id)
        .where(Proposal.author_id == person_id, Proposal.state != WordState.ERASED)
        .order_by(Proposal.id.desc())
        .limit(limit)
    ).all()
    return [(proposal, round_, title, language) for proposal, round_, title, language in rows]


def by_key(session: Session, author_id: int, form_key: str) -> Proposal | None:
    """The idea that came in with this key."""
    return session.scalar(select(Proposal).where(Proposal.author_id == author_id, Proposal.form_key == form_key))


def versions(session: Session, proposal_id: int) -> Sequence[ProposalVersion]:
    """All versions, oldest first."""
    statement = select(ProposalVersion).where(ProposalVersion.proposal_id == proposal_id)
    return session.scalars(statement.order_by(ProposalVersion.number)).all()


def indicators_of(session: Session, proposal_id: int) -> list[str]:
    """Codes of the indicators of an idea."""
    statement = select(ProposalIndicator.code).where(ProposalIndicator.proposal_id == proposal_id)
    return list(session.scalars(statement.order_by(ProposalIndicator.code)).all())


def domains_of(session: Session, proposal_id: int) -> Sequence[ProposalDomain]:
    """The rows that say which domains an idea is about."""
    return session.scalars(select(ProposalDomain).where(ProposalDomain.proposal_id == proposal_id)).all()


def indicator_rows(session: Session, proposal_id: int) -> Sequence[ProposalIndicator]:
    """The rows that say which indicators an idea is about."""
    return session.scalars(select(ProposalIndicator).where(ProposalIndicator.proposal_id == proposal_id)).all()


def lineage(session: Session, proposal_id: int) -> Sequence[Proposal]:
    """Every idea that was joined into this one, also by way of others, oldest first; one statement."""
    below = select(Proposal.id.label("id")).where(Proposal.merged_into_id == proposal_id).cte("below", recursive=True)
    below = below.union(select(Proposal.id).join(below, Proposal.merged_into_id == below.c.id))
    statement = select(Proposal).where(Proposal.id.in_(select(below.c.id)))
    return session.scalars(statement.order_by(Proposal.id)).all()


def joined_into(session: Session, proposal_id: int) -> Sequence[Proposal]:
    """Ideas that were joined into this one directly and still stand there."""
    statement = select(Proposal).where(Proposal.merged_into_id == proposal_id, Proposal.state == WordState.MERGED)
    return session.scalars(statement).all()


def brief(session: Session, proposal_id: int) -> Proposal | None:
    """The idea alone, for naming it."""
    return session.get(Proposal, proposal_id)


def open_edit(session: Session, proposal_id: int) -> ProposedEdit | None:
    """The edit that waits for the author."""
    return session.scalar(
        select(ProposedEdit).where(ProposedEdit.proposal_id == proposal_id, ProposedEdit.state == EditState.OPEN)
    )


def edits_of(session: Session, proposal_id: int) -> Sequence[ProposedEdit]:
    """Every edit that was proposed for an idea."""
    return session.scalars(select(ProposedEdit).where(ProposedEdit.proposal_id == proposal_id)).all()


def open_edits_for(session: Session, person_id: int) -> Sequence[tuple[ProposedEdit, Proposal]]:
    """Edits that wait for this author, with their ideas."""
    rows = session.execute(
        select(ProposedEdit, Proposal)
        .join(Proposal, Proposal.id == ProposedEdit.proposal_id)
        .where(Proposal.author_id == person_id, ProposedEdit.state == EditState.OPEN)
        .order_by(ProposedEdit.id)
    ).all()
    return [(edit, proposal) for edit, proposal in rows]


def supporters(session: Session, proposal_id: int) -> list[int]:
    """Ids of who supports an idea, for moving support when ideas are joined; never shown."""
    return list(session.scalars(select(Support.person_id).where(Support.proposal_id == proposal_id)).all())


def of_closed_rounds(session: Session) -> Select[Any]:
    """Ids of all ideas whose round is over, as a subquery."""
    return select(Proposal.id).join(Round, Round.id == Proposal.round_id).where(Round.phase == Phase.CLOSED)


def of_round(session: Session, round_id: int) -> Sequence[Proposal]:
    """Every idea and draft of a round that still has words."""
    statement = select(Proposal).where(Proposal.round_id == round_id, Proposal.state != WordState.ERASED)
    return session.scalars(statement).all()


def supported_by(session: Session, person_id: int) -> list[int]:
    """Ids of the ideas somebody supports."""
    return list(session.scalars(select(Support.proposal_id).where(Support.person_id == person_id)).all())


def of_author(session: Session, person_id: int) -> Sequence[Proposal]:
    """Every idea and draft of an author that still has words."""
    return session.scalars(
        select(Proposal).where(Proposal.author_id == person_id, Proposal.state != WordState.ERASED)
    ).all()


def miscounted(session: Session) -> Sequence[int]:
    """Ids of ideas whose stored support is below what its rows say; empty when all is well.

    More than the rows is right after a round has ended: then the rows are gone and the count stays.
    """
    counted = select(func.count()).where(Support.proposal_id == Proposal.id).scalar_subquery()
    return session.scalars(select(Proposal.id).where(Proposal.support_count < counted)).all()
