"""Tables of an advice while the panel works on it, of the sentences its makers released, and of what was sent."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from codesign.accounts.models import Person
from codesign.advice.drafting_models import AdviceVersion as AdviceVersion
from codesign.advice.drafting_models import Coauthor as Coauthor
from codesign.advice.drafting_models import MarginNote as MarginNote
from codesign.advice.drafting_models import Meaning as Meaning
from codesign.advice.drafting_models import OtherView as OtherView
from codesign.advice.drafting_models import OtherViewMember as OtherViewMember
from codesign.advice.values import ActorKind, CitedKind, Words
from codesign.db import Pk, VoicesBase, enum_column
from codesign.discussion.models import Contribution
from codesign.panels.models import Panel, Round
from codesign.proposals.models import Proposal
from codesign.rules.states import AdviceState
from codesign.voting.models import Ballot, BallotOption


class QuoteState(StrEnum):
    """A sentence was asked for, released by its maker, or kept by its maker."""

    ASKED = "asked"
    RELEASED = "released"
    KEPT = "kept"


class Ratified(StrEnum):
    """How the panel's vote on the text ended."""

    ADOPTED = "adopted"
    SENT_BACK = "sent_back"
    NO_QUORUM = "no_quorum"
    VOID = "void"


class Advice(VoicesBase):
    """One advice of one round. It cannot stand as adopted without the ballot that adopted it (R11)."""

    __tablename__ = "advice"
    __table_args__ = (
        sa.CheckConstraint(
            "state IN ('draft', 'to_panel', 'withdrawn') OR adopted_ballot_id IS NOT NULL", name="adopted_by_a_ballot"
        ),
        sa.CheckConstraint("(year IS NULL) = (serial IS NULL)", name="number_whole"),
        sa.UniqueConstraint("place_code", "year", "serial"),
        sa.UniqueConstraint("round_id"),
    )

    id: Mapped[Pk]
    round_id: Mapped[int] = mapped_column(sa.ForeignKey(Round.id))
    panel_id: Mapped[int] = mapped_column(sa.ForeignKey(Panel.id), index=True)
    place_code: Mapped[str] = mapped_column(sa.String(40))
    state: Mapped[AdviceState] = enum_column(AdviceState, default=AdviceState.DRAFT)
    title: Mapped[str] = mapped_column(sa.String(120), default="")
    language: Mapped[str] = mapped_column(sa.String(16))
    version: Mapped[int] = mapped_column(default=1)
    year: Mapped[int | None]
    serial: Mapped[int | None]
    started_at: Mapped[datetime]
    given_at: Mapped[datetime | None]
    adopted_at: Mapped[datetime | None]
    adopted_ballot_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Ballot.id))
    rating_ballot_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Ballot.id))

    texts: Mapped[list[AdviceText]] = relationship(lazy="raise", order_by="AdviceText.key")
    recommendations: Mapped[list[Recommendation]] = relationship(lazy="raise", order_by="Recommendation.position")
    cited: Mapped[list[CitedBlock]] = relationship(lazy="raise", order_by="CitedBlock.id")
    evidence: Mapped[list[EvidenceLink]] = relationship(lazy="raise", order_by="EvidenceLink.id")
    ratifications: Mapped[list[Ratification]] = relationship(lazy="raise", order_by="Ratification.id")


class AdviceText(VoicesBase):
    """One piece of text of an advice, written by a person.

    `language` is empty for the language of the advice; only "in short" has a row per language.
    """

    __tablename__ = "advice_text"

    advice_id: Mapped[int] = mapped_column(sa.ForeignKey("advice.id"), primary_key=True)
    key: Mapped[Words] = enum_column(Words, primary_key=True)
    language: Mapped[str] = mapped_column(sa.String(16), primary_key=True, default="")
    text: Mapped[str] = mapped_column(sa.Text)
    saved_by: Mapped[int] = mapped_column(sa.ForeignKey(Person.id))


class Recommendation(VoicesBase):
    """One request with its change chain; position 0 only while two change places.

    small_group: code in the directory; moment: a `Moment` of the calendar in one line.
    """

    __tablename__ = "recommendation"
    __table_args__ = (
        sa.CheckConstraint("position BETWEEN 0 AND 5", name="at_most_five"),
        sa.CheckConstraint("cost_class BETWEEN 1 AND 4", name="cost_class"),
        sa.UniqueConstraint("advice_id", "position"),
    )

    id: Mapped[Pk]
    advice_id: Mapped[int] = mapped_column(sa.ForeignKey("advice.id"))
    position: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    title: Mapped[str] = mapped_column(sa.String(120))
    what: Mapped[str] = mapped_column(sa.Text, default="")
    by_when: Mapped[str] = mapped_column(sa.String(120), default="")
    decided_on: Mapped[date | None]
    cost_class: Mapped[int | None]
    notice: Mapped[str] = mapped_column(sa.String(300), default="")
    small_initiative: Mapped[str] = mapped_column(sa.String(200), default="")
    small_group: Mapped[str] = mapped_column(sa.String(60), default="")
    none_because: Mapped[str] = mapped_column(sa.String(500), default="")
    moment: Mapped[str] = mapped_column(sa.String(300), default="")
    activity: Mapped[str] = mapped_column(sa.String(200), default="")
    change: Mapped[str] = mapped_column(sa.String(200), default="")
    domain: Mapped[str] = mapped_column(sa.String(3), default="")
    indicator: Mapped[str] = mapped_column(sa.String(8), default="")
    experience: Mapped[str] = mapped_column(sa.String(8), default="")
    assumptions: Mapped[str] = mapped_column(sa.String(500), default="")
    risks: Mapped[str] = mapped_column(sa.String(500), default="")

    actors: Mapped[list[Actor]] = relationship(
        lazy="raise", order_by="Actor.position", cascade="all, delete-orphan", passive_deletes=False
    )


