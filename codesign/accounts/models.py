"""People, their cards and sign-ins, what they agreed to, and re-issues: no name, no mail, no phone of a member."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from codesign.db import Pk, VoicesBase, enum_column


class Kind(StrEnum):
    """Members come by card; staff (host and moderators) by login."""

    MEMBER = "member"
    STAFF = "staff"


class Person(VoicesBase):
    """Somebody who can sign in here. A member is known by a pseudonym only; erasing leaves an empty row."""

    __tablename__ = "person"
    __table_args__ = (
        sa.CheckConstraint("kind IN ('member', 'staff')", name="kind"),
        sa.CheckConstraint("kind = 'staff' OR (login IS NULL AND password_hash IS NULL)", name="member_by_card"),
        sa.CheckConstraint("kind = 'member' OR pin_hash IS NULL", name="staff_by_login"),
        sa.CheckConstraint("NOT is_host OR kind = 'staff'", name="host_is_staff"),
    )

    id: Mapped[Pk]
    kind: Mapped[Kind] = enum_column(Kind)
    language: Mapped[str] = mapped_column(sa.String(16))
    avatar: Mapped[str] = mapped_column(sa.String(40), default="")
    pseudonym: Mapped[str | None] = mapped_column(sa.String(60))
    # The pseudonym after confusable folding: two names that look alike are one name.
    pseudonym_folded: Mapped[str | None] = mapped_column(sa.String(60), unique=True)
    pin_hash: Mapped[str | None] = mapped_column(sa.String(200))
    login: Mapped[str | None] = mapped_column(sa.String(60), unique=True)
    display_name: Mapped[str | None] = mapped_column(sa.String(80))
    password_hash: Mapped[str | None] = mapped_column(sa.String(200))
    totp_secret: Mapped[str | None] = mapped_column(sa.String(64))
    totp_last_step: Mapped[int | None] = mapped_column(sa.BigInteger)
    is_host: Mapped[bool] = mapped_column(default=False)
    created_on: Mapped[date]
    erased_at: Mapped[datetime | None]

    @property
    def name(self) -> str:
        """How others see this person: the pseudonym of a member, the name of staff; empty once erased."""
        return (self.pseudonym if self.kind is Kind.MEMBER else self.display_name) or ""


class Card(VoicesBase):
    """A printed card; of its secret and its token only hashes are kept. A person has one open card at most."""

    __tablename__ = "card"
    __table_args__ = (
        sa.Index(
            "uq_card_one_open", "person_id", unique=True, sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[Pk]
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    number: Mapped[str] = mapped_column(sa.String(5), unique=True)
    secret_hash: Mapped[str] = mapped_column(sa.String(200))
    token_digest: Mapped[str] = mapped_column(sa.String(64), unique=True)
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship(lazy="raise")


class SignIn(VoicesBase):
    """One sign-in on one device; it is over at `ends_at`, or at once when `ended_at` is set."""

    __tablename__ = "sign_in"

    id: Mapped[Pk]
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    token_digest: Mapped[str] = mapped_column(sa.String(64), unique=True)
    started_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Consent(VoicesBase):
    """What a member agreed to, in which version and language of the page, until it was withdrawn."""

    __tablename__ = "consent"

    id: Mapped[Pk]
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    version: Mapped[str] = mapped_column(sa.String(16))
    language: Mapped[str] = mapped_column(sa.String(16))
    agreed_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class Reissue(VoicesBase):
    """A new card after a lost card or PIN: asked for by one moderator, confirmed by another."""

    __tablename__ = "reissue"
    __table_args__ = (
        sa.CheckConstraint("confirmed_by IS NULL OR confirmed_by <> asked_by", name="two_people"),
        sa.Index(
            "uq_reissue_one_open", "person_id", unique=True, sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[Pk]
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    asked_by: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    confirmed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    # Confirmed or called off.
    ended_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])
    asker: Mapped[Person] = relationship(lazy="raise", foreign_keys=[asked_by])


class SetupLink(VoicesBase):
    """A one-time link by which somebody of staff sets password and code."""

    __tablename__ = "setup_link"

    id: Mapped[Pk]
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    token_digest: Mapped[str] = mapped_column(sa.String(64), unique=True)
    until: Mapped[datetime]
    used_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship(lazy="raise")
