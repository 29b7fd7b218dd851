"""Entering sheets, one of two people: code, choice, the next; then where the two differ, settled one by one."""

from __future__ import annotations

from typing import Any

import flask
from flask import flash, redirect, render_template, url_for

from codesign.db import db, read_mode
from codesign.panels.queries import facts
from codesign.room import entering, queries
from codesign.room.blueprint import bp
from codesign.room.domain import Fault, NotInTheRoom, Sheet, differences
from codesign.room.forms import SheetForm
from codesign.room.labels import fault_words
from codesign.room.models import RoomBatch
from codesign.rules.permissions import Action, Reason, Refused, why_not
from codesign.voting import choosing, codes, keys, marks
from codesign.voting.blueprint import find, page_values, settings
from codesign.voting.domain import NotCast, Opening, Problem, State
from codesign.voting.labels import letters
from codesign.voting.queries import BallotView
from codesign.web.access import Access, access, me
from codesign.web.clock import now
from codesign.web.i18n import _

_AT_THE_CODE = {Fault.NO_CODE, Fault.TWICE, Fault.HAS_VOTED, Fault.TOO_MANY}


def _find(ballot_id: int) -> BallotView:
    """The ballot whose sheets are entered now; whoever may not enter them is told why."""
    view = find(ballot_id)
    known = facts(view.round, view.membership, time_is_up=view.ballot.is_over(now()))
    if reason := why_not(Action.ENTER_SHEETS, known):
        raise Refused(reason)
    if view.ballot.opened_at is None:
        flask.abort(404)
    return view


def _waits(view: BallotView) -> bool:
    return view.ballot.state is State.OPEN and view.ballot.room_is_open


def _batches(view: BallotView) -> tuple[RoomBatch | None, bool]:
    """This person's seat, and whether both are done."""
    found = queries.batches(db.session(), view.ballot.id)
    return next((b for b in found if b.person_id == me().id), None), entering.both_done(found)


def _secret(view: BallotView) -> bytes:
    return keys.load(settings().keys, view.ballot.key_name).codes


def _page(view: BallotView, form: SheetForm | None = None, **more: Any) -> str:
    """The seat, the sheet to enter, what was entered by this person, and (when both are done) the differences."""
    mine, both = _batches(view)
    page: dict[str, Any] = {"mine": mine, "both": both, "problem": "", "again": False, "spaced": codes.spaced}
    if mine is not None:
        secret, opening = _secret(view), view.opening()
        first, second = entering.read_sheets(db.session(), view.ballot.id, secret)
        own = first if mine.place == 1 else second
        page["own"] = [(code, _words(opening, sheet)) for code, sheet in own.items()]
        if both:
            page["differ"] = [
                (d.code, _words(opening, d.of(mine.place)), _words(opening, d.of(3 - mine.place)))
                for d in differences(first, second)
            ]
        form = form or SheetForm(formdata=None)
        chosen, wrong = more.pop("chosen", ()), more.pop("wrong", None)
        page["c"] = choosing.choosing(opening, chosen, order=_in_order(opening), problem=wrong, reason=form.reason)
        page["form"], page["letters"] = form, letters(opening)
    return render_template("room/papers.html", **page_values(view), **(page | more))


def _in_order(opening: Opening) -> str:
    """Sheets of paper are entered in the order in which the options stand there."""
    return ",".join(opening.option_keys())


def _words(opening: Opening, sheet: Sheet | None) -> Any:
    """A sheet in words: what was chosen, "spoiled", or None where it was not entered."""
    if sheet is None or sheet.spoiled:
        return sheet and "spoiled"
    return choosing.in_words(opening, sheet.marks, order=_in_order(opening), reason=sheet.reason)


@bp.get("/vote/<int:ballot_id>/sheets")
@access(Access.SIGNED_IN)
def papers(ballot_id: int) -> Any:
    """Where one of the two enters the sheets."""
    view = _find(ballot_id)
    if not _waits(view):
        return redirect(url_for("voting.ballot" if not view.moderator else "room.desk", ballot_id=ballot_id), 303)
    return _page(view)


