"""Attaching a report, saying that it may be public, taking it out, objecting to it, and asking members to report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from codesign.db import Store, insert_if_absent
from codesign.fieldwork import queries
from codesign.fieldwork.files import Clean
from codesign.fieldwork.models import FieldReport, Kind, ReportAttachment, Reporter, ReportObjection
from codesign.fieldwork.queries import Seen
from codesign.journal.actions import note
from codesign.panels.models import Membership
from codesign.panels.queries import facts
from codesign.rules.permissions import Action, Reason, Refused, require
from codesign.rules.roles import Role


@dataclass(frozen=True)
class Told:
    """What a report says; see `FieldReport`."""

    kind: Kind
    title: str
    held_on: date
    people: int | None
    languages: tuple[str, ...]
    domains: tuple[str, ...]
    asked: str
    text: str
    language: str
    made_by: str
    round_id: int | None = None
    gathering_id: int | None = None
    public: bool = False


def attach(
    session: Session, membership: Membership, told: Told, *, file: Clean | None, alternative: str, key: str,
    consented: bool, now: datetime,
) -> FieldReport:  # fmt: skip
    """Keep a report with its file; sent twice with one `key` it is one. Only a moderator says that it may be public."""
    moderates = membership.role is Role.MODERATOR
    own = moderates or queries.is_reporter(session, membership.panel_id, membership.person_id)
    require(Action.ATTACH_REPORT, facts(None, membership, own=own, consented=consented or moderates))
    came = insert_if_absent(
        session, FieldReport, panel_id=membership.panel_id, author_id=membership.person_id, form_key=key,
        made_on=now.date(), removed_because="", kind=told.kind, title=told.title, held_on=told.held_on,
        people=told.people, languages=list(told.languages), domains=list(told.domains), asked=told.asked,
        text=told.text, language=told.language, made_by=told.made_by, round_id=told.round_id,
        gathering_id=told.gathering_id, public=told.public and moderates,
    )  # fmt: skip
    row = queries.by_key(session, membership.person_id, key)
    assert row is not None
    if came:
        if file is not None:
            session.add(
                ReportAttachment(
                    report_id=row.id, digest=file.digest, media_type=file.media_type, size=len(file.content),
                    name=file.name(told.kind.value, told.held_on), alternative=alternative, content=file.content,
                )
            )  # fmt: skip
        _note(session, membership.person_id, "attach_report", row.id, now)
    return row


def make_public(session: Session, seen: Seen, *, public: bool, cited: bool, now: datetime) -> None:
    """Say that everybody may read a report, or no longer. `cited`: an advice that went to the panel rests on it."""
    require(Action.MAKE_REPORT_PUBLIC, facts(None, seen.membership, cited=cited))
    seen.row.public = public
    _note(
        session, seen.membership.person_id, "make_report_public" if public else "keep_report_inside", seen.row.id, now
    )


def take_out(session: Session, seen: Seen, *, why: str, cited: bool, now: datetime) -> None:
    """Take a report out with its file and what was said against it; kind, day and the reason stay."""
    require(Action.TAKE_OUT_REPORT, facts(None, seen.membership, own=seen.own, reason_given=bool(why), cited=cited))
    empty(session, seen.row, why, now.date())
    _note(session, seen.membership.person_id, "take_out_report", seen.row.id, now)


def object_to(
    session: Session, seen: Seen, *, body: str, language: str, key: str, consented: bool, now: datetime
) -> None:
    """ "This is not what we said": a few words to the moderators; sent twice with one `key` they are one."""
    require(Action.OBJECT_TO_REPORT, facts(None, seen.membership, consented=consented))
    came = insert_if_absent(
        session, ReportObjection, report_id=seen.row.id, person_id=seen.membership.person_id, body=body,
        language=language, form_key=key, made_on=now.date(), settled_because="",
    )  # fmt: skip
    if came:
        _note(session, seen.membership.person_id, "object_to_report", seen.row.id, now)


def settle(
    session: Session, membership: Membership, objection: ReportObjection, *, because: str, now: datetime
) -> None:
    """A moderator says what was done about an objection; whoever made it reads that."""
    require(Action.SETTLE_OBJECTION, facts(None, membership, reason_given=bool(because)))
    if objection.settled_on is not None:
        raise Refused(Reason.WRONG_STATE)
    objection.settled_on, objection.settled_because = now.date(), because
    _note(session, membership.person_id, "settle_objection", objection.report_id, now)


def invite(session: Session, membership: Membership, person_id: int, *, now: datetime) -> bool:
    """Ask a member to attach reports; False when there is no such member in the panel."""
    require(Action.INVITE_REPORTER, facts(None, membership))
    if person_id not in {person.id for person, _asked in queries.reporters(session, membership.panel_id)}:
        return False
    came = insert_if_absent(
        session, Reporter, panel_id=membership.panel_id, person_id=person_id, invited_by=membership.person_id,
        invited_on=now.date(),
    )  # fmt: skip
    if came:
        _note(session, membership.person_id, "invite_reporter", membership.panel_id, now, "panel")
    return True


def end_invitation(session: Session, membership: Membership, person_id: int, *, now: datetime) -> bool:
    """End it; what the member attached stays. False when nobody was asked."""
    require(Action.INVITE_REPORTER, facts(None, membership))
    row = session.get(Reporter, (membership.panel_id, person_id))
    if row is None:
        return False
    session.delete(row)
    _note(session, membership.person_id, "end_reporter", membership.panel_id, now, "panel")
    return True


def empty(session: Session, row: FieldReport, why: str, day: date) -> None:
    """Take the words and the file of a report out of the store; kind, day and `why` stay."""
    session.execute(delete(ReportAttachment).where(ReportAttachment.report_id == row.id))
    session.execute(delete(ReportObjection).where(ReportObjection.report_id == row.id))
    row.public, row.removed_on, row.removed_because = False, day, why
    row.title = row.asked = row.text = row.made_by = ""
    row.people, row.languages, row.domains = None, [], []


def _note(session: Session, by: int, verb: str, id: int, now: datetime, what: str = "field_report") -> None:
    note(session, Store.VOICES, by=by, verb=verb, what=what, id=id, now=now)
