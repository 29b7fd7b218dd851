"""The policy calendar on the desk of officials: they write what their municipality decides, and when (R24)."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for

from codesign.db import db
from codesign.officials.models import Official
from codesign.places import actions, queries
from codesign.places.calendars import parted
from codesign.places.domain import Origin
from codesign.places.forms import MomentForm
from codesign.places.models import PlaceMoment
from codesign.responses import work
from codesign.responses.blueprint import bp
from codesign.rules.permissions import Facts
from codesign.rules.roles import Role
from codesign.web.access import Access, access
from codesign.web.clock import now
from codesign.web.forms import bad
from codesign.web.i18n import _, current_lang


@bp.get("/desk/calendar")
@access(Access.OFFICIAL)
def calendar() -> Any:
    """What we decide and when: what we wrote ourselves, and what the panel's moderators know."""
    here = work.official()
    rows = queries.moments(db.session(), here.place_code)
    day = work.day_at(here.place)
    coming, past = parted([queries.line_of(row, here.place.answer_weeks) for row in rows], day)
    ours = {f"place:{row.code}": row.id for row in rows if row.origin is Origin.PLACE}
    return render_template("responses/calendar.html", official=here, coming=coming, past=past, today=day, ours=ours)


@bp.route("/desk/calendar/new", methods=["GET", "POST"])
@access(Access.OFFICIAL)
def new_moment() -> Any:
    """A moment comes into the calendar."""
    here = work.official()
    day = work.day_at(here.place)
    return _form(here, MomentForm(today=day, data={"language": current_lang(), "checked_on": day}), None)


@bp.route("/desk/calendar/<int:moment_id>", methods=["GET", "POST"])
@access(Access.OFFICIAL)
def edit_moment(moment_id: int) -> Any:
    """Change a moment of ours."""
    here = work.official()
    row = _find(here, moment_id)
    return _form(here, MomentForm(today=work.day_at(here.place), obj=row), row)


@bp.post("/desk/calendar/<int:moment_id>/end")
@access(Access.OFFICIAL)
def end_moment(moment_id: int) -> Any:
    """A moment of ours goes out of the calendar."""
    here = work.official()
    row = _find(here, moment_id)
    actions.end_moment(db.session(), row, by=here.id, facts=_facts(here, row.place_code), now=now())
    flash(_("It is out of the calendar."))
    return redirect(url_for("responses.calendar"), 303)


def _find(here: Official, moment_id: int) -> PlaceMoment:
    row = queries.own_moment(db.session(), here.place_code, moment_id)
    return row if row is not None else abort(404)


def _facts(here: Official, place_code: str, sourced: bool = True) -> Facts:
    return Facts(role=Role.OFFICIAL, own=here.place_code == place_code, sourced=sourced)


def _form(here: Official, form: MomentForm, row: PlaceMoment | None) -> Any:
    page: dict[str, Any] = {"official": here, "moment": row}
    if request.method == "GET":
        return render_template("responses/moment.html", form=form, **page)
    if not form.validate_on_submit() or not form.settled(_questions(here, form, row)):
        return bad("responses/moment.html", form, **page)
    values = form.values()
    facts = _facts(here, here.place_code, sourced=bool(values["source"] and values["checked_on"]))
    actions.keep_moment(db.session(), here.place, values=values, by=here.id, facts=facts, now=now(), row=row)
    flash(_("Saved. Everybody can read it now."))
    return redirect(url_for("responses.calendar"), 303)


def _questions(here: Official, form: MomentForm, row: PlaceMoment | None) -> list[str]:
    others = [x for x in queries.moments(db.session(), here.place_code) if row is None or x.id != row.id]
    return form.twins(queries.line_of(x, here.place.answer_weeks) for x in others)
