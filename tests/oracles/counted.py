"""Results of independent libraries, one function a method; only the script that makes the fixtures imports this."""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import Any

import networkx as nx
import numpy as np
from abcvoting import abcrules, preferences, scores
from elections import Election
from pabutools.election import ApprovalBallot, ApprovalProfile, Cost_Sat, Instance, Project
from pabutools.rules import (
    BudgetAllocation,
    exhaustion_by_budget_increase,
    greedy_utilitarian_welfare,
    method_of_equal_shares,
)
from pabutools.tiebreaking import TieBreakingRule
from pref_voting.c1_methods import smith_set
from pref_voting.grade_methods import approval, cumulative_voting, score_voting
from pref_voting.grade_profiles import GradeProfile
from pref_voting.iterative_methods import instant_runoff_for_truncated_linear_orders
from pref_voting.margin_based_methods import beat_path, beat_path_defeat
from pref_voting.other_methods import absolute_majority
from pref_voting.profiles import Profile
from pref_voting.profiles_with_ties import ProfileWithTies

Result = dict[str, Any]


def letters(names: str, chosen: Any) -> str:
    """Options as text, in the order in which the election gives them."""
    return "".join(sorted(chosen, key=names.index))


def many(made: Election) -> list[int]:
    """How many voters stand behind each ballot."""
    return made["weights"] or [1] * len(made["ballots"])


def graded(made: Election, ballots: list[dict[str, int]], top: int) -> GradeProfile:
    """Points as a profile of pref_voting."""
    return GradeProfile(ballots, list(range(top + 1)), gcounts=many(made), candidates=list(made["options"]))


def sums(profile: GradeProfile, names: str) -> dict[str, int]:
    """Points of every option; pref_voting says None for an option to which nobody gave any."""
    return {o: int(profile.sum(o) or 0) for o in names}


def count_approval(made: Election) -> Result:
    """pref_voting's approval; abcvoting's approval voting for one seat must say the same."""
    names = made["options"]
    profile = graded(made, [dict.fromkeys(b, 1) for b in made["ballots"]], 1)
    winners = letters(names, approval(profile))
    seats = abcrules.compute_av(committee_profile(made), 1, resolute=False, max_num_of_committees=None)
    assert winners == letters(names, [names[c] for (c,) in map(tuple, seats)])
    return {"winners": winners, "counts": sums(profile, names)}


def count_score(made: Election) -> Result:
    """pref_voting's score voting by sum, a skipped option standing at 0."""
    profile = graded(made, made["ballots"], made["top"])
    winners = letters(made["options"], score_voting(profile, ungraded_score=0))
    people = int(profile.num_voters)
    spread = {o: [round(float(profile.proportion(o, g)) * people) for g in profile.grades] for o in made["options"]}
    return {"winners": winners, "sums": sums(profile, made["options"]), "spread": spread}


def count_dots(made: Election) -> Result:
    """pref_voting's cumulative voting where every ballot spends all its dots; else its score voting on the dots."""
    profile = graded(made, made["ballots"], made["each"])
    if all(sum(b.values()) == made["each"] for b in made["ballots"]):
        winners = cumulative_voting(profile, max_total_grades=made["each"])
    else:
        winners = score_voting(profile, ungraded_score=0)
    table = np.array([[b.get(o, 0) for o in made["options"]] for b in made["ballots"]])
    givers = dict(zip(made["options"], (np.array(many(made)) @ (table > 0)).tolist(), strict=True))
    return {"winners": letters(made["options"], winners), "sums": sums(profile, made["options"]), "givers": givers}


def count_answers(made: Election) -> Result:
    """pref_voting's absolute majority of those who said yes or no; above one half, and consent, two lines of our own."""
    yes, no = made["yes"], made["no"]
    if made["majority"] == 50:
        side = absolute_majority(Profile([[0, 1], [1, 0]], rcounts=[yes, no])) if yes + no else []
        outcome = {(0,): "yes", (1,): "no"}.get(tuple(side), "tie" if yes + no else "none")
    else:
        outcome = (
            "none" if yes + no == 0 else "yes" if Fraction(yes, yes + no) >= Fraction(made["majority"], 100) else "no"
        )
    return {"outcome": outcome, "consent": "objection" if no else "adopted" if yes else "none"}


def groups(ballot: str) -> list[list[str]]:
    """A ranked ballot's groups, best to worst."""
    return [group.split("=") for group in ballot.split(">")] if ballot else []


