"""Yes, no, abstain: who abstains is on neither side. Consent: one objection holds a proposal back."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codesign.counting.answers import consent, yes_no
from codesign.counting.domain import CannotCount
from codesign.panels.domain import has_majority

people = st.integers(0, 60)
majorities = st.integers(50, 100)


def test_more_yes_than_no_is_yes() -> None:
    result = yes_no(10, 4, 5)
    assert (result.outcome, result.winners, result.order, result.ties) == ("yes", ("yes",), (("yes",), ("no",)), ())
    assert (result.counted, result.voters, result.needed) == (14, 19, 8)
    assert [s.plain() for s in result.steps] == [
        {"kind": "yes_no_counted", "yes": 10, "no": 4, "abstain": 5, "of": 19},
        {"kind": "yes_no_abstained", "on": 5, "of": 19},
        {"kind": "yes_no_needed", "needed": 8, "of": 14, "rule": "more_than_half"},
        {"kind": "yes_no_reached", "on": 10, "needed": 8, "of": 14},
    ]


def test_as_many_yes_as_no_is_a_tie_and_nobody_breaks_it() -> None:
    result = yes_no(3, 3, 1)
    assert (result.outcome, result.winners, result.order) == ("tie", ("yes", "no"), (("yes", "no"),))
    assert result.ties == (("yes", "no"),)
    assert result.steps[-1].plain() == {"kind": "yes_no_tie", "on": 3, "of": 6}


def test_fewer_yes_than_no_is_no() -> None:
    result = yes_no(1, 2, 0)
    assert (result.outcome, result.winners, result.order) == ("no", ("no",), (("no",), ("yes",)))
    assert [s.kind for s in result.steps] == ["yes_no_counted", "yes_no_needed", "yes_no_missed"]


@pytest.mark.parametrize("abstain", [0, 7])
def test_nobody_said_yes_or_no(abstain: int) -> None:
    result = yes_no(0, 0, abstain)
    assert (result.outcome, result.winners, result.order, result.needed) == ("none", (), (("yes", "no"),), 0)
    assert result.steps[-1].plain() == {"kind": "yes_no_nobody", "of": abstain}
    assert "yes_no_needed" not in [s.kind for s in result.steps]


@pytest.mark.parametrize(("cast", "needed"), [(19, 10), (20, 11), (21, 11)])
def test_the_majorities_of_roberts_rules(cast: int, needed: int) -> None:
    """Robert's Rules of Order Newly Revised: of 19, 20 and 21 votes cast a majority is 10, 11 and 11."""
    assert yes_no(cast, 0, 3).needed == needed
    assert yes_no(needed, cast - needed, 3).outcome == "yes"
    assert yes_no(needed - 1, cast - needed + 1, 3).outcome != "yes"


@pytest.mark.parametrize(
    ("majority", "yes", "no", "outcome"),
    [
        (60, 3, 2, "yes"),  # exactly 60 of each 100 is enough
        (60, 59, 41, "no"),
        (60, 50, 50, "no"),  # above half nothing is a tie: it is missed
        (75, 3, 1, "yes"),
        (67, 2, 1, "no"),  # 67 of each 100 is a little more than two of three
        (66, 2, 1, "yes"),
        (100, 5, 0, "yes"),
        (100, 99, 1, "no"),
        (51, 51, 49, "yes"),
        (51, 1, 1, "no"),
    ],
)
def test_a_higher_majority_is_at_least_so_many(majority: int, yes: int, no: int, outcome: str) -> None:
    result = yes_no(yes, no, 0, majority)
    assert (result.outcome, result.ties) == (outcome, ())
    assert [s.values["rule"] for s in result.steps if s.kind == "yes_no_needed"] == ["at_least"]


@given(people, people, people, majorities)
def test_it_is_the_majority_of_the_panels_in_exact_fractions(yes: int, no: int, abstain: int, majority: int) -> None:
    result = yes_no(yes, no, abstain, majority)
    assert (result.outcome == "yes") == has_majority(yes, yes + no, majority)
    if yes + no:
        share = Fraction(result.needed, yes + no)
        assert share > Fraction(1, 2)
        assert share >= Fraction(majority, 100)
        assert majority == 50 or Fraction(result.needed - 1, yes + no) < Fraction(majority, 100)
        assert 0 < result.needed <= yes + no


