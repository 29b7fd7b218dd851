"""The host's page of staff, and the one-time page on which staff set password and code."""

from __future__ import annotations

from typing import Any

import flask
from flask import render_template, url_for

from codesign.accounts import actions, queries
from codesign.accounts.blueprint import address, bp, delays, settings, wait
from codesign.accounts.forms import NewStaffForm, SetupForm
from codesign.accounts.models import SetupLink
from codesign.credentials import tokens, totp
from codesign.credentials.delays import ADDRESS
from codesign.db import db
from codesign.rules.permissions import Facts
from codesign.rules.roles import Role
from codesign.web.access import Access, access, me
from codesign.web.clock import now
from codesign.web.forms import bad
from codesign.web.i18n import _, current_lang
from codesign.web.qr import svg

HOST = Facts(role=Role.HOST)


def setup_address(token: str) -> str:
    """The whole address of a one-time link, as the host hands it over."""
    return settings().base("panel") + url_for("accounts.set_up", token=token)


@bp.get("/host/people")
@access(Access.HOST)
def people() -> Any:
    """Hosts and moderators, and whether they have set up their sign-in."""
    form = NewStaffForm(formdata=None, data={"language": current_lang()})
    return render_template("accounts/people.html", people=queries.staff(db.session()), form=form)


@bp.post("/host/people")
@access(Access.HOST)
def add_staff() -> Any:
    """Let somebody in as host or moderator; their link is shown on this page once."""
    form = NewStaffForm()
    if form.validate_on_submit():
        try:
            person, token = actions.make_staff(
                db.session(), login=form.login.data, display_name=form.display_name.data, language=form.language.data,
                is_host=form.is_host.data, by=me().id, facts=HOST, now=now(),
            )  # fmt: skip
        except actions.NameTaken:
            form.login.errors = [_("Somebody has this login. Choose another one.")]
        else:
            return render_template("accounts/link.html", person=person, link=setup_address(token))
    return bad("accounts/people.html", form, people=queries.staff(db.session()))


@bp.post("/host/people/<int:person_id>/link")
@access(Access.HOST)
def renew(person_id: int) -> Any:
    """Password or app is lost: everything ends, and a new link is shown once."""
    person = queries.person_by_id(db.session(), person_id)
    if person is None or person.login is None:
        flask.abort(404)
    token = actions.renew_setup(db.session(), person, now(), by=me().id)
    return render_template("accounts/link.html", person=person, link=setup_address(token))


def _secret(token: str) -> str:
    """The secret of the app that belongs to a link: derived, so that showing the page writes nothing."""
    return tokens.base32(tokens.keyed("totp", token, settings())[:20])


def _setup_page(link: SetupLink, token: str, form: SetupForm) -> dict[str, Any]:
    secret, login = _secret(token), link.person.login or ""
    code = svg(totp.uri(secret, login, "codesign"), _("Square code for your app"))
    groups = [secret[i : i + 4] for i in range(0, len(secret), 4)]
    return {"form": form, "login": login, "code": code, "groups": groups, "token": token}


@bp.route("/setup/<token>", methods=["GET", "POST"])
@access(Access.PUBLIC)
def set_up(token: str) -> Any:
    """Set password and code, once; a link that is used, old or made up is the same 404."""
    moment = now()
    link = queries.setup_link(db.session(), token[:100], moment)
    if link is None:
        flask.abort(404)
    form = SetupForm()
    page = _setup_page(link, token, form)
    if flask.request.method == "GET":
        return render_template("accounts/set_up.html", **page)
    if not form.validate_on_submit():
        return bad("accounts/set_up.html", **page)
    if seconds := delays().wait(address(), moment, ADDRESS):
        return wait("accounts/set_up.html", seconds=seconds, **page)
    step = totp.verify(_secret(token), form.code.data, None, moment)
    if step is None:
        delays().wrong(address(), moment, ADDRESS)
        form.code.errors = [_("These are not the digits of your app. Look at its clock and try again.")]
        return bad("accounts/set_up.html", **page)
    actions.set_up(
        db.session(), link, password=form.password.data, totp_secret=_secret(token), step=step, settings=settings(),
        now=moment,
    )  # fmt: skip
    flask.flash(_("You are ready. Sign in now. Wait for new digits first."))
    return flask.redirect(url_for("accounts.staff"), 303)
