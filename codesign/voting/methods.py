"""The methods of voting: for each how a choice is read, and how all are counted (with codesign.counting)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from codesign.counting import answers, approval, budget, dots, ranked, score, shortlist
from codesign.counting.domain import ordered
from codesign.voting import marks as reading
from codesign.voting.domain import (
    ABSTAIN,
    AGREE,
    NO,
    NONE,
    OBJECT,
    STAND_ASIDE,
    YES,
    Marks,
    Method,
    NotCast,
    Opening,
)
from codesign.voting.outcomes import Tally


@dataclass(frozen=True)
class Counting:
    """How one method reads what was chosen (raises NotCast), and counts the marks of all."""

    marks: Callable[[Opening, Sequence[str]], Marks]
    tally: Callable[[Opening, Sequence[Marks]], Tally]

    def lawful(self, opening: Opening, given: Marks) -> bool:
        """Whether marks read from a list could have come from this ballot's form."""
        try:
            return dict(self.marks(opening, reading.written(opening, given))) == dict(given)
        except NotCast:
            return False


def _ticked(opening: Opening, votes: Sequence[Marks]) -> list[list[str]]:
    keys = set(opening.option_keys())
    return [[key for key in vote if key in keys] for vote in votes]


def _people(opening: Opening, votes: Sequence[Marks]) -> dict[str, int]:
    """How many people ticked (or gave something to) each option."""
    return {key: sum(1 for vote in votes if vote.get(key)) for key in opening.option_keys()}


def _none(votes: Sequence[Marks]) -> int:
    return sum(1 for vote in votes if vote.get(NONE))


def _approval(opening: Opening, votes: Sequence[Marks]) -> Tally:
    found = approval.approval(opening.option_keys(), _ticked(opening, votes))
    return Tally(
        voters=len(votes), electorate=opening.electorate, counts=found.counts, supporters=found.counts,
        order=found.order, winners=found.winners, none=_none(votes), details=found.plain(), steps=found.steps,
    )  # fmt: skip


def _answered(opening: Opening, votes: Sequence[Marks]) -> Mapping[str, int]:
    given = Counter(key for vote in votes for key in vote)
    return {key: given[key] for key in opening.choice_keys()}


def _yes_no(opening: Opening, votes: Sequence[Marks]) -> Tally:
    counts = _answered(opening, votes)
    found = answers.yes_no(counts[YES], counts[NO], counts[ABSTAIN], opening.majority)
    idea = opening.option_keys()[0]
    return Tally(
        voters=len(votes), electorate=opening.electorate, counts=counts, supporters={idea: counts[YES]},
        order=((idea,),), winners=(idea,) if found.outcome == "yes" else (), details=found.plain(), steps=found.steps,
    )  # fmt: skip


def _consent(opening: Opening, votes: Sequence[Marks]) -> Tally:
    counts = _answered(opening, votes)
    found = answers.consent(counts[AGREE], counts[STAND_ASIDE], counts[OBJECT])
    idea = opening.option_keys()[0]
    return Tally(
        voters=len(votes), electorate=opening.electorate, counts=counts, supporters={idea: counts[AGREE]},
        order=((idea,),), winners=(idea,) if found.outcome == "adopted" else (), details=found.plain(),
        steps=found.steps,
    )  # fmt: skip


def _score(opening: Opening, votes: Sequence[Marks]) -> Tally:
    """Behind an option stand the people who gave it more than half of the top mark."""
    found = score.score(opening.option_keys(), votes, opening.terms.points)
    behind = {k: sum(1 for v in votes if 2 * v.get(k, 0) > opening.terms.points) for k in opening.option_keys()}
    # Measures do not compete: each fits or not, by itself.
    fit = tuple(k for k, people in behind.items() if 2 * people > len(votes))
    return Tally(
        voters=len(votes), electorate=opening.electorate, counts=found.sums, supporters=behind, order=found.order,
        winners=fit if opening.asks_fit else found.winners, details=found.plain(), steps=found.steps,
    )  # fmt: skip


def _dots(opening: Opening, votes: Sequence[Marks]) -> Tally:
    found = dots.dots(opening.option_keys(), votes, opening.terms.points)
    return Tally(
        voters=len(votes), electorate=opening.electorate, counts=found.sums, supporters=found.givers,
        order=found.order, winners=found.winners, details=found.plain(), steps=found.steps,
    )  # fmt: skip


def _ranked(opening: Opening, votes: Sequence[Marks]) -> Tally:
    """Schulze decides; the instant run-off stands beside it as a second reading. Behind an option: who put it first."""
    keys = opening.option_keys()
    ballots = [[[key] for key in reading.ranking(vote)] for vote in votes]
    found = ranked.schulze(keys, ballots)
    second = ranked.instant_runoff(keys, ballots)
    firsts = {key: sum(1 for vote in votes if vote.get(key) == 1) for key in keys}
    return Tally(
        voters=len(votes), electorate=opening.electorate, counts=firsts, supporters=firsts, order=found.order,
        winners=found.winners, details={"schulze": found.plain(), "runoff": second.plain()}, steps=found.steps,
    )  # fmt: skip


def _budget(opening: Opening, votes: Sequence[Marks]) -> Tally:
    """Equal shares decide; the plain greedy purchase stands beside it. What nobody wants is never bought."""
    costs = {o.key: o.cost for o in opening.options}
    ballots = _ticked(opening, votes)
    found = budget.equal_shares(costs, ballots, opening.terms.total, opening.terms.completion, least=1)
    plain = budget.greedy(costs, ballots, opening.terms.total, least=1)
    people = _people(opening, votes)
    return Tally(
        voters=len(votes), electorate=opening.electorate, counts=people, supporters=people,
        order=ordered(opening.option_keys(), people), winners=found.winners, none=_none(votes),
        details={"equal_shares": found.plain(), "greedy": plain.plain()}, steps=found.steps,
    )  # fmt: skip


def _shortlist(opening: Opening, votes: Sequence[Marks]) -> Tally:
    found = shortlist.sequential_pav(opening.option_keys(), _ticked(opening, votes), opening.terms.seats)
    people = _people(opening, votes)
    return Tally(
        voters=len(votes), electorate=opening.electorate, counts=people, supporters=people,
        order=ordered(opening.option_keys(), people), winners=found.winners, none=_none(votes),
        details=found.plain(), steps=found.steps,
    )  # fmt: skip


METHODS: Mapping[Method, Counting] = {
    Method.APPROVAL: Counting(reading.ticks, _approval),
    Method.YES_NO: Counting(reading.answer, _yes_no),
    Method.CONSENT: Counting(reading.answer, _consent),
    Method.SCORE: Counting(reading.score, _score),
    Method.RANKED: Counting(reading.ranks, _ranked),
    Method.DOTS: Counting(reading.dots, _dots),
    Method.BUDGET: Counting(reading.ticks, _budget),
    Method.SHORTLIST: Counting(reading.ticks, _shortlist),
}
