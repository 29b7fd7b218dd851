"""Writing an advice together: versions, co-authors, notes in the margin, what was meant, and other views."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it so."""
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "advice_version",
        sa.Column("id", key, nullable=False),
        sa.Column("advice_id", key, nullable=False),
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("saved_by", key, nullable=False),
        sa.Column("saved_on", sa.Date(), nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_advice_version_number")),
        sa.ForeignKeyConstraint(["advice_id"], ["advice.id"], name=op.f("fk_advice_version_advice_id")),
        sa.ForeignKeyConstraint(["saved_by"], ["person.id"], name=op.f("fk_advice_version_saved_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_advice_version")),
        sa.UniqueConstraint("advice_id", "place", "number", name=op.f("uq_advice_version_advice_id_place_number")),
    )
    op.create_index(op.f("ix_advice_version_saved_by"), "advice_version", ["saved_by"], unique=False)
    op.create_table(
        "coauthor",
        sa.Column("advice_id", key, nullable=False),
        sa.Column("person_id", key, nullable=False),
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.Column("invited_by", key, nullable=False),
        sa.Column("invited_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["advice_id"], ["advice.id"], name=op.f("fk_coauthor_advice_id")),
        sa.ForeignKeyConstraint(["invited_by"], ["person.id"], name=op.f("fk_coauthor_invited_by")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_coauthor_person_id")),
        sa.PrimaryKeyConstraint("advice_id", "person_id", "place", name=op.f("pk_coauthor")),
    )
    op.create_index(op.f("ix_coauthor_person_id"), "coauthor", ["person_id"], unique=False)
    op.create_table(
        "margin_note",
        sa.Column("id", key, nullable=False),
        sa.Column("advice_id", key, nullable=False),
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.Column("by", key, nullable=False),
        sa.Column("body", sa.String(length=1000), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("resolved_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["advice_id"], ["advice.id"], name=op.f("fk_margin_note_advice_id")),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_margin_note_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_margin_note")),
    )
    op.create_index(op.f("ix_margin_note_advice_id"), "margin_note", ["advice_id"], unique=False)
    op.create_index(op.f("ix_margin_note_by"), "margin_note", ["by"], unique=False)
    op.create_table(
        "other_view",
        sa.Column("id", key, nullable=False),
        sa.Column("advice_id", key, nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("own_words", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("ready", sa.Boolean(), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["advice_id"], ["advice.id"], name=op.f("fk_other_view_advice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_other_view")),
    )
    op.create_index(op.f("ix_other_view_advice_id"), "other_view", ["advice_id"], unique=False)
    op.create_table(
        "meaning",
        sa.Column("recommendation_id", key, nullable=False),
        sa.Column("person_id", key, nullable=False),
        sa.Column("meant", sa.Boolean(), nullable=False),
        sa.Column("because", sa.String(length=500), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.CheckConstraint("meant OR because <> ''", name=op.f("ck_meaning_because")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_meaning_person_id")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendation.id"], name=op.f("fk_meaning_recommendation_id")
        ),
        sa.PrimaryKeyConstraint("recommendation_id", "person_id", name=op.f("pk_meaning")),
    )
    op.create_index(op.f("ix_meaning_person_id"), "meaning", ["person_id"], unique=False)
    op.create_table(
        "other_view_member",
        sa.Column("view_id", key, nullable=False),
        sa.Column("person_id", key, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_other_view_member_person_id")),
        sa.ForeignKeyConstraint(["view_id"], ["other_view.id"], name=op.f("fk_other_view_member_view_id")),
        sa.PrimaryKeyConstraint("view_id", "person_id", name=op.f("pk_other_view_member")),
    )
    op.create_index(op.f("ix_other_view_member_person_id"), "other_view_member", ["person_id"], unique=False)


def downgrade() -> None:
    """Take it back."""
    op.drop_index(op.f("ix_other_view_member_person_id"), table_name="other_view_member")
    op.drop_table("other_view_member")
    op.drop_index(op.f("ix_meaning_person_id"), table_name="meaning")
    op.drop_table("meaning")
    op.drop_index(op.f("ix_other_view_advice_id"), table_name="other_view")
    op.drop_table("other_view")
    op.drop_index(op.f("ix_margin_note_by"), table_name="margin_note")
    op.drop_index(op.f("ix_margin_note_advice_id"), table_name="margin_note")
    op.drop_table("margin_note")
    op.drop_index(op.f("ix_coauthor_person_id"), table_name="coauthor")
    op.drop_table("coauthor")
    op.drop_index(op.f("ix_advice_version_saved_by"), table_name="advice_version")
    op.drop_table("advice_version")
