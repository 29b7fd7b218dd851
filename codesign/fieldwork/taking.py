"""Taking a report in, the same for members who were asked and for moderators."""

from __future__ import annotations

from typing import Any

import flask

from codesign.accounts.queries import consent_of
from codesign.db import db
from codesign.fieldwork import actions, queries
from codesign.fieldwork.forms import ReportForm
from codesign.panels.models import Membership, Panel
from codesign.rules.permissions import Refused
from codesign.rules.roles import Role
from codesign.web.access import me
from codesign.web.clock import now, today
from codesign.web.i18n import _
from codesign.web.labels import reason_words
from codesign.web.words import own_language


def report_form(panel: Panel, membership: Membership, **more: Any) -> ReportForm:
    """The form of a report for somebody of the panel."""
    place = panel.municipality
    return ReportForm(
        gatherings=queries.gatherings_of(db.session(), panel.id), today=today(place.timezone),
        largest=flask.current_app.config["SETTINGS"].largest_report,
        moderator=membership.role is Role.MODERATOR, **more,
    )  # fmt: skip


def take_in(panel: Panel, membership: Membership, template: str) -> Any:
    """Show the form, or keep what was sent; on anything wrong the same page with all that was typed."""
    if flask.request.method == "GET":
        form = report_form(panel, membership, language=own_language(me()))
        return flask.render_template(template, form=form, panel=panel)
    form = report_form(panel, membership)
    if not form.validate_on_submit():
        return flask.render_template(template, form=form, panel=panel), 422
    try:
        row = actions.attach(
            db.session(), membership, form.told(), file=form.cleaned, alternative=form.alternative.data or "",
            key=form.key.data, consented=consent_of(db.session(), me().id) is not None, now=now(),
        )  # fmt: skip
    except Refused as refused:
        words = reason_words(refused.reason)
        return flask.render_template(template, form=form, panel=panel, refused=words), 409
    flask.flash(_("The report is here. The panel can read it."))
    return flask.redirect(flask.url_for("fieldwork.report", report_id=row.id), 303)
