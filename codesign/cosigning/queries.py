"""Reading who stands behind an advice and which tasks were offered; names in alphabetical order, never counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, and_, or_, select
from sqlalchemy.orm import Session

from codesign.cosigning.models import Cosignature, TaskOffer
from codesign.documents.models import AdviceStatus
from codesign.officials.models import OrganisationAccount
from codesign.rules.folding import fold_name
from codesign.web.paging import Page, paged


@dataclass(frozen=True)
class Signed:
    """One organisation that stands behind an advice; `current`: it signed the newest version."""

    organisation: str
    words: str
    language: str
    signed_at: datetime
    version: int
    digest: str
    current: bool


@dataclass(frozen=True)
class Offer:
    """What one organisation offers at one recommendation, and what it needs for it."""

    id: int
    recommendation: int
    organisation: str
    words: str
    needs: str
    language: str
    offered_at: datetime


def cosigners(session: Session, advice: AdviceStatus) -> list[Signed]:
    """Who stands behind an advice, by name; one statement."""
    rows = session.execute(
        select(Cosignature, OrganisationAccount.name)
        .join(OrganisationAccount, OrganisationAccount.id == Cosignature.organisation_id)
        .where(_stands(advice.id))
        .order_by(Cosignature.id)
    ).all()
    return _by_name(advice, ((c, name) for c, name in rows))


def offers(session: Session, advice_id: int) -> dict[int, list[Offer]]:
    """The offers to an advice, by recommendation and then by name; one statement."""
    rows = session.execute(
        select(TaskOffer, OrganisationAccount.name)
        .join(OrganisationAccount, OrganisationAccount.id == TaskOffer.organisation_id)
        .where(_offered(advice_id))
        .order_by(TaskOffer.id)
    ).all()
    return _by_recommendation((o, name) for o, name in rows)


@dataclass(frozen=True)
class Beside:
    """Who stands beside an advice: co-signatures, and offers by recommendation."""

    cosigners: list[Signed]
    offers: dict[int, list[Offer]]


def beside(session: Session, advice: AdviceStatus) -> Beside:
    """Both at once; one statement."""
    rows = session.execute(
        select(OrganisationAccount.name, Cosignature, TaskOffer)
        .outerjoin(Cosignature, and_(Cosignature.organisation_id == OrganisationAccount.id, _stands(advice.id)))
        .outerjoin(TaskOffer, and_(TaskOffer.organisation_id == OrganisationAccount.id, _offered(advice.id)))
        .where(
            OrganisationAccount.place_code == advice.place_code,
            or_(Cosignature.id.is_not(None), TaskOffer.id.is_not(None)),
        )
        .order_by(OrganisationAccount.id, TaskOffer.id)
    ).all()
    signed = {c.id: (c, name) for name, c, _offer in rows if c is not None}
    return Beside(_by_name(advice, signed.values()), _by_recommendation((o, name) for name, _c, o in rows if o))


def _stands(advice_id: int) -> ColumnElement[bool]:
    return and_(Cosignature.advice_id == advice_id, Cosignature.taken_back_at.is_(None))


def _offered(advice_id: int) -> ColumnElement[bool]:
    return and_(TaskOffer.advice_id == advice_id, TaskOffer.taken_back_at.is_(None))


def _by_name(advice: AdviceStatus, rows: Iterable[tuple[Cosignature, str]]) -> list[Signed]:
    found = [
        Signed(name, c.words, c.language, c.signed_at, c.version, c.digest, c.digest == advice.digest)
        for c, name in rows
    ]
    return sorted(found, key=lambda s: fold_name(s.organisation))


def _by_recommendation(rows: Iterable[tuple[TaskOffer, str]]) -> dict[int, list[Offer]]:
    found: dict[int, list[Offer]] = {}
    for o, name in sorted(rows, key=lambda row: (row[0].recommendation, fold_name(row[1]))):
        offer = Offer(o.id, o.recommendation, name, o.words, o.needs, o.language, o.offered_at)
        found.setdefault(o.recommendation, []).append(offer)
    return found


def names(session: Session, advice_ids: Iterable[int | None]) -> dict[int, list[str]]:
    """The names of those who stand behind each of these advices, for lists; one statement."""
    wanted = {i for i in advice_ids if i is not None}
    if not wanted:
        return {}
    rows = session.execute(
        select(Cosignature.advice_id, OrganisationAccount.name)
        .join(OrganisationAccount, OrganisationAccount.id == Cosignature.organisation_id)
        .where(Cosignature.advice_id.in_(wanted), Cosignature.taken_back_at.is_(None))
        .order_by(Cosignature.id)
    ).all()
    found: dict[int, list[str]] = {}
    for advice_id, name in sorted(rows, key=lambda row: fold_name(row[1])):
        found.setdefault(advice_id, []).append(name)
    return found


def to_ask_again(session: Session, advice: AdviceStatus) -> Sequence[OrganisationAccount]:
    """The organisations that stand behind an earlier version and can still sign in, by name of their login."""
    return session.scalars(
        select(OrganisationAccount)
        .join(Cosignature, Cosignature.organisation_id == OrganisationAccount.id)
        .where(_stands(advice.id), Cosignature.digest != advice.digest, OrganisationAccount.ended_at.is_(None))
        .order_by(OrganisationAccount.login)
    ).all()


def mine(
    session: Session, organisation: OrganisationAccount, page: int = 1
) -> Page[Row[AdviceStatus, Cosignature | None]]:
    """Advice to the place of an organisation, newest first, with its own signature; what was taken back is left out."""
    of_mine = and_(
        Cosignature.advice_id == AdviceStatus.id, Cosignature.organisation_id == organisation.id,
        Cosignature.taken_back_at.is_(None),
    )  # fmt: skip
    statement = (
        select(AdviceStatus, Cosignature)
        .outerjoin(Cosignature, of_mine)
        .where(AdviceStatus.place_code == organisation.place_code, AdviceStatus.withdrawn_on.is_(None))
        .order_by(AdviceStatus.answered_at.is_not(None), AdviceStatus.sent_on.desc(), AdviceStatus.id.desc())
    )
    found: Page[Row[AdviceStatus, Cosignature | None]] = paged(session, statement, page)
    return found


def my_offers(session: Session, organisation_id: int, advice_ids: Iterable[int]) -> dict[int, list[TaskOffer]]:
    """What an organisation offers at each of these advices."""
    rows = session.scalars(
        select(TaskOffer)
        .where(
            TaskOffer.organisation_id == organisation_id, TaskOffer.advice_id.in_(set(advice_ids)),
            TaskOffer.taken_back_at.is_(None),
        )
        .order_by(TaskOffer.recommendation)
    )  # fmt: skip
    found: dict[int, list[TaskOffer]] = {}
    for offer in rows:
        found.setdefault(offer.advice_id, []).append(offer)
    return found


def cosignature(session: Session, advice_id: int, organisation_id: int) -> Cosignature | None:
    """The row of one organisation at one advice, also when it was taken back."""
    return session.scalar(
        select(Cosignature).where(Cosignature.advice_id == advice_id, Cosignature.organisation_id == organisation_id)
    )


def offer(session: Session, advice_id: int, recommendation: int, organisation_id: int) -> TaskOffer | None:
    """The row of one organisation at one recommendation, also when it was taken back."""
    return session.scalar(
        select(TaskOffer).where(
            TaskOffer.advice_id == advice_id, TaskOffer.recommendation == recommendation,
            TaskOffer.organisation_id == organisation_id,
        )
    )  # fmt: skip
