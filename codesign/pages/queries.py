"""Reading for the pages at home: the rounds of a panel, and everything of a member for the file to take along."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session, joinedload

from codesign.accounts.queries import about_me
from codesign.discussion.models import ReplySupport
from codesign.discussion.queries import of_closed_rounds as replies_over
from codesign.discussion.queries import written_by
from codesign.fieldwork.models import FieldReport, ReportObjection
from codesign.fieldwork.queries import written_by as reported_by
from codesign.networks.queries import suggested_by
from codesign.panels.models import Membership, Panel, Round
from codesign.panels.queries import RoundView, memberships
from codesign.proposals.models import Proposal, Support
from codesign.proposals.queries import mine
from codesign.proposals.queries import of_closed_rounds as ideas_over
from codesign.rules.phases import Phase
from codesign.rules.words import WordState
from codesign.tellings.models import Telling
from codesign.tellings.queries import told_by
from codesign.vision.models import PointState, VisionPoint
from codesign.vision.queries import of_author as points_by

EVERYTHING = 10_000


def open_rounds(session: Session, person_id: int) -> tuple[Membership | None, list[RoundView]]:
    """My home membership with its panel, and the open rounds of that panel, the one to act in first; one statement.

    An open vote comes first, because it ends; then the newest round.
    """
    rows = session.execute(
        select(Membership, Panel, Round)
        .join(Panel, Panel.id == Membership.panel_id)
        .outerjoin(Round, (Round.panel_id == Panel.id) & Round.phase.not_in([Phase.DRAFT, Phase.CLOSED]))
        .options(joinedload(Panel.municipality))
        .where(Membership.person_id == person_id, Membership.left_at.is_(None))
        .order_by(Membership.id, Round.opened_at.desc(), Round.id.desc())
    ).all()
    if not rows:
        return None, []
    home, panel = rows[0][0], rows[0][1]
    views = [RoundView(r, panel, home) for m, _panel, r in rows if m.id == home.id and r is not None]
    views.sort(key=lambda view: view.round.phase is not Phase.VOTING)
    return home, views


def everything_of(session: Session, person_id: int) -> dict[str, Any]:
    """What is kept about a member, as plain values for a file: no other person is in it."""
    about = about_me(session, person_id)
    panels: Sequence[Membership] = memberships(session, person_id)
    reports, objections = reported_by(session, person_id)
    return {
        "person": {
            "name": about.person.pseudonym, "avatar": about.person.avatar, "language": about.person.language,
            "since": about.person.created_on.isoformat(),
        },
        "consent": {"version": about.consent.version, "agreed_at": about.consent.agreed_at.isoformat()}
        if about.consent else None,
        "cards": [
            {"number": c.number, "made_at": c.made_at.isoformat(), "ended": bool(c.ended_at)} for c in about.cards
        ],
        "sign_ins": [s.started_at.isoformat() for s in about.sign_ins],
        "panels": [{"panel": m.panel.name, "part": m.role.value, "since": m.joined_at.isoformat()} for m in panels],
        "stories": [
            {"round": r.title, "day": t.created_on.isoformat(), "state": t.state.value, "language": t.language,
             "words": t.body}
            for t, r in told_by(session, person_id, EVERYTHING)
        ],
        "ideas": [
            {"round": r.title, "day": p.created_on.isoformat(), "state": p.state.value, "language": p.language,
             "title": p.title, "words": p.body, "themes": list(p.codes), "support": p.support_count}
            for p, r, _title, _language in mine(session, person_id, EVERYTHING)
        ],
        "replies": [
            {"idea": p.title, "day": c.created_on.isoformat(), "kind": c.kind.value, "state": c.state.value,
             "language": c.language, "words": c.body}
            for c, p in written_by(session, person_id, EVERYTHING)
        ],
        "groups": [
            {"day": s.created_on.isoformat(), "state": s.state.value, "language": s.language, "name": s.name,
             "what_they_do": s.does, "how_known": s.known}
            for s in suggested_by(session, person_id)
        ],
        "reports": [
            {"day": r.held_on.isoformat(), "kind": r.kind.value, "language": r.language, "title": r.title,
             "asked": r.asked, "words": r.text}
            for r in reports
        ],
        "objections": [
            {"day": o.made_on.isoformat(), "language": o.language, "words": o.body} for o in objections
        ],
        "vision": [
            {"day": p.made_on.isoformat(), "language": p.language, "words": p.text}
            for p in points_by(session, person_id)
        ],
    }  # fmt: skip


def support_is_left(session: Session) -> bool:
    """Whether a round is over and rows of support are still there."""
    ideas, replies = ideas_over(session), replies_over(session)
    left = or_(
        exists().where(Support.proposal_id.in_(ideas)), exists().where(ReplySupport.contribution_id.in_(replies))
    )
    return bool(session.scalar(select(left), bind_arguments={"mapper": Support}))


def rounds_to_empty(session: Session, before: datetime) -> list[int]:
    """Ids of rounds that ended before a moment and still hold words."""
    words = or_(
        exists().where(Proposal.round_id == Round.id, Proposal.state != WordState.ERASED),
        exists().where(Telling.round_id == Round.id, Telling.state != WordState.ERASED),
        exists().where(VisionPoint.round_id == Round.id, VisionPoint.state == PointState.PROPOSED),
        exists().where(
            FieldReport.round_id == Round.id, FieldReport.public.is_(False), FieldReport.removed_on.is_(None)
        ),
        exists().where(FieldReport.round_id == Round.id, ReportObjection.report_id == FieldReport.id),
    )
    statement = select(Round.id).where(Round.phase == Phase.CLOSED, Round.phase_since <= before, words)
    return list(session.scalars(statement.order_by(Round.id)).all())
