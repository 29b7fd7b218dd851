"""Plans, quorum, majority, and who is not heard: pure values."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from codesign.panels.domain import Template, has_majority, plan, quorum_needed, who_is_heard
from codesign.rules.phases import DOTS


@pytest.mark.parametrize("template", list(Template))
def test_every_template_plans_all_seven_steps_in_order_without_overlap(template):
    steps = plan(template, date(2026, 6, 1), 8)
    assert tuple(s.phase for s in steps) == DOTS
    assert all(s.starts_on <= s.ends_on for s in steps)
    assert all(a.ends_on <= b.starts_on for a, b in pairwise(steps))


def test_the_answer_takes_the_term_of_the_place():
    answer = plan(Template.WRITTEN, date(2026, 6, 1), 8)[5]
    assert (answer.ends_on - answer.starts_on).days == 55


@pytest.mark.parametrize(
    ("people", "quorum", "needed"),
    [(19, 50, 10), (20, 50, 10), (9, 67, 6), (10, 67, 7), (4, 75, 3), (0, 50, 1), (1, 1, 1)],
)
def test_the_quorum_is_rounded_up_and_thirds_are_thirds(people, quorum, needed):
    assert quorum_needed(people, quorum) == needed


@pytest.mark.parametrize(
    ("yes", "voters", "majority", "passes"),
    [(5, 10, 50, False), (6, 10, 50, True), (6, 9, 67, True), (5, 9, 67, False), (0, 0, 50, False), (3, 4, 75, True)],
)
def test_half_means_more_than_half_and_other_shares_at_least_the_share(yes, voters, majority, passes):
    assert has_majority(yes, voters, majority) is passes


def people(**languages):
    made, n = {}, 0
    for language, count in languages.items():
        for _person in range(count):
            n += 1
            made[n] = language
    return made


def test_small_languages_are_joined_and_large_ones_stand_alone():
    groups = who_is_heard(people(ar=7, ti=5, tr=3, fa=2, uk=2), {1, 2, 8})
    assert [(g.languages, g.heard, g.people) for g in groups] == [
        (("ar",), 2, 7),
        (("ti",), 1, 5),
        (("fa", "tr", "uk"), 0, 7),
    ]


def test_a_rest_under_five_is_joined_to_a_group_so_it_cannot_be_found_by_subtracting():
    groups = who_is_heard(people(ar=7, ti=6, tr=1), set())
    assert [(g.languages, g.people) for g in groups] == [(("ar",), 7), (("ti", "tr"), 7)]


def test_a_panel_under_five_shows_nothing():
    assert who_is_heard(people(ar=2, ti=2), {1}) == []
    assert who_is_heard({}, {1}) == []


def test_no_group_ever_has_fewer_than_five_people():
    for ar in range(8):
        for ti in range(8):
            for tr in range(8):
                groups = who_is_heard(people(ar=ar, ti=ti, tr=tr), set())
                assert all(g.people >= 5 for g in groups)
                assert sum(g.people for g in groups) in (0, ar + ti + tr)
