"""Replying to ideas, changing and taking back replies, supporting them, and what moderators decide about them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from codesign.db import Store, insert_if_absent, lock
from codesign.discussion.domain import Kind
from codesign.discussion.models import Contribution, ReplySupport
from codesign.discussion.queries import by_key, of_author, supported_by
from codesign.journal.actions import note
from codesign.panels.models import Membership, Round
from codesign.panels.queries import facts
from codesign.proposals.models import Proposal
from codesign.proposals.rows import count_replies
from codesign.rules.permissions import Action, Reason, Refused, require
from codesign.rules.words import WordState, kinds_found, state_for


class StaleReply(Exception):
    """The reply was saved from another device in the meantime; `reply` has the words that stand now."""

    def __init__(self, reply: Contribution) -> None:
        super().__init__(reply.id)
        self.reply = reply


def discuss(
    session: Session, round: Round, membership: Membership, proposal: Proposal, *, kind: Kind, body: str, language: str,
    key: str, now: datetime, parent: Contribution | None = None,
) -> Contribution:  # fmt: skip
    """Reply to an idea, or (with `parent`) to a reply; sent twice with one `key` it is one reply.

    Identifying details hold it back (R15). An answer to an answer is put under the same reply: one level.
    """
    require(Action.DISCUSS, facts(round, membership))
    if proposal.state is not WordState.PUBLISHED:
        raise Refused(Reason.WRONG_STATE)
    if parent is not None and (parent.proposal_id != proposal.id or parent.state is not WordState.PUBLISHED):
        raise Refused(Reason.WRONG_STATE)
    found = kinds_found(body)
    came = insert_if_absent(
        session, Contribution, proposal_id=proposal.id, parent_id=(parent.parent_id or parent.id) if parent else None,
        author_id=membership.person_id, author_role=membership.role, kind=kind, state=state_for(found),
        language=language, body=body, held_for=found, support_count=0, version=1, form_key=key, created_on=now.date(),
    )  # fmt: skip
    reply = by_key(session, membership.person_id, key)
    assert reply is not None
    if came:
        _counted(session, reply, None)
        note(session, Store.VOICES, by=membership.person_id, verb="discuss", what="contribution", id=reply.id, now=now)
    return reply


def edit_reply(
    session: Session, round: Round, membership: Membership, reply: Contribution, *, kind: Kind, body: str,
    language: str, seen: int, now: datetime,
) -> None:  # fmt: skip
    """Change one's own reply; what was held comes out when nothing is found any more. Raises `StaleReply`."""
    require(Action.EDIT_REPLY, facts(round, membership, own=reply.author_id == membership.person_id))
    lock(session, Contribution, reply.id)
    _must_be(reply, WordState.PUBLISHED, WordState.HELD)
    if reply.version != seen:
        raise StaleReply(reply)
    before = reply.state
    reply.kind, reply.body, reply.language = kind, body, language
    reply.version, reply.changed_on = reply.version + 1, now.date()
    reply.held_for = kinds_found(body)
    reply.state = state_for(reply.held_for)
    _counted(session, reply, before)
    note(session, Store.VOICES, by=membership.person_id, verb="edit_reply", what="contribution", id=reply.id, now=now)


def take_back_reply(session: Session, round: Round, membership: Membership, reply: Contribution, now: datetime) -> None:
    """Nobody else reads it any more; answers of others stay."""
    require(Action.TAKE_BACK_REPLY, facts(round, membership, own=reply.author_id == membership.person_id))
    lock(session, Contribution, reply.id)
    if reply.state is WordState.TAKEN_BACK:
        return
    _must_be(reply, WordState.PUBLISHED, WordState.HELD, WordState.HIDDEN)
    _move(session, reply, WordState.TAKEN_BACK)
    note(
        session,
        Store.VOICES,
        by=membership.person_id,
        verb="take_back_reply",
        what="contribution",
        id=reply.id,
        now=now,
    )