def ranked(made: Election) -> ProfileWithTies:
    """Ranked ballots as a profile of pref_voting; those not ranked stand below, and equal."""
    places = [{o: place for place, group in enumerate(groups(b), 1) for o in group} for b in made["ballots"]]
    profile = ProfileWithTies(places, rcounts=many(made), candidates=list(made["options"]))
    profile.use_extended_strict_preference()
    return profile


def strongest(pairs: dict[str, dict[str, int]], names: str) -> dict[str, dict[str, int]]:
    """Strengths of strongest paths, by another way than Floyd and Warshall's: which options reach which (networkx)
    when only the wins with at least so many voters are kept."""
    found = {a: {b: 0 for b in names if b != a} for a in names}
    for least in sorted({pairs[a][b] for a, b in itertools.permutations(names, 2)} - {0}):
        graph = nx.DiGraph()
        graph.add_nodes_from(names)
        wins = [(a, b) for a, b in itertools.permutations(names, 2) if pairs[a][b] > pairs[b][a]]
        graph.add_edges_from((a, b) for a, b in wins if pairs[a][b] >= least)
        for a in names:
            for b in nx.descendants(graph, a):
                found[a][b] = least
    return found


def count_ranked(made: Election) -> Result:
    """pref_voting's beat path (Schulze) with winning votes, who beats whom, Condorcet winner and Smith set."""
    names, profile = made["options"], ranked(made)
    pairs = {a: {b: int(profile.support(a, b)) for b in names if b != a} for a in names}
    winners = beat_path(profile, strength_function=profile.support)
    if len(names) <= 6:
        assert winners == beat_path(profile, strength_function=profile.support, algorithm="basic")
    beats = beat_path_defeat(profile, strength_function=profile.support)
    strengths = strongest(pairs, names)
    assert {(a, b) for a, b in itertools.permutations(names, 2) if strengths[a][b] > strengths[b][a]} == set(
        beats.edges
    )
    return {
        "pairs": {a: [pairs[a].get(b, 0) for b in names] for a in names},
        "strengths": {a: [strengths[a].get(b, 0) for b in names] for a in names},
        "winners": letters(names, winners),
        "beats": {a: letters(names, beats.successors(a)) for a in names if any(beats.successors(a))},
        "condorcet": profile.condorcet_winner(),
        "smith": letters(names, smith_set(profile)),
    }


def count_runoff(made: Election) -> Result:
    """pref_voting's instant run-off for truncated orders: all that are last go at once, unless nobody would be left."""
    names, profile = made["options"], ranked(made)
    winners = letters(names, instant_runoff_for_truncated_linear_orders(profile))
    rounds, left = [], list(names)
    while True:
        tally = {o: int(n) for o, n in profile.plurality_scores(curr_cands=left).items()}
        rounds.append({o: tally[o] for o in left})
        last = [o for o in left if tally[o] == min(tally.values())]
        if len(last) == len(left):
            break
        left = [o for o in left if o not in last]
    assert letters(names, left) == winners, (left, winners)
    return {"winners": winners, "rounds": rounds}


def committee_profile(made: Election) -> preferences.Profile:
    """Approval ballots as a profile of abcvoting."""
    names = made["options"]
    profile = preferences.Profile(len(names))
    profile.add_voters(
        preferences.Voter([names.index(o) for o in ballot], weight=weight, num_cand=len(names))
        for ballot, weight in zip(made["ballots"], many(made), strict=True)
    )
    return profile


def count_shortlist(made: Election) -> Result:
    """abcvoting's sequential PAV: every committee that some breaking of ties can lead to; and, ties going to the option
    given first, the order in which they are chosen, with what each adds to the PAV score."""
    names, profile = made["options"], committee_profile(made)
    found = abcrules.compute_seqpav(profile, made["seats"], resolute=False, max_num_of_committees=None)
    order, gains, before = "", [], Fraction(0)
    for seats in range(1, made["seats"] + 1):
        (chosen,) = abcrules.compute_seqpav(profile, seats, resolute=True)
        (new,) = {names[c] for c in chosen} - set(order)
        order += new
        score = Fraction(str(scores.thiele_score("pav", profile, list(chosen))))
        gains.append(str(score - before))
        before = score
    committees = sorted(letters(names, [names[c] for c in chosen]) for chosen in found)
    assert letters(names, order) in committees
    return {"committees": committees, "order": order, "gains": gains}


