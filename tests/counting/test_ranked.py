"""Ranked ballots by Schulze's method: classics checked by hand, a slow count of our own, and what must always hold."""

from __future__ import annotations

import json
from itertools import combinations, pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codesign.counting.domain import CannotCount
from codesign.counting.ranked import schulze

OPTIONS = "abcd"
Ballot = list[list[str]]


def strict(text: str) -> Ballot:
    return [[option] for option in text]


def grouped(ranks: dict[str, int]) -> Ballot:
    """A ballot from ranks; rank 0 is left out."""
    return [[o for o in ranks if ranks[o] == level] for level in sorted(set(ranks.values()) - {0})]


ballots_of = st.lists(
    st.fixed_dictionaries({o: st.integers(0, 4) for o in OPTIONS}).map(grouped), min_size=1, max_size=9
)

# Markus Schulze, A new monotonic ... single-winner election method, 2011, section 3.1: 45 voters, five options.
SCHULZES_45 = {"acbed": 5, "adecb": 5, "bedac": 8, "cabed": 3, "caebd": 7, "cbade": 2, "dceba": 7, "ebadc": 8}
TENNESSEE = {"mnck": 42, "nckm": 26, "cknm": 15, "kcnm": 17}


def of(votes: dict[str, int]) -> tuple[list[Ballot], list[int]]:
    return [strict(text) for text in votes], list(votes.values())


def kinds(result, kind):
    return [step.values for step in result.steps if step.kind == kind]


def test_schulzes_own_example_of_45_voters() -> None:
    result = schulze("abcde", *of(SCHULZES_45))
    assert result.order == (("e",), ("a",), ("c",), ("b",), ("d",))
    assert result.winners == ("e",)
    assert result.condorcet is None
    assert result.cycle == tuple("abcde")
    assert [list(result.pairs[o].values()) for o in "abcde"] == [
        [20, 26, 30, 22], [25, 16, 33, 18], [19, 29, 17, 24], [15, 12, 28, 14], [23, 27, 21, 31],
    ]  # fmt: skip
    assert [list(result.strengths[o].values()) for o in "abcde"] == [
        [28, 28, 30, 24], [25, 28, 33, 24], [25, 29, 29, 24], [25, 28, 28, 24], [25, 28, 28, 31],
    ]  # fmt: skip
    assert result.voters == 45


def test_why_the_winner_of_the_example_stands_above_the_option_that_beats_it() -> None:
    result = schulze("abcde", *of(SCHULZES_45))
    assert kinds(result, "schulze_circle") == [{"options": list("abcde")}]
    (cycle,) = kinds(result, "schulze_cycle")
    assert [(link["winner"], link["loser"], link["for"]) for link in cycle["links"]] == [
        ("e", "d", 31), ("d", "c", 28), ("c", "e", 24),
    ]  # fmt: skip
    assert cycle["weakest"] == {"winner": "c", "loser": "e", "for": 24, "against": 21}
    assert kinds(result, "schulze_path") == [
        {"winner": "e", "other": "c", "path": ["e", "d", "c"], "strength": 28, "back_path": ["c", "e"], "back": 24}
    ]


def test_tennessee_chooses_nashville_which_beats_each_other_town() -> None:
    result = schulze("mnck", *of(TENNESSEE))
    assert result.order == (("n",), ("c",), ("k",), ("m",))
    assert (result.condorcet, result.cycle, result.ties) == ("n", (), ())
    assert [step.kind for step in result.steps] == [
        "schulze_ballots", *["schulze_duel"] * 6, "schulze_condorcet", "schulze_order",
    ]  # fmt: skip
    assert result.steps[1].plain() == {
        "kind": "schulze_duel", "winner": "n", "loser": "c", "for": 68, "against": 32, "equal": 0, "voters": 100,
    }  # fmt: skip


def test_a_circle_of_three_is_cut_at_its_weakest_link() -> None:
    """a over b 7 to 5, b over c 9 to 3, c over a 8 to 4: without the 7, c stands above a and b above c."""
    result = schulze("abc", *of({"abc": 4, "bca": 5, "cab": 3}))
    assert [result.pairs[x][y] for x, y in ("ab", "bc", "ca")] == [7, 9, 8]
    assert (result.condorcet, result.cycle) == (None, ("a", "b", "c"))
    assert result.order == (("b",), ("c",), ("a",))
    (cycle,) = kinds(result, "schulze_cycle")
    assert (cycle["weakest"]["winner"], cycle["weakest"]["loser"]) == ("a", "b")


def test_a_circle_without_a_weakest_link_is_a_tie() -> None:
    result = schulze("abc", *of({"abc": 1, "bca": 1, "cab": 1}))
    assert result.winners == ("a", "b", "c")
    assert result.ties == (("a", "b", "c"),)
    assert len(kinds(result, "schulze_cycle")) == 1
    assert kinds(result, "schulze_tie") == [{"options": ["a", "b", "c"]}]
    assert kinds(result, "schulze_path") == []