def support_reply(
    session: Session, round: Round, membership: Membership, reply: Contribution, *, on: bool, now: datetime
) -> None:
    """Support a reply, or no longer; the journal names nobody, because rows of support go."""
    require(Action.SUPPORT_REPLY, facts(round, membership))
    _must_be(reply, WordState.PUBLISHED)
    person = membership.person_id
    if on:
        changed = 1 if insert_if_absent(session, ReplySupport, contribution_id=reply.id, person_id=person) else 0
    else:
        gone = session.execute(
            delete(ReplySupport).where(ReplySupport.contribution_id == reply.id, ReplySupport.person_id == person)
        )
        changed = -int(gone.rowcount)  # type: ignore[attr-defined]
    if changed:
        _count(session, reply.id, changed)
        note(session, Store.VOICES, by=None, verb="support_reply", what="contribution", id=reply.id, now=now)


def decide_held(
    session: Session,
    round: Round,
    membership: Membership,
    reply: Contribution,
    *,
    publish: bool,
    why: str,
    now: datetime,
) -> None:
    """A moderator publishes or hides a held reply; `why` is required for hiding."""
    require(Action.DECIDE_HELD, facts(round, membership, reason_given=publish or bool(why)))
    lock(session, Contribution, reply.id)
    _must_be(reply, WordState.HELD)
    _move(session, reply, WordState.PUBLISHED if publish else WordState.HIDDEN)
    note(session, Store.VOICES, by=membership.person_id, verb="decide_held", what="contribution", id=reply.id, now=now)


def hide(
    session: Session, round: Round, membership: Membership, reply: Contribution, *, why: str, now: datetime
) -> None:
    """A moderator hides a published reply, with a reason its author reads."""
    require(Action.HIDE, facts(round, membership, reason_given=bool(why)))
    lock(session, Contribution, reply.id)
    _must_be(reply, WordState.PUBLISHED)
    _move(session, reply, WordState.HIDDEN)
    note(session, Store.VOICES, by=membership.person_id, verb="hide", what="contribution", id=reply.id, now=now)


def show_again(session: Session, round: Round, membership: Membership, reply: Contribution, now: datetime) -> None:
    """A moderator shows a hidden reply again."""
    require(Action.SHOW_AGAIN, facts(round, membership))
    lock(session, Contribution, reply.id)
    _must_be(reply, WordState.HIDDEN)
    _move(session, reply, WordState.PUBLISHED)
    note(session, Store.VOICES, by=membership.person_id, verb="show_again", what="contribution", id=reply.id, now=now)


def erase_posts(session: Session, person_id: int, now: datetime) -> None:
    """Take every word of an author out; the empty rows hold the answers of others. Support the person gave goes too."""
    for reply in of_author(session, person_id):
        before = reply.state
        reply.body, reply.language, reply.held_for, reply.state = "", "", [], WordState.ERASED
        _counted(session, reply, before)
        note(session, Store.VOICES, by=person_id, verb="erase_posts", what="contribution", id=reply.id, now=now)
    for reply_id in supported_by(session, person_id):
        _count(session, reply_id, -1)
    session.execute(delete(ReplySupport).where(ReplySupport.person_id == person_id))


def _must_be(reply: Contribution, *states: WordState) -> None:
    if reply.state not in states:
        raise Refused(Reason.WRONG_STATE)


def _move(session: Session, reply: Contribution, state: WordState) -> None:
    before, reply.state = reply.state, state
    _counted(session, reply, before)


def _counted(session: Session, reply: Contribution, before: WordState | None) -> None:
    """Keep the idea's stored number of replies true when a reply came into or out of sight."""
    change = (reply.state is WordState.PUBLISHED) - (before is WordState.PUBLISHED)
    if change:
        count_replies(session, reply.proposal_id, change)


def _count(session: Session, reply_id: int, change: int) -> None:
    session.execute(
        update(Contribution)
        .where(Contribution.id == reply_id)
        .values(support_count=Contribution.support_count + change)
        .execution_options(synchronize_session="fetch")
    )
