"""The moderator's pages of the room: who votes there, the list at the table, tablets, and the papers after the end."""

from __future__ import annotations

from typing import Any

import flask
from flask import flash, redirect, render_template, url_for

from codesign.credentials import passwords
from codesign.db import db, read_mode
from codesign.room import actions, entering, queries, tablets
from codesign.room.blueprint import bp
from codesign.room.domain import NotInTheRoom
from codesign.room.forms import DigitsForm, WhoForm, four_digits
from codesign.room.labels import fault_words
from codesign.room.on_tablet import give_out
from codesign.rules.roles import Role
from codesign.voting.blueprint import find_for_desk, page_values, settings
from codesign.voting.domain import State
from codesign.voting.keys import KeysMissing
from codesign.voting.queries import BallotView, room_count
from codesign.web.access import Access, access
from codesign.web.clock import now
from codesign.web.forms import bad
from codesign.web.i18n import _, current_lang
from codesign.web.labels import role_words


def _who(view: BallotView, form: WhoForm | None = None) -> dict[str, Any]:
    """The form to note who votes in the room, ticked as it was noted."""
    found = queries.candidates(db.session(), view.panel.id, view.ballot.id, view.round.residents_vote)
    if form is None:
        form = WhoForm(formdata=None, data={"people": [c.person.id for c in found if c.noted]})
    form.people.choices = [(c.person.id, c.person.name) for c in found]
    about = {c.person.id: {"hint": role_words(c.role)} for c in found if c.role is Role.RESIDENT}
    return {"form": form, "about": about, **page_values(view)}


def _page(view: BallotView, **more: Any) -> dict[str, Any]:
    session, ballot = db.session(), view.ballot
    batches = queries.batches(session, ballot.id)
    return {
        "people": room_count(session, ballot.id), "box": queries.box(session, ballot.id), "batches": batches,
        "both_done": entering.both_done(batches), "tablets": queries.tablets(session, ballot.id),
        "digits": DigitsForm(formdata=None), "over": ballot.is_over(now()), "problem": "", **page_values(view),
    } | more  # fmt: skip


@bp.get("/desk/votes/<int:ballot_id>/room")
@access(Access.MODERATOR)
def desk(ballot_id: int) -> Any:
    """Before opening: who votes in the room. Then: list, sheets, tablets. After the end: the papers."""
    view, _mine = find_for_desk(ballot_id)
    if view.ballot.state is State.PREPARED:
        return render_template("room/who.html", **_who(view))
    return render_template("room/desk.html", **_page(view))


@bp.post("/desk/votes/<int:ballot_id>/room")
@access(Access.MODERATOR)
def note_who(ballot_id: int) -> Any:
    """Keep who votes in the room."""
    view, mine = find_for_desk(ballot_id)
    form = WhoForm()
    page = _who(view, form)
    if not form.validate_on_submit():
        return bad("room/who.html", **page)
    actions.note_room_voters(db.session(), view.ballot, view.round, mine, form.people.data or [], now=now())
    flash(_("Saved."))
    return redirect(url_for("voting.desk_ballot", ballot_id=ballot_id), 303)


@bp.get("/desk/votes/<int:ballot_id>/room/list")
@access(Access.MODERATOR)
def table_list(ballot_id: int) -> Any:
    """Who votes in the room, to print: a box for the pen beside each name. What is ticked there goes nowhere."""
    view, _mine = find_for_desk(ballot_id)
    if view.ballot.opened_at is None:
        flask.abort(404)
    names = queries.names_in_room(db.session(), ballot_id)
    return render_template("room/list.html", names=names, **page_values(view))


@bp.post("/desk/votes/<int:ballot_id>/room/tablet")
@access(Access.MODERATOR)
def start_tablet(ballot_id: int) -> Any:
    """Give this device out for this vote: from now on it opens nothing else."""
    view, mine = find_for_desk(ballot_id)
    form = DigitsForm()
    if view.ballot.opened_at is None:
        flask.abort(404)
    if not form.validate_on_submit():
        return bad("room/desk.html", **_page(view, digits=form))
    digits = passwords.hash(four_digits(form.digits.data) or "", settings())
    try:
        made = tablets.start_tablet(
            db.session(), ballot_id, view.round, mine, digits_hash=digits, language=current_lang(), now=now()
        )
    except NotInTheRoom as error:
        with read_mode(db.session()):
            view, _mine = find_for_desk(ballot_id)
            return bad("room/desk.html", **_page(view, problem=fault_words(error.fault)))
    give_out(made.id)
    return redirect(url_for("room.tablet"), 303)


@bp.post("/desk/votes/<int:ballot_id>/room/tablets/<int:tablet_id>/stop")
@access(Access.MODERATOR)
def stop_tablet(ballot_id: int, tablet_id: int) -> Any:
    """A tablet that is out takes no more votes; it was lost, or its moderator left."""
    view, mine = find_for_desk(ballot_id)
    found = queries.tablet(db.session(), tablet_id)
    if found is None or found.ballot_id != view.ballot.id:
        flask.abort(404)
    tablets.leave_tablet(db.session(), found, view.round, mine, now=now())
    return redirect(url_for("room.desk", ballot_id=ballot_id), 303)


@bp.post("/desk/votes/<int:ballot_id>/room/again/<int:n>")
@access(Access.MODERATOR)
def start_over(ballot_id: int, n: int) -> Any:
    """Throw away what one of the two entered."""
    view, mine = find_for_desk(ballot_id)
    if view.ballot.opened_at is None or n not in (1, 2):
        flask.abort(404)
    entering.start_over(db.session(), ballot_id, view.round, mine, n, now=now())
    flash(_("Thrown away. Somebody else can begin."), "warm")
    return redirect(url_for("room.desk", ballot_id=ballot_id), 303)


@bp.post("/desk/votes/<int:ballot_id>/room/ready")
@access(Access.MODERATOR)
def ready(ballot_id: int) -> Any:
    """The room is ready: its votes are sealed with the others, and the vote is counted."""
    view, mine = find_for_desk(ballot_id)
    if view.ballot.opened_at is None:
        flask.abort(404)
    try:
        actions.settle_room(db.session(), ballot_id, view.round, mine, key_folder=settings().keys, now=now())
    except NotInTheRoom as error:
        problem = fault_words(error.fault)
    except KeysMissing:
        problem = _("The keys of this vote are gone. It cannot be counted. Make it void and vote again.")
    else:
        flash(_("The room is ready. The vote is counted within a minute."))
        return redirect(url_for("room.desk", ballot_id=ballot_id), 303)
    with read_mode(db.session()):
        view, _mine = find_for_desk(ballot_id)
        return render_template("room/desk.html", **_page(view, problem=problem)), 409
