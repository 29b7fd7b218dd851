"""Per place: where a sanction can exist, and where people find free help."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import codesign.db

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it so."""
    op.create_table(
        "help_line",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("place_code", sa.String(length=40), nullable=False),
        sa.Column("part", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("taken_off_at", codesign.db.UtcDateTime(), nullable=True),
        sa.CheckConstraint("part IN ('sanction', 'help')", name=op.f("ck_help_line_part")),
        sa.CheckConstraint("valid_until >= checked_on", name=op.f("ck_help_line_valid_after_check")),
        sa.ForeignKeyConstraint(["place_code"], ["municipality.code"], name=op.f("fk_help_line_place_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_line")),
    )
    op.create_index(op.f("ix_help_line_place_code"), "help_line", ["place_code"], unique=False)
    op.create_table(
        "help_check",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("line_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", codesign.db.UtcDateTime(), nullable=False),
        sa.CheckConstraint("valid_until >= checked_on", name=op.f("ck_help_check_valid_after_check")),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_help_check_by")),
        sa.ForeignKeyConstraint(["line_id"], ["help_line.id"], name=op.f("fk_help_check_line_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_check")),
    )
    op.create_index(op.f("ix_help_check_line_id"), "help_check", ["line_id"], unique=False)
    op.create_table(
        "help_words",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("line_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("who_decides", sa.String(length=200), nullable=False),
        sa.Column("how_to_reach", sa.String(length=400), nullable=False),
        sa.Column("spoken", sa.JSON(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("url", sa.String(length=300), nullable=False),
        sa.Column("source_date", sa.Date(), nullable=False),
        sa.Column("by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", codesign.db.UtcDateTime(), nullable=False),
        sa.CheckConstraint("source <> ''", name=op.f("ck_help_words_source")),
        sa.CheckConstraint("title <> '' AND text <> ''", name=op.f("ck_help_words_words")),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_help_words_by")),
        sa.ForeignKeyConstraint(["line_id"], ["help_line.id"], name=op.f("fk_help_words_line_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_words")),
        sa.UniqueConstraint("line_id", "version", name=op.f("uq_help_words_line_id_version")),
    )
    op.create_table(
        "help_translation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("words_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("who_decides", sa.String(length=200), nullable=False),
        sa.Column("how_to_reach", sa.String(length=400), nullable=False),
        sa.Column("by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", codesign.db.UtcDateTime(), nullable=False),
        sa.CheckConstraint("title <> '' AND text <> ''", name=op.f("ck_help_translation_words")),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_help_translation_by")),
        sa.ForeignKeyConstraint(["words_id"], ["help_words.id"], name=op.f("fk_help_translation_words_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_translation")),
    )
    op.create_index(op.f("ix_help_translation_words_id"), "help_translation", ["words_id"], unique=False)


def downgrade() -> None:
    """Take it back."""
    op.drop_index(op.f("ix_help_translation_words_id"), table_name="help_translation")
    op.drop_table("help_translation")
    op.drop_table("help_words")
    op.drop_index(op.f("ix_help_check_line_id"), table_name="help_check")
    op.drop_table("help_check")
    op.drop_index(op.f("ix_help_line_place_code"), table_name="help_line")
    op.drop_table("help_line")
