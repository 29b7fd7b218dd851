"""The policy calendar behind the panel door: moderators keep it, members read it, anybody takes it along as a file."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for

from codesign.db import db
from codesign.documents.domain import DocumentError
from codesign.networks import actions, queries
from codesign.networks.blueprint import bp, day_at, find_moderator, moment_or_404
from codesign.networks.forms import ReasonForm
from codesign.networks.models import PolicyMoment
from codesign.panels.blueprint import home
from codesign.panels.models import Membership, Panel
from codesign.panels.queries import panel_for
from codesign.places.calendars import download, parted
from codesign.places.forms import MomentForm
from codesign.web.access import Access, access, me
from codesign.web.clock import now
from codesign.web.forms import bad
from codesign.web.i18n import _, current_lang


def _page(panel: Panel) -> dict[str, Any]:
    lines, reachable = queries.calendar(db.session(), panel.municipality_code)
    day = day_at(panel)
    coming, past = parted(lines, day)
    return {"panel": panel, "coming": coming, "past": past, "today": day, "reachable": reachable}


@bp.get("/calendar")
@access(Access.MEMBER)
def calendar() -> Any:
    """What the municipality decides and when, for members."""
    return render_template("networks/calendar.html", **_page(home().panel))


@bp.get("/panels/<int:panel_id>/calendar.ics")
@access(Access.SIGNED_IN)
def calendar_file(panel_id: int) -> Response:
    """The same as a file, for everybody of the panel."""
    found = panel_for(db.session(), panel_id, me().id)
    if found is None or found[1] is None:
        abort(404)
    panel = found[0]
    lines, _reachable = queries.calendar(db.session(), panel.municipality_code)
    return download(panel.municipality_code, panel.municipality.name, lines)


@bp.get("/desk/panels/<int:panel_id>/calendar")
@access(Access.MODERATOR)
def keep_calendar(panel_id: int) -> Any:
    """The calendar, for moderators: with the way to change what they keep."""
    panel, _membership = find_moderator(panel_id)
    return render_template(
        "networks/keep_calendar.html", ours=queries.our_ids(db.session(), panel.municipality_code), **_page(panel)
    )


@bp.route("/desk/panels/<int:panel_id>/calendar/new", methods=["GET", "POST"])
@access(Access.MODERATOR)
def new_moment(panel_id: int) -> Any:
    """A moment comes into the calendar."""
    panel, membership = find_moderator(panel_id)
    day = day_at(panel)
    return _form(panel, membership, MomentForm(today=day, data={"language": current_lang(), "checked_on": day}), None)


@bp.route("/desk/panels/<int:panel_id>/calendar/<int:moment_id>", methods=["GET", "POST"])
@access(Access.MODERATOR)
def edit_moment(panel_id: int, moment_id: int) -> Any:
    """Change a moment our moderators keep."""
    panel, membership = find_moderator(panel_id)
    row = moment_or_404(panel, moment_id)
    return _form(panel, membership, MomentForm(today=day_at(panel), obj=row), row)


def _form(panel: Panel, membership: Membership, form: MomentForm, row: PolicyMoment | None) -> Any:
    page: dict[str, Any] = {"panel": panel, "moment": row, "end": ReasonForm(formdata=None)}
    if request.method == "GET":
        return render_template("networks/moment.html", form=form, **page)
    if not form.validate_on_submit() or not form.settled(_questions(panel, form, row)):
        return bad("networks/moment.html", form, **page)
    try:
        actions.keep_moment(
            db.session(), panel, membership, values=form.values(), by=me().id, now=now(), row=row
        )  # fmt: skip
    except DocumentError:
        form.form_errors.append(_("A letter in it cannot be sent to the record. Write it again."))
        return bad("networks/moment.html", form, **page)
    flash(_("Saved. The record door gets it in a moment."))
    return redirect(url_for("networks.keep_calendar", panel_id=panel.id), 303)


def _questions(panel: Panel, form: MomentForm, row: PolicyMoment | None) -> list[str]:
    lines, _reachable = queries.calendar(db.session(), panel.municipality_code)
    return form.twins(x for x in lines if row is None or x.code != row.code)


@bp.post("/desk/panels/<int:panel_id>/calendar/<int:moment_id>/end")
@access(Access.MODERATOR)
def end_moment(panel_id: int, moment_id: int) -> Any:
    """A moment goes out of the calendar."""
    panel, membership = find_moderator(panel_id)
    row, form = moment_or_404(panel, moment_id), ReasonForm()
    if not form.validate_on_submit():
        again = MomentForm(today=day_at(panel), formdata=None, obj=row)
        return bad("networks/moment.html", again, end=form, panel=panel, moment=row)
    actions.end_moment(
        db.session(), panel, membership, row, why=form.why.data, by=me().id, today=day_at(panel), now=now()
    )
    flash(_("It is out of the calendar."))
    return redirect(url_for("networks.keep_calendar", panel_id=panel.id), 303)
