"""Officials and organisations, their sign-ins, and the one-time invitations by which they come; all in the record."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from codesign.db import Pk, RecordBase
from codesign.places.models import Place


class Account:
    """What everybody has who signs in at the record door: a login, a password and the codes of an app."""

    id: Mapped[Pk]
    login: Mapped[str] = mapped_column(sa.String(60), unique=True)
    mail: Mapped[str] = mapped_column(sa.String(254))
    language: Mapped[str] = mapped_column(sa.String(16))
    password_hash: Mapped[str | None] = mapped_column(sa.String(200))
    totp_secret: Mapped[str | None] = mapped_column(sa.String(64))
    totp_last_step: Mapped[int | None] = mapped_column(sa.BigInteger)
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class SignIn:
    """One sign-in on one device; it is over at `ends_at`, or at once when `ended_at` is set."""

    id: Mapped[Pk]
    token_digest: Mapped[str] = mapped_column(sa.String(64), unique=True)
    started_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class OneTimeLink:
    """An invitation: only the digest of its one-time token is kept."""

    id: Mapped[Pk]
    token_digest: Mapped[str] = mapped_column(sa.String(64), unique=True)
    mail: Mapped[str] = mapped_column(sa.String(254))
    language: Mapped[str] = mapped_column(sa.String(16))
    invited_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    received_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Official(Account, RecordBase):
    """Somebody who answers for one place; `post` is what the public reads, never the name.

    `number` and `piece` are set for a colleague who may only write one piece of the answer to one advice.
    """

    __tablename__ = "official"
    __table_args__ = (
        sa.CheckConstraint("login <> '' AND post <> ''", name="named"),
        sa.CheckConstraint("(password_hash IS NULL) = (totp_secret IS NULL)", name="both_factors"),
        sa.CheckConstraint("(number IS NULL) = (piece IS NULL)", name="piece_of_an_answer"),
    )

    display_name: Mapped[str] = mapped_column(sa.String(80))
    post: Mapped[str] = mapped_column(sa.String(120))
    place_code: Mapped[str] = mapped_column(sa.ForeignKey("place.code"), index=True)
    number: Mapped[str | None] = mapped_column(sa.String(12))
    piece: Mapped[str | None] = mapped_column(sa.String(40))

    place: Mapped[Place] = relationship(lazy="raise")


class OfficialSignIn(SignIn, RecordBase):
    """One sign-in of an official."""

    __tablename__ = "official_sign_in"
    __table_args__ = (sa.CheckConstraint("ends_at > started_at", name="ends_after_start"),)

    official_id: Mapped[int] = mapped_column(sa.ForeignKey("official.id"), index=True)


class Invitation(OneTimeLink, RecordBase):
    """An invitation of an official, from the host over the wall, or of a colleague."""

    __tablename__ = "invitation"
    __table_args__ = (
        sa.CheckConstraint("length(token_digest) = 64", name="digest"),
        sa.CheckConstraint("(used_at IS NULL) = (official_id IS NULL)", name="used_by_somebody"),
        sa.CheckConstraint("expires_at > invited_at", name="expires_after_invited"),
        sa.CheckConstraint("(number IS NULL) = (piece IS NULL)", name="piece_of_an_answer"),
    )

    place_code: Mapped[str] = mapped_column(sa.ForeignKey("place.code"))
    display_name: Mapped[str] = mapped_column(sa.String(80))
    post: Mapped[str] = mapped_column(sa.String(120))
    official_id: Mapped[int | None] = mapped_column(sa.ForeignKey("official.id"))
    number: Mapped[str | None] = mapped_column(sa.String(12))
    piece: Mapped[str | None] = mapped_column(sa.String(40))

    place: Mapped[Place] = relationship(lazy="raise")


class OrganisationAccount(Account, RecordBase):
    """A self-organisation or small initiative of one place, as it signs in to co-sign advice and to offer help.

    `name` is what the public reads; `contact_name` is shown to nobody but themselves. `network_code`: its entry in the
    directory of the place, if it has one.
    """

    __tablename__ = "organisation_account"
    __table_args__ = (
        sa.CheckConstraint("login <> '' AND name <> ''", name="named"),
        sa.CheckConstraint("(password_hash IS NULL) = (totp_secret IS NULL)", name="both_factors"),
    )

    name: Mapped[str] = mapped_column(sa.String(120))
    contact_name: Mapped[str] = mapped_column(sa.String(80))
    place_code: Mapped[str] = mapped_column(sa.ForeignKey("place.code"), index=True)
    network_code: Mapped[str | None] = mapped_column(sa.String(60))

    place: Mapped[Place] = relationship(lazy="raise")


class OrganisationSignIn(SignIn, RecordBase):
    """One sign-in of an organisation."""

    __tablename__ = "organisation_sign_in"
    __table_args__ = (sa.CheckConstraint("ends_at > started_at", name="ends_after_start"),)

    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation_account.id"), index=True)


class OrganisationInvitation(OneTimeLink, RecordBase):
    """An invitation of an organisation, from a moderator or the host over the wall.

    `renews`: from the host, so that it may set anew a login that is here already.
    """

    __tablename__ = "organisation_invitation"
    __table_args__ = (
        sa.CheckConstraint("length(token_digest) = 64", name="digest"),
        sa.CheckConstraint("(used_at IS NULL) = (organisation_id IS NULL)", name="used_by_somebody"),
        sa.CheckConstraint("expires_at > invited_at", name="expires_after_invited"),
    )

    place_code: Mapped[str] = mapped_column(sa.ForeignKey("place.code"))
    name: Mapped[str] = mapped_column(sa.String(120))
    contact_name: Mapped[str] = mapped_column(sa.String(80))
    network_code: Mapped[str | None] = mapped_column(sa.String(60))
    renews: Mapped[bool] = mapped_column(default=False)
    organisation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organisation_account.id"))

    place: Mapped[Place] = relationship(lazy="raise")
