"""Approval: marks are added up, ties are told, names and order of ballots do not matter."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codesign.counting.approval import Approval, approval
from codesign.counting.domain import CannotCount

OPTIONS = "abcde"
ballots = st.lists(st.sets(st.sampled_from(OPTIONS)), max_size=12)


def kinds(result: Approval) -> list[str]:
    return [s.kind for s in result.steps]


def test_a_plain_ballot_is_counted_and_told_in_steps() -> None:
    result = approval("abc", [{"a", "b"}, {"b"}, {"c"}, {"b"}, set()])
    assert result.counts == {"a": 1, "b": 3, "c": 1}
    assert result.order == (("b",), ("a", "c"))
    assert (result.winners, result.ties, result.voters, result.blank) == (("b",), (("a", "c"),), 5, 1)
    assert [s.plain() for s in result.steps] == [
        {"kind": "approval_voters", "of": 5, "blank": 1},
        {"kind": "approval_counted", "option": "b", "on": 3, "of": 5},
        {"kind": "approval_counted", "option": "a", "on": 1, "of": 5},
        {"kind": "approval_counted", "option": "c", "on": 1, "of": 5},
        {"kind": "approval_won", "option": "b", "on": 3, "of": 5, "next": ["a", "c"], "next_on": 1},
        {"kind": "approval_equal", "options": ["a", "c"], "on": 1, "of": 5},
    ]


@given(ballots)
def test_the_result_is_plain(votes: list[set[str]]) -> None:
    result = approval(OPTIONS, votes).plain()
    assert json.loads(json.dumps(result)) == result


def test_what_cannot_be_counted_says_why() -> None:
    with pytest.raises(CannotCount, match="ballot 2 names 'x'"):
        approval("ab", [{"a"}, {"x"}])
