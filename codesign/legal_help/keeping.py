"""The desk of the page: write a line, check it again, change, translate and take it off; its versions."""

from __future__ import annotations

from typing import Any

import flask

from codesign.db import db
from codesign.legal_help import actions, queries
from codesign.legal_help.blueprint import bp, find_line, find_place, role
from codesign.legal_help.domain import Part, validity_problem
from codesign.legal_help.forms import CheckForm, LineForm, TranslationForm
from codesign.legal_help.labels import PROBLEMS
from codesign.panels.models import Municipality
from codesign.rules.permissions import Refused
from codesign.web.access import Access, access, me
from codesign.web.clock import now, today
from codesign.web.forms import bad
from codesign.web.i18n import LANGUAGES, _, current_lang, lang_name


def _home(code: str) -> Any:
    return flask.redirect(flask.url_for("legal_help.keep", code=code), 303)


def _version(form: Any) -> int:
    raw = form.version.data or ""
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 9 else 0


def _stale() -> str:
    return _("Somebody changed this line just now. Your words are still here: look at theirs, then save again.")


@bp.get("/desk/sanctions-and-help/<code>")
@access(Access.STAFF)
def keep(code: str) -> Any:
    """Every line with its source and days, and what can be done with it."""
    place = find_place(code)
    return flask.render_template("legal_help/keep.html", **_desk(place))


def _desk(place: Municipality) -> dict[str, Any]:
    day = today(place.timezone)
    lines = queries.lines(db.session(), place.code)
    return {
        "place": place, "parts": queries.by_part(lines), "today": day, "checks": {}, "everyone": list(LANGUAGES),
        "old": sum(line.is_old(day) for line in lines), "empty_check": CheckForm(formdata=None),
    }  # fmt: skip


@bp.route("/desk/sanctions-and-help/<code>/new/<any(sanction, help):part>", methods=["GET", "POST"])
@access(Access.STAFF)
def new_line(code: str, part: str) -> Any:
    """Write a line."""
    place, list_ = find_place(code), Part(part)
    day = today(place.timezone)
    values = {"language": current_lang(), "checked_on": day}
    form = LineForm(part=list_, today=day, data=values)
    if flask.request.method == "GET":
        return flask.render_template("legal_help/line.html", form=form, place=place, part=list_, line=None)
    if not form.validate_on_submit():
        return bad("legal_help/line.html", form, place=place, part=list_, line=None)
    actions.write_line(
        db.session(), place, part=list_, words=form.words(), language=form.language.data,
        spoken=form.spoken.data if "spoken" in form else [], source=form.sourced(), by=me().id, role=role(), today=day,
        now=now(),
    )  # fmt: skip
    flask.flash(_("Everybody can read it now."))
    return _home(code)


@bp.route("/desk/sanctions-and-help/lines/<int:line_id>", methods=["GET", "POST"])
@access(Access.STAFF)
def change_line(line_id: int) -> Any:
    """Change a line; the version before stays."""
    line, place = find_line(line_id)
    day, words = today(place.timezone), line.words
    values = {
        name: getattr(words, name)
        for name in (
            "title",
            "text",
            "who_decides",
            "how_to_reach",
            "language",
            "spoken",
            "source",
            "url",
            "source_date",
        )
    }
    values |= {"checked_on": day, "version": line.row.version}
    form = LineForm(part=line.row.part, today=day, data=values)
    more = {"place": place, "part": line.row.part, "line": line}
    if flask.request.method == "GET":
        return flask.render_template("legal_help/line.html", form=form, **more)
    if not form.validate_on_submit():
        return bad("legal_help/line.html", form, **more)
    try:
        actions.change_line(
            db.session(), line, version=_version(form), words=form.words(), language=form.language.data,
            spoken=form.spoken.data if "spoken" in form else [], source=form.sourced(), by=me().id, role=role(),
            today=day, now=now(),
        )  # fmt: skip
    except Refused:
        return _again("legal_help/line.html", line_id, form)
    flask.flash(_("Saved. The words from before are kept."))
    return _home(place.code)


def _again(template: str, line_id: int, form: Any, **more: Any) -> Any:
    """Somebody was faster: the page again with what was typed, and their version beside it."""
    db.session().rollback()
    line, place = find_line(line_id)
    form.version.data = str(line.row.version)
    page = flask.render_template(
        template, form=form, place=place, part=line.row.part, line=line, stale=_stale(), **more
    )
    return page, 409


@bp.post("/desk/sanctions-and-help/lines/<int:line_id>/checked")
@access(Access.STAFF)
def check(line_id: int) -> Any:
    """I compared this line with its source today."""
    line, place = find_line(line_id)
    day, form = today(place.timezone), CheckForm()
    form.validate_on_submit()
    problem = None if form.errors else validity_problem(day, form.valid_until.data, day)
    if problem:
        form.valid_until.errors = [str(PROBLEMS[problem][1])]
    if form.errors or problem:
        return flask.render_template("legal_help/keep.html", **_desk(place) | {"checks": {line_id: form}}), 422
    try:
        actions.check_line(
            db.session(), line, version=_version(form), valid_until=form.valid_until.data, by=me().id, role=role(),
            today=day, now=now(),
        )  # fmt: skip
    except Refused:
        db.session().rollback()
        flask.flash(_("Somebody changed this line just now. Look at it again."), "warm")
        return _home(place.code)
    flask.flash(_("Checked. Members no longer see the warning."))
    return _home(place.code)


@bp.route("/desk/sanctions-and-help/lines/<int:line_id>/words/<language>", methods=["GET", "POST"])
@access(Access.STAFF)
def translate(line_id: int, language: str) -> Any:
    """The same words in another language, typed by a person."""
    line, place = find_line(line_id)
    if language not in LANGUAGES or language == line.words.language:
        flask.abort(404)
    known = line.translation(language)
    names = ("title", "text", "who_decides", "how_to_reach")
    values = {name: getattr(known, name) for name in names} if known else {}
    form = TranslationForm(part=line.row.part, data=values | {"version": line.row.version})
    more = {"language": language, "language_name": lang_name(language)}
    if flask.request.method == "GET":
        return flask.render_template("legal_help/words.html", form=form, place=place, line=line, **more)
    if not form.validate_on_submit():
        return bad("legal_help/words.html", form, place=place, line=line, **more)
    try:
        actions.translate_line(
            db.session(), line, version=_version(form), language=language, words=form.words(), by=me().id, role=role(),
            now=now(),
        )  # fmt: skip
    except Refused:
        return _again("legal_help/words.html", line_id, form, **more)
    flask.flash(_("Saved."))
    return _home(place.code)


@bp.post("/desk/sanctions-and-help/lines/<int:line_id>/take-off")
@access(Access.STAFF)
def take_off(line_id: int) -> Any:
    """Take a line off the page; its versions stay."""
    line, place = find_line(line_id)
    actions.take_off_line(db.session(), line, by=me().id, role=role(), now=now())
    flask.flash(_("It is off the page. What stood there is kept."))
    return _home(place.code)


@bp.get("/desk/sanctions-and-help/lines/<int:line_id>/versions")
@access(Access.STAFF)
def versions(line_id: int) -> Any:
    """Every version of a line and every check."""
    line, place = find_line(line_id)
    session = db.session()
    return flask.render_template(
        "legal_help/versions.html", line=line, place=place, versions=queries.versions(session, line_id),
        checks=queries.checks(session, line_id),
    )  # fmt: skip
