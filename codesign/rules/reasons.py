"""Every reason for which the house says no, and which of them only mean "not now"."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Why not. People read it as one plain sentence that also says what can be done."""

    # who you are
    NOT_A_MEMBER = "not_a_member"
    NOT_YOUR_ROLE = "not_your_role"
    NOT_YOURS = "not_yours"
    YOUR_OWN = "your_own"
    ONLY_THE_HOUSE = "only_the_house"
    PROFESSIONALS_DO_NOT_VOTE = "professionals_do_not_vote"
    MODERATORS_DO_NOT_VOTE = "moderators_do_not_vote"
    HOSTS_DO_NOT_VOTE = "hosts_do_not_vote"
    RESIDENTS_DO_NOT_VOTE_HERE = "residents_do_not_vote_here"
    ONLY_NEWCOMERS_ADOPT = "only_newcomers_adopt"
    PANEL_ADOPTS = "panel_adopts"
    NOT_ON_THE_ROLL = "not_on_the_roll"
    VOTES_IN_THE_ROOM = "votes_in_the_room"
    SECOND_MODERATOR_NEEDED = "second_moderator_needed"
    CONSENT_FIRST = "consent_first"
    # where the round is
    NO_ROUND = "no_round"
    NOT_YET = "not_yet"
    NOT_NOW = "not_now"
    TOO_LATE = "too_late"
    NOT_THE_NEXT_PHASE = "not_the_next_phase"
    BALLOT_STILL_OPEN = "ballot_still_open"
    BALLOT_NOT_OPEN = "ballot_not_open"
    TIME_IS_NOT_UP = "time_is_not_up"
    # what must come first
    DECLARE_TIES_FIRST = "declare_ties_first"
    DECLARE_LEVEL_FIRST = "declare_level_first"
    CHOOSE_A_THEME_FIRST = "choose_a_theme_first"
    SAY_WHY_FIRST = "say_why_first"
    SOURCE_FIRST = "source_first"
    NAME_OTHER_ACTORS_FIRST = "name_other_actors_first"
    PANEL_MUST_ADOPT_FIRST = "panel_must_adopt_first"
    QUORUM_NOT_MET = "quorum_not_met"
    CHECK_FIRST = "check_first"
    KEYS_FIRST = "keys_first"
    ROOM_FIRST = "room_first"
    NOT_COMPLETE = "not_complete"
    NOT_SENT = "not_sent"
    ENTER_YOUR_CODE = "enter_your_code"
    # what is already so
    CITED_IN_ADVICE = "cited_in_advice"
    ALREADY_ADOPTED = "already_adopted"
    ALREADY_ANSWERED = "already_answered"
    NOT_ANSWERED_YET = "not_answered_yet"
    REMINDED_TODAY = "reminded_today"
    CORRECTION_FIRST = "correction_first"
    WRONG_STATE = "wrong_state"


# Who asks is not allowed it: the page answers 403. All others lie in how things stand now, and may change: 409.
ABOUT_YOU = frozenset(
    {
        Reason.NOT_A_MEMBER, Reason.NOT_YOUR_ROLE, Reason.NOT_YOURS, Reason.YOUR_OWN, Reason.ONLY_THE_HOUSE,
        Reason.PROFESSIONALS_DO_NOT_VOTE, Reason.MODERATORS_DO_NOT_VOTE, Reason.HOSTS_DO_NOT_VOTE,
        Reason.RESIDENTS_DO_NOT_VOTE_HERE, Reason.ONLY_NEWCOMERS_ADOPT, Reason.PANEL_ADOPTS, Reason.NOT_ON_THE_ROLL,
        Reason.VOTES_IN_THE_ROOM,
        Reason.SECOND_MODERATOR_NEEDED, Reason.CONSENT_FIRST,
    }
)  # fmt: skip
ABOUT_STATE = frozenset(Reason) - ABOUT_YOU
