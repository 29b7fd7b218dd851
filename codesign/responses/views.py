"""The desk of officials: what waits, where an answer stands, what it will look like, and delivering it."""

from __future__ import annotations

from typing import Any

import flask
from flask import redirect, render_template, request, url_for

from codesign.db import db
from codesign.officials import queries as officials
from codesign.responses import actions, after_queries, calendar_pages, colleagues, following, pages, queries, work
from codesign.responses.blueprint import bp
from codesign.responses.values import from_document, to_document
from codesign.web.access import Access, access
from codesign.web.clock import now
from codesign.web.i18n import LANGUAGES, _, current_lang
from codesign.web.paging import page_number

__all__ = ["bp", "calendar_pages", "colleagues", "following", "pages"]


@bp.get("/desk")
@access(Access.OFFICIAL)
def desk() -> Any:
    """What waits for an answer, with its clock."""
    here = work.official()
    day = work.day_at(here.place)
    page = queries.tasks(db.session(), here.place_code, page_number(request.args.get("page")))
    rows = [
        (advice, answer, work.clock_of(advice, day, answer.delivered_on if answer else None))
        for advice, answer in page.items
    ]
    return render_template("responses/desk.html", official=here, rows=rows, page=page)


@bp.get("/desk/<number>")
@access(Access.OFFICIAL)
def answer(number: str) -> Any:
    """One advice: begin, go on, or see what was delivered."""
    here, found = work.advice_of(number)
    day = work.day_at(here.place)
    clock = work.clock_of(found.advice, day, found.answer.delivered_on if found.answer else None)
    common = {"official": here, "advice": found.advice, "clock": clock}
    if found.answer is None:
        return render_template("responses/start.html", **common)
    if found.answer.digest is not None:
        view = queries.answer_of(db.session(), found.advice.digest)
        document = queries.advice_document(db.session(), found.answer.advice_digest)
        return render_template(
            "responses/delivered.html", view=view, document=document,
            promises=after_queries.promises_of(db.session(), found.answer.id),
            after=after_queries.aftermath(db.session(), here.place_code, number), **common,
        )  # fmt: skip
    todo = work.begun(here, found.advice, found.answer)
    saved = queries.last_saved(db.session(), todo.answer.id)
    posts = officials.posts(db.session(), {v.saved_by for v in saved.values()})
    return render_template(
        "responses/answer.html", work=todo, lines=work.checklist(todo), saved=saved, posts=posts,
        parts={p.recommendation: p for p in todo.draft.parts}, **common,
    )  # fmt: skip


@bp.post("/desk/<number>/start")
@access(Access.OFFICIAL)
def start(number: str) -> Any:
    """Start our answer: the advice counts as opened from now on."""
    here, found = work.advice_of(number)
    offered = [code for code in here.place.languages if code in LANGUAGES]
    language = offered[0] if offered else current_lang()
    actions.start_answer(db.session(), here, found.advice, language=language, now=now())
    return redirect(url_for("responses.heard", number=number), 303)


@bp.get("/desk/<number>/changes/<piece>")
@access(Access.OFFICIAL)
def what_changed(number: str, piece: str) -> Any:
    """What each save of one piece changed, word by word; the last one first."""
    todo = work.work_on(number)
    versions = queries.versions(db.session(), todo.answer.id, piece[:40])
    if not versions:
        flask.abort(404)
    posts = officials.posts(db.session(), {version.saved_by for version in versions})
    return render_template(
        "responses/what_changed.html", work=todo, advice=todo.advice, history=work.history(versions, posts),
        clock=work.clock_of(todo.advice, work.day_at(todo.official.place)),
        back=work.page_of(piece, todo),
    )  # fmt: skip


@bp.get("/desk/<number>/preview")
@access(Access.OFFICIAL)
def preview(number: str) -> Any:
    """The answer as the public and the panel will read it."""
    todo = work.work_on(number)
    view = from_document(to_document(todo.draft, todo.numbers, todo.document["languages"]))
    return render_template(
        "responses/preview.html", work=todo, advice=todo.advice, document=todo.document, view=view,
        lines=work.checklist(todo), clock=work.clock_of(todo.advice, work.day_at(todo.official.place)),
    )  # fmt: skip


@bp.post("/desk/<number>/deliver")
@access(Access.OFFICIAL)
def deliver(number: str) -> Any:
    """Deliver the answer: everybody can read it from now on, and nobody can change it."""
    here, found = work.advice_of(number)
    if found.answer is None:
        return redirect(url_for("responses.answer", number=number), 303)
    actions.deliver(db.session(), here, found.answer, found.advice, timezone=here.place.timezone, now=now())
    flask.flash(_("Your answer is delivered. The panel and everybody else can read it now."))
    return redirect(url_for("responses.answer", number=number), 303)
