"""The member's pages of the directory: read it by theme and language, and name a group that is missing."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from codesign.accounts.queries import consent_of
from codesign.db import db
from codesign.indicators.domain import domain_codes
from codesign.networks import actions, calendar_pages, keeping, queries
from codesign.networks.blueprint import bp
from codesign.networks.forms import SuggestForm
from codesign.panels.blueprint import home
from codesign.places.finding import NetworkSearch
from codesign.rules.permissions import Refused
from codesign.web.access import Access, access, me
from codesign.web.clock import now
from codesign.web.forms import bad
from codesign.web.i18n import _
from codesign.web.labels import reason_words
from codesign.web.paging import page_number
from codesign.web.words import own_language

__all__ = ["bp", "calendar_pages", "keeping"]


@bp.get("/networks")
@access(Access.MEMBER)
def directory() -> Any:
    """Groups and networks of my place, by name; and what I suggested."""
    panel, session = home().panel, db.session()
    search = NetworkSearch.read(request.args, domain_codes())
    page, languages = search.among(
        queries.directory(session, panel.municipality_code), page_number(request.args.get("page"))
    )
    return render_template(
        "networks/directory.html", panel=panel, search=search, page=page, languages=languages, themes=domain_codes(),
        mine=queries.suggested_by(session, me().id),
    )  # fmt: skip


@bp.route("/networks/suggest", methods=["GET", "POST"])
@access(Access.MEMBER)
def suggest() -> Any:
    """Name a group; a moderator looks at it first."""
    membership, form = home(), SuggestForm(language=own_language(me()))
    if request.method == "GET":
        return render_template("networks/suggest.html", form=form, panel=membership.panel)
    if not form.validate_on_submit():
        return bad("networks/suggest.html", form, panel=membership.panel)
    try:
        actions.suggest(
            db.session(), membership, name=form.name.data, does=form.does.data, known=form.known.data,
            language=form.language.data, key=form.key.data,
            consented=consent_of(db.session(), me().id) is not None, now=now(),
        )  # fmt: skip
    except Refused as refused:
        page = {"panel": membership.panel, "refused": reason_words(refused.reason)}
        return render_template("networks/suggest.html", form=form, **page), 409
    flash(_("Thank you. A moderator looks at it first."))
    return redirect(url_for("networks.directory"), 303)
