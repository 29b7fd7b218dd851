"""The page of the one member who is asked to look at a vote before it opens: as it will look, and right or not yet."""

from __future__ import annotations

from typing import Any

import flask
from flask import flash, redirect, render_template, url_for
from sqlalchemy.orm import Session

from codesign.db import db
from codesign.panels.hooks import Todo, hooks
from codesign.panels.queries import RoundView
from codesign.rules.phases import Phase
from codesign.voting import desk_queries, desk_rows, preparing
from codesign.voting.blueprint import bp, page_values
from codesign.voting.choosing import choosing
from codesign.voting.desk_forms import NotYetForm
from codesign.voting.desk_labels import missing_words
from codesign.voting.domain import NotPrepared
from codesign.voting.forms import VoteForm
from codesign.voting.queries import BallotView
from codesign.web.access import Access, access, me
from codesign.web.clock import now
from codesign.web.forms import Form, HiddenField, bad, optional
from codesign.web.i18n import _, current_lang


class YesForm(Form):
    """It is right; nothing is typed. seen: to what, see `preparing.seen`."""

    seen = HiddenField(validators=optional(64))


@bp.record_once
def _join_home(state: Any) -> None:
    hooks(state.app).todo.insert(0, _todo)


def _todo(session: Session, view: RoundView) -> Todo | None:
    """Somebody waits for this member's eyes: before anything else."""
    if view.membership is None or view.round.phase not in {Phase.DISCUSSING, Phase.VOTING}:
        return None
    ballot_id = desk_queries.waits_for_check_by(session, view.membership.person_id, view.round.id)
    if ballot_id is None:
        return None
    href = flask.url_for("voting.check", ballot_id=ballot_id)
    words = _("The moderators ask you to read a vote before it opens. Is it clear?")
    return Todo(_("Look at a vote first"), words, _("Look"), href, ("magnifying-glass", "check"))


def _find(ballot_id: int) -> BallotView:
    """The ballot, for exactly the member who is asked; anybody else gets the same 404 as for none."""
    view = desk_queries.asked_to_check(db.session(), me().id, ballot_id)
    if view is None:
        flask.abort(404)
    flask.g.panel = view.panel
    return view


def _page(view: BallotView, form: NotYetForm) -> dict[str, Any]:
    opening = desk_rows.preview(view.ballot)
    return {
        "form": form, "yes": YesForm(formdata=None, data={"seen": preparing.seen(view.ballot)}),
        "choose_from": choosing(opening, reason=VoteForm(formdata=None).reason),
        "beside": desk_rows.in_other_languages(view.ballot), **page_values(view),
    }  # fmt: skip


@bp.get("/vote/<int:ballot_id>/check")
@access(Access.MEMBER)
def check(ballot_id: int) -> Any:
    """Question and options as they will look, and what this member said of them."""
    return render_template("voting/check.html", **_page(_find(ballot_id), NotYetForm(formdata=None)))


@bp.post("/vote/<int:ballot_id>/check/right")
@access(Access.MEMBER)
def check_right(ballot_id: int) -> Any:
    """It is right."""
    view = _find(ballot_id)
    yes = YesForm()
    if not yes.validate_on_submit():
        return bad("voting/check.html", **_page(view, NotYetForm(formdata=None)))
    try:
        preparing.check_ballot(
            db.session(), view.ballot, view.round, view.membership, now=now(), read=yes.seen.data or ""
        )  # fmt: skip
    except NotPrepared as error:
        # Something is missing that the moderators must fill in: they see it at its place on the desk.
        db.session().rollback()
        if str(error) == "changed":
            page = _page(_find(ballot_id), NotYetForm(formdata=None))
            page["yes"].seen.errors = [missing_words(error)]
            return bad("voting/check.html", **page)
        flash(_("The moderators must still fill something in. We ask you again."), "warm")
        return redirect(url_for("voting.check", ballot_id=ballot_id), 303)
    flash(_("Thank you. The moderators see that you find it right."))
    return redirect(url_for("voting.check", ballot_id=ballot_id), 303)


@bp.post("/vote/<int:ballot_id>/check/not-yet")
@access(Access.MEMBER)
def check_not_yet(ballot_id: int) -> Any:
    """Not yet, because: the moderators read the words."""
    view, form = _find(ballot_id), NotYetForm()
    if not form.validate_on_submit():
        return bad("voting/check.html", **_page(view, form))
    preparing.say_not_yet(
        db.session(), view.ballot, view.round, view.membership, words=form.note.data, language=current_lang(),
        now=now(),
    )  # fmt: skip
    flash(_("Thank you. The moderators read your words."))
    return redirect(url_for("voting.check", ballot_id=ballot_id), 303)
