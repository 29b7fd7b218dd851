"""Who sees what: nothing of a ballot before it closes, and nobody behind the curtain."""

from __future__ import annotations

import pytest

from codesign.rules.phases import Phase
from codesign.rules.roles import Role
from codesign.rules.states import AdviceState
from codesign.rules.visibility import VISIBLE, Thing, may_see

EVERYBODY = [None, *Role]


def test_every_thing_has_its_row() -> None:
    assert set(VISIBLE) == set(Thing)


@pytest.mark.parametrize("thing", [Thing.TALLY, Thing.TURNOUT, Thing.CLOSED_LIST, Thing.RELEASE])
def test_no_count_is_seen_by_anybody_before_closing(thing: Thing) -> None:
    for role in EVERYBODY:
        for own in (False, True):
            for phase in Phase:
                assert not may_see(thing, role, own=own, phase=phase, ballot_closed=False)


@pytest.mark.parametrize("thing", [Thing.SINGLE_VOTE, Thing.SUPPORT_NAMES, Thing.WHO_VOTED])
def test_some_things_nobody_sees_ever_not_staff_either(thing: Thing) -> None:
    for role in EVERYBODY:
        for own in (False, True):
            assert not may_see(thing, role, own=own, phase=Phase.CLOSED, ballot_closed=True, advice=AdviceState.CLOSED)


@pytest.mark.parametrize("role", [Role.OFFICIAL, Role.ORGANISATION, None])
def test_R12_outside_the_panel_only_releases_and_sent_advice_are_seen(role: Role | None) -> None:
    seen = {t for t in Thing if may_see(t, role, phase=Phase.CLOSED, ballot_closed=True, advice=AdviceState.CLOSED)}
    assert seen == {Thing.RELEASE, Thing.SENT_ADVICE}


def test_the_host_reads_no_words_and_no_lists() -> None:
    seen = {t for t in Thing if may_see(t, Role.HOST, phase=Phase.CLOSED, ballot_closed=True, advice=AdviceState.SENT)}
    assert seen == {Thing.RELEASE, Thing.SENT_ADVICE}


def test_a_translator_sees_words_without_who_wrote_them() -> None:
    assert may_see(Thing.WORDS, Role.TRANSLATOR, phase=Phase.PROPOSING)
    assert not may_see(Thing.PSEUDONYM, Role.TRANSLATOR, phase=Phase.PROPOSING)


def test_a_draft_is_its_authors_alone_and_held_words_a_moderators_too() -> None:
    for role in Role:
        assert not may_see(Thing.DRAFT_WORDS, role, phase=Phase.PROPOSING)
        assert may_see(Thing.HELD_WORDS, role, phase=Phase.PROPOSING) is (role is Role.MODERATOR)
    assert may_see(Thing.DRAFT_WORDS, Role.NEWCOMER, own=True)
    assert may_see(Thing.HIDDEN_WORDS, Role.NEWCOMER, own=True)


def test_an_advice_comes_to_the_panel_before_anybody_else() -> None:
    assert may_see(Thing.ADVICE_DRAFT, Role.MODERATOR, advice=AdviceState.DRAFT)
    for state, members, public in [
        (AdviceState.DRAFT, False, False), (AdviceState.TO_PANEL, True, False), (AdviceState.ADOPTED, True, False),
        (AdviceState.SENT, True, True), (AdviceState.ANSWERED, True, True), (AdviceState.WITHDRAWN, False, False),
    ]:  # fmt: skip
        assert may_see(Thing.ADVICE_AT_PANEL, Role.NEWCOMER, advice=state) is members
        assert may_see(Thing.SENT_ADVICE, None, advice=state) is public


def test_before_a_round_opens_there_are_no_words_to_see() -> None:
    assert not may_see(Thing.WORDS, Role.NEWCOMER, phase=Phase.DRAFT)
    assert not may_see(Thing.WORDS, Role.NEWCOMER)
    assert may_see(Thing.WORDS, Role.NEWCOMER, phase=Phase.CLOSED)
