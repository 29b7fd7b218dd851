"""Voting, one question a screen: choose, look again with the vote code, vote; nothing of a choice is in an address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

import flask
from flask import redirect, render_template, url_for

from codesign.db import db, read_mode, writing
from codesign.rules.permissions import Facts, Reason, Refused, why_not
from codesign.rules.roles import Role
from codesign.voting import (
    actions,
    check,
    choosing,
    closing,
    codes,
    desk,
    desk_life,
    key_pages,
    keys,
    marks,
    outside_pages,
    queries,
    results,
)
from codesign.voting.blueprint import bp, delays, find, page_values, settings
from codesign.voting.domain import ANSWERS, FEW, Damaged, Kind, Method, NotCast, Problem, State
from codesign.voting.forms import VoteForm
from codesign.voting.labels import ideas, problem_words
from codesign.voting.methods import METHODS
from codesign.voting.queries import BallotView
from codesign.web.access import Access, access, me
from codesign.web.clock import now
from codesign.web.labels import reason_words

__all__ = ["bp", "check", "desk", "desk_life", "key_pages", "outside_pages", "results"]

_CODES = {Problem.CODE_WRONG, Problem.CODE_TAKEN, Problem.CODE_NEEDED, Problem.TOO_FAST}


@bp.get("/vote/<int:ballot_id>")
@access(Access.MEMBER)
def ballot(ballot_id: int) -> Any:
    """The question, or what became of it."""
    view = find(ballot_id)
    if view.membership.role is Role.RESIDENT and view.twin_id is not None:
        return redirect(url_for("voting.ballot", ballot_id=view.twin_id))
    shut = _shut(view)
    if shut is not None:
        return shut
    reason = why_not(actions.CAST[view.ballot.kind], _facts(view))
    if reason is not None:
        return render_template(
            "voting/look.html",
            reason=reason_words(reason),
            choices=ideas(view.opening()),
            in_room=view.in_room,
            **_news(view),
            **page_values(view),
        )
    return _question(view, VoteForm(formdata=None), ())


@bp.post("/vote/<int:ballot_id>")
@access(Access.MEMBER)
def vote(ballot_id: int) -> Any:
    """Look at the choice again, change it, or cast it."""
    step, form = flask.request.form.get("step"), VoteForm()
    chosen = choosing.posted(flask.request.form)
    if step == "cast":
        return _cast(ballot_id, form, chosen)
    with read_mode(db.session()):
        view = find(ballot_id)
        shut = _shut(view)
        if shut is not None:
            return (shut, 409) if isinstance(shut, str) else shut
        reason = why_not(actions.CAST[view.ballot.kind], _facts(view))
        if reason is not None:
            raise Refused(reason)
        return _question(view, form, chosen) if step == "change" else _look(view, form, chosen)


@bp.get("/vote/<int:ballot_id>/done")
@access(Access.MEMBER)
def done(ballot_id: int) -> Any:
    """The same words after a first vote, a change and a repetition."""
    view = find(ballot_id)
    if not view.voted:
        return redirect(url_for("voting.ballot", ballot_id=ballot_id))
    _place, mine = queries.question_place(db.session(), view, now())
    following = next((b for b in mine if not b.voted), None)
    return render_template("voting/done.html", following=following, open=view.accepts(now()), **page_values(view))


@bp.get("/vote/<int:ballot_id>/how")
@access(Access.SIGNED_IN)
def how(ballot_id: int) -> Any:
    """Who can see what, with the honest limits."""
    view = find(ballot_id)
    ballot, opening = view.ballot, view.opening() if view.ballot.opening else None
    return render_template(
        "voting/how.html", few=_few(view), words=ballot.kind is Kind.ADOPTION or ballot.method in ANSWERS,
        pattern=ballot.method in {Method.SCORE, Method.RANKED, Method.DOTS},
        room=ballot.room_is_open or ballot.room_slips or (opening and opening.room),
        halves=opening and opening.scrutineers, **page_values(view),
    )  # fmt: skip


def _facts(view: BallotView) -> Facts:
    return Facts(
        role=view.membership.role, phase=view.round.phase, residents_vote=view.round.residents_vote,
        on_roll=view.voted is not None, in_room=bool(view.in_room),
    )  # fmt: skip


def _few(view: BallotView) -> int | None:
    """How many have a vote, when they are so few that the result may show a single vote."""
    people = view.ballot.electorate or 0
    return people if people < FEW else None


def _shut(view: BallotView) -> Any:
    """The page of a ballot that takes no votes, or None. A GET writes nothing, so a ballot past its deadline waits."""
    if view.ballot.state in queries.COUNTED:
        return redirect(url_for("voting.result", ballot_id=view.ballot.id), 303)
    if view.ballot.state is State.VOID:
        return render_template("voting/void.html", **page_values(view))
    if not view.accepts(now()):
        return render_template("voting/counting.html", **page_values(view))
    if not keys.present(settings().keys, view.ballot.key_name):
        return render_template("voting/broken.html", **page_values(view))
    return None


def _question(view: BallotView, form: VoteForm, chosen: Sequence[str], problem: Problem | None = None) -> Any:
    c = choosing.choosing(view.opening(), chosen, order=form.order.data, problem=problem, reason=form.reason)
    place, mine = queries.question_place(db.session(), view, now())
    return render_template(
        "voting/ballot.html", form=form, c=c, few=_few(view), place=place, questions=mine,
        following=next((b for b in mine if b.id > view.ballot.id), None), **_news(view), **page_values(view),
    )  # fmt: skip


def _news(view: BallotView) -> dict[str, Any]:
    """What everybody is told alike since the vote was opened: later deadlines, and a reminder of today."""
    zone, reminded = ZoneInfo(view.panel.municipality.timezone), view.ballot.reminded_at
    later = queries.extensions(db.session(), view.ballot.id)
    return {
        "moved": [(x, x.before.astimezone(zone), x.until.astimezone(zone)) for x in later],
        "reminder": reminded is not None and reminded.astimezone(zone).date() == now().astimezone(zone).date(),
    }


def _look(view: BallotView, form: VoteForm, chosen: Sequence[str], problem: Problem | None = None) -> Any:
    """The choice once more, with the vote code before voting; whoever voted before enters their own."""
    opening = view.opening()
    valid = form.validate()
    try:
        given = METHODS[opening.method].marks(opening, chosen)
        reason = marks.kept_words(opening, given, form.reason.data or "")
    except NotCast as error:
        return _question(view, form, chosen, error.problem), 422
    if form.reason.errors:
        return _question(view, form, chosen), 422
    secret = keys.load(settings().keys, view.ballot.key_name).codes
    if problem is Problem.CODE_NEEDED:
        # This form came from before a vote in another window: its own fresh code is not the one to change with.
        form.code.data = ""
    shown = None if view.voted else _shown_code(secret, view, form, problem)
    page = render_template(
        "voting/look_again.html", form=form, order=form.order.data or "", sent=chosen, words=form.reason.data or "",
        c=choosing.in_words(opening, given, order=form.order.data, reason=reason),
        code=shown, spaced=codes.spaced(shown) if shown else "",
        problem=problem_words(problem, opening) if problem else "", **page_values(view),
    )  # fmt: skip
    return page if valid and problem is None else (page, 422)


def _shown_code(secret: bytes, view: BallotView, form: VoteForm, problem: Problem | None) -> str:
    """The code this form already showed, so that what was written down stays true; else a new one."""
    before = codes.read_code(secret, view.ballot.id, form.code.data or "")
    return before if before and problem is not Problem.CODE_TAKEN else codes.new_code(secret, view.ballot.id)


def _cast(ballot_id: int, form: VoteForm, chosen: Sequence[str]) -> Any:
    session, at = db.session(), now()
    pace = f"vote-code:{ballot_id}:{me().id}"
    problem: Problem | None = None
    if delays().wait(pace, at):
        problem = Problem.TOO_FAST
    elif form.validate():
        try:
            actions.cast(
                session, ballot_id, me().id, chosen=chosen, code=form.code.data, key_folder=settings().keys, now=at,
                sign=form.sign.data, reason=form.reason.data,
            )  # fmt: skip
            delays().right(pace, at)
            return redirect(url_for("voting.done", ballot_id=ballot_id), 303)
        except LookupError as error:
            if not isinstance(error, keys.KeysMissing):
                flask.abort(404)
        except NotCast as error:
            problem = error.problem
            if problem in {Problem.CODE_WRONG, Problem.CODE_NEEDED} and form.code.data:
                delays().wrong(pace, at)
        except Refused as refused:
            if refused.reason is not Reason.BALLOT_NOT_OPEN:
                raise
            _latch(ballot_id)
    with read_mode(session):
        view = find(ballot_id)
        shut = _shut(view)
        if shut is not None:
            return (shut, 409) if isinstance(shut, str) else shut
        if problem is not None and problem not in _CODES:
            return _question(view, form, chosen, problem), 422
        page = _look(view, form, chosen, problem)
        return (page[0], 429) if problem is Problem.TOO_FAST else page


def _latch(ballot_id: int) -> None:
    """A vote that comes too late closes the ballot at once, also when the schedule stands still: from now on it is the
    state that refuses, and a clock set back reopens nothing."""
    session = db.session()
    try:
        with writing(session):
            closing.close_when_due(session, ballot_id, settings().keys, now())
    except (keys.KeysMissing, Damaged):
        session.rollback()
