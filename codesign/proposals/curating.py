"""What moderators do with ideas: decide about held ones, hide, show again, join, and propose other words."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from codesign.db import Store, insert_if_absent, lock
from codesign.journal.actions import note
from codesign.panels.models import Membership, Round
from codesign.panels.queries import facts
from codesign.proposals.models import EditState, Proposal, ProposedEdit, Support
from codesign.proposals.queries import supporters, versions
from codesign.proposals.rows import close_edits, count, index
from codesign.rules.permissions import Action, Reason, Refused, require
from codesign.rules.words import WordState


def decide_held(
    session: Session,
    round: Round,
    membership: Membership,
    proposal: Proposal,
    *,
    publish: bool,
    why: str,
    now: datetime,
) -> None:
    """Publish or hide a held idea; `why` is required for hiding, and its author reads it."""
    require(Action.DECIDE_HELD, facts(round, membership, reason_given=publish or bool(why)))
    lock(session, Proposal, proposal.id)
    _must_be(proposal, WordState.HELD)
    proposal.state = WordState.PUBLISHED if publish else WordState.HIDDEN
    for version in versions(session, proposal.id):
        version.shown = version.shown or publish
    index(session, proposal)
    note(session, Store.VOICES, by=membership.person_id, verb="decide_held", what="proposal", id=proposal.id, now=now)


def hide(
    session: Session, round: Round, membership: Membership, proposal: Proposal, *, why: str, now: datetime
) -> None:
    """Hide a published idea, with a reason its author reads."""
    require(Action.HIDE, facts(round, membership, reason_given=bool(why)))
    lock(session, Proposal, proposal.id)
    _must_be(proposal, WordState.PUBLISHED)
    proposal.state = WordState.HIDDEN
    index(session, proposal)
    note(session, Store.VOICES, by=membership.person_id, verb="hide", what="proposal", id=proposal.id, now=now)


def show_again(session: Session, round: Round, membership: Membership, proposal: Proposal, now: datetime) -> None:
    """Show a hidden idea again."""
    require(Action.SHOW_AGAIN, facts(round, membership))
    lock(session, Proposal, proposal.id)
    _must_be(proposal, WordState.HIDDEN)
    proposal.state = WordState.PUBLISHED
    index(session, proposal)
    note(session, Store.VOICES, by=membership.person_id, verb="show_again", what="proposal", id=proposal.id, now=now)


def propose_edit(
    session: Session, round: Round, membership: Membership, proposal: Proposal, *, title: str, body: str, why: str,
    language: str, seen: int, now: datetime,
) -> ProposedEdit:  # fmt: skip
    """Offer the author other words than version `seen`; a new offer takes the place of one that waits."""
    require(Action.PROPOSE_EDIT, facts(round, membership))
    lock(session, Proposal, proposal.id)
    _must_be(proposal, WordState.PUBLISHED, WordState.HELD)
    if proposal.version != seen:
        raise Refused(Reason.WRONG_STATE)
    close_edits(session, proposal, now)
    session.flush()
    edit = ProposedEdit(
        proposal_id=proposal.id, version=seen, title=title, body=body, why=why, why_language=language,
        state=EditState.OPEN, by=membership.person_id, made_on=now.date(),
    )  # fmt: skip
    session.add(edit)
    session.flush()
    note(session, Store.VOICES, by=membership.person_id, verb="propose_edit", what="proposed_edit", id=edit.id, now=now)
    return edit


def merge(
    session: Session, round: Round, membership: Membership, source: Proposal, target: Proposal, now: datetime
) -> None:
    """Join `source` into `target`: it stays to be read, its support counts with the target from now on."""
    require(Action.MERGE, facts(round, membership))
    for proposal_id in sorted((source.id, target.id)):
        lock(session, Proposal, proposal_id)
    _must_be(source, WordState.PUBLISHED)
    _must_be(target, WordState.PUBLISHED)
    if source.id == target.id or source.round_id != target.round_id:
        raise Refused(Reason.WRONG_STATE)
    came = sum(
        insert_if_absent(session, Support, proposal_id=target.id, person_id=person)
        for person in supporters(session, source.id)
    )
    count(session, target.id, came)
    close_edits(session, source, now)
    source.state, source.merged_into_id = WordState.MERGED, target.id
    index(session, source)
    note(session, Store.VOICES, by=membership.person_id, verb="merge", what="proposal", id=source.id, now=now)


def part(session: Session, round: Round, membership: Membership, source: Proposal, now: datetime) -> None:
    """Undo a join: the idea stands for itself again; support that was counted with the other stays there too."""
    require(Action.MERGE, facts(round, membership))
    lock(session, Proposal, source.id)
    _must_be(source, WordState.MERGED)
    source.state, source.merged_into_id = WordState.PUBLISHED, None
    index(session, source)
    note(session, Store.VOICES, by=membership.person_id, verb="part", what="proposal", id=source.id, now=now)


def _must_be(proposal: Proposal, *states: WordState) -> None:
    if proposal.state not in states:
        raise Refused(Reason.WRONG_STATE)
