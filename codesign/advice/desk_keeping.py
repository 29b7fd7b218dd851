"""Saving by itself while a moderator types, and the history of a part: what changed, by whom, and writing it back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import flask

from codesign.advice import composing, restoring, version_queries
from codesign.advice.actions import Full, NotHere, Stale
from codesign.advice.blueprint import bp, find
from codesign.advice.desk import form_of, section_or_404
from codesign.advice.desk_recommendations import (
    base_text,
    chain_form,
    recommendation_form,
    save,
    save_chain,
    shown_or_404,
)
from codesign.advice.desk_saving import pieces_of, readings, save_part, seen_now
from codesign.advice.labels import FIELDS, SECTIONS
from codesign.advice.merging import Piece, differences
from codesign.advice.models import AdviceVersion
from codesign.advice.queries import AdviceView
from codesign.advice.values import SECTION_OF, Section
from codesign.advice.versions import CHAIN, TEXTS, as_text, piece_of, places_of, recommendation_of, recommendation_place
from codesign.db import db
from codesign.web.access import Access, access
from codesign.web.clock import now
from codesign.web.i18n import _, lang_name


def kept(form: Any, said: str, url: str, **more: Any) -> Any:
    """What the page takes over after saving by itself: the signs of the saved text, and how it reads."""
    return flask.render_template("advice/kept.html", f=form, said=said, keep=url, **more)


def _wrong(form: Any) -> str:
    first = next(str(field.errors[0]) for field in form if field.errors)
    return _("Not saved yet. %(problem)s", problem=first)


def _both() -> str:
    return _("Not saved yet. Somebody else changed the same words. Press “Save” and you see both.")


@bp.post("/desk/advice/<int:advice_id>/parts/<section>/keep")
@access(Access.MODERATOR)
def keep(advice_id: int, section: str) -> Any:
    """Save what is typed in one part; a piece of a page comes back."""
    view, part = find(advice_id, moderator=True), section_or_404(section)
    content = composing.content(db.session(), view, whole=False)
    form = form_of(view, content, part)
    if form is None or part is Section.RECOMMENDATIONS:
        flask.abort(404)
    return keep_part(view, part, form, content.language, flask.request.path)


def keep_part(view: AdviceView, part: Section, form: Any, language: str, url: str) -> Any:
    """Save a part by itself and say how that went."""
    if not form.validate_on_submit():
        return kept(form, _wrong(form), url, reads=readings(part, form, language), lang=language)
    try:
        save_part(view, part, form, kept=False)
    except Stale:
        return kept(form, _both(), url, reads=readings(part, form, language), lang=language)
    seen_now(form, {name: form[name].data or "" for name in pieces_of(part, form)})
    if part is Section.COVER:
        form.version.data = str(view.advice.version)
    return kept(form, _("Saved."), url, reads=readings(part, form, language), lang=language)


@bp.post("/desk/advice/<int:advice_id>/recommendations/<int:recommendation_id>/keep")
@access(Access.MODERATOR)
def keep_recommendation(advice_id: int, recommendation_id: int) -> Any:
    """Save what is typed in a recommendation, or (`?chain=1`) in its change chain."""
    view = find(advice_id, moderator=True)
    content = composing.content(db.session(), view, whole=False)
    shown = shown_or_404(content, recommendation_id)
    chain = "chain" in flask.request.args
    form: Any = chain_form(shown) if chain else recommendation_form(view, shown)
    url = flask.request.path + ("?chain=1" if chain else "")
    if not form.validate_on_submit():
        return kept(form, _wrong(form), url)
    try:
        merged = save_chain(view, shown, form, kept=False) if chain else save(view, shown, form, kept=False)
    except Stale:
        return kept(form, _both(), url)
    after = shown_or_404(composing.content(db.session(), view, whole=False), recommendation_id)
    # Whoever wrote beside somebody else goes on from what stands in her own fields; the next save merges again.
    if merged:
        names = CHAIN if chain else TEXTS
        typed = {name: as_text(form[name].data) for name in names if name in form}
        form.base.data = json.dumps({**json.loads(form.base.data or "{}"), **typed}, ensure_ascii=False)
    else:
        form.base.data = base_text(after, CHAIN if chain else TEXTS)
        form.version.data = str(after.version)
    return kept(form, _("Saved."), url)


@dataclass(frozen=True)
class Step:
    """One version as the page shows it: what changed since the one before, by field."""

    id: int
    number: int
    name: str
    by: str
    day: Any
    language: str
    changes: tuple[tuple[str, tuple[Piece, ...]], ...]
    stands: bool
    erased: bool


def steps(view: AdviceView, places: tuple[str, ...]) -> list[Step]:
    """The versions of these places, newest first, each against the one before it."""
    rows = version_queries.history(db.session(), view.advice.id, places)
    before: dict[tuple[str, int], AdviceVersion] = {(v.place, v.number + 1): v for v, _person in rows}
    newest: set[str] = set()
    found = []
    for row, person in rows:
        old = before.get((row.place, row.number))
        if old is None and row.number > 1:
            continue  # the one before it is older than the page goes back
        piece = piece_of(row.place)
        found.append(
            Step(
                id=row.id, number=row.number, by=person.name or _("a former member"), day=row.saved_on,
                name=lang_name(piece[1]) if piece and piece[1] else "",
                language=(piece[1] if piece else "") or view.advice.language,
                changes=_changes(old, row), stands=row.place not in newest,
                erased=not row.content,
            )
        )  # fmt: skip
        newest.add(row.place)
    return found


def _changes(old: AdviceVersion | None, new: AdviceVersion) -> tuple[tuple[str, tuple[Piece, ...]], ...]:
    before = {k: as_text(v) for k, v in old.content.items()} if old else {}
    after = {k: as_text(v) for k, v in new.content.items()}
    return tuple(
        (str(FIELDS.get(name, "")), differences(before.get(name, ""), text))
        for name, text in after.items()
        if text != before.get(name, "")
    )


def place_or_404(view: AdviceView, raw: str) -> tuple[tuple[str, ...], str, str]:
    """The places a name in an address stands for, what it is called, and the way back."""
    ids: dict[str, Any] = {"advice_id": view.advice.id}
    number = recommendation_of(raw)
    if number is not None:
        if version_queries.newest(db.session(), view.advice.id, recommendation_place(number)) is None:
            flask.abort(404)
        back = flask.url_for("advice.editor", **ids, section="recommendations")
        return (recommendation_place(number),), _("A recommendation"), back
    part = section_or_404(raw)
    languages = dict.fromkeys((view.advice.language, *view.panel.languages))
    return places_of(part, languages), str(SECTIONS[part]), flask.url_for("advice.editor", **ids, section=part.value)


@bp.get("/desk/advice/<int:advice_id>/versions/<section>")
@access(Access.MODERATOR)
def versions(advice_id: int, section: str) -> Any:
    """What changed in one part, step by step."""
    view = find(advice_id, moderator=True)
    places, name, back = place_or_404(view, section)
    gone = any(v.place == section for v in version_queries.taken_out(db.session(), advice_id))
    return flask.render_template(
        "advice/versions.html", view=view, steps=steps(view, places), name=name, back_to=back, gone=gone,
        editable=composing.editable(view),
    )  # fmt: skip


@bp.post("/desk/advice/<int:advice_id>/versions/<int:n>/restore")
@access(Access.MODERATOR)
def restore(advice_id: int, n: int) -> Any:
    """Write an old version back; it becomes the newest one, and nothing is lost."""
    view = find(advice_id, moderator=True)
    try:
        place = restoring.restore(db.session(), view, n, now=now())
    except NotHere:
        flask.abort(404)
    except Full:
        flask.flash(_("There are five. Take one out to add another."))
        return flask.redirect(flask.url_for("advice.editor", advice_id=advice_id, section="recommendations"), 303)
    flask.flash(_("Written back."))
    number = recommendation_of(place)
    if number is not None:
        there = flask.url_for("advice.recommendation", advice_id=advice_id, recommendation_id=number)
        return flask.redirect(there, 303)
    piece = piece_of(place)
    section = SECTION_OF[piece[0]] if piece else Section.COVER
    return flask.redirect(flask.url_for("advice.editor", advice_id=advice_id, section=section.value), 303)
