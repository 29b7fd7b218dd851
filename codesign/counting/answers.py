"""One question with answers: yes, no or abstain with a majority, and consent with its objections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from codesign.counting.ballots import whole
from codesign.counting.domain import CannotCount, Order, Step

YES, NO = "yes", "no"
AGREE, STAND_ASIDE, OBJECT = "agree", "stand_aside", "object"


@dataclass(frozen=True)
class YesNo:
    """The outcome of yes, no or abstain.

    outcome: "yes", "no", "tie" (as many yes as no, where more than half decides) or "none" (nobody said yes or no).
    needed: how many yes were needed, of `counted` that said yes or no; 0 when nobody did. majority: 50 is more than
    half, above it at least so many of each 100. voters: everybody who voted, abstentions too. winners: the answer that
    holds, both when tied. order: the answer that holds first.

    Steps: yes_no_counted (yes, no, abstain, of: voters); yes_no_abstained (on, of: voters; only when somebody did);
    yes_no_needed (needed, of: counted, rule: "more_than_half" or "at_least"); then one of yes_no_reached and
    yes_no_missed (on: yes, needed, of: counted), yes_no_tie (on, of: counted), or yes_no_nobody (of: voters), which
    stands without yes_no_needed.
    """

    outcome: str
    yes: int
    no: int
    abstain: int
    majority: int
    needed: int
    winners: tuple[str, ...]
    order: Order
    ties: tuple[tuple[str, ...], ...]
    steps: tuple[Step, ...]

    @property
    def counted(self) -> int:
        """How many said yes or no."""
        return self.yes + self.no

    @property
    def voters(self) -> int:
        """How many voted, those who abstained too."""
        return self.counted + self.abstain

    def plain(self) -> dict[str, Any]:
        """The result as it stands in a file."""
        return {
            "method": "yes_no", "outcome": self.outcome, "yes": self.yes, "no": self.no, "abstain": self.abstain,
            "majority": self.majority, "needed": self.needed, "counted": self.counted, "voters": self.voters,
            "winners": list(self.winners), "order": [list(g) for g in self.order],
            "ties": [list(g) for g in self.ties], "steps": [s.plain() for s in self.steps],
        }  # fmt: skip


def yes_no(yes: int, no: int, abstain: int, majority: int = 50) -> YesNo:
    """Decide by a majority of those who said yes or no; who abstains is a voter, but on neither side.

    Simple majority: Kenneth May, "A Set of Independent Necessary and Sufficient Conditions for Simple Majority
    Decision", 1952: of two answers it is the one rule that treats voters alike, answers alike, and follows every
    changed vote. A majority of the votes cast, abstentions left out, and two thirds likewise: Henry Robert, "Pocket
    Manual of Rules of Order", 1876.

    majority: 50 (more than half; as many yes as no is a tie) to 100 (at least so many of each 100, in exact
    arithmetic; what is missed is "no"). Raises CannotCount for another majority or numbers below 0.
    """
    for number, name in ((yes, "yes"), (no, "no"), (abstain, "abstain")):
        whole(number, name)
    if not 50 <= whole(majority, "the majority") <= 100:
        raise CannotCount("the majority is 50 to 100")
    counted = yes + no
    needed = (counted // 2 + 1 if majority == 50 else -(-majority * counted // 100)) if counted else 0
    if not counted:
        outcome = "none"
    elif yes >= needed:
        outcome = YES
    else:
        outcome = "tie" if majority == 50 and yes == no else NO
    winners = {YES: (YES,), NO: (NO,), "tie": (YES, NO), "none": ()}[outcome]
    order: Order = {YES: ((YES,), (NO,)), NO: ((NO,), (YES,))}.get(outcome, ((YES, NO),))
    steps = [Step("yes_no_counted", {"yes": yes, "no": no, "abstain": abstain, "of": counted + abstain})]
    if abstain:
        steps.append(Step("yes_no_abstained", {"on": abstain, "of": counted + abstain}))
    if counted:
        rule = "more_than_half" if majority == 50 else "at_least"
        steps.append(Step("yes_no_needed", {"needed": needed, "of": counted, "rule": rule}))
    if outcome in (YES, NO):
        kind = "yes_no_reached" if outcome == YES else "yes_no_missed"
        steps.append(Step(kind, {"on": yes, "needed": needed, "of": counted}))
    elif outcome == "tie":
        steps.append(Step("yes_no_tie", {"on": yes, "of": counted}))
    else:
        steps.append(Step("yes_no_nobody", {"of": abstain}))
    ties = ((YES, NO),) if outcome == "tie" else ()
    return YesNo(outcome, yes, no, abstain, majority, needed, winners, order, ties, tuple(steps))


@dataclass(frozen=True)
class Consent:
    """The outcome of a round of consent.

    outcome: "adopted" (nobody objects and somebody agrees), "objection" (at least one stays), or "none" (nobody agrees
    and nobody objects). winners: the answer that decides, ("agree",) or ("object",), or none. order: that answer
    first, the others behind it without order. ties: always empty; consent counts no sides against each other.

    Steps, `of` always being the voters: consent_counted (agree, stand_aside, objections, of); consent_aside (on, of;
    only when somebody stands aside); then one of consent_adopted (on: those who agree, of), consent_objected (on: the
    objections, of), consent_nobody (of).
    """

    outcome: str
    agree: int
    stand_aside: int
    objections: int
    winners: tuple[str, ...]
    order: Order
    ties: tuple[tuple[str, ...], ...]
    steps: tuple[Step, ...]

    @property
    def voters(self) -> int:
        """How many answered."""
        return self.agree + self.stand_aside + self.objections

    def plain(self) -> dict[str, Any]:
        """The result as it stands in a file."""
        return {
            "method": "consent", "outcome": self.outcome, "agree": self.agree, "stand_aside": self.stand_aside,
            "objections": self.objections, "voters": self.voters, "winners": list(self.winners),
            "order": [list(g) for g in self.order], "ties": [list(g) for g in self.ties],
            "steps": [s.plain() for s in self.steps],
        }  # fmt: skip


def consent(agree: int, stand_aside: int, objections: int) -> Consent:
    """Adopt what nobody objects to (Gerard Endenburg, "Sociocratie: het organiseren van de besluitvorming", 1981).

    One worded objection is enough to hold a proposal back, however many agree: it asks for a better proposal, it does
    not lose a vote. Who stands aside lets it pass without carrying it, so somebody must agree as well. Objections that
    were taken back are not among `objections`. Raises CannotCount for numbers below 0.
    """
    for number, name in ((agree, "agree"), (stand_aside, "stand aside"), (objections, "objections")):
        whole(number, name)
    of = agree + stand_aside + objections
    steps = [Step("consent_counted", {"agree": agree, "stand_aside": stand_aside, "objections": objections, "of": of})]
    if stand_aside:
        steps.append(Step("consent_aside", {"on": stand_aside, "of": of}))
    everything = (AGREE, STAND_ASIDE, OBJECT)
    if objections:
        outcome, winners = "objection", (OBJECT,)
        steps.append(Step("consent_objected", {"on": objections, "of": of}))
    elif agree:
        outcome, winners = "adopted", (AGREE,)
        steps.append(Step("consent_adopted", {"on": agree, "of": of}))
    else:
        steps.append(Step("consent_nobody", {"of": of}))
        return Consent("none", agree, stand_aside, objections, (), (everything,), (), tuple(steps))
    order = (winners, tuple(answer for answer in everything if answer not in winners))
    return Consent(outcome, agree, stand_aside, objections, winners, order, (), tuple(steps))