def test_even_duels_are_no_circle() -> None:
    result = schulze("ab", [strict("ab"), strict("ba")])
    assert (result.winners, result.cycle, result.condorcet) == (("a", "b"), ("a", "b"), None)
    assert kinds(result, "schulze_even") == [{"options": ["a", "b"], "for": 1, "equal": 0, "voters": 2}]
    assert kinds(result, "schulze_circle") == []


def test_winning_votes_count_not_margins() -> None:
    """a over b 4 to 2, b over c 5 to 4, c over a 6 to 3: fewest stand behind a over b, so b wins. By margins: c."""
    ballots = [strict("bca")] * 2 + [strict("cab")] * 4 + [[["a", "b"], ["c"]]] * 3
    result = schulze("abc", ballots)
    assert [(result.pairs[x][y], result.pairs[y][x]) for x, y in ("ab", "bc", "ca")] == [(4, 2), (5, 4), (6, 3)]
    assert result.order == (("b",), ("c",), ("a",))


def test_options_that_are_not_ranked_stand_together_below() -> None:
    result = schulze("abcd", [[["c"], ["a"]], [["c", "a"]]])
    assert result.order == (("c",), ("a",), ("b", "d"))
    assert result.pairs["a"] == {"b": 2, "c": 0, "d": 2}
    assert result.pairs["b"] == {"a": 0, "c": 0, "d": 0}


def test_what_nobody_voted_for_is_not_decided() -> None:
    assert schulze("ab", []).winners == ()
    assert schulze("ab", [strict("ab")], [0]).winners == ()
    assert schulze("", []).order == ()
    assert schulze("ab", [[], [["a", "b"]]]).winners == ("a", "b")
    assert schulze("a", [[]]).winners == ("a",)


@pytest.mark.parametrize(
    ("options", "ballots", "weights"),
    [
        ("ab", [strict("ax")], None),
        ("ab", [[["a", "b"], ["x"]]], None),
        ("ab", [strict("aa")], None),
        ("ab", [[["a", "b"], ["a"]]], None),
        ("aa", [], None),
        ("ab", [strict("ab")], [1, 2]),
        ("ab", [strict("ab")], [-1]),
    ],
)
def test_what_cannot_be_counted_is_refused(options, ballots, weights) -> None:
    with pytest.raises(CannotCount):
        schulze(options, ballots, weights)


def test_more_options_than_fit_a_byte() -> None:
    names = [f"o{n}" for n in range(300)]
    result = schulze(names, [[[name] for name in names], [[name] for name in names[:150]]])
    assert result.winners == ("o0",)
    assert result.pairs["o149"]["o150"] == 2
    assert result.pairs["o150"]["o299"] == 1


# --- A slow count of our own, from the definitions.


def slow_pairs(options: str, ballots: list[Ballot]) -> dict[str, dict[str, int]]:
    pairs = {a: {b: 0 for b in options if b != a} for a in options}
    for ballot in ballots:
        rank = {o: place for place, group in enumerate(ballot) for o in group}
        for a, b in permutations(options, 2):
            pairs[a][b] += rank.get(a, 99) < rank.get(b, 99)
    return pairs