@given(people, people, people, people, majorities)
def test_who_abstains_changes_nothing(yes: int, no: int, abstain: int, more: int, majority: int) -> None:
    assert yes_no(yes, no, abstain, majority).outcome == yes_no(yes, no, abstain + more, majority).outcome


@given(people, people, people)
def test_a_simple_majority_treats_yes_and_no_alike(yes: int, no: int, abstain: int) -> None:
    """Kenneth May, 1952: neutral."""
    mirror = {"yes": "no", "no": "yes", "tie": "tie", "none": "none"}
    assert yes_no(no, yes, abstain).outcome == mirror[yes_no(yes, no, abstain).outcome]


@given(people, st.integers(1, 60), people)
def test_a_simple_majority_follows_every_changed_vote(yes: int, no: int, abstain: int) -> None:
    """Kenneth May, 1952: positively responsive; one changed vote turns a tie, and never turns yes into less."""
    changed = yes_no(yes + 1, no - 1, abstain)
    if yes_no(yes, no, abstain).outcome in ("yes", "tie"):
        assert changed.outcome == "yes"


@given(people, people, people, majorities)
def test_one_more_yes_never_harms(yes: int, no: int, abstain: int, majority: int) -> None:
    if yes_no(yes, no, abstain, majority).outcome == "yes":
        assert yes_no(yes + 1, no, abstain, majority).outcome == "yes"


@given(people, people, people)
def test_an_easier_majority_is_reached_when_a_harder_one_is(yes: int, no: int, abstain: int) -> None:
    reached = [yes_no(yes, no, abstain, majority).outcome == "yes" for majority in range(51, 101)]
    assert reached == sorted(reached, reverse=True)


@pytest.mark.parametrize("numbers", [(-1, 0, 0), (0, -1, 0), (0, 0, -1), (1, 1, 1, 49), (1, 1, 1, 101), (True, 0, 0)])
def test_what_is_no_count_of_people_is_refused(numbers: tuple[int, ...]) -> None:
    with pytest.raises(CannotCount):
        yes_no(*numbers)


def test_agreed_when_nobody_objects() -> None:
    result = consent(9, 2, 0)
    assert (result.outcome, result.winners, result.voters) == ("adopted", ("agree",), 11)
    assert result.order == (("agree",), ("stand_aside", "object"))
    assert [s.plain() for s in result.steps] == [
        {"kind": "consent_counted", "agree": 9, "stand_aside": 2, "objections": 0, "of": 11},
        {"kind": "consent_aside", "on": 2, "of": 11},
        {"kind": "consent_adopted", "on": 9, "of": 11},
    ]


@given(people, people, st.integers(1, 60))
def test_one_objection_is_enough(agree: int, stand_aside: int, objections: int) -> None:
    result = consent(agree, stand_aside, objections)
    assert (result.outcome, result.winners) == ("objection", ("object",))
    assert result.order == (("object",), ("agree", "stand_aside"))
    of = agree + stand_aside + objections
    assert result.steps[-1].plain() == {"kind": "consent_objected", "on": objections, "of": of}


@given(st.integers(1, 60), people)
def test_who_stands_aside_lets_it_pass(agree: int, stand_aside: int) -> None:
    result = consent(agree, stand_aside, 0)
    assert result.outcome == "adopted"
    assert [s.values["on"] for s in result.steps if s.kind == "consent_aside"] == ([stand_aside] if stand_aside else [])


@given(people)
def test_somebody_must_agree(stand_aside: int) -> None:
    result = consent(0, stand_aside, 0)
    assert (result.outcome, result.winners, result.order) == ("none", (), (("agree", "stand_aside", "object"),))
    assert result.steps[-1].plain() == {"kind": "consent_nobody", "of": stand_aside}


@pytest.mark.parametrize("numbers", [(-1, 0, 0), (0, -1, 0), (0, 0, -1)])
def test_consent_refuses_what_is_no_count_of_people(numbers: tuple[int, int, int]) -> None:
    with pytest.raises(CannotCount):
        consent(*numbers)
