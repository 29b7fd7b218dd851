"""The rules table against its drawing, cell by cell, and the reasons it gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from codesign.rules.permissions import RULES, Action, Facts, Reason, Refused, require, why_not
from codesign.rules.phases import Phase
from codesign.rules.reasons import ABOUT_STATE, ABOUT_YOU
from codesign.rules.roles import LETTERS, Role
from codesign.rules.states import AdviceState

DRAWING = (Path(__file__).parent / "drawing.txt").read_text()
# In which state the advice is while the drawn action is done, where it matters.
STATE = {
    Action.GIVE_TO_PANEL: AdviceState.DRAFT, Action.SEND_ADVICE: AdviceState.ADOPTED,
    Action.PREPARE_RATING: AdviceState.ANSWERED, Action.PREPARE_TAKING_BACK: AdviceState.SENT,
    Action.CORRECT_ADVICE: AdviceState.RECEIVED, Action.DROP_CORRECTION: AdviceState.DRAFT,
}  # fmt: skip


def cells() -> list[tuple[Action, Phase, str]]:
    """Every cell of the drawing: the middle of a column decides to which phase a mark belongs."""
    lines = [line for line in DRAWING.splitlines() if line.strip()]
    heads, edges = lines[0].split(), []
    for head in heads:
        start = lines[0].index(head)
        edges.append(start + len(head) / 2)
    found = []
    for line in lines[1:-1]:
        name = line.split()[0]
        body = " " * len(name) + line[len(name) :]
        marks: dict[str, str] = {}
        for i, c in enumerate(body):
            if not c.isspace():
                nearest = min(range(len(edges)), key=lambda k: abs(edges[k] - i))
                marks[heads[nearest]] = marks.get(heads[nearest], "") + c
        assert set(marks) == set(heads), line
        found += [(Action(name), Phase(head), marks[head]) for head in heads]
    return found


CELLS = cells()


def test_the_drawing_has_a_cell_for_each_phase() -> None:
    assert {phase for _, phase, _ in CELLS} == set(Phase)
    assert len(CELLS) % len(Phase) == 0
    assert len(CELLS) // len(Phase) >= 35


@pytest.mark.parametrize(("action", "phase", "mark"), CELLS, ids=lambda v: str(v))
def test_the_table_says_what_the_drawing_says(action: Action, phase: Phase, mark: str) -> None:
    drawn = {LETTERS[c] for c in mark if c in LETTERS}
    for role in Role:
        facts = Facts(
            role=role, phase=phase, own=action is not Action.CHECK_BALLOT, residents_vote=True,
            adopted=action is Action.SEND_ADVICE,
            adopted_with_quorum=True, state=STATE.get(action),
        )  # fmt: skip
        assert (why_not(action, facts) is None) is (role in drawn), (action, phase, role, why_not(action, facts))
    if "(R)" in mark:
        assert why_not(action, Facts(role=Role.RESIDENT, phase=phase)) is Reason.RESIDENTS_DO_NOT_VOTE_HERE
    if "*" in mark:
        facts = Facts(role=Role.MODERATOR, phase=phase, state=AdviceState.TO_PANEL)
        assert why_not(action, facts) is Reason.PANEL_MUST_ADOPT_FIRST


def test_every_action_has_its_row_and_every_reason_its_side() -> None:
    assert set(RULES) == set(Action)
    assert set(Reason) == ABOUT_STATE | ABOUT_YOU
    assert not ABOUT_STATE & ABOUT_YOU


@pytest.mark.parametrize("action", [Action.VOTE, Action.ADOPT, Action.RATE_ANSWER, Action.DECIDE_TAKING_BACK])
def test_R07_a_professional_who_asks_to_vote_is_told_that_professionals_do_not_vote(action: Action) -> None:
    for phase in Phase:
        assert why_not(action, Facts(role=Role.PROFESSIONAL, phase=phase)) is Reason.PROFESSIONALS_DO_NOT_VOTE
    assert Reason.PROFESSIONALS_DO_NOT_VOTE not in ABOUT_STATE


def test_R07_residents_talk_as_equals_and_vote_only_where_the_round_says_so() -> None:
    for action in (Action.TELL, Action.PROPOSE, Action.DISCUSS, Action.SUPPORT):
        assert why_not(action, Facts(role=Role.RESIDENT, phase=Phase.PROPOSING)) is None
    voting = Facts(role=Role.RESIDENT, phase=Phase.VOTING)
    assert why_not(Action.VOTE, voting) is Reason.RESIDENTS_DO_NOT_VOTE_HERE
    assert why_not(Action.VOTE, Facts(role=Role.RESIDENT, phase=Phase.VOTING, residents_vote=True)) is None


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.HOST, Role.OFFICIAL, Role.ORGANISATION, Role.TRANSLATOR, None])
def test_nobody_but_members_votes(role: Role | None) -> None:
    assert why_not(Action.VOTE, Facts(role=role, phase=Phase.VOTING, residents_vote=True)) is not None


@pytest.mark.parametrize("role", list(Role))
def test_R11_nobody_sets_an_advice_to_adopted(role: Role) -> None:
    facts = Facts(role=role, phase=Phase.ADVISING, state=AdviceState.TO_PANEL, adopted=True, adopted_with_quorum=True)
    assert why_not(Action.SET_ADOPTED, facts) is Reason.PANEL_ADOPTS


def test_R11_only_a_vote_with_quorum_makes_it_adopted() -> None:
    base = {"by_house": True, "phase": Phase.ADVISING, "state": AdviceState.TO_PANEL}
    assert why_not(Action.SET_ADOPTED, Facts(**base)) is Reason.PANEL_MUST_ADOPT_FIRST
    assert why_not(Action.SET_ADOPTED, Facts(**base, adopted=True)) is Reason.QUORUM_NOT_MET
    assert why_not(Action.SET_ADOPTED, Facts(**base, adopted=True, adopted_with_quorum=True)) is None


def test_R11_a_moderator_cannot_send_what_was_not_adopted_with_quorum() -> None:
    base = {"role": Role.MODERATOR, "phase": Phase.ADVISING, "state": AdviceState.ADOPTED}
    assert why_not(Action.SEND_ADVICE, Facts(**base)) is Reason.PANEL_MUST_ADOPT_FIRST
    assert why_not(Action.SEND_ADVICE, Facts(**base, adopted=True)) is Reason.QUORUM_NOT_MET
    assert why_not(Action.SEND_ADVICE, Facts(**base, adopted_with_quorum=True)) is None


def test_R02_advice_whose_actors_are_only_newcomers_does_not_reach_the_panel() -> None:
    base = {"role": Role.MODERATOR, "phase": Phase.ADVISING, "state": AdviceState.DRAFT, "other_actors": False}
    assert why_not(Action.GIVE_TO_PANEL, Facts(**base)) is Reason.NAME_OTHER_ACTORS_FIRST
    assert why_not(Action.PREPARE_ADOPTION, Facts(**base)) is Reason.NAME_OTHER_ACTORS_FIRST


def test_R21_without_declared_ties_no_round_opens_and_no_phase_changes() -> None:
    facts = Facts(role=Role.MODERATOR, phase=Phase.DRAFT, ties_declared=False)
    assert why_not(Action.OPEN_ROUND, facts) is Reason.DECLARE_TIES_FIRST
    assert why_not(Action.CHANGE_PHASE, facts) is Reason.DECLARE_TIES_FIRST
    sending = Facts(
        role=Role.MODERATOR, phase=Phase.ADVISING, state=AdviceState.ADOPTED, adopted_with_quorum=True,
        ties_declared=False,
    )  # fmt: skip
    assert why_not(Action.SEND_ADVICE, sending) is Reason.DECLARE_TIES_FIRST


def test_R33_without_level_and_what_is_fixed_the_round_stays_shut() -> None:
    facts = Facts(role=Role.MODERATOR, phase=Phase.DRAFT, level_declared=False)
    assert why_not(Action.OPEN_ROUND, facts) is Reason.DECLARE_LEVEL_FIRST
    assert why_not(Action.CHANGE_PHASE, facts) is Reason.DECLARE_LEVEL_FIRST


def test_R31_members_start_a_topic_without_any_round_or_client() -> None:
    for role in (Role.NEWCOMER, Role.RESIDENT):
        assert why_not(Action.START_TOPIC, Facts(role=role)) is None
    assert why_not(Action.START_TOPIC, Facts(role=Role.OFFICIAL)) is Reason.NOT_YOUR_ROLE


def test_R01_an_idea_without_a_theme_is_refused() -> None:
    facts = Facts(role=Role.NEWCOMER, phase=Phase.PROPOSING, has_theme=False, own=True)
    assert why_not(Action.PROPOSE, facts) is Reason.CHOOSE_A_THEME_FIRST
    assert why_not(Action.EDIT_PROPOSAL, facts) is Reason.CHOOSE_A_THEME_FIRST


def test_R15_words_are_taken_back_until_the_advice_is_adopted_and_only_ones_own() -> None:
    base = {"role": Role.NEWCOMER, "phase": Phase.ADVISING}
    assert why_not(Action.TAKE_BACK, Facts(**base, own=True)) is None
    assert why_not(Action.TAKE_BACK, Facts(**base, own=True, adopted=True)) is Reason.ALREADY_ADOPTED
    assert why_not(Action.TAKE_BACK, Facts(**base)) is Reason.NOT_YOURS


def test_R14_words_are_taken_only_from_who_agreed() -> None:
    facts = Facts(role=Role.NEWCOMER, phase=Phase.LISTENING, consented=False)
    assert why_not(Action.TELL, facts) is Reason.CONSENT_FIRST


@pytest.mark.parametrize(
    ("now", "reason"),
    [
        (Phase.LISTENING, Reason.NOT_YET), (Phase.ADVISING, Reason.TOO_LATE), (None, Reason.NO_ROUND),
    ],
)  # fmt: skip
def test_a_wrong_phase_says_whether_it_comes_or_is_over(now: Phase | None, reason: Reason) -> None:
    assert why_not(Action.VOTE, Facts(role=Role.NEWCOMER, phase=now)) is reason
    assert reason in ABOUT_STATE


def test_R11_until_the_answer_the_panel_decides_on_what_it_sent_and_nobody_else() -> None:
    base = {"by_house": True, "state": AdviceState.SENT}
    assert why_not(Action.SET_TAKEN_BACK, Facts(**base)) is Reason.PANEL_MUST_ADOPT_FIRST
    assert why_not(Action.SET_TAKEN_BACK, Facts(**base, adopted=True)) is Reason.QUORUM_NOT_MET
    assert why_not(Action.SET_TAKEN_BACK, Facts(**base, adopted=True, adopted_with_quorum=True)) is None
    asked = {"role": Role.MODERATOR, "phase": Phase.ANSWERING}
    for action in (Action.PREPARE_TAKING_BACK, Action.CORRECT_ADVICE):
        assert why_not(action, Facts(**asked, state=AdviceState.ANSWERED)) is Reason.ALREADY_ANSWERED
        assert why_not(action, Facts(**asked, state=AdviceState.SENT, reason_given=False)) is Reason.SAY_WHY_FIRST
    running = Facts(**asked, state=AdviceState.SENT, ballot_running=True)
    assert why_not(Action.CORRECT_ADVICE, running) is Reason.BALLOT_STILL_OPEN


def test_a_ballot_says_why_it_does_not_take_a_vote() -> None:
    base = {"role": Role.NEWCOMER, "phase": Phase.VOTING}
    assert why_not(Action.VOTE, Facts(**base, on_roll=False)) is Reason.NOT_ON_THE_ROLL
    assert why_not(Action.VOTE, Facts(**base, ballot_accepts=False)) is Reason.BALLOT_NOT_OPEN
    assert why_not(Action.VOTE, Facts(**base, code_matches=False)) is Reason.ENTER_YOUR_CODE


def test_nobody_closes_a_ballot_early_and_the_clock_closes_it_in_time() -> None:
    early = Facts(role=Role.MODERATOR, phase=Phase.VOTING, time_is_up=False)
    assert why_not(Action.CLOSE_BALLOT, early) is Reason.TIME_IS_NOT_UP
    assert why_not(Action.CLOSE_BALLOT, Facts(by_house=True, phase=Phase.VOTING)) is None
    assert why_not(Action.CLOSE_BALLOT, Facts(role=Role.NEWCOMER, phase=Phase.VOTING)) is Reason.NOT_YOUR_ROLE


def test_a_phase_changes_only_to_one_that_may_follow_and_not_under_an_open_ballot() -> None:
    base = {"role": Role.MODERATOR, "phase": Phase.VOTING}
    assert why_not(Action.CHANGE_PHASE, Facts(**base, target=Phase.FOLLOWING)) is Reason.NOT_THE_NEXT_PHASE
    assert why_not(Action.CHANGE_PHASE, Facts(**base, next_phase_allowed=False)) is Reason.NOT_THE_NEXT_PHASE
    assert why_not(Action.CHANGE_PHASE, Facts(**base, target=Phase.ADVISING, ballot_running=True)) is (
        Reason.BALLOT_STILL_OPEN
    )
    unsent = Facts(role=Role.MODERATOR, phase=Phase.ADVISING, target=Phase.ANSWERING, sent=False)
    assert why_not(Action.CHANGE_PHASE, unsent) is Reason.NOT_SENT


def test_a_new_card_takes_two_moderators_and_nobody_decides_about_themselves() -> None:
    assert why_not(Action.REISSUE_CARD, Facts(role=Role.MODERATOR, second_person=False)) is (
        Reason.SECOND_MODERATOR_NEEDED
    )
    assert why_not(Action.REISSUE_CARD, Facts(role=Role.MODERATOR, own=True)) is Reason.YOUR_OWN


def test_what_is_hidden_is_hidden_with_a_reason() -> None:
    facts = Facts(role=Role.MODERATOR, phase=Phase.DISCUSSING, reason_given=False)
    assert why_not(Action.HIDE, facts) is Reason.SAY_WHY_FIRST


def test_at_the_record_door_the_state_of_the_document_decides() -> None:
    base = {"role": Role.OFFICIAL, "own": True}
    for state in (AdviceState.SENT, AdviceState.RECEIVED):
        assert why_not(Action.ANSWER_ADVICE, Facts(**base, state=state)) is None
        assert why_not(Action.REPORT_PROGRESS, Facts(**base, state=state)) is Reason.NOT_ANSWERED_YET
        for action in (Action.COSIGN, Action.CHALLENGE):
            assert why_not(action, Facts(role=Role.ORGANISATION, own=True, state=state)) is None
            assert why_not(action, Facts(role=Role.ORGANISATION, state=state)) is Reason.NOT_YOURS
            assert why_not(action, Facts(**base, state=state)) is Reason.NOT_YOUR_ROLE
    for state in (AdviceState.ANSWERED, AdviceState.REACTED, AdviceState.REPORTED, AdviceState.FOLLOWED):
        assert why_not(Action.ANSWER_ADVICE, Facts(**base, state=state)) is Reason.ALREADY_ANSWERED
        assert why_not(Action.REPORT_PROGRESS, Facts(**base, state=state)) is None
    assert why_not(Action.ANSWER_ADVICE, Facts(**base, state=AdviceState.DRAFT)) is Reason.NOT_SENT
    assert why_not(Action.REPORT_PROGRESS, Facts(**base, state=AdviceState.CLOSED)) is Reason.TOO_LATE
    assert why_not(Action.ANSWER_ADVICE, Facts(role=Role.OFFICIAL, state=AdviceState.SENT)) is Reason.NOT_YOURS
    incomplete = Facts(**base, state=AdviceState.RECEIVED, complete=False)
    assert why_not(Action.DELIVER_ANSWER, incomplete) is Reason.NOT_COMPLETE


def test_what_only_the_house_does_nobody_does() -> None:
    for role in Role:
        assert why_not(Action.RECEIVE, Facts(role=role)) is Reason.ONLY_THE_HOUSE
    assert why_not(Action.RECEIVE, Facts(by_house=True)) is None


def test_the_house_itself_may_do_only_what_the_table_gives_it() -> None:
    for action, rule in RULES.items():
        if not rule.house and not rule.stranger:
            assert why_not(action, Facts(by_house=True, phase=Phase.DISCUSSING)) is Reason.NOT_A_MEMBER


def test_a_stranger_can_sign_in_and_use_an_invitation_and_nothing_else() -> None:
    assert {a for a in Action if why_not(a, Facts(own=True)) is None} == {Action.SIGN_IN, Action.ACCEPT_INVITATION}


def test_refused_carries_its_reason() -> None:
    with pytest.raises(Refused) as refused:
        require(Action.TELL, Facts(role=Role.MODERATOR, phase=Phase.LISTENING))
    assert refused.value.reason is Reason.NOT_YOUR_ROLE
    require(Action.TELL, Facts(role=Role.NEWCOMER, phase=Phase.LISTENING))
