"""The table of the house: every action, who may do it, in which phases, and on what conditions."""

from __future__ import annotations

from dataclasses import dataclass

from codesign.rules import conditions as c
from codesign.rules.actions import Action
from codesign.rules.conditions import Condition
from codesign.rules.facts import Facts
from codesign.rules.phases import Phase
from codesign.rules.reasons import ABOUT_STATE, Reason
from codesign.rules.roles import Role
from codesign.rules.states import AdviceState

__all__ = ["ABOUT_STATE", "RULES", "Action", "Facts", "Reason", "Refused", "Rule", "require", "why_not"]


class Refused(Exception):
    """The house rules say no, for this reason."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class Rule:
    """One row: the roles, the phases or states (None: any), the conditions; `house` allows the clock and documents."""

    roles: frozenset[Role]
    phases: tuple[Phase, ...] | None = None
    conditions: tuple[Condition, ...] = ()
    states: frozenset[AdviceState] | None = None
    house: bool = False


LISTEN, PROPOSE, TALK, VOTE = Phase.LISTENING, Phase.PROPOSING, Phase.DISCUSSING, Phase.VOTING
ADVISE, ANSWER, FOLLOW = Phase.ADVISING, Phase.ANSWERING, Phase.FOLLOWING
OPEN = (LISTEN, PROPOSE, TALK)
RUNNING = (*OPEN, VOTE, ADVISE, ANSWER, FOLLOW)
_LETTERS = {
    "N": Role.NEWCOMER, "R": Role.RESIDENT, "P": Role.PROFESSIONAL, "M": Role.MODERATOR,
    "H": Role.HOST, "O": Role.OFFICIAL, "G": Role.ORGANISATION, "T": Role.TRANSLATOR,
}  # fmt: skip
WAITING_FOR_ANSWER = frozenset({AdviceState.SENT, AdviceState.RECEIVED})
ANSWERED = frozenset({AdviceState.ANSWERED, AdviceState.REACTED, AdviceState.REPORTED, AdviceState.FOLLOWED})


def _may(
    letters: str, phases: tuple[Phase, ...] | None = None, *conditions: Condition,
    states: frozenset[AdviceState] | None = None, house: bool = False,
) -> Rule:  # fmt: skip
    return Rule(frozenset(_LETTERS[letter] for letter in letters), phases, conditions, states, house)


A = Action
RULES: dict[Action, Rule] = {
    # members' words
    A.TELL: _may("NR", (*OPEN, ADVISE)),
    A.TAKE_BACK_TELLING: _may("NR", RUNNING, c.is_own, c.advice_is_not_adopted),
    A.SAVE_DRAFT: _may("NR", OPEN),
    A.DROP_DRAFT: _may("NR", None, c.is_own),
    A.PROPOSE: _may("NR", OPEN, c.theme_is_chosen),
    A.EDIT_PROPOSAL: _may("NR", (*OPEN, ADVISE), c.is_own, c.theme_is_chosen, c.advice_is_not_adopted),
    A.ACCEPT_EDIT: _may("NR", RUNNING, c.is_own, c.advice_is_not_adopted),
    A.DECLINE_EDIT: _may("NR", RUNNING, c.is_own),
    A.TAKE_BACK: _may("NR", RUNNING, c.is_own, c.advice_is_not_adopted),
    A.RELEASE_QUOTE: _may("NRP", None, c.is_own),
    A.WITHDRAW_QUOTE: _may("NRP", None, c.is_own, c.advice_is_not_adopted),
    A.SUPPORT: _may("NR", OPEN),
    A.DISCUSS: _may("NRP", OPEN),
    A.EDIT_REPLY: _may("NRP", OPEN, c.is_own),
    A.TAKE_BACK_REPLY: _may("NRP", RUNNING, c.is_own, c.advice_is_not_adopted),
    A.SUPPORT_REPLY: _may("NR", OPEN),
    A.RATE_STATEMENT: _may("NR", (*OPEN, ADVISE)),
    A.START_TOPIC: _may("NR"),
    # ballots
    A.VOTE: _may("NR", (VOTE,), c.residents_only_where_declared, c.on_the_roll, c.ballot_accepts, c.code_matches),
    A.ADOPT: _may("N", (ADVISE,), c.on_the_roll, c.ballot_accepts, c.code_matches),
    A.RATE_ANSWER: _may("N", (FOLLOW,), c.on_the_roll, c.ballot_accepts, c.code_matches),
    A.PREPARE_BALLOT: _may("M", (TALK,)),
    A.PREPARE_ADOPTION: _may("M", (ADVISE,)),
    A.PREPARE_RATING: _may("M", (FOLLOW,)),
    A.CHANGE_BALLOT: _may("M", (TALK, VOTE, ADVISE, FOLLOW)),
    A.OPEN_BALLOT: _may("M", (VOTE, ADVISE, FOLLOW)),
    A.CLOSE_BALLOT: _may("M", None, c.time_is_up, house=True),
    A.SWEEP_BALLOT: _may("", house=True),
    A.VOID_BALLOT: _may("M", None, c.reason_is_given),
    A.RELEASE_RESULT: _may("", house=True),
    # moderating
    A.CURATE: _may("M", (PROPOSE, TALK, VOTE)),
    A.MERGE: _may("M", (PROPOSE, TALK, VOTE), c.reason_is_given),
    A.PROPOSE_EDIT: _may("M", (*OPEN, VOTE), c.reason_is_given),
    A.HIDE: _may("M", None, c.reason_is_given),
    A.SHOW_AGAIN: _may("M"),
    A.DECIDE_HELD: _may("M", None, c.reason_is_given),
    A.DECLARE_TIES: _may("M"),
    A.MAKE_ROUND: _may("M"),
    A.EDIT_ROUND: _may("M"),
    A.DECLARE_LEVEL: _may("M", (Phase.DRAFT,)),
    A.OPEN_ROUND: _may("M", (Phase.DRAFT,), c.ties_are_declared, c.level_is_declared),
    A.CHANGE_DATES: _may("M"),
    A.CHANGE_PHASE: _may(
        "M", (Phase.DRAFT, *RUNNING), c.ties_are_declared, c.level_is_declared, c.is_the_next_phase, c.no_ballot_runs,
        c.advice_was_sent,
    ),
    A.PLAN_SESSION: _may("M"),
    A.RECORD_SESSION: _may("M"),
    # the advice
    A.COMPILE_ADVICE: _may("M", (ADVISE,), c.ties_are_declared, c.advice_is_not_adopted),
    A.TRANSLATE_SUMMARY: _may("MT", (ADVISE, ANSWER), c.ties_are_declared),
    A.GIVE_TO_PANEL: _may("M", (ADVISE,), c.ties_are_declared, c.advice_names_others, c.advice_is_not_adopted),
    A.SET_ADOPTED: _may("", house=True),
    A.SEND_BACK: _may("", house=True),
    A.WITHDRAW_ADVICE: _may("M", (ADVISE,), c.reason_is_given),
    A.SEND_ADVICE: _may("M", (ADVISE,), c.ties_are_declared, c.quorum_was_met, c.advice_is_complete),
    # the host
    A.MAKE_PLACE: _may("H"),
    A.CHANGE_PLACE: _may("H"),
    A.MAKE_PANEL: _may("H"),
    A.CHANGE_PANEL: _may("H"),
    A.MAKE_CARDS: _may("H", house=True),
    A.MAKE_MODERATOR: _may("H"),
    A.MAKE_HOST: _may("H", house=True),
    A.END_MODERATOR: _may("H"),
    A.INVITE_OFFICIAL: _may("H"),
    A.ASK_REISSUE: _may("M"),
    A.REISSUE_CARD: _may("M", None, c.second_moderator),
    # oneself
    A.SIGN_IN: _may("NRPMHOGT"),
    A.SIGN_OUT: _may("NRPMHOGT", None, c.is_own),
    A.CHOOSE_LANGUAGE: _may("NRPMHOGT", None, c.is_own),
    A.CHANGE_CREDENTIAL: _may("NRPMHOGT", None, c.is_own),
    A.CONSENT: _may("NRP", None, c.is_own),
    A.CHOOSE_NAME: _may("NRP", None, c.is_own),
    A.SET_PIN: _may("NRP", None, c.is_own),
    A.WITHDRAW_CONSENT: _may("NRP", None, c.is_own),
    A.LEAVE_PANEL: _may("NRP", None, c.is_own),
    A.ERASE_POSTS: _may("NRP", None, c.is_own),
    # behind the record door: by the state of the document, not of the round
    A.ACCEPT_INVITATION: _may("O", None, c.is_own),
    A.ANSWER_ADVICE: _may("O", None, c.is_own, states=WAITING_FOR_ANSWER),
    A.DELIVER_ANSWER: _may("O", None, c.is_own, c.advice_is_complete, states=WAITING_FOR_ANSWER),
    A.REPORT_PROGRESS: _may("O", None, c.is_own, states=ANSWERED),
    A.COSIGN: _may("G", None, states=WAITING_FOR_ANSWER),
    A.RECEIVE: _may("", house=True),
}

_SECRET = {A.VOTE, A.ADOPT, A.RATE_ANSWER}
_NO_VOTE = {
    Role.PROFESSIONAL: Reason.PROFESSIONALS_DO_NOT_VOTE,
    Role.MODERATOR: Reason.MODERATORS_DO_NOT_VOTE,
    Role.HOST: Reason.HOSTS_DO_NOT_VOTE,
}


def _wrong_role(action: Action, role: Role | None, rule: Rule) -> Reason:
    if role is None:
        return Reason.NOT_A_MEMBER
    if action in _SECRET:
        if role is Role.RESIDENT:
            return Reason.ONLY_NEWCOMERS_ADOPT
        return _NO_VOTE.get(role, Reason.NOT_YOUR_ROLE)
    if action is A.SET_ADOPTED:
        return Reason.PANEL_ADOPTS
    return Reason.NOT_YOUR_ROLE if rule.roles else Reason.ONLY_THE_HOUSE


def _wrong_phase(phases: tuple[Phase, ...], phase: Phase | None) -> Reason:
    if phase is None:
        return Reason.NO_ROUND
    order = list(Phase)
    here = order.index(phase)
    if all(order.index(p) > here for p in phases):
        return Reason.NOT_YET
    return Reason.TOO_LATE if all(order.index(p) < here for p in phases) else Reason.NOT_NOW


def why_not(action: Action, facts: Facts) -> Reason | None:
    """Why `action` is refused given `facts`; None when it is allowed. Role first, then phase or state, then the rest."""
    rule = RULES[action]
    if not (facts.by_house and rule.house):
        if facts.role not in rule.roles:
            return _wrong_role(action, facts.role, rule)
        if rule.phases is not None and facts.phase not in rule.phases:
            return _wrong_phase(rule.phases, facts.phase)
        if rule.states is not None and facts.state not in rule.states:
            answered = facts.state is not None and facts.state in ANSWERED
            return Reason.ALREADY_ANSWERED if answered else Reason.WRONG_STATE
    for condition in rule.conditions:
        reason = condition(facts)
        if reason is not None:
            return reason
    return None


def require(action: Action, facts: Facts) -> None:
    """Raise `Refused` with the reason unless `action` is allowed."""
    reason = why_not(action, facts)
    if reason is not None:
        raise Refused(reason)
