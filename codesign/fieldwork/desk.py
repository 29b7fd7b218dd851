"""The moderator's pages of reports: the list, who may attach, what may be public, and objections."""

from __future__ import annotations

from typing import Any

import flask

from codesign.db import db
from codesign.fieldwork import actions, queries, taking
from codesign.fieldwork.blueprint import bp, find, is_cited
from codesign.fieldwork.forms import WhyForm
from codesign.panels.blueprint import find_desk_panel
from codesign.web.access import Access, access, me
from codesign.web.clock import now
from codesign.web.i18n import _
from codesign.web.uploads import takes_file


@bp.get("/desk/panels/<int:panel_id>/reports")
@access(Access.MODERATOR)
def desk(panel_id: int) -> Any:
    """All reports of the panel, and the members who may attach one."""
    panel, _mine = find_desk_panel(panel_id)
    session = db.session()
    return flask.render_template(
        "fieldwork/desk.html", panel=panel, reports=queries.reports_of(session, panel_id),
        removed=queries.removed(session, panel_id), against=queries.open_objections(session, panel_id),
        members=queries.reporters(session, panel_id),
    )  # fmt: skip


@bp.route("/desk/panels/<int:panel_id>/reports/new", methods=["GET", "POST"])
@access(Access.MODERATOR)
@takes_file
def desk_new(panel_id: int) -> Any:
    """Attach a report."""
    panel, mine = find_desk_panel(panel_id)
    return taking.take_in(panel, mine, "fieldwork/desk_new.html")


@bp.post("/desk/panels/<int:panel_id>/reporters")
@access(Access.MODERATOR)
def reporters(panel_id: int) -> Any:
    """Ask a member to attach reports, or end it."""
    _panel, mine = find_desk_panel(panel_id)
    raw = flask.request.form.get("person", "")
    number = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 10 else 0
    act = actions.end_invitation if flask.request.form.get("end") else actions.invite
    if not act(db.session(), mine, number, now=now()):
        flask.abort(404)
    return flask.redirect(flask.url_for("fieldwork.desk", panel_id=panel_id), 303)


@bp.post("/desk/reports/<int:report_id>/public")
@access(Access.MODERATOR)
def public(report_id: int) -> Any:
    """Say that everybody may read it, or no longer."""
    seen = find(report_id)
    on = flask.request.form.get("on") == "1"
    actions.make_public(db.session(), seen, public=on, cited=is_cited(report_id), now=now())
    flask.flash(_("An advice can rest on this report now.") if on else _("The report stays in the panel."))
    return flask.redirect(flask.url_for("fieldwork.report", report_id=report_id), 303)


@bp.post("/desk/objections/<int:objection_id>/settle")
@access(Access.MODERATOR)
def settle(objection_id: int) -> Any:
    """Say what was done about an objection."""
    found = queries.objection_for(db.session(), objection_id, me().id)
    if found is None:
        flask.abort(404)
    objection, mine = found
    why = WhyForm(prefix=f"o{objection_id}-")
    if why.validate_on_submit():
        actions.settle(db.session(), mine, objection, because=why.why.data, now=now())
        flask.flash(_("Saved. Whoever objected reads it."))
    else:
        flask.flash(_("Say first what you did about it."), "warm")
    return flask.redirect(flask.url_for("fieldwork.report", report_id=objection.report_id), 303)
