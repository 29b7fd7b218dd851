"""Reading the queue, one piece of words with its panel, decisions and reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, literal, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from codesign.accounts.models import Person
from codesign.discussion.models import Contribution
from codesign.moderation.domain import What
from codesign.moderation.models import Decision, Outcome, Report
from codesign.panels.models import Membership, Panel, Round
from codesign.proposals.models import EditState, Proposal, ProposedEdit
from codesign.rules.roles import Role
from codesign.rules.words import WordState, may_read
from codesign.tellings.models import Telling

Words = Proposal | Contribution | Telling
MODELS: Mapping[What, Any] = {What.IDEA: Proposal, What.REPLY: Contribution, What.STORY: Telling}


@dataclass(frozen=True)
class Thing:
    """Words of a member with the round they belong to, and the membership of whoever looks."""

    what: What
    row: Words
    round: Round
    panel: Panel
    membership: Membership

    @property
    def own(self) -> bool:
        return self.row.author_id == self.membership.person_id

    @property
    def readable(self) -> bool:
        return may_read(self.row.state, own=self.own, moderator=self.membership.role is Role.MODERATOR)

    @property
    def title(self) -> str:
        return self.row.title if isinstance(self.row, Proposal) else ""

    @property
    def idea_id(self) -> int | None:
        """The idea whose page shows these words."""
        if isinstance(self.row, Proposal):
            return self.row.id
        return self.row.proposal_id if isinstance(self.row, Contribution) else None


def _of_round(what: What, statement: Any) -> Any:
    model = MODELS[what]
    if what is What.REPLY:
        return statement.join(Proposal, Proposal.id == model.proposal_id).join(Round, Round.id == Proposal.round_id)
    return statement.join(Round, Round.id == model.round_id)


def thing_for(session: Session, what: What, thing_id: int, person_id: int) -> Thing | None:
    """The words with author, round and membership in one statement; None unless the person is in the panel."""
    model = MODELS[what]
    statement = _of_round(what, select(model, Round, Panel, Membership).join(Person, Person.id == model.author_id))
    row = session.execute(
        statement.join(Panel, Panel.id == Round.panel_id)
        .join(Membership, Membership.panel_id == Panel.id)
        .options(contains_eager(model.author))
        .where(model.id == thing_id, Membership.person_id == person_id, Membership.left_at.is_(None))
    ).first()
    return None if row is None else Thing(what, row[0], row[1], row[2], row[3])


@dataclass(frozen=True)
class Waiting:
    """One line of the queue: `why` is "held", "reported", "appeal"; `found` the kinds of detail; `since` the day."""

    why: str
    what: What
    id: int
    title: str
    body: str
    language: str
    since: date
    found: tuple[str, ...] = ()
    reports: int = 0
    decision_id: int | None = None
    own_decision: bool = False


def held(session: Session, round_id: int, limit: int = 100) -> list[Waiting]:
    """Held words of a round, oldest first; one statement."""
    parts = []
    for what, model in MODELS.items():
        title = model.title if what is What.IDEA else literal("")
        columns = (literal(what.value), model.id, title, model.body, model.language, model.created_on, model.held_for)
        found = _of_round(what, select(*columns).select_from(model))
        parts.append(found.where(Round.id == round_id, model.state == WordState.HELD))
    rows = session.execute(parts[0].union_all(*parts[1:]).limit(limit), bind_arguments={"mapper": Proposal}).all()
    lines = [
        Waiting("held", What(w), key, t, body, lang, day, tuple(kinds)) for w, key, t, body, lang, day, kinds in rows
    ]
    return sorted(lines, key=lambda line: (line.since, line.id))


def _line(why: str, what: What, row: Any, since: date, **more: Any) -> Waiting:
    title = row.title if what is What.IDEA else ""
    return Waiting(why, what, row.id, title, row.body, row.language, since, tuple(row.held_for), **more)


def reported(session: Session, round_id: int) -> list[Waiting]:
    """Published words that members reported and nobody looked at yet; one statement."""
    rows = session.execute(
        select(Report, Proposal, Contribution, Telling)
        .outerjoin(Proposal, Proposal.id == Report.proposal_id)
        .outerjoin(Contribution, Contribution.id == Report.contribution_id)
        .outerjoin(Telling, Telling.id == Report.telling_id)
        .where(Report.round_id == round_id, Report.closed_on.is_(None))
        .order_by(Report.id)
    ).all()
    lines: dict[tuple[What, int], tuple[Any, date, int]] = {}
    for report, idea, reply, story in rows:
        what, row = next(
            (w, r) for w, r in ((What.IDEA, idea), (What.REPLY, reply), (What.STORY, story)) if r is not None
        )
        if row.state is not WordState.PUBLISHED:
            continue
        _row, since, count = lines.get((what, row.id), (row, report.made_on, 0))
        lines[(what, row.id)] = (row, since, count + 1)
    return [_line("reported", what, row, since, reports=n) for (what, _id), (row, since, n) in lines.items()]


def appeals(session: Session, round_id: int, person_id: int) -> list[Waiting]:
    """Appeals that nobody answered; `own_decision` marks those that another moderator must answer."""
    rows = session.scalars(
        select(Decision)
        .options(joinedload(Decision.proposal), joinedload(Decision.contribution), joinedload(Decision.telling))
        .where(Decision.round_id == round_id, Decision.appealed_on.is_not(None), Decision.appeal_outcome.is_(None))
        .order_by(Decision.id)
    ).all()
    found = []
    for row in rows:
        what, words = of_decision(row)
        if words.state is WordState.ERASED or row.appealed_on is None:
            continue
        found.append(
            _line("appeal", what, words, row.appealed_on, decision_id=row.id, own_decision=row.by == person_id)
        )
    return found


def of_decision(row: Decision) -> tuple[What, Words]:
    """The words a decision is about; they must have been loaded with it."""
    if row.proposal is not None:
        return What.IDEA, row.proposal
    if row.contribution is not None:
        return What.REPLY, row.contribution
    assert row.telling is not None
    return What.STORY, row.telling


def decision_for(
    session: Session, decision_id: int, person_id: int
) -> tuple[Decision, Round, Panel, Membership] | None:
    """The decision with its words, for moderators of the panel and for the author; None for others."""
    row = session.execute(
        select(Decision, Round, Panel, Membership)
        .options(joinedload(Decision.proposal), joinedload(Decision.contribution), joinedload(Decision.telling))
        .join(Round, Round.id == Decision.round_id)
        .join(Panel, Panel.id == Round.panel_id)
        .join(Membership, Membership.panel_id == Panel.id)
        .where(Decision.id == decision_id, Membership.person_id == person_id, Membership.left_at.is_(None))
    ).first()
    if row is None:
        return None
    decision, round_, panel, membership = row
    if membership.role is not Role.MODERATOR and decision.author_id != person_id:
        return None
    return decision, round_, panel, membership


def decisions_about(session: Session, person_id: int, limit: int = 100) -> Sequence[Decision]:
    """Decisions about somebody's words, newest first."""
    return session.scalars(
        select(Decision).where(Decision.author_id == person_id).order_by(Decision.id.desc()).limit(limit)
    ).all()


