"""Words of the home page for when nothing waits for somebody: what goes on, and the way on."""

from __future__ import annotations

import flask
from flask_babel.speaklater import LazyString

from codesign.panels.hooks import Todo
from codesign.rules.phases import Phase
from codesign.web.i18n import _l

_READ = _l("Read the ideas")
_LIKE = _l("Support what you like. Say what you think.")
_SEE = _l("See the round")
# Title, sentence and button, for each phase.
_CALM: dict[Phase, tuple[LazyString, LazyString, LazyString]] = {
    Phase.LISTENING: (_l("Read what others told"), _l("Everybody tells in their own language."), _l("Read")),
    Phase.PROPOSING: (_READ, _LIKE, _READ),
    Phase.DISCUSSING: (_READ, _LIKE, _READ),
    Phase.VOTING: (_l("The panel votes"), _l("Nobody sees what anybody votes."), _READ),
    Phase.ADVISING: (_l("The advice is being written"), _l("The panel reads it before it goes out."), _SEE),
    Phase.ANSWERING: (_l("We wait for the answer"), _l("The municipality must answer every point."), _SEE),
    Phase.FOLLOWING: (_l("The answer is there"), _l("See what the municipality promised."), _SEE),
    Phase.CLOSED: (_l("The round is over"), _l("You can still read everything."), _READ),
}
_IDEAS = (Phase.PROPOSING, Phase.DISCUSSING, Phase.VOTING, Phase.CLOSED)


def calm(phase: Phase, round_id: int) -> Todo:
    """The way on when nothing waits."""
    title, words, label = _CALM[phase]
    if phase is Phase.LISTENING:
        href = flask.url_for("tellings.tell", round=round_id)
    elif phase in _IDEAS:
        href = flask.url_for("proposals.ideas", round=round_id)
    else:
        href = flask.url_for("panels.round_page", round_id=round_id)
    return Todo(str(title), str(words), str(label), href)
