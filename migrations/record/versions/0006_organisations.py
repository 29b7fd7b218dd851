"""Organisations sign in, co-sign advice, and offer to take over tasks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import codesign.db

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def _key(name: str, nullable: bool = False, **more: bool) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=nullable, **more)


def _text(name: str, length: int, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=nullable)


def _moment(name: str, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, codesign.db.UtcDateTime(), nullable=nullable)


def upgrade() -> None:
    """Make it so."""
    op.create_table(
        "organisation_account",
        _key("id"),
        _text("login", 60),
        _text("mail", 254),
        _text("language", 16),
        _text("password_hash", 200, True),
        _text("totp_secret", 64, True),
        sa.Column("totp_last_step", sa.BigInteger(), nullable=True),
        _moment("made_at"),
        _moment("ended_at", True),
        _text("name", 120),
        _text("contact_name", 80),
        _text("place_code", 40),
        _text("network_code", 60, True),
        sa.CheckConstraint("login <> '' AND name <> ''", name=op.f("ck_organisation_account_named")),
        sa.CheckConstraint(
            "(password_hash IS NULL) = (totp_secret IS NULL)", name=op.f("ck_organisation_account_both_factors")
        ),
        sa.ForeignKeyConstraint(["place_code"], ["place.code"], name=op.f("fk_organisation_account_place_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_account")),
        sa.UniqueConstraint("login", name=op.f("uq_organisation_account_login")),
    )
    op.create_index(op.f("ix_organisation_account_place_code"), "organisation_account", ["place_code"])
    op.create_table(
        "organisation_sign_in",
        _key("id"),
        _text("token_digest", 64),
        _moment("started_at"),
        _moment("ends_at"),
        _moment("ended_at", True),
        _key("organisation_id"),
        sa.CheckConstraint("ends_at > started_at", name=op.f("ck_organisation_sign_in_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation_account.id"], name=op.f("fk_organisation_sign_in_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_sign_in")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_organisation_sign_in_token_digest")),
    )
    op.create_index(op.f("ix_organisation_sign_in_organisation_id"), "organisation_sign_in", ["organisation_id"])
    op.create_table(
        "organisation_invitation",
        _key("id"),
        _text("token_digest", 64),
        _text("mail", 254),
        _text("language", 16),
        _moment("invited_at"),
        _moment("expires_at"),
        _moment("received_at"),
        _moment("used_at", True),
        _text("place_code", 40),
        _text("name", 120),
        _text("contact_name", 80),
        _text("network_code", 60, True),
        sa.Column("renews", sa.Boolean(), nullable=False),
        _key("organisation_id", True),
        sa.CheckConstraint("length(token_digest) = 64", name=op.f("ck_organisation_invitation_digest")),
        sa.CheckConstraint(
            "(used_at IS NULL) = (organisation_id IS NULL)", name=op.f("ck_organisation_invitation_used_by_somebody")
        ),
        sa.CheckConstraint("expires_at > invited_at", name=op.f("ck_organisation_invitation_expires_after_invited")),
        sa.ForeignKeyConstraint(["place_code"], ["place.code"], name=op.f("fk_organisation_invitation_place_code")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation_account.id"], name=op.f("fk_organisation_invitation_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_invitation")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_organisation_invitation_token_digest")),
    )
    op.create_table(
        "cosignature",
        _key("id"),
        _key("advice_id"),
        _key("organisation_id"),
        _text("digest", 64),
        sa.Column("version", sa.Integer(), nullable=False),
        _text("words", 300),
        _text("language", 16),
        _moment("signed_at"),
        _moment("taken_back_at", True),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_cosignature_digest")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_cosignature_version")),
        sa.CheckConstraint("length(words) <= 300", name=op.f("ck_cosignature_few_words")),
        sa.CheckConstraint("taken_back_at IS NULL OR words = ''", name=op.f("ck_cosignature_taken_back_without_words")),
        sa.ForeignKeyConstraint(["advice_id"], ["advice_status.id"], name=op.f("fk_cosignature_advice_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation_account.id"], name=op.f("fk_cosignature_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cosignature")),
        sa.UniqueConstraint("advice_id", "organisation_id", name=op.f("uq_cosignature_advice_id_organisation_id")),
    )
    op.create_index(op.f("ix_cosignature_organisation_id"), "cosignature", ["organisation_id"])
    op.create_table(
        "task_offer",
        _key("id"),
        _key("advice_id"),
        sa.Column("recommendation", sa.Integer(), nullable=False),
        _key("organisation_id"),
        _text("words", 500),
        _text("needs", 300),
        _text("language", 16),
        _moment("offered_at"),
        _moment("taken_back_at", True),
        sa.CheckConstraint("recommendation BETWEEN 1 AND 5", name=op.f("ck_task_offer_recommendation")),
        sa.CheckConstraint("length(words) <= 500 AND length(needs) <= 300", name=op.f("ck_task_offer_few_words")),
        sa.CheckConstraint(
            "(taken_back_at IS NULL) = (words <> '')", name=op.f("ck_task_offer_taken_back_without_words")
        ),
        sa.ForeignKeyConstraint(["advice_id"], ["advice_status.id"], name=op.f("fk_task_offer_advice_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation_account.id"], name=op.f("fk_task_offer_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_offer")),
        sa.UniqueConstraint(
            "advice_id", "recommendation", "organisation_id",
            name=op.f("uq_task_offer_advice_id_recommendation_organisation_id"),
        ),
    )  # fmt: skip
    op.create_index(op.f("ix_task_offer_organisation_id"), "task_offer", ["organisation_id"])
    op.create_table(
        "offer_reply",
        _key("id"),
        _key("part_id"),
        _key("offer_id"),
        _text("reply", 32, True),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.CheckConstraint("reply IN ('yes', 'talk', 'no')", name=op.f("ck_offer_reply_reply")),
        sa.ForeignKeyConstraint(["part_id"], ["answer_part.id"], name=op.f("fk_offer_reply_part_id")),
        sa.ForeignKeyConstraint(["offer_id"], ["task_offer.id"], name=op.f("fk_offer_reply_offer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_reply")),
        sa.UniqueConstraint("part_id", "offer_id", name=op.f("uq_offer_reply_part_id_offer_id")),
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_table("offer_reply")
    op.drop_table("task_offer")
    op.drop_table("cosignature")
    op.drop_table("organisation_invitation")
    op.drop_table("organisation_sign_in")
    op.drop_table("organisation_account")
