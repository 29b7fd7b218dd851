"""Whose words, votes and counts who may see, and from when; one table, and nobody has a look behind it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from codesign.rules.phases import Phase, place
from codesign.rules.roles import Role, roles
from codesign.rules.states import WITH_PANEL, AdviceState


class Thing(StrEnum):
    """What somebody might want to see."""

    WORDS = "words"
    DRAFT_WORDS = "draft_words"
    HELD_WORDS = "held_words"
    HIDDEN_WORDS = "hidden_words"
    TAKEN_BACK_WORDS = "taken_back_words"
    PSEUDONYM = "pseudonym"
    SUPPORT_COUNT = "support_count"
    SUPPORT_NAMES = "support_names"
    BALLOT_OPTIONS = "ballot_options"
    WHO_VOTED = "who_voted"
    TURNOUT = "turnout"
    TALLY = "tally"
    CLOSED_LIST = "closed_list"
    SINGLE_VOTE = "single_vote"
    RELEASE = "release"
    ADVICE_DRAFT = "advice_draft"
    ADVICE_AT_PANEL = "advice_at_panel"
    SENT_ADVICE = "sent_advice"


class Since(StrEnum):
    """From when on it is seen."""

    ALWAYS = "always"
    OPENED = "opened"
    BALLOT_CLOSED = "ballot_closed"
    AT_PANEL = "at_panel"
    SENT = "sent"


@dataclass(frozen=True)
class Sight:
    """One row: which roles see it, whether whoever made it does, from when; `everybody`: also without a sign-in."""

    who: frozenset[Role]
    own: bool
    since: Since
    everybody: bool = False


def _sight(who: str, since: Since, *, own: bool = False, everybody: bool = False) -> Sight:
    return Sight(roles(who), own, since, everybody)


_T = Thing

# Single votes, names of supporters and who has voted are seen by nobody: no role, no phase, no exception for staff.
# Hosts keep the house and do not read along. Counts of a ballot stand nowhere before it is closed.
VISIBLE: dict[Thing, Sight] = {
    # what                   who      from when
    _T.WORDS:            _sight("NRPMT", Since.OPENED, own=True),
    _T.DRAFT_WORDS:      _sight("", Since.ALWAYS, own=True),
    _T.HELD_WORDS:       _sight("M", Since.ALWAYS, own=True),
    _T.HIDDEN_WORDS:     _sight("M", Since.ALWAYS, own=True),
    _T.TAKEN_BACK_WORDS: _sight("", Since.ALWAYS, own=True),
    _T.PSEUDONYM:        _sight("NRPM", Since.ALWAYS, own=True),
    _T.SUPPORT_COUNT:    _sight("NRPM", Since.OPENED),
    _T.SUPPORT_NAMES:    _sight("", Since.ALWAYS),
    _T.BALLOT_OPTIONS:   _sight("NRPM", Since.OPENED),
    _T.WHO_VOTED:        _sight("", Since.ALWAYS),
    _T.TURNOUT:          _sight("NRPM", Since.BALLOT_CLOSED),
    _T.TALLY:            _sight("NRPM", Since.BALLOT_CLOSED),
    _T.CLOSED_LIST:      _sight("NRPM", Since.BALLOT_CLOSED),
    _T.SINGLE_VOTE:      _sight("", Since.ALWAYS),
    _T.RELEASE:          _sight("NRPMTGOH", Since.BALLOT_CLOSED, everybody=True),
    _T.ADVICE_DRAFT:     _sight("M", Since.ALWAYS),
    _T.ADVICE_AT_PANEL:  _sight("NRPMT", Since.AT_PANEL),
    _T.SENT_ADVICE:      _sight("NRPMTGOH", Since.SENT, everybody=True),
}  # fmt: skip


def may_see(
    thing: Thing,
    role: Role | None,
    *,
    own: bool = False,
    phase: Phase | None = None,
    ballot_closed: bool = False,
    advice: AdviceState | None = None,
) -> bool:
    """Whether somebody in this role may see it now. `own`: they made it; `role` None: somebody without a role here.

    A ballot counts as closed only by the act of closing, never by the clock (see voting).
    """
    sight = VISIBLE[thing]
    if sight.own and own and role is not None:
        return True
    if not (sight.everybody or (role is not None and role in sight.who)):
        return False
    match sight.since:
        case Since.ALWAYS:
            return True
        case Since.OPENED:
            return phase is not None and place(phase) > place(Phase.DRAFT)
        case Since.BALLOT_CLOSED:
            return ballot_closed
        case Since.AT_PANEL:
            return advice is not None and advice not in {AdviceState.DRAFT, AdviceState.WITHDRAWN}
        case Since.SENT:
            return advice is not None and advice not in WITH_PANEL | {AdviceState.WITHDRAWN}
