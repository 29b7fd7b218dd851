"""A panel takes a sent advice back, or corrects it: its votes, what they came to, and the versions before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import codesign.db

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_BEFORE = "'vote', 'adoption', 'rating'"
_NOW = f"{_BEFORE}, 'withdrawal'"


def _key(name: str, **more: bool) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, **more)


def _kinds(old: str, new: str) -> None:
    """Let a ballot be of these kinds.

    SQLite changes no constraint, and making this table anew would touch votes; so the text of the constraint is
    changed where SQLite keeps it, as its manual says (https://sqlite.org/lang_altertable.html#otheralter).
    """
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE ballot DROP CONSTRAINT ck_ballot_kind")
        op.execute(f"ALTER TABLE ballot ADD CONSTRAINT ck_ballot_kind CHECK (kind IN ({new}))")
        return
    bind = op.get_bind()
    change = sa.text("UPDATE sqlite_schema SET sql = replace(sql, :old, :new) WHERE type = 'table' AND name = 'ballot'")
    version = bind.execute(sa.text("PRAGMA schema_version")).scalar_one()
    bind.execute(sa.text("PRAGMA writable_schema = ON"))
    bind.execute(change, {"old": f"kind IN ({old})", "new": f"kind IN ({new})"})
    bind.execute(sa.text(f"PRAGMA schema_version = {int(version) + 1}"))
    bind.execute(sa.text("PRAGMA writable_schema = OFF"))


def upgrade() -> None:
    """Make it so."""
    _kinds(_BEFORE, _NOW)
    op.execute("ALTER TABLE sent_advice ADD COLUMN version INTEGER NOT NULL DEFAULT 1")
    op.create_table(
        "replaced_advice",
        _key("advice_id", autoincrement=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("sent_at", codesign.db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["advice_id"], ["advice.id"], name=op.f("fk_replaced_advice_advice_id")),
        sa.PrimaryKeyConstraint("advice_id", "version", name=op.f("pk_replaced_advice")),
        sa.UniqueConstraint("digest", name=op.f("uq_replaced_advice_digest")),
    )
    op.create_table(
        "taking_back",
        _key("id"),
        _key("advice_id"),
        _key("ballot_id"),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        _key("asked_by"),
        sa.Column("result", sa.String(32), nullable=True),
        sa.Column("settled_at", codesign.db.UtcDateTime(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_taking_back_reason")),
        sa.CheckConstraint(
            "result IS NULL OR result IN ('taken_back', 'stands', 'no_quorum', 'void', 'answered')",
            name=op.f("ck_taking_back_result"),
        ),
        sa.CheckConstraint("(result IS NULL) = (settled_at IS NULL)", name=op.f("ck_taking_back_settled_is_dated")),
        sa.CheckConstraint(
            "result <> 'taken_back' OR digest IS NOT NULL", name=op.f("ck_taking_back_taken_back_by_a_document")
        ),
        sa.ForeignKeyConstraint(["advice_id"], ["advice.id"], name=op.f("fk_taking_back_advice_id")),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name=op.f("fk_taking_back_ballot_id")),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_taking_back_asked_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taking_back")),
        sa.UniqueConstraint("ballot_id", name=op.f("uq_taking_back_ballot_id")),
    )
    op.create_index(op.f("ix_taking_back_advice_id"), "taking_back", ["advice_id"])
    op.create_table(
        "correction",
        _key("id"),
        _key("advice_id"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        _key("opened_by"),
        sa.Column("ended_at", codesign.db.UtcDateTime(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.CheckConstraint("version >= 2", name=op.f("ck_correction_version")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_correction_reason")),
        sa.CheckConstraint(
            "state IN ('writing', 'sent', 'arrived', 'dropped', 'refused')", name=op.f("ck_correction_state")
        ),
        sa.CheckConstraint(
            "(state IN ('writing', 'sent')) = (ended_at IS NULL)", name=op.f("ck_correction_ended_is_dated")
        ),
        sa.ForeignKeyConstraint(["advice_id"], ["advice.id"], name=op.f("fk_correction_advice_id")),
        sa.ForeignKeyConstraint(["opened_by"], ["person.id"], name=op.f("fk_correction_opened_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    op.create_index(op.f("ix_correction_advice_id"), "correction", ["advice_id"])


def downgrade() -> None:
    """Take it back."""
    for table in ("correction", "taking_back", "replaced_advice"):
        op.drop_table(table)
    op.execute("ALTER TABLE sent_advice DROP COLUMN version")
    op.execute("UPDATE ballot SET kind = 'adoption' WHERE kind = 'withdrawal'")
    _kinds(_NOW, _BEFORE)