class Projects:
    """One budget election in pabutools, with our rule for ties: more approvals, then lower cost, then given first."""

    def __init__(self, made: Election, *, unwanted: bool = False) -> None:
        self.made, self.total = made, made["total"]
        wanted = set(made["options"] if unwanted else "".join(made["ballots"]))
        self.projects = {o: Project(o, made["costs"][o]) for o in made["options"] if o in wanted}
        self.instance = Instance(self.projects.values(), budget_limit=made["total"])
        ballots = zip(made["ballots"], many(made), strict=True)
        self.profile = ApprovalProfile(
            [ApprovalBallot({self.projects[o] for o in b}) for b, weight in ballots for _ in range(weight)]
        )
        self.ties = TieBreakingRule(
            lambda instance, profile, p: (-profile.approval_score(p), p.cost, made["options"].index(p.name))
        )

    def _shares(self, **more: Any) -> BudgetAllocation:
        return method_of_equal_shares(self.instance, self.profile, sat_class=Cost_Sat, tie_breaking=self.ties, **more)

    def none(self) -> tuple[str, list[str]]:
        """Projects in the order bought, and what each voter has left (one entry a ballot)."""
        bought = self._shares(analytics=True)
        rounds = bought.details.iterations
        left = rounds[-1].voters_budget_after_selection or rounds[-1].voters_budget
        places = itertools.accumulate([0, *many(self.made)[:-1]])
        return self.text(bought), [str(Fraction(str(left[place]))) for place in places]

    def add1(self) -> BudgetAllocation:
        """From total/voters, one unit more a voter, until nothing more fits or the outcome costs too much."""
        return self._shares(voter_budget_increment=1)

    def add1_whole(self) -> BudgetAllocation:
        """The same from the whole part of total/voters on, as in the reference code of equalshares.net."""
        voters, before, each = len(self.profile), self._shares(), self.total // len(self.profile)
        while not self.instance.is_exhaustive(before):
            each += 1
            self.instance.budget_limit = each * voters
            after = self._shares()
            self.instance.budget_limit = self.total
            if not self.instance.is_feasible(after):
                break
            before = after
        return before

    def add1_open(self) -> BudgetAllocation:
        """From total/voters on, and not stopped when nothing more fits: only when the outcome costs too much."""
        voters, dearest = len(self.profile), sum(p.cost for p in self.instance)
        return exhaustion_by_budget_increase(
            self.instance, self.profile, method_of_equal_shares,
            {"sat_class": Cost_Sat, "tie_breaking": self.ties},
            exhaustive_stop=False, budget_step=voters, budget_bound=self.total + voters * (dearest + 1),
        )  # fmt: skip

    def greedy(self, first: BudgetAllocation | None = None) -> BudgetAllocation:
        """Utilitarian greedy: by approvals, what no longer fits is passed over; on top of `first` where given."""
        return greedy_utilitarian_welfare(
            self.instance, self.profile, sat_class=Cost_Sat, tie_breaking=self.ties, initial_budget_allocation=first
        )

    @staticmethod
    def text(allocation: BudgetAllocation) -> str:
        """Projects in the order in which they were taken."""
        return "".join(p.name for p in allocation)


def count_raises(made: Election) -> Result:
    """pabutools' Method of Equal Shares with the completions that we use: only what somebody approves, or anything."""
    given, whole = Projects(made), Projects(made, unwanted=True)
    allocation = given.add1()
    return {
        "add1": given.text(allocation),
        "add1u": whole.text(whole.greedy(allocation)),
        "add1u_wanted": given.text(given.greedy(allocation)),
    }


def count_budget(made: Election) -> Result:
    """The same without completion, with other definitions of add1, and pabutools' utilitarian greedy."""
    given, whole = Projects(made), Projects(made, unwanted=True)
    bought, left = given.none()
    return {
        "none": bought,
        "left": left,
        **count_raises(made),
        "add1_whole": given.text(given.add1_whole()),
        "add1_open": given.text(given.add1_open()),
        "greedy": whole.text(whole.greedy()),
        "greedy_wanted": given.text(given.greedy()),
    }


def count_purse(made: Election) -> Result:
    """pabutools' Method of Equal Shares without completion, and its utilitarian greedy."""
    given, whole = Projects(made), Projects(made, unwanted=True)
    bought, left = given.none()
    return {"none": bought, "left": left, "greedy": whole.text(whole.greedy())}


COUNTS = {
    "approval": count_approval, "score": count_score, "dots": count_dots, "answers": count_answers,
    "ranked": count_ranked, "runoff": count_runoff, "budget": count_budget, "purse": count_purse, "raises": count_raises,
    "shortlist": count_shortlist,
}  # fmt: skip
