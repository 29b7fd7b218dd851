"""Words for levels of participation, templates of rounds, and what a phase lets members do."""

from __future__ import annotations

from flask_babel.speaklater import LazyString

from codesign.panels.domain import Level, Template
from codesign.rules.permissions import Action, Facts, why_not
from codesign.rules.phases import Phase
from codesign.rules.roles import Role
from codesign.web.i18n import _l

LEVELS: dict[Level, LazyString] = {
    Level.CONSULT: _l("The municipality listens, and decides itself"),
    Level.ADVISE: _l("The panel advises, the municipality answers each point"),
    Level.CO_PRODUCE: _l("Panel and municipality make it together"),
    Level.CO_DECIDE: _l("Panel and municipality decide together"),
}
TEMPLATES: dict[Template, LazyString] = {
    Template.EXPERT_POOL: _l("Expert pool"),
    Template.ONE_EVENING: _l("One evening"),
    Template.WRITTEN: _l("Written round"),
    Template.UNASKED: _l("Unasked advice"),
}
TEMPLATE_HINTS: dict[Template, LazyString] = {
    Template.EXPERT_POOL: _l("Four weeks of listening, with interviews by members. Then ideas, talk, vote, advice."),
    Template.ONE_EVENING: _l("Listening, ideas and talk in one session. The vote on the next day."),
    Template.WRITTEN: _l("No session needed. Two weeks for each step."),
    Template.UNASKED: _l("Nobody asked. The panel begins itself. A short round."),
}
# What members hear about a step: what they can do in it, in the words of the round page.
STEP_WORDS: dict[Phase, LazyString] = {
    Phase.DRAFT: _l("This is being prepared. You see it when it opens."),
    Phase.LISTENING: _l("Tell what you know about the question. You may skip it."),
    Phase.PROPOSING: _l("Write your ideas. Read the ideas of others."),
    Phase.DISCUSSING: _l("Talk about the ideas. Say what is for and against."),
    Phase.VOTING: _l("Choose what matters most. Nobody sees what you vote."),
    Phase.ADVISING: _l("The advice is written. Then you say yes, or send it back."),
    Phase.ANSWERING: _l("The advice was sent. The municipality must answer."),
    Phase.FOLLOWING: _l("The answer is there. Say if it is of use to you."),
    Phase.CLOSED: _l("This round is over. You can still read it."),
}
# What a newcomer may do, in words that follow "Members can".
_CAN: dict[Action, LazyString] = {
    Action.TELL: _l("tell about the open question"),
    Action.PROPOSE: _l("send new ideas"),
    Action.EDIT_PROPOSAL: _l("change their own ideas"),
    Action.DISCUSS: _l("reply to ideas"),
    Action.SUPPORT: _l("support ideas"),
    Action.TAKE_BACK: _l("take their words back"),
    Action.VOTE: _l("vote"),
    Action.ADOPT: _l("say yes to the advice, or send it back"),
    Action.RATE_ANSWER: _l("rate the answer"),
}


def _can(phase: Phase) -> set[Action]:
    return {
        a for a in _CAN if why_not(a, Facts(role=Role.NEWCOMER, phase=phase, own=True, residents_vote=True)) is None
    }


def what_changes(before: Phase, after: Phase) -> tuple[list[LazyString], list[LazyString], list[LazyString]]:
    """What members can do from now on, what they still can, and what they no longer can; read from the rules table."""
    had, get = _can(before), _can(after)

    def words(actions: set[Action]) -> list[LazyString]:
        return [label for action, label in _CAN.items() if action in actions]

    return words(get - had), words(get & had), words(had - get)
