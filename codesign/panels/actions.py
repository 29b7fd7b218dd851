"""What hosts, moderators and members do about panels and rounds; sessions have their own module, `gathering`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from codesign.accounts import actions as accounts
from codesign.accounts.models import Person
from codesign.credentials.cards import NewCard
from codesign.db import Store, insert_if_absent, lock
from codesign.journal.actions import note
from codesign.panels.domain import Level, Step, Template, plan
from codesign.panels.models import Membership, Panel, PhaseChange, Round, RoundStep, Ties, TopicJoin
from codesign.panels.people import any_membership
from codesign.panels.queries import all_joins, facts, memberships, topics_of
from codesign.rules.permissions import Action, Facts, Reason, Refused, require
from codesign.rules.phases import Phase
from codesign.rules.roles import Role
from codesign.settings import Settings


def make_panel(
    session: Session, *, municipality_code: str, name: str, languages: list[str], by: int, facts: Facts, now: datetime
) -> Panel:
    """A panel in a place."""
    require(Action.MAKE_PANEL, facts)
    panel = Panel(municipality_code=municipality_code, name=name, languages=languages, made_at=now)
    session.add(panel)
    session.flush()
    note(session, Store.VOICES, by=by, verb="make_panel", what="panel", id=panel.id, now=now)
    return panel


def change_panel(
    session: Session, panel: Panel, *, name: str, languages: list[str], by: int, facts: Facts, now: datetime
) -> None:
    """Name and languages of a panel."""
    require(Action.CHANGE_PANEL, facts)
    panel.name, panel.languages = name, languages
    note(session, Store.VOICES, by=by, verb="change_panel", what="panel", id=panel.id, now=now)


def _join(session: Session, panel_id: int, person_id: int, role: Role, now: datetime) -> Membership:
    """Into the panel, or back into it."""
    row = any_membership(session, person_id, panel_id)
    if row is None:
        row = Membership(panel_id=panel_id, person_id=person_id, role=role, joined_at=now)
        session.add(row)
    elif row.left_at is not None:
        row.role, row.joined_at, row.left_at, row.ties_declared_at = role, now, None, None
    session.flush()
    return row


def make_cards(
    session: Session, panel_id: int, *, count: int, language: str, role: Role, settings: Settings, by: int | None,
    facts: Facts, now: datetime,
) -> list[NewCard]:  # fmt: skip
    """New members of a panel with a card each; the cards are printed once and kept nowhere."""
    require(Action.MAKE_CARDS, facts)
    if role not in {Role.NEWCOMER, Role.RESIDENT, Role.PROFESSIONAL}:
        raise ValueError(f"no member is a {role}")
    made = []
    for _number in range(count):
        person = accounts.make_member(session, language=language, by=by, facts=facts, now=now)
        _join(session, panel_id, person.id, role, now)
        made.append(accounts.make_card(session, person, settings=settings, by=by, facts=facts, now=now))
    return made


def make_moderator(session: Session, panel_id: int, person: Person, *, by: int, facts: Facts, now: datetime) -> None:
    """Somebody of staff moderates this panel; ties are still to be declared."""
    require(Action.MAKE_MODERATOR, facts)
    row = _join(session, panel_id, person.id, Role.MODERATOR, now)
    note(session, Store.VOICES, by=by, verb="make_moderator", what="membership", id=row.id, now=now)


def end_moderator(session: Session, row: Membership, *, by: int, facts: Facts, now: datetime) -> None:
    """Somebody no longer moderates this panel."""
    require(Action.END_MODERATOR, facts)
    row.left_at = now
    note(session, Store.VOICES, by=by, verb="end_moderator", what="membership", id=row.id, now=now)


def leave_panel(session: Session, row: Membership, now: datetime) -> None:
    """Leave a panel, of one's own will. Words stay under the pseudonym until they are erased."""
    require(Action.LEAVE_PANEL, Facts(role=row.role, own=True))
    row.left_at = now
    _forget_joins(session, row.person_id)
    note(session, Store.VOICES, by=row.person_id, verb="leave_panel", what="membership", id=row.id, now=now)


