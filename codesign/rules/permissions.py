"""Who may do what, and when: one table, and the reason when the answer is no."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from codesign.rules.phases import AdviceState, Phase
from codesign.rules.roles import Role


class Reason(StrEnum):
    """Why something is refused; people read it in their language."""

    NOT_YOUR_ROLE = "not_your_role"
    NOT_IN_THIS_PHASE = "not_in_this_phase"
    NOT_YOURS = "not_yours"
    YOUR_OWN = "your_own"
    PROFESSIONALS_DO_NOT_VOTE = "professionals_do_not_vote"
    RESIDENTS_DO_NOT_VOTE_HERE = "residents_do_not_vote_here"
    MODERATORS_DO_NOT_VOTE = "moderators_do_not_vote"
    DECLARE_TIES_FIRST = "declare_ties_first"
    DECLARE_LEVEL_FIRST = "declare_level_first"
    PANEL_ADOPTS_FIRST = "panel_adopts_first"
    QUORUM_NOT_MET = "quorum_not_met"
    SECOND_PERSON_NEEDED = "second_person_needed"
    ADVICE_ADOPTED = "advice_adopted"
    NO_SUCH_STEP = "no_such_step"
    ALREADY_DONE = "already_done"
    NOT_OPEN = "not_open"
    NOT_COMPLETE = "not_complete"
    LEFT_THE_PANEL = "left_the_panel"
    NO_CONSENT = "no_consent"


# Reasons that lie in how things stand now, not in who asks.
ABOUT_STATE = frozenset(
    {
        Reason.NOT_IN_THIS_PHASE, Reason.DECLARE_LEVEL_FIRST, Reason.PANEL_ADOPTS_FIRST, Reason.QUORUM_NOT_MET,
        Reason.ADVICE_ADOPTED, Reason.NO_SUCH_STEP, Reason.ALREADY_DONE, Reason.NOT_OPEN, Reason.NOT_COMPLETE,
    }
)  # fmt: skip


class Refused(Exception):
    """The house rules say no, for this reason."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class Action(StrEnum):
    """Everything the house rules decide."""

    TELL = "tell"
    PROPOSE = "propose"
    EDIT_PROPOSAL = "edit_proposal"
    TAKE_BACK = "take_back"
    SUPPORT = "support"
    DISCUSS = "discuss"
    SUPPORT_REPLY = "support_reply"
    REPORT = "report"
    RATE_STATEMENTS = "rate_statements"
    VOTE = "vote"
    CURATE = "curate"
    MERGE = "merge"
    HIDE = "hide"
    DECIDE_HELD = "decide_held"
    APPEAL = "appeal"
    DECIDE_APPEAL = "decide_appeal"
    PROPOSE_EDIT = "propose_edit"
    ACCEPT_EDIT = "accept_edit"
    PREPARE_BALLOT = "prepare_ballot"
    OPEN_BALLOT = "open_ballot"
    CLOSE_BALLOT = "close_ballot"
    VOID_BALLOT = "void_ballot"
    COMPILE_ADVICE = "compile_advice"
    GIVE_TO_PANEL = "give_to_panel"
    PREPARE_ADOPTION = "prepare_adoption"
    ADOPT = "adopt"
    SEND_ADVICE = "send_advice"
    ASK_QUOTE = "ask_quote"
    RELEASE_QUOTE = "release_quote"
    PREPARE_RATING = "prepare_rating"
    RATE_ANSWER = "rate_answer"
    CHANGE_PHASE = "change_phase"
    OPEN_ROUND = "open_round"
    PREPARE_ROUND = "prepare_round"
    START_TOPIC = "start_topic"
    JOIN_TOPIC = "join_topic"
    PLAN_SESSION = "plan_session"
    ATTEND = "attend"
    DECLARE_TIES = "declare_ties"
    MAKE_PLACE = "make_place"
    MAKE_PANEL = "make_panel"
    MAKE_CARDS = "make_cards"
    MAKE_STAFF = "make_staff"
    MAKE_MODERATOR = "make_moderator"
    INVITE_OFFICIAL = "invite_official"
    ASK_REISSUE = "ask_reissue"
    REISSUE_CARD = "reissue_card"
    CONSENT = "consent"
    WITHDRAW_CONSENT = "withdraw_consent"
    LEAVE_PANEL = "leave_panel"
    ERASE_POSTS = "erase_posts"
    READ_JOURNAL = "read_journal"
    ANSWER_ADVICE = "answer_advice"
    DELIVER_ANSWER = "deliver_answer"
    REPORT_PROGRESS = "report_progress"
    COSIGN = "cosign"


