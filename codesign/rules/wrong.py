"""Which reason is told when the role, the phase or the state is not one of those a rule names."""

from __future__ import annotations

from enum import StrEnum

from codesign.rules.actions import Action
from codesign.rules.phases import Phase, place
from codesign.rules.reasons import Reason
from codesign.rules.roles import Role
from codesign.rules.states import ANSWERED, AWAITING, AdviceState

_VOTES = frozenset({Action.VOTE, Action.ADOPT, Action.RATE_ANSWER, Action.DECIDE_TAKING_BACK})
_SUPPORTS = frozenset({Action.SUPPORT, Action.SUPPORT_REPLY})


def wrong_role(action: Action, role: Role, who: frozenset[Role]) -> Reason:
    """Why not, for a role that is not among those who may (`who`, empty where nobody does it by hand)."""
    if action in {Action.SET_ADOPTED, Action.SEND_BACK}:
        return Reason.PANEL_ADOPTS
    if action in _VOTES | _SUPPORTS:
        if role is Role.RESIDENT:
            return Reason.ONLY_NEWCOMERS_ADOPT
        return {
            Role.PROFESSIONAL: Reason.PROFESSIONALS_DO_NOT_VOTE,
            Role.MODERATOR: Reason.MODERATORS_DO_NOT_VOTE,
            Role.HOST: Reason.HOSTS_DO_NOT_VOTE,
        }.get(role, Reason.NOT_YOUR_ROLE)
    return Reason.NOT_YOUR_ROLE if who else Reason.ONLY_THE_HOUSE


def wrong_phase(phases: tuple[Phase, ...], now: Phase | None) -> Reason | None:
    """Whether it comes later, is over, or is simply not now; None in one of these phases."""
    if now in phases:
        return None
    if now is None:
        return Reason.NO_ROUND
    if all(place(p) > place(now) for p in phases):
        return Reason.NOT_YET
    if all(place(p) < place(now) for p in phases):
        return Reason.TOO_LATE
    return Reason.NOT_NOW


def wrong_state(states: tuple[StrEnum | None, ...], state: StrEnum | None) -> Reason:
    """Why not, for an advice or another thing that is in none of these states."""
    if states == AWAITING:
        return Reason.ALREADY_ANSWERED if state in (*ANSWERED, AdviceState.CLOSED) else Reason.NOT_SENT
    if states in {ANSWERED, (None, *ANSWERED)}:
        return Reason.TOO_LATE if state is AdviceState.CLOSED else Reason.NOT_ANSWERED_YET
    return Reason.WRONG_STATE
