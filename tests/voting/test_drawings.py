"""The drawings of a result hold the numbers they stand for, in both directions of reading."""

from __future__ import annotations

from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codesign.counting import ranked
from codesign.voting import closed_list, drawings
from codesign.voting.domain import NONE, Method
from voting.ballots_of_methods import closed, opening


@given(number=st.integers(0, 5000))
def test_small_marks_stand_for_the_number_and_stay_few(number):
    drawn = drawings.marks(number)
    assert drawn.drawn <= drawings.MOST_MARKS
    assert drawn.drawn * drawn.each >= number > (drawn.drawn - 1) * drawn.each or number == drawn.drawn == 0


@given(spread=st.lists(st.integers(0, 20), min_size=2, max_size=21), skipped=st.integers(0, 9), rtl=st.booleans())
def test_a_column_has_a_piece_for_each_person(spread, skipped, rtl):
    drawn = drawings.stacks(spread, sum(spread) + skipped, rtl)
    assert [len(c.pieces) for c in drawn.columns] == spread
    assert drawn.skipped == skipped
    assert all(p.x >= 0 and p.x + p.wide <= drawn.wide and p.y >= 0 for c in drawn.columns for p in c.pieces)
    middles = [c.middle for c in drawn.columns]
    assert middles == sorted(middles, reverse=rtl)


def test_two_hundred_people_make_no_tower():
    drawn = drawings.stacks([0, 200], 200)
    assert drawn.high <= 140
    assert len(drawn.columns[1].pieces) == 20


@given(costs=st.lists(st.integers(1, 500), max_size=8), left=st.integers(0, 500), rtl=st.booleans())
def test_a_bar_of_money_is_as_long_as_what_is_spent(costs, left, rtl):
    total = sum(costs) + left
    pieces = drawings.bar([(str(n), cost) for n, cost in enumerate(costs)], total, rtl)
    assert len(pieces) == len(costs)
    if total:
        assert sum(p.wide for p in pieces) == pytest.approx(drawings.WIDTH * sum(costs) / total, abs=len(costs))
        assert all(p.x >= -0.2 and p.x + p.wide <= drawings.WIDTH + 0.2 for p in pieces)


BALLOTS = st.lists(st.permutations(["o1", "o2", "o3", "o4"]), max_size=9)


@given(ballots=BALLOTS)
def test_the_circle_shows_each_won_duel_inside_it_and_the_table_each_duel_twice(ballots):
    keys = ("o1", "o2", "o3", "o4")
    found = ranked.schulze(keys, [[[key] for key in ballot] for ballot in ballots]).plain()
    drawn = drawings.circle(found, {key: n for n, key in enumerate(keys, start=1)})
    circles = [step["options"] for step in found["steps"] if step["kind"] == "schulze_circle"]
    inside = circles[0] if circles else []
    assert set(inside) <= set(found["cycle"])
    won = sum(found["pairs"][a][b] > found["pairs"][b][a] for a in inside for b in inside if a != b)
    assert (drawn is None) == (len(inside) < 3)
    if drawn:
        assert len(drawn.arrows) == won
        assert {n.number for n in drawn.nodes} == {keys.index(key) + 1 for key in inside}
    table = drawings.duels(found, keys)
    for i in range(4):
        assert table[i][i] is None
        for j in range(i):
            one, other = table[i][j], table[j][i]
            assert (one.above, one.below) == (other.below, other.above)


def test_even_duels_alone_are_no_circle():
    """Nobody beats all others here, and nobody is beaten round and back either."""
    keys = ("o1", "o2", "o3")
    found = ranked.schulze(keys, [[["o1"], ["o2"], ["o3"]], [["o2"], ["o3"], ["o1"]]]).plain()
    assert len(found["cycle"]) == 3
    assert drawings.circle(found, {key: n for n, key in enumerate(keys, start=1)}) is None


@pytest.mark.parametrize("size", [3, 6, 7, 12])
def test_rings_of_a_large_circle_do_not_touch_and_only_neighbours_have_arrows(size):
    keys = [f"o{n}" for n in range(size)]
    ballots = [[[key] for key in (*keys[n:], *keys[:n])] for n in range(size)]
    found = ranked.schulze(keys, ballots).plain()
    drawn = drawings.circle(found, {key: n for n, key in enumerate(keys, start=1)})
    assert drawn is not None
    gaps = [hypot(a.x - b.x, a.y - b.y) for a in drawn.nodes for b in drawn.nodes if a is not b]
    assert min(gaps) > 2 * drawn.rim
    assert all(hypot(a.x1 - a.x2, a.y1 - a.y2) >= 1 for a in drawn.arrows)
    assert len(drawn.arrows) == size if size > 6 else len(drawn.arrows) >= size


@pytest.mark.sqlite_only
@pytest.mark.parametrize("method", Method)
def test_every_option_stands_in_the_drawing_once(house, method):
    o = opening(method)
    tally = closed_list.count(o, closed(o, voters=11))
    with house.panel.test_request_context("/"):
        drawn = drawings.drawing(o, tally)
    keys = [row.choice.key for row in drawn["rows"]]
    assert sorted(keys) == sorted([*o.option_keys(), *([NONE] if o.with_none else [])])
    assert {row.choice.key for row in drawn["rows"] if row.won} == set(tally.winners)
