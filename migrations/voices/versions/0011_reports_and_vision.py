"""Reports of workshops and interviews with their files; the vision of a place, with its wordings and translations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it so."""
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "reporter",
        sa.Column("panel_id", key, nullable=False),
        sa.Column("person_id", key, nullable=False),
        sa.Column("invited_by", key, nullable=False),
        sa.Column("invited_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["invited_by"], ["person.id"], name=op.f("fk_reporter_invited_by")),
        sa.ForeignKeyConstraint(["panel_id"], ["panel.id"], name=op.f("fk_reporter_panel_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reporter_person_id")),
        sa.PrimaryKeyConstraint("panel_id", "person_id", name=op.f("pk_reporter")),
    )
    op.create_index(op.f("ix_reporter_person_id"), "reporter", ["person_id"], unique=False)
    op.create_table(
        "field_report",
        sa.Column("id", key, nullable=False),
        sa.Column("panel_id", key, nullable=False),
        sa.Column("round_id", key, nullable=True),
        sa.Column("gathering_id", key, nullable=True),
        sa.Column("author_id", key, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("domains", sa.JSON(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("made_by", sa.String(length=160), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("form_key", sa.String(length=36), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("removed_on", sa.Date(), nullable=True),
        sa.Column("removed_because", sa.String(length=500), nullable=False),
        sa.CheckConstraint(
            "kind IN ('workshop', 'interviews', 'survey', 'visit', 'other')", name=op.f("ck_field_report_kind")
        ),
        sa.CheckConstraint(
            "removed_on IS NOT NULL OR (title <> '' AND text <> '')", name=op.f("ck_field_report_words")
        ),
        sa.CheckConstraint("people IS NULL OR people BETWEEN 1 AND 100000", name=op.f("ck_field_report_people")),
        sa.CheckConstraint("removed_on IS NULL OR NOT public", name=op.f("ck_field_report_removed_is_not_public")),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_field_report_author_id")),
        sa.ForeignKeyConstraint(["gathering_id"], ["gathering.id"], name=op.f("fk_field_report_gathering_id")),
        sa.ForeignKeyConstraint(["panel_id"], ["panel.id"], name=op.f("fk_field_report_panel_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_field_report_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field_report")),
        sa.UniqueConstraint("author_id", "form_key", name=op.f("uq_field_report_author_id_form_key")),
    )
    op.create_index(op.f("ix_field_report_panel_id"), "field_report", ["panel_id"], unique=False)
    op.create_index(op.f("ix_field_report_round_id"), "field_report", ["round_id"], unique=False)
    op.create_table(
        "vision_point",
        sa.Column("id", key, nullable=False),
        sa.Column("panel_id", key, nullable=False),
        sa.Column("round_id", key, nullable=True),
        sa.Column("author_id", key, nullable=True),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("domains", sa.JSON(), nullable=False),
        sa.Column("ours", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.String(length=36), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("gathering_id", key, nullable=True),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("out_on", sa.Date(), nullable=True),
        sa.Column("out_because", sa.String(length=500), nullable=False),
        sa.CheckConstraint(
            "(agreed_on IS NOT NULL) = (state IN ('agreed', 'taken_out'))", name=op.f("ck_vision_point_agreed")
        ),
        sa.CheckConstraint("(state = 'erased') = (text = '')", name=op.f("ck_vision_point_words")),
        sa.CheckConstraint("(state = 'taken_out') = (out_on IS NOT NULL)", name=op.f("ck_vision_point_taken_out")),
        sa.CheckConstraint(
            "author_id IS NULL OR state IN ('proposed', 'erased')",
            name=op.f("ck_vision_point_is_the_panels"),
        ),
        sa.CheckConstraint("state <> 'taken_out' OR out_because <> ''", name=op.f("ck_vision_point_says_why")),
        sa.CheckConstraint(
            "state IN ('proposed', 'agreed', 'taken_out', 'erased')", name=op.f("ck_vision_point_state")
        ),
        sa.CheckConstraint("ours >= 0", name=op.f("ck_vision_point_ours")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_vision_point_version")),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_vision_point_author_id")),
        sa.ForeignKeyConstraint(["gathering_id"], ["gathering.id"], name=op.f("fk_vision_point_gathering_id")),
        sa.ForeignKeyConstraint(["panel_id"], ["panel.id"], name=op.f("fk_vision_point_panel_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_vision_point_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vision_point")),
        sa.UniqueConstraint("panel_id", "form_key", name=op.f("uq_vision_point_panel_id_form_key")),
    )
    op.create_index(op.f("ix_vision_point_author_id"), "vision_point", ["author_id"], unique=False)
    op.create_index(op.f("ix_vision_point_panel_id"), "vision_point", ["panel_id"], unique=False)
    op.create_index(op.f("ix_vision_point_round_id"), "vision_point", ["round_id"], unique=False)
    op.create_table(
        "report_attachment",
        sa.Column("report_id", key, autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("alternative", sa.String(length=500), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "media_type = 'application/pdf' OR alternative <> ''", name=op.f("ck_report_attachment_alternative")
        ),
        sa.CheckConstraint(
            "media_type IN ('application/pdf', 'image/png', 'image/jpeg')", name=op.f("ck_report_attachment_media_type")
        ),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_report_attachment_digest")),
        sa.CheckConstraint("size >= 1", name=op.f("ck_report_attachment_size")),
        sa.ForeignKeyConstraint(["report_id"], ["field_report.id"], name=op.f("fk_report_attachment_report_id")),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_report_attachment")),
    )
    op.create_table(
        "report_objection",
        sa.Column("id", key, nullable=False),
        sa.Column("report_id", key, nullable=False),
        sa.Column("person_id", key, nullable=False),
        sa.Column("body", sa.String(length=500), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("form_key", sa.String(length=36), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("settled_because", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_report_objection_person_id")),
        sa.ForeignKeyConstraint(["report_id"], ["field_report.id"], name=op.f("fk_report_objection_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_objection")),
        sa.UniqueConstraint("person_id", "form_key", name=op.f("uq_report_objection_person_id_form_key")),
    )
    op.create_index(op.f("ix_report_objection_report_id"), "report_objection", ["report_id"], unique=False)
    op.create_table(
        "vision_ours",
        sa.Column("point_id", key, nullable=False),
        sa.Column("person_id", key, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_vision_ours_person_id")),
        sa.ForeignKeyConstraint(["point_id"], ["vision_point.id"], name=op.f("fk_vision_ours_point_id")),
        sa.PrimaryKeyConstraint("point_id", "person_id", name=op.f("pk_vision_ours")),
    )
    op.create_index(op.f("ix_vision_ours_person_id"), "vision_ours", ["person_id"], unique=False)
    op.create_table(
        "vision_translation",
        sa.Column("point_id", key, nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("of_version", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["point_id"], ["vision_point.id"], name=op.f("fk_vision_translation_point_id")),
        sa.PrimaryKeyConstraint("point_id", "language", name=op.f("pk_vision_translation")),
    )
    op.create_table(
        "vision_version",
        sa.Column("point_id", key, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("gathering_id", key, nullable=True),
        sa.ForeignKeyConstraint(["gathering_id"], ["gathering.id"], name=op.f("fk_vision_version_gathering_id")),
        sa.ForeignKeyConstraint(["point_id"], ["vision_point.id"], name=op.f("fk_vision_version_point_id")),
        sa.PrimaryKeyConstraint("point_id", "number", name=op.f("pk_vision_version")),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("vision_version")
    op.drop_table("vision_translation")
    op.drop_index(op.f("ix_vision_ours_person_id"), table_name="vision_ours")
    op.drop_table("vision_ours")
    op.drop_index(op.f("ix_report_objection_report_id"), table_name="report_objection")
    op.drop_table("report_objection")
    op.drop_table("report_attachment")
    op.drop_index(op.f("ix_vision_point_round_id"), table_name="vision_point")
    op.drop_index(op.f("ix_vision_point_panel_id"), table_name="vision_point")
    op.drop_index(op.f("ix_vision_point_author_id"), table_name="vision_point")
    op.drop_table("vision_point")
    op.drop_index(op.f("ix_field_report_round_id"), table_name="field_report")
    op.drop_index(op.f("ix_field_report_panel_id"), table_name="field_report")
    op.drop_table("field_report")
    op.drop_index(op.f("ix_reporter_person_id"), table_name="reporter")
    op.drop_table("reporter")