@dataclass(frozen=True)
class Facts:
    """What a decision rests on; whoever asks fills in what the action needs."""

    role: Role | None = None
    phase: Phase | None = None
    own: bool = False
    residents_vote: bool = False
    ties_declared: bool = True
    level_declared: bool = True
    adopted: bool = False
    adopted_with_quorum: bool = False
    second_person: bool = True
    next_phase_allowed: bool = True
    complete: bool = True
    state: AdviceState | None = None
    consented: bool = True


Need = Callable[[Facts], Reason | None]


@dataclass(frozen=True)
class Rule:
    """Which roles, in which phases (None: any), and what else must hold."""

    roles: frozenset[Role]
    phases: frozenset[Phase] | None = None
    needs: tuple[Need, ...] = ()


def _must(reason: Reason, holds: Callable[[Facts], bool]) -> Need:
    return lambda facts: None if holds(facts) else reason


OWN = _must(Reason.NOT_YOURS, lambda f: f.own)
NOT_OWN = _must(Reason.YOUR_OWN, lambda f: not f.own)
TIES = _must(Reason.DECLARE_TIES_FIRST, lambda f: f.ties_declared)
LEVEL = _must(Reason.DECLARE_LEVEL_FIRST, lambda f: f.level_declared)
NOT_ADOPTED = _must(Reason.ADVICE_ADOPTED, lambda f: not f.adopted)
ADOPTED = _must(Reason.PANEL_ADOPTS_FIRST, lambda f: f.adopted)
QUORUM = _must(Reason.QUORUM_NOT_MET, lambda f: f.adopted_with_quorum)
SECOND = _must(Reason.SECOND_PERSON_NEEDED, lambda f: f.second_person)
STEP = _must(Reason.NO_SUCH_STEP, lambda f: f.next_phase_allowed)
COMPLETE = _must(Reason.NOT_COMPLETE, lambda f: f.complete)
CONSENTED = _must(Reason.NO_CONSENT, lambda f: f.consented)
RESIDENT_MAY_VOTE = _must(
    Reason.RESIDENTS_DO_NOT_VOTE_HERE, lambda f: f.role is not Role.RESIDENT or f.residents_vote
)
SENT = _must(Reason.NOT_OPEN, lambda f: f.state in {AdviceState.SENT, AdviceState.RECEIVED})
ANSWERED = _must(Reason.NOT_OPEN, lambda f: f.state in {AdviceState.ANSWERED, AdviceState.FOLLOWED})

N, R, P, M = Role.NEWCOMER, Role.RESIDENT, Role.PROFESSIONAL, Role.MODERATOR
O, G, H = Role.OFFICIAL, Role.ORGANISATION, Role.HOST  # noqa: E741  (the letters of the drawing)
_L, _P, _D, _V = Phase.LISTENING, Phase.PROPOSING, Phase.DISCUSSING, Phase.VOTING
_A, _W, _F, _C = Phase.ADVISING, Phase.ANSWERING, Phase.FOLLOWING, Phase.CLOSED
_RUNNING = (_L, _P, _D, _V, _A, _W, _F)


def _rule(roles: tuple[Role, ...], phases: tuple[Phase, ...] | None = None, *needs: Need) -> Rule:
    return Rule(frozenset(roles), None if phases is None else frozenset(phases), needs)