@bp.post("/vote/<int:ballot_id>/sheets/begin")
@access(Access.SIGNED_IN)
def begin(ballot_id: int) -> Any:
    """Take one of the two seats."""
    view = _find(ballot_id)
    try:
        entering.begin(db.session(), ballot_id, view.round, view.membership, now=now())
    except NotInTheRoom as error:
        return _again(ballot_id, error.fault)
    return redirect(url_for("room.papers", ballot_id=ballot_id), 303)


@bp.post("/vote/<int:ballot_id>/sheets")
@access(Access.SIGNED_IN)
def enter(ballot_id: int) -> Any:
    """Enter one sheet, or correct it."""
    view, form = _find(ballot_id), SheetForm()
    chosen = choosing.posted(flask.request.form)
    again = flask.request.form.get("again") == "yes"
    wrong: Problem | None = None
    if form.validate():
        try:
            entering.enter_sheet(
                db.session(), ballot_id, view.round, view.membership, code=form.code.data or "", chosen=chosen,
                spoiled=bool(form.spoiled.data), reason=form.reason.data or "", key_folder=settings().keys, now=now(),
                again=again,
            )  # fmt: skip
            flash(_("Entered. The next sheet."))
            return redirect(url_for("room.papers", ballot_id=ballot_id), 303)
        except NotInTheRoom as error:
            field = form.code if error.fault in _AT_THE_CODE else form.spoiled
            if error.fault is Fault.NOT_YOUR_SEAT:
                return _again(ballot_id, error.fault)
            field.errors = [fault_words(error.fault)]
        except NotCast as error:
            wrong = error.problem
    with read_mode(db.session()):
        return _page(_find(ballot_id), form, chosen=chosen, wrong=wrong, again=again), 422


@bp.post("/vote/<int:ballot_id>/sheets/open")
@access(Access.SIGNED_IN)
def open_sheet(ballot_id: int) -> Any:
    """One's own sheet in the form again, to correct it; nothing is written, and no code stands in an address."""
    with read_mode(db.session()):
        view = _find(ballot_id)
        mine, _both = _batches(view)
        code = flask.request.form.get("code", "")[:60]
        own = entering.read_sheets(db.session(), ballot_id, _secret(view))[mine.place - 1] if mine else {}
        if code not in own:
            return redirect(url_for("room.papers", ballot_id=ballot_id), 303)
        sheet, opening = own[code], view.opening()
        form = SheetForm(
            formdata=None, data={"code": codes.spaced(code), "reason": sheet.reason, "spoiled": sheet.spoiled}
        )
        return _page(view, form, chosen=marks.written(opening, sheet.marks), again=True)


@bp.post("/vote/<int:ballot_id>/sheets/settle")
@access(Access.SIGNED_IN)
def settle(ballot_id: int) -> Any:
    """Take a sheet out (`remove`), agree with the other about one (`other`), or say that these are all (`done`)."""
    view, session, step = _find(ballot_id), db.session(), flask.request.form.get("step")
    code, folder = flask.request.form.get("code", "")[:60], settings().keys
    who = (session, ballot_id, view.round, view.membership)
    try:
        if step == "done":
            entering.say_done(*who, now=now())
        elif step == "other":
            entering.take_other(*who, code=code, key_folder=folder, now=now())
        elif step == "remove":
            entering.remove_sheet(*who, code=code, key_folder=folder, now=now())
    except NotInTheRoom as error:
        return _again(ballot_id, error.fault)
    return redirect(url_for("room.papers", ballot_id=ballot_id), 303)


def _again(ballot_id: int, fault: Fault) -> Any:
    with read_mode(db.session()):
        view = _find(ballot_id)
        if not _waits(view):
            raise Refused(Reason.WRONG_STATE)
        return _page(view, problem=fault_words(fault)), 409
