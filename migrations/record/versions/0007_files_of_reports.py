"""Files of reports that an advice cites."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it so."""
    op.create_table(
        "attachment",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("place_code", sa.String(length=40), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "media_type IN ('application/pdf', 'image/png', 'image/jpeg')", name=op.f("ck_attachment_media_type")
        ),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_attachment_digest")),
        sa.CheckConstraint("size >= 1", name=op.f("ck_attachment_size")),
        sa.ForeignKeyConstraint(["place_code"], ["place.code"], name=op.f("fk_attachment_place_code")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_attachment")),
    )
    op.create_index(op.f("ix_attachment_place_code"), "attachment", ["place_code"], unique=False)


def downgrade() -> None:
    """Take it back."""
    op.drop_index(op.f("ix_attachment_place_code"), table_name="attachment")
    op.drop_table("attachment")
