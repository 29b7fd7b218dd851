"""What members say of each measure in an answer is a document of the record, and travels with the library."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import codesign.db

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_BEFORE = "'release', 'advice', 'summary', 'answer', 'rating', 'reply', 'extension', 'finding'"
_NOW = f"{_BEFORE}, 'fit'"
_FIRST = "'release', 'advice', 'summary', 'withdrawal', 'extension', 'answer', 'rating'"
_LIBRARY_BEFORE = f"{_FIRST}, 'reply', 'finding', 'lessons'"
_LIBRARY_NOW = f"{_FIRST}, 'fit', 'reply', 'finding', 'lessons'"


def _kinds(kinds: str, library: str) -> None:
    """Let documents be of these kinds. SQLite changes no constraint: a table is made anew and filled again."""
    if op.get_bind().dialect.name == "postgresql":
        for table, allowed in (("document", kinds), ("library_document", library)):
            op.execute(f"ALTER TABLE {table} DROP CONSTRAINT ck_{table}_kind")
            op.execute(f"ALTER TABLE {table} ADD CONSTRAINT ck_{table}_kind CHECK (kind IN ({allowed}))")
        return
    # Rows of other tables point at documents while the table is away; at the end of the transaction they must fit again.
    op.execute("PRAGMA defer_foreign_keys = ON")
    for table in ("document", "library_document"):
        op.execute(f"CREATE TEMPORARY TABLE {table}_before AS SELECT * FROM {table}")
    for index in ("ix_document_place", "ix_document_about", "ix_library_document_digest", "ix_library_document_of"):
        op.execute(f"DROP INDEX {index}")
    op.execute("DROP TABLE document")
    op.execute("DROP TABLE library_document")
    _document(kinds)
    _library_document(library)
    columns = "digest, kind, place_code, number, about, title, language, stored, received_at"
    op.execute(f"INSERT INTO document ({columns}) SELECT {columns} FROM document_before")
    columns = "origin_id, digest, kind, place_code, number, stored, imported_at"
    op.execute(f"INSERT INTO library_document ({columns}) SELECT {columns} FROM library_document_before")
    for table in ("document", "library_document"):
        op.execute(f"DROP TABLE {table}_before")
    op.create_index("ix_document_about", "document", ["about"], unique=False)
    op.create_index("ix_document_place", "document", ["place_code", "kind"], unique=False)
    op.create_index(op.f("ix_library_document_digest"), "library_document", ["digest"])
    op.create_index("ix_library_document_of", "library_document", ["origin_id", "place_code", "number"])


def _document(kinds: str) -> None:
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


def _library_document(kinds: str) -> None:
    op.create_table(
        "library_document",
        sa.Column(
            "origin_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, autoincrement=False
        ),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("place_code", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=12), nullable=True),
        sa.Column("stored", sa.LargeBinary(), nullable=False),
        sa.Column("imported_at", codesign.db.UtcDateTime(), nullable=False),
        sa.CheckConstraint(f"kind IN ({kinds})", name=op.f("ck_library_document_kind")),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_library_document_digest")),
        sa.CheckConstraint("length(stored) BETWEEN 2 AND 600000", name=op.f("ck_library_document_size")),
        sa.ForeignKeyConstraint(["origin_id"], ["library_origin.id"], name=op.f("fk_library_document_origin_id")),
        sa.PrimaryKeyConstraint("origin_id", "digest", name=op.f("pk_library_document")),
    )


def upgrade() -> None:
    """Make it so."""
    _kinds(_NOW, _LIBRARY_NOW)


def downgrade() -> None:
    """Take it back; which votes asked of measures goes."""
    for table in ("document", "library_document"):
        op.execute(f"DELETE FROM {table} WHERE kind = 'fit'")
    _kinds(_BEFORE, _LIBRARY_BEFORE)
