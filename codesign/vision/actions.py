"""Proposing a point, saying it is ours too, and what moderators write down once the panel agreed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from codesign.db import Store, insert_if_absent, lock
from codesign.journal.actions import note
from codesign.panels.models import Membership
from codesign.panels.queries import facts
from codesign.rules.permissions import Action, Reason, Refused, require
from codesign.vision import queries
from codesign.vision.models import Ours, PointState, PointTranslation, PointVersion, VisionPoint
from codesign.vision.queries import Seen


@dataclass(frozen=True)
class Sentence:
    """One sentence of a vision, with its language and themes."""

    text: str
    language: str
    domains: tuple[str, ...] = ()


@dataclass(frozen=True)
class Agreement:
    """On which day, and at which gathering, the panel agreed."""

    day: date
    gathering_id: int | None = None


def propose(
    session: Session, membership: Membership, sentence: Sentence, *, round_id: int | None, key: str, consented: bool,
    now: datetime,
) -> VisionPoint:  # fmt: skip
    """A member proposes a sentence; sent twice with one `key` it is one."""
    require(Action.PROPOSE_POINT, facts(None, membership, consented=consented))
    return _add(session, membership, sentence, membership.person_id, round_id, key, "propose_point", now)


def take_back(session: Session, seen: Seen, now: datetime) -> None:
    """Take one's own sentence back, with its words, until the panel agreed on it."""
    require(Action.TAKE_BACK_POINT, facts(None, seen.membership, own=seen.own))
    _must_be(session, seen.row, PointState.PROPOSED)
    empty(session, seen.row)
    _note(session, seen.membership.person_id, "take_back_point", seen.row.id, now)


def share(session: Session, seen: Seen, *, on: bool, now: datetime) -> None:
    """ "This is ours too", or no longer. The count is in the row; the journal names nobody."""
    require(Action.SHARE_POINT, facts(None, seen.membership))
    if seen.own:
        raise Refused(Reason.YOUR_OWN)
    _must_be(session, seen.row, PointState.PROPOSED)
    person = seen.membership.person_id
    if on:
        changed = 1 if insert_if_absent(session, Ours, point_id=seen.row.id, person_id=person) else 0
    else:
        gone = session.execute(delete(Ours).where(Ours.point_id == seen.row.id, Ours.person_id == person))
        changed = -int(gone.rowcount)  # type: ignore[attr-defined]
    if changed:
        _count(session, seen.row.id, changed)
        note(session, Store.VOICES, by=None, verb="share_point", what="vision_point", id=seen.row.id, now=now)


def agree(session: Session, seen: Seen, sentence: Sentence, agreement: Agreement, now: datetime) -> None:
    """A moderator puts a proposed sentence in the vision, as the panel agreed on it: it is the panel's from now on."""
    require(Action.AGREE_POINT, facts(None, seen.membership))
    _must_be(session, seen.row, PointState.PROPOSED)
    _settle(session, seen.row, sentence, agreement)
    _note(session, seen.membership.person_id, "agree_point", seen.row.id, now)


def write_down(
    session: Session, membership: Membership, sentence: Sentence, agreement: Agreement, *, key: str, now: datetime
) -> VisionPoint:
    """A moderator writes down what the panel agreed on at a gathering; sent twice with one `key` it is one."""
    require(Action.AGREE_POINT, facts(None, membership))
    row = _add(session, membership, sentence, None, None, key, "write_down_point", now)
    if row.state is PointState.PROPOSED:
        _settle(session, row, sentence, agreement)
    return row


def reword(
    session: Session, seen: Seen, sentence: Sentence, agreement: Agreement, *, cited: bool, now: datetime
) -> None:
    """Other words for a point, as the panel agreed; the wording before stays readable. `cited`: the panel votes on an
    advice that refers to it."""
    require(Action.AGREE_POINT, facts(None, seen.membership, cited=cited))
    _must_be(session, seen.row, PointState.AGREED)
    _settle(session, seen.row, sentence, agreement)
    _note(session, seen.membership.person_id, "reword_point", seen.row.id, now)


def move(session: Session, seen: Seen, *, up: bool, now: datetime) -> None:
    """One place up or down; at the end nothing happens."""
    require(Action.ARRANGE_VISION, facts(None, seen.membership))
    rows = list(queries.in_order(session, seen.panel.id))
    at = next((n for n, row in enumerate(rows) if row.id == seen.row.id), None)
    if at is None:
        raise Refused(Reason.WRONG_STATE)
    to = at - 1 if up else at + 1
    if 0 <= to < len(rows):
        rows[at], rows[to] = rows[to], rows[at]
        for n, row in enumerate(rows, 1):
            row.position = n
        _note(session, seen.membership.person_id, "arrange_vision", seen.row.id, now)


