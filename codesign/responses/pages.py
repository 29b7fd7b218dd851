"""The pages on which an answer is written; what a colleague saved is shown, and never overwritten unseen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flask
from flask import redirect, render_template, request, url_for

from codesign.db import db
from codesign.officials import queries as officials
from codesign.responses import actions, translating, work
from codesign.responses.blueprint import bp
from codesign.responses.domain import (
    CLOSING,
    HEARD,
    MOST_PROMISES,
    SUMMARY_WORDS,
    long_sentences,
    months_later,
    part_piece,
    summary_piece,
)
from codesign.responses.forms import ClosingForm, HeardForm, PartForm, PieceForm, SummaryForm
from codesign.responses.labels import FIELDS
from codesign.responses.work import Work
from codesign.web.access import Access, access
from codesign.web.clock import now
from codesign.web.forms import bad
from codesign.web.i18n import _, lang_name
from codesign.web.plain import reading


def _page(template: str, todo: Work, piece: str, form: PieceForm, **more: Any) -> dict[str, Any]:
    """What every page of the answer shows: clock, where it stands, and what a colleague saved before."""
    version = work.last_version(todo, piece)
    if request.method == "GET":
        form.seen.data = str(version.number if version else 0)
    return {
        "form": form,
        "work": todo,
        "advice": todo.advice,
        "clock": work.clock_of(todo.advice, work.day_at(todo.official.place)),
        "piece": piece,
        "colleague": work.colleague(todo, version),
        "saved_at": version.saved_at if version else None,
        **more,
    }


def _save(
    template: str, todo: Work, piece: str, form: PieceForm, write: Callable[[int], None], after: str, **more: Any
) -> Any:
    """Save, or show what a colleague saved in the meantime beside what was typed: 409, and nothing is lost."""
    try:
        write(form.seen_number)
    except actions.Stale as stale:
        # The next save is meant: it knows of theirs.
        form.seen.data = str(stale.version.number)
        form.seen.raw_data = None
        posts = officials.posts(db.session(), [stale.version.saved_by])
        theirs = [(FIELDS[key], text) for key, text in work.flat(stale.version.content)]
        page = _page(template, todo, piece, form, **more)
        page |= {"colleague": None, "theirs": theirs, "their_post": posts.get(stale.version.saved_by, "")}
        return render_template(template, **page), 409
    flask.flash(_("Saved."))
    return redirect(after, 303)


@bp.route("/desk/<number>/heard", methods=["GET", "POST"])
@access(Access.OFFICIAL)
def heard(number: str) -> Any:
    """What did you hear? The first page of every answer."""
    todo = work.work_on(number)
    offered = list(dict.fromkeys([todo.draft.language, *todo.official.place.languages]))
    kept = {"what_we_heard": todo.draft.what_we_heard, "language": todo.draft.language}
    form = HeardForm(offered=offered, data=kept)
    page = _page("responses/heard.html", todo, HEARD, form)
    if request.method == "GET":
        return render_template("responses/heard.html", **page)
    if not form.validate_on_submit():
        return bad("responses/heard.html", **page)

    def write(seen: int) -> None:
        actions.save_heard(
            db.session(), todo.official, todo.answer, todo.advice, seen=seen, language=form.language.data,
            text=form.what_we_heard.data, now=now(),
        )  # fmt: skip

    after = url_for("responses.recommendation", number=number, n=todo.numbers[0])
    return _save("responses/heard.html", todo, HEARD, form, write, after)


@bp.route("/desk/<number>/recommendation/<int:n>", methods=["GET", "POST"])
@access(Access.OFFICIAL)
def recommendation(number: str, n: int) -> Any:
    """Decision, reasons and owners for one recommendation."""
    return one_part(work.after_listening(work.work_on(number)), n)


def one_part(todo: Work, n: int, *, alone: str = "") -> Any:
    """The page of one recommendation; `alone`: the address of a colleague who has this piece and nothing else."""
    number = todo.advice.number
    asked = todo.recommendation(n)
    here = alone or url_for("responses.recommendation", number=number, n=n)
    more = {"asked": asked, "n": n, "of": len(todo.numbers), "alone": alone, "here": here, "offers": todo.offers(n)}
    piece = part_piece(n)
    form = _part_form(todo, n)
    if request.method == "GET":
        return render_template(
            "responses/recommendation.html", **_page("responses/recommendation.html", todo, piece, form, **more)
        )
    whole = form.validate_on_submit()
    draft = "draft" in request.form or "another" in request.form
    if whole and not draft:
        whole = form.is_whole(work.day_at(todo.official.place))
    if not whole:
        page = _page("responses/recommendation.html", todo, piece, form, **more)
        return bad("responses/recommendation.html", wrong=form.all_errors(), **page)

    def write(seen: int) -> None:
        part = form.value(n)
        actions.save_part(db.session(), todo.official, todo.answer, todo.advice, seen=seen, part=part, now=now())

    after = _after_part(todo, n, alone)
    return _save("responses/recommendation.html", todo, piece, form, write, after, **more)


def _part_form(todo: Work, n: int) -> PartForm:
    """The form with what was saved; `?another` gives one more row for an owner."""
    part = next((p for p in todo.draft.parts if p.recommendation == n), None)
    rows = [
        {"owner": p.owner, "money": p.money, "by": p.by, "action": p.action, "first_step": p.first_step}
        for p in (part.promises if part else ())
    ]
    if request.method == "GET" and "another" in request.args and len(rows) < MOST_PROMISES:
        rows.append({"owner": "", "money": "", "by": None, "action": "", "first_step": ""})
    kept: dict[str, Any] = {"promises": rows} if rows else {}
    kept["offers"] = [
        {"offer": str(o.reply.offer), "reply": o.reply.reply, "reasons": o.reply.reasons}
        for o in todo.offers(n).values()
    ]
    if part:
        kept |= {"decision": part.decision.value if part.decision else None, "reasons": part.reasons}
        kept["forwarded_to"] = part.forwarded_to
    return PartForm(data=kept)


def _after_part(todo: Work, n: int, alone: str = "") -> str:
    number = todo.advice.number
    if alone:
        return f"{alone}?another=1#owners" if "another" in request.form else alone
    if "another" in request.form:
        return url_for("responses.recommendation", number=number, n=n, another=1, _anchor="owners")
    if "draft" in request.form:
        return url_for("responses.answer", number=number)
    later = [k for k in todo.numbers if k > n]
    if later:
        return url_for("responses.recommendation", number=number, n=later[0])
    return url_for("responses.closing", number=number)


@bp.route("/desk/<number>/closing", methods=["GET", "POST"])
@access(Access.OFFICIAL)
def closing(number: str) -> Any:
    """What you ask back, how the council hears of it, and when you report."""
    todo = work.after_listening(work.work_on(number))
    day = work.day_at(todo.official.place)
    draft = todo.draft
    kept = {"ask_back": draft.ask_back, "council": draft.council}
    form = ClosingForm(today=day, data=kept | {"first_report_on": draft.first_report_on or months_later(day)})
    page = _page("responses/closing.html", todo, CLOSING, form)
    if request.method == "GET":
        return render_template("responses/closing.html", **page)
    if not form.validate_on_submit():
        return bad("responses/closing.html", **page)

    def write(seen: int) -> None:
        actions.save_closing(
            db.session(), todo.official, todo.answer, todo.advice, seen=seen, ask_back=form.ask_back.data,
            council=form.council.data, first_report_on=form.first_report_on.data, now=now(),
        )  # fmt: skip

    after = url_for("responses.plain", number=number)
    return _save("responses/closing.html", todo, CLOSING, form, write, after)


@bp.route("/desk/<number>/plain", methods=["GET", "POST"])
@access(Access.OFFICIAL)
def plain(number: str) -> Any:
    """The whole answer once more in plain words, in the language of the answer."""
    todo = work.after_listening(work.work_on(number))
    return one_summary(todo, todo.draft.language)


@bp.route("/desk/<number>/plain/<language>", methods=["GET", "POST"])
@access(Access.OFFICIAL)
def summary(number: str, language: str) -> Any:
    """The plain words in one more language of the panel."""
    todo = work.after_listening(work.work_on(number))
    if language not in todo.languages[1:]:
        flask.abort(404)
    return one_summary(todo, language)


def one_summary(todo: Work, language: str, *, alone: str = "") -> Any:
    """The page of the plain words in one language; `alone`: the address of a colleague who has nothing else."""
    original = language == todo.draft.language
    kept = todo.draft.summaries.get(language, "")
    form = SummaryForm(original=original, data={"text": kept})
    if not original:
        form.text.label.text = _("The same in %(language)s", language=lang_name(language))
    piece = summary_piece(language)
    source = todo.draft.summaries.get(todo.draft.language, "")
    more = {"original": original, "language": language, "source": source, "long": long_sentences(kept), "alone": alone}
    more["asking"] = None if original or alone else translating.asking(todo, language)
    more["reading"] = reading(kept, language, SUMMARY_WORDS if original else 0)
    page = _page("responses/plain.html", todo, piece, form, **more)
    if request.method == "GET":
        return render_template("responses/plain.html", **page)
    if not form.validate_on_submit():
        return bad("responses/plain.html", **page)

    def write(seen: int) -> None:
        actions.save_summary(
            db.session(), todo.official, todo.answer, todo.advice, seen=seen, language=language, text=form.text.data,
            now=now(),
        )  # fmt: skip
        if alone and not original and not kept.strip():
            translating.came_back(todo, language)

    number = todo.advice.number
    if alone:
        after = alone
    elif original and long_sentences(form.text.data):
        after = url_for("responses.plain", number=number, _anchor="long")
    else:
        left = [c for c in todo.languages[1:] if c != language and not todo.draft.summaries.get(c, "").strip()]
        after = (
            url_for("responses.summary", number=number, language=left[0])
            if left
            else url_for("responses.answer", number=number)
        )
    return _save("responses/plain.html", todo, piece, form, write, after, **more)
