"""Our place, as we want it: what the panel agreed on, what members propose, and the same to print."""

from __future__ import annotations

from typing import Any

import flask

from codesign.accounts.queries import consent_of
from codesign.db import db
from codesign.panels.blueprint import home
from codesign.panels.models import Membership
from codesign.panels.queries import current_round, facts, panel_for
from codesign.rules.permissions import Action, Refused, why_not
from codesign.vision import actions, desk, queries
from codesign.vision.blueprint import bp, find
from codesign.vision.forms import PointForm
from codesign.web.access import Access, access, me
from codesign.web.clock import now
from codesign.web.i18n import _, current_lang
from codesign.web.labels import reason_words
from codesign.web.words import own_language

__all__ = ["bp", "desk"]


def _page(mine: Membership, form: PointForm, status: int = 200, **more: Any) -> Any:
    session, panel_id = db.session(), mine.panel_id
    html = flask.render_template(
        "vision/vision.html", panel=mine.panel, form=form, points=queries.agreed(session, panel_id),
        offered=queries.proposed(session, panel_id, me().id), out=queries.taken_out(session, panel_id),
        before=queries.wordings(session, panel_id), language=current_lang(),
        may_propose=why_not(Action.PROPOSE_POINT, facts(None, mine)) is None, **more,
    )  # fmt: skip
    return html if status == 200 else (html, status)


@bp.get("/vision")
@access(Access.MEMBER)
def vision() -> Any:
    """The vision as it stands, what is proposed, and how it came about."""
    return _page(home(), PointForm(language=own_language(me())))


@bp.post("/vision")
@access(Access.MEMBER)
def propose() -> Any:
    """Propose a sentence."""
    mine, form = home(), PointForm()
    if not form.validate_on_submit():
        return _page(mine, form, 422)
    session = db.session()
    current = current_round(session, mine.panel_id)
    try:
        actions.propose(
            session, mine, form.sentence(), round_id=current.id if current else None, key=form.key.data,
            consented=consent_of(session, me().id) is not None, now=now(),
        )  # fmt: skip
    except Refused as refused:
        return _page(mine, form, 409, refused=reason_words(refused.reason))
    flask.flash(_("The panel can read your sentence."))
    return flask.redirect(flask.url_for("vision.vision"), 303)


@bp.post("/vision/points/<int:point_id>/ours")
@access(Access.MEMBER)
def ours(point_id: int) -> Any:
    """This is ours too, or no longer."""
    on = flask.request.form.get("on", "1") == "1"
    actions.share(db.session(), find(point_id), on=on, now=now())
    return flask.redirect(flask.url_for("vision.vision"), 303)


@bp.post("/vision/points/<int:point_id>/take-back")
@access(Access.MEMBER)
def take_back(point_id: int) -> Any:
    """Take my sentence back."""
    seen = find(point_id)
    if not seen.own:
        flask.abort(404)
    actions.take_back(db.session(), seen, now())
    flask.flash(_("You took your sentence back."))
    return flask.redirect(flask.url_for("vision.vision"), 303)


@bp.get("/panels/<int:panel_id>/vision")
@access(Access.SIGNED_IN)
def sheet(panel_id: int) -> Any:
    """The vision on one sheet, to print."""
    found = panel_for(db.session(), panel_id, me().id)
    if found is None or found[1] is None:
        flask.abort(404)
    flask.g.panel = panel = found[0]
    return flask.render_template(
        "vision/sheet.html", panel=panel, points=queries.agreed(db.session(), panel_id), language=current_lang()
    )
