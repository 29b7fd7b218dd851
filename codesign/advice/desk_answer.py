"""The moderator's page about an answer: more time, the panel's reply in words, and what newcomers found of promises."""

from __future__ import annotations

from datetime import date
from typing import Any

import flask
from flask_babel import force_locale

from codesign.advice import answer_queries, answering, fate_queries, fitting
from codesign.advice.answer_forms import FindingForm, MoreTimeAnswerForm, reply_form
from codesign.advice.blueprint import bp, end_of, find, key_folder
from codesign.advice.fate_queries import Standing
from codesign.advice.fates import from_record
from codesign.advice.forms import DeadlineForm
from codesign.advice.queries import AdviceView
from codesign.db import db
from codesign.documents.domain import DocumentError
from codesign.responses.after_queries import aftermath, extensions
from codesign.responses.aftermath import Aftermath
from codesign.responses.domain import Asked
from codesign.rules.permissions import Reason, Refused
from codesign.voting.domain import NotPrepared
from codesign.web.access import Access, access
from codesign.web.clock import now, today
from codesign.web.i18n import COMPLETE, _, _l, current_lang

_FITS = _l("Does this fit what you need?")


def _find(advice_id: int) -> AdviceView:
    """A sent advice of a panel one moderates; before it is sent there is nothing to answer."""
    view = find(advice_id, moderator=True)
    if view.sent_digest is None:
        flask.abort(flask.redirect(flask.url_for("advice.overview", advice_id=advice_id), 303))
    return view


def after_of(view: AdviceView) -> Aftermath | None:
    """What came after this advice was sent; None when the record cannot be read now."""
    place, number = _named(view)
    return from_record(lambda: aftermath(db.session(), place, number))


def after_for_members(view: AdviceView, standing: Standing | None) -> Aftermath | None:
    """What members read of it: of an answer, what came of it; before there is one, requests for more time."""
    if standing is None:
        return None
    place, number = _named(view)
    if standing.answer is not None:
        return from_record(lambda: aftermath(db.session(), place, number, standing.documents, whole=False))
    return from_record(lambda: Aftermath(more_time=extensions(db.session(), place, number)))


def _named(view: AdviceView) -> tuple[str, str]:
    return view.place.code, f"{view.advice.year}-{view.advice.serial}"


def _answer(view: AdviceView) -> dict[str, Any] | None:
    """The delivered answer, when there is one and the record can be read."""
    digest = view.sent_digest or ""
    return (from_record(lambda: fate_queries.answers(db.session(), [digest])) or {}).get(digest)


class _Page:
    """The three forms of the page; the one that was sent stays as it was typed."""

    def __init__(self, view: AdviceView) -> None:
        self.view, self.answer, self.after = view, _answer(view), after_of(view)
        day = today(view.place.timezone)
        self.fit = fitting.fit_of(db.session(), view.round.id)
        self.until = DeadlineForm(today=day, prefix="fit-")
        self.time = MoreTimeAnswerForm(today=day, prefix="time-")
        codes = list(dict.fromkeys([*view.panel.languages, view.advice.language]))
        self.reply = reply_form(codes)(today=day, prefix="reply-")
        if not self.reply.language.data:
            self.reply.language.data = current_lang() if current_lang() in codes else codes[0]
        self.votes = answer_queries.follow_up_votes(db.session(), view.panel.id, view.round.id)
        self.finding = FindingForm(prefix="finding-")
        self.finding.vote.choices = [(str(b.id), b.question) for b in self.votes]
        self.finding.promise.choices = [
            (f"{part['recommendation']}-{n}", f"{part['recommendation']}: {p['action']}")
            for part in (self.answer or {}).get("parts", []) for n, p in enumerate(part["promises"], start=1)
        ]  # fmt: skip

    @property
    def asked_until(self) -> date | None:
        """The day the municipality asks for, while it waits for the panel."""
        waits = [m for m in (self.after.more_time if self.after else ()) if m.state is Asked.ASKED]
        said = answer_queries.said(db.session(), "extension", self.view.sent_digest or "")
        open_ = [m.until for m in waits if m.until.isoformat() not in {d["until"] for d in said}]
        return open_[-1] if open_ else None

    def show(self, status: int = 200, problem: str = "") -> Any:
        """The page."""
        replied = answer_queries.said(db.session(), "reply", self.view.sent_digest or "")
        html = flask.render_template(
            "advice/after_answer.html", view=self.view, page=self, answer=self.answer, after=self.after,
            replied=replied[0] if replied else None, problem=problem,
        )  # fmt: skip
        return html if status == 200 else (html, status)

    def done(self, sentence: str) -> Any:
        """Say so, and show the page anew."""
        flask.flash(sentence)
        return flask.redirect(flask.url_for("advice.after_answer", advice_id=self.view.advice.id), 303)

    @property
    def answer_digest(self) -> str | None:
        """The digest of what was delivered."""
        return self.answer["digest"] if self.answer else None


