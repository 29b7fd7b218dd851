"""The moderator's pages of the vision: writing down what the panel agreed on, order, wordings and translations."""

from __future__ import annotations

from typing import Any

import flask

from codesign.db import db
from codesign.panels.blueprint import find_desk_panel
from codesign.panels.models import Panel
from codesign.rules.permissions import Refused
from codesign.vision import actions, queries
from codesign.vision.blueprint import bp, find, is_cited
from codesign.vision.forms import AgreedForm, TranslationForm, WhyForm
from codesign.vision.models import PointState
from codesign.vision.queries import Seen
from codesign.web.access import Access, access, me
from codesign.web.clock import now, today
from codesign.web.i18n import LANGUAGES, _, current_lang
from codesign.web.labels import reason_words
from codesign.web.words import own_language


def _form(panel: Panel, **more: Any) -> AgreedForm:
    session = db.session()
    return AgreedForm(
        gatherings=queries.gatherings_of(session, panel.id), today=today(panel.municipality.timezone), **more
    )


def _desk_page(panel: Panel, form: AgreedForm, status: int = 200) -> Any:
    session = db.session()
    html = flask.render_template(
        "vision/desk.html", panel=panel, form=form, points=queries.agreed(session, panel.id),
        offered=queries.proposed(session, panel.id, me().id), out=queries.taken_out(session, panel.id),
        language=current_lang(),
    )  # fmt: skip
    return html if status == 200 else (html, status)


@bp.route("/desk/panels/<int:panel_id>/vision", methods=["GET", "POST"])
@access(Access.MODERATOR)
def desk(panel_id: int) -> Any:
    """The vision in its order, what members propose, and writing down what the panel agreed on at a gathering."""
    panel, mine = find_desk_panel(panel_id)
    if flask.request.method == "GET":
        return _desk_page(panel, _form(panel, language=own_language(me())))
    form = _form(panel)
    if not form.validate_on_submit():
        return _desk_page(panel, form, 422)
    actions.write_down(db.session(), mine, form.sentence(), form.agreement(), key=form.key.data, now=now())
    flask.flash(_("It stands in the vision."))
    return flask.redirect(flask.url_for("vision.desk", panel_id=panel_id), 303)


def _point_page(
    seen: Seen, form: AgreedForm, why: WhyForm, translation: TranslationForm, status: int = 200, **more: Any
) -> Any:
    known = queries.translations(db.session(), seen.row.id)
    done = {t.language for t in known if t.of_version == seen.row.version}
    html = flask.render_template(
        "vision/point.html", seen=seen, panel=seen.panel, form=form, why=why, translation=translation, known=known,
        missing=[code for code in seen.panel.languages if code not in done and code != seen.row.language],
        cited=is_cited(seen.row.id), **more,
    )  # fmt: skip
    return html if status == 200 else (html, status)


def _blank(seen: Seen) -> AgreedForm:
    row = seen.row
    values = {"text": row.text, "language": row.language, "domains": row.domains}
    return _form(seen.panel, formdata=None, data=values)


def _languages(seen: Seen) -> TranslationForm:
    wanted = next((code for code in seen.panel.languages if code != seen.row.language), "en")
    return TranslationForm(formdata=None, prefix="t-", language=wanted)


@bp.route("/desk/vision/points/<int:point_id>", methods=["GET", "POST"])
@access(Access.MODERATOR)
def point(point_id: int) -> Any:
    """Put a proposed sentence in the vision, or give a point other words, as the panel agreed."""
    seen = find(point_id, moderator=True)
    why = WhyForm(formdata=None)
    if flask.request.method == "GET":
        return _point_page(seen, _blank(seen), why, _languages(seen))
    form, session = _form(seen.panel), db.session()
    if not form.validate_on_submit():
        return _point_page(seen, form, why, _languages(seen), 422)
    try:
        if seen.row.state is PointState.PROPOSED:
            actions.agree(session, seen, form.sentence(), form.agreement(), now())
        else:
            cited = is_cited(point_id)
            actions.reword(session, seen, form.sentence(), form.agreement(), cited=cited, now=now())
    except Refused as refused:
        return _point_page(seen, form, why, _languages(seen), 409, refused=reason_words(refused.reason))
    flask.flash(_("It stands in the vision."))
    return flask.redirect(flask.url_for("vision.desk", panel_id=seen.panel.id), 303)


@bp.post("/desk/vision/points/<int:point_id>/translate")
@access(Access.MODERATOR)
def translate(point_id: int) -> Any:
    """The point in another language, typed by a person."""
    seen, form = find(point_id, moderator=True), TranslationForm(prefix="t-")
    if not form.validate_on_submit() or form.language.data not in LANGUAGES:
        return _point_page(seen, _blank(seen), WhyForm(formdata=None), form, 422)
    actions.translate(db.session(), seen, language=form.language.data, text=form.text.data, now=now())
    flask.flash(_("Saved."))
    return flask.redirect(flask.url_for("vision.point", point_id=point_id), 303)


@bp.post("/desk/vision/points/<int:point_id>/move")
@access(Access.MODERATOR)
def move(point_id: int) -> Any:
    """One place up or down."""
    seen = find(point_id, moderator=True)
    actions.move(db.session(), seen, up=flask.request.form.get("up") == "1", now=now())
    return flask.redirect(flask.url_for("vision.desk", panel_id=seen.panel.id), 303)


@bp.post("/desk/vision/points/<int:point_id>/take-out")
@access(Access.MODERATOR)
def take_out(point_id: int) -> Any:
    """Take a point out, with a reason that stays."""
    seen, why = find(point_id, moderator=True), WhyForm()
    if not why.validate_on_submit():
        return _point_page(seen, _blank(seen), why, _languages(seen), 422)
    actions.take_out(db.session(), seen, why=why.why.data, cited=is_cited(point_id), now=now())
    flask.flash(_("Taken out. Your reason stays readable."))
    return flask.redirect(flask.url_for("vision.desk", panel_id=seen.panel.id), 303)
