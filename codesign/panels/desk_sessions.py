"""The moderator's pages of sessions: the list, planning and changing one, what is known afterwards, the sheet."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for

from codesign.db import db
from codesign.panels import gathering as actions
from codesign.panels import queries
from codesign.panels.attending import expected
from codesign.panels.blueprint import bp, find_desk_round
from codesign.panels.forms import RecordForm, SessionForm
from codesign.panels.models import Gathering, Membership
from codesign.panels.queries import RoundView
from codesign.rules.roles import Role
from codesign.web.access import Access, access, me
from codesign.web.clock import now, today
from codesign.web.forms import bad
from codesign.web.i18n import _, current_lang

_FIELDS = ("title", "held_on", "starts", "ends", "place", "link", "programme", "languages")


@bp.get("/desk/rounds/<int:round_id>/gatherings")
@access(Access.MODERATOR)
def gatherings(round_id: int) -> Any:
    """All sessions of a round, by day."""
    view, _mine = find_desk_round(round_id)
    return render_template(
        "panels/gatherings.html", view=view, gatherings=queries.gatherings(db.session(), round_id),
        today=today(view.panel.municipality.timezone),
    )  # fmt: skip


@bp.route("/desk/rounds/<int:round_id>/gatherings/new", methods=["GET", "POST"])
@access(Access.MODERATOR)
def new_gathering(round_id: int) -> Any:
    """Plan a session."""
    view, mine = find_desk_round(round_id)
    form = SessionForm(data={"language": current_lang()})
    if request.method == "GET":
        return render_template("panels/edit_gathering.html", form=form, view=view, gathering=None)
    if not form.validate_on_submit():
        return bad("panels/edit_gathering.html", form, view=view, gathering=None)
    values = {name: form[name].data for name in _FIELDS}
    made = actions.plan_session(db.session(), view.round, mine, text_language=form.language.data, now=now(), **values)
    return redirect(url_for("panels.desk_gathering", gathering_id=made.id), 303)


def _find(gathering_id: int) -> tuple[Gathering, RoundView, Membership]:
    found = queries.gathering_for(db.session(), gathering_id, me().id)
    if found is None or found[1].membership is None or found[1].membership.role is not Role.MODERATOR:
        abort(404)
    g.panel, g.desk = found[1].panel, found[1]
    return found[0], found[1], found[1].membership


@bp.route("/desk/gatherings/<int:gathering_id>", methods=["GET", "POST"])
@access(Access.MODERATOR)
def desk_gathering(gathering_id: int) -> Any:
    """One session: its sheet, and afterwards headcount and notes."""
    gathering, view, mine = _find(gathering_id)
    form = RecordForm(obj=gathering)
    coming = expected(db.session(), [gathering.id]).get(gathering.id, 0)
    if request.method == "GET":
        return render_template("panels/desk_gathering.html", form=form, gathering=gathering, view=view, coming=coming)
    if not form.validate_on_submit():
        return bad("panels/desk_gathering.html", form, gathering=gathering, view=view, coming=coming)
    actions.record_session(
        db.session(), gathering, view.round, mine, headcount=form.headcount.data, notes=form.notes.data, now=now()
    )
    flash(_("Saved."))
    return redirect(url_for("panels.gatherings", round_id=view.round.id), 303)


@bp.route("/desk/gatherings/<int:gathering_id>/edit", methods=["GET", "POST"])
@access(Access.MODERATOR)
def edit_gathering(gathering_id: int) -> Any:
    """Another day, place, programme or language."""
    gathering, view, mine = _find(gathering_id)
    form = SessionForm(obj=gathering, data={"language": gathering.text_language})
    if request.method == "GET":
        return render_template("panels/edit_gathering.html", form=form, view=view, gathering=gathering)
    if not form.validate_on_submit():
        return bad("panels/edit_gathering.html", form, view=view, gathering=gathering)
    values = {name: form[name].data for name in _FIELDS}
    actions.change_session(
        db.session(), gathering, view.round, mine, text_language=form.language.data, now=now(), **values
    )
    flash(_("Saved."))
    return redirect(url_for("panels.desk_gathering", gathering_id=gathering_id), 303)


@bp.get("/desk/gatherings/<int:gathering_id>/sheet")
@access(Access.MODERATOR)
def gathering_sheet(gathering_id: int) -> Any:
    """A page to print for the room."""
    gathering, view, _mine = _find(gathering_id)
    return render_template("panels/gathering_sheet.html", gathering=gathering, view=view)
