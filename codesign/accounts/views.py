"""Coming in and going out: by card and PIN, or by login, password and code."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from codesign.accounts import actions, arrival, host, queries, welcome
from codesign.accounts.blueprint import address, bp, come_in, delays, identity_of, must_be_at, next_step, settings, wait
from codesign.accounts.forms import CardForm, PinForm, StaffForm
from codesign.accounts.models import Card
from codesign.credentials import cards, passwords, pins, totp
from codesign.credentials.delays import ADDRESS
from codesign.db import db
from codesign.web.access import Access, access, me, safe_next, sign_in, sign_out, who
from codesign.web.clock import now
from codesign.web.forms import bad
from codesign.web.i18n import _

__all__ = ["bp", "host", "welcome"]


@bp.get("/sign-in", endpoint="sign_in")
@access(Access.PUBLIC)
def sign_in_page() -> Any:
    """Ask for the card."""
    if who() is not None:
        return redirect(safe_next(request.args.get("next")))
    return render_template("accounts/sign_in.html", form=CardForm(), next=safe_next(request.args.get("next")))


@bp.post("/sign-in")
@access(Access.PUBLIC)
def card() -> Any:
    """Look at the 16 digits."""
    form, after = CardForm(), safe_next(request.form.get("next"))
    if not form.validate_on_submit():
        return bad("accounts/sign_in.html", form, next=after)
    number, secret = cards.read(form.digits.data) or ("", "")
    key, moment = f"card:{number}", now()
    if seconds := delays().wait(address(), moment, ADDRESS) or delays().begin(key, moment):
        return wait("accounts/sign_in.html", form, seconds, next=after)
    found = queries.card_by_number(db.session(), number)
    if not passwords.verify(found.secret_hash if found else None, secret, settings()) or found is None:
        return _no_such_card(form, after)
    delays().right(key, moment)
    return _arrived(found, after)


@bp.post("/sign-in/code")
@access(Access.PUBLIC)
def token() -> Any:
    """Look at the token of the square code."""
    moment, after = now(), safe_next(request.form.get("next"))
    if seconds := delays().wait(address(), moment, ADDRESS):
        return wait("accounts/sign_in.html", CardForm(formdata=None), seconds, next=after)
    found = queries.card_by_token(db.session(), request.form.get("token", "")[:64])
    return _arrived(found, after) if found else _no_such_card(CardForm(formdata=None), after)


def _no_such_card(form: CardForm, after: str) -> Any:
    """The same answer for a number nobody has, a wrong secret and a card that has ended."""
    delays().wrong(address(), now(), ADDRESS)
    form.digits.errors = [_("This card does not open the door. Look at the digits again, or ask a moderator.")]
    return bad("accounts/sign_in.html", form, next=after)


def _arrived(found: Card, after: str) -> Any:
    arrival.begin(found.id, after, now())
    return redirect(url_for("accounts.welcome"), 303)


@bp.route("/sign-in/pin", methods=["GET", "POST"])
@access(Access.PUBLIC)
def pin() -> Any:
    """Ask for the PIN; when nothing else is needed, come in."""
    found = must_be_at("accounts.pin")
    if not isinstance(found, tuple):
        return found
    form, (person, here) = PinForm(), found
    if request.method == "GET":
        return render_template("accounts/pin.html", form=form)
    if not form.validate_on_submit():
        return bad("accounts/pin.html", form)
    key, moment = f"pin:{here.card_id}", now()
    if seconds := delays().begin(key, moment):
        return wait("accounts/pin.html", form, seconds)
    if not passwords.verify(person.pin_hash, pins.read(form.pin.data) or "", settings()):
        form.pin.errors = [_("These are not your 6 digits. Try again, or ask two moderators for a new card.")]
        return bad("accounts/pin.html", form)
    delays().right(key, moment)
    arrival.pin_is_right()
    here = arrival.Arrival(here.card_id, True, here.next)
    return come_in(person, here) if next_step(person, here) is None else redirect(url_for("accounts.welcome"), 303)


@bp.route("/sign-in/staff", methods=["GET", "POST"])
@access(Access.PUBLIC)
def staff() -> Any:
    """Sign-in of host and moderators: login, password and the code of their app."""
    form, after = StaffForm(), safe_next(request.values.get("next"))
    if request.method == "GET":
        return render_template("accounts/staff.html", form=form, next=after)
    if not form.validate_on_submit():
        return bad("accounts/staff.html", form, next=after)
    key, moment = f"login:{form.login.data.lower()}", now()
    if seconds := delays().wait(address(), moment, ADDRESS) or delays().begin(key, moment):
        return wait("accounts/staff.html", form, seconds, next=after)
    person = queries.staff_by_login(db.session(), form.login.data)
    right = passwords.verify(person.password_hash if person else None, form.password.data or "", settings())
    step = (
        totp.verify(person.totp_secret, form.code.data, person.totp_last_step, moment)
        if person and person.totp_secret
        else None
    )
    if person is None or not right or step is None:
        delays().wrong(address(), moment, ADDRESS)
        form.login.errors = [_("Login, password or digits are not right. Digits work once; wait for new ones.")]
        return bad("accounts/staff.html", form, next=after)
    delays().right(key, moment)
    actions.use_step(person, step)
    sign_in(identity_of(person, actions.start_sign_in(db.session(), person, moment)))
    arrival.saw_a_page(person.kind.value, moment)
    return redirect(after, 303)


@bp.post("/sign-out")
@access(Access.SIGNED_IN)
def sign_out_now() -> Any:
    """End this sign-in, at once and on the server."""
    actions.end_sign_in(db.session(), me().token, now())
    sign_out()
    return redirect(url_for("accounts.sign_in"), 303)
