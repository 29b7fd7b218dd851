"""Results of elections that were held outside."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import codesign.db

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it so."""
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "outside_result",
        sa.Column("id", key, nullable=False),
        sa.Column("ballot_id", key, nullable=False),
        sa.Column("archive", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("plain", sa.JSON(), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("kept_at", codesign.db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name=op.f("fk_outside_result_ballot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outside_result")),
        sa.UniqueConstraint("ballot_id", name=op.f("uq_outside_result_ballot_id")),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("outside_result")
