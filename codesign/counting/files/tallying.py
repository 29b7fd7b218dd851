"""Which method counts which file, and by which rule where the file names one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from codesign.counting.answers import consent, yes_no
from codesign.counting.approval import approval
from codesign.counting.budget import equal_shares, greedy
from codesign.counting.domain import CannotCount, Order, Step
from codesign.counting.dots import dots
from codesign.counting.files.domain import Categories, Orders, Projects, Slips, VotesFile
from codesign.counting.ranked import instant_runoff, schulze
from codesign.counting.score import score
from codesign.counting.shortlist import sequential_pav

METHODS = (
    "approval", "yes_no", "consent", "score", "dots", "ranked", "instant_runoff", "equal_shares", "greedy", "shortlist",
)  # fmt: skip
COMPLETIONS = ("none", "add1", "add1u")
# The rules of Pabulib that are counted here: method and completion.
RULES = {
    "greedy": ("greedy", None),
    "equalshares": ("equal_shares", "none"),
    "equalshares/add1": ("equal_shares", "add1"),
    "equalshares/add1u": ("equal_shares", "add1u"),
}
NONE = "none"
# Categories of a file with one idea that can be counted as answers.
YES_NO = ("yes", "no", "abstain")
CONSENT = ("agree", "stand_aside", "object")
# Schulze's method looks at every three options: with more of them than this it takes minutes.
MOST_RANKED = 500


class Counted(Protocol):
    """What every method of counting hands back."""

    @property
    def winners(self) -> tuple[str, ...]:
        """What it decides for."""

    @property
    def order(self) -> Order:
        """Best to worst."""

    @property
    def steps(self) -> tuple[Step, ...]:
        """The explanation."""

    def plain(self) -> dict[str, Any]:
        """Everything, as it stands in a file."""


@dataclass(frozen=True)
class Tally:
    """One count of a file.

    method: one of METHODS. completion: of equal shares. beside: a second reading of the same votes. without: why there
    is no second reading, or "". points: whether what stands as approvals in the result are points.
    """

    method: str
    result: Counted
    completion: str | None = None
    beside: Tally | None = None
    without: str = ""
    points: bool = False


def tally(file: VotesFile, method: str | None = None, completion: str | None = None, seats: int | None = None) -> Tally:
    """Count a file by the method it asks for, or by another one that its votes allow.

    method, completion, seats: what was told; None is what the file says. Raises CannotCount when the method does not
    fit these votes or a number is missing.
    """
    if isinstance(file, Orders):
        return _orders(file.options, file.ballots, file.weights, method or "ranked")
    if isinstance(file, Categories):
        return _categories(file, method or "approval", seats)
    if isinstance(file, Projects):
        return _projects(file, method, completion, seats)
    return _slips(file, method, completion, seats)


def _unfit(method: str, possible: Sequence[str]) -> CannotCount:
    return CannotCount(f"These votes cannot be counted by {method}; possible: {', '.join(possible)}.")


def _orders(
    options: Mapping[str, str], ballots: Sequence[Sequence[Collection[str]]], weights: Sequence[int] | None, method: str
) -> Tally:
    if len(options) > MOST_RANKED:
        raise CannotCount(f"Ranked votes are counted here for up to {MOST_RANKED} options, not for {len(options)}.")
    equal = any(len(group) > 1 for ballot in ballots for group in ballot)
    if method == "instant_runoff":
        return Tally(method, instant_runoff(tuple(options), ballots, weights))
    if method != "ranked":
        raise _unfit(method, ("ranked", "instant_runoff"))
    result = schulze(tuple(options), ballots, weights)
    if equal:
        return Tally(method, result, without="Instant run-off is not given: on some ballots options stand equal.")
    return Tally(method, result, beside=Tally("instant_runoff", instant_runoff(tuple(options), ballots, weights)))


def _categories(file: Categories, method: str, seats: int | None) -> Tally:
    first = [ballot[0] for ballot in file.ballots]
    if method == "approval":
        return Tally(method, approval(tuple(file.options), first, file.weights))
    if method == "shortlist":
        return _shortlist(file.options, first, seats, file.weights)
    if method == "score":
        top = len(file.categories) - 1
        marks = [{key: top - place for place, group in enumerate(b) for key in group} for b in file.ballots]
        return Tally(method, score(tuple(file.options), marks, top, file.weights))
    if method in ("ranked", "instant_runoff"):
        ranks = [[group for group in ballot if group] for ballot in file.ballots]
        return _orders(file.options, ranks, file.weights, method)
    answers = tuple(file.categories) if len(file.options) == 1 else ()
    given = {a: sum(w for b, w in zip(file.ballots, file.weights, strict=True) if b[i]) for i, a in enumerate(answers)}
    if method == "yes_no" and answers == YES_NO:
        return Tally(method, yes_no(*(given[a] for a in YES_NO)))
    if method == "consent" and answers == CONSENT:
        return Tally(method, consent(*(given[a] for a in CONSENT)))
    fixed = [m for m, found in (("yes_no", YES_NO), ("consent", CONSENT)) if answers == found]
    raise _unfit(method, ("approval", "shortlist", "score", "ranked", "instant_runoff", *fixed))


def _projects(file: Projects, method: str | None, completion: str | None, seats: int | None) -> Tally:
    if method is None and file.rule:
        if file.rule.lower() not in RULES:
            raise CannotCount(f"The rule “{file.rule[:40]}” of the file is not known here; name one with --method.")
        method, of_rule = RULES[file.rule.lower()]
        completion = completion or of_rule
    method = method or "equal_shares"
    if method == "greedy":
        return _greedy(file)
    if method == "equal_shares":
        completion = completion or RULES.get(file.rule.lower(), ("", None))[1] or "add1u"
        shares = equal_shares(file.costs, file.votes, file.total, completion, least=1, step=file.unit)
        return Tally(method, shares, completion, beside=_greedy(file))
    if method == "approval":
        return Tally(method, approval(tuple(file.options), file.votes))
    if method == "shortlist":
        return _shortlist(file.options, file.votes, seats, None)
    if method in ("ranked", "instant_runoff") and file.vote_type == "ordinal":
        return _orders(file.options, [[(key,) for key in vote] for vote in file.votes], None, method)
    ordinal = ("ranked", "instant_runoff") if file.vote_type == "ordinal" else ()
    raise _unfit(method, ("greedy", "equal_shares", "approval", "shortlist", *ordinal))


def _greedy(file: Projects) -> Tally:
    """Greedy by voters, or by points where the votes carry some.

    With points, every point stands as one voter for that project alone: greedy looks at nothing but these sums. What
    nobody wants is not funded, as in the cities whose results are in Pabulib.
    """
    points = points_of(file)
    if points is None:
        return Tally("greedy", greedy(file.costs, file.votes, file.total, least=1))
    if min(points.values()) < 0:
        raise CannotCount("Projects have points below zero, and greedy cannot count these.")
    one_by_one = [(key,) for key in file.options]
    result = greedy(file.costs, one_by_one, file.total, [points[key] for key in file.options], least=1)
    return Tally("greedy", result, points=True)


def points_of(file: Projects) -> dict[str, int] | None:
    """Points of each project: as given, or by place on ordinal votes (of N places the first gives N points, the last
    1; N is max_length, or the longest vote); None where votes carry no points."""
    sums = Counter(dict.fromkeys(file.options, 0))
    if file.points is not None:
        for vote, given in zip(file.votes, file.points, strict=True):
            for key, points in zip(vote, given, strict=True):
                sums[key] += points
        return dict(sums)
    if file.vote_type != "ordinal":
        return None
    most = max([file.most or 0, *map(len, file.votes)])
    for vote in file.votes:
        for place, key in enumerate(vote):
            sums[key] += most - place
    return dict(sums)


def _shortlist(
    options: Mapping[str, str], ballots: Sequence[Collection[str]], seats: int | None, weights: Sequence[int] | None
) -> Tally:
    if not seats:
        raise CannotCount("A shortlist needs the number of seats; name it with --seats.")
    return Tally("shortlist", sequential_pav(tuple(options), ballots, seats, weights))


def _slips(file: Slips, method: str | None, completion: str | None, seats: int | None) -> Tally:
    method = method or {"budget": "equal_shares"}.get(file.method, file.method)
    keys, terms = tuple(file.options), file.terms
    marks = [{} if set(slip) == {NONE} else slip for slip in file.marks]
    one = Counter(key for slip in marks for key in slip)
    chosen = [tuple(slip) for slip in marks]
    approvals: dict[str, Callable[[], Tally]] = {
        "approval": lambda: Tally("approval", approval(keys, chosen)),
        "shortlist": lambda: _shortlist(file.options, chosen, seats or terms.get("seats"), None),
    }
    ranks = [[(key,) for key in sorted(slip, key=slip.__getitem__)] for slip in marks]
    possible: dict[str, dict[str, Callable[[], Tally]]] = {
        "approval": approvals,
        "shortlist": approvals,
        "budget": {
            "equal_shares": lambda: _budget(file, chosen, completion),
            "greedy": lambda: Tally("greedy", greedy(file.costs, chosen, terms["total"], least=1)),
            **approvals,
        },
        "yes_no": {
            "yes_no": lambda: Tally("yes_no", yes_no(one["yes"], one["no"], one["abstain"], file.majority)),
        },
        "consent": {"consent": lambda: Tally("consent", consent(one["agree"], one["stand_aside"], one["object"]))},
        "score": {"score": lambda: Tally("score", score(keys, marks, terms["points"]))},
        "dots": {"dots": lambda: Tally("dots", dots(keys, marks, terms["points"]))},
        "ranked": {
            "ranked": lambda: _orders(file.options, ranks, None, "ranked"),
            "instant_runoff": lambda: _orders(file.options, ranks, None, "instant_runoff"),
        },
    }
    fitting = possible[file.method]
    if method not in fitting:
        raise _unfit(method, tuple(fitting))
    return fitting[method]()


def _budget(file: Slips, chosen: Sequence[Collection[str]], completion: str | None) -> Tally:
    """As a panel counts its budgets: what nobody wants is never bought."""
    completion = completion or str(file.terms.get("completion") or "add1u")
    total = file.terms["total"]
    plain = Tally("greedy", greedy(file.costs, chosen, total, least=1))
    return Tally("equal_shares", equal_shares(file.costs, chosen, total, completion, least=1), completion, beside=plain)
