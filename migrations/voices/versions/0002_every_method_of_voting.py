"""Every method of voting: terms, translations, the second check, later deadlines, scrutineers, votes in the room."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import codesign.db

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_MOMENT = {"sqlite": "DATETIME", "postgresql": "TIMESTAMP WITH TIME ZONE"}
_METHODS = "'approval', 'yes_no', 'consent', 'score', 'ranked', 'dots', 'budget', 'shortlist'"
# Written out, because SQLite takes a constraint only together with its column. Ballots of before were prepared by one
# person and never checked by a second one: they stay as they are.
_COLUMNS = (
    ("ballot", "translations", "JSON NOT NULL DEFAULT '{}'"),
    ("ballot", "terms", f"JSON NOT NULL DEFAULT '{{}}' CONSTRAINT ck_ballot_method CHECK (method IN ({_METHODS}))"),
    ("ballot", "prepared_by_id", "BIGINT CONSTRAINT fk_ballot_prepared_by_id REFERENCES person (id)"),
    ("ballot", "checker_id", "BIGINT CONSTRAINT fk_ballot_checker_id REFERENCES person (id)"),
    ("ballot", "checked_by_id", "BIGINT CONSTRAINT fk_ballot_checked_by_id REFERENCES person (id)"),
    (
        "ballot",
        "checked_at",
        "{moment} CONSTRAINT ck_ballot_check_is_dated CHECK ((checked_by_id IS NULL) = (checked_at IS NULL))",
    ),
    ("ballot", "check_note", "VARCHAR(500) NOT NULL DEFAULT ''"),
    ("ballot", "check_language", "VARCHAR(16) NOT NULL DEFAULT ''"),
    ("ballot", "reminded_at", "{moment}"),
    ("ballot", "room_slips", "INTEGER NOT NULL DEFAULT 0 CONSTRAINT ck_ballot_room_slips CHECK (room_slips >= 0)"),
    ("ballot", "room_is_open", "BOOLEAN NOT NULL DEFAULT FALSE"),
    ("ballot_option", "cost", "INTEGER NOT NULL DEFAULT 0 CONSTRAINT ck_ballot_option_cost CHECK (cost >= 0)"),
    ("ballot_option", "translations", "JSON NOT NULL DEFAULT '{}'"),
    ("roll", "in_room", "BOOLEAN NOT NULL DEFAULT FALSE"),
)


def _key(name: str, **more: bool) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, **more)


def upgrade() -> None:
    """Make it so."""
    moment = _MOMENT[op.get_bind().dialect.name]
    for table, name, kind in _COLUMNS:
        kind = kind.replace("{moment}", moment)
        op.execute(f"ALTER TABLE {table} ADD COLUMN {name} {kind}")
    op.create_table(
        "ballot_extension",
        _key("id"),
        _key("ballot_id"),
        sa.Column("before", codesign.db.UtcDateTime(), nullable=False),
        sa.Column("until", codesign.db.UtcDateTime(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("made_at", codesign.db.UtcDateTime(), nullable=False),
        sa.CheckConstraint("until > before", name=op.f("ck_ballot_extension_later")),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name=op.f("fk_ballot_extension_ballot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_extension")),
    )
    op.create_index(op.f("ix_ballot_extension_ballot_id"), "ballot_extension", ["ballot_id"])
    op.create_table(
        "ballot_scrutineer",
        _key("ballot_id", autoincrement=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        _key("member_id"),
        sa.Column("public_key", sa.String(length=64), nullable=False),
        sa.Column("confirmed_at", codesign.db.UtcDateTime(), nullable=True),
        sa.Column("handed_in", sa.Boolean(), nullable=False),
        sa.CheckConstraint("place IN (1, 2)", name=op.f("ck_ballot_scrutineer_place")),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name=op.f("fk_ballot_scrutineer_ballot_id")),
        sa.ForeignKeyConstraint(["member_id"], ["person.id"], name=op.f("fk_ballot_scrutineer_member_id")),
        sa.PrimaryKeyConstraint("ballot_id", "place", name=op.f("pk_ballot_scrutineer")),
        sa.UniqueConstraint("ballot_id", "member_id", name=op.f("uq_ballot_scrutineer_ballot_id_member_id")),
    )
    op.create_index(op.f("ix_ballot_scrutineer_member_id"), "ballot_scrutineer", ["member_id"])
    op.create_table(
        "room_voter",
        _key("ballot_id", autoincrement=False),
        _key("member_id", autoincrement=False),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name=op.f("fk_room_voter_ballot_id")),
        sa.ForeignKeyConstraint(["member_id"], ["person.id"], name=op.f("fk_room_voter_member_id")),
        sa.PrimaryKeyConstraint("ballot_id", "member_id", name=op.f("pk_room_voter")),
    )


def downgrade() -> None:
    """Take it back."""
    for table in ("room_voter", "ballot_scrutineer", "ballot_extension"):
        op.drop_table(table)
    for table, name, _kind in reversed(_COLUMNS):
        op.execute(f"ALTER TABLE {table} DROP COLUMN {name}")
