"""What all simple methods share: wrong ballots are refused with their number, steps are told, counting is fast."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codesign.counting import answers
from codesign.counting.approval import Approval, approval
from codesign.counting.ballots import MOST_POINTS, MOST_VOTERS
from codesign.counting.domain import CannotCount
from codesign.counting.dots import Dots, dots
from codesign.counting.score import Score, score
from codesign.counting.shortlist import Shortlist, sequential_pav

Count = Callable[..., Any]
METHODS: dict[str, Count] = {
    "approval": lambda options, marked, weights=None: approval(options, marked, weights),
    "score": lambda options, marked, weights=None: score(options, ones(marked), 5, weights),
    "dots": lambda options, marked, weights=None: dots(options, ones(marked), 9, weights),
    "shortlist": lambda options, marked, weights=None: sequential_pav(options, marked, 2, weights),
}
EVERY = pytest.mark.parametrize("count", METHODS.values(), ids=METHODS)


def ones(marked: list[set[str]]) -> list[dict[str, int]]:
    return [dict.fromkeys(sorted(m), 1) for m in marked]


@EVERY
def test_what_is_no_option_is_refused_with_the_number_of_the_ballot(count: Count) -> None:
    with pytest.raises(CannotCount, match=r"^ballot 3 names 'x', which is no option$"):
        count("ab", [{"a"}, set(), {"x"}, {"y"}])


@EVERY
def test_an_option_twice_is_refused(count: Count) -> None:
    with pytest.raises(CannotCount, match="an option is named twice"):
        count(["a", "b", "a"], [{"a"}])


@EVERY
@pytest.mark.parametrize(
    ("weights", "why"),
    [([1], "2 ballots have 1 weights"), ([1, -1], "a weight"), ([1, 1.5], "a weight"), ([1, MOST_VOTERS], "more than")],
)
def test_weights_that_do_not_fit_are_refused(count: Count, weights: list[int], why: str) -> None:
    with pytest.raises(CannotCount, match=why):
        count("ab", [{"a"}, {"b"}], weights)


@EVERY
def test_no_options_and_no_ballots_have_an_empty_result(count: Count) -> None:
    result = count([], [])
    assert (result.winners, result.order, result.ties) == ((), (), ())


@EVERY
def test_as_many_voters_as_there_can_be_are_counted_exactly(count: Count) -> None:
    result = count("ab", [{"a"}, {"b"}], [MOST_VOTERS - 1, 1])
    assert result.voters == MOST_VOTERS
    assert result.winners[0] == "a"


def test_the_longest_scale_times_all_voters_is_exact() -> None:
    assert score("a", [{"a": MOST_POINTS}], MOST_POINTS, [MOST_VOTERS]).sums == {"a": MOST_POINTS * MOST_VOTERS}
    with pytest.raises(CannotCount, match="more than"):
        score("a", [], MOST_POINTS + 1)


def no_fractions(value: object) -> Iterator[object]:
    """Every value inside, for a look at its type."""
    if isinstance(value, dict):
        for inside in value.values():
            yield from no_fractions(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from no_fractions(inside)
    else:
        yield value


def is_told(result: Any) -> None:
    """The result is plain and exact, and its class says of every step what it is called and what it holds."""
    plain = result.plain()
    assert json.loads(json.dumps(plain)) == plain
    assert {type(v) for v in no_fractions(plain)} <= {int, str}
    assert plain["winners"] == list(result.winners)
    words = (type(result).__doc__ or "").replace("\n", " ")
    for step in result.steps:
        told = words.split(step.kind)
        assert len(told) > 1, step.kind
        for name in step.values:
            assert any(name in after for after in told[1:]), (step.kind, name)


@EVERY
@given(st.lists(st.sets(st.sampled_from("abcd")), max_size=8))
def test_results_are_plain_and_steps_are_described(count: Count, marked: list[set[str]]) -> None:
    is_told(count("abcd", marked))


@given(st.integers(0, 5), st.integers(0, 5), st.integers(0, 5), st.sampled_from([50, 60, 75]))
def test_answers_are_plain_and_described(one: int, two: int, three: int, majority: int) -> None:
    is_told(answers.yes_no(one, two, three, majority))
    is_told(answers.consent(one, two, three))


@pytest.mark.parametrize("result", [Approval, Score, Dots, Shortlist, answers.YesNo, answers.Consent])
def test_results_cannot_be_changed(result: type) -> None:
    assert result.__dataclass_params__.frozen  # type: ignore[attr-defined]


OPTIONS = [f"o{i}" for i in range(30)]


def thousands() -> list[set[str]]:
    chance = random.Random(7)
    return [set(chance.sample(OPTIONS, 15)) for _ in range(5000)]


@pytest.mark.long
@EVERY
def test_thirty_options_and_five_thousand_ballots_take_a_blink(count: Count) -> None:
    """At most 50 ms; the best of five, so that a busy machine does not decide."""
    marked = thousands()
    given_points = ones(marked)
    run: dict[Count, Callable[[], Any]] = {
        METHODS["score"]: lambda: score(OPTIONS, given_points),
        METHODS["dots"]: lambda: dots(OPTIONS, given_points, 15),
        METHODS["shortlist"]: lambda: sequential_pav(OPTIONS, marked, 5),
    }
    work = run.get(count, lambda: approval(OPTIONS, marked))
    times = []
    for _ in range(5):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    assert min(times) <= 0.05
