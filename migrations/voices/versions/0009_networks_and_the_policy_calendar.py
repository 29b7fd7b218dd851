"""Networks of a place, what members suggest for them, and the policy calendar."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import codesign.db

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it so."""
    op.create_table(
        "network",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("place_code", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("does", sa.String(length=300), nullable=False),
        sa.Column("could", sa.String(length=300), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("domains", sa.JSON(), nullable=False),
        sa.Column("reach", sa.String(length=200), nullable=False),
        sa.Column("standing", sa.String(32), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("as_of", codesign.db.UtcDateTime(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(length=300), nullable=False),
        sa.CheckConstraint("ended_on IS NULL OR end_reason <> ''", name=op.f("ck_network_ended_with_a_reason")),
        sa.CheckConstraint("name <> '' AND does <> ''", name=op.f("ck_network_named")),
        sa.CheckConstraint(
            "standing IN ('informal', 'association', 'foundation', 'service')", name=op.f("ck_network_standing")
        ),
        sa.ForeignKeyConstraint(["place_code"], ["municipality.code"], name=op.f("fk_network_place_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network")),
        sa.UniqueConstraint("place_code", "code", name=op.f("uq_network_place_code_code")),
    )
    op.create_table(
        "network_suggestion",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("panel_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("does", sa.String(length=300), nullable=False),
        sa.Column("known", sa.String(length=300), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("held_for", sa.JSON(), nullable=False),
        sa.Column("form_key", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("why", sa.String(length=300), nullable=False),
        sa.Column("network_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "state <> 'declined' OR why <> ''", name=op.f("ck_network_suggestion_declined_with_a_reason")
        ),
        sa.CheckConstraint("state IN ('waiting', 'taken', 'declined')", name=op.f("ck_network_suggestion_state")),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_network_suggestion_author_id")),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_network_suggestion_network_id")),
        sa.ForeignKeyConstraint(["panel_id"], ["panel.id"], name=op.f("fk_network_suggestion_panel_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_suggestion")),
        sa.UniqueConstraint("author_id", "form_key", name=op.f("uq_network_suggestion_author_id_form_key")),
    )
    op.create_index(op.f("ix_network_suggestion_panel_id"), "network_suggestion", ["panel_id"], unique=False)
    op.create_table(
        "policy_moment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("place_code", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("advice_before", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("url", sa.String(length=300), nullable=False),
        sa.Column("as_of", codesign.db.UtcDateTime(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(length=300), nullable=False),
        sa.CheckConstraint("ended_on IS NULL OR end_reason <> ''", name=op.f("ck_policy_moment_ended_with_a_reason")),
        sa.CheckConstraint(
            "kind IN ('purchase', 'budget', 'evaluation', 'council', 'other')", name=op.f("ck_policy_moment_kind")
        ),
        sa.CheckConstraint("title <> '' AND source <> ''", name=op.f("ck_policy_moment_sourced")),
        sa.CheckConstraint(
            "advice_before IS NULL OR advice_before <= decided_on", name=op.f("ck_policy_moment_in_order")
        ),
        sa.ForeignKeyConstraint(["place_code"], ["municipality.code"], name=op.f("fk_policy_moment_place_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_moment")),
        sa.UniqueConstraint("place_code", "code", name=op.f("uq_policy_moment_place_code_code")),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("policy_moment")
    op.drop_table("network_suggestion")
    op.drop_table("network")