def leave_all(session: Session, person_id: int, now: datetime) -> None:
    """Leave every panel, when consent is withdrawn or a person is erased (an `Eraser` of accounts)."""
    for row in memberships(session, person_id):
        leave_panel(session, row, now)
    _forget_joins(session, person_id)


def erase_topics(session: Session, person_id: int, now: datetime) -> None:
    """Take out the topics somebody began (an `Eraser`): waiting ones go, an opened round keeps no trace of who."""
    for row in topics_of(session, person_id):
        if row.phase is Phase.DRAFT:
            for join in all_joins(session, round_id=row.id):
                session.delete(join)
            session.flush()
            session.delete(row)
        else:
            row.why, row.started_by = "", None
    note(session, Store.VOICES, by=person_id, verb="erase_posts", what="topic", id=person_id, now=now)


def _forget_joins(session: Session, person_id: int) -> None:
    for join in all_joins(session, person_id=person_id):
        session.delete(join)


def declare_ties(session: Session, row: Membership, *, none: bool, text: str, now: datetime) -> None:
    """A moderator says for whom they work and who pays them, or that there is nothing to say (R21)."""
    require(Action.DECLARE_TIES, Facts(role=row.role, own=True))
    ties = Ties(membership_id=row.id, none=none, text=text, declared_at=now)
    session.add(ties)
    row.ties_declared_at = now
    session.flush()
    note(session, Store.VOICES, by=row.person_id, verb="declare_ties", what="ties", id=ties.id, now=now)


def prepare_round(
    session: Session, member: Membership, *, template: Template, first_day: date, answer_weeks: int, now: datetime,
    **values: Any,
) -> Round:  # fmt: skip
    """A draft of a round, planned from a template; `values` as the columns of `Round`."""
    require(Action.PREPARE_ROUND, facts(None, member))
    row = Round(panel_id=member.panel_id, template=template, phase=Phase.DRAFT, created_at=now, **values)
    row.steps = _steps(plan(template, first_day, answer_weeks))
    session.add(row)
    session.flush()
    note(session, Store.VOICES, by=member.person_id, verb="prepare_round", what="round", id=row.id, now=now)
    return row


def _steps(planned: Sequence[Step]) -> list[RoundStep]:
    return [RoundStep(phase=s.phase, starts_on=s.starts_on, ends_on=s.ends_on) for s in planned]


def edit_round(session: Session, row: Round, member: Membership, *, now: datetime, **values: Any) -> None:
    """Change a draft; once open, what people agreed to work on stays."""
    require(Action.EDIT_ROUND, facts(row, member))
    for name, value in values.items():
        setattr(row, name, value)
    note(session, Store.VOICES, by=member.person_id, verb="edit_round", what="round", id=row.id, now=now)


def declare_level(session: Session, row: Round, member: Membership, *, level: Level, fixed: str, now: datetime) -> None:
    """Say how far the panel's word reaches and what is already fixed; before this the round stays shut (R33)."""
    require(Action.DECLARE_LEVEL, facts(row, member))
    row.level, row.fixed_text = level, fixed
    note(session, Store.VOICES, by=member.person_id, verb="declare_level", what="round", id=row.id, now=now)


def change_dates(
    session: Session, row: Round, member: Membership, *, dates: dict[Phase, tuple[date, date]], now: datetime
) -> None:
    """Plan other days; only the phases named change. Dates inform, they never change the phase."""
    require(Action.CHANGE_DATES, facts(row, member))
    there = {step.phase: step for step in row.steps}
    for phase, (starts_on, ends_on) in dates.items():
        if phase in there:
            there[phase].starts_on, there[phase].ends_on = starts_on, ends_on
        else:
            row.steps.append(RoundStep(phase=phase, starts_on=starts_on, ends_on=ends_on))
    note(session, Store.VOICES, by=member.person_id, verb="change_dates", what="round", id=row.id, now=now)


