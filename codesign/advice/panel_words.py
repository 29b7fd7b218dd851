"""The members' pages before the vote on the text: what we meant, and other views."""

from __future__ import annotations

from typing import Any

import flask

from codesign.advice import meaning, other_view_queries, other_views
from codesign.advice.actions import NotHere
from codesign.advice.blueprint import bp, find
from codesign.advice.drafting_forms import BecauseForm, OtherViewForm, OtherViewTitleForm
from codesign.advice.models import OtherView
from codesign.advice.other_views import TextFirst
from codesign.advice.queries import AdviceView
from codesign.db import db
from codesign.rules.states import AdviceState
from codesign.web.access import Access, access, me
from codesign.web.clock import now
from codesign.web.i18n import _, current_lang

OPEN = (AdviceState.DRAFT, AdviceState.TO_PANEL)


@bp.post("/advice/<int:advice_id>/meant/<int:recommendation_id>")
@access(Access.MEMBER)
def say_meaning(advice_id: int, recommendation_id: int) -> Any:
    """This is what we meant, or not yet, with the reason."""
    view = find(advice_id)
    form = BecauseForm(prefix=f"r{recommendation_id}-")
    meant = flask.request.form.get("answer") == "yes"
    if not meant and not form.validate_on_submit():
        html = flask.render_template("advice/not_yet.html", view=view, f=form, recommendation_id=recommendation_id)
        return html, 422
    try:
        meaning.say(
            db.session(), view, recommendation_id, meant=meant, because="" if meant else form.because.data,
            language=current_lang(), now=now(),
        )  # fmt: skip
    except NotHere:
        flask.abort(404)
    flask.flash(_("Thank you. Nobody sees who said it."))
    return flask.redirect(flask.url_for("advice.read", advice_id=advice_id, _anchor="asks"), 303)


def _member(advice_id: int) -> AdviceView:
    view = other_view_queries.member_view(db.session(), advice_id, me().id)
    if view is None:
        flask.abort(404)
    flask.g.panel = view.panel
    return view


@bp.route("/advice/<int:advice_id>/other-views", methods=["GET", "POST"])
@access(Access.MEMBER)
def other_view_list(advice_id: int) -> Any:
    """The views that are being written, and a new one."""
    view, form = _member(advice_id), OtherViewTitleForm()
    if flask.request.method == "POST" and form.validate_on_submit():
        made = other_views.begin(db.session(), view, title=form.title.data, language=current_lang(), now=now())
        return flask.redirect(flask.url_for("advice.other_view", advice_id=advice_id, n=made.id), 303)
    html = flask.render_template(
        "advice/other_views.html", view=view, f=form, open=view.advice.state in OPEN,
        others=other_view_queries.others(db.session(), advice_id, me().id),
    )  # fmt: skip
    return (html, 422) if form.errors else html


def _mine(view: AdviceView, number: int) -> OtherView:
    rows = other_view_queries.others(db.session(), view.advice.id, me().id)
    found = next((row for row, mine in rows if row.id == number and mine), None)
    if found is None:
        flask.abort(404)
    return found


@bp.route("/advice/<int:advice_id>/other-views/<int:n>", methods=["GET", "POST"])
@access(Access.MEMBER)
def other_view(advice_id: int, n: int) -> Any:
    """A view I write with others."""
    view = _member(advice_id)
    row = _mine(view, n)
    data = {"title": row.title, "own_words": row.own_words, "text": row.text, "ready": row.ready}
    form = OtherViewForm(data=data)
    if flask.request.method == "POST" and form.validate_on_submit():
        try:
            other_views.write(
                db.session(), view, n, title=form.title.data, own_words=form.own_words.data or "",
                text=form.text.data or "", ready=form.ready.data, now=now(),
            )  # fmt: skip
        except TextFirst:
            form.text.errors = [_("Write it in the language of the advice first. A person can help you.")]
        else:
            flask.flash(_("Saved. It stands in the advice.") if form.ready.data else _("Saved."))
            return flask.redirect(flask.url_for("advice.other_view", advice_id=advice_id, n=n), 303)
    html = flask.render_template(
        "advice/other_view.html", view=view, row=row, f=form, writers=other_view_queries.members(db.session(), n),
        open=view.advice.state in OPEN,
    )  # fmt: skip
    return (html, 422) if form.errors else html


@bp.post("/advice/<int:advice_id>/other-views/<int:n>/<what>")
@access(Access.MEMBER)
def change_other_view(advice_id: int, n: int, what: str) -> Any:
    """Write along (`join`), or stop (`leave`)."""
    view = _member(advice_id)
    there = flask.url_for("advice.other_view_list", advice_id=advice_id)
    try:
        if what == "join":
            other_views.join(db.session(), view, n, now=now())
            there = flask.url_for("advice.other_view", advice_id=advice_id, n=n)
        elif what == "leave":
            other_views.leave(db.session(), view, n, now=now())
        else:
            flask.abort(404)
    except NotHere:
        flask.abort(404)
    return flask.redirect(there, 303)