RULES: dict[Action, Rule] = {
    # words
    Action.TELL: _rule((N, R), (_L, _P, _D, _A), CONSENTED),
    Action.PROPOSE: _rule((N, R), (_L, _P, _D), CONSENTED),
    Action.EDIT_PROPOSAL: _rule((N, R), (_L, _P, _D, _A), OWN, NOT_ADOPTED),
    Action.TAKE_BACK: _rule((N, R), _RUNNING, OWN, NOT_ADOPTED),
    Action.SUPPORT: _rule((N, R), (_L, _P, _D)),
    Action.DISCUSS: _rule((N, R, P), (_L, _P, _D), CONSENTED),
    Action.SUPPORT_REPLY: _rule((N, R), (_L, _P, _D)),
    Action.REPORT: _rule((N, R, P)),
    Action.RATE_STATEMENTS: _rule((N, R), (_L, _P, _D, _A)),
    Action.ASK_QUOTE: _rule((M,), (_D, _V, _A)),
    Action.RELEASE_QUOTE: _rule((N, R, P), None, OWN),
    # the moderator's care for words
    Action.CURATE: _rule((M,), (_P, _D, _V)),
    Action.MERGE: _rule((M,), (_P, _D, _V)),
    Action.HIDE: _rule((M,)),
    Action.DECIDE_HELD: _rule((M,)),
    Action.APPEAL: _rule((N, R, P), None, OWN),
    Action.DECIDE_APPEAL: _rule((M,), None, SECOND),
    Action.PROPOSE_EDIT: _rule((M,), (_L, _P, _D, _V)),
    Action.ACCEPT_EDIT: _rule((N, R), None, OWN, NOT_ADOPTED),
    # ballots
    Action.VOTE: _rule((N, R), (_V,), RESIDENT_MAY_VOTE),
    Action.PREPARE_BALLOT: _rule((M,), (_D,)),
    Action.OPEN_BALLOT: _rule((M,), (_V, _A, _F)),
    Action.CLOSE_BALLOT: _rule((M,)),
    Action.VOID_BALLOT: _rule((M,)),
    # advice
    Action.COMPILE_ADVICE: _rule((M,), (_A,), TIES, NOT_ADOPTED),
    Action.GIVE_TO_PANEL: _rule((M,), (_A,), TIES, NOT_ADOPTED, COMPLETE),
    Action.PREPARE_ADOPTION: _rule((M,), (_A,), TIES, NOT_ADOPTED),
    Action.ADOPT: _rule((N,), (_A,)),
    Action.SEND_ADVICE: _rule((M,), (_A,), TIES, ADOPTED, QUORUM, COMPLETE),
    Action.PREPARE_RATING: _rule((M,), (_F,)),
    Action.RATE_ANSWER: _rule((N,), (_F,)),
    # rounds and gatherings
    Action.PREPARE_ROUND: _rule((M,)),
    Action.OPEN_ROUND: _rule((M,), (Phase.DRAFT,), TIES, LEVEL),
    Action.CHANGE_PHASE: _rule((M,), (Phase.DRAFT, *_RUNNING), TIES, LEVEL, STEP),
    Action.START_TOPIC: _rule((N, R), None, CONSENTED),
    Action.JOIN_TOPIC: _rule((N, R), (Phase.DRAFT,)),
    Action.PLAN_SESSION: _rule((M,)),
    Action.ATTEND: _rule((N, R, P)),
    Action.DECLARE_TIES: _rule((M,)),
    Action.READ_JOURNAL: _rule((M, H)),
    # people
    Action.MAKE_PLACE: _rule((H,)),
    Action.MAKE_PANEL: _rule((H,)),
    Action.MAKE_CARDS: _rule((H,)),
    Action.MAKE_STAFF: _rule((H,)),
    Action.MAKE_MODERATOR: _rule((H,)),
    Action.INVITE_OFFICIAL: _rule((H,)),
    Action.ASK_REISSUE: _rule((M,)),
    Action.REISSUE_CARD: _rule((M,), None, SECOND),
    Action.CONSENT: _rule((N, R, P), None, OWN),
    Action.WITHDRAW_CONSENT: _rule((N, R, P), None, OWN),
    Action.LEAVE_PANEL: _rule((N, R, P), None, OWN),
    Action.ERASE_POSTS: _rule((N, R, P), None, OWN),
    # the record door: by the state of the document, not of the round
    Action.ANSWER_ADVICE: _rule((O,), None, SENT),
    Action.DELIVER_ANSWER: _rule((O,), None, SENT, COMPLETE),
    Action.REPORT_PROGRESS: _rule((O,), None, ANSWERED),
    Action.COSIGN: _rule((G,), None, SENT),
}

_VOTES = {Action.VOTE, Action.ADOPT, Action.RATE_ANSWER}


def why_not(action: Action, facts: Facts) -> Reason | None:
    """Why `action` is refused given `facts`; None when it is allowed. The role is judged first, then the phase."""
    rule = RULES[action]
    if facts.role not in rule.roles:
        if action in _VOTES and facts.role is Role.PROFESSIONAL:
            return Reason.PROFESSIONALS_DO_NOT_VOTE
        if action in _VOTES and facts.role in {Role.MODERATOR, Role.HOST}:
            return Reason.MODERATORS_DO_NOT_VOTE
        if action in _VOTES and facts.role is Role.RESIDENT:
            return Reason.RESIDENTS_DO_NOT_VOTE_HERE
        return Reason.NOT_YOUR_ROLE
    if rule.phases is not None and facts.phase not in rule.phases:
        return Reason.NOT_IN_THIS_PHASE
    for need in rule.needs:
        reason = need(facts)
        if reason is not None:
            return reason
    return None


def require(action: Action, facts: Facts) -> None:
    """Raise `Refused` with the reason unless `action` is allowed."""
    reason = why_not(action, facts)
    if reason is not None:
        raise Refused(reason)