def slow_strengths(pairs: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
    """Every path without repetition, and of each its weakest link."""
    options = list(pairs)

    def link(a: str, b: str) -> int:
        return pairs[a][b] if pairs[a][b] > pairs[b][a] else 0

    def best(a: str, b: str) -> int:
        between = [o for o in options if o not in (a, b)]
        paths = [(a, *via, b) for size in range(len(between) + 1) for via in permutations(between, size)]
        return max(min(link(x, y) for x, y in pairwise(p)) for p in paths)

    return {a: {b: best(a, b) for b in options if b != a} for a in options}


def slow_smith(pairs: dict[str, dict[str, int]]) -> set[str]:
    for size in range(1, len(pairs) + 1):
        for group in combinations(pairs, size):
            if all(pairs[a][b] > pairs[b][a] for a in group for b in pairs if b not in group):
                return set(group)
    raise AssertionError


@given(ballots_of)
@settings(deadline=None)
def test_the_definitions_followed_slowly_say_the_same(ballots) -> None:
    result = schulze(OPTIONS, ballots)
    pairs = slow_pairs(OPTIONS, ballots)
    strengths = slow_strengths(pairs)
    assert result.pairs == pairs
    assert result.strengths == strengths
    unbeaten = tuple(a for a in OPTIONS if all(strengths[a][b] >= strengths[b][a] for b in OPTIONS if b != a))
    assert result.winners == unbeaten
    place = {o: n for n, group in enumerate(result.order) for o in group}
    assert sorted(place) == list(OPTIONS)
    assert all(place[a] < place[b] for a, b in permutations(OPTIONS, 2) if strengths[a][b] > strengths[b][a])


@given(ballots_of)
@settings(deadline=None)
def test_condorcet_winner_and_smith_set(ballots) -> None:
    result = schulze(OPTIONS, ballots)
    smith = slow_smith(result.pairs)
    assert set(result.cycle) == (smith if len(smith) > 1 else set())
    assert set(result.winners) <= smith
    champions = [a for a in OPTIONS if all(result.pairs[a][b] > result.pairs[b][a] for b in OPTIONS if b != a)]
    assert result.condorcet == (champions[0] if champions else None)
    if champions:
        assert result.winners == (champions[0],)


@given(ballots_of, st.randoms(use_true_random=False), st.permutations(OPTIONS))
@settings(deadline=None)
def test_who_votes_and_what_options_are_called_makes_no_difference(ballots, random, names) -> None:
    result = schulze(OPTIONS, ballots)
    mixed = list(ballots)
    random.shuffle(mixed)
    assert schulze(OPTIONS, mixed) == result
    called = dict(zip(OPTIONS, names, strict=True))
    renamed = schulze(OPTIONS, [[[called[o] for o in group] for group in ballot] for ballot in ballots])
    assert set(renamed.winners) == {called[o] for o in result.winners}
    assert [set(g) for g in renamed.order] == [{called[o] for o in g} for g in result.order]
    assert set(renamed.cycle) == {called[o] for o in result.cycle}


@given(ballots_of, st.data())
@settings(deadline=None)
def test_weights_are_so_many_ballots(ballots, data) -> None:
    weights = data.draw(st.lists(st.integers(0, 3), min_size=len(ballots), max_size=len(ballots)))
    copies = [ballot for ballot, weight in zip(ballots, weights, strict=True) for _ in range(weight)]
    assert schulze(OPTIONS, ballots, weights) == schulze(OPTIONS, copies)


@given(ballots_of, st.data())
@settings(deadline=None)
def test_a_winner_that_a_voter_puts_higher_still_wins(ballots, data) -> None:
    """Schulze's method is monotone: first alone on one ballot, the rest of it unchanged, does a winner no harm."""
    winner = data.draw(st.sampled_from(schulze(OPTIONS, ballots).winners))
    number = data.draw(st.integers(0, len(ballots) - 1))
    others = [[o for o in group if o != winner] for group in ballots[number]]
    places = [group for group in others if group]
    at = data.draw(st.integers(0, next((n for n, g in enumerate(ballots[number]) if winner in g), len(places))))
    raised = [*places[:at], [winner], *places[at:]]
    assert winner in schulze(OPTIONS, [*ballots[:number], raised, *ballots[number + 1 :]]).winners


@given(ballots_of)
@settings(deadline=None)
def test_turned_round_the_only_winner_does_not_stay_the_only_one(ballots) -> None:
    """Reversal symmetry."""
    whole = [[*ballot, [o for o in OPTIONS if not any(o in g for g in ballot)]] for ballot in ballots]
    result = schulze(OPTIONS, whole)
    turned = schulze(OPTIONS, [ballot[::-1] for ballot in whole])
    if len(result.winners) == 1:
        assert turned.winners != result.winners


@given(ballots_of)
@settings(deadline=None)
def test_every_step_is_true(ballots) -> None:
    result = schulze(OPTIONS, ballots)
    assert json.loads(json.dumps(result.plain())) == result.plain()
    told = len(kinds(result, "schulze_duel")) + len(kinds(result, "schulze_even"))
    assert told == 6
    for duel in kinds(result, "schulze_duel"):
        assert result.pairs[duel["winner"]][duel["loser"]] == duel["for"] > duel["against"]
        assert duel["for"] + duel["against"] + duel["equal"] == duel["voters"] == len(ballots)
    for cycle in kinds(result, "schulze_cycle"):
        links = cycle["links"]
        assert [link["loser"] for link in links] == [link["winner"] for link in [*links[1:], links[0]]]
        assert all(link["for"] > link["against"] for link in links)
        assert cycle["weakest"]["for"] == min(link["for"] for link in links)
    for step in kinds(result, "schulze_path"):
        for way, strength in ((step["path"], step["strength"]), (step["back_path"], step["back"])):
            weakest = min((result.pairs[a][b] for a, b in pairwise(way)), default=0)
            assert weakest == strength
        assert step["strength"] > step["back"]
    # Each other option that a winner does not beat itself is answered: by a way there, or it wins too.
    answered = {(s["winner"], s["other"]) for s in kinds(result, "schulze_path")}
    for winner in result.winners:
        for other in set(OPTIONS) - set(result.winners):
            beaten = result.pairs[winner][other] > result.pairs[other][winner]
            higher = result.strengths[winner][other] > result.strengths[other][winner]
            assert beaten or (winner, other) in answered or not higher
