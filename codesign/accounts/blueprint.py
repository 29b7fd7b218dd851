"""The blueprint of accounts, and what its views share: settings, delays, and who stands at the door."""

from __future__ import annotations

from typing import Any

import flask
from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from codesign.accounts import actions, arrival, queries
from codesign.accounts.consent import VERSION
from codesign.accounts.models import Person
from codesign.credentials.delays import Delays
from codesign.db import db
from codesign.settings import Settings
from codesign.web.access import Identity, safe_next, sign_in, who
from codesign.web.clock import now
from codesign.web.forms import Form
from codesign.web.i18n import COOKIE, ngettext

bp = Blueprint("accounts", __name__)


@bp.record_once
def _set_up(state: Any) -> None:
    """One memory of wrong tries for the whole process."""
    state.app.extensions["delays"] = Delays(state.app.config["SETTINGS"].redis_url)


@bp.after_app_request
def _seen(reply: flask.Response) -> flask.Response:
    """Note in the cookie that somebody who is signed in was here."""
    if request.endpoint != "static" and (identity := who()) is not None and "_user_id" in flask.session:
        arrival.saw_a_page(identity.kind, now())
    return reply


def settings() -> Settings:
    """The settings of this app."""
    found: Settings = current_app.config["SETTINGS"]
    return found


def delays() -> Delays:
    """The memory of wrong tries."""
    found: Delays = current_app.extensions["delays"]
    return found


def address() -> str:
    return f"address:{request.remote_addr}"


def wait(template: str, form: Form | None, seconds: int, **context: Any) -> Any:
    """The same page, with how long to wait: a delay, never a lock."""
    if seconds < 90:
        sentence = ngettext("Wait %(num)s second. Then try again.", "Wait %(num)s seconds. Then try again.", seconds)
    else:
        minutes = -(-seconds // 60)
        sentence = ngettext("Wait %(num)s minute. Then try again.", "Wait %(num)s minutes. Then try again.", minutes)
    return render_template(template, form=form, wait=sentence, **context), 429, {"Retry-After": str(seconds)}


def at_the_door() -> tuple[Person, arrival.Arrival] | None:
    """Whose card was shown on this device; None when that was too long ago or the card has ended."""
    here = arrival.current(now())
    found = queries.open_card(db.session(), here.card_id) if here else None
    return (found.person, here) if found and here and found.person.erased_at is None else None


def next_step(person: Person, here: arrival.Arrival) -> str | None:
    """The page that comes next between card and home; None when the person may come in."""
    if person.pin_hash is not None and not here.pin:
        return "accounts.pin"
    agreed = queries.consent_of(db.session(), person.id)
    if agreed is None or agreed.version != VERSION:
        return "accounts.consent"
    if person.pin_hash is None:
        return "accounts.choose_pin"
    if person.pseudonym is None:
        return "accounts.name" if flask.session.get("language_chosen") else "accounts.language"
    return None


def must_be_at(step: str) -> tuple[Person, arrival.Arrival] | Response:
    """The person when `step` is what comes next, else the way to where they should be."""
    found = at_the_door()
    if found is None:
        return redirect(url_for("accounts.sign_in"), 303)
    return found if next_step(*found) == step else redirect(url_for("accounts.welcome"), 303)


def come_in(person: Person, here: arrival.Arrival) -> Any:
    reply = redirect(safe_next(here.next), 303)
    chosen = request.cookies.get(COOKIE)
    sign_in(identity_of(person, actions.start_sign_in(db.session(), person, now())))
    arrival.saw_a_page(person.kind.value, now())
    if not chosen and person.language:
        reply.set_cookie(COOKIE, person.language, httponly=True, samesite="Lax", secure=request.is_secure)
    return reply


def identity_of(person: Person, token: str) -> Identity:
    return Identity(
        id=person.id, kind=person.kind.value, name=person.name, language=person.language, avatar=person.avatar,
        is_host=person.is_host, token=token,
    )  # fmt: skip
