"""Networks and moments of a place, as the record shows them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import codesign.db

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it so."""
    op.create_table(
        "place_network",
        sa.Column("place_code", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("does", sa.String(length=300), nullable=False),
        sa.Column("could", sa.String(length=300), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("domains", sa.JSON(), nullable=False),
        sa.Column("reach", sa.String(length=200), nullable=False),
        sa.Column("standing", sa.String(32), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.Column("as_of", codesign.db.UtcDateTime(), nullable=False),
        sa.Column("received_at", codesign.db.UtcDateTime(), nullable=False),
        sa.CheckConstraint("ended OR (name <> '' AND does <> '')", name=op.f("ck_place_network_named")),
        sa.ForeignKeyConstraint(["place_code"], ["place.code"], name=op.f("fk_place_network_place_code")),
        sa.PrimaryKeyConstraint("place_code", "code", name=op.f("pk_place_network")),
    )
    op.create_table(
        "place_moment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("place_code", sa.String(length=40), nullable=False),
        sa.Column("origin", sa.String(32), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("advice_before", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("url", sa.String(length=300), nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.Column("as_of", codesign.db.UtcDateTime(), nullable=False),
        sa.Column("received_at", codesign.db.UtcDateTime(), nullable=False),
        sa.CheckConstraint("ended OR (title <> '' AND source <> '')", name=op.f("ck_place_moment_sourced")),
        sa.CheckConstraint("origin IN ('panel', 'place')", name=op.f("ck_place_moment_origin")),
        sa.CheckConstraint(
            "advice_before IS NULL OR advice_before <= decided_on", name=op.f("ck_place_moment_in_order")
        ),
        sa.ForeignKeyConstraint(["place_code"], ["place.code"], name=op.f("fk_place_moment_place_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_moment")),
        sa.UniqueConstraint("place_code", "origin", "code", name=op.f("uq_place_moment_place_code_origin_code")),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("place_moment")
    op.drop_table("place_network")
