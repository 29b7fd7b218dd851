"""The steps of a count in plain English, one sentence a step: what `codesign tally` prints under "Why"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any

from codesign.counting.domain import Order, Step

Values = Mapping[str, Any]


class Words:
    """How options, money and support read in the sentences of one file.

    unit: how many parts of the result make one of the currency. points: how many make one point, where options are
    carried by points and not by people; None otherwise.
    """

    def __init__(self, names: Mapping[str, str], unit: int = 1, points: int | None = None) -> None:
        self.names, self.unit, self.points = names, unit, points

    def money(self, amount: int | str) -> str:
        """Money, from parts or from a fraction of parts in text: exact where two decimals are enough."""
        return _decimals(Fraction(amount) / self.unit)

    def behind(self, support: int) -> str:
        """How many people, or points, stand behind an option."""
        return f"{support} voters" if self.points is None else f"{_decimals(Fraction(support, self.points))} points"

    def option(self, key: str) -> str:
        """One option: its name, and its key when that says more than the name."""
        return self.names.get(key) or key

    def options(self, keys: Iterable[str]) -> str:
        """Several options: A, B and C."""
        found = [self.option(key) for key in keys]
        return " and ".join([", ".join(found[:-1]), found[-1]] if len(found) > 1 else found)

    def order(self, order: Order) -> str:
        """A whole order: A > B = C > D."""
        return " > ".join(" = ".join(self.option(key) for key in group) for group in order)


def sentence(step: Step, words: Words) -> str:
    """The sentence of one step; a step of a kind without sentence is told by its kind and values."""
    tell = SENTENCES.get(step.kind)
    if tell is None:
        return f"{step.kind}: {', '.join(f'{k} {v}' for k, v in step.values.items())}."
    return tell(step.values, words)


def _decimals(amount: Fraction) -> str:
    if amount.denominator == 1:
        return str(amount)
    cents = (amount * 100 + Fraction(1, 2)).__floor__()
    return f"{'' if Fraction(cents, 100) == amount else 'about '}{cents // 100}.{cents % 100:02}"


def _next(v: Values, w: Words, number: str, unit: str) -> str:
    return f" Next: {w.options(v['next'])}, with {v[number]}{unit}." if v["next"] else ""


def _links(links: Iterable[Values], w: Words) -> str:
    return "; ".join(
        f"{w.option(k['winner'])} over {w.option(k['loser'])}, {k['for']} to {k['against']}" for k in links
    )


def _path(v: Values, w: Words) -> str:
    there = " > ".join(w.option(key) for key in v["path"])
    back = f"the strongest way back holds {v['back']}" if v["back"] else "no way leads back"
    return f"{w.option(v['winner'])} stands above {w.option(v['other'])}: {there} holds {v['strength']} voters, {back}."


def _moved(v: Values, w: Words) -> str:
    went = [f"{m['voters']} to {w.option(m['option'])}" for m in v["moved"]]
    went += [f"{v['spent']} name nobody who is left"] if v["spent"] else []
    return f"Their votes go on: {', '.join(went)}." if went else "They had no votes to pass on."


def _seat(v: Values, w: Words) -> str:
    shares = ", ".join(f"{n} x {part}" for _, n, part in v["shares"])
    behind = f" Next: {w.options(v['next'])}, with {v['next_points']}." if v["next"] else ""
    return f"Seat {v['seat']}: {w.option(v['option'])}, with {v['points']} points ({shares}).{behind}"


def _tied_seat(v: Values, w: Words) -> str:
    without = f" {w.options(v['without'])}: no seat." if v["without"] else ""
    return (
        f"Seat {v['seat']}: {w.options(v['options'])} stand equal, with {v['points']} points; "
        f"{w.option(v['chosen'])} is first in the list and gets it.{without}"
    )


def _round(v: Values, w: Words) -> str:
    votes = ", ".join(f"{w.option(key)} {n}" for key, n in sorted(v["votes"].items(), key=lambda item: -item[1]))
    spent = f"; {v['spent']} ballots name nobody who is left" if v["spent"] else ""
    return f"Round {v['round']}: {votes}{spent}."


def _needed(v: Values, w: Words) -> str:
    rule = "more than half" if v["rule"] == "more_than_half" else "the majority that was set"
    return f"Needed, by {rule}: {v['needed']} of the {v['of']} who said yes or no."


def _raised(v: Values, w: Words) -> str:
    nothing, dear = "nothing more fits into what is left", "one more and it would cost too much"
    why = nothing if v["why"] == "nothing_fits" else dear
    if not v["units"]:
        return f"No share is raised: {why}."
    return f"Every share is raised by {w.money(v['units'])}, to {w.money(v['share'])}: {why}."


def _tied(v: Values, w: Words) -> str:
    if not v["tied"]:
        return ""
    by = {"approvals": "more voters", "cost": "its lower cost", "place": "its place in the list"}[v["by"]]
    return f" Equal here: {w.options(v['tied'])}; {by} decided."


def _bought(v: Values, w: Words) -> str:
    paid = f"{v['payers']} pay {w.money(v['each'])} each" if v["payers"] else ""
    rest = f"{v['rest_payers']} give the {w.money(v['rest_paid'])} they have left together" if v["rest_payers"] else ""
    empty = f"{v['empty']} have nothing left" if v["empty"] else ""
    how = ", ".join(part for part in (paid, rest, empty) if part)
    cost, left = w.money(v["cost"]), w.money(v["left"])
    return f"{w.option(v['item'])}, for {cost}: of its {v['approvals']} voters {how}. Left: {left}.{_tied(v, w)}"


def _left(v: Values, w: Words) -> str:
    fits = f" It would pay for {w.options(v['fits'])}, but their voters cannot." if v["fits"] else ""
    return f"Left in the end: {w.money(v['left'])}.{fits}"


def _beside(v: Values, w: Words) -> str:
    if not v["only_here"] and not v["only_there"]:
        return "Plain greedy would fund the same."
    only = [f"only here: {w.options(v['only_here'])}"] if v["only_here"] else []
    only += [f"only there: {w.options(v['only_there'])}"] if v["only_there"] else []
    return f"Beside plain greedy, {'; '.join(only)}."


def _skipped(v: Values, w: Words) -> str:
    why = f"only {w.money(v['left'])} is left" if v["cost"] > v["left"] else "nobody voted"
    return f"{w.option(v['item'])}, with {w.behind(v['approvals'])}: not funded for {w.money(v['cost'])}, {why}."


SENTENCES: dict[str, Callable[[Values, Words], str]] = {
    "approval_voters": lambda v, w: f"{v['of']} people voted; {v['blank']} of them marked nothing.",
    "approval_counted": lambda v, w: f"{w.option(v['option'])}: {v['on']} of {v['of']}.",
    "approval_won": lambda v, w: (
        f"{w.option(v['option'])} has most marks: {v['on']} of {v['of']}." + _next(v, w, "next_on", "")
    ),
    "approval_tied": lambda v, w: f"{w.options(v['options'])} stand equal with most marks: {v['on']} of {v['of']}.",
    "approval_nobody": lambda v, w: "Nobody marked anything.",
    "approval_equal": lambda v, w: f"{w.options(v['options'])} stand equal: {v['on']} of {v['of']}.",
    "yes_no_counted": lambda v, w: f"{v['yes']} yes, {v['no']} no, {v['abstain']} abstain; {v['of']} people voted.",
    "yes_no_abstained": lambda v, w: f"{v['on']} of {v['of']} abstained; they count on neither side.",
    "yes_no_needed": _needed,
    "yes_no_reached": lambda v, w: f"Yes: {v['on']} of {v['of']}, and {v['needed']} were needed.",
    "yes_no_missed": lambda v, w: f"No: {v['on']} of {v['of']} said yes, and {v['needed']} were needed.",
    "yes_no_tie": lambda v, w: f"As many yes as no: {v['on']} of {v['of']}.",
    "yes_no_nobody": lambda v, w: "Nobody said yes or no.",
    "consent_counted": lambda v, w: f"{v['agree']} agree, {v['stand_aside']} stand aside, {v['objections']} object.",
    "consent_aside": lambda v, w: f"{v['on']} of {v['of']} stand aside; they let it pass.",
    "consent_adopted": lambda v, w: f"Nobody objects, and {v['on']} of {v['of']} agree: it is adopted.",
    "consent_objected": lambda v, w: f"{v['on']} of {v['of']} object: it is not adopted.",
    "consent_nobody": lambda v, w: "Nobody agrees and nobody objects.",
    "score_voters": lambda v, w: f"{v['of']} people voted, with 0 to {v['top']} points for each option.",
    "score_counted": lambda v, w: (
        f"{w.option(v['option'])}: {v['points']} of {v['most']} points, "
        f"from {v['given']} of {v['of']} voters; how many gave 0, 1, …: {', '.join(map(str, v['spread']))}."
    ),
    "score_won": lambda v, w: (
        f"{w.option(v['option'])} has most points: {v['points']} of {v['most']}."
        + _next(v, w, "next_points", " points")
    ),
    "score_tied": lambda v, w: f"{w.options(v['options'])} stand equal with most points: {v['points']}.",
    "score_nobody": lambda v, w: "Nobody gave any points.",
    "score_equal": lambda v, w: f"{w.options(v['options'])} stand equal: {v['points']} points.",
    "dots_voters": lambda v, w: f"{v['of']} people had {v['each']} dots each; {v['given']} of {v['dots']} were given.",
    "dots_counted": lambda v, w: f"{w.option(v['option'])}: {v['dots']} dots, from {v['on']} of {v['of']} people.",
    "dots_won": lambda v, w: (
        f"{w.option(v['option'])} has most dots: {v['dots']} of {v['given']}." + _next(v, w, "next_dots", " dots")
    ),
    "dots_tied": lambda v, w: f"{w.options(v['options'])} stand equal with most dots: {v['dots']}.",
    "dots_nobody": lambda v, w: "Nobody gave any dots.",
    "dots_equal": lambda v, w: f"{w.options(v['options'])} stand equal: {v['dots']} dots.",
    "schulze_ballots": lambda v, w: f"{v['voters']} people put {v['options']} options in order.",
    "schulze_duel": lambda v, w: (
        f"{w.option(v['winner'])} beats {w.option(v['loser'])}: {v['for']} to {v['against']}"
        + (f", {v['equal']} see no difference." if v["equal"] else ".")
    ),
    "schulze_even": lambda v, w: f"{w.options(v['options'])} are even: {v['for']} on each side.",
    "schulze_condorcet": lambda v, w: f"{w.option(v['winner'])} beats every other option, one by one.",
    "schulze_circle": lambda v, w: f"Nobody beats all others: {w.options(v['options'])} beat each other in a circle.",
    "schulze_cycle": lambda v, w: f"A circle: {_links(v['links'], w)}. Its weakest link: {_links([v['weakest']], w)}.",
    "schulze_path": _path,
    "schulze_tie": lambda v, w: f"{w.options(v['options'])} stand equal at the top.",
    "schulze_order": lambda v, w: f"The whole order: {w.order(v['order'])}.",
    "runoff_round": _round,
    "runoff_majority": lambda v, w: f"{w.option(v['winner'])} has more than half: {v['votes']} of {v['of']}.",
    "runoff_out": lambda v, w: f"Fewest votes, {v['votes']}: out goes {w.options(v['options'])}.",
    "runoff_moved": _moved,
    "runoff_tie": lambda v, w: f"{w.options(v['options'])} have as many votes, {v['votes']}: all of them win.",
    "shortlist_voters": lambda v, w: f"{v['of']} people voted, for {v['seats']} seats.",
    "shortlist_seat": _seat,
    "shortlist_tie": _tied_seat,
    "shortlist_short": lambda v, w: (
        f"Only {v['filled']} of {v['seats']} seats are filled: nobody marked another option."
    ),
    "shortlist_covered": lambda v, w: f"{v['on']} of {v['of']} find something of theirs in the list.",
    "equal_shares_start": lambda v, w: f"{v['voters']} voters share {w.money(v['total'])}: {w.money(v['share'])} each.",
    "equal_shares_raised": _raised,
    "equal_shares_free": lambda v, w: f"{w.option(v['item'])} costs nothing, and {w.behind(v['approvals'])} want it.",
    "equal_shares_bought": _bought,
    "equal_shares_out": lambda v, w: (
        f"{w.option(v['item'])}: not funded. It costs {w.money(v['cost'])}, and its "
        f"{v['approvals']} voters have {w.money(v['behind'])} left together."
    ),
    "equal_shares_filled": lambda v, w: (
        f"{w.option(v['item'])}: {w.money(v['cost'])} from what was left, most voters "
        f"first ({v['approvals']}). Left: {w.money(v['left'])}.{_tied(v, w)}"
    ),
    "equal_shares_left": _left,
    "equal_shares_beside": _beside,
    "greedy_bought": lambda v, w: (
        f"{w.option(v['item'])}, with {w.behind(v['approvals'])}: funded for "
        f"{w.money(v['cost'])}. Left: {w.money(v['left'])}.{_tied(v, w)}"
    ),
    "greedy_skipped": _skipped,
    "greedy_left": lambda v, w: f"Left in the end: {w.money(v['left'])}.",
}
