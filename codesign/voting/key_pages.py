"""The pages of the two members who hold the key: shown once, typed back, handed in; and the desk that names them."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import flask
from flask import flash, redirect, render_template, url_for
from sqlalchemy.orm import Session

from codesign.db import db
from codesign.panels.hooks import Todo, hooks
from codesign.panels.queries import RoundView
from codesign.voting import desk_labels, halves, key_queries, scrutineers
from codesign.voting.blueprint import bp, find_for_desk, page_values, settings
from codesign.voting.domain import NotPrepared, State
from codesign.web.access import Access, access, me
from codesign.web.clock import now
from codesign.web.forms import CheckboxesField, Form, StringField, bad, filled
from codesign.web.i18n import _, _l


class HalfForm(Form):
    """Forty digits, as they stand on the paper."""

    half = StringField(_l("Your half of the key"), validators=filled(1, 200))


class ScrutineersForm(Form):
    """The two members who are asked."""

    members = CheckboxesField(_l("Who keeps the key?"), coerce=int)


@bp.record_once
def _join_home(state: Any) -> None:
    hooks(state.app).todo.insert(0, _todo)


def _todo(_session: Session, view: RoundView) -> Todo | None:
    """Write the half down before the vote; bring it after the deadline. Before anything else: others wait for it."""
    if view.membership is None:
        return None
    for held in key_queries.held_by(db.session(), view.round.id, view.membership.person_id):
        href = url_for("voting.key", ballot_id=held.ballot_id)
        if held.state is State.PREPARED and not held.confirmed:
            words = _("Two members keep the key of the next vote. You are one of them.")
            return Todo(_("Write down your half of the key"), words, _("Go on"), href, ("key", "hand-heart"))
        if held.state is State.OPEN and held.deadline <= now() and not held.handed_in:
            words = _("The vote is over. It can be counted with your half of the key.")
            return Todo(_("Bring your half of the key"), words, _("Go on"), href, ("key", "scales"))
    return None


def _find(ballot_id: int) -> Any:
    found = key_queries.key_for(db.session(), ballot_id, me().id)
    if found is None:
        flask.abort(404)
    return found


def _page(ballot_id: int, form: HalfForm, **more: Any) -> dict[str, Any]:
    ballot, round_, _membership, held = _find(ballot_id)
    local = ballot.deadline.astimezone(ZoneInfo(round_.panel.municipality.timezone))
    return {
        "ballot": ballot, "round": round_, "held": held, "form": form, "State": State, "half": "",
        "over": ballot.is_over(now()), "until": local.date(), "until_time": local.strftime("%H:%M"), **more,
    }  # fmt: skip


@bp.get("/vote/<int:ballot_id>/key")
@access(Access.MEMBER)
def key(ballot_id: int) -> Any:
    """Where this half stands, and the next step with it."""
    return render_template("voting/key.html", **_page(ballot_id, HalfForm(formdata=None)))


@bp.post("/vote/<int:ballot_id>/key/make")
@access(Access.MEMBER)
def make_key(ballot_id: int) -> Any:
    """Make a half and show it, in this answer and never again: no address could show it a second time."""
    _ballot, round_, membership, _held = _find(ballot_id)
    half = scrutineers.make_half(db.session(), ballot_id, round_, membership, now=now())
    return render_template("voting/key.html", **_page(ballot_id, HalfForm(formdata=None), half=halves.spaced(half)))


@bp.post("/vote/<int:ballot_id>/key")
@access(Access.MEMBER)
def use_key(ballot_id: int) -> Any:
    """What she typed from her paper: right before the vote, only looked at during it, handed in after it."""
    ballot, round_, membership, _held = _find(ballot_id)
    form, session, at = HalfForm(), db.session(), now()
    if not form.validate_on_submit():
        return bad("voting/key.html", **_page(ballot_id, form))
    try:
        if ballot.state is State.OPEN and ballot.is_over(at):
            scrutineers.hand_in(
                session, ballot_id, round_, membership, form.half.data, key_folder=settings().keys, now=at
            )
            flash(_("Your half is in. Thank you."))
        else:
            scrutineers.confirm_half(session, ballot_id, round_, membership, form.half.data, now=at)
            flash(_("This is your half. You have it right."))
    except scrutineers.WrongHalf:
        form.half.errors = [_("This is not your half of this key. Look at the numbers again.")]
        return bad("voting/key.html", **_page(ballot_id, form))
    return redirect(url_for("voting.key", ballot_id=ballot_id), 303)


@bp.route("/desk/votes/<int:ballot_id>/keys", methods=["GET", "POST"])
@access(Access.MODERATOR)
def desk_keys(ballot_id: int) -> Any:
    """Ask two members to hold the key, and see how far they are; never what they hold."""
    view, mine = find_for_desk(ballot_id)
    session = db.session()
    held = key_queries.holders(session, ballot_id)
    form = ScrutineersForm(data={"members": [person.id for _held, person in held]})
    people = key_queries.may_hold_keys(session, view.panel.id)
    form.members.choices = [(p.id, p.pseudonym) for p in people]
    page = {"form": form, "held": held, "over": view.ballot.is_over(now()), **page_values(view)}
    if flask.request.method == "GET":
        return render_template("voting/desk_keys.html", **page)
    if not form.validate_on_submit():
        return bad("voting/desk_keys.html", **page)
    try:
        scrutineers.name_scrutineers(session, view.ballot, view.round, mine, form.members.data or [], now=now())
    except NotPrepared as error:
        form.members.errors = [desk_labels.missing_words(error)]
        return bad("voting/desk_keys.html", **page)
    flash(_("Saved."))
    return redirect(url_for("voting.desk_keys", ballot_id=ballot_id), 303)
