"""Who writes along in a part, and the notes in its margin: the moderator's page, and the member's own."""

from __future__ import annotations

from typing import Any

import flask

from codesign.advice import actions, coauthor_queries, coauthoring, composing, version_queries
from codesign.advice.actions import NotHere, Stale
from codesign.advice.blueprint import bp, find, row_number
from codesign.advice.desk import form_of, saved_words
from codesign.advice.desk_keeping import keep_part
from codesign.advice.desk_saving import after_stale, base_of, readings, save_part
from codesign.advice.drafting_forms import CoauthorForm, NoteForm
from codesign.advice.forms import LONGEST_TEXT
from codesign.advice.gone import gone_page
from codesign.advice.labels import FIELDS, place_name
from codesign.advice.queries import AdviceView
from codesign.advice.values import Content, Recommendation, Section
from codesign.advice.versions import TEXTS, as_text, recommendation_of, recommendation_place
from codesign.db import db
from codesign.web.access import Access, access, me
from codesign.web.clock import now
from codesign.web.i18n import _, current_lang


def _place(view: AdviceView, raw: str) -> str:
    """The part of this name, where somebody can write along; else a 404."""
    number = recommendation_of(raw)
    if number is not None:
        there = version_queries.newest(db.session(), view.advice.id, recommendation_place(number))
        return raw if there is not None else flask.abort(404)
    return raw if raw in coauthoring.WITH_COAUTHORS else flask.abort(404)


@bp.get("/desk/advice/<int:advice_id>/together/<section>")
@access(Access.MODERATOR)
def together(advice_id: int, section: str) -> Any:
    """Who writes along in this part, and the notes beside it."""
    view = find(advice_id, moderator=True)
    return _together(view, _place(view, section), NoteForm())


def _together(view: AdviceView, place: str, form: NoteForm, status: int = 200) -> Any:
    session = db.session()
    writers = coauthor_queries.coauthors(session, view.advice.id, place)
    ids = {person.id for person in writers}
    others = [p for p in coauthor_queries.to_invite(session, view.panel.id) if p.id not in ids]
    number = recommendation_of(place)
    back = flask.url_for("advice.editor", advice_id=view.advice.id, section="recommendations" if number else place)
    html = flask.render_template(
        "advice/together.html", view=view, place=place, name=place_name(place), writers=writers, others=others, f=form,
        notes=coauthor_queries.margin(session, view.advice.id, place), editable=composing.editable(view), back_to=back,
    )  # fmt: skip
    return html if status == 200 else (html, status)


@bp.post("/desk/advice/<int:advice_id>/together/<section>/<what>")
@access(Access.MODERATOR)
def change_together(advice_id: int, section: str, what: str) -> Any:
    """Invite a member (`invite`), end it (`end`), write a note (`note`), or say one was dealt with (`resolve`)."""
    view = find(advice_id, moderator=True)
    place, number = _place(view, section), row_number(flask.request.form.get("id", "")) or 0
    session, form = db.session(), NoteForm()
    try:
        match what:
            case "invite":
                coauthoring.invite(session, view, place, number, now=now())
            case "end":
                coauthoring.end(session, view, place, number, now=now())
            case "resolve":
                coauthoring.resolve(session, view, place, number, now=now())
            case "note":
                if not form.validate_on_submit():
                    return _together(view, place, form, 422)
                coauthoring.put_note(session, view, place, body=form.body.data, language=current_lang(), now=now())
            case _:
                flask.abort(404)
    except NotHere:
        flask.abort(404)
    return flask.redirect(flask.url_for("advice.together", advice_id=advice_id, section=place), 303)


def _mine(advice_id: int, place: str) -> AdviceView:
    """The draft for a co-author of this part; anybody else gets the same 404 as for what does not exist."""
    view = coauthor_queries.coauthor_view(db.session(), advice_id, me().id, place)
    if view is None:
        flask.abort(404)
    flask.g.panel = view.panel
    return view


def _form(view: AdviceView, content: Content, place: str) -> Any:
    shown = _shown(content, place)
    if shown is None:
        return form_of(view, content, Section(place))
    data = {name: getattr(shown, name) for name in CoauthorForm.TEXTS}
    base = flask.json.dumps(data, ensure_ascii=False)
    return CoauthorForm(data=data | {"version": str(shown.version), "base": base})


def _shown(content: Content, place: str) -> Recommendation | None:
    number = recommendation_of(place)
    if number is None:
        return None
    found = next((r for r in content.recommendations if r.id == number), None)
    return found if found is not None else flask.abort(404)


