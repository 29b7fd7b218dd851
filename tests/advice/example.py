"""A complete advice as values, for tests of what may be missing in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from codesign.advice.values import (
    Actor,
    ActorKind,
    Chain,
    Cited,
    CitedKind,
    Content,
    Cover,
    Outcome,
    Quote,
    Recommendation,
    Words,
    Worked,
)

STREET = Outcome(
    id=1, ballot_id=1, key="o1", question="How should people meet?", title="Street contact", language="en",
    quarters=(4,), chosen=True, domains=("BRI",), proposal_id=1, release="a" * 64, closed_on=date(2026, 5, 30),
)  # fmt: skip
WORDS_OF_ONE = Quote(1, "One neighbour with tea is worth ten letters.", True, ("BRI",))


def complete_recommendation() -> Recommendation:
    """One request that lacks nothing."""
    return Recommendation(
        number=1, title="Invite a street contact", what="Ask one person in every street.", by_when="September",
        cost_class=1, notice="Somebody rings my bell.", small_initiative="De Brug",
        chain=Chain("A visit", "People know a name", "BRI", "BRI-05", "It is no lesson", "Only the same ten come"),
        actors=(Actor("College", ActorKind.MUNICIPALITY, "the letter"), Actor("We", ActorKind.NEWCOMERS)),
        outcomes=(STREET,), quotes=(WORDS_OF_ONE,), id=1,
    )  # fmt: skip


def complete_content(**more: Any) -> Content:
    """An advice that lacks nothing but its adoption."""
    whole = Content(
        cover=Cover("veldhaven", "Veldhaven", "Panel", "the college", False, "advise", 8, "How is it here?", year=2026, serial=3),
        title="Meet before you need help", language="en", languages=("en", "nl", "ar"),
        words={
            Words.WHY_NOW: "The contract ends.", Words.GOES_WELL: "The welcome visit.", Words.HEARD: "We hardly meet.",
            Words.OTHER_VIEWS: "none", Words.WE_DO: "We open our kitchen.", Words.ASK: "A meeting with the panel.",
        },
        summaries={"en": "Three things.", "nl": "Drie dingen.", "ar": "ثلاثة أشياء."},
        recommendations=(complete_recommendation(),),
        cited=(
            Cited(CitedKind.PRACTICE, "Another town does it.", "Their report", date(2025, 2, 1)),
            Cited(CitedKind.RESEARCH, "Contact helps.", "A study", date(2024, 2, 1)),
        ),
        heard=(STREET,), quotes=(WORDS_OF_ONE,),
        worked=Worked(date(2026, 1, 1), date(2026, 5, 30), 19, 3, 48, ("en", "nl", "ar"), ("one works for De Brug",)),
        ties_declared=True,
    )  # fmt: skip
    return replace(whole, **more)
