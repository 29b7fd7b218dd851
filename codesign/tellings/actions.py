"""Telling, changing and taking back what one told, and what moderators decide about it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from codesign.db import Store, insert_if_absent
from codesign.journal.actions import note
from codesign.panels.models import Membership, Round
from codesign.panels.queries import facts
from codesign.rules.permissions import Action, Reason, Refused, require
from codesign.rules.words import WordState, kinds_found, state_for
from codesign.tellings.models import Telling
from codesign.tellings.queries import by_key, of_author


def tell(
    session: Session, round: Round, membership: Membership, *, body: str, language: str, key: str, now: datetime
) -> Telling:
    """Answer the open question; sent twice with one `key` it is one answer. Identifying details hold it back (R15)."""
    require(Action.TELL, facts(round, membership))
    found = kinds_found(body)
    came = insert_if_absent(
        session, Telling, round_id=round.id, author_id=membership.person_id, state=state_for(found), language=language,
        body=body, held_for=found, form_key=key, created_on=now.date(),
    )  # fmt: skip
    telling = by_key(session, membership.person_id, key)
    assert telling is not None
    if came:
        note(session, Store.VOICES, by=membership.person_id, verb="tell", what="telling", id=telling.id, now=now)
    return telling


def edit_telling(
    session: Session, round: Round, membership: Membership, telling: Telling, *, body: str, language: str, now: datetime
) -> None:
    """Change one's own answer; what was held comes out when nothing is found any more."""
    require(Action.EDIT_TELLING, facts(round, membership, own=telling.author_id == membership.person_id))
    _must_be(telling, WordState.PUBLISHED, WordState.HELD)
    telling.body, telling.language = body, language
    telling.held_for = kinds_found(body)
    telling.state = state_for(telling.held_for)
    note(session, Store.VOICES, by=membership.person_id, verb="edit_telling", what="telling", id=telling.id, now=now)


def take_back_telling(session: Session, round: Round, membership: Membership, telling: Telling, now: datetime) -> None:
    """Nobody else reads it any more; taking back twice changes nothing."""
    own = telling.author_id == membership.person_id
    require(Action.TAKE_BACK_TELLING, facts(round, membership, own=own))
    if telling.state is WordState.TAKEN_BACK:
        return
    _must_be(telling, WordState.PUBLISHED, WordState.HELD, WordState.HIDDEN)
    telling.state = WordState.TAKEN_BACK
    note(
        session, Store.VOICES, by=membership.person_id, verb="take_back_telling", what="telling", id=telling.id, now=now
    )


def decide_held(
    session: Session, round: Round, membership: Membership, telling: Telling, *, publish: bool, why: str, now: datetime
) -> None:
    """A moderator publishes or hides a held answer; `why` is required for hiding."""
    require(Action.DECIDE_HELD, facts(round, membership, reason_given=publish or bool(why)))
    _must_be(telling, WordState.HELD)
    telling.state = WordState.PUBLISHED if publish else WordState.HIDDEN
    note(session, Store.VOICES, by=membership.person_id, verb="decide_held", what="telling", id=telling.id, now=now)


def hide(session: Session, round: Round, membership: Membership, telling: Telling, *, why: str, now: datetime) -> None:
    """A moderator hides a published answer, with a reason its author reads."""
    require(Action.HIDE, facts(round, membership, reason_given=bool(why)))
    _must_be(telling, WordState.PUBLISHED)
    telling.state = WordState.HIDDEN
    note(session, Store.VOICES, by=membership.person_id, verb="hide", what="telling", id=telling.id, now=now)


def show_again(session: Session, round: Round, membership: Membership, telling: Telling, now: datetime) -> None:
    """A moderator shows a hidden answer again."""
    require(Action.SHOW_AGAIN, facts(round, membership))
    _must_be(telling, WordState.HIDDEN)
    telling.state = WordState.PUBLISHED
    note(session, Store.VOICES, by=membership.person_id, verb="show_again", what="telling", id=telling.id, now=now)


def erase_posts(session: Session, person_id: int, now: datetime) -> None:
    """Take every word of an author out of the store; the rows stay, empty, so that counts stay true."""
    for telling in of_author(session, person_id):
        telling.body, telling.language, telling.held_for, telling.state = "", "", [], WordState.ERASED
        note(session, Store.VOICES, by=person_id, verb="erase_posts", what="telling", id=telling.id, now=now)


def _must_be(telling: Telling, *states: WordState) -> None:
    if telling.state not in states:
        raise Refused(Reason.WRONG_STATE)
