"""The phases of a round and the states of an advice: total, without dead ends, every one within reach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

import pytest

from codesign.rules.phases import DOTS, NEXT, Dot, Phase, dots, may_follow, next_phase, place, unlocked
from codesign.rules.states import ADVICE_NEXT, AdviceState, advice_may_become


def reach(table: Mapping[Any, Sequence[Any]], start: StrEnum) -> set[StrEnum]:
    found, todo = {start}, [start]
    while todo:
        for then in table[todo.pop()]:
            if then not in found:
                found.add(then)
                todo.append(then)
    return found


@pytest.mark.parametrize(
    ("table", "kind", "start", "ends"),
    [
        (NEXT, Phase, Phase.DRAFT, {Phase.CLOSED}),
        (ADVICE_NEXT, AdviceState, AdviceState.DRAFT, {AdviceState.CLOSED, AdviceState.WITHDRAWN}),
    ],
)
def test_the_table_is_total(table: Any, kind: type[StrEnum], start: StrEnum, ends: set[StrEnum]) -> None:
    assert set(table) == set(kind)
    assert reach(table, start) == set(kind)
    assert {state for state in kind if not table[state]} == ends
    for state in kind:
        assert state not in table[state] or state is AdviceState.REPORTED
        assert reach(table, state) & ends
        assert len(set(table[state])) == len(table[state])


def test_the_usual_way_goes_through_every_phase_in_order() -> None:
    way = [Phase.DRAFT]
    while (then := next_phase(way[-1])) is not None:
        assert may_follow(way[-1], then)
        way.append(then)
    assert way == list(Phase)


def test_R05_nothing_but_the_open_question_follows_a_draft() -> None:
    assert NEXT[Phase.DRAFT] == (Phase.LISTENING,)


def test_nothing_follows_a_closed_round_and_nothing_goes_back_to_draft() -> None:
    assert not NEXT[Phase.CLOSED]
    assert not any(Phase.DRAFT in then for then in NEXT.values())


def test_from_answering_on_there_is_no_way_back() -> None:
    for now in (Phase.ANSWERING, Phase.FOLLOWING):
        assert all(place(then) > place(now) for then in NEXT[now])


def test_seven_dots_of_which_one_is_now() -> None:
    assert len(DOTS) == 7
    for phase in Phase:
        drawn = dict(dots(phase))
        assert list(drawn) == list(DOTS)
        assert list(drawn.values()).count(Dot.NOW) == (phase in DOTS)
        assert all(drawn[step] is Dot.DONE for step in DOTS if place(step) < place(phase))
        assert all(drawn[step] is Dot.LATER for step in DOTS if place(step) > place(phase))


def test_a_round_unlocks_its_phases_one_by_one() -> None:
    assert unlocked(Phase.DRAFT) == ()
    assert unlocked(Phase.PROPOSING) == (Phase.LISTENING, Phase.PROPOSING)
    assert unlocked(Phase.CLOSED)[:7] == DOTS


def test_R11_adopted_is_reached_from_the_panel_alone_and_sent_from_adopted_alone() -> None:
    assert [s for s in AdviceState if advice_may_become(s, AdviceState.ADOPTED)] == [AdviceState.TO_PANEL]
    assert [s for s in AdviceState if advice_may_become(s, AdviceState.SENT)] == [AdviceState.ADOPTED]


def test_R11_what_was_sent_is_corrected_or_taken_back_until_it_is_answered_and_never_after() -> None:
    undone = {AdviceState.DRAFT, AdviceState.TO_PANEL, AdviceState.ADOPTED, AdviceState.WITHDRAWN}
    for state in (AdviceState.SENT, AdviceState.RECEIVED):
        assert undone & set(ADVICE_NEXT[state]) == {AdviceState.DRAFT, AdviceState.WITHDRAWN}
    assert not reach(ADVICE_NEXT, AdviceState.ANSWERED) & undone
