"""The first tables of the voices."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import codesign.db
from codesign.db_search import create_search, drop_search

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it so."""
    op.create_table(
        "advice_number",
        sa.Column("place_code", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("place_code", "year", name=op.f("pk_advice_number")),
    )
    op.create_table(
        "due_job",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("what_id", sa.Integer(), nullable=False),
        sa.Column("due_at", codesign.db.UtcDateTime(), nullable=False),
        sa.Column("done_at", codesign.db.UtcDateTime(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_due_job")),
        sa.UniqueConstraint("kind", "what_id", name=op.f("uq_due_job_kind_what_id")),
    )
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
        "municipality",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("addressee", sa.String(length=160), nullable=False),
        sa.Column("answer_weeks", sa.Integer(), nullable=False),
        sa.Column("timezone", sa.String(length=40), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("legal_basis", sa.String(length=300), nullable=False),
        sa.Column("made_at", codesign.db.UtcDateTime(), nullable=False),
        sa.CheckConstraint("answer_weeks BETWEEN 1 AND 52", name=op.f("ck_municipality_answer_weeks")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_municipality")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("put_at", codesign.db.UtcDateTime(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try_at", codesign.db.UtcDateTime(), nullable=False),
        sa.Column("delivered_at", codesign.db.UtcDateTime(), nullable=True),
        sa.Column("problem", sa.String(length=500), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'delivered', 'refused')", name=op.f("ck_outbox_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("kind", "digest", name=op.f("uq_outbox_kind_digest")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("avatar", sa.String(length=40), nullable=False),
        sa.Column("pseudonym", sa.String(length=60), nullable=True),
        sa.Column("pseudonym_folded", sa.String(length=60), nullable=True),
        sa.Column("pin_hash", sa.String(length=200), nullable=True),
        sa.Column("login", sa.String(length=60), nullable=True),
        sa.Column("display_name", sa.String(length=80), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("totp_secret", sa.String(length=64), nullable=True),
        sa.Column("totp_last_step", sa.BigInteger(), nullable=True),
        sa.Column("is_host", sa.Boolean(), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.Column("erased_at", codesign.db.UtcDateTime(), nullable=True),
        sa.CheckConstraint("NOT is_host OR kind = 'staff'", name=op.f("ck_person_host_is_staff")),
        sa.CheckConstraint("kind = 'member' OR pin_hash IS NULL", name=op.f("ck_person_staff_by_login")),
        sa.CheckConstraint(
            "kind = 'staff' OR (login IS NULL AND password_hash IS NULL)", name=op.f("ck_person_member_by_card")
        ),
        sa.CheckConstraint("kind IN ('member', 'staff')", name=op.f("ck_person_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("login", name=op.f("uq_person_login")),
        sa.UniqueConstraint("pseudonym_folded", name=op.f("uq_person_pseudonym_folded")),
    )
    op.create_table(
        "card",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(length=5), nullable=False),
        sa.Column("secret_hash", sa.String(length=200), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("made_at", codesign.db.UtcDateTime(), nullable=False),
        sa.Column("ended_at", codesign.db.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_card_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card")),
        sa.UniqueConstraint("number", name=op.f("uq_card_number")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_card_token_digest")),
    )
    op.create_index(op.f("ix_card_person_id"), "card", ["person_id"], unique=False)
    op.create_index(
        "uq_card_one_open",
        "card",
        ["person_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "consent",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.String(length=16), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("agreed_at", codesign.db.UtcDateTime(), nullable=False),
        sa.Column("withdrawn_at", codesign.db.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_consent_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(op.f("ix_consent_person_id"), "consent", ["person_id"], unique=False)
    op.create_table(
        "panel",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("municipality_code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("made_at", codesign.db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["municipality_code"], ["municipality.code"], name=op.f("fk_panel_municipality_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel")),
    )
    op.create_index(op.f("ix_panel_municipality_code"), "panel", ["municipality_code"], unique=False)
    op.create_table(
        "reissue",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("asked_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("asked_at", codesign.db.UtcDateTime(), nullable=False),
        sa.Column("confirmed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("ended_at", codesign.db.UtcDateTime(), nullable=True),
        sa.CheckConstraint("confirmed_by IS NULL OR confirmed_by <> asked_by", name=op.f("ck_reissue_two_people")),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_reissue_asked_by")),
        sa.ForeignKeyConstraint(["confirmed_by"], ["person.id"], name=op.f("fk_reissue_confirmed_by")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reissue_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reissue")),
    )
    op.create_index(op.f("ix_reissue_person_id"), "reissue", ["person_id"], unique=False)
    op.create_index(
        "uq_reissue_one_open",
        "reissue",
        ["person_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "setup_link",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("until", codesign.db.UtcDateTime(), nullable=False),
        sa.Column("used_at", codesign.db.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_setup_link_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setup_link")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_setup_link_token_digest")),
    )
    op.create_index(op.f("ix_setup_link_person_id"), "setup_link", ["person_id"], unique=False)
    op.create_table(
        "sign_in",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("started_at", codesign.db.UtcDateTime(), nullable=False),
        sa.Column("ends_at", codesign.db.UtcDateTime(), nullable=False),
        sa.Column("ended_at", codesign.db.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sign_in_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_sign_in_token_digest")),
    )
    op.create_index(op.f("ix_sign_in_person_id"), "sign_in", ["person_id"], unique=False)
    op.create_table(
        "membership",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("panel_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("joined_at", codesign.db.UtcDateTime(), nullable=False),
        sa.Column("left_at", codesign.db.UtcDateTime(), nullable=True),
        sa.Column("ties_declared_at", codesign.db.UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "role IN ('newcomer', 'resident', 'professional', 'moderator')", name=op.f("ck_membership_role")
        ),
        sa.CheckConstraint(
            "ties_declared_at IS NULL OR role = 'moderator'", name=op.f("ck_membership_ties_of_moderators")
        ),
        sa.ForeignKeyConstraint(["panel_id"], ["panel.id"], name=op.f("fk_membership_panel_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_membership_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint("panel_id", "person_id", name=op.f("uq_membership_panel_id_person_id")),
    )
    op.create_index(op.f("ix_membership_person_id"), "membership", ["person_id"], unique=False)
    op.create_table(
        "round",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("panel_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("question", sa.String(length=300), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("asked", sa.Boolean(), nullable=False),
        sa.Column("asked_by", sa.String(length=160), nullable=False),
        sa.Column("level", sa.String(32), nullable=True),
        sa.Column("fixed_text", sa.Text(), nullable=False),
        sa.Column("phase", sa.String(32), nullable=False),
        sa.Column("residents_vote", sa.Boolean(), nullable=False),
        sa.Column("quorum", sa.Integer(), nullable=False),
        sa.Column("majority", sa.Integer(), nullable=False),
        sa.Column("template", sa.String(32), nullable=False),
        sa.Column("started_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("created_at", codesign.db.UtcDateTime(), nullable=False),
        sa.Column("opened_at", codesign.db.UtcDateTime(), nullable=True),
        sa.Column("phase_since", codesign.db.UtcDateTime(), nullable=True),
        sa.Column("adopted_at", codesign.db.UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "phase = 'draft' OR (level IS NOT NULL AND fixed_text <> '')", name=op.f("ck_round_declared_first")
        ),
        sa.CheckConstraint("majority BETWEEN 50 AND 100", name=op.f("ck_round_majority")),
        sa.CheckConstraint("quorum BETWEEN 1 AND 100", name=op.f("ck_round_quorum")),
        sa.ForeignKeyConstraint(["panel_id"], ["panel.id"], name=op.f("fk_round_panel_id")),
        sa.ForeignKeyConstraint(["started_by"], ["person.id"], name=op.f("fk_round_started_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
    )
    op.create_index(op.f("ix_round_panel_id"), "round", ["panel_id"], unique=False)
    op.create_table(
        "ballot",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("twin_of_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("category", sa.String(32), nullable=False),
        sa.Column("method", sa.String(32), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("question", sa.String(length=300), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("max_choices", sa.Integer(), nullable=False),
        sa.Column("with_none", sa.Boolean(), nullable=False),
        sa.Column("quorum", sa.Integer(), nullable=False),
        sa.Column("majority", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=160), nullable=False),
        sa.Column("deadline", codesign.db.UtcDateTime(), nullable=False),
        sa.Column("electorate", sa.Integer(), nullable=True),
        sa.Column("key_name", sa.String(length=60), nullable=True),
        sa.Column("opening", sa.LargeBinary(), nullable=True),
        sa.Column("opening_digest", sa.String(length=64), nullable=True),
        sa.Column("opened_at", codesign.db.UtcDateTime(), nullable=True),
        sa.Column("closed", sa.LargeBinary(), nullable=True),
        sa.Column("closed_digest", sa.String(length=64), nullable=True),
        sa.Column("closed_at", codesign.db.UtcDateTime(), nullable=True),
        sa.Column("chain", sa.Integer(), nullable=True),
        sa.Column("release_digest", sa.String(length=64), nullable=True),
        sa.Column("swept_at", codesign.db.UtcDateTime(), nullable=True),
        sa.Column("void_reason", sa.String(length=500), nullable=False),
        sa.Column("void_language", sa.String(length=16), nullable=False),
        sa.Column("made_at", codesign.db.UtcDateTime(), nullable=False),
        sa.CheckConstraint("(state = 'void') = (void_reason <> '')", name=op.f("ck_ballot_void_has_a_reason")),
        sa.CheckConstraint(
            "(state IN ('closed', 'swept')) = (closed IS NOT NULL AND closed_digest IS NOT NULL AND chain IS NOT NULL AND closed_at IS NOT NULL)",
            name=op.f("ck_ballot_closed_is_counted"),
        ),
        sa.CheckConstraint("category IN ('newcomers', 'residents')", name=op.f("ck_ballot_category")),
        sa.CheckConstraint(
            "kind = 'vote' OR category = 'newcomers'", name=op.f("ck_ballot_residents_vote_on_ideas_only")
        ),
        sa.CheckConstraint("kind IN ('vote', 'adoption', 'rating')", name=op.f("ck_ballot_kind")),
        sa.CheckConstraint("state <> 'swept' OR swept_at IS NOT NULL", name=op.f("ck_ballot_swept_is_dated")),
        sa.CheckConstraint("state IN ('prepared', 'open', 'closed', 'swept', 'void')", name=op.f("ck_ballot_state")),
        sa.CheckConstraint(
            "state IN ('prepared', 'void') OR (opening IS NOT NULL AND opening_digest IS NOT NULL AND key_name IS NOT NULL AND electorate IS NOT NULL AND opened_at IS NOT NULL)",
            name=op.f("ck_ballot_opening_is_frozen"),
        ),
        sa.CheckConstraint("majority BETWEEN 50 AND 100", name=op.f("ck_ballot_majority")),
        sa.CheckConstraint("max_choices BETWEEN 1 AND 20", name=op.f("ck_ballot_max_choices")),
        sa.CheckConstraint("quorum BETWEEN 1 AND 100", name=op.f("ck_ballot_quorum")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_ballot_round_id")),
        sa.ForeignKeyConstraint(["twin_of_id"], ["ballot.id"], name=op.f("fk_ballot_twin_of_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot")),
        sa.UniqueConstraint("round_id", "chain", name=op.f("uq_ballot_round_id_chain")),
        sa.UniqueConstraint("twin_of_id", name=op.f("uq_ballot_twin_of_id")),
    )
    op.create_index(op.f("ix_ballot_round_id"), "ballot", ["round_id"], unique=False)
    op.create_table(
        "gathering",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("starts", sa.String(length=5), nullable=False),
        sa.Column("ends", sa.String(length=5), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("link", sa.String(length=300), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("text_language", sa.String(length=16), nullable=False),
        sa.CheckConstraint("place <> '' OR link <> ''", name=op.f("ck_gathering_somewhere")),
        sa.CheckConstraint("headcount IS NULL OR headcount BETWEEN 0 AND 500", name=op.f("ck_gathering_headcount")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_gathering_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gathering")),
    )
    op.create_index(op.f("ix_gathering_round_id"), "gathering", ["round_id"], unique=False)
    op.create_table(
        "phase_change",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("before", sa.String(32), nullable=False),
        sa.Column("after", sa.String(32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", codesign.db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_phase_change_by")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_phase_change_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phase_change")),
    )
    op.create_index(op.f("ix_phase_change_round_id"), "phase_change", ["round_id"], unique=False)
    op.create_table(
        "round_step",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("phase", sa.String(32), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_round_step_in_order")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_round_step_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_step")),
        sa.UniqueConstraint("round_id", "phase", name=op.f("uq_round_step_round_id_phase")),
    )
    op.create_table(
        "telling",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("held_for", sa.JSON(), nullable=False),
        sa.Column("form_key", sa.String(length=36), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.CheckConstraint("state = 'erased' OR body <> ''", name=op.f("ck_telling_words")),
        sa.CheckConstraint(
            "state IN ('held', 'published', 'hidden', 'taken_back', 'erased')", name=op.f("ck_telling_state")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_telling_author_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_telling_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_telling")),
        sa.UniqueConstraint("author_id", "form_key", name=op.f("uq_telling_author_id_form_key")),
    )
    op.create_index(op.f("ix_telling_round_id"), "telling", ["round_id"], unique=False)
    op.create_table(
        "ties",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("membership_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("none", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("declared_at", codesign.db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["membership_id"], ["membership.id"], name=op.f("fk_ties_membership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ties")),
    )
    op.create_index(op.f("ix_ties_membership_id"), "ties", ["membership_id"], unique=False)
    op.create_table(
        "topic_join",
        sa.Column("round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_topic_join_person_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_topic_join_round_id")),
        sa.PrimaryKeyConstraint("round_id", "person_id", name=op.f("pk_topic_join")),
    )
    op.create_index(op.f("ix_topic_join_person_id"), "topic_join", ["person_id"], unique=False)
    op.create_table(
        "advice",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("panel_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("place_code", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("serial", sa.Integer(), nullable=True),
        sa.Column("started_at", codesign.db.UtcDateTime(), nullable=False),
        sa.Column("given_at", codesign.db.UtcDateTime(), nullable=True),
        sa.Column("adopted_at", codesign.db.UtcDateTime(), nullable=True),
        sa.Column("adopted_ballot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("rating_ballot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'to_panel', 'withdrawn') OR adopted_ballot_id IS NOT NULL",
            name=op.f("ck_advice_adopted_by_a_ballot"),
        ),
        sa.CheckConstraint("(year IS NULL) = (serial IS NULL)", name=op.f("ck_advice_number_whole")),
        sa.ForeignKeyConstraint(["adopted_ballot_id"], ["ballot.id"], name=op.f("fk_advice_adopted_ballot_id")),
        sa.ForeignKeyConstraint(["panel_id"], ["panel.id"], name=op.f("fk_advice_panel_id")),
        sa.ForeignKeyConstraint(["rating_ballot_id"], ["ballot.id"], name=op.f("fk_advice_rating_ballot_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_advice_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_advice")),
        sa.UniqueConstraint("place_code", "year", "serial", name=op.f("uq_advice_place_code_year_serial")),
        sa.UniqueConstraint("round_id", name=op.f("uq_advice_round_id")),
    )
    op.create_index(op.f("ix_advice_panel_id"), "advice", ["panel_id"], unique=False)
    op.create_table(
        "attendance",
        sa.Column("gathering_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("coming", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["gathering_id"], ["gathering.id"], name=op.f("fk_attendance_gathering_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_attendance_person_id")),
        sa.PrimaryKeyConstraint("gathering_id", "person_id", name=op.f("pk_attendance")),
    )
    op.create_index(op.f("ix_attendance_person_id"), "attendance", ["person_id"], unique=False)
    op.create_table(
        "proposal",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("themes", sa.String(length=11), nullable=False),
        sa.Column("picture", sa.JSON(), nullable=False),
        sa.Column("framework", sa.String(length=20), nullable=False),
        sa.Column("gathering_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("merged_into_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("support_count", sa.Integer(), nullable=False),
        sa.Column("reply_count", sa.Integer(), nullable=False),
        sa.Column("held_for", sa.JSON(), nullable=False),
        sa.Column("form_key", sa.String(length=36), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "state <> 'merged' OR merged_into_id IS NOT NULL", name=op.f("ck_proposal_merged_into_another")
        ),
        sa.CheckConstraint("state IN ('draft', 'erased') OR themes <> ''", name=op.f("ck_proposal_has_a_theme")),
        sa.CheckConstraint("state IN ('draft', 'erased') OR title <> ''", name=op.f("ck_proposal_has_words")),
        sa.CheckConstraint(
            "state IN ('draft', 'held', 'published', 'hidden', 'taken_back', 'merged', 'erased')",
            name=op.f("ck_proposal_state"),
        ),
        sa.CheckConstraint("merged_into_id IS NULL OR merged_into_id <> id", name=op.f("ck_proposal_not_into_itself")),
        sa.CheckConstraint("support_count >= 0 AND reply_count >= 0", name=op.f("ck_proposal_counts")),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_proposal_author_id")),
        sa.ForeignKeyConstraint(["gathering_id"], ["gathering.id"], name=op.f("fk_proposal_gathering_id")),
        sa.ForeignKeyConstraint(["merged_into_id"], ["proposal.id"], name=op.f("fk_proposal_merged_into_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_proposal_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("author_id", "form_key", name=op.f("uq_proposal_author_id_form_key")),
    )
    op.create_index(op.f("ix_proposal_merged_into_id"), "proposal", ["merged_into_id"], unique=False)
    op.create_index("ix_proposal_round_state", "proposal", ["round_id", "state"], unique=False)
    op.create_table(
        "roll",
        sa.Column(
            "ballot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column(
            "member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("voted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name=op.f("fk_roll_ballot_id")),
        sa.ForeignKeyConstraint(["member_id"], ["person.id"], name=op.f("fk_roll_member_id")),
        sa.PrimaryKeyConstraint("ballot_id", "member_id", name=op.f("pk_roll")),
        postgresql_partition_by="LIST (ballot_id)",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "slip",
        sa.Column(
            "ballot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("code_key", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(code_key) = 32", name=op.f("ck_slip_code_key")),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name=op.f("fk_slip_ballot_id")),
        sa.PrimaryKeyConstraint("ballot_id", "code_key", name=op.f("pk_slip")),
        postgresql_partition_by="LIST (ballot_id)",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "advice_text",
        sa.Column("advice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("saved_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["advice_id"], ["advice.id"], name=op.f("fk_advice_text_advice_id")),
        sa.ForeignKeyConstraint(["saved_by"], ["person.id"], name=op.f("fk_advice_text_saved_by")),
        sa.PrimaryKeyConstraint("advice_id", "key", "language", name=op.f("pk_advice_text")),
    )
    op.create_table(
        "ballot_option",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ballot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("meaning", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("domain", sa.String(length=3), nullable=False),
        sa.Column("icons", sa.JSON(), nullable=False),
        sa.Column("proposal_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name=op.f("fk_ballot_option_ballot_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_ballot_option_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_option")),
        sa.UniqueConstraint("ballot_id", "key", name=op.f("uq_ballot_option_ballot_id_key")),
        sa.UniqueConstraint("ballot_id", "place", name=op.f("uq_ballot_option_ballot_id_place")),
        sa.UniqueConstraint("ballot_id", "proposal_id", name=op.f("uq_ballot_option_ballot_id_proposal_id")),
    )
    op.create_index(op.f("ix_ballot_option_proposal_id"), "ballot_option", ["proposal_id"], unique=False)
    op.create_table(
        "cited_block",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("advice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("source_date", sa.Date(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("definition", sa.String(length=500), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.CheckConstraint(
            "kind <> 'figure' OR (source <> '' AND source_date IS NOT NULL AND definition <> '')",
            name=op.f("ck_cited_block_figure_sourced"),
        ),
        sa.ForeignKeyConstraint(["advice_id"], ["advice.id"], name=op.f("fk_cited_block_advice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cited_block")),
    )
    op.create_index(op.f("ix_cited_block_advice_id"), "cited_block", ["advice_id"], unique=False)
    op.create_table(
        "contribution",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("proposal_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("parent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("author_role", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("held_for", sa.JSON(), nullable=False),
        sa.Column("support_count", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.String(length=36), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=True),
        sa.CheckConstraint("kind IN ('for', 'against', 'question', 'experience')", name=op.f("ck_contribution_kind")),
        sa.CheckConstraint("state = 'erased' OR body <> ''", name=op.f("ck_contribution_words")),
        sa.CheckConstraint(
            "state IN ('held', 'published', 'hidden', 'taken_back', 'erased')", name=op.f("ck_contribution_state")
        ),
        sa.CheckConstraint("parent_id IS NULL OR parent_id <> id", name=op.f("ck_contribution_not_under_itself")),
        sa.CheckConstraint("support_count >= 0", name=op.f("ck_contribution_counts")),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_contribution_author_id")),
        sa.ForeignKeyConstraint(
            ["parent_id", "proposal_id"],
            ["contribution.id", "contribution.proposal_id"],
            name=op.f("fk_contribution_parent_id_proposal_id"),
        ),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_contribution_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution")),
        sa.UniqueConstraint("author_id", "form_key", name=op.f("uq_contribution_author_id_form_key")),
        sa.UniqueConstraint("id", "proposal_id", name=op.f("uq_contribution_id_proposal_id")),
    )
    op.create_index("ix_contribution_thread", "contribution", ["proposal_id", "parent_id", "state"], unique=False)
    op.create_table(
        "left_out",
        sa.Column("proposal_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("said_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_left_out_reason")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_left_out_proposal_id")),
        sa.ForeignKeyConstraint(["said_by"], ["person.id"], name=op.f("fk_left_out_said_by")),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_left_out")),
    )
    op.create_table(
        "proposal_domain",
        sa.Column("proposal_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=3), nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_proposal_domain_proposal_id")),
        sa.PrimaryKeyConstraint("proposal_id", "code", name=op.f("pk_proposal_domain")),
    )
    op.create_index(op.f("ix_proposal_domain_code"), "proposal_domain", ["code"], unique=False)
    op.create_table(
        "proposal_indicator",
        sa.Column("proposal_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_proposal_indicator_proposal_id")),
        sa.PrimaryKeyConstraint("proposal_id", "code", name=op.f("pk_proposal_indicator")),
    )
    op.create_table(
        "proposal_version",
        sa.Column("proposal_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("themes", sa.String(length=11), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("by_moderator", sa.Boolean(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_proposal_version_proposal_id")),
        sa.PrimaryKeyConstraint("proposal_id", "number", name=op.f("pk_proposal_version")),
    )
    op.create_table(
        "proposed_edit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("proposal_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("why", sa.String(length=500), nullable=False),
        sa.Column("why_language", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "state IN ('open', 'accepted', 'declined', 'overtaken')", name=op.f("ck_proposed_edit_state")
        ),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_proposed_edit_by")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_proposed_edit_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposed_edit")),
    )
    op.create_index(op.f("ix_proposed_edit_proposal_id"), "proposed_edit", ["proposal_id"], unique=False)
    op.create_index(
        "uq_proposed_edit_one_open",
        "proposed_edit",
        ["proposal_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "ratification",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("advice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ballot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("result", sa.String(32), nullable=True),
        sa.Column("settled_at", codesign.db.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["advice_id"], ["advice.id"], name=op.f("fk_ratification_advice_id")),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name=op.f("fk_ratification_ballot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ratification")),
        sa.UniqueConstraint("ballot_id", name=op.f("uq_ratification_ballot_id")),
    )
    op.create_index(op.f("ix_ratification_advice_id"), "ratification", ["advice_id"], unique=False)
    op.create_table(
        "recommendation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("advice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("by_when", sa.String(length=120), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("cost_class", sa.Integer(), nullable=True),
        sa.Column("notice", sa.String(length=300), nullable=False),
        sa.Column("small_initiative", sa.String(length=200), nullable=False),
        sa.Column("none_because", sa.String(length=500), nullable=False),
        sa.Column("activity", sa.String(length=200), nullable=False),
        sa.Column("change", sa.String(length=200), nullable=False),
        sa.Column("domain", sa.String(length=3), nullable=False),
        sa.Column("indicator", sa.String(length=8), nullable=False),
        sa.Column("experience", sa.String(length=8), nullable=False),
        sa.Column("assumptions", sa.String(length=500), nullable=False),
        sa.Column("risks", sa.String(length=500), nullable=False),
        sa.CheckConstraint("cost_class BETWEEN 1 AND 4", name=op.f("ck_recommendation_cost_class")),
        sa.CheckConstraint("position BETWEEN 0 AND 5", name=op.f("ck_recommendation_at_most_five")),
        sa.ForeignKeyConstraint(["advice_id"], ["advice.id"], name=op.f("fk_recommendation_advice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation")),
        sa.UniqueConstraint("advice_id", "position", name=op.f("uq_recommendation_advice_id_position")),
    )
    op.create_table(
        "sent_advice",
        sa.Column("advice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("sent_at", codesign.db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["advice_id"], ["advice.id"], name=op.f("fk_sent_advice_advice_id")),
        sa.PrimaryKeyConstraint("advice_id", name=op.f("pk_sent_advice")),
        sa.UniqueConstraint("digest", name=op.f("uq_sent_advice_digest")),
    )
    op.create_table(
        "support",
        sa.Column("proposal_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_support_person_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_support_proposal_id")),
        sa.PrimaryKeyConstraint("proposal_id", "person_id", name=op.f("pk_support")),
    )
    op.create_index(op.f("ix_support_person_id"), "support", ["person_id"], unique=False)
    op.create_table(
        "decision",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("proposal_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("contribution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("telling_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("outcome", sa.String(32), nullable=False),
        sa.Column("why", sa.String(length=500), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("appeal", sa.String(length=1000), nullable=False),
        sa.Column("appeal_language", sa.String(length=16), nullable=False),
        sa.Column("appealed_on", sa.Date(), nullable=True),
        sa.Column("appeal_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("appeal_outcome", sa.String(32), nullable=True),
        sa.Column("appeal_why", sa.String(length=500), nullable=False),
        sa.Column("appeal_why_language", sa.String(length=16), nullable=False),
        sa.CheckConstraint(
            "appeal_outcome IS NULL OR (appeal_by IS NOT NULL AND appeal_why <> '')",
            name=op.f("ck_decision_appeal_whole"),
        ),
        sa.CheckConstraint("outcome <> 'hide' OR why <> ''", name=op.f("ck_decision_says_why")),
        sa.CheckConstraint(
            "(CASE WHEN proposal_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN contribution_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN telling_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_decision_one_thing"),
        ),
        sa.CheckConstraint("appeal_by IS NULL OR appeal_by <> by", name=op.f("ck_decision_another_moderator")),
        sa.ForeignKeyConstraint(["appeal_by"], ["person.id"], name=op.f("fk_decision_appeal_by")),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_decision_author_id")),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_decision_by")),
        sa.ForeignKeyConstraint(["contribution_id"], ["contribution.id"], name=op.f("fk_decision_contribution_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_decision_proposal_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_decision_round_id")),
        sa.ForeignKeyConstraint(["telling_id"], ["telling.id"], name=op.f("fk_decision_telling_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    op.create_index(op.f("ix_decision_author_id"), "decision", ["author_id"], unique=False)
    op.create_index(op.f("ix_decision_contribution_id"), "decision", ["contribution_id"], unique=False)
    op.create_index(op.f("ix_decision_proposal_id"), "decision", ["proposal_id"], unique=False)
    op.create_index(op.f("ix_decision_round_id"), "decision", ["round_id"], unique=False)
    op.create_index(op.f("ix_decision_telling_id"), "decision", ["telling_id"], unique=False)
    op.create_table(
        "quote",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("maker_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("proposal_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("contribution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("sentence", sa.String(length=500), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("translation", sa.String(length=500), nullable=False),
        sa.Column("translation_language", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.CheckConstraint("state IN ('asked', 'released', 'kept')", name=op.f("ck_quote_state")),
        sa.CheckConstraint("(proposal_id IS NULL) <> (contribution_id IS NULL)", name=op.f("ck_quote_one_source")),
        sa.ForeignKeyConstraint(["contribution_id"], ["contribution.id"], name=op.f("fk_quote_contribution_id")),
        sa.ForeignKeyConstraint(["maker_id"], ["person.id"], name=op.f("fk_quote_maker_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_quote_proposal_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_quote_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quote")),
    )
    op.create_index(op.f("ix_quote_maker_id"), "quote", ["maker_id"], unique=False)
    op.create_index(op.f("ix_quote_round_id"), "quote", ["round_id"], unique=False)
    op.create_table(
        "recommendation_actor",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("recommendation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("part", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendation.id"], name=op.f("fk_recommendation_actor_recommendation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation_actor")),
        sa.UniqueConstraint(
            "recommendation_id", "position", name=op.f("uq_recommendation_actor_recommendation_id_position")
        ),
    )
    op.create_table(
        "reply_support",
        sa.Column("contribution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_reply_support_contribution_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reply_support_person_id")),
        sa.PrimaryKeyConstraint("contribution_id", "person_id", name=op.f("pk_reply_support")),
    )
    op.create_index(op.f("ix_reply_support_person_id"), "reply_support", ["person_id"], unique=False)
    op.create_table(
        "report",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("proposal_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("contribution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("telling_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("why", sa.String(length=500), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(CASE WHEN proposal_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN contribution_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN telling_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_report_one_thing"),
        ),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_report_by")),
        sa.ForeignKeyConstraint(["contribution_id"], ["contribution.id"], name=op.f("fk_report_contribution_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_report_proposal_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_report_round_id")),
        sa.ForeignKeyConstraint(["telling_id"], ["telling.id"], name=op.f("fk_report_telling_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("by", "contribution_id", name="uq_report_by_contribution"),
        sa.UniqueConstraint("by", "proposal_id", name="uq_report_by_proposal"),
        sa.UniqueConstraint("by", "telling_id", name="uq_report_by_telling"),
    )
    op.create_index(op.f("ix_report_contribution_id"), "report", ["contribution_id"], unique=False)
    op.create_index(op.f("ix_report_proposal_id"), "report", ["proposal_id"], unique=False)
    op.create_index(op.f("ix_report_round_id"), "report", ["round_id"], unique=False)
    op.create_index(op.f("ix_report_telling_id"), "report", ["telling_id"], unique=False)
    op.create_table(
        "evidence_link",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("advice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("recommendation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("ballot_option_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("proposal_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("quote_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "(ballot_option_id IS NOT NULL AND quote_id IS NULL AND proposal_id IS NULL) OR (ballot_option_id IS NULL AND quote_id IS NOT NULL AND proposal_id IS NULL) OR (ballot_option_id IS NULL AND quote_id IS NULL AND proposal_id IS NOT NULL)",
            name=op.f("ck_evidence_link_one_thing"),
        ),
        sa.ForeignKeyConstraint(["advice_id"], ["advice.id"], name=op.f("fk_evidence_link_advice_id")),
        sa.ForeignKeyConstraint(
            ["ballot_option_id"], ["ballot_option.id"], name=op.f("fk_evidence_link_ballot_option_id")
        ),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_evidence_link_proposal_id")),
        sa.ForeignKeyConstraint(["quote_id"], ["quote.id"], name=op.f("fk_evidence_link_quote_id")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendation.id"], name=op.f("fk_evidence_link_recommendation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_link")),
    )
    op.create_index(op.f("ix_evidence_link_advice_id"), "evidence_link", ["advice_id"], unique=False)
    op.create_index(op.f("ix_evidence_link_ballot_option_id"), "evidence_link", ["ballot_option_id"], unique=False)
    op.create_index(op.f("ix_evidence_link_proposal_id"), "evidence_link", ["proposal_id"], unique=False)
    op.create_index(op.f("ix_evidence_link_recommendation_id"), "evidence_link", ["recommendation_id"], unique=False)
    create_search(op.get_bind())


def downgrade() -> None:
    """Take it back."""
    drop_search(op.get_bind())
    op.drop_index(op.f("ix_evidence_link_recommendation_id"), table_name="evidence_link")
    op.drop_index(op.f("ix_evidence_link_proposal_id"), table_name="evidence_link")
    op.drop_index(op.f("ix_evidence_link_ballot_option_id"), table_name="evidence_link")
    op.drop_index(op.f("ix_evidence_link_advice_id"), table_name="evidence_link")
    op.drop_table("evidence_link")
    op.drop_index(op.f("ix_report_telling_id"), table_name="report")
    op.drop_index(op.f("ix_report_round_id"), table_name="report")
    op.drop_index(op.f("ix_report_proposal_id"), table_name="report")
    op.drop_index(op.f("ix_report_contribution_id"), table_name="report")
    op.drop_table("report")
    op.drop_index(op.f("ix_reply_support_person_id"), table_name="reply_support")
    op.drop_table("reply_support")
    op.drop_table("recommendation_actor")
    op.drop_index(op.f("ix_quote_round_id"), table_name="quote")
    op.drop_index(op.f("ix_quote_maker_id"), table_name="quote")
    op.drop_table("quote")
    op.drop_index(op.f("ix_decision_telling_id"), table_name="decision")
    op.drop_index(op.f("ix_decision_round_id"), table_name="decision")
    op.drop_index(op.f("ix_decision_proposal_id"), table_name="decision")
    op.drop_index(op.f("ix_decision_contribution_id"), table_name="decision")
    op.drop_index(op.f("ix_decision_author_id"), table_name="decision")
    op.drop_table("decision")
    op.drop_index(op.f("ix_support_person_id"), table_name="support")
    op.drop_table("support")
    op.drop_table("sent_advice")
    op.drop_table("recommendation")
    op.drop_index(op.f("ix_ratification_advice_id"), table_name="ratification")
    op.drop_table("ratification")
    op.drop_index(
        "uq_proposed_edit_one_open",
        table_name="proposed_edit",
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.drop_index(op.f("ix_proposed_edit_proposal_id"), table_name="proposed_edit")
    op.drop_table("proposed_edit")
    op.drop_table("proposal_version")
    op.drop_table("proposal_indicator")
    op.drop_index(op.f("ix_proposal_domain_code"), table_name="proposal_domain")
    op.drop_table("proposal_domain")
    op.drop_table("left_out")
    op.drop_index("ix_contribution_thread", table_name="contribution")
    op.drop_table("contribution")
    op.drop_index(op.f("ix_cited_block_advice_id"), table_name="cited_block")
    op.drop_table("cited_block")
    op.drop_index(op.f("ix_ballot_option_proposal_id"), table_name="ballot_option")
    op.drop_table("ballot_option")
    op.drop_table("advice_text")
    op.drop_table("slip")
    op.drop_table("roll")
    op.drop_index("ix_proposal_round_state", table_name="proposal")
    op.drop_index(op.f("ix_proposal_merged_into_id"), table_name="proposal")
    op.drop_table("proposal")
    op.drop_index(op.f("ix_attendance_person_id"), table_name="attendance")
    op.drop_table("attendance")
    op.drop_index(op.f("ix_advice_panel_id"), table_name="advice")
    op.drop_table("advice")
    op.drop_index(op.f("ix_topic_join_person_id"), table_name="topic_join")
    op.drop_table("topic_join")
    op.drop_index(op.f("ix_ties_membership_id"), table_name="ties")
    op.drop_table("ties")
    op.drop_index(op.f("ix_telling_round_id"), table_name="telling")
    op.drop_table("telling")
    op.drop_table("round_step")
    op.drop_index(op.f("ix_phase_change_round_id"), table_name="phase_change")
    op.drop_table("phase_change")
    op.drop_index(op.f("ix_gathering_round_id"), table_name="gathering")
    op.drop_table("gathering")
    op.drop_index(op.f("ix_ballot_round_id"), table_name="ballot")
    op.drop_table("ballot")
    op.drop_index(op.f("ix_round_panel_id"), table_name="round")
    op.drop_table("round")
    op.drop_index(op.f("ix_membership_person_id"), table_name="membership")
    op.drop_table("membership")
    op.drop_index(op.f("ix_sign_in_person_id"), table_name="sign_in")
    op.drop_table("sign_in")
    op.drop_index(op.f("ix_setup_link_person_id"), table_name="setup_link")
    op.drop_table("setup_link")
    op.drop_index(
        "uq_reissue_one_open",
        table_name="reissue",
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.drop_index(op.f("ix_reissue_person_id"), table_name="reissue")
    op.drop_table("reissue")
    op.drop_index(op.f("ix_panel_municipality_code"), table_name="panel")
    op.drop_table("panel")
    op.drop_index(op.f("ix_consent_person_id"), table_name="consent")
    op.drop_table("consent")
    op.drop_index(
        "uq_card_one_open",
        table_name="card",
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.drop_index(op.f("ix_card_person_id"), table_name="card")
    op.drop_table("card")
    op.drop_table("person")
    op.drop_table("outbox")
    op.drop_table("municipality")
    op.drop_table("journal")
    op.drop_table("due_job")
    op.drop_table("advice_number")
