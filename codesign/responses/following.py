"""The desk beside and after the answer: how a promise stands, what a learning card says, and asking for more time."""

from __future__ import annotations

from typing import Any

import flask
from flask import redirect, render_template, request, url_for

from codesign.db import db
from codesign.officials import queries as officials
from codesign.officials.models import Official
from codesign.responses import after_queries, learning, more_time, progress, queries, work
from codesign.responses.after_forms import CardForm, MoreTimeForm, ReportForm, hints
from codesign.responses.blueprint import bp
from codesign.responses.domain import Progress
from codesign.responses.labels import FIELDS, PROGRESS
from codesign.responses.models import Answer
from codesign.responses.versions import Stale
from codesign.web.access import Access, access
from codesign.web.clock import now
from codesign.web.forms import bad
from codesign.web.i18n import _


def delivered(number: str) -> tuple[Official, queries.Task, Answer]:
    """An answer of one's own place that was delivered; otherwise the way to where it stands."""
    here, found = work.advice_of(number)
    if found.answer is None or found.answer.digest is None:
        flask.abort(redirect(url_for("responses.answer", number=number), 303))
    return here, found, found.answer


@bp.route("/desk/<number>/promises/<int:n>", methods=["GET", "POST"])
@access(Access.OFFICIAL)
def promise(number: str, n: int) -> Any:
    """The n-th promise of an answer: what was reported, and how it stands now."""
    here, found, answer = delivered(number)
    rows = after_queries.promises_of(db.session(), answer.id)
    if not 1 <= n <= len(rows):
        flask.abort(404)
    row, part = rows[n - 1]
    form = ReportForm()
    page: dict[str, Any] = {
        "form": form, "official": here, "advice": found.advice, "n": n, "promise": row, "part": part,
        "language": answer.language, "about": hints(PROGRESS),
        "reports": after_queries.reports_of(db.session(), [row.id]).get(row.id, []),
        "clock": work.clock_of(found.advice, work.day_at(here.place), answer.delivered_on),
    }  # fmt: skip
    if request.method == "GET":
        return render_template("responses/promise.html", **page)
    if not form.validate_on_submit():
        return bad("responses/promise.html", **page)
    progress.report_progress(
        db.session(), here, found.advice, row, state=Progress(form.state.data), text=form.text.data or "",
        language=answer.language, today=work.day_at(here.place), now=now(),
    )  # fmt: skip
    flask.flash(_("Your report is public now."))
    return redirect(url_for("responses.answer", number=number, _anchor="promises"), 303)


@bp.route("/desk/<number>/learning/<int:n>", methods=["GET", "POST"])
@access(Access.OFFICIAL)
def learning_card(number: str, n: int) -> Any:
    """The learning card of one adopted recommendation, with what stood there before."""
    here, found, answer = delivered(number)
    part = next((p for p in answer.parts if p.recommendation == n and p.decision in learning.TRIED), None)
    if part is None:
        flask.abort(404)
    card = queries.card_of(db.session(), answer.id, n)
    versions = queries.versions(db.session(), answer.id, learning.card_piece(n))
    form = CardForm(obj=card)
    if request.method == "GET":
        form.seen.data = str(versions[0].number if versions else 0)
    posts = officials.posts(db.session(), {v.saved_by for v in versions})
    page: dict[str, Any] = {
        "form": form, "advice": found.advice, "n": n, "language": answer.language,
        "history": work.history(versions, posts),
        "clock": work.clock_of(found.advice, work.day_at(here.place), answer.delivered_on),
    }  # fmt: skip
    if request.method == "GET":
        return render_template("responses/learning.html", **page)
    if not form.validate_on_submit():
        return bad("responses/learning.html", **page)
    try:
        learning.keep_learning_card(
            db.session(), here, found.advice, answer, n, seen=form.seen_number, assumption=form.assumption.data,
            trial=form.trial.data, look_back_on=form.look_back_on.data, changed=form.changed.data or "", now=now(),
        )  # fmt: skip
    except Stale as stale:
        form.seen.data, form.seen.raw_data = str(stale.version.number), None
        theirs = [(FIELDS[key], text) for key, text in work.flat(stale.version.content)]
        post = officials.posts(db.session(), [stale.version.saved_by]).get(stale.version.saved_by, "")
        return render_template("responses/learning.html", theirs=theirs, their_post=post, **page), 409
    flask.flash(_("Saved. Everybody can read this card."))
    return redirect(url_for("responses.answer", number=number, _anchor="promises"), 303)


@bp.route("/desk/<number>/more-time", methods=["GET", "POST"])
@access(Access.OFFICIAL)
def ask_more_time(number: str) -> Any:
    """Ask the panel for more time to answer, with a reason; it is public, and the panel decides."""
    here, found = work.advice_of(number)
    day = work.day_at(here.place)
    if found.advice.answered_at is not None:
        flask.abort(redirect(url_for("responses.answer", number=number), 303))
    asked = after_queries.extensions(db.session(), here.place_code, number)
    form = MoreTimeForm(due_on=found.advice.due_on)
    page: dict[str, Any] = {
        "form": form, "advice": found.advice, "clock": work.clock_of(found.advice, day), "asked": asked,
        "waits": any(a.decided_on is None for a in asked),
    }  # fmt: skip
    if request.method == "GET":
        return render_template("responses/more_time.html", **page)
    if not form.validate_on_submit():
        return bad("responses/more_time.html", **page)
    language = found.answer.language if found.answer else found.advice.language
    more_time.ask_more_time(
        db.session(), here, found.advice, until=form.until.data, reason=form.reason.data, language=language, today=day,
        now=now(),
    )  # fmt: skip
    flask.flash(_("The panel reads your request. The clock goes on."))
    return redirect(url_for("responses.ask_more_time", number=number), 303)
