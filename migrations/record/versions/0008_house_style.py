"""House style of a place."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it so."""
    op.create_table(
        "house_style",
        sa.Column("place_code", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("tokens", sa.JSON(), nullable=False),
        sa.Column("logo", sa.LargeBinary(), nullable=True),
        sa.Column("logo_digest", sa.String(length=64), nullable=False),
        sa.Column("logo_width", sa.Integer(), nullable=False),
        sa.Column("logo_height", sa.Integer(), nullable=False),
        sa.Column("logo_alternative", sa.String(length=200), nullable=False),
        sa.Column("logo_language", sa.String(length=16), nullable=False),
        sa.Column("stored", sa.LargeBinary(), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "logo IS NULL OR (logo_alternative <> '' AND logo_digest <> '')",
            name=op.f("ck_house_style_logo_in_words"),
        ),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_house_style_digest")),
        sa.CheckConstraint("length(stored) BETWEEN 2 AND 600000", name=op.f("ck_house_style_size")),
        sa.ForeignKeyConstraint(["place_code"], ["place.code"], name=op.f("fk_house_style_place_code")),
        sa.PrimaryKeyConstraint("place_code", name=op.f("pk_house_style")),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("house_style")
