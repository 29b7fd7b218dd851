"""The library: documents of other installations as bytes, and what search finds of theirs and ours."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import codesign.db

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_KINDS = "'release', 'advice', 'summary', 'withdrawal', 'extension', 'answer', 'rating', 'reply', 'finding', 'lessons'"
_STANDS = "'waiting', 'adopted', 'partly', 'later', 'not_ours', 'not', 'withdrawn'"


def _key(name: str, nullable: bool = False, **more: bool) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=nullable, **more)


def upgrade() -> None:
    """Make it so."""
    op.create_table(
        "library_origin",
        _key("id"),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("licence", sa.String(length=20), nullable=False),
        sa.Column("first_at", codesign.db.UtcDateTime(), nullable=False),
        sa.CheckConstraint("name <> '' AND address LIKE 'http%'", name=op.f("ck_library_origin_named")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library_origin")),
        sa.UniqueConstraint("address", name=op.f("uq_library_origin_address")),
    )
    op.create_table(
        "library_document",
        _key("origin_id", autoincrement=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("place_code", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=12), nullable=True),
        sa.Column("stored", sa.LargeBinary(), nullable=False),
        sa.Column("imported_at", codesign.db.UtcDateTime(), nullable=False),
        sa.CheckConstraint(f"kind IN ({_KINDS})", name=op.f("ck_library_document_kind")),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_library_document_digest")),
        sa.CheckConstraint("length(stored) BETWEEN 2 AND 600000", name=op.f("ck_library_document_size")),
        sa.ForeignKeyConstraint(["origin_id"], ["library_origin.id"], name=op.f("fk_library_document_origin_id")),
        sa.PrimaryKeyConstraint("origin_id", "digest", name=op.f("pk_library_document")),
    )
    op.create_index(op.f("ix_library_document_digest"), "library_document", ["digest"])
    op.create_index("ix_library_document_of", "library_document", ["origin_id", "place_code", "number"])
    op.create_table(
        "library_advice",
        _key("id"),
        _key("advice_id", nullable=True),
        _key("origin_id", nullable=True),
        sa.Column("place_code", sa.String(length=40), nullable=False),
        sa.Column("place_name", sa.String(length=500), nullable=False),
        sa.Column("number", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("found_by", sa.Text(), nullable=False),
        sa.Column("marker", sa.String(length=200), nullable=False),
        sa.CheckConstraint("(advice_id IS NULL) <> (origin_id IS NULL)", name=op.f("ck_library_advice_ours_or_theirs")),
        sa.ForeignKeyConstraint(["advice_id"], ["advice_status.id"], name=op.f("fk_library_advice_advice_id")),
        sa.ForeignKeyConstraint(["origin_id"], ["library_origin.id"], name=op.f("fk_library_advice_origin_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library_advice")),
        sa.UniqueConstraint("advice_id", name=op.f("uq_library_advice_advice_id")),
        sa.UniqueConstraint(
            "origin_id", "place_code", "number", name=op.f("uq_library_advice_origin_id_place_code_number")
        ),
    )
    op.create_index("ix_library_advice_newest", "library_advice", ["sent_on", "id"])
    op.create_table(
        "library_measure",
        _key("id"),
        _key("entry_id"),
        sa.Column("recommendation", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("domain", sa.String(length=3), nullable=False),
        sa.Column("indicator", sa.String(length=6), nullable=False),
        sa.Column("experience", sa.String(length=6), nullable=True),
        sa.Column("cost_class", sa.Integer(), nullable=False),
        sa.Column("stand", sa.String(length=32), nullable=False),
        sa.Column("card", sa.JSON(), nullable=True),
        sa.Column("found_by", sa.Text(), nullable=False),
        sa.CheckConstraint("recommendation BETWEEN 1 AND 5", name=op.f("ck_library_measure_recommendation")),
        sa.CheckConstraint("cost_class BETWEEN 1 AND 4", name=op.f("ck_library_measure_cost_class")),
        sa.CheckConstraint(f"stand IN ({_STANDS})", name=op.f("ck_library_measure_stand")),
        sa.ForeignKeyConstraint(["entry_id"], ["library_advice.id"], name=op.f("fk_library_measure_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library_measure")),
        sa.UniqueConstraint("entry_id", "recommendation", name=op.f("uq_library_measure_entry_id_recommendation")),
    )
    op.create_index("ix_library_measure_about", "library_measure", ["domain", "indicator"])
    op.create_table(
        "library_actor",
        _key("measure_id"),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["measure_id"], ["library_measure.id"], name=op.f("fk_library_actor_measure_id")),
        sa.PrimaryKeyConstraint("measure_id", "kind", name=op.f("pk_library_actor")),
    )


def downgrade() -> None:
    """Take it back; what was imported goes, and its file can be imported again."""
    for table in ("library_actor", "library_measure", "library_advice", "library_document", "library_origin"):
        op.drop_table(table)