def latest_about(session: Session, what: What, thing_id: int) -> Decision | None:
    """The newest decision about some words."""
    column = {What.IDEA: Decision.proposal_id, What.REPLY: Decision.contribution_id, What.STORY: Decision.telling_id}[
        what
    ]
    return session.scalar(select(Decision).where(column == thing_id).order_by(Decision.id.desc()).limit(1))


def open_reports(session: Session, what: What, thing_id: int) -> Sequence[Report]:
    """Reports about some words that nobody closed."""
    column = {What.IDEA: Report.proposal_id, What.REPLY: Report.contribution_id, What.STORY: Report.telling_id}[what]
    return session.scalars(
        select(Report).where(column == thing_id, Report.closed_on.is_(None)).order_by(Report.id)
    ).all()


def queue_length(session: Session, round_id: int, person_id: int) -> int:
    """How many things wait for this moderator in a round: one statement, for the number in the rail."""
    ideas = (
        select(func.count())
        .select_from(Proposal)
        .where(Proposal.round_id == round_id, Proposal.state == WordState.HELD)
    )
    replies = (
        select(func.count())
        .select_from(Contribution)
        .join(Proposal, Proposal.id == Contribution.proposal_id)
        .where(Proposal.round_id == round_id, Contribution.state == WordState.HELD)
    )
    stories = (
        select(func.count()).select_from(Telling).where(Telling.round_id == round_id, Telling.state == WordState.HELD)
    )
    reports = select(func.count()).select_from(Report).where(Report.round_id == round_id, Report.closed_on.is_(None))
    asked = select(func.count()).select_from(Decision).where(
        Decision.round_id == round_id, Decision.appealed_on.is_not(None), Decision.appeal_outcome.is_(None),
        Decision.by != person_id,
    )  # fmt: skip
    parts = [q.scalar_subquery() for q in (ideas, replies, stories, reports, asked)]
    counted = session.scalar(
        select(parts[0] + parts[1] + parts[2] + parts[3] + parts[4]), bind_arguments={"mapper": Decision}
    )
    return int(counted or 0)


def heard(session: Session, round_id: int, since: date) -> set[int]:
    """Ids of everybody who told, gave an idea or replied since a day; for counting groups, never for naming."""
    told = select(Telling.author_id).where(
        Telling.round_id == round_id, Telling.state != WordState.ERASED, Telling.created_on >= since
    )
    gave = select(Proposal.author_id).where(
        Proposal.round_id == round_id,
        Proposal.state.not_in([WordState.DRAFT, WordState.ERASED]),
        func.coalesce(Proposal.changed_on, Proposal.created_on) >= since,
    )
    wrote = (
        select(Contribution.author_id)
        .join(Proposal, Proposal.id == Contribution.proposal_id)
        .where(Proposal.round_id == round_id, Contribution.state != WordState.ERASED, Contribution.created_on >= since)
    )
    return set(session.scalars(told.union(gave, wrote), bind_arguments={"mapper": Telling}).all())


def open_offers(session: Session, round_id: int) -> Sequence[tuple[ProposedEdit, Proposal]]:
    """Edits that wait for their authors in a round."""
    rows = session.execute(
        select(ProposedEdit, Proposal)
        .join(Proposal, Proposal.id == ProposedEdit.proposal_id)
        .where(Proposal.round_id == round_id, ProposedEdit.state == EditState.OPEN)
        .order_by(ProposedEdit.id)
    ).all()
    return [(edit, idea) for edit, idea in rows]


def merged_pairs(session: Session, round_id: int) -> Sequence[Decision]:
    """Joins of a round, newest first."""
    return session.scalars(
        select(Decision)
        .options(joinedload(Decision.proposal))
        .where(Decision.round_id == round_id, Decision.outcome == Outcome.MERGE)
        .order_by(Decision.id.desc())
    ).all()


def written_by(session: Session, person_id: int) -> tuple[Sequence[Report], Sequence[Decision]]:
    """Reports somebody made, and decisions about their words with their own answers, for erasing."""
    reports = session.scalars(select(Report).where(Report.by == person_id)).all()
    decisions = session.scalars(select(Decision).where(Decision.author_id == person_id)).all()
    return reports, decisions
