"""Since when a ballot that waits for its count has been over, whatever the clock says."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import codesign.db

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it so."""
    op.add_column("ballot", sa.Column("over_at", codesign.db.UtcDateTime(), nullable=True))


def downgrade() -> None:
    """Take it back."""
    op.drop_column("ballot", "over_at")
