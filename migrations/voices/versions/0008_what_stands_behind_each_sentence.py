"""What stands behind each sentence of an advice; a day for each actor; groups and moments from the directory."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_COLUMNS = (
    ("recommendation", "small_group", 60),
    ("recommendation", "moment", 300),
    ("recommendation_actor", "by_when", 120),
)
_THINGS = ("ballot_option_id", "quote_id", "proposal_id", "cited_id", "report_id", "vision_id")
_COUNTED = " + ".join(f"(CASE WHEN {name} IS NULL THEN 0 ELSE 1 END)" for name in _THINGS)
_FOREIGN = {
    "advice_id": "advice", "sentence_id": "heard_sentence", "recommendation_id": "recommendation",
    "ballot_option_id": "ballot_option", "quote_id": "quote", "proposal_id": "proposal", "cited_id": "cited_block",
}  # fmt: skip
_INDEXED = ("advice_id", "sentence_id", "recommendation_id", "ballot_option_id", "proposal_id", "cited_id")


def upgrade() -> None:
    """Make it so."""
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    for table, name, length in _COLUMNS:
        op.add_column(table, sa.Column(name, sa.String(length), nullable=False, server_default=""))
    op.create_table(
        "heard_sentence",
        sa.Column("id", key, nullable=False),
        sa.Column("advice_id", key, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["advice_id"], ["advice.id"], name=op.f("fk_heard_sentence_advice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_heard_sentence")),
    )
    op.create_index(op.f("ix_heard_sentence_advice_id"), "heard_sentence", ["advice_id"], unique=False)
    op.create_table(
        "backing",
        sa.Column("id", key, nullable=False),
        *(
            sa.Column(name, key if name in _FOREIGN else sa.BigInteger(), nullable=name != "advice_id")
            for name in ("advice_id", "sentence_id", "recommendation_id", *_THINGS)
        ),
        sa.CheckConstraint("(sentence_id IS NULL) <> (recommendation_id IS NULL)", name=op.f("ck_backing_one_target")),
        sa.CheckConstraint(f"{_COUNTED} = 1", name=op.f("ck_backing_one_thing")),
        *(
            sa.ForeignKeyConstraint([name], [f"{table}.id"], name=op.f(f"fk_backing_{name}"))
            for name, table in _FOREIGN.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backing")),
    )
    for name in _INDEXED:
        op.create_index(op.f(f"ix_backing_{name}"), "backing", [name], unique=False)


def downgrade() -> None:
    """Take it back."""
    for name in reversed(_INDEXED):
        op.drop_index(op.f(f"ix_backing_{name}"), table_name="backing")
    op.drop_table("backing")
    op.drop_index(op.f("ix_heard_sentence_advice_id"), table_name="heard_sentence")
    op.drop_table("heard_sentence")
    for table, name, _length in reversed(_COLUMNS):
        op.drop_column(table, name)