class Actor(VoicesBase):
    """Who does a part of a recommendation."""

    __tablename__ = "recommendation_actor"
    __table_args__ = (sa.UniqueConstraint("recommendation_id", "position"),)

    id: Mapped[Pk]
    recommendation_id: Mapped[int] = mapped_column(sa.ForeignKey("recommendation.id"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(sa.String(120))
    kind: Mapped[ActorKind] = enum_column(ActorKind)
    part: Mapped[str] = mapped_column(sa.String(300), default="")
    by_when: Mapped[str] = mapped_column(sa.String(120), default="")


class EvidenceLink(VoicesBase):
    """What stands behind a recommendation, or (with none) behind what we heard (a quote) or other views (a vote)."""

    __tablename__ = "evidence_link"
    __table_args__ = (
        sa.CheckConstraint(
            "(ballot_option_id IS NOT NULL AND quote_id IS NULL AND proposal_id IS NULL)"
            " OR (ballot_option_id IS NULL AND quote_id IS NOT NULL AND proposal_id IS NULL)"
            " OR (ballot_option_id IS NULL AND quote_id IS NULL AND proposal_id IS NOT NULL)",
            name="one_thing",
        ),
    )

    id: Mapped[Pk]
    advice_id: Mapped[int] = mapped_column(sa.ForeignKey("advice.id"), index=True)
    recommendation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("recommendation.id"), index=True)
    ballot_option_id: Mapped[int | None] = mapped_column(sa.ForeignKey(BallotOption.id), index=True)
    proposal_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Proposal.id), index=True)
    quote_id: Mapped[int | None] = mapped_column(sa.ForeignKey("quote.id"))


class Quote(VoicesBase):
    """One sentence of an idea or a reply that a moderator asks for and its maker releases by a tap, or keeps."""

    __tablename__ = "quote"
    __table_args__ = (
        sa.CheckConstraint("state IN ('asked', 'released', 'kept')", name="state"),
        sa.CheckConstraint("(proposal_id IS NULL) <> (contribution_id IS NULL)", name="one_source"),
    )

    id: Mapped[Pk]
    round_id: Mapped[int] = mapped_column(sa.ForeignKey(Round.id), index=True)
    maker_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id), index=True)
    proposal_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Proposal.id))
    contribution_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Contribution.id))
    sentence: Mapped[str] = mapped_column(sa.String(500))
    language: Mapped[str] = mapped_column(sa.String(16))
    translation: Mapped[str] = mapped_column(sa.String(500), default="")
    translation_language: Mapped[str] = mapped_column(sa.String(16), default="")
    state: Mapped[QuoteState] = enum_column(QuoteState, default=QuoteState.ASKED)
    asked_on: Mapped[date]
    answered_on: Mapped[date | None]


class LeftOut(VoicesBase):
    """Why an idea was not put in the vote: a moderator's words to its author, which the panel can read."""

    __tablename__ = "left_out"
    __table_args__ = (sa.CheckConstraint("reason <> ''", name="reason"),)

    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey(Proposal.id), primary_key=True)
    reason: Mapped[str] = mapped_column(sa.String(500))
    language: Mapped[str] = mapped_column(sa.String(16))
    said_by: Mapped[int] = mapped_column(sa.ForeignKey(Person.id))


class CitedBlock(VoicesBase):
    """Something known elsewhere. A figure is not kept without source, date and definition (R06)."""

    __tablename__ = "cited_block"
    __table_args__ = (
        sa.CheckConstraint(
            "kind <> 'figure' OR (source <> '' AND source_date IS NOT NULL AND definition <> '')", name="figure_sourced"
        ),
    )

    id: Mapped[Pk]
    advice_id: Mapped[int] = mapped_column(sa.ForeignKey("advice.id"), index=True)
    kind: Mapped[CitedKind] = enum_column(CitedKind)
    text: Mapped[str] = mapped_column(sa.Text)
    source: Mapped[str] = mapped_column(sa.String(300), default="")
    source_date: Mapped[date | None]
    checked_on: Mapped[date | None]
    definition: Mapped[str] = mapped_column(sa.String(500), default="")
    url: Mapped[str] = mapped_column(sa.String(500), default="")


class Ratification(VoicesBase):
    """One vote of the panel on the text: which ballot, over which text, and how it ended."""

    __tablename__ = "ratification"

    id: Mapped[Pk]
    advice_id: Mapped[int] = mapped_column(sa.ForeignKey("advice.id"), index=True)
    ballot_id: Mapped[int] = mapped_column(sa.ForeignKey(Ballot.id), unique=True)
    result: Mapped[Ratified | None] = enum_column(Ratified, nullable=True)
    settled_at: Mapped[datetime | None]


class AdviceNumber(VoicesBase):
    """The last serial given in a place and year; counted up in the transaction that freezes an advice."""

    __tablename__ = "advice_number"

    place_code: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(default=0)


class SentAdvice(VoicesBase):
    """The bytes that crossed the wall, named by their SHA-256; kept so that sending twice sends the same.

    Of a corrected advice the newest version; `revising` keeps those before it.
    """

    __tablename__ = "sent_advice"

    advice_id: Mapped[int] = mapped_column(sa.ForeignKey("advice.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(sa.String(64), unique=True)
    payload: Mapped[bytes]
    sent_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1, server_default="1")
