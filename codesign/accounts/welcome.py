"""First use, one thing a page: consent, six digits, language, name and shapes."""

from __future__ import annotations

from typing import Any

import flask
from flask import redirect, render_template, request, url_for

from codesign.accounts import actions, arrival, names, queries
from codesign.accounts.blueprint import at_the_door, bp, come_in, must_be_at, next_step, settings
from codesign.accounts.forms import ConsentForm, LanguageForm, NameForm, NewPinForm
from codesign.credentials import pins
from codesign.db import db
from codesign.rules.folding import fold_name
from codesign.web.access import Access, access
from codesign.web.clock import now
from codesign.web.forms import bad
from codesign.web.i18n import COOKIE, _, current_lang


@bp.get("/welcome")
@access(Access.PUBLIC)
def welcome() -> Any:
    """On to the next page of coming in; GET, so the last step, which writes, has its own button."""
    found = at_the_door()
    if found is None:
        return redirect(url_for("accounts.sign_in"), 303)
    step = next_step(*found)
    return redirect(url_for(step), 303) if step else render_template("accounts/welcome.html", person=found[0])


@bp.post("/welcome")
@access(Access.PUBLIC)
def enter() -> Any:
    """Come in, with everything that was asked done."""
    found = at_the_door()
    if found is None or next_step(*found) is not None:
        return redirect(url_for("accounts.welcome"), 303)
    return come_in(*found)


@bp.route("/welcome/consent", methods=["GET", "POST"])
@access(Access.PUBLIC)
def consent() -> Any:
    """What is kept and who sees what, before anything else (R14)."""
    found = must_be_at("accounts.consent")
    if not isinstance(found, tuple):
        return found
    form = ConsentForm()
    if request.method == "GET":
        return render_template("accounts/consent.html", form=form)
    if not form.validate_on_submit():
        return bad("accounts/consent.html", form)
    actions.consent(db.session(), found[0], language=current_lang(), now=now())
    return redirect(url_for("accounts.welcome"), 303)


@bp.route("/welcome/pin", methods=["GET", "POST"])
@access(Access.PUBLIC)
def choose_pin() -> Any:
    """Six digits only the member knows."""
    found = must_be_at("accounts.choose_pin")
    if not isinstance(found, tuple):
        return found
    form = NewPinForm()
    if request.method == "GET":
        return render_template("accounts/choose_pin.html", form=form)
    if not form.validate_on_submit():
        return bad("accounts/choose_pin.html", form)
    actions.set_pin(db.session(), found[0], pins.read(form.pin.data) or "", settings=settings(), now=now())
    arrival.pin_is_right()
    return redirect(url_for("accounts.welcome"), 303)


@bp.route("/welcome/language", methods=["GET", "POST"])
@access(Access.PUBLIC)
def language() -> Any:
    """The language of the pages."""
    found = must_be_at("accounts.language")
    if not isinstance(found, tuple):
        return found
    form = LanguageForm(data={"language": current_lang()})
    if request.method == "GET":
        return render_template("accounts/language.html", form=form)
    if not form.validate_on_submit():
        return bad("accounts/language.html", form)
    actions.choose_language(db.session(), found[0], form.language.data, now())
    flask.session["language_chosen"] = True
    reply = redirect(url_for("accounts.welcome"), 303)
    reply.set_cookie(
        COOKIE, form.language.data, max_age=365 * 86400, httponly=True, samesite="Lax", secure=request.is_secure
    )
    return reply


def _offers(fresh: bool) -> tuple[list[str], list[str]]:
    """The names and shapes on offer; the cookie keeps them, so that only an offered name can be taken."""
    if fresh or "names" not in flask.session:
        offered = names.offer()
        folded = {name: fold_name(name) for name in offered}
        taken = queries.taken_names(db.session(), folded.values())
        flask.session["names"] = names.free(offered, taken, folded)
        flask.session["seeds"] = names.seeds()
    return flask.session["names"], flask.session["seeds"]


@bp.route("/welcome/name", methods=["GET", "POST"])
@access(Access.PUBLIC)
def name() -> Any:
    """A pseudonym of neutral words and an avatar of shapes; then in."""
    found = must_be_at("accounts.name")
    if not isinstance(found, tuple):
        return found
    offered, seeds = _offers(fresh=request.method == "GET" and "other" in request.args)
    form = NameForm(offered, seeds)
    if request.method == "GET":
        return render_template("accounts/name.html", form=form)
    if not form.validate_on_submit():
        return bad("accounts/name.html", form)
    try:
        actions.choose_name(db.session(), found[0], form.name.data, form.avatar.data, now())
    except actions.NameTaken:
        form = NameForm(*_offers(fresh=True), formdata=None)
        form.name.errors = [_("Somebody just took this name. Choose another one.")]
        return bad("accounts/name.html", form)
    return come_in(*found)
