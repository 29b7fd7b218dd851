"""The first tables of the record."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import codesign.db

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it so."""
    op.create_table(
        "journal",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", codesign.db.UtcDateTime(), nullable=False),
        sa.Column("by", sa.BigInteger(), nullable=True),
        sa.Column("verb", sa.String(length=64), nullable=False),
        sa.Column("what", sa.String(length=64), nullable=False),
        sa.Column("what_id", sa.String(length=80), nullable=False),
        sa.Column("chain", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
    )
    op.create_table(
        "mail",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("to", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("put_at", codesign.db.UtcDateTime(), nullable=False),
        sa.Column("sent_at", codesign.db.UtcDateTime(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
    )
    op.create_table(
        "place",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("addressee", sa.String(length=160), nullable=False),
        sa.Column("answer_weeks", sa.Integer(), nullable=False),
        sa.Column("timezone", sa.String(length=40), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("legal_basis", sa.String(length=300), nullable=False),
        sa.Column("as_of", codesign.db.UtcDateTime(), nullable=False),
        sa.Column("received_at", codesign.db.UtcDateTime(), nullable=False),
        sa.CheckConstraint("name <> '' AND addressee <> ''", name=op.f("ck_place_named")),
        sa.CheckConstraint("answer_weeks BETWEEN 1 AND 52", name=op.f("ck_place_answer_weeks")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_place")),
    )
    op.create_table(
        "document",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
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
        sa.CheckConstraint(
            "kind IN ('release', 'advice', 'summary', 'answer', 'rating')", name=op.f("ck_document_kind")
        ),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_document_digest")),
        sa.CheckConstraint("length(stored) BETWEEN 2 AND 600000", name=op.f("ck_document_size")),
        sa.ForeignKeyConstraint(["place_code"], ["place.code"], name=op.f("fk_document_place_code")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_document")),
    )
    op.create_index("ix_document_about", "document", ["about"], unique=False)
    op.create_index("ix_document_place", "document", ["place_code", "kind"], unique=False)
    op.create_table(
        "official",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("login", sa.String(length=60), nullable=False),
        sa.Column("display_name", sa.String(length=80), nullable=False),
        sa.Column("post", sa.String(length=120), nullable=False),
        sa.Column("place_code", sa.String(length=40), nullable=False),
        sa.Column("mail", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("totp_secret", sa.String(length=64), nullable=True),
        sa.Column("totp_last_step", sa.BigInteger(), nullable=True),
        sa.Column("made_at", codesign.db.UtcDateTime(), nullable=False),
        sa.Column("ended_at", codesign.db.UtcDateTime(), nullable=True),
        sa.CheckConstraint("login <> '' AND post <> ''", name=op.f("ck_official_named")),
        sa.CheckConstraint("(password_hash IS NULL) = (totp_secret IS NULL)", name=op.f("ck_official_both_factors")),
        sa.ForeignKeyConstraint(["place_code"], ["place.code"], name=op.f("fk_official_place_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_official")),
        sa.UniqueConstraint("login", name=op.f("uq_official_login")),
    )
    op.create_index(op.f("ix_official_place_code"), "official", ["place_code"], unique=False)
    op.create_table(
        "advice_status",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("place_code", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=12), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("short", sa.JSON(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("found_by", sa.Text(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("received_at", codesign.db.UtcDateTime(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("opened_at", codesign.db.UtcDateTime(), nullable=True),
        sa.Column("answered_at", codesign.db.UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "answered_at IS NULL OR answered_at >= received_at", name=op.f("ck_advice_status_answered_after_received")
        ),
        sa.CheckConstraint("due_on > sent_on", name=op.f("ck_advice_status_due_after_sent")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_advice_status_version")),
        sa.ForeignKeyConstraint(["digest"], ["document.digest"], name=op.f("fk_advice_status_digest")),
        sa.ForeignKeyConstraint(["place_code"], ["place.code"], name=op.f("fk_advice_status_place_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_advice_status")),
        sa.UniqueConstraint("digest", name=op.f("uq_advice_status_digest")),
        sa.UniqueConstraint("place_code", "number", name=op.f("uq_advice_status_place_code_number")),
    )
    op.create_index("ix_advice_status_newest", "advice_status", ["sent_on", "id"], unique=False)
    op.create_index(op.f("ix_advice_status_year"), "advice_status", ["year"], unique=False)
    op.create_table(
        "invitation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("place_code", sa.String(length=40), nullable=False),
        sa.Column("display_name", sa.String(length=80), nullable=False),
        sa.Column("post", sa.String(length=120), nullable=False),
        sa.Column("mail", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("invited_at", codesign.db.UtcDateTime(), nullable=False),
        sa.Column("expires_at", codesign.db.UtcDateTime(), nullable=False),
        sa.Column("received_at", codesign.db.UtcDateTime(), nullable=False),
        sa.Column("used_at", codesign.db.UtcDateTime(), nullable=True),
        sa.Column("official_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("(used_at IS NULL) = (official_id IS NULL)", name=op.f("ck_invitation_used_by_somebody")),
        sa.CheckConstraint("expires_at > invited_at", name=op.f("ck_invitation_expires_after_invited")),
        sa.CheckConstraint("length(token_digest) = 64", name=op.f("ck_invitation_digest")),
        sa.ForeignKeyConstraint(["official_id"], ["official.id"], name=op.f("fk_invitation_official_id")),
        sa.ForeignKeyConstraint(["place_code"], ["place.code"], name=op.f("fk_invitation_place_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_invitation_token_digest")),
    )
    op.create_table(
        "official_sign_in",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("official_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("started_at", codesign.db.UtcDateTime(), nullable=False),
        sa.Column("ends_at", codesign.db.UtcDateTime(), nullable=False),
        sa.Column("ended_at", codesign.db.UtcDateTime(), nullable=True),
        sa.CheckConstraint("ends_at > started_at", name=op.f("ck_official_sign_in_ends_after_start")),
        sa.ForeignKeyConstraint(["official_id"], ["official.id"], name=op.f("fk_official_sign_in_official_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_official_sign_in")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_official_sign_in_token_digest")),
    )
    op.create_index(op.f("ix_official_sign_in_official_id"), "official_sign_in", ["official_id"], unique=False)
    op.create_table(
        "advice_theme",
        sa.Column("advice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("domain", sa.String(length=3), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["advice_id"], ["advice_status.id"], name=op.f("fk_advice_theme_advice_id")),
        sa.PrimaryKeyConstraint("advice_id", "domain", name=op.f("pk_advice_theme")),
    )
    op.create_index(op.f("ix_advice_theme_domain"), "advice_theme", ["domain"], unique=False)
    op.create_table(
        "answer",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("advice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("advice_digest", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("what_we_heard", sa.Text(), nullable=False),
        sa.Column("ask_back", sa.Text(), nullable=False),
        sa.Column("council", sa.Text(), nullable=False),
        sa.Column("first_report_on", sa.Date(), nullable=True),
        sa.Column("started_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("started_at", codesign.db.UtcDateTime(), nullable=False),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.CheckConstraint("(state = 'delivered') = (digest IS NOT NULL)", name=op.f("ck_answer_delivered_is_frozen")),
        sa.CheckConstraint(
            "state = 'draft' OR first_report_on IS NOT NULL", name=op.f("ck_answer_delivered_with_report_day")
        ),
        sa.CheckConstraint(
            "state = 'draft' OR what_we_heard <> ''", name=op.f("ck_answer_delivered_starts_from_listening")
        ),
        sa.CheckConstraint("state IN ('draft', 'delivered')", name=op.f("ck_answer_state")),
        sa.CheckConstraint("(delivered_on IS NULL) = (digest IS NULL)", name=op.f("ck_answer_delivered_on_a_day")),
        sa.ForeignKeyConstraint(["advice_id"], ["advice_status.id"], name=op.f("fk_answer_advice_id")),
        sa.ForeignKeyConstraint(["started_by"], ["official.id"], name=op.f("fk_answer_started_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("advice_id", name=op.f("uq_answer_advice_id")),
        sa.UniqueConstraint("digest", name=op.f("uq_answer_digest")),
    )
    op.create_table(
        "answer_part",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("answer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("recommendation", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(32), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("forwarded_to", sa.String(length=500), nullable=False),
        sa.CheckConstraint(
            "decision IN ('adopted', 'partly', 'later', 'not_ours', 'not')", name=op.f("ck_answer_part_decision")
        ),
        sa.CheckConstraint("recommendation BETWEEN 1 AND 5", name=op.f("ck_answer_part_recommendation")),
        sa.ForeignKeyConstraint(["answer_id"], ["answer.id"], name=op.f("fk_answer_part_answer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_part")),
        sa.UniqueConstraint("answer_id", "recommendation", name=op.f("uq_answer_part_answer_id_recommendation")),
    )
    op.create_index(op.f("ix_answer_part_answer_id"), "answer_part", ["answer_id"], unique=False)
    op.create_table(
        "answer_summary",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("answer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["answer_id"], ["answer.id"], name=op.f("fk_answer_summary_answer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_summary")),
        sa.UniqueConstraint("answer_id", "language", name=op.f("uq_answer_summary_answer_id_language")),
    )
    op.create_table(
        "answer_version",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("answer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("piece", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("saved_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("saved_at", codesign.db.UtcDateTime(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_answer_version_number")),
        sa.ForeignKeyConstraint(["answer_id"], ["answer.id"], name=op.f("fk_answer_version_answer_id")),
        sa.ForeignKeyConstraint(["saved_by"], ["official.id"], name=op.f("fk_answer_version_saved_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_version")),
        sa.UniqueConstraint("answer_id", "piece", "number", name=op.f("uq_answer_version_answer_id_piece_number")),
    )
    op.create_table(
        "promise",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("part_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(length=500), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("money", sa.String(length=500), nullable=False),
        sa.Column("by", sa.Date(), nullable=True),
        sa.Column("first_step", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["part_id"], ["answer_part.id"], name=op.f("fk_promise_part_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise")),
        sa.UniqueConstraint("part_id", "position", name=op.f("uq_promise_part_id_position")),
    )
    op.create_index("ix_promise_by", "promise", ["by", "id"], unique=False)


def downgrade() -> None:
    """Take it back."""
    op.drop_index("ix_promise_by", table_name="promise")
    op.drop_table("promise")
    op.drop_table("answer_version")
    op.drop_table("answer_summary")
    op.drop_index(op.f("ix_answer_part_answer_id"), table_name="answer_part")
    op.drop_table("answer_part")
    op.drop_table("answer")
    op.drop_index(op.f("ix_advice_theme_domain"), table_name="advice_theme")
    op.drop_table("advice_theme")
    op.drop_index(op.f("ix_official_sign_in_official_id"), table_name="official_sign_in")
    op.drop_table("official_sign_in")
    op.drop_table("invitation")
    op.drop_index(op.f("ix_advice_status_year"), table_name="advice_status")
    op.drop_index("ix_advice_status_newest", table_name="advice_status")
    op.drop_table("advice_status")
    op.drop_index(op.f("ix_official_place_code"), table_name="official")
    op.drop_table("official")
    op.drop_index("ix_document_place", table_name="document")
    op.drop_index("ix_document_about", table_name="document")
    op.drop_table("document")
    op.drop_table("place")
    op.drop_table("mail")
    op.drop_table("journal")
