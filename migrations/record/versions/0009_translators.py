"""The host's translators of a place, whom officials ask for the plain words of an answer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import codesign.db

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it so."""
    op.create_table(
        "place_translators",
        sa.Column("place_code", sa.String(length=40), nullable=False),
        sa.Column("people", sa.JSON(), nullable=False),
        sa.Column("as_of", codesign.db.UtcDateTime(), nullable=False),
        sa.Column("received_at", codesign.db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["place_code"], ["place.code"], name=op.f("fk_place_translators_place_code")),
        sa.PrimaryKeyConstraint("place_code", name=op.f("pk_place_translators")),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("place_translators")