@bp.get("/desk/advice/<int:advice_id>/answer")
@access(Access.MODERATOR)
def after_answer(advice_id: int) -> Any:
    """What the panel can say about the answer, and what it said."""
    return _Page(_find(advice_id)).show()


@bp.post("/desk/advice/<int:advice_id>/answer/time")
@access(Access.MODERATOR)
def answer_more_time(advice_id: int) -> Any:
    """Say yes or no to more time, as the panel decided."""
    page = _Page(_find(advice_id))
    until = page.asked_until
    if until is None:
        raise Refused(Reason.WRONG_STATE)
    if not page.time.validate_on_submit():
        return page.show(422)
    answering.answer_more_time(
        db.session(), page.view, until=until, agreed=page.time.agreed.data == "yes",
        decided_on=page.time.decided_on.data, answered=page.answer is not None, now=now(),
    )  # fmt: skip
    return page.done(_("What the panel said is on its way to the municipality."))


@bp.post("/desk/advice/<int:advice_id>/answer/reply")
@access(Access.MODERATOR)
def reply_to_answer(advice_id: int) -> Any:
    """Send the panel's reply in words, once."""
    page = _Page(_find(advice_id))
    if not page.reply.validate_on_submit():
        return page.show(422)
    try:
        answering.reply_to_answer(
            db.session(), page.view, answer=page.answer_digest, texts=page.reply.texts(),
            agreed_on=page.reply.agreed_on.data, now=now(),
        )  # fmt: skip
    except DocumentError as error:
        return page.show(422, _("It cannot be sent like this: %(faults)s", faults=str(error)))
    return page.done(_("The reply of the panel is on its way to the municipality."))


@bp.post("/desk/advice/<int:advice_id>/answer/fit")
@access(Access.MODERATOR)
def ask_fit(advice_id: int) -> Any:
    """Ask members of each measure whether it fits what they need, in one secret vote."""
    page = _Page(_find(advice_id))
    if page.answer is None:
        raise Refused(Reason.NOT_ANSWERED_YET)
    if not page.until.validate_on_submit():
        return page.show(422)
    try:
        fitting.ask_fit(
            db.session(), page.view, answer=page.answer, question=str(_FITS), language=current_lang(),
            translations=_said_in_each(), deadline=end_of(page.until.until.data, page.view.place.timezone),
            key_folder=key_folder(), now=now(),
        )  # fmt: skip
    except NotPrepared:
        return page.show(422, _("There is nobody yet who can vote."))
    return page.done(_("The vote is open."))


def _said_in_each() -> dict[str, str]:
    """The question in every language the house speaks."""
    said = {}
    for code in COMPLETE:
        with force_locale(code):
            said[code] = str(_FITS)
    return said


@bp.post("/desk/advice/<int:advice_id>/answer/finding")
@access(Access.MODERATOR)
def send_finding(advice_id: int) -> Any:
    """Tell the record what newcomers found of a promise."""
    page = _Page(_find(advice_id))
    if not page.finding.validate_on_submit():
        return page.show(422)
    ballot = next(b for b in page.votes if str(b.id) == page.finding.vote.data)
    recommendation, promise = (int(n) for n in page.finding.promise.data.split("-"))
    answering.send_finding(
        db.session(), page.view, ballot, answer=page.answer_digest, recommendation=recommendation,
        promise=promise, now=now(),
    )  # fmt: skip
    return page.done(_("What newcomers found is on its way to the public page."))
