"""The desk after the answer: every promise with its reports, and saying how one stands now."""

from __future__ import annotations

from typing import Any

import flask
from flask import redirect, render_template, request, url_for

from codesign.db import db
from codesign.officials.models import Official
from codesign.responses import after_queries, progress, queries, work
from codesign.responses.after_forms import ReportForm, hints
from codesign.responses.blueprint import bp
from codesign.responses.domain import Progress
from codesign.responses.labels import PROGRESS
from codesign.responses.models import Answer
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
