"""An advice that was sent can be taken back by its panel; its page stays and says so."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import codesign.db

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it so."""
    op.execute(
        "ALTER TABLE advice_status ADD COLUMN withdrawn_on DATE "
        "CONSTRAINT ck_advice_status_answered_or_withdrawn CHECK (withdrawn_on IS NULL OR answered_at IS NULL)"
    )
    op.create_table(
        "withdrawal",
        sa.Column(
            "advice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("stored", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", codesign.db.UtcDateTime(), nullable=False),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_withdrawal_digest")),
        sa.CheckConstraint("length(stored) BETWEEN 2 AND 600000", name=op.f("ck_withdrawal_size")),
        sa.ForeignKeyConstraint(["advice_id"], ["advice_status.id"], name=op.f("fk_withdrawal_advice_id")),
        sa.PrimaryKeyConstraint("advice_id", name=op.f("pk_withdrawal")),
        sa.UniqueConstraint("digest", name=op.f("uq_withdrawal_digest")),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("withdrawal")
    op.execute("ALTER TABLE advice_status DROP COLUMN withdrawn_on")
