"""Reading other views: those of an advice, and the way of a member to a draft she cannot read yet."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from codesign.accounts.models import Person
from codesign.advice.models import Advice, AdviceText, OtherView, OtherViewMember, SentAdvice
from codesign.advice.queries import AdviceView
from codesign.panels.models import Membership, Municipality, Panel, Round
from codesign.rules.roles import Role
from codesign.rules.states import AdviceState


def member_view(session: Session, advice_id: int, person_id: int) -> AdviceView | None:
    """The advice for a newcomer or resident of its panel, also while it is a draft: for writing another view only."""
    row = session.execute(
        select(Advice, Round, Panel, Municipality, Membership, SentAdvice.digest)
        .outerjoin(SentAdvice, SentAdvice.advice_id == Advice.id)
        .join(Round, Round.id == Advice.round_id)
        .join(Panel, Panel.id == Advice.panel_id)
        .join(Municipality, Municipality.code == Panel.municipality_code)
        .join(Membership, Membership.panel_id == Panel.id)
        .where(
            Advice.id == advice_id, Advice.state != AdviceState.WITHDRAWN, Membership.person_id == person_id,
            Membership.left_at.is_(None), Membership.role.in_([Role.NEWCOMER, Role.RESIDENT]),
        )
    ).first()  # fmt: skip
    return AdviceView(*row) if row else None


def others(session: Session, advice_id: int, person_id: int) -> list[tuple[OtherView, bool]]:
    """The other views of an advice, and whether this person writes each; one statement."""
    rows = session.execute(
        select(OtherView, OtherViewMember.person_id)
        .outerjoin(
            OtherViewMember, (OtherViewMember.view_id == OtherView.id) & (OtherViewMember.person_id == person_id)
        )
        .where(OtherView.advice_id == advice_id)
        .order_by(OtherView.id)
    ).all()
    return [(row[0], row[1] is not None) for row in rows]


def texts_and_views(session: Session, advice_id: int) -> tuple[list[AdviceText], list[OtherView]]:
    """Every piece of text of an advice, and the views that stand in it, oldest first; one statement."""
    rows = session.execute(
        select(AdviceText, OtherView)
        .select_from(Advice)
        .outerjoin(AdviceText, AdviceText.advice_id == Advice.id)
        .outerjoin(OtherView, (OtherView.advice_id == Advice.id) & OtherView.ready.is_(True))
        .where(Advice.id == advice_id)
    ).all()
    texts = {(row[0].key, row[0].language): row[0] for row in rows if row[0] is not None}
    views = {row[1].id: row[1] for row in rows if row[1] is not None}
    return list(texts.values()), [views[number] for number in sorted(views)]


def members(session: Session, view_id: int) -> Sequence[Person]:
    """Who writes a view."""
    return session.scalars(
        select(Person).join(OtherViewMember, OtherViewMember.person_id == Person.id)
        .where(OtherViewMember.view_id == view_id)
        .order_by(Person.pseudonym)
    ).all()  # fmt: skip
