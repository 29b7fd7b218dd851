"""A closed ballot as a file of the field, PrefLib or Pabulib: every vote, without codes, signs, words or order."""

from __future__ import annotations

from collections.abc import Sequence

from codesign.counting.files import writing
from codesign.voting import marks as reading
from codesign.voting.closed_list import ClosedList, count
from codesign.voting.domain import NONE, Marks, Method, Opening

_RULES = {"none": "equalshares", "add1": "equalshares/add1", "add1u": "equalshares/add1u"}


def ending(opening: Opening) -> str:
    """The format of this ballot's file, as its name ends; an order can be .soc or .soi."""
    return {Method.RANKED: ".soi", Method.BUDGET: ".pb", Method.DOTS: ".pb"}.get(opening.method, ".cat")


def votes_file(opening: Opening, closed: ClosedList, closed_digest: str) -> tuple[str, str]:
    """The name and the text of the file; the votes are put in an order that tells nothing of who voted when.

    Approval, shortlist, answers and marks are PrefLib categories, places are PrefLib orders, a budget is Pabulib with
    approvals, dots are Pabulib with points. "None of these" is a ballot that approves nothing.
    """
    name = f"ballot-{closed_digest[:12]}"
    day = opening.deadline.date().isoformat()
    votes = sorted((line.marks for line in closed.lines), key=lambda marks: sorted(marks.items()))
    if opening.method in {Method.BUDGET, Method.DOTS}:
        return f"{name}.pb", _pabulib(opening, votes, count(opening, closed).winners)
    if opening.method is Method.RANKED:
        options = _options(opening)
        orders = [[[key] for key in reading.ranking(marks)] for marks in votes]
        kind = writing.orders_kind(options, orders)
        return f"{name}.{kind}", writing.preflib_orders(opening.question, options, orders, name=name, day=day)
    return f"{name}.cat", _categories(opening, votes, name, day)


def _options(opening: Opening) -> dict[str, str]:
    """Keys and names; fixed options (adopt, useful) have their key as name."""
    return {o.key: o.title or o.key for o in opening.options}


def _categories(opening: Opening, votes: Sequence[Marks], name: str, day: str) -> str:
    options = _options(opening)
    if opening.method is Method.SCORE:
        # An option without a mark stands in no category: it is not the same as a mark of 0.
        levels = range(opening.terms.points, -1, -1)
        names = [str(level) for level in levels]
        ballots = [tuple(_given(options, marks, level) for level in levels) for marks in votes]
        return writing.preflib_categories(opening.question, options, ballots, names, name=name, day=day)
    if opening.method in {Method.YES_NO, Method.CONSENT}:
        answers = opening.choice_keys()
        idea = tuple(options)
        ballots = [tuple(idea if answer in marks else () for answer in answers) for marks in votes]
        return writing.preflib_categories(opening.question, options, ballots, answers, name=name, day=day)
    approved = writing.approvals_in_categories(options, [[k for k in marks if k != NONE] for marks in votes])
    return writing.preflib_categories(opening.question, options, approved, name=name, day=day)


def _given(options: dict[str, str], marks: Marks, level: int) -> tuple[str, ...]:
    return tuple(key for key in options if marks.get(key) == level)


def _pabulib(opening: Opening, votes: Sequence[Marks], winners: Sequence[str]) -> str:
    options = _options(opening)
    chosen = [[key for key in options if key in marks] for marks in votes]
    if opening.method is Method.BUDGET:
        costs = {o.key: o.cost for o in opening.options}
        return writing.pabulib(
            opening.question, options, costs, opening.terms.total, chosen,
            rule=_RULES[opening.terms.completion], selected=winners, meta={"currency": opening.terms.currency},
        )  # fmt: skip
    points = [[marks[key] for key in vote] for marks, vote in zip(votes, chosen, strict=True)]
    # The format asks for costs: each option costs 1 of 1, so that the one with the most dots is taken.
    return writing.pabulib(
        opening.question, options, dict.fromkeys(options, 1), 1, chosen, vote_type="cumulative", points=points,
        rule="greedy", meta={"max_sum_points": str(opening.terms.points)},
    )  # fmt: skip
