"""Reading a choice: what each method takes, what it refuses and as what, and that written down it reads the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codesign.voting import choosing, marks
from codesign.voting.domain import (
    ANSWERS,
    MAX_POINTS,
    NONE,
    Category,
    Kind,
    Method,
    NotCast,
    Opening,
    Option,
    Problem,
    Terms,
)
from codesign.voting.methods import METHODS

OPENED = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
COSTS = (4000, 3000, 3000, 1500)
KEYS = ("o1", "o2", "o3", "o4")
WITH_NONE = {Method.APPROVAL, Method.BUDGET, Method.SHORTLIST}


def opening(method: Method, **more) -> Opening:
    keys = KEYS[:1] if method in ANSWERS else KEYS
    values = {
        "ballot": 7, "round": 1, "kind": Kind.VOTE, "category": Category.NEWCOMERS, "method": method,
        "question": "How should we meet?", "language": "en",
        "options": tuple(Option(k, f"Title {k}", cost=c) for k, c in zip(keys, COSTS, strict=False)),
        "max_choices": 1 if method in ANSWERS else 3, "with_none": method in WITH_NONE, "electorate": 20, "quorum": 50,
        "majority": 50, "opened_at": OPENED, "deadline": OPENED + timedelta(days=7), "subject": "", "previous": "",
        "public_key": "00" * 32, "terms": Terms(points=5, total=7000, seats=2),
    }  # fmt: skip
    return Opening(**(values | more))


def read(method: Method, *sent: str, **more):
    return METHODS[method].marks(opening(method, **more), sent)


TAKEN = [
    (Method.APPROVAL, ("o2", "o1"), {"o1": 1, "o2": 1}),
    (Method.APPROVAL, ("o1", "o1"), {"o1": 1}),
    (Method.APPROVAL, (NONE,), {NONE: 1}),
    (Method.SHORTLIST, ("o4",), {"o4": 1}),
    (Method.YES_NO, ("abstain",), {"abstain": 1}),
    (Method.YES_NO, ("yes", "yes"), {"yes": 1}),
    (Method.CONSENT, ("object",), {"object": 1}),
    (Method.SCORE, ("o1:5", "o2:0", "o3:", "o4"), {"o1": 5, "o2": 0}),
    (Method.SCORE, ("o1:5", "o1:5"), {"o1": 5}),
    (Method.RANKED, ("o1:2", "o2:4", "o3:", "o4:1"), {"o1": 2, "o2": 3, "o4": 1}),
    (Method.RANKED, ("o3:4",), {"o3": 1}),
    (Method.DOTS, ("o1:3", "o2:0", "o3:2"), {"o1": 3, "o3": 2}),
    (Method.BUDGET, ("o1", "o2"), {"o1": 1, "o2": 1}),
    (Method.BUDGET, (NONE,), {NONE: 1}),
]
REFUSED = [
    *((method, (), Problem.NOTHING_CHOSEN) for method in Method),
    *((method, ("o9:1" if method in {Method.SCORE, Method.DOTS, Method.RANKED} else "o9",), Problem.UNKNOWN_OPTION)
      for method in Method),
    *((method, ("<script>",), Problem.UNKNOWN_OPTION) for method in Method),
    *((method, ("none:1",), Problem.UNKNOWN_OPTION) for method in Method),
    (Method.APPROVAL, KEYS, Problem.TOO_MANY),
    (Method.APPROVAL, ("o1", NONE), Problem.NONE_AND_MORE),
    (Method.APPROVAL, ("o1", "o9"), Problem.UNKNOWN_OPTION),
    (Method.SHORTLIST, KEYS, Problem.TOO_MANY),
    (Method.YES_NO, ("yes", "no"), Problem.TOO_MANY),
    (Method.YES_NO, ("o1",), Problem.UNKNOWN_OPTION),
    (Method.YES_NO, ("agree",), Problem.UNKNOWN_OPTION),
    (Method.CONSENT, ("agree", "object"), Problem.TOO_MANY),
    (Method.SCORE, ("o1:6",), Problem.WRONG_MARK),
    (Method.SCORE, ("o1:-1",), Problem.WRONG_MARK),
    (Method.SCORE, ("o1:2.5",), Problem.WRONG_MARK),
    (Method.SCORE, ("o1:\u0663",), Problem.WRONG_MARK),
    (Method.SCORE, ("o1:" + "9" * 5000,), Problem.WRONG_MARK),
    (Method.SCORE, ("o1:5", "o1:4"), Problem.REPEATED),
    (Method.SCORE, ("o1:", "o2:"), Problem.NOTHING_CHOSEN),
    (Method.RANKED, ("o1:1", "o2:1"), Problem.SAME_PLACE),
    (Method.RANKED, ("o1:1", "o1:2"), Problem.REPEATED),
    (Method.RANKED, ("o1:0",), Problem.WRONG_MARK),
    (Method.RANKED, ("o1:5",), Problem.WRONG_MARK),
    (Method.DOTS, ("o1:4", "o2:2"), Problem.TOO_MANY_DOTS),
    (Method.DOTS, ("o1:0", "o2:0"), Problem.NOTHING_CHOSEN),
    (Method.DOTS, ("o1:1", "o1:2"), Problem.REPEATED),
    (Method.BUDGET, ("o1", "o2", "o4"), Problem.TOO_EXPENSIVE),
    (Method.BUDGET, KEYS, Problem.TOO_MANY),
    (Method.BUDGET, ("o1", NONE), Problem.NONE_AND_MORE),
]  # fmt: skip


@pytest.mark.parametrize(("method", "sent", "found"), TAKEN)
def test_what_a_form_sends_is_read(method, sent, found):
    assert read(method, *sent) == found


@pytest.mark.parametrize(("method", "sent", "problem"), REFUSED)
def test_what_no_form_sends_is_refused_as_what_it_is(method, sent, problem):
    with pytest.raises(NotCast) as told:
        read(method, *sent)
    assert told.value.problem is problem


def test_none_of_these_must_be_offered():
    with pytest.raises(NotCast) as told:
        read(Method.APPROVAL, NONE, with_none=False)
    assert told.value.problem is Problem.UNKNOWN_OPTION


def test_a_purse_may_be_for_all_together():
    """Without the limit for one person, somebody approves whatever is worth its money."""
    free = Terms(total=7000, fits=False)
    assert read(Method.BUDGET, "o1", "o2", "o4", terms=free) == {"o1": 1, "o2": 1, "o4": 1}


KINDS = st.sampled_from(list(Method))
NUMBERED = {Method.SCORE, Method.DOTS, Method.RANKED}


@st.composite
def lawful(draw):
    """A method with what somebody may have filled in."""
    method = draw(KINDS)
    if method in ANSWERS:
        return method, [draw(st.sampled_from(ANSWERS[method]))]
    if method is Method.SCORE:
        return method, [
            f"{k}:{n}" for k, n in draw(st.dictionaries(st.sampled_from(KEYS), st.integers(0, 5), min_size=1)).items()
        ]
    if method is Method.RANKED:
        order = draw(st.permutations(KEYS))[: draw(st.integers(1, len(KEYS)))]
        places = sorted(draw(st.sets(st.integers(1, len(KEYS)), min_size=len(order), max_size=len(order))))
        return method, [f"{k}:{n}" for k, n in zip(order, places, strict=True)]
    if method is Method.DOTS:
        spread = draw(st.lists(st.sampled_from(KEYS), min_size=1, max_size=5))
        return method, [f"{k}:{spread.count(k)}" for k in KEYS]
    if method is Method.BUDGET:
        return method, draw(st.sampled_from([["o1"], ["o1", "o2"], ["o2", "o4"], ["o3", "o4"], [NONE]]))
    return method, list(draw(st.one_of(st.just({NONE}), st.sets(st.sampled_from(KEYS), min_size=1, max_size=3))))


@given(lawful(), st.randoms(use_true_random=False))
def test_written_down_and_read_again_it_is_the_same_choice(given_, random):
    method, sent = given_
    o, way = opening(method), METHODS[method]
    found = way.marks(o, sent)
    again = marks.written(o, found)
    random.shuffle(again)
    assert way.marks(o, again) == found
    assert way.lawful(o, found)
    assert set(found) <= set(o.choice_keys())
    assert list(found) == sorted(found), "the order of the keys says nothing about the order of the taps"


@given(KINDS, st.lists(st.text(max_size=8) | st.sampled_from(["o1:1", "o2", "o3:3", NONE, "yes", "o1:2"]), max_size=6))
def test_whatever_is_sent_is_a_choice_or_a_plain_refusal(method, sent):
    o = opening(method)
    try:
        found = METHODS[method].marks(o, sent)
    except NotCast:
        return
    assert METHODS[method].lawful(o, found)


@given(lawful(), st.sampled_from([*KEYS, NONE, "yes", "object", "o9"]), st.integers(-1, MAX_POINTS))
def test_a_list_that_holds_what_no_form_gives_is_not_lawful(given_, key, number):
    """Whatever is changed on a list is either still what this ballot's form could give, or is found."""
    method, sent = given_
    o, way = opening(method), METHODS[method]
    changed = {**way.marks(o, sent), key: number}
    if way.lawful(o, changed):
        assert way.marks(o, marks.written(o, changed)) == changed
    if method not in NUMBERED and number != 1:
        assert not way.lawful(o, changed)
    if key not in o.choice_keys():
        assert not way.lawful(o, changed)


def test_words_are_kept_only_where_they_are_asked_for():
    consent, yes_no, ticks = opening(Method.CONSENT), opening(Method.YES_NO), opening(Method.APPROVAL)
    assert marks.kept_words(consent, {"object": 1}, " Too far. ") == "Too far."
    assert marks.kept_words(consent, {"stand_aside": 1}, "") == ""
    assert marks.kept_words(yes_no, {"yes": 1}, "Near.") == "Near."
    assert marks.kept_words(ticks, {"o1": 1}, "Near.") == ""
    for blank in ("", "  \n "):
        with pytest.raises(NotCast) as told:
            marks.kept_words(consent, {"object": 1}, blank)
        assert told.value.problem is Problem.OBJECTION_WITHOUT_WORDS
    adoption = replace(ticks, kind=Kind.ADOPTION)
    assert marks.kept_words(adoption, {"send_back": 1}, "Money.") == "Money."
    assert marks.kept_words(adoption, {"adopt": 1}, "Money.") == ""


def test_every_method_has_a_form():
    assert set(choosing.SHAPES) == set(Method) == set(METHODS)
