"""The tablet's own pages: to the next person, the question, look again, give it back; nothing stays in between."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import flask
from flask import redirect, render_template, url_for
from flask_babel import force_locale
from werkzeug.exceptions import NotFound

from codesign.accounts.queries import person_by_id
from codesign.credentials import passwords
from codesign.db import db, read_mode
from codesign.room import queries, tablets
from codesign.room.blueprint import TABLET, bp
from codesign.room.domain import Fault, NotInTheRoom
from codesign.room.forms import DigitsForm, LeaveForm, four_digits
from codesign.room.labels import fault_words
from codesign.room.models import RoomTablet
from codesign.room.on_tablet import take_back
from codesign.rules.permissions import Refused
from codesign.voting import choosing, codes, keys, marks
from codesign.voting.blueprint import delays, find, page_values, settings
from codesign.voting.domain import NotCast, Problem
from codesign.voting.forms import VoteForm
from codesign.voting.labels import problem_words
from codesign.voting.methods import METHODS
from codesign.voting.queries import BallotView
from codesign.web.access import Access, access, me
from codesign.web.clock import now
from codesign.web.i18n import COMPLETE, COOKIE, LANGUAGES, _, current_lang

# In the cookie: the language in which the person who just gave it back voted; nothing when she did not.
_JUST_IN = "just_in"


def _mine() -> tuple[RoomTablet | None, BallotView | None]:
    """The tablet this device is, with its ballot; (None, None) when the ballot has ended, or is not hers any more."""
    if TABLET not in flask.session:
        flask.abort(404)
    found = queries.tablet(db.session(), flask.session[TABLET])
    if found is None:
        return None, None
    try:
        return found, find(found.ballot_id)
    except NotFound:  # the moderator is no longer one of this panel
        return None, None


def _over(view: BallotView | None, problem: str = "") -> Any:
    return render_template("room/tablet_over.html", problem=problem, ballot=view.ballot if view else None)


def _shut(tablet: RoomTablet | None, view: BallotView | None) -> bool:
    return tablet is None or view is None or tablet.ended_at is not None or not view.accepts(now())


@bp.get("/tablet")
@access(Access.MODERATOR)
def tablet() -> Any:
    """Nobody holds it: give it to the next person. Somebody does: the question."""
    found, view = _mine()
    if found is None or view is None or _shut(found, view):
        return _over(view)
    if found.turn:
        return _question(found, view, VoteForm(formdata=None), ())
    return _between(view, DigitsForm(formdata=None))


def _between(view: BallotView, form: DigitsForm, problem: str = "") -> Any:
    return render_template(
        "room/tablet_between.html", form=form, problem=problem, thanks=_thanks(), **page_values(view)
    )


def _thanks() -> dict[str, str]:
    """What the person who just voted reads, in her own language; the rest of the page is for the moderator."""
    language = flask.session.get(_JUST_IN)
    if language not in COMPLETE:
        return {}
    with force_locale(LANGUAGES[language].locale or language):
        return {
            "language": language, "done": _("Done. Give the tablet back"), "is_in": _("Your vote is in."),
            "lies": _("It lies sealed with all others. After the vote you find your code on the list."),
        }  # fmt: skip


@bp.post("/tablet/next")
@access(Access.MODERATOR)
def tablet_next() -> Any:
    """The moderator hands it to the next person, with her four digits."""
    found, view = _mine()
    form = DigitsForm()
    if found is None or view is None or _shut(found, view):
        return redirect(url_for("room.tablet"), 303)
    pace = f"tablet:{found.id}"
    if not form.validate_on_submit():
        return _between(view, form), 422
    if delays().begin(pace, now()):
        form.digits.errors = [_("Too many wrong digits. Wait a little. Then try again.")]
        return _between(view, form), 429
    if not passwords.verify(found.digits_hash, four_digits(form.digits.data) or "", settings()):
        form.digits.errors = [_("These are not the four digits of this tablet.")]
        return _between(view, form), 422
    delays().right(pace, now())
    tablets.hand_over(db.session(), found.id, now=now())
    flask.session.pop(_JUST_IN, None)
    return redirect(url_for("room.tablet"), 303)


@bp.post("/tablet")
@access(Access.MODERATOR)
def tablet_vote() -> Any:
    """Look at the choice again, change it, cast it, or give the tablet back without a vote."""
    found, view = _mine()
    form, step, turn = VoteForm(), flask.request.form.get("step"), flask.request.form.get("turn", "")[:60]
    if found is None or view is None or _shut(found, view):
        return _late(view, form) if step == "cast" else redirect(url_for("room.tablet"), 303)
    chosen = choosing.posted(flask.request.form)
    if step == "cast":
        return _cast(found, form, turn, chosen)
    if step == "back":
        tablets.give_back(db.session(), found.id, turn, now=now())
        return _given_back(False)
    if not found.turn or turn != found.turn:
        return redirect(url_for("room.tablet"), 303)
    with read_mode(db.session()):
        found, view = _mine()
        if found is None or view is None:
            return _over(None)
        return _question(found, view, form, chosen) if step == "change" else _look(found, view, form, chosen)


def _question(
    found: RoomTablet, view: BallotView, form: VoteForm, chosen: Sequence[str], problem: Problem | None = None
) -> Any:
    c = choosing.choosing(view.opening(), chosen, order=form.order.data, problem=problem, reason=form.reason)
    return render_template("room/tablet_question.html", form=form, c=c, turn=found.turn, **page_values(view))


def _look(
    found: RoomTablet, view: BallotView, form: VoteForm, chosen: Sequence[str], problem: Problem | None = None
) -> Any:
    """The choice once more, with the code to write down."""
    opening, valid = view.opening(), form.validate()
    try:
        given = METHODS[opening.method].marks(opening, chosen)
        reason = marks.kept_words(opening, given, form.reason.data or "")
    except NotCast as error:
        return _question(found, view, form, chosen, error.problem), 422
    if form.reason.errors:
        return _question(found, view, form, chosen), 422
    secret = keys.load(settings().keys, view.ballot.key_name).codes
    before = codes.read_code(secret, view.ballot.id, form.code.data or "", room=True)
    taken = problem is Problem.CODE_TAKEN
    code = before if before and not taken else codes.new_code(secret, view.ballot.id, room=True)
    page = render_template(
        "room/tablet_look.html", form=form, order=form.order.data or "", sent=chosen, words=form.reason.data or "",
        c=choosing.in_words(opening, given, order=form.order.data, reason=reason), code=code,
        spaced=codes.spaced(code), problem=problem_words(problem, opening) if problem else "", turn=found.turn,
        **page_values(view),
    )  # fmt: skip
    return page if valid and problem is None else (page, 422)


def _cast(found: RoomTablet, form: VoteForm, turn: str, chosen: Sequence[str]) -> Any:
    session, tablet_id = db.session(), found.id
    problem: Problem | None = None
    if form.validate():
        try:
            tablets.cast_in_room(
                session, tablet_id, turn, chosen=chosen, code=form.code.data, key_folder=settings().keys, now=now(),
                reason=form.reason.data,
            )  # fmt: skip
            return _given_back(True)
        except NotInTheRoom as error:
            return _refused(error.fault)
        except NotCast as error:
            problem = error.problem
        except (Refused, keys.KeysMissing):
            with read_mode(session):
                return _late(_mine()[1], form)
    with read_mode(session):
        again, view = _mine()
        if again is None or view is None:
            return _over(None)
        if problem is not None and problem not in {Problem.CODE_WRONG, Problem.CODE_TAKEN}:
            return _question(again, view, form, chosen, problem), 422
        return _look(again, view, form, chosen, problem)


def _late(view: BallotView | None, form: VoteForm) -> Any:
    """A vote sent when the tablet takes none any more: it is in when only its answer was lost, else it is not."""
    if view is None or not keys.present(settings().keys, view.ballot.key_name):
        return redirect(url_for("room.tablet"), 303)
    secret, ballot_id = keys.load(settings().keys, view.ballot.key_name).codes, view.ballot.id
    code = codes.read_code(secret, ballot_id, form.code.data or "", room=True)
    if code and queries.slip_exists(db.session(), ballot_id, codes.code_key(secret, ballot_id, code)):
        return redirect(url_for("room.tablet"), 303)
    return _over(view, _("This vote came too late. It was not counted.")), 409


def _given_back(voted: bool) -> Any:
    """The way to the page between two people; the browser forgets what it has kept of this one."""
    flask.session[_JUST_IN] = current_lang() if voted else ""
    reply = redirect(url_for("room.tablet"), 303)
    reply.headers["Clear-Site-Data"] = '"cache"'
    language = _language()
    if language in COMPLETE:
        reply.set_cookie(
            COOKIE, language, max_age=365 * 86400, httponly=True, samesite="Lax", secure=flask.request.is_secure
        )
    return reply


def _language() -> str:
    found = queries.tablet(db.session(), flask.session[TABLET])
    return found.language if found else ""


def _refused(fault: Fault) -> Any:
    with read_mode(db.session()):
        _found, view = _mine()
        if view is None:
            return redirect(url_for("room.tablet"), 303)
        return _between(view, DigitsForm(formdata=None), fault_words(fault)), 409


@bp.get("/tablet/leave")
@access(Access.MODERATOR)
def tablet_leave() -> Any:
    """Ask the moderator for her password before the device opens anything else again."""
    _mine()
    return render_template("room/tablet_leave.html", form=LeaveForm(formdata=None))


@bp.post("/tablet/leave")
@access(Access.MODERATOR)
def tablet_left() -> Any:
    """With the password of the moderator who gave it out, an ordinary device again."""
    found, view = _mine()
    form, pace = LeaveForm(), f"tablet-leave:{me().id}"
    person = person_by_id(db.session(), me().id)
    valid = form.validate_on_submit()
    if valid and delays().begin(pace, now()):
        form.password.errors = [_("Too many wrong tries. Wait a little. Then try again.")]
        return render_template("room/tablet_leave.html", form=form), 429
    hashed = person.password_hash if person else None
    if not valid or not passwords.verify(hashed, (form.password.data or "")[:200], settings()):
        form.password.errors = [_("This is not your password.")]
        return render_template("room/tablet_leave.html", form=form), 422
    delays().right(pace, now())
    if found is not None and view is not None:
        tablets.leave_tablet(db.session(), found, view.round, view.membership, now=now())
    take_back()
    if view is None:
        return redirect(url_for("panels.desk"), 303)
    return redirect(url_for("room.desk", ballot_id=view.ballot.id), 303)
