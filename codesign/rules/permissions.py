"""The one table of who may do what, in which phase and on what condition; it answers with a reason, not with a no."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from codesign.rules.actions import Action
from codesign.rules.conditions import (
    Condition,
    advice_is_complete,
    advice_is_not_adopted,
    advice_names_others,
    advice_was_sent,
    ballot_accepts,
    code_matches,
    has_consented,
    is_checked,
    is_not_cited,
    is_not_own,
    is_own,
    is_the_next_phase,
    keys_are_in,
    level_is_declared,
    no_ballot_runs,
    not_reminded_today,
    on_the_roll,
    quorum_was_met,
    reason_is_given,
    residents_only_where_declared,
    room_is_in,
    second_person,
    source_is_given,
    theme_is_chosen,
    ties_are_declared,
    time_is_up,
    votes_on_a_phone,
)
from codesign.rules.facts import Facts
from codesign.rules.phases import Phase
from codesign.rules.reasons import ABOUT_STATE, Reason
from codesign.rules.roles import Role, roles
from codesign.rules.states import ANSWERED, AWAITING, AdviceState
from codesign.rules.wrong import wrong_phase, wrong_role, wrong_state

__all__ = ["ABOUT_STATE", "RULES", "Action", "Facts", "Reason", "Refused", "Rule", "require", "why_not"]

_TALK = (Phase.LISTENING, Phase.PROPOSING, Phase.DISCUSSING)
_IDEAS = (Phase.LISTENING, Phase.PROPOSING)
# While the answer is awaited the panel may correct what it sent, or take it back.
_WRITING = (Phase.ADVISING, Phase.ANSWERING)
_BALLOTS = (Phase.VOTING, *_WRITING, Phase.FOLLOWING)
_PREPARED = (Phase.DISCUSSING, *_BALLOTS)
_UNSENT = (*_TALK, Phase.VOTING, Phase.ADVISING)
_SENT = (Phase.ANSWERING, Phase.FOLLOWING, Phase.CLOSED)
_OPENED = tuple(p for p in Phase if p is not Phase.DRAFT)
_RUNNING = tuple(p for p in Phase if p is not Phase.CLOSED)
_ALWAYS = tuple(Phase)

_CASTS: tuple[Condition, ...] = (on_the_roll, ballot_accepts, votes_on_a_phone, code_matches)
_COUNTS: tuple[Condition, ...] = (time_is_up, keys_are_in, room_is_in)
_DECLARED: tuple[Condition, ...] = (ties_are_declared, level_is_declared)
_STEPS: tuple[Condition, ...] = (is_the_next_phase, no_ballot_runs, advice_was_sent)
_TAKES_BACK: tuple[Condition, ...] = (is_own, advice_is_not_adopted)
_READY: tuple[Condition, ...] = (ties_are_declared, advice_names_others, advice_is_complete)
_CORRECTS: tuple[Condition, ...] = (ties_are_declared, no_ballot_runs, reason_is_given)
_SENDABLE: tuple[Condition, ...] = (quorum_was_met, ties_are_declared, advice_is_complete)

# Whoever only prepares the ballot does not know the state of the advice (None); the advice's own action does.
_COMPILED = (None, AdviceState.DRAFT)
_TO_ADOPT = (None, AdviceState.DRAFT, AdviceState.TO_PANEL)
_TO_RATE = (None, *ANSWERED)
_AT_PANEL = (AdviceState.TO_PANEL,)
_WRITTEN = (AdviceState.DRAFT,)
_UNVOTED = (AdviceState.DRAFT, AdviceState.TO_PANEL)
_UNSENT_ADVICE = (AdviceState.DRAFT, AdviceState.TO_PANEL, AdviceState.ADOPTED)

_ANYBODY = "NRPMTGOH"


@dataclass(frozen=True)
class Rule:
    """One row: who, in which phases (None: it does not hang on a round), on which conditions.

    `states`: the states the thing must be in; None among them means that there is no such thing yet. `house`: the
    clock or a document that came in may do it too, without a person. `stranger`: nobody needs to be signed in.
    """

    who: frozenset[Role]
    phases: tuple[Phase, ...] | None = None
    conditions: tuple[Condition, ...] = ()
    states: tuple[StrEnum | None, ...] = ()
    house: bool = False
    stranger: bool = False


def _row(
    who: str, phases: tuple[Phase, ...] | None = None, *conditions: Condition,
    states: tuple[StrEnum | None, ...] = (), house: bool = False, stranger: bool = False,
) -> Rule:  # fmt: skip
    return Rule(roles(who), phases, conditions, states, house, stranger)


_A, _P = Action, Phase

# fmt: off
RULES: dict[Action, Rule] = {
    # what                      who     in which phases         and if
    # -- members' words
    _A.TELL:               _row("NR",   _TALK,                  has_consented),
    _A.EDIT_TELLING:       _row("NR",   _TALK,                  is_own),
    _A.TAKE_BACK_TELLING:  _row("NR",   _UNSENT,                *_TAKES_BACK),
    _A.SAVE_DRAFT:         _row("NR",   _IDEAS,                 is_own),
    _A.DROP_DRAFT:         _row("NR",   _ALWAYS,                is_own),
    _A.PROPOSE:            _row("NR",   _IDEAS,                 has_consented, theme_is_chosen),
    _A.EDIT_PROPOSAL:      _row("NR",   _TALK,                  is_own, theme_is_chosen),
    _A.ACCEPT_EDIT:        _row("NR",   _UNSENT,                *_TAKES_BACK),
    _A.DECLINE_EDIT:       _row("NR",   _UNSENT,                is_own),
    _A.TAKE_BACK:          _row("NR",   _UNSENT,                *_TAKES_BACK),
    _A.RELEASE_QUOTE:      _row("NRP",  _UNSENT,                *_TAKES_BACK),
    _A.WITHDRAW_QUOTE:     _row("NRP",  _UNSENT,                *_TAKES_BACK),
    _A.SUPPORT:            _row("NR",   _TALK),
    _A.DISCUSS:            _row("NRP",  _TALK,                  has_consented),
    _A.EDIT_REPLY:         _row("NRP",  _TALK,                  is_own),
    _A.TAKE_BACK_REPLY:    _row("NRP",  _UNSENT,                *_TAKES_BACK),
    _A.SUPPORT_REPLY:      _row("NR",   _TALK),
    _A.RATE_STATEMENTS:    _row("NR",   _TALK),
    _A.REPORT:             _row("NRP",  _OPENED),
    _A.APPEAL:             _row("NRP",  _OPENED,                is_own),
    _A.ATTEND:             _row("NRP",  _RUNNING),
    _A.START_TOPIC:        _row("NR",   None,                   has_consented),
    _A.JOIN_TOPIC:         _row("NR",   (_P.DRAFT,),            has_consented),
    _A.SUGGEST_NETWORK:    _row("NRP",  None,                   has_consented),
    # -- ballots
    _A.VOTE:               _row("NR",   (_P.VOTING,),           residents_only_where_declared, *_CASTS),
    _A.ADOPT:              _row("N",    _WRITING,              *_CASTS),
    _A.RATE_ANSWER:        _row("N",    (_P.FOLLOWING,),        *_CASTS),
    _A.DECIDE_TAKING_BACK: _row("N",    (_P.ANSWERING,),        *_CASTS),
    _A.PREPARE_BALLOT:     _row("M",    (_P.DISCUSSING,)),
    _A.PREPARE_ADOPTION:   _row("M",    _WRITING,              *_READY[:2], states=_TO_ADOPT),
    _A.PREPARE_RATING:     _row("M",    (_P.FOLLOWING,),        states=_TO_RATE),
    _A.PREPARE_TAKING_BACK: _row("M",   (_P.ANSWERING,),        reason_is_given, states=AWAITING),
    _A.CHANGE_BALLOT:      _row("M",    _PREPARED),
    _A.CHECK_BALLOT:       _row("NRM",  _PREPARED,              is_not_own),
    _A.OPEN_BALLOT:        _row("M",    _BALLOTS,               is_checked),
    _A.EXTEND_BALLOT:      _row("M",    _BALLOTS,               ballot_accepts, reason_is_given),
    _A.REMIND:             _row("M",    _BALLOTS,               ballot_accepts, not_reminded_today),
    _A.HOLD_KEY:           _row("NRP",  _PREPARED,              is_own),
    _A.HAND_IN_KEY:        _row("NRP",  _BALLOTS,               is_own, time_is_up),
    _A.CHOOSE_ROOM:        _row("NR",   _BALLOTS,               on_the_roll, ballot_accepts),
    _A.CAST_IN_ROOM:       _row("M",    _BALLOTS,               ballot_accepts),
    _A.ENTER_SHEETS:       _row("NRPM", _BALLOTS,               time_is_up),
    _A.SETTLE_ROOM:        _row("M",    _BALLOTS,               time_is_up),
    _A.CLOSE_BALLOT:       _row("M",    _BALLOTS,               *_COUNTS, house=True),
    _A.KEEP_OUTSIDE_RESULT: _row("M",   _BALLOTS),
    _A.SWEEP_BALLOT:       _row("",     None,                   house=True),
    _A.VOID_BALLOT:        _row("M",    _ALWAYS,                reason_is_given, house=True),
    _A.RELEASE_RESULT:     _row("",     None,                   house=True),
    # -- moderating
    _A.CURATE:             _row("M",    _TALK),
    _A.MERGE:              _row("M",    _TALK),
    _A.PROPOSE_EDIT:       _row("M",    _TALK),
    _A.EXPLAIN_LEFT_OUT:   _row("M",    (_P.VOTING, _P.ADVISING, _P.ANSWERING, _P.FOLLOWING), reason_is_given),
    _A.HIDE:               _row("M",    _OPENED,                reason_is_given),
    _A.SHOW_AGAIN:         _row("M",    _OPENED),
    _A.DECIDE_HELD:        _row("M",    _OPENED,                reason_is_given),
    _A.DECIDE_APPEAL:      _row("M",    _OPENED,                second_person, reason_is_given),
    _A.ASK_QUOTE:          _row("M",    _UNSENT),
    _A.DECLARE_TIES:       _row("M",    None,                   is_own),
    _A.PREPARE_ROUND:      _row("M"),
    _A.EDIT_ROUND:         _row("M",    (_P.DRAFT,)),
    _A.DECLARE_LEVEL:      _row("M",    (_P.DRAFT,)),
    _A.OPEN_ROUND:         _row("M",    (_P.DRAFT,),            *_DECLARED),
    _A.CHANGE_DATES:       _row("M",    _RUNNING),
    _A.CHANGE_PHASE:       _row("M",    _RUNNING,               *_DECLARED, *_STEPS),
    _A.PLAN_SESSION:       _row("M",    _RUNNING),
    _A.RECORD_SESSION:     _row("M",    _ALWAYS),
    _A.READ_JOURNAL:       _row("MH"),
    # -- reports and the vision of the place (own: a moderator, or whoever was asked or wrote it)
    _A.ATTACH_REPORT:      _row("NRPM", None,                   has_consented, is_own),
    _A.INVITE_REPORTER:    _row("M"),
    _A.MAKE_REPORT_PUBLIC: _row("M",    None,                   is_not_cited),
    _A.TAKE_OUT_REPORT:    _row("NRPM", None,                   is_own, reason_is_given, is_not_cited),
    _A.OBJECT_TO_REPORT:   _row("NRP",  None,                   has_consented),
    _A.SETTLE_OBJECTION:   _row("M",    None,                   reason_is_given),
    _A.PROPOSE_POINT:      _row("NR",   None,                   has_consented),
    _A.TAKE_BACK_POINT:    _row("NR",   None,                   is_own),
    _A.SHARE_POINT:        _row("NR"),
    _A.AGREE_POINT:        _row("M",    None,                   is_not_cited),
    _A.ARRANGE_VISION:     _row("M"),
    _A.TAKE_OUT_POINT:     _row("M",    None,                   reason_is_given, is_not_cited),
    _A.TRANSLATE_POINT:    _row("MT"),
    # -- the advice
    _A.COMPILE_ADVICE:     _row("M",    _WRITING,              ties_are_declared, states=_COMPILED),
    _A.INVITE_COAUTHOR:    _row("M",    _WRITING,              states=_WRITTEN),
    _A.CO_WRITE:           _row("NRP",  _WRITING,              has_consented, is_own, states=_WRITTEN),
    _A.NOTE_IN_MARGIN:     _row("NRPM", _WRITING,              is_own, states=_WRITTEN),
    _A.SAY_MEANING:        _row("NR",   _WRITING,              has_consented, reason_is_given, states=_AT_PANEL),
    _A.WRITE_OTHER_VIEW:   _row("NR",   _WRITING,              has_consented, is_own, no_ballot_runs, states=_UNVOTED),
    _A.TRANSLATE_SUMMARY:  _row("MT",   _WRITING,              states=_UNSENT_ADVICE),
    _A.GIVE_TO_PANEL:      _row("M",    _WRITING,              *_READY, states=(AdviceState.DRAFT,)),
    _A.SET_ADOPTED:        _row("",     _WRITING,              quorum_was_met, states=_AT_PANEL, house=True),
    _A.SEND_BACK:          _row("",     _WRITING,              states=_AT_PANEL, house=True),
    _A.WITHDRAW_ADVICE:    _row("M",    (_P.ADVISING,),         reason_is_given, states=_UNSENT_ADVICE),
    _A.SET_TAKEN_BACK:     _row("",     None,                   quorum_was_met, states=AWAITING, house=True),
    _A.CORRECT_ADVICE:     _row("M",    (_P.ANSWERING,),        *_CORRECTS, states=AWAITING),
    _A.DROP_CORRECTION:    _row("M",    _SENT,                  no_ballot_runs, states=_UNSENT_ADVICE),
    _A.ANSWER_MORE_TIME:   _row("M",    None,                   states=AWAITING),
    _A.REPLY_TO_ANSWER:    _row("M",    None,                   states=ANSWERED),
    _A.SEND_FINDING:       _row("M",    None,                   states=ANSWERED),
    _A.SEND_ADVICE:        _row("M",    _WRITING,              *_SENDABLE, states=_UNSENT_ADVICE),
    # -- the host
    _A.MAKE_PLACE:         _row("H"),
    _A.CHANGE_PLACE:       _row("H"),
    _A.MAKE_PANEL:         _row("H"),
    _A.CHANGE_PANEL:       _row("H"),
    _A.MAKE_CARDS:         _row("H"),
    _A.MAKE_STAFF:         _row("H",    None,                   house=True),
    _A.MAKE_MODERATOR:     _row("H"),
    _A.END_MODERATOR:      _row("H"),
    _A.INVITE_OFFICIAL:    _row("H"),
    _A.INVITE_ORGANISATION: _row("MH"),
    _A.KEEP_LEGAL_HELP:    _row("MH",   None,                   source_is_given),
    # Own: the panel is one of the place, the official is of the place.
    _A.KEEP_DIRECTORY:     _row("MH",   None,                   is_own, reason_is_given),
    _A.KEEP_CALENDAR:      _row("MO",   None,                   is_own, source_is_given, reason_is_given),
    _A.ASK_REISSUE:        _row("M",    None,                   is_not_own),
    _A.REISSUE_CARD:       _row("M",    None,                   is_not_own, second_person),
    # -- oneself
    _A.SIGN_IN:            _row(_ANYBODY, None,                 stranger=True),
    _A.SIGN_OUT:           _row(_ANYBODY, None,                 is_own),
    _A.CHOOSE_LANGUAGE:    _row(_ANYBODY, None,                 is_own),
    _A.CHANGE_CREDENTIAL:  _row(_ANYBODY, None,                 is_own),
    _A.CONSENT:            _row("NRP",  None,                   is_own),
    _A.CHOOSE_NAME:        _row("NRP",  None,                   is_own),
    _A.SET_PIN:            _row("NRP",  None,                   is_own),
    _A.WITHDRAW_CONSENT:   _row("NRP",  None,                   is_own),
    _A.LEAVE_PANEL:        _row("NRPM", None,                   is_own),
    _A.ERASE_POSTS:        _row("NRP",  None,                   is_own),
    # -- behind the record door: by the state of the document, not of the round (own: of their place)
    _A.ACCEPT_INVITATION:  _row("OG",   None,                   stranger=True),
    _A.END_OFFICIAL:       _row("",     None,                   house=True),
    _A.END_ORGANISATION:   _row("",     None,                   house=True),
    _A.ANSWER_ADVICE:      _row("O",    None,                   is_own, states=AWAITING),
    _A.DELIVER_ANSWER:     _row("O",    None,                   is_own, advice_is_complete, states=AWAITING),
    _A.REPORT_PROGRESS:    _row("O",    None,                   is_own, reason_is_given, states=ANSWERED),
    _A.KEEP_LEARNING_CARD: _row("O",    None,                   is_own, states=ANSWERED),
    _A.ASK_MORE_TIME:      _row("O",    None,                   is_own, reason_is_given, states=AWAITING),
    _A.INVITE_COLLEAGUE:   _row("O",    None,                   is_own, states=AWAITING),
    _A.COSIGN:             _row("G",    None,                   is_own, states=AWAITING),
    _A.CHALLENGE:          _row("G",    None,                   is_own, states=AWAITING),
    _A.RECEIVE:            _row("",     None,                   house=True),
}
# fmt: on


class Refused(Exception):
    """The house said no; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def why_not(action: Action, facts: Facts) -> Reason | None:
    """The reason against it, or None when it may be done: first who, then when, then on what condition."""
    rule = RULES[action]
    if not (facts.by_house and rule.house):
        if facts.role is None:
            if not rule.stranger:
                return Reason.NOT_A_MEMBER
        elif facts.role not in rule.who:
            return wrong_role(action, facts.role, rule.who)
    if rule.phases is not None and (reason := wrong_phase(rule.phases, facts.phase)):
        return reason
    for condition in rule.conditions:
        if reason := condition(facts):
            return reason
    if rule.states and facts.state not in rule.states:
        return wrong_state(rule.states, facts.state)
    return None


def require(action: Action, facts: Facts) -> None:
    """Raise Refused with the reason unless it may be done."""
    if reason := why_not(action, facts):
        raise Refused(reason)