def take_out(session: Session, seen: Seen, *, why: str, cited: bool, now: datetime) -> None:
    """Take a point out of the vision; it stays readable with the reason."""
    require(Action.TAKE_OUT_POINT, facts(None, seen.membership, reason_given=bool(why), cited=cited))
    _must_be(session, seen.row, PointState.AGREED)
    seen.row.state, seen.row.out_on, seen.row.out_because = PointState.TAKEN_OUT, now.date(), why
    _note(session, seen.membership.person_id, "take_out_point", seen.row.id, now)


def translate(session: Session, seen: Seen, *, language: str, text: str, now: datetime) -> None:
    """A point in another language, typed by a person; empty words take a translation out."""
    require(Action.TRANSLATE_POINT, facts(None, seen.membership))
    _must_be(session, seen.row, PointState.AGREED)
    row = session.get(PointTranslation, (seen.row.id, language))
    if not text:
        if row is not None:
            session.delete(row)
    elif row is None:
        session.add(
            PointTranslation(
                point_id=seen.row.id, language=language, text=text, of_version=seen.row.version, made_on=now.date()
            )
        )
    else:
        row.text, row.of_version, row.made_on = text, seen.row.version, now.date()
    _note(session, seen.membership.person_id, "translate_point", seen.row.id, now)


def erase_posts(session: Session, person_id: int, now: datetime) -> None:
    """Take out what a member proposed, and what she said is hers too. What the panel agreed on is the panel's."""
    for row in queries.of_author(session, person_id):
        empty(session, row)
    for point_id in queries.shared_by(session, person_id):
        _count(session, point_id, -1)
    session.execute(delete(Ours).where(Ours.person_id == person_id))
    note(session, Store.VOICES, by=person_id, verb="erase_posts", what="person", id=person_id, now=now)


def empty(session: Session, row: VisionPoint) -> None:
    """Take the words of a proposed point out of the store."""
    session.execute(delete(Ours).where(Ours.point_id == row.id))
    row.state, row.text, row.language, row.domains, row.ours = PointState.ERASED, "", "", [], 0


def _add(
    session: Session, membership: Membership, sentence: Sentence, author: int | None, round_id: int | None, key: str,
    verb: str, now: datetime,
) -> VisionPoint:  # fmt: skip
    came = insert_if_absent(
        session, VisionPoint, panel_id=membership.panel_id, round_id=round_id, author_id=author,
        state=PointState.PROPOSED, text=sentence.text, language=sentence.language, domains=list(sentence.domains),
        ours=0, version=1, form_key=key, made_on=now.date(), position=0, out_because="",
    )  # fmt: skip
    row = queries.by_key(session, membership.panel_id, key)
    assert row is not None
    if came:
        _note(session, membership.person_id, verb, row.id, now)
    return row


def _settle(session: Session, row: VisionPoint, sentence: Sentence, agreement: Agreement) -> None:
    """The wording the panel agreed on: a new version, and no name at it."""
    number = row.version + 1
    if row.state is PointState.PROPOSED:
        number = 1
        row.position = queries.last_position(session, row.panel_id) + 1
        session.execute(delete(Ours).where(Ours.point_id == row.id))
    row.state, row.author_id = PointState.AGREED, None
    row.text, row.language, row.domains = sentence.text, sentence.language, list(sentence.domains)
    row.agreed_on, row.gathering_id, row.version = agreement.day, agreement.gathering_id, number
    session.add(
        PointVersion(
            point_id=row.id, number=row.version, text=row.text, language=row.language, agreed_on=agreement.day,
            gathering_id=agreement.gathering_id,
        )
    )  # fmt: skip


def _count(session: Session, point_id: int, by: int) -> None:
    lock(session, VisionPoint, point_id)
    session.execute(update(VisionPoint).where(VisionPoint.id == point_id).values(ours=VisionPoint.ours + by))


def _must_be(session: Session, row: VisionPoint, state: PointState) -> None:
    lock(session, VisionPoint, row.id)
    if row.state is not state:
        raise Refused(Reason.WRONG_STATE)


def _note(session: Session, by: int, verb: str, id: int, now: datetime) -> None:
    note(session, Store.VOICES, by=by, verb=verb, what="vision_point", id=id, now=now)
