"""Source and days of a line, when it is too old, and in which language it is read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from codesign.legal_help.domain import LONGEST, Problem, Source, is_old, nearest, problems
from codesign.rules.permissions import Action, Facts, Reason, why_not
from codesign.rules.roles import Role

TODAY = date(2026, 6, 1)
GOOD = Source("Letter on lessons, demonstration", "", date(2026, 3, 1), TODAY, date(2026, 12, 1))


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({}, None),
        ({"name": ""}, Problem.NO_SOURCE),
        ({"day": None}, Problem.NO_SOURCE_DAY),
        ({"day": date(2026, 6, 2)}, Problem.SOURCE_DAY_COMES),
        ({"checked_on": None}, Problem.NO_CHECKED_DAY),
        ({"checked_on": date(2026, 6, 2)}, Problem.CHECKED_DAY_COMES),
        ({"checked_on": date(2026, 2, 1)}, Problem.CHECKED_BEFORE_SOURCE),
        ({"valid_until": None}, Problem.NO_VALID_DAY),
        ({"valid_until": date(2026, 5, 31)}, Problem.VALID_DAY_IS_PAST),
        ({"valid_until": TODAY + LONGEST}, None),
        ({"valid_until": TODAY + LONGEST + timedelta(days=1)}, Problem.VALID_TOO_LONG),
    ],
)
def test_R42_a_line_has_a_source_and_its_days(change, problem):
    assert problems(replace(GOOD, **change), TODAY) == ([problem] if problem else [])


def test_R42_the_rules_refuse_what_has_no_source():
    assert why_not(Action.KEEP_LEGAL_HELP, Facts(role=Role.MODERATOR, sourced=False)) is Reason.SOURCE_FIRST
    assert why_not(Action.KEEP_LEGAL_HELP, Facts(role=Role.HOST)) is None
    assert why_not(Action.KEEP_LEGAL_HELP, Facts(role=Role.NEWCOMER)) is Reason.NOT_YOUR_ROLE


def test_R17_a_line_holds_on_its_last_day_and_is_too_old_the_day_after():
    assert not is_old(date(2026, 12, 1), date(2026, 12, 1))
    assert is_old(date(2026, 12, 1), date(2026, 12, 2))


def test_R17_everybody_reads_their_own_language_or_the_nearest():
    assert nearest(["nl", "ti"], ["ti", "en"], "nl") == "ti"
    assert nearest(["nl", "en"], ["ti", "en"], "nl") == "en"
    assert nearest(["nl", "ti"], ["nl", "ti"], "nl") == "nl"
    assert nearest(["nl"], ["ar", "en"], "nl") == "nl"
