"""Reading officials and organisations, their sign-ins and invitations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from codesign.credentials import tokens
from codesign.officials.models import (
    Invitation,
    Official,
    OfficialSignIn,
    OrganisationAccount,
    OrganisationInvitation,
    OrganisationSignIn,
)
from codesign.web.access import Identity


def load_identity(session: Session, token: str, now: datetime) -> Identity | None:
    """Whoever a sign-in token belongs to, while that sign-in is open; one statement, one more for organisations."""
    official = session.scalar(
        select(Official)
        .join(OfficialSignIn, OfficialSignIn.official_id == Official.id)
        .where(
            OfficialSignIn.token_digest == tokens.digest(token),
            OfficialSignIn.ended_at.is_(None),
            OfficialSignIn.started_at <= now,
            OfficialSignIn.ends_at > now,
            Official.ended_at.is_(None),
        )
    )
    if official is not None:
        return identity_of(official, token)
    organisation = session.scalar(
        select(OrganisationAccount)
        .join(OrganisationSignIn, OrganisationSignIn.organisation_id == OrganisationAccount.id)
        .where(
            OrganisationSignIn.token_digest == tokens.digest(token),
            OrganisationSignIn.ended_at.is_(None),
            OrganisationSignIn.started_at <= now,
            OrganisationSignIn.ends_at > now,
            OrganisationAccount.ended_at.is_(None),
        )
    )
    return None if organisation is None else identity_of(organisation, token)


def identity_of(account: Official | OrganisationAccount, token: str) -> Identity:
    """An account as the guard knows it; a colleague who writes one piece of an answer comes to that piece only.

    `avatar` is drawn nowhere here: it keeps what two people typed on one device apart.
    """
    if isinstance(account, OrganisationAccount):
        kind, name = "organisation", account.name
    else:
        kind, name = "official" if account.piece is None else "colleague", account.display_name
    avatar = f"{'organisation' if kind == 'organisation' else 'official'}-{account.id}"
    return Identity(id=account.id, kind=kind, name=name, language=account.language, avatar=avatar, token=token)


def accounts_by_login(session: Session, login: str) -> Sequence[Official | OrganisationAccount]:
    """Whoever has this login, in any case of letters."""
    found = (official_by_login(session, login), organisation_by_login(session, login))
    return [account for account in found if account is not None]


def organisation_by_login(session: Session, login: str) -> OrganisationAccount | None:
    """The organisation with this login, in any case of letters."""
    return session.scalar(
        select(OrganisationAccount).where(
            OrganisationAccount.login == login.strip().lower(), OrganisationAccount.ended_at.is_(None)
        )
    )


def invitations_of(session: Session, organisation_id: int) -> Sequence[OrganisationInvitation]:
    """The invitations an organisation used."""
    return session.scalars(
        select(OrganisationInvitation).where(OrganisationInvitation.organisation_id == organisation_id)
    ).all()


def lapsed_invitations(session: Session, now: datetime) -> Sequence[OrganisationInvitation]:
    """Invitations of organisations that ran out unused."""
    return session.scalars(
        select(OrganisationInvitation).where(
            OrganisationInvitation.used_at.is_(None), OrganisationInvitation.expires_at <= now
        )
    ).all()


def organisation_by_id(session: Session, organisation_id: int) -> OrganisationAccount | None:
    """The organisation with its place, unless its account has ended."""
    return session.scalar(
        select(OrganisationAccount)
        .options(joinedload(OrganisationAccount.place))
        .where(OrganisationAccount.id == organisation_id, OrganisationAccount.ended_at.is_(None))
    )


def organisation_by_mail(session: Session, place_code: str, mail: str) -> OrganisationAccount | None:
    """The organisation of a place that was invited at this address before."""
    return session.scalar(
        select(OrganisationAccount).where(
            OrganisationAccount.place_code == place_code, OrganisationAccount.mail == mail.lower(),
            OrganisationAccount.ended_at.is_(None),
        )
    )  # fmt: skip


def all_organisations(session: Session) -> Sequence[OrganisationAccount]:
    """All organisations, by login."""
    return session.scalars(
        select(OrganisationAccount).where(OrganisationAccount.ended_at.is_(None)).order_by(OrganisationAccount.login)
    ).all()


def official_by_id(session: Session, official_id: int) -> Official | None:
    """The official with their place, unless their access has ended."""
    return session.scalar(
        select(Official)
        .options(joinedload(Official.place))
        .where(Official.id == official_id, Official.ended_at.is_(None))
    )


def official_by_login(session: Session, login: str) -> Official | None:
    """The official with this login, in any case of letters."""
    return session.scalar(select(Official).where(Official.login == login.strip().lower(), Official.ended_at.is_(None)))


def official_by_mail(session: Session, place_code: str, mail: str) -> Official | None:
    """The official of a place who was invited at this address before."""
    return session.scalar(
        select(Official).where(
            Official.place_code == place_code, Official.mail == mail.lower(), Official.ended_at.is_(None)
        )
    )


def colleagues(session: Session, place_code: str, number: str) -> Sequence[Official]:
    """Colleagues who write one piece of the answer to an advice, by piece."""
    return session.scalars(
        select(Official)
        .where(Official.place_code == place_code, Official.number == number, Official.ended_at.is_(None))
        .order_by(Official.piece, Official.id)
    ).all()


def open_colleague_invitations(
    session: Session, place_code: str, number: str, now: datetime
) -> Sequence[Invitation]:  # fmt: skip
    """Invitations of colleagues to pieces of an answer that nobody has used yet."""
    return session.scalars(
        select(Invitation)
        .where(
            Invitation.place_code == place_code, Invitation.number == number, Invitation.used_at.is_(None),
            Invitation.expires_at > now,
        )
        .order_by(Invitation.piece, Invitation.id)
    ).all()  # fmt: skip


def all_officials(session: Session) -> Sequence[Official]:
    """All officials, by login."""
    return session.scalars(select(Official).where(Official.ended_at.is_(None)).order_by(Official.login)).all()


def addresses(session: Session, place_code: str) -> Sequence[str]:
    """The mail addresses of the officials of a place; colleagues who write one piece only are not among them."""
    return session.scalars(
        select(Official.mail)
        .where(Official.place_code == place_code, Official.ended_at.is_(None), Official.piece.is_(None))
        .order_by(Official.mail)
    ).all()


def addresses_of_post(session: Session, place_code: str, post: str) -> Sequence[str]:
    """The mail addresses of whoever holds a post of a place, however it is written; all officials when nobody does."""
    rows = session.execute(
        select(Official.mail, Official.post)
        .where(Official.place_code == place_code, Official.ended_at.is_(None), Official.piece.is_(None))
        .order_by(Official.mail)
    ).all()
    wanted = " ".join(post.casefold().split())
    return [r.mail for r in rows if " ".join(r.post.casefold().split()) == wanted] or [r.mail for r in rows]


def posts(session: Session, ids: Iterable[int]) -> dict[int, str]:
    """The post of each of these officials, also of those whose access has ended."""
    wanted = set(ids)
    if not wanted:
        return {}
    rows = session.execute(select(Official.id, Official.post).where(Official.id.in_(wanted))).all()
    return {row.id: row.post for row in rows}


def sign_in_by_token(session: Session, token: str) -> OfficialSignIn | OrganisationSignIn | None:
    """The row of one sign-in."""
    name = tokens.digest(token)
    official = session.scalar(select(OfficialSignIn).where(OfficialSignIn.token_digest == name))
    return official or session.scalar(select(OrganisationSignIn).where(OrganisationSignIn.token_digest == name))


def open_sign_ins(
    session: Session, account: Official | OrganisationAccount
) -> Sequence[OfficialSignIn | OrganisationSignIn]:
    """The sign-ins of an account that were not ended."""
    if isinstance(account, Official):
        return session.scalars(
            select(OfficialSignIn).where(OfficialSignIn.official_id == account.id, OfficialSignIn.ended_at.is_(None))
        ).all()
    return session.scalars(
        select(OrganisationSignIn).where(
            OrganisationSignIn.organisation_id == account.id, OrganisationSignIn.ended_at.is_(None)
        )
    ).all()


def open_organisation_invitation(session: Session, token: str, now: datetime) -> OrganisationInvitation | None:
    """The invitation of an organisation a link belongs to, with its place; None when it opens nothing any more."""
    return session.scalar(
        select(OrganisationInvitation)
        .options(joinedload(OrganisationInvitation.place))
        .where(
            OrganisationInvitation.token_digest == tokens.digest(token), OrganisationInvitation.used_at.is_(None),
            OrganisationInvitation.expires_at > now,
        )
    )  # fmt: skip


def open_invitation(session: Session, token: str, now: datetime) -> Invitation | None:
    """The invitation a link belongs to, with its place; None when it was used, has expired or never was."""
    return session.scalar(
        select(Invitation)
        .options(joinedload(Invitation.place))
        .where(
            Invitation.token_digest == tokens.digest(token), Invitation.used_at.is_(None), Invitation.expires_at > now
        )
    )
