"""The conditions of the rules table: each takes the facts, and answers with a reason or with None."""

from __future__ import annotations

from collections.abc import Callable

from codesign.rules.facts import Facts
from codesign.rules.phases import Phase, may_follow
from codesign.rules.reasons import Reason
from codesign.rules.roles import Role

Condition = Callable[[Facts], Reason | None]


def is_own(facts: Facts) -> Reason | None:
    """It is theirs: their text, their card, their place."""
    return None if facts.own else Reason.NOT_YOURS


def is_not_own(facts: Facts) -> Reason | None:
    """Nobody decides about themselves."""
    return Reason.YOUR_OWN if facts.own else None


def is_not_cited(facts: Facts) -> Reason | None:
    """What the panel votes on keeps what it rests on."""
    return Reason.CITED_IN_ADVICE if facts.cited else None


def has_consented(facts: Facts) -> Reason | None:
    """Words are kept only of people who agreed to that, in the version that holds now (R14)."""
    return None if facts.consented else Reason.CONSENT_FIRST


def theme_is_chosen(facts: Facts) -> Reason | None:
    """Everything is ordered by the themes (R01)."""
    return None if facts.has_theme else Reason.CHOOSE_A_THEME_FIRST


def reason_is_given(facts: Facts) -> Reason | None:
    """People are told why."""
    return None if facts.reason_given else Reason.SAY_WHY_FIRST


def residents_only_where_declared(facts: Facts) -> Reason | None:
    """Residents vote only where the round said so (R07)."""
    if facts.role is Role.RESIDENT and not facts.residents_vote:
        return Reason.RESIDENTS_DO_NOT_VOTE_HERE
    return None


def on_the_roll(facts: Facts) -> Reason | None:
    """Opening a ballot fixes who votes; a late addition would let totals be subtracted."""
    return None if facts.on_roll else Reason.NOT_ON_THE_ROLL


def ballot_accepts(facts: Facts) -> Reason | None:
    """The ballot is open and its deadline has not passed."""
    return None if facts.ballot_accepts else Reason.BALLOT_NOT_OPEN


def code_matches(facts: Facts) -> Reason | None:
    """A vote that was cast is changed only with its own code."""
    return None if facts.code_matches else Reason.ENTER_YOUR_CODE


def votes_on_a_phone(facts: Facts) -> Reason | None:
    """Whoever votes in the room has no second vote on a phone (R04)."""
    return Reason.VOTES_IN_THE_ROOM if facts.in_room else None


def is_checked(facts: Facts) -> Reason | None:
    """What cannot be changed afterwards is looked at by a second person before."""
    return None if facts.checked else Reason.CHECK_FIRST


def not_reminded_today(facts: Facts) -> Reason | None:
    """A reminder goes to all alike, once a day at most."""
    return Reason.REMINDED_TODAY if facts.reminded else None


def keys_are_in(facts: Facts) -> Reason | None:
    """Where two members hold the key, both bring their half."""
    return None if facts.keys_are_in else Reason.KEYS_FIRST


def room_is_in(facts: Facts) -> Reason | None:
    """Votes from the room count like all others, so the count waits for them (R04)."""
    return None if facts.room_is_in else Reason.ROOM_FIRST


def time_is_up(facts: Facts) -> Reason | None:
    """The deadline was fixed at opening: nobody closes early."""
    return None if facts.time_is_up else Reason.TIME_IS_NOT_UP


def no_ballot_runs(facts: Facts) -> Reason | None:
    """A phase does not change under a ballot that is open."""
    return Reason.BALLOT_STILL_OPEN if facts.ballot_running else None


def is_the_next_phase(facts: Facts) -> Reason | None:
    """Only a phase that may follow (see phases.NEXT)."""
    known = facts.phase is not None and facts.target is not None
    if not facts.next_phase_allowed or (known and not may_follow(facts.phase, facts.target)):  # type: ignore[arg-type]
        return Reason.NOT_THE_NEXT_PHASE
    return None


def advice_was_sent(facts: Facts) -> Reason | None:
    """Waiting for an answer begins when there is something to answer."""
    return Reason.NOT_SENT if facts.target is Phase.ANSWERING and not facts.sent else None


def ties_are_declared(facts: Facts) -> Reason | None:
    """A moderator says first whom they work for and who pays them (R21)."""
    return None if facts.ties_declared else Reason.DECLARE_TIES_FIRST


def level_is_declared(facts: Facts) -> Reason | None:
    """The level of participation, and what is already fixed, are said first (R33)."""
    return None if facts.level_declared else Reason.DECLARE_LEVEL_FIRST


def second_person(facts: Facts) -> Reason | None:
    """Two people, in person: nobody alone can take over a member's card."""
    return None if facts.second_person else Reason.SECOND_MODERATOR_NEEDED


def source_is_given(facts: Facts) -> Reason | None:
    """What is said about rules and rights has its source, and the days it was written and checked (R42)."""
    return None if facts.sourced else Reason.SOURCE_FIRST


def advice_is_not_adopted(facts: Facts) -> Reason | None:
    """Until the panel adopted its advice, words can be taken back (R15)."""
    return Reason.ALREADY_ADOPTED if facts.adopted else None


def advice_names_others(facts: Facts) -> Reason | None:
    """Advice that asks something of newcomers alone is not put to the panel (R02)."""
    return None if facts.other_actors else Reason.NAME_OTHER_ACTORS_FIRST


def advice_is_complete(facts: Facts) -> Reason | None:
    """Nothing stands on the checklist."""
    return None if facts.complete else Reason.NOT_COMPLETE


def quorum_was_met(facts: Facts) -> Reason | None:
    """The panel adopted it, and enough of the panel took part (R11)."""
    if facts.adopted_with_quorum:
        return None
    return Reason.QUORUM_NOT_MET if facts.adopted else Reason.PANEL_MUST_ADOPT_FIRST
