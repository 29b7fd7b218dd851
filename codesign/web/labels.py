"""The words for what the house rules say: reasons, phases, roles and the states of an advice."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel.speaklater import LazyString

from codesign.rules.permissions import ABOUT_STATE, Reason
from codesign.rules.phases import Phase
from codesign.rules.roles import Role
from codesign.rules.states import AdviceState
from codesign.rules.text import Detail
from codesign.rules.words import WordState
from codesign.web.i18n import _l

REASONS: dict[Reason, LazyString] = {
    Reason.NOT_A_MEMBER: _l("You are not in this panel."),
    Reason.NOT_YOUR_ROLE: _l("Your role here cannot do this."),
    Reason.NOT_YOURS: _l("This belongs to somebody else. Only they can change it."),
    Reason.YOUR_OWN: _l("Nobody decides about themselves. Ask another moderator."),
    Reason.ONLY_THE_HOUSE: _l("Nobody does this by hand. It happens by itself."),
    Reason.PROFESSIONALS_DO_NOT_VOTE: _l("Professionals talk along. They do not vote."),
    Reason.MODERATORS_DO_NOT_VOTE: _l("Moderators help the panel. They do not vote."),
    Reason.HOSTS_DO_NOT_VOTE: _l("The host keeps the house. The host does not vote."),
    Reason.RESIDENTS_DO_NOT_VOTE_HERE: _l("In this round only newcomers vote."),
    Reason.ONLY_NEWCOMERS_ADOPT: _l("Newcomers decide on their advice. Neighbours do not vote on it."),
    Reason.PANEL_ADOPTS: _l("Only the panel can adopt its advice, by a vote."),
    Reason.NOT_ON_THE_ROLL: _l("You joined after this vote was opened. You can join the next vote."),
    Reason.VOTES_IN_THE_ROOM: _l("You vote in the room, on paper or on the tablet there."),
    Reason.SECOND_MODERATOR_NEEDED: _l("A second moderator must agree to this."),
    Reason.CONSENT_FIRST: _l("Read first what we keep, and say yes or no."),
    Reason.NO_ROUND: _l("There is no round now. You can start a topic."),
    Reason.NOT_YET: _l("This step comes later in the round."),
    Reason.NOT_NOW: _l("This cannot be done in this step of the round."),
    Reason.TOO_LATE: _l("This step of the round is over."),
    Reason.NOT_THE_NEXT_PHASE: _l("The round cannot go to that step from here."),
    Reason.BALLOT_STILL_OPEN: _l("A vote is still open. Close it first."),
    Reason.BALLOT_NOT_OPEN: _l("This vote is not open."),
    Reason.TIME_IS_NOT_UP: _l("The vote is open until its last day. Nobody closes it before."),
    Reason.DECLARE_TIES_FIRST: _l("First say for whom you work. Then you can do this."),
    Reason.DECLARE_LEVEL_FIRST: _l("First say what the panel decides and what is already fixed."),
    Reason.CHOOSE_A_THEME_FIRST: _l("Choose at least one theme."),
    Reason.SAY_WHY_FIRST: _l("Say why first. People read your reason."),
    Reason.SOURCE_FIRST: _l("Write the source first, and on which day you checked it."),
    Reason.NAME_OTHER_ACTORS_FIRST: _l("Name who else must act. Newcomers alone is not enough."),
    Reason.PANEL_MUST_ADOPT_FIRST: _l("The panel must adopt the advice first, by a vote."),
    Reason.QUORUM_NOT_MET: _l("Too few members voted on the advice."),
    Reason.CHECK_FIRST: _l("A second person checks the vote first."),
    Reason.KEYS_FIRST: _l("Two members must bring their half of the key first."),
    Reason.REMINDED_TODAY: _l("You reminded everybody today. Once a day is enough."),
    Reason.ROOM_FIRST: _l("The votes from the room must be in first."),
    Reason.NOT_COMPLETE: _l("Something is still missing. See the list."),
    Reason.NOT_SENT: _l("The advice was not sent yet."),
    Reason.ENTER_YOUR_CODE: _l("You voted before. Enter your vote code to change it."),
    Reason.CITED_IN_ADVICE: _l("An advice that went to the panel rests on this. It stays."),
    Reason.ALREADY_ADOPTED: _l("The panel adopted the advice. The words stay as they are."),
    Reason.ALREADY_ANSWERED: _l("This advice has its answer."),
    Reason.NOT_ANSWERED_YET: _l("There is no answer yet."),
    Reason.CORRECTION_FIRST: _l("A correction is being made. Send it first, or drop it."),
    Reason.WRONG_STATE: _l("This cannot be done now."),
}

PHASES: dict[Phase, LazyString] = {
    Phase.DRAFT: _l("We prepare"),
    Phase.LISTENING: _l("We listen"),
    Phase.PROPOSING: _l("Ideas"),
    Phase.DISCUSSING: _l("We talk"),
    Phase.VOTING: _l("We vote"),
    Phase.ADVISING: _l("We advise"),
    Phase.ANSWERING: _l("The answer"),
    Phase.FOLLOWING: _l("What changes"),
    Phase.CLOSED: _l("The round is over"),
}

ROLES: dict[Role, LazyString] = {
    Role.NEWCOMER: _l("expert"),
    Role.RESIDENT: _l("neighbour"),
    Role.PROFESSIONAL: _l("professional"),
    Role.MODERATOR: _l("moderator"),
    Role.TRANSLATOR: _l("translator"),
    Role.ORGANISATION: _l("organisation"),
    Role.OFFICIAL: _l("official"),
    Role.HOST: _l("host"),
}

ADVICE_STATES: dict[AdviceState, LazyString] = {
    AdviceState.DRAFT: _l("being written"),
    AdviceState.TO_PANEL: _l("with the panel"),
    AdviceState.ADOPTED: _l("adopted by the panel"),
    AdviceState.SENT: _l("sent"),
    AdviceState.RECEIVED: _l("received"),
    AdviceState.ANSWERED: _l("answered"),
    AdviceState.REACTED: _l("the panel gave its reaction"),
    AdviceState.REPORTED: _l("progress was reported"),
    AdviceState.FOLLOWED: _l("followed up"),
    AdviceState.CLOSED: _l("closed"),
    AdviceState.WITHDRAWN: _l("withdrawn"),
}

DETAILS: dict[Detail, LazyString] = {
    Detail.PHONE: _l("It has a phone number in it."),
    Detail.EMAIL: _l("It has a mail address in it."),
    Detail.ADDRESS: _l("It has an address in it."),
    Detail.NUMBER: _l("It has a number in it that can point to somebody."),
    Detail.NAME: _l("It has the name of a person in it."),
    Detail.ACCOUNT: _l("It has the name of an account in it."),
}

WORD_STATES: dict[WordState, LazyString] = {
    WordState.DRAFT: _l("Not sent yet"),
    WordState.HELD: _l("It waits for a moderator"),
    WordState.PUBLISHED: _l("The panel can read it"),
    WordState.HIDDEN: _l("A moderator hid it"),
    WordState.TAKEN_BACK: _l("You took it back"),
    WordState.MERGED: _l("Joined with another idea"),
    WordState.ERASED: _l("The words are gone"),
}


def detail_words(kinds: Iterable[str]) -> list[str]:
    """What was found in a text, one sentence a kind; codes nobody knows any more are left out."""
    return [str(DETAILS[Detail(kind)]) for kind in kinds if kind in set(Detail)]


def word_state_words(state: WordState) -> str:
    """Where somebody's words stand, for their author."""
    return str(WORD_STATES[state])


def reason_words(reason: Reason) -> str:
    """The sentence people read."""
    return str(REASONS[reason])


def reason_is_about_state(reason: Reason) -> bool:
    """True when another moment would allow it (409), false when it is about who asks (403)."""
    return reason in ABOUT_STATE


def phase_words(phase: Phase) -> str:
    """The name of a step of the round."""
    return str(PHASES[phase])


def role_words(role: Role) -> str:
    """The name of a role."""
    return str(ROLES[role])


def advice_state_words(state: AdviceState) -> str:
    """The name of the state of an advice."""
    return str(ADVICE_STATES[state])
