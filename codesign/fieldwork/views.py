"""Reports for everybody in the panel: the list, one report with its file, attaching one, and objecting to it."""

from __future__ import annotations

from typing import Any

import flask

from codesign.accounts.queries import consent_of
from codesign.db import db
from codesign.fieldwork import actions, desk, queries, taking
from codesign.fieldwork.blueprint import bp, find, is_cited
from codesign.fieldwork.forms import ObjectionForm, WhyForm
from codesign.fieldwork.queries import Seen
from codesign.panels.blueprint import home
from codesign.web.access import Access, access, me
from codesign.web.clock import now
from codesign.web.i18n import _
from codesign.web.uploads import as_file, takes_file
from codesign.web.words import own_language

__all__ = ["bp", "desk"]


@bp.get("/reports")
@access(Access.MEMBER)
def reports() -> Any:
    """What other ways of working gave: workshops, interviews, surveys, visits."""
    mine, session = home(), db.session()
    return flask.render_template(
        "fieldwork/reports.html", reports=queries.reports_of(session, mine.panel_id), panel=mine.panel,
        removed=queries.removed(session, mine.panel_id), may=queries.is_reporter(session, mine.panel_id, me().id),
    )  # fmt: skip


@bp.route("/reports/new", methods=["GET", "POST"])
@access(Access.MEMBER)
@takes_file
def new() -> Any:
    """Attach a report: for members whom a moderator asked."""
    mine = home()
    if not queries.is_reporter(db.session(), mine.panel_id, me().id):
        flask.abort(404)
    return taking.take_in(mine.panel, mine, "fieldwork/new.html")


@bp.get("/reports/<int:report_id>")
@access(Access.SIGNED_IN)
def report(report_id: int) -> Any:
    """One report; a moderator also sees what members object to it."""
    seen = find(report_id)
    return page(seen, ObjectionForm(language=own_language(me())), WhyForm(formdata=None))


def settle_form(objection_id: int) -> WhyForm:
    """The form of what was done about one objection; several stand on a page."""
    return WhyForm(prefix=f"o{objection_id}-")


def page(seen: Seen, form: ObjectionForm, why: WhyForm, status: int = 200) -> Any:
    """The page of a report."""
    against = queries.objections(db.session(), seen.row.id, None if seen.moderates else me().id)
    html = flask.render_template(
        "fieldwork/report.html", seen=seen, report=seen.report, form=form, why=why, objections=against,
        cited=is_cited(seen.row.id) if seen.own else False, settle=settle_form,
    )  # fmt: skip
    return html if status == 200 else (html, status)


@bp.get("/reports/<int:report_id>/file")
@access(Access.SIGNED_IN)
def file(report_id: int) -> Any:
    """The file of a report, to keep: never opened as a page of this house."""
    seen = find(report_id)
    found = queries.content_of(db.session(), seen.row.id) if seen.report.file else None
    if found is None:
        flask.abort(404)
    return as_file(found.content, found.media_type, found.name)


@bp.post("/reports/<int:report_id>/objections")
@access(Access.MEMBER)
def object_to(report_id: int) -> Any:
    """This is not what we said."""
    seen, form = find(report_id), ObjectionForm()
    if not form.validate_on_submit():
        return page(seen, form, WhyForm(formdata=None), 422)
    actions.object_to(
        db.session(), seen, body=form.body.data, language=form.language.data, key=form.key.data,
        consented=consent_of(db.session(), me().id) is not None, now=now(),
    )  # fmt: skip
    flask.flash(_("Sent to the moderators. You read here what they do."))
    return flask.redirect(flask.url_for("fieldwork.report", report_id=report_id), 303)


@bp.post("/reports/<int:report_id>/take-out")
@access(Access.SIGNED_IN)
def take_out(report_id: int) -> Any:
    """Take a report out, with a reason: whoever attached it, and moderators."""
    seen, why = find(report_id), WhyForm()
    if not seen.own:
        flask.abort(404)
    if not why.validate_on_submit():
        return page(seen, ObjectionForm(formdata=None, language=own_language(me())), why, 422)
    actions.take_out(db.session(), seen, why=why.why.data, cited=is_cited(seen.row.id), now=now())
    flask.flash(_("The report is taken out, with its file."))
    if seen.moderates:
        return flask.redirect(flask.url_for("fieldwork.desk", panel_id=seen.panel.id), 303)
    return flask.redirect(flask.url_for("fieldwork.reports"), 303)
