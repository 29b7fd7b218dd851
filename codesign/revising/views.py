"""The moderator's page for when something in a sent advice is wrong, and each version as it was sent."""

from __future__ import annotations

from typing import Any

import flask

from codesign.advice.blueprint import end_of, find, key_folder
from codesign.advice.queries import AdviceView
from codesign.advice.sending import TextChanged
from codesign.db import db
from codesign.documents.domain import DocumentError, parse
from codesign.revising import correcting, queries, taking_back
from codesign.revising.blueprint import bp as bp
from codesign.revising.blueprint import revision
from codesign.revising.forms import CorrectionForm, TakeBackForm
from codesign.rules.permissions import Refused
from codesign.voting.domain import NotPrepared
from codesign.web.access import Access, access
from codesign.web.clock import now, today
from codesign.web.i18n import _, current_lang
from codesign.web.labels import REASONS


def _find(advice_id: int) -> AdviceView:
    """A sent advice of a panel one moderates; before it is sent there is nothing to take back."""
    view = find(advice_id, moderator=True)
    if view.sent_digest is None:
        flask.abort(flask.redirect(flask.url_for("advice.overview", advice_id=advice_id), 303))
    return view


def _answered(view: AdviceView) -> bool:
    """Whether the answer is there, as far as can be seen now; if not, the record itself refuses what comes too late."""
    return bool(queries.answered(db.session(), view.advice))


def _page(view: AdviceView, *, back: Any = None, new: Any = None, status: int = 200, problem: str = "") -> Any:
    day = today(view.place.timezone)
    news = revision(view)
    said = news.correction.reason if news.correction is not None and view.correcting else ""
    html = flask.render_template(
        "revising/desk.html", view=view, news=news, answered=queries.answered(db.session(), view.advice),
        back_form=back or TakeBackForm(formdata=None, today=day), problem=problem,
        new_form=new or CorrectionForm(formdata=None, data={"reason": said}),
        versions=queries.versions(db.session(), view.advice.id),
    )  # fmt: skip
    return html if status == 200 else (html, status)


def _done(view: AdviceView, sentence: str) -> Any:
    flask.flash(sentence)
    return flask.redirect(flask.url_for("revising.desk", advice_id=view.advice.id), 303)


@bp.get("/desk/advice/<int:advice_id>/wrong")
@access(Access.MODERATOR)
def desk(advice_id: int) -> Any:
    """What can be done when something in a sent advice is wrong."""
    return _page(_find(advice_id))


@bp.post("/desk/advice/<int:advice_id>/wrong/take-back")
@access(Access.MODERATOR)
def ask(advice_id: int) -> Any:
    """Ask the panel to take the advice back."""
    view = _find(advice_id)
    form = TakeBackForm(today=today(view.place.timezone))
    if not form.validate_on_submit():
        return _page(view, back=form, status=422)
    try:
        taking_back.ask(
            db.session(), view, reason=form.reason.data, language=current_lang(), answered=_answered(view),
            question=_("Do we take our advice back?"), deadline=end_of(form.until.data, view.place.timezone),
            key_folder=key_folder(), now=now(),
        )  # fmt: skip
    except NotPrepared:
        return _page(view, back=form, status=422, problem=_("There is nobody yet who can vote."))
    except Refused as refused:
        return _page(view, back=form, status=409, problem=str(REASONS[refused.reason]))
    return _done(view, _("The vote is open."))


@bp.post("/desk/advice/<int:advice_id>/wrong/settle")
@access(Access.MODERATOR)
def settle(advice_id: int) -> Any:
    """Take over what the closed vote says; nobody decides anything here."""
    view = _find(advice_id)
    ended = taking_back.settle(db.session(), advice_id, answered=_answered(view), now=now())
    if ended is None:
        return _page(view, status=409, problem=_("The vote is not closed yet."))
    return _done(view, _("The result was taken over."))


@bp.post("/desk/advice/<int:advice_id>/wrong/correct")
@access(Access.MODERATOR)
def correct(advice_id: int) -> Any:
    """Open the next version as a draft, or say better what is corrected."""
    view, form = _find(advice_id), CorrectionForm()
    if not form.validate_on_submit():
        return _page(view, new=form, status=422)
    try:
        if view.correcting:
            correcting.say_why(db.session(), view, reason=form.reason.data, now=now())
            return _done(view, _("Saved."))
        correcting.begin(db.session(), view, reason=form.reason.data, answered=_answered(view), now=now())
    except Refused as refused:
        return _page(view, new=form, status=409, problem=str(REASONS[refused.reason]))
    flask.flash(_("You can write the new text now. What was sent stands meanwhile."))
    return flask.redirect(flask.url_for("advice.editor", advice_id=advice_id, section="cover"), 303)


@bp.post("/desk/advice/<int:advice_id>/wrong/send")
@access(Access.MODERATOR)
def send(advice_id: int) -> Any:
    """Send the corrected version; sending twice sends the same document."""
    view = _find(advice_id)
    try:
        correcting.send(db.session(), view, answered=_answered(view), now=now())
    except TextChanged:
        return _page(view, status=409, problem=_("The text is not the one the panel adopted. Nothing was sent."))
    except DocumentError as error:
        return _page(view, status=422, problem=_("It cannot be sent like this: %(faults)s", faults=str(error)))
    except Refused as refused:
        return _page(view, status=409, problem=str(REASONS[refused.reason]))
    return _done(view, _("The corrected advice is on its way to the municipality."))


@bp.post("/desk/advice/<int:advice_id>/wrong/drop")
@access(Access.MODERATOR)
def drop(advice_id: int) -> Any:
    """Give the correction up."""
    view = _find(advice_id)
    try:
        correcting.drop(db.session(), view, now=now())
    except Refused as refused:
        return _page(view, status=409, problem=str(REASONS[refused.reason]))
    return _done(view, _("The correction was dropped. What was sent stands."))


@bp.get("/advice/<int:advice_id>/sent/<int:n>")
@access(Access.MEMBER)
def as_sent(advice_id: int, n: int) -> Any:
    """One version of the advice, word by word as it was sent."""
    view = find(advice_id)
    there = queries.versions(db.session(), view.advice.id)
    found = next((v for v in there if v.version == n), None)
    if found is None:
        flask.abort(404)
    return flask.render_template(
        "revising/as_sent.html", view=view, d=parse("advice", found.payload), version=found, newest=there[0].version,
        others=[v.version for v in there if v is not found], short=_short,
    )  # fmt: skip


def _short(document: dict[str, Any]) -> dict[str, Any]:
    """The short version in the reader's language, or as it was written."""
    passages: list[dict[str, Any]] = document["in_short"]
    return next((p for p in passages if p["language"] == current_lang()), passages[0])
