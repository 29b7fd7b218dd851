"""An answer as pages read it: plain values, from the delivered document or from a draft that looks like one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from codesign.responses.domain import AnswerDraft, Decision, OfferSaid, needed_languages


@dataclass(frozen=True)
class PromiseView:
    """Who (a post) does what by when, with which money, and the first step people can see."""

    owner: str
    action: str
    money: str
    by: date | None
    first_step: str


@dataclass(frozen=True)
class OfferView:
    """What an organisation offered to do itself (`text`, `needs` in `language`), and what is said to it."""

    organisation: str
    text: str
    needs: str
    language: str
    reply: OfferSaid | None
    reasons: str


@dataclass(frozen=True)
class PartView:
    """The answer to recommendation number `recommendation`."""

    recommendation: int
    decision: Decision | None
    reasons: str
    forwarded_to: str
    promises: Sequence[PromiseView]
    offers: Sequence[OfferView] = ()


@dataclass(frozen=True)
class PassageView:
    """The plain summary in one language; `translated_by` is None for the original."""

    language: str
    text: str
    translated_by: str | None


@dataclass(frozen=True)
class RatingView:
    """What the panel says of the answer: `outcome` is useful, partly, no, or None when too few voted to show it.

    `quarters`: per option, in which quarter of those who voted it lies; empty when it may not be shown.
    """

    outcome: str | None
    shown: str
    closed_on: date
    quarters: Mapping[str, Sequence[int]]


@dataclass(frozen=True)
class AnswerView:
    """A whole answer. `digest` is empty and `delivered_on` None for a draft; `language` is that of all its texts."""

    digest: str
    language: str
    delivered_on: date | None
    what_we_heard: str
    parts: Sequence[PartView]
    ask_back: str
    council: str
    first_report_on: date | None
    summary: Sequence[PassageView]
    rating: RatingView | None = None

    def part(self, recommendation: int) -> PartView | None:
        """The answer to one recommendation."""
        return next((p for p in self.parts if p.recommendation == recommendation), None)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def to_document(draft: AnswerDraft, recommendations: Sequence[int], panel_languages: Sequence[str]) -> dict[str, Any]:
    """The part of a `codesign/answer/1` document that officials write; it is valid once nothing is missing."""
    parts = {part.recommendation: part for part in draft.parts}
    return {
        "language": draft.language,
        "what_we_heard": draft.what_we_heard,
        "parts": [
            {
                "recommendation": number,
                "decision": part.decision.value if part.decision else None,
                "reasons": part.reasons,
                "forwarded_to": part.forwarded_to if part.decision is Decision.NOT_OURS else "",
                "promises": [
                    {
                        "owner": p.owner, "action": p.action, "money": p.money,
                        "by": p.by.isoformat() if p.by else None, "first_step": p.first_step,
                    }
                    for p in part.promises if not p.empty
                ],
            } | _said_to_offers(draft, number)
            for number in recommendations if (part := parts.get(number))
        ],
        "ask_back": draft.ask_back,
        "council": draft.council,
        "first_report_on": draft.first_report_on.isoformat() if draft.first_report_on else None,
        "summary": [
            {"language": code, "text": text, "translated_by": None if code == draft.language else "person"}
            for code in needed_languages(draft.language, panel_languages)
            if (text := draft.summaries.get(code, "").strip())
        ],
    }  # fmt: skip


def _said_to_offers(draft: AnswerDraft, number: int) -> dict[str, Any]:
    """The offers at one recommendation with what is said to them; nothing when there are none."""
    offers = [
        {
            "organisation": o.organisation, "text": o.words, "needs": o.needs, "language": o.language,
            "reply": o.reply.reply.value if o.reply.reply else None, "reasons": o.reply.reasons,
        }
        for o in draft.offers if o.recommendation == number
    ]  # fmt: skip
    return {"offers": offers} if offers else {}


def offers_in(part: Mapping[str, Any]) -> list[OfferView]:
    """The offers in one part of an answer document, with what is said to each."""
    return [
        OfferView(
            o["organisation"], o["text"], o["needs"], o["language"], OfferSaid(o["reply"]) if o["reply"] else None,
            o["reasons"],
        )
        for o in part.get("offers", [])
    ]  # fmt: skip


def from_document(document: Mapping[str, Any], digest: str = "", rating: RatingView | None = None) -> AnswerView:
    """The values in an answer document, or in a draft made by `to_document`."""
    return AnswerView(
        digest=digest,
        language=document["language"],
        delivered_on=_day(document.get("delivered_on")),
        what_we_heard=document["what_we_heard"],
        parts=[
            PartView(
                recommendation=part["recommendation"],
                decision=Decision(part["decision"]) if part["decision"] else None,
                reasons=part["reasons"],
                forwarded_to=part["forwarded_to"],
                promises=[
                    PromiseView(p["owner"], p["action"], p["money"], _day(p["by"]), p["first_step"])
                    for p in part["promises"]
                ],
                offers=offers_in(part),
            )
            for part in document["parts"]
        ],
        ask_back=document["ask_back"],
        council=document["council"],
        first_report_on=_day(document["first_report_on"]),
        summary=[PassageView(p["language"], p["text"], p["translated_by"]) for p in document["summary"]],
        rating=rating,
    )


def rating_from(document: Mapping[str, Any], release: Mapping[str, Any] | None) -> RatingView:
    """The values in a rating document and in the release it names."""
    options = release["options"] if release else []
    return RatingView(
        outcome=document["outcome"],
        shown=document["shown"],
        closed_on=date.fromisoformat(document["closed_on"]),
        quarters={option["key"]: option["quarters"] for option in options if option["quarters"]},
    )
