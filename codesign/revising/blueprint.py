"""The blueprint of taking back and correcting, and what it adds to pages of panels and of advice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import flask
from sqlalchemy.orm import Session

from codesign.advice import queries as advices
from codesign.advice.models import Advice
from codesign.advice.queries import AdviceView
from codesign.db import db
from codesign.panels.hooks import Todo, Waiting, hooks
from codesign.panels.queries import RoundView
from codesign.revising import queries
from codesign.revising.models import Correction, TakingBack
from codesign.rules.phases import Phase
from codesign.rules.states import WITH_PANEL, AdviceState
from codesign.voting.domain import State
from codesign.voting.models import Ballot
from codesign.web.clock import now
from codesign.web.i18n import _

bp = flask.Blueprint("revising", __name__)


@dataclass(frozen=True)
class News:
    """What is going on with a sent advice: the last request to take it back, and the last correction."""

    asked: TakingBack | None = None
    ballot: Ballot | None = None
    correction: Correction | None = None

    @property
    def undecided(self) -> bool:
        """Whether the panel still decides on taking it back."""
        return self.asked is not None and self.asked.result is None and not self.void

    @property
    def void(self) -> bool:
        """Whether the vote was made void."""
        return self.ballot is not None and self.ballot.state is State.VOID

    @property
    def vote(self) -> int | None:
        """The vote on taking it back that runs now."""
        return self.ballot.id if self.ballot is not None and self.ballot.accepts(now()) else None


@bp.record_once
def _join_pages(state: Any) -> None:
    more = hooks(state.app)
    more.todo.insert(0, _todo)
    more.waiting.append(_waiting)
    state.app.jinja_env.globals.update(revision=revision)


def revision(view: AdviceView) -> News:
    """What is going on with an advice that was sent; nothing for any other."""
    return News() if view.sent_digest is None else news_of(db.session(), view.advice)


def news_of(session: Session, advice: Advice) -> News:
    """The same, of a row."""
    return News(*queries.last_of_both(session, advice.id))


def _todo(session: Session, view: RoundView) -> Todo | None:
    """While the answer is awaited: decide on taking back, or read the corrected text, when there is something."""
    found = advices.of_round(session, view.round.id) if view.round.phase is Phase.ANSWERING else None
    if found is None or view.membership is None:
        return None
    href = flask.url_for("advice.read", advice_id=found.id)
    if found.state is AdviceState.WITHDRAWN:
        words = _("Read why. The municipality need not answer it.")
        return Todo(_("We took our advice back"), words, _("Read it"), href, ("arrow-u-up-left", "notebook"))
    if found.state is AdviceState.TO_PANEL:
        words = _("Something in it was corrected. Read it, then you decide.")
        return Todo(_("Read the corrected advice"), words, _("Read it"), href, ("notebook", "users-three"))
    if news_of(session, found).vote is not None:
        words = _("Something in it may be wrong. Read why, then you decide.")
        return Todo(_("Do we take our advice back?"), words, _("Read it"), href, ("arrow-u-up-left", "users-three"))
    return None


def _waiting(session: Session, desk: RoundView) -> Iterable[Waiting]:
    found = advices.of_round(session, desk.round.id) if desk.round.phase is Phase.ANSWERING else None
    if found is None:
        return
    if found.state in WITH_PANEL:
        words = {
            AdviceState.DRAFT: _("The new text is being written."),
            AdviceState.TO_PANEL: _("The panel has the new text."),
            AdviceState.ADOPTED: _("The panel adopted the new text. You can send it."),
        }[found.state]
        href = flask.url_for("advice.overview", advice_id=found.id)
        yield Waiting("note-pencil", _("A correction of the advice"), words, href, _("Go on"))
