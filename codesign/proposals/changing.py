"""Pages for changing an idea: edit with its versions, taking back, and answering what a moderator proposed."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import flask

from codesign.db import db
from codesign.panels.here import Here
from codesign.panels.queries import gatherings
from codesign.proposals import actions, queries
from codesign.proposals.actions import Stale
from codesign.proposals.blueprint import bp, find, find_own
from codesign.proposals.domain import difference
from codesign.proposals.forms import EditForm, values_of
from codesign.proposals.queries import Seen
from codesign.rules.permissions import Refused
from codesign.rules.words import WordState
from codesign.web.access import Access, access
from codesign.web.clock import now
from codesign.web.i18n import _
from codesign.web.labels import reason_words


def _edit_page(seen: Seen, form: EditForm, status: int = 200, **more: Any) -> Any:
    view = Here(seen.round, seen.panel, seen.membership)
    page = flask.render_template("proposals/edit.html", view=view, idea=seen.proposal, form=form, **more)
    return page, status


@bp.route("/ideas/<int:proposal_id>/edit", methods=["GET", "POST"])
@access(Access.MEMBER)
def edit(proposal_id: int) -> Any:
    """Change my idea; when it was saved from elsewhere meanwhile, both texts are shown and nothing is lost."""
    seen = find_own(proposal_id)
    idea, days = seen.proposal, gatherings(db.session(), seen.round.id)
    if idea.state is WordState.DRAFT:
        return flask.redirect(flask.url_for("proposals.draft", proposal_id=idea.id), 303)
    if flask.request.method == "GET":
        values = values_of(idea, queries.indicators_of(db.session(), idea.id))
        return _edit_page(seen, EditForm(gatherings=days, data=values))
    form = EditForm(gatherings=days)
    if not form.validate_on_submit():
        return _edit_page(seen, form, 422)
    raw = form.seen.data or ""
    version = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 7 else 0
    try:
        actions.edit_proposal(db.session(), seen.round, seen.membership, idea, form.content(), seen=version, now=now())
    except Stale as stale:
        form.seen.data = str(stale.proposal.version)
        pieces = difference(stale.proposal.body, form.body.data)
        return _edit_page(seen, form, 422, stale=stale.proposal, pieces=pieces)
    except Refused as refused:
        return _edit_page(seen, form, 409, refused=reason_words(refused.reason))
    if idea.state is WordState.HELD:
        flask.flash(_("Your idea waits. A moderator looks first."), "warm")
    else:
        flask.flash(_("Saved. The panel reads your new words."))
    return flask.redirect(flask.url_for("discussion.idea", proposal_id=idea.id), 303)


@bp.post("/ideas/<int:proposal_id>/take-back")
@access(Access.MEMBER)
def take_back(proposal_id: int) -> Any:
    """Take my idea back."""
    seen = find_own(proposal_id)
    actions.take_back(db.session(), seen.round, seen.membership, seen.proposal, now())
    flask.flash(_("You took your idea back. Nobody else reads it."))
    return flask.redirect(flask.url_for("discussion.idea", proposal_id=proposal_id), 303)


@bp.get("/ideas/<int:proposal_id>/versions")
@access(Access.SIGNED_IN)
def versions(proposal_id: int) -> Any:
    """What changed from version to version, newest first."""
    seen = find(proposal_id)
    if not seen.readable or seen.proposal.state is WordState.DRAFT:
        flask.abort(404)
    rows = [row for row in queries.versions(db.session(), proposal_id) if row.shown]
    if not rows:
        flask.abort(404)
    steps = [(new, difference(old.title, new.title), difference(old.body, new.body)) for old, new in pairwise(rows)]
    return flask.render_template("proposals/versions.html", idea=seen.proposal, first=rows[0], steps=steps[::-1])


@bp.route("/ideas/<int:proposal_id>/offer", methods=["GET", "POST"])
@access(Access.MEMBER)
def offer(proposal_id: int) -> Any:
    """Read what a moderator proposes, and take it over or not."""
    seen = find_own(proposal_id)
    waiting = queries.open_edit(db.session(), proposal_id)
    if waiting is None:
        return flask.redirect(flask.url_for("discussion.idea", proposal_id=proposal_id), 303)
    if flask.request.method == "POST":
        who = (seen.round, seen.membership, seen.proposal, waiting)
        if flask.request.form.get("action") == "accept":
            try:
                actions.accept_edit(db.session(), *who, now())
            except Stale:
                flask.flash(_("You changed your idea since. Your own words stay."), "warm")
            else:
                flask.flash(_("You took over the new words."))
        else:
            actions.decline_edit(db.session(), *who, now())
            flask.flash(_("You kept your own words."))
        return flask.redirect(flask.url_for("discussion.idea", proposal_id=proposal_id), 303)
    idea = seen.proposal
    return flask.render_template(
        "proposals/offer.html", idea=idea, offer=waiting, title=difference(idea.title, waiting.title),
        body=difference(idea.body, waiting.body),
    )  # fmt: skip
