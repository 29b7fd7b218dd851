"""The moderator's acts on a ballot: ask for a second look, check, open, extend, remind, count when over, make void."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, url_for

from codesign.db import db
from codesign.voting import actions, desk_queries, desk_rows, keys, preparing
from codesign.voting.blueprint import bp, find_for_desk, settings
from codesign.voting.desk_forms import AskForm, ExtendForm, NotYetForm, OpenForm, RightForm, VoidForm
from codesign.voting.desk_page import again, show
from codesign.voting.domain import Damaged, NotPrepared, State
from codesign.web.access import Access, access
from codesign.web.clock import now
from codesign.web.i18n import _, current_lang


def _back(ballot_id: int) -> Any:
    return redirect(url_for("voting.desk_ballot", ballot_id=ballot_id), 303)


def _missing(ballot_id: int, error: NotPrepared) -> Any:
    """The page once more, with what is missing at its place; nothing was written."""
    db.session().rollback()
    view, _mine = find_for_desk(ballot_id)
    form = desk_rows.filled(view)
    return again(view, form=form, missing=desk_rows.point_out(form, error))


@bp.post("/desk/votes/<int:ballot_id>/ask")
@access(Access.MODERATOR)
def ask_to_check(ballot_id: int) -> Any:
    """Ask one member to look at it before it opens."""
    view, mine = find_for_desk(ballot_id)
    preparing.must_be_prepared(view.ballot)
    ask = AskForm()
    ask.person.choices = desk_queries.can_be_asked(db.session(), view.panel.id)
    if not ask.validate_on_submit():
        return again(view, ask=ask)
    try:
        preparing.ask_to_check(db.session(), view.ballot, view.round, mine, ask.person.data, now=now())
    except LookupError:  # left the panel this moment
        abort(404)
    flash(_("Asked. The member sees it on the home page."))
    return _back(ballot_id)


@bp.post("/desk/votes/<int:ballot_id>/check")
@access(Access.MODERATOR)
def check_ballot(ballot_id: int) -> Any:
    """The second moderator finds it right."""
    view, mine = find_for_desk(ballot_id)
    right = RightForm()
    if not right.validate_on_submit():
        return again(view, right=right)
    try:
        preparing.check_ballot(db.session(), view.ballot, view.round, mine, now=now(), read=right.seen.data or "")
    except NotPrepared as error:
        return _missing(ballot_id, error)
    flash(_("Checked. It can be opened when the round votes."))
    return _back(ballot_id)


@bp.post("/desk/votes/<int:ballot_id>/not-yet")
@access(Access.MODERATOR)
def say_not_yet(ballot_id: int) -> Any:
    """The second moderator says what must change first."""
    view, mine = find_for_desk(ballot_id)
    not_yet = NotYetForm()
    if not not_yet.validate_on_submit():
        return again(view, not_yet=not_yet)
    preparing.say_not_yet(
        db.session(), view.ballot, view.round, mine, words=not_yet.note.data, language=current_lang(), now=now()
    )
    flash(_("The moderators read what must change."))
    return _back(ballot_id)


@bp.post("/desk/votes/<int:ballot_id>/open")
@access(Access.MODERATOR)
def open_ballot(ballot_id: int) -> Any:
    """Open it: from now on nothing of it changes but a later end."""
    view, mine = find_for_desk(ballot_id)
    sure = OpenForm()
    if view.ballot.state is State.OPEN:
        return _back(ballot_id)
    if not sure.validate_on_submit():
        return again(view, sure=sure)
    try:
        actions.open_ballot(db.session(), ballot_id, view.round, mine, key_folder=settings().keys, now=now())
    except NotPrepared as error:
        return _missing(ballot_id, error)
    flash(_("The vote is open. Nobody sees how it goes, and neither do you."))
    return _back(ballot_id)


@bp.post("/desk/votes/<int:ballot_id>/extend")
@access(Access.MODERATOR)
def extend_ballot(ballot_id: int) -> Any:
    """Give everybody more time, never less; the panel reads why."""
    view, mine = find_for_desk(ballot_id)
    extend = ExtendForm(timezone=view.panel.municipality.timezone)
    if not extend.validate_on_submit():
        return again(view, extend=extend)
    try:
        actions.extend_ballot(
            db.session(), ballot_id, view.round, mine, until=extend.until(), reason=extend.why.data,
            language=current_lang(), now=now(),
        )  # fmt: skip
    except NotPrepared as error:
        db.session().rollback()
        view, _mine = find_for_desk(ballot_id)
        return again(view, extend=extend, missing=desk_rows.point_out(extend, error))
    flash(_("There is more time now. The panel reads why."))
    return _back(ballot_id)


@bp.post("/desk/votes/<int:ballot_id>/remind")
@access(Access.MODERATOR)
def remind(ballot_id: int) -> Any:
    """Remind everybody alike; the page then has a text to copy."""
    view, mine = find_for_desk(ballot_id)
    actions.remind(db.session(), ballot_id, view.round, mine, now=now())
    flash(_("Below is a text to copy into the chat group."))
    return _back(ballot_id)


@bp.post("/desk/votes/<int:ballot_id>/close")
@access(Access.MODERATOR)
def close_ballot(ballot_id: int) -> Any:
    """Count a vote whose deadline has passed, when the schedule stands still."""
    view, mine = find_for_desk(ballot_id)
    try:
        actions.close_ballot(db.session(), ballot_id, view.round, mine, key_folder=settings().keys, now=now())
    except (keys.KeysMissing, Damaged):
        db.session().rollback()
        view, _mine = find_for_desk(ballot_id)
        return show(view, broken=True), 409
    flash(_("The vote is counted."))
    return redirect(url_for("voting.result", ballot_id=ballot_id), 303)


@bp.post("/desk/votes/<int:ballot_id>/void")
@access(Access.MODERATOR)
def void_ballot(ballot_id: int) -> Any:
    """Make it void, with a reason the panel reads."""
    view, mine = find_for_desk(ballot_id)
    void = VoidForm()
    if not void.validate_on_submit():
        return again(view, void=void)
    actions.void_ballot(
        db.session(), ballot_id, view.round, mine, reason=void.reason.data, language=current_lang(), now=now()
    )
    flash(_("The vote is void. The panel reads why."), "warm")
    return _back(ballot_id)
