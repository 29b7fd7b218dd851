"""The blueprint of ideas, its pages on the desk and at home, and how its views find an idea."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import flask
from sqlalchemy.orm import Session

from codesign.db import db
from codesign.panels.here import Here, place
from codesign.panels.hooks import RailItem, Todo, hooks
from codesign.panels.queries import RoundView, facts
from codesign.proposals import queries
from codesign.proposals.domain import ground, most_alike
from codesign.proposals.queries import Seen
from codesign.rules.permissions import Action, why_not
from codesign.rules.phases import Phase
from codesign.rules.text import fold_for_search
from codesign.web.access import me
from codesign.web.i18n import _

bp = flask.Blueprint("proposals", __name__)
# Likeness looks at the title and the beginning of the words: enough to find a like idea, and quick.
_COMPARED = 400


@bp.record_once
def _join_pages(state: Any) -> None:
    state.app.jinja_env.globals.update(picture_ground=ground)
    hooks(state.app).rail.append(_rail)
    hooks(state.app).todo.append(_todo)


def _rail(_session: Session, view: RoundView) -> Iterable[RailItem]:
    yield RailItem("ideas", _("Ideas"), flask.url_for("proposals.ideas", round=view.round.id), "lightbulb")


def _todo(_session: Session, view: RoundView) -> Todo | None:
    if view.round.phase is not Phase.PROPOSING or why_not(Action.PROPOSE, facts(view.round, view.membership)):
        return None
    return Todo(
        _("What would you change?"),
        _("One sentence is enough. In your own language."),
        _("Give an idea"),
        flask.url_for("proposals.new", round=view.round.id),
        ("lightbulb", "hand-heart"),
    )


def find(proposal_id: int) -> Seen:
    """The idea, for whoever may know it; anybody else gets the same 404 as for a number that does not exist."""
    seen = queries.proposal_for(db.session(), proposal_id, me().id)
    if seen is None:
        flask.abort(404)
    place(seen.round, seen.panel, seen.membership)
    return seen


def find_own(proposal_id: int) -> Seen:
    """My own idea."""
    seen = find(proposal_id)
    if not seen.own:
        flask.abort(404)
    return seen


def alike(view: Here, title: str, body: str, leave_out: int | None = None) -> list[tuple[int, str, str]]:
    """Ideas of the round that look like these words: id, title and language, the likest first."""
    texts = queries.published_texts(db.session(), view.round.id, leave_out)
    folded = {key: fold_for_search(f"{t} {b}"[:_COMPARED]) for key, (t, b, _lang) in texts.items()}
    found = most_alike(fold_for_search(f"{title} {body}"[:_COMPARED]), folded)
    return [(key, texts[key][0], texts[key][2]) for key in found]
