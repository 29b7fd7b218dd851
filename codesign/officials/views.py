"""Coming in and going out at the record door, and the page behind an invitation."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import flask
from flask import Blueprint, current_app, redirect, render_template, request, url_for

from codesign.credentials import tokens, totp
from codesign.credentials.delays import ADDRESS, Delays
from codesign.db import db
from codesign.officials import actions, queries
from codesign.officials.forms import InvitationForm, SignInForm
from codesign.officials.idle import saw_a_page
from codesign.officials.models import Invitation, OrganisationInvitation
from codesign.officials.organisations import AlreadyIn, accept_organisation
from codesign.officials.ways_in import AnyAccount, LoginTaken
from codesign.settings import Settings
from codesign.web.access import Access, access, me, safe_next, sign_out, who
from codesign.web.access import sign_in as let_in
from codesign.web.clock import now
from codesign.web.forms import Form, bad
from codesign.web.i18n import _, ngettext
from codesign.web.qr import svg

bp = Blueprint("officials", __name__)
# Where each kind of account arrives when it asked for no page.
_HOMES = {"official": "responses.desk", "colleague": "responses.my_part", "organisation": "cosigning.home"}


@bp.record_once
def _remember_wrong_tries(state: Any) -> None:
    """One memory of wrong tries for the whole process."""
    state.app.extensions["official_delays"] = Delays(_settings_of(state.app).redis_url)


@bp.after_app_request
def _seen(reply: flask.Response) -> flask.Response:
    """Note in the cookie that somebody was here, so that a desk that was left is shut; never in what others may get."""
    kept_by_others = request.endpoint == "static" or reply.cache_control.public
    if not kept_by_others and "_user_id" in flask.session and who() is not None:
        saw_a_page(now())
    return reply


def _settings_of(app: flask.Flask) -> Settings:
    found: Settings = app.config["SETTINGS"]
    return found


def _delays() -> Delays:
    found: Delays = current_app.extensions["official_delays"]
    return found


def _address() -> str:
    return f"address:{request.remote_addr}"


def _wait(template: str, form: Form, seconds: int, **context: Any) -> Any:
    """The same page, with how long to wait: a delay, never a lock."""
    minutes = -(-seconds // 60)
    if seconds < 90:
        sentence = ngettext("Wait %(num)s second. Then try again.", "Wait %(num)s seconds. Then try again.", seconds)
    else:
        sentence = ngettext("Wait %(num)s minute. Then try again.", "Wait %(num)s minutes. Then try again.", minutes)
    return render_template(template, form=form, wait=sentence, **context), 429, {"Retry-After": str(seconds)}


@bp.get("/sign-in")
@access(Access.PUBLIC)
def sign_in() -> Any:
    """Ask for login, password and code."""
    after = safe_next(request.args.get("next"))
    if who() is not None:
        return redirect(after)
    return render_template("officials/sign_in.html", form=SignInForm(), next=after)


@bp.post("/sign-in")
@access(Access.PUBLIC)
def come_in() -> Any:
    """Let an official or an organisation in; the answer is the same whatever was wrong."""
    form, after = SignInForm(), safe_next(request.form.get("next"))
    if not form.validate_on_submit():
        return bad("officials/sign_in.html", form, next=after)
    key, moment = f"official:{form.login.data.lower()}", now()
    if seconds := _delays().wait(_address(), moment, ADDRESS) or _delays().begin(key, moment):
        return _wait("officials/sign_in.html", form, seconds, next=after)
    account = actions.check_sign_in(
        db.session(), login=form.login.data, password=form.password.data or "", code=form.code.data,
        settings=_settings_of(current_app), now=moment,
    )  # fmt: skip
    if account is None:
        _delays().wrong(_address(), moment, ADDRESS)
        form.login.errors = [_("Login, password or digits are not right. Digits work once; wait for new ones.")]
        return bad("officials/sign_in.html", form, next=after)
    _delays().right(key, moment)
    let_in(queries.identity_of(account, actions.start_sign_in(db.session(), account, moment)))
    saw_a_page(moment)
    identity = queries.identity_of(account, "")
    return redirect(after if after != "/" and identity.kind != "colleague" else url_for(_HOMES[identity.kind]), 303)


@bp.post("/sign-out")
@access(Access.SIGNED_IN)
def go_out() -> Any:
    """End this sign-in, at once and on the server."""
    actions.end_sign_in(db.session(), me().token, now())
    sign_out()
    return redirect(url_for("officials.sign_in"), 303)


def _secret(token: str) -> str:
    """The secret of the app, made from the link: the same each time the page is opened, and kept nowhere before."""
    return tokens.base32(tokens.keyed("official-totp", token, _settings_of(current_app))[:20])


def _page(invitation: Invitation | OrganisationInvitation, token: str, known: bool) -> dict[str, Any]:
    secret, library = _secret(token), _("Advice library")
    if isinstance(invitation, OrganisationInvitation):
        about = {"name": invitation.name, "post": "", "organisation": True}
    else:
        about = {"name": invitation.display_name, "post": invitation.post, "organisation": False}
    # Plain values: the rows are read afresh when the act is refused.
    return about | {
        "place": invitation.place.name,
        "token": token,
        "known": known,
        "code": svg(totp.uri(secret, invitation.mail, library), _("Square code for your app")),
        "groups": [secret[i : i + 4] for i in range(0, len(secret), 4)],
    }


def _open_invitation(token: str, moment: datetime) -> Invitation | OrganisationInvitation | None:
    session = db.session()
    found = queries.open_invitation(session, token, moment)
    return found or queries.open_organisation_invitation(session, token, moment)


def _known(found: Invitation | OrganisationInvitation) -> AnyAccount | None:
    """Whoever was invited at this address before, and so keeps their login."""
    if isinstance(found, OrganisationInvitation):
        return queries.organisation_by_mail(db.session(), found.place_code, found.mail)
    return queries.official_by_mail(db.session(), found.place_code, found.mail)


def _accept(found: Invitation | OrganisationInvitation, **given: Any) -> None:
    if isinstance(found, OrganisationInvitation):
        accept_organisation(db.session(), found, **given)
    else:
        actions.accept_invitation(db.session(), found, **given)


@bp.route("/invitation/<token>", methods=["GET", "POST"])
@access(Access.PUBLIC)
def invitation(token: str) -> Any:
    """Set login, password and app, once; a link that was used, is old or made up is the same 404."""
    moment = now()
    found = _open_invitation(token[:100], moment)
    if found is None:
        flask.abort(404)
    known = _known(found)
    if known is not None and isinstance(found, OrganisationInvitation) and not found.renews:
        return render_template("officials/already_in.html", name=found.name)
    form, page = InvitationForm(keeps_login=known is not None), _page(found, token, known is not None)
    if request.method == "GET":
        return render_template("officials/invitation.html", form=form, **page)
    if not form.validate_on_submit():
        return bad("officials/invitation.html", form, **page)
    if seconds := _delays().wait(_address(), moment, ADDRESS):
        return _wait("officials/invitation.html", form, seconds, **page)
    step = totp.verify(_secret(token), form.code.data, None, moment)
    if step is None:
        _delays().wrong(_address(), moment, ADDRESS)
        form.code.errors = [_("These are not the digits of your app. Look at its clock and try again.")]
        return bad("officials/invitation.html", form, **page)
    try:
        _accept(
            found, login=known.login if known else form.login.data, password=form.password.data,
            totp_secret=_secret(token), step=step, settings=_settings_of(current_app), now=moment,
        )  # fmt: skip
    except LoginTaken:
        form.login.errors = [_("Somebody has this login. Choose another one.")]
        return bad("officials/invitation.html", form, **page)
    except (actions.InvitationUsed, AlreadyIn):
        flask.abort(404)
    flask.flash(_("You are ready. Sign in now. Wait for new digits first."))
    return redirect(url_for("officials.sign_in"), 303)
