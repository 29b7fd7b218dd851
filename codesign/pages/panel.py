"""The panel door's own pages: home, help, the small pages, themes, and leaving quickly."""

from __future__ import annotations

from typing import Any

import flask

from codesign.accounts.actions import end_sign_in
from codesign.advice.fates import fates
from codesign.advice.labels import fate_words
from codesign.db import db
from codesign.indicators.domain import domain_of_slug, latest
from codesign.indicators.labels import Theme
from codesign.pages import mine as own_pages
from codesign.pages.blueprint import bp, home_or_404
from codesign.pages.labels import calm
from codesign.pages.queries import open_rounds
from codesign.panels.attending import attend as say
from codesign.panels.attending import next_gathering
from codesign.panels.here import place
from codesign.panels.queries import gathering_for
from codesign.panels.views import todo_of
from codesign.proposals.queries import mine, panel_domain_counts, published_about
from codesign.rules.phases import DOTS
from codesign.rules.words import WordState
from codesign.web.access import Access, access, me, sign_out, who
from codesign.web.clock import now, today
from codesign.web.csrf import without_token
from codesign.web.i18n import _
from codesign.web.labels import phase_words

__all__ = ["bp", "own_pages"]
_SHOWN = 3


@bp.get("/")
@access(Access.SIGNED_IN)
def home() -> Any:
    """Where we are, the one thing to do now, what happened to my ideas, and when we meet."""
    person, session = me(), db.session()
    if person.is_host:
        return flask.redirect(flask.url_for("panels.host"))
    if person.kind == "staff":
        return flask.redirect(flask.url_for("panels.desk"))
    membership, views = open_rounds(session, person.id)
    if membership is None:
        return flask.render_template("pages/no_panel.html")
    view = views[0] if views else None
    if view is not None and view.membership is not None:
        place(view.round, view.panel, view.membership)
    ideas = [row for row in mine(session, person.id, 8) if row[0].state is not WordState.DRAFT][:_SHOWN]
    known = fates(session, [idea.id for idea, *_rest in ideas]) if ideas else {}
    panel_id, zone = membership.panel_id, view.panel.municipality.timezone if view else "Europe/Amsterdam"
    return flask.render_template(
        "pages/home.html", view=view, others=[(other, todo_of(other)) for other in views[1:]],
        todo=(todo_of(view) or calm(view.round.phase, view.round.id)) if view else None,
        steps=[phase_words(phase) for phase in DOTS], current=DOTS.index(view.round.phase) + 1 if view else 0,
        ideas=[(idea, fate_words(known[idea.id]) if idea.id in known else "") for idea, *_rest in ideas],
        meeting=next_gathering(session, panel_id, person.id, today(zone)), phase_words=phase_words,
    )  # fmt: skip


@bp.post("/gatherings/<int:gathering_id>/coming")
@access(Access.MEMBER)
def attend(gathering_id: int) -> Any:
    """Say whether I come to a session; counted, never listed."""
    found = gathering_for(db.session(), gathering_id, me().id)
    if found is None or found[1].membership is None:
        flask.abort(404)
    gathering, view = found
    coming = flask.request.form.get("coming") == "yes"
    say(db.session(), view.round, found[1].membership, gathering, coming=coming, now=now())
    flask.flash(_("Good. We count you in.") if coming else _("Good to know. You can change it."))
    return flask.redirect(flask.url_for("pages.home"), 303)


@bp.get("/help")
@access(Access.PUBLIC)
def help() -> str:
    """How things work here, and whom one can ask."""
    return flask.render_template("pages/help.html")


@bp.get("/privacy")
@access(Access.PUBLIC)
def privacy() -> str:
    """What is kept, who sees what, how long, and one's rights."""
    return flask.render_template("pages/privacy.html")


@bp.get("/about")
@access(Access.PUBLIC)
def about() -> str:
    """What a panel is, and who stands behind it."""
    return flask.render_template("pages/about.html")


@bp.get("/themes")
@access(Access.SIGNED_IN)
def themes() -> str:
    """All fourteen themes, with how many ideas the panel has about each."""
    membership = home_or_404()
    counts = panel_domain_counts(db.session(), membership.panel_id)
    return flask.render_template("pages/themes.html", framework=latest(), counts=counts)


@bp.get("/themes/<slug>")
@access(Access.SIGNED_IN)
def theme(slug: str) -> str:
    """One theme in plain words: what we look at, and what the panel says about it."""
    membership, found = home_or_404(), domain_of_slug(slug)
    if found is None:
        flask.abort(404)
    ideas = published_about(db.session(), membership.panel_id, found.code)
    return flask.render_template("pages/theme.html", theme=Theme(found), ideas=ideas)


@bp.post("/leave")
@access(Access.PUBLIC)
@without_token
def leave() -> Any:
    """Leave quickly: this sign-in ends, the browser forgets, and a page without any trace of us is shown."""
    identity = who()
    if identity is not None:
        end_sign_in(db.session(), identity.token, now())
    sign_out()
    reply = flask.redirect(flask.url_for("pages.weather"), 303)
    reply.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return reply


@bp.get("/weather")
@access(Access.PUBLIC)
def weather() -> str:
    """A page that says nothing about us."""
    return flask.render_template("pages/weather.html")
