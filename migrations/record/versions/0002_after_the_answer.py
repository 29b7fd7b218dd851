"""What comes after an answer: progress, reminders, learning cards, more time, and what the panel says of it in words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import codesign.db

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_BEFORE = "'release', 'advice', 'summary', 'answer', 'rating'"
_NOW = f"{_BEFORE}, 'reply', 'extension', 'finding'"
_OWN = "CONSTRAINT ck_{table}_piece_of_an_answer CHECK ((number IS NULL) = (piece IS NULL))"


def _key(name: str, **more: bool) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, **more)


def _kinds(kinds: str) -> None:
    """Let a document be of these kinds. SQLite changes no constraint: the table is made anew and filled again."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE document DROP CONSTRAINT ck_document_kind")
        op.execute(f"ALTER TABLE document ADD CONSTRAINT ck_document_kind CHECK (kind IN ({kinds}))")
        return
    # Rows of other tables point at documents while the table is away; at the end of the transaction they must fit again.
    op.execute("PRAGMA defer_foreign_keys = ON")
    op.execute("CREATE TEMPORARY TABLE document_before AS SELECT * FROM document")
    op.execute("DROP INDEX ix_document_place")
    op.execute("DROP INDEX ix_document_about")
    op.execute("DROP TABLE document")
    op.create_table(
        "document",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("place_code", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=12), nullable=True),
        sa.Column("about", sa.String(length=64), nullable=True),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("stored", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", codesign.db.UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "(about IS NULL) = (kind IN ('release', 'advice'))", name=op.f("ck_document_about_an_advice")
        ),
        sa.CheckConstraint("(number IS NULL) = (kind = 'release')", name=op.f("ck_document_numbered")),
        sa.CheckConstraint(f"kind IN ({kinds})", name=op.f("ck_document_kind")),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_document_digest")),
        sa.CheckConstraint("length(stored) BETWEEN 2 AND 600000", name=op.f("ck_document_size")),
        sa.ForeignKeyConstraint(["place_code"], ["place.code"], name=op.f("fk_document_place_code")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_document")),
    )
    columns = "digest, kind, place_code, number, about, title, language, stored, received_at"
    op.execute(f"INSERT INTO document ({columns}) SELECT {columns} FROM document_before")
    op.execute("DROP TABLE document_before")
    op.create_index("ix_document_about", "document", ["about"], unique=False)
    op.create_index("ix_document_place", "document", ["place_code", "kind"], unique=False)


def upgrade() -> None:
    """Make it so."""
    _kinds(_NOW)
    for table in ("official", "invitation"):
        op.execute(f"ALTER TABLE {table} ADD COLUMN number VARCHAR(12)")
        op.execute(f"ALTER TABLE {table} ADD COLUMN piece VARCHAR(40) {_OWN.format(table=table)}")
    op.create_table(
        "progress_report",
        _key("id"),
        _key("promise_id"),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        _key("reported_by"),
        sa.Column("reported_at", codesign.db.UtcDateTime(), nullable=False),
        sa.CheckConstraint("state IN ('done', 'under_way', 'stopped')", name=op.f("ck_progress_report_state")),
        sa.CheckConstraint("state <> 'stopped' OR text <> ''", name=op.f("ck_progress_report_stopped_for_a_reason")),
        sa.ForeignKeyConstraint(["promise_id"], ["promise.id"], name=op.f("fk_progress_report_promise_id")),
        sa.ForeignKeyConstraint(["reported_by"], ["official.id"], name=op.f("fk_progress_report_reported_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_report")),
    )
    op.create_index(op.f("ix_progress_report_promise_id"), "progress_report", ["promise_id"])
    op.create_table(
        "reminder",
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("what_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("sent_at", codesign.db.UtcDateTime(), nullable=False),
        sa.CheckConstraint("kind IN ('soon', 'due', 'report', 'look_back')", name=op.f("ck_reminder_kind")),
        sa.PrimaryKeyConstraint("kind", "what_id", name=op.f("pk_reminder")),
    )
    op.create_table(
        "learning_card",
        _key("id"),
        _key("answer_id"),
        sa.Column("recommendation", sa.Integer(), nullable=False),
        sa.Column("assumption", sa.Text(), nullable=False),
        sa.Column("assumption_language", sa.String(length=16), nullable=False),
        sa.Column("trial", sa.Text(), nullable=False),
        sa.Column("trial_language", sa.String(length=16), nullable=False),
        sa.Column("look_back_on", sa.Date(), nullable=False),
        sa.Column("changed", sa.Text(), nullable=False),
        sa.CheckConstraint("recommendation BETWEEN 1 AND 5", name=op.f("ck_learning_card_recommendation")),
        sa.ForeignKeyConstraint(["answer_id"], ["answer.id"], name=op.f("fk_learning_card_answer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_card")),
        sa.UniqueConstraint("answer_id", "recommendation", name=op.f("uq_learning_card_answer_id_recommendation")),
    )
    op.create_table(
        "term_extension",
        _key("id"),
        _key("advice_id"),
        sa.Column("before", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        _key("asked_by"),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.CheckConstraint("state IN ('asked', 'agreed', 'refused')", name=op.f("ck_term_extension_state")),
        sa.CheckConstraint("until > before", name=op.f("ck_term_extension_later")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_term_extension_for_a_reason")),
        sa.CheckConstraint("(state = 'asked') = (decided_on IS NULL)", name=op.f("ck_term_extension_decided_on_a_day")),
        sa.ForeignKeyConstraint(["advice_id"], ["advice_status.id"], name=op.f("fk_term_extension_advice_id")),
        sa.ForeignKeyConstraint(["asked_by"], ["official.id"], name=op.f("fk_term_extension_asked_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term_extension")),
    )
    op.create_index(op.f("ix_term_extension_advice_id"), "term_extension", ["advice_id"])


def downgrade() -> None:
    """Take it back; what these tables and kinds held goes."""
    for table in ("term_extension", "learning_card", "reminder", "progress_report"):
        op.drop_table(table)
    for table in ("invitation", "official"):
        op.execute(f"ALTER TABLE {table} DROP COLUMN piece")
        op.execute(f"ALTER TABLE {table} DROP COLUMN number")
    op.execute("DELETE FROM document WHERE kind IN ('reply', 'extension', 'finding')")
    _kinds(_BEFORE)