def plan_anew(
    session: Session, row: Round, member: Membership, *, template: Template, first_day: date, answer_weeks: int,
    now: datetime,
) -> None:  # fmt: skip
    """Another template or first day for a draft: its plan is made again from the beginning."""
    require(Action.EDIT_ROUND, facts(row, member))
    row.template = template
    row.steps.clear()
    session.flush()
    row.steps.extend(_steps(plan(template, first_day, answer_weeks)))
    note(session, Store.VOICES, by=member.person_id, verb="plan_anew", what="round", id=row.id, now=now)


def open_round(
    session: Session, row: Round, member: Membership, *, words: str, language: str, now: datetime,
    target: Phase = Phase.LISTENING,
) -> PhaseChange:  # fmt: skip
    """The draft becomes a round that members see, beginning with listening."""
    require(Action.OPEN_ROUND, facts(row, member))
    for join in all_joins(session, round_id=row.id):
        session.delete(join)
    return change_phase(session, row, member, target=target, words=words, language=language, now=now)


def change_phase(
    session: Session, row: Round, member: Membership, *, target: Phase, words: str, language: str, now: datetime,
    **known: Any,
) -> PhaseChange:  # fmt: skip
    """Another phase, by a moderator's act, with words to the members; `known`: further facts of higher packages.

    The row is read afresh under its lock: two moderators at once change it once.
    """
    before = row.phase
    lock(session, Round, row.id)
    if row.phase is not before:
        raise Refused(Reason.NOT_THE_NEXT_PHASE)
    require(Action.CHANGE_PHASE, facts(row, member, target=target, **known))
    row.phase, row.phase_since = target, now
    if before is Phase.DRAFT:
        row.opened_at = now
    change = PhaseChange(
        round_id=row.id, before=before, after=target, words=words, language=language, by=member.person_id, at=now
    )
    session.add(change)
    session.flush()
    note(session, Store.VOICES, by=member.person_id, verb="change_phase", what="round", id=row.id, now=now)
    return change


def start_topic(
    session: Session, member: Membership, *, title: str, question: str, why: str, language: str, first_day: date,
    answer_weeks: int, now: datetime, consented: bool = True,
) -> Round:  # fmt: skip
    """A member begins a topic without anybody asking: a draft of an unasked round that the whole panel sees (R31)."""
    require(Action.START_TOPIC, facts(None, member, consented=consented))
    row = Round(
        panel_id=member.panel_id, title=title, question=question, why=why, language=language, asked=False,
        template=Template.UNASKED, phase=Phase.DRAFT, started_by=member.person_id, created_at=now,
    )  # fmt: skip
    row.steps = _steps(plan(Template.UNASKED, first_day, answer_weeks))
    session.add(row)
    session.flush()
    session.add(TopicJoin(round_id=row.id, person_id=member.person_id))
    note(session, Store.VOICES, by=member.person_id, verb="start_topic", what="round", id=row.id, now=now)
    return row


def set_adopted(session: Session, row: Round, *, facts: Facts, now: datetime) -> None:
    """The panel adopted its advice: from now on nobody takes words back. The closed vote decides; advice knows it."""
    require(Action.SET_ADOPTED, facts)
    row.adopted_at = now
    note(session, Store.VOICES, by=None, verb="set_adopted", what="round", id=row.id, now=now)


def join_topic(session: Session, row: Round, member: Membership, *, joins: bool, now: datetime) -> None:
    """A member wants this topic too, or no longer; twice is once."""
    require(Action.JOIN_TOPIC, facts(row, member))
    if joins:
        insert_if_absent(session, TopicJoin, round_id=row.id, person_id=member.person_id)
    else:
        for join in all_joins(session, round_id=row.id, person_id=member.person_id):
            session.delete(join)
    note(session, Store.VOICES, by=member.person_id, verb="join_topic", what="round", id=row.id, now=now)
