"""Why is this the result? Each step of a count as a plain sentence, and what the count cannot say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from codesign.counting.domain import Step
from codesign.voting import why_counts, why_ranked, why_shares
from codesign.voting.domain import DECIDES, FEW, Kind, Method, Opening
from codesign.voting.labels import of_people
from codesign.voting.outcomes import Tally, decide
from codesign.voting.why_words import Sentence, Words
from codesign.web.i18n import _

SENTENCES: Mapping[str, Sentence] = {**why_counts.SENTENCES, **why_ranked.SENTENCES, **why_shares.SENTENCES}
# Shown as a table of duels and told there, so that the steps stay few.
_DUELS = frozenset({"schulze_duel", "schulze_even"})
# Shown as drawing with its words, one row an option.
_COUNTED = frozenset({"approval_counted", "score_counted", "dots_counted"})


def sentence(step: Step, words: Words) -> str:
    """One step as a plain sentence."""
    return SENTENCES[step.kind](step.values, words)


def told(steps: Iterable[Step], words: Words) -> list[str]:
    """Steps as sentences, in order."""
    return [sentence(step, words) for step in steps]


def read_steps(plain: Mapping[str, Any]) -> list[Step]:
    """The steps of a second reading, from what the count gave as plain values."""
    return [Step(s["kind"], {k: v for k, v in s.items() if k != "kind"}) for s in plain["steps"]]


def why(opening: Opening, tally: Tally) -> list[str]:
    """Why it ended so: the steps of the count a lay person can follow, without those a drawing or table tells."""
    voted = _("%(count)s voted.", count=of_people(tally.voters, tally.electorate))
    if not tally.voters:
        return [voted]
    steps = []
    if opening.method is Method.APPROVAL:
        steps.append(_("We counted for each choice how many people marked it."))
        if opening.max_choices > 1:
            steps.append(_("One person could mark %(most)d. So the counts together can be more than the people.",
                           most=opening.max_choices))  # fmt: skip
    if opening.kind in DECIDES:
        return [voted, *steps, *_decision(opening, tally)]
    words = Words.of(opening)
    return steps + told((s for s in tally.steps if s.kind not in _DUELS | _COUNTED), words)


def duels(tally: Tally, words: Words) -> list[str]:
    """Each duel of a ranked vote, in words."""
    return told((s for s in tally.steps if s.kind in _DUELS), words)


def _decision(opening: Opening, tally: Tally) -> list[str]:
    decided = decide(opening, tally)
    return [
        _("To adopt, at least %(needed)d people must vote.", needed=decided.needed)
        if opening.kind is Kind.ADOPTION
        else _("To take it back, at least %(needed)d people must vote.", needed=decided.needed),
        _("More than half of them must say yes.")
        if opening.majority == 50
        else _("At least %(share)d of 100 of them must say yes.", share=opening.majority),
    ]


def limits(opening: Opening, tally: Tally) -> list[str]:
    """What this result cannot say, one or two plain sentences for the method and one where few voted."""
    found = [str(words) for words in _limits(opening)]
    if 0 < tally.voters < FEW:
        found.append(_("Few people voted. The numbers can show what somebody chose."))
    return found


def _limits(opening: Opening) -> list[str]:
    if opening.kind in DECIDES:
        return [_("Who did not vote counts for the quorum only.")]
    return {
        Method.APPROVAL: [_("A mark says: I agree. It does not say how much.")],
        Method.YES_NO: [_("Yes and no do not say how strongly people feel. Read the reasons too.")],
        Method.CONSENT: [_("Consent does not mean that all are glad. It means nobody objects.")],
        Method.SCORE: [
            _("A mark of one person can mean something else for another."),
            _("Who gave a choice no mark adds nothing to it."),
        ],
        Method.RANKED: [
            _("A place says what is better. It does not say how much better."),
            _("Choices can beat each other in a circle. Then no count is the only right one."),
        ],
        Method.DOTS: [_("Dots show what matters most to people. They do not show what people could accept.")],
        Method.BUDGET: [
            _("Each person has the same part of the money. So a small group gets something too."),
            _("That can leave out a costly plan that many chose."),
        ],
        Method.SHORTLIST: [
            _("The list looks for something for as many people as it can."),
            _("So the second most chosen can be left out."),
        ],
    }[opening.method]
