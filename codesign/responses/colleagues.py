"""Colleagues who write one part of an answer: inviting them, ending that, and the one page they see."""

from __future__ import annotations

from typing import Any

import flask
from flask import current_app, redirect, render_template, request, url_for

from codesign.db import db
from codesign.documents.standing import state_of
from codesign.mail.actions import post
from codesign.officials import actions as officials
from codesign.officials import queries as people
from codesign.officials.forms import ColleagueForm
from codesign.responses import pages, queries, work
from codesign.responses.blueprint import bp
from codesign.responses.domain import part_piece, summary_piece
from codesign.responses.work import Work
from codesign.settings import Settings
from codesign.web.access import Access, access
from codesign.web.clock import now
from codesign.web.forms import bad
from codesign.web.i18n import _, lang_name


def _pieces(todo: Work) -> dict[str, str]:
    """The parts one can be invited to, with their words: each recommendation, and the plain words in each language."""
    found = {part_piece(n): _("Recommendation %(number)s", number=n) for n in todo.numbers}
    for code in todo.languages:
        found[summary_piece(code)] = _("In plain words: %(language)s", language=lang_name(code))
    return found


def _page(todo: Work, form: ColleagueForm) -> dict[str, Any]:
    session, place, number = db.session(), todo.official.place_code, todo.advice.number
    return {
        "form": form, "work": todo, "advice": todo.advice, "pieces": _pieces(todo),
        "clock": work.clock_of(todo.advice, work.day_at(todo.official.place)),
        "here": people.colleagues(session, place, number),
        "invited": people.open_colleague_invitations(session, place, number, now()),
    }  # fmt: skip


@bp.route("/desk/<number>/colleagues", methods=["GET", "POST"])
@access(Access.OFFICIAL)
def help_wanted(number: str) -> Any:
    """Invite a colleague to one part; the link goes by mail, and is shown here once."""
    todo = work.after_listening(work.work_on(number))
    form = ColleagueForm()
    form.piece.choices = list(_pieces(todo).items())
    if request.method == "GET":
        return render_template("responses/colleagues.html", **_page(todo, form))
    if not form.validate_on_submit():
        return bad("responses/colleagues.html", **_page(todo, form))
    try:
        token = officials.invite_colleague(
            db.session(), todo.official, number=number, piece=form.piece.data, display_name=form.display_name.data,
            post=form.post.data, mail=form.mail.data, language=todo.official.language, state=state_of(todo.advice),
            now=now(),
        )  # fmt: skip
    except officials.AlreadyHere:
        form.mail.errors = [_("This colleague can open the whole answer already. Just ask them.")]
        return bad("responses/colleagues.html", **_page(todo, form))
    settings: Settings = current_app.config["SETTINGS"]
    link = f"{settings.base('record')}{url_for('officials.invitation', token=token)}"
    body = "\n\n".join(
        (
            _("You are asked to write one part of the answer to advice %(number)s.", number=number),
            _("This link is for you. It works once, within two weeks: %(link)s", link=link),
        )
    )
    subject = _("Help with the answer to advice %(number)s", number=number)
    post(db.session(), to=form.mail.data, subject=subject, body=body + "\n", now=now())
    db.session().flush()
    blank = ColleagueForm(formdata=None)
    blank.piece.choices = form.piece.choices
    return render_template(
        "responses/colleagues.html", link=link, name=form.display_name.data, **_page(todo, blank)
    )  # fmt: skip


@bp.post("/desk/<number>/colleagues/end")
@access(Access.OFFICIAL)
def end_help(number: str) -> Any:
    """A colleague writes no longer."""
    todo = work.work_on(number)
    here = people.colleagues(db.session(), todo.official.place_code, number)
    colleague = next((c for c in here if str(c.id) == request.form.get("colleague")), None)
    if colleague is None:
        flask.abort(404)
    officials.end_colleague(db.session(), todo.official, colleague, state=state_of(todo.advice), now=now())
    flask.flash(_("This colleague can no longer come in. Their words stay."))
    return redirect(url_for("responses.help_wanted", number=number), 303)


@bp.route("/part", methods=["GET", "POST"])
@access(Access.COLLEAGUE)
def my_part() -> Any:
    """The one part of an answer that a colleague was invited to."""
    here = work.official()
    found = queries.task(db.session(), here.place_code, here.number or "")
    if found is None or found.answer is None or found.answer.digest is not None:
        flask.abort(404)
    todo = work.begun(here, found.advice, found.answer)
    kind, _dash, which = (here.piece or "").partition("-")
    if kind == "part":
        return pages.one_part(todo, int(which), alone=url_for("responses.my_part"))
    if kind == "summary" and which in todo.languages:
        return pages.one_summary(todo, which, alone=url_for("responses.my_part"))
    flask.abort(404)
