"""What authors do with their ideas, and how members support one; each act writes its rows and its journal line."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from codesign.db import Store, insert_if_absent, lock
from codesign.db_search import drop_words
from codesign.journal.actions import note
from codesign.panels.models import Membership, Round
from codesign.panels.queries import facts
from codesign.proposals.domain import Content
from codesign.proposals.models import EditState, Proposal, ProposedEdit, Support
from codesign.proposals.queries import of_author, supported_by
from codesign.proposals.rows import (
    Stale,
    check,
    close_edits,
    count,
    empty,
    index,
    let_go,
    new_version,
    row_of,
    version_row,
    write,
)
from codesign.rules.permissions import Action, Reason, Refused, require
from codesign.rules.words import WordState, kinds_found, state_for

__all__ = [
    "Stale", "accept_edit", "decline_edit", "drop_draft", "edit_proposal", "erase_posts", "propose",
    "save_draft", "support", "take_back",
]  # fmt: skip


def save_draft(
    session: Session, round: Round, membership: Membership, content: Content, *, key: str, now: datetime
) -> Proposal:
    """Keep unfinished words for their author alone; saving again with one `key` changes the same draft."""
    require(Action.SAVE_DRAFT, facts(round, membership, own=True))
    check(content)
    proposal = row_of(session, round, membership, content, key, now)
    if proposal.state is WordState.DRAFT:
        write(session, proposal, content)
        note(
            session, Store.VOICES, by=membership.person_id, verb="save_draft", what="proposal", id=proposal.id, now=now
        )
    return proposal


def drop_draft(session: Session, round: Round, membership: Membership, proposal: Proposal, now: datetime) -> None:
    """Throw a draft away, with its words."""
    require(Action.DROP_DRAFT, facts(round, membership, own=proposal.author_id == membership.person_id))
    if proposal.state is not WordState.DRAFT:
        raise Refused(Reason.WRONG_STATE)
    empty(session, proposal)
    note(session, Store.VOICES, by=membership.person_id, verb="drop_draft", what="proposal", id=proposal.id, now=now)


def propose(
    session: Session, round: Round, membership: Membership, content: Content, *, key: str, now: datetime
) -> Proposal:
    """Give an idea, from a draft with the same `key` or at once; sent twice it is one idea.

    Identifying details hold it back before anybody reads it (R15); without a theme it is refused (R01).
    """
    require(Action.PROPOSE, facts(round, membership, has_theme=bool(content.themes)))
    check(content)
    proposal = row_of(session, round, membership, content, key, now)
    if proposal.state is not WordState.DRAFT:
        return proposal
    proposal.held_for = kinds_found(content.text)
    proposal.created_on = now.date()
    write(session, proposal, content)
    proposal.state = state_for(proposal.held_for)
    session.add(version_row(proposal, now))
    index(session, proposal)
    note(session, Store.VOICES, by=membership.person_id, verb="propose", what="proposal", id=proposal.id, now=now)
    return proposal


def edit_proposal(
    session: Session,
    round: Round,
    membership: Membership,
    proposal: Proposal,
    content: Content,
    *,
    seen: int,
    now: datetime,
) -> None:
    """Change one's own idea; `seen` is the version before their eyes. Raises `Stale` when it is not the newest.

    A held idea comes out when nothing is found any more; a published one is held when something is.
    """
    own = proposal.author_id == membership.person_id
    require(Action.EDIT_PROPOSAL, facts(round, membership, own=own, has_theme=bool(content.themes)))
    check(content)
    lock(session, Proposal, proposal.id)
    if proposal.state not in (WordState.PUBLISHED, WordState.HELD):
        raise Refused(Reason.WRONG_STATE)
    if proposal.version != seen:
        raise Stale(proposal)
    proposal.held_for = kinds_found(content.text)
    write(session, proposal, content)
    proposal.state = state_for(proposal.held_for)
    new_version(session, proposal, now)
    note(session, Store.VOICES, by=membership.person_id, verb="edit_proposal", what="proposal", id=proposal.id, now=now)


def take_back(session: Session, round: Round, membership: Membership, proposal: Proposal, now: datetime) -> None:
    """Nobody else reads the words any more; replies of others stay. Until the panel adopted its advice."""
    require(Action.TAKE_BACK, facts(round, membership, own=proposal.author_id == membership.person_id))
    lock(session, Proposal, proposal.id)
    if proposal.state is WordState.TAKEN_BACK:
        return
    if proposal.state not in (WordState.PUBLISHED, WordState.HELD, WordState.HIDDEN, WordState.MERGED):
        raise Refused(Reason.WRONG_STATE)
    proposal.state, proposal.merged_into_id = WordState.TAKEN_BACK, None
    close_edits(session, proposal, now)
    let_go(session, proposal)
    drop_words(session, [proposal.id])
    note(session, Store.VOICES, by=membership.person_id, verb="take_back", what="proposal", id=proposal.id, now=now)


def support(
    session: Session, round: Round, membership: Membership, proposal: Proposal, *, on: bool, now: datetime
) -> None:
    """Support an idea, or no longer. The count is in the row; the journal names nobody: support is forgotten later."""
    require(Action.SUPPORT, facts(round, membership))
    if proposal.state is not WordState.PUBLISHED:
        raise Refused(Reason.WRONG_STATE)
    person = membership.person_id
    if on:
        changed = 1 if insert_if_absent(session, Support, proposal_id=proposal.id, person_id=person) else 0
    else:
        gone = session.execute(delete(Support).where(Support.proposal_id == proposal.id, Support.person_id == person))
        changed = -int(gone.rowcount)  # type: ignore[attr-defined]
    if changed:
        count(session, proposal.id, changed)
        note(session, Store.VOICES, by=None, verb="support", what="proposal", id=proposal.id, now=now)


def accept_edit(
    session: Session, round: Round, membership: Membership, proposal: Proposal, edit: ProposedEdit, now: datetime
) -> None:
    """Take over the words a moderator proposed, as a new version; raises `Stale` when the author changed them since."""
    require(Action.ACCEPT_EDIT, facts(round, membership, own=proposal.author_id == membership.person_id))
    lock(session, Proposal, proposal.id)
    _must_be_open(proposal, edit)
    if proposal.version != edit.version:
        raise Stale(proposal)
    proposal.title, proposal.body = edit.title, edit.body
    proposal.held_for = kinds_found(f"{edit.title}\n{edit.body}")
    proposal.state = state_for(proposal.held_for)
    edit.state, edit.answered_on = EditState.ACCEPTED, now.date()
    new_version(session, proposal, now, by_moderator=True)
    note(session, Store.VOICES, by=membership.person_id, verb="accept_edit", what="proposed_edit", id=edit.id, now=now)


def decline_edit(
    session: Session, round: Round, membership: Membership, proposal: Proposal, edit: ProposedEdit, now: datetime
) -> None:
    """Keep one's own words."""
    require(Action.DECLINE_EDIT, facts(round, membership, own=proposal.author_id == membership.person_id))
    _must_be_open(proposal, edit)
    edit.state, edit.answered_on = EditState.DECLINED, now.date()
    note(session, Store.VOICES, by=membership.person_id, verb="decline_edit", what="proposed_edit", id=edit.id, now=now)


def erase_posts(session: Session, person_id: int, now: datetime) -> None:
    """Take every word of an author out: idea, versions, proposed edits, index. Rows stay empty, replies of others stay.

    Support the person gave is taken out too, with its count.
    """
    for proposal in of_author(session, person_id):
        let_go(session, proposal)
        empty(session, proposal)
        note(session, Store.VOICES, by=person_id, verb="erase_posts", what="proposal", id=proposal.id, now=now)
    for proposal_id in supported_by(session, person_id):
        count(session, proposal_id, -1)
    session.execute(delete(Support).where(Support.person_id == person_id))


def _must_be_open(proposal: Proposal, edit: ProposedEdit) -> None:
    if edit.proposal_id != proposal.id or edit.state is not EditState.OPEN:
        raise Refused(Reason.WRONG_STATE)
