"""Tables of what stands behind an advice: the sentences of "what we heard" that somebody supported, and the links."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from codesign.db import Pk, VoicesBase
from codesign.evidence.values import Kind, Thing

# The column of a link that holds each kind of thing.
COLUMNS = {
    Kind.RESULT: "ballot_option_id", Kind.QUOTE: "quote_id", Kind.IDEA: "proposal_id", Kind.REPORT: "report_id",
    Kind.CITED: "cited_id", Kind.VISION: "vision_id",
}  # fmt: skip


class HeardSentence(VoicesBase):
    """A sentence as it read when somebody said what is behind it; the text it stands in goes on changing."""

    __tablename__ = "heard_sentence"

    id: Mapped[Pk]
    advice_id: Mapped[int] = mapped_column(sa.ForeignKey("advice.id"), index=True)
    place: Mapped[int]
    text: Mapped[str] = mapped_column(sa.Text)


class Backing(VoicesBase):
    """One thing behind a sentence, or behind a recommendation what `evidence_link` does not hold.

    A report, and a point of the vision, has no foreign key: whoever takes one out need not know who rests on it.
    """

    __tablename__ = "backing"
    __table_args__ = (
        sa.CheckConstraint("(sentence_id IS NULL) <> (recommendation_id IS NULL)", name="one_target"),
        sa.CheckConstraint(
            "(CASE WHEN ballot_option_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN quote_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN proposal_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN cited_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN report_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN vision_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_thing",
        ),
    )

    id: Mapped[Pk]
    advice_id: Mapped[int] = mapped_column(sa.ForeignKey("advice.id"), index=True)
    sentence_id: Mapped[int | None] = mapped_column(sa.ForeignKey("heard_sentence.id"), index=True)
    recommendation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("recommendation.id"), index=True)
    ballot_option_id: Mapped[int | None] = mapped_column(sa.ForeignKey("ballot_option.id"), index=True)
    quote_id: Mapped[int | None] = mapped_column(sa.ForeignKey("quote.id"))
    proposal_id: Mapped[int | None] = mapped_column(sa.ForeignKey("proposal.id"), index=True)
    cited_id: Mapped[int | None] = mapped_column(sa.ForeignKey("cited_block.id"), index=True)
    report_id: Mapped[int | None] = mapped_column(sa.BigInteger)
    vision_id: Mapped[int | None] = mapped_column(sa.BigInteger)


def thing_of(row: object) -> Thing:
    """What a link points to."""
    found = ((kind, getattr(row, column, None)) for kind, column in COLUMNS.items())
    return next((kind, number) for kind, number in found if number is not None)
