"""The open question of a round: answer it first, then read what others told."""

from __future__ import annotations

from typing import Any

import flask
from sqlalchemy.orm import Session

from codesign.db import db
from codesign.panels.here import Here, here
from codesign.panels.hooks import Todo, hooks
from codesign.panels.models import Membership, Round
from codesign.panels.queries import RoundView, facts
from codesign.rules.permissions import Action, Refused, why_not
from codesign.rules.phases import Phase
from codesign.rules.words import WordState
from codesign.tellings import actions, queries
from codesign.tellings.forms import TellForm
from codesign.tellings.models import Telling
from codesign.web.access import Access, access, me
from codesign.web.clock import now
from codesign.web.i18n import _
from codesign.web.labels import detail_words, reason_words, word_state_words
from codesign.web.paging import page_number
from codesign.web.words import own_language

bp = flask.Blueprint("tellings", __name__)


@bp.record_once
def _join_pages(state: Any) -> None:
    state.app.jinja_env.globals.update(me=me, detail_words=detail_words, word_state_words=word_state_words)
    hooks(state.app).todo.append(_todo)


def _todo(session: Session, view: RoundView) -> Todo | None:
    if view.round.phase is not Phase.LISTENING or why_not(Action.TELL, facts(view.round, view.membership)):
        return None
    return Todo(
        _("Tell what you lived here"),
        _("One question. No wrong answers. In your own language."),
        _("Tell it"),
        flask.url_for("tellings.tell", round=view.round.id),
        ("chats-circle", "footprints"),
    )


def _page(view: Here, form: TellForm, **more: Any) -> str:
    session, reason = db.session(), why_not(Action.TELL, facts(view.round, view.membership))
    mine = queries.mine(session, view.round.id, view.membership.person_id)
    told = [t for t in mine if t.state is not WordState.TAKEN_BACK]
    # Whoever can answer does so first: nobody's words colour the first answer.
    page = (
        queries.others(session, view.round.id, page_number(flask.request.args.get("page"))) if told or reason else None
    )
    return flask.render_template(
        "tellings/tell.html", view=view, form=form, mine=told, page=page, shut=reason and reason_words(reason), **more
    )


@bp.get("/tell")
@access(Access.SIGNED_IN)
def tell() -> Any:
    """The question, my words, and what others told once I told."""
    view = here()
    return _page(view, TellForm(language=own_language(me())))


@bp.post("/tell")
@access(Access.MEMBER)
def send() -> Any:
    """Take an answer in."""
    view = here()
    form = TellForm()
    if not form.validate_on_submit():
        return _page(view, form), 422
    try:
        telling = actions.tell(
            db.session(), view.round, view.membership, body=form.body.data, language=form.language.data,
            key=form.key.data, now=now(),
        )  # fmt: skip
    except Refused as refused:
        return _page(view, form, refused=reason_words(refused.reason)), 409
    _say(telling)
    return flask.redirect(flask.url_for("tellings.tell", round=view.round.id), 303)


def _say(telling: Telling) -> None:
    if telling.state is WordState.HELD:
        flask.flash(_("Your words wait. A moderator looks first."), "warm")
    else:
        flask.flash(_("Thank you for telling. The panel can read it."))


def _own(telling_id: int) -> tuple[Telling, Round, Membership]:
    found = queries.telling_for(db.session(), telling_id, me().id)
    if found is None or found[0].author_id != me().id:
        flask.abort(404)
    return found


@bp.route("/tell/<int:telling_id>/edit", methods=["GET", "POST"])
@access(Access.MEMBER)
def edit(telling_id: int) -> Any:
    """Change what I told."""
    telling, round_, membership = _own(telling_id)
    form = TellForm(obj=telling)
    if flask.request.method == "GET":
        return flask.render_template("tellings/edit.html", form=form, telling=telling)
    if not form.validate_on_submit():
        return flask.render_template("tellings/edit.html", form=form, telling=telling), 422
    try:
        actions.edit_telling(
            db.session(), round_, membership, telling, body=form.body.data, language=form.language.data, now=now()
        )
    except Refused as refused:
        words = reason_words(refused.reason)
        return flask.render_template("tellings/edit.html", form=form, telling=telling, refused=words), 409
    _say(telling)
    return flask.redirect(flask.url_for("tellings.tell", round=round_.id), 303)


@bp.post("/tell/<int:telling_id>/take-back")
@access(Access.MEMBER)
def take_back(telling_id: int) -> Any:
    """Take back what I told."""
    telling, round_, membership = _own(telling_id)
    actions.take_back_telling(db.session(), round_, membership, telling, now())
    flask.flash(_("You took your words back. Nobody else reads them."))
    return flask.redirect(flask.url_for("tellings.tell", round=round_.id), 303)