def _write_page(
    view: AdviceView, content: Content, place: str, form: Any, note: Any = None, status: int = 200, **more: Any
) -> Any:  # fmt: skip
    shown = _shown(content, place)
    section = Section.RECOMMENDATIONS if shown is not None else Section(place)
    reads = {} if shown is not None or form is None else readings(Section(place), form, content.language)
    html = flask.render_template(
        "advice/write.html", view=view, content=content, place=place, name=place_name(place), f=form, shown=shown,
        reads=reads, section=section, note_form=note or NoteForm(formdata=None),
        notes=coauthor_queries.margin(db.session(), view.advice.id, place), **more,
    )  # fmt: skip
    return html if status == 200 else (html, status)


@bp.route("/advice/<int:advice_id>/write/<section>", methods=["GET", "POST"])
@access(Access.MEMBER)
def write(advice_id: int, section: str) -> Any:
    """The part I was asked to write, and nothing else of the draft."""
    view = _mine(advice_id, section)
    content = composing.content(db.session(), view, whole=False)
    if not composing.drafted(view):
        return flask.render_template("advice/written.html", view=view, name=place_name(section))
    number = recommendation_of(section)
    if flask.request.method == "POST" and number is not None and all(r.id != number for r in content.recommendations):
        typed = flask.request.form
        kept = [(str(FIELDS[name]), typed[name][:LONGEST_TEXT]) for name in CoauthorForm.TEXTS if name in typed]
        return gone_page(kept, flask.url_for("advice.mine"), "member.html")
    form = _form(view, content, section)
    if flask.request.method == "GET":
        return _write_page(view, content, section, form)
    if not form.validate_on_submit():
        return _write_page(view, content, section, form, status=422)
    shown = _shown(content, section)
    try:
        if shown is None:
            merged = save_part(view, Section(section), form).merged
        else:
            merged = _save_recommendation(view, shown, form)
    except Stale as stale:
        form.base.data = None if shown is not None else ""
        return _write_page(view, content, section, after_stale(form, stale), status=422, theirs=stale.theirs)
    flask.flash(saved_words(merged))
    return flask.redirect(flask.url_for("advice.write", advice_id=advice_id, section=section), 303)


def _save_recommendation(view: AdviceView, shown: Recommendation, form: CoauthorForm) -> bool:
    fields: dict[str, Any] = {name: getattr(shown, name) for name in TEXTS} | {"moment": as_text(shown.moment)}
    fields |= {name: form[name].data or "" for name in CoauthorForm.TEXTS}
    base = base_of(form)
    if base is not None:
        # What she cannot change is as she saw it.
        base |= {name: str(fields[name] or "") for name in TEXTS if name not in CoauthorForm.TEXTS}
    return actions.save_recommendation(
        db.session(), view, shown.id, fields, actors=None, links=None, seen=form.version_number, base=base, now=now()
    )


@bp.post("/advice/<int:advice_id>/write/<section>/keep")
@access(Access.MEMBER)
def keep_mine(advice_id: int, section: str) -> Any:
    """Save what I type in my part by itself; a piece of a page comes back."""
    view = _mine(advice_id, section)
    if recommendation_of(section) is not None:
        flask.abort(404)
    content = composing.content(db.session(), view, whole=False)
    return keep_part(view, Section(section), _form(view, content, section), content.language, flask.request.path)


@bp.post("/advice/<int:advice_id>/write/<section>/<what>")
@access(Access.MEMBER)
def change_mine(advice_id: int, section: str, what: str) -> Any:
    """Write a note (`note`), say one was dealt with (`resolve`), or stop writing along (`stop`)."""
    view = _mine(advice_id, section)
    session, form = db.session(), NoteForm()
    if what == "stop":
        coauthoring.end(session, view, section, view.person_id, now=now())
        flask.flash(_("You no longer write along. Your words stay."))
        return flask.redirect(flask.url_for("advice.mine"), 303)
    if what == "resolve":
        try:
            number = row_number(flask.request.form.get("id", "")) or 0
            coauthoring.resolve(session, view, section, number, now=now())
        except NotHere:
            flask.abort(404)
    elif what != "note":
        flask.abort(404)
    elif not form.validate_on_submit():
        content = composing.content(session, view, whole=False)
        return _write_page(view, content, section, _form(view, content, section), form, 422)
    else:
        coauthoring.put_note(session, view, section, body=form.body.data, language=current_lang(), now=now())
    return flask.redirect(flask.url_for("advice.write", advice_id=advice_id, section=section), 303)
