"""My words and my data: what I wrote with its state, what is kept, and leaving or erasing it all."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import flask

import codesign.discussion.actions as discussion
import codesign.fieldwork.ending as fieldwork
import codesign.moderation.actions as moderation
import codesign.networks.actions as networks
import codesign.proposals.actions as proposals
import codesign.room.actions as room
import codesign.tellings.actions as tellings
import codesign.vision.actions as vision
import codesign.voting.preparing as voting
from codesign.accounts import actions as accounts
from codesign.accounts.queries import about_me, person_by_id
from codesign.advice import quoting
from codesign.advice.fates import fates
from codesign.advice.labels import fate_words
from codesign.db import db
from codesign.discussion.queries import written_by
from codesign.moderation.models import Decision
from codesign.moderation.queries import decisions_about
from codesign.pages.blueprint import bp
from codesign.pages.queries import everything_of
from codesign.panels import actions as panels
from codesign.panels import attending
from codesign.panels.queries import memberships
from codesign.proposals.queries import mine, open_edits_for
from codesign.rules.words import WordState
from codesign.tellings.queries import told_by
from codesign.web.access import Access, access, me, sign_out
from codesign.web.clock import now
from codesign.web.i18n import _

# What each package keeps of a person's words; the order is that of the house, from above to below.
ERASERS: tuple[accounts.Eraser, ...] = (
    quoting.erase_posts,
    moderation.erase_posts,
    discussion.erase_posts,
    voting.erase_posts,
    proposals.erase_posts,
    tellings.erase_posts,
    fieldwork.forget,
    vision.erase_posts,
    networks.erase_posts,
    room.forget,
    attending.forget,
    panels.erase_topics,
    panels.leave_all,
)


def _latest(decisions: Sequence[Decision], key: str) -> dict[int, Decision]:
    """The newest decision about each idea, reply or story."""
    found: dict[int, Decision] = {}
    for decision in decisions:
        thing = getattr(decision, key)
        if thing is not None:
            found.setdefault(thing, decision)
    return found


@bp.get("/words")
@access(Access.MEMBER)
def my_words() -> Any:
    """My ideas with drafts, my replies, or my stories, each with its state and the reasons of moderators."""
    session, person = db.session(), me()
    shown = flask.request.args.get("show")
    decisions = decisions_about(session, person.id)
    if shown == "replies":
        return flask.render_template(
            "pages/my_words.html", shown=shown, replies=written_by(session, person.id),
            decisions=_latest(decisions, "contribution_id"),
        )  # fmt: skip
    if shown == "stories":
        return flask.render_template(
            "pages/my_words.html", shown=shown, stories=told_by(session, person.id),
            decisions=_latest(decisions, "telling_id"),
        )  # fmt: skip
    rows = mine(session, person.id)
    ideas = [row[0] for row in rows if row[0].state is not WordState.DRAFT]
    known = fates(session, [idea.id for idea in ideas]) if ideas else {}
    return flask.render_template(
        "pages/my_words.html", shown="ideas", offers=open_edits_for(session, person.id),
        drafts=[row[0] for row in rows if row[0].state is WordState.DRAFT],
        ideas=[(idea, fate_words(known[idea.id]) if idea.id in known else "") for idea in ideas],
        decisions=_latest(decisions, "proposal_id"),
    )  # fmt: skip


@bp.get("/my-data")
@access(Access.MEMBER)
def my_data() -> Any:
    """What is kept about me, and what I can do about it."""
    session = db.session()
    return flask.render_template(
        "pages/my_data.html", about=about_me(session, me().id), panels=memberships(session, me().id)
    )


@bp.get("/my-data/file")
@access(Access.MEMBER)
def my_data_file() -> Any:
    """Everything of mine as one file to take along."""
    text = json.dumps(everything_of(db.session(), me().id), ensure_ascii=False, indent=1)
    reply = flask.Response(text, mimetype="application/json")
    reply.headers["Content-Disposition"] = 'attachment; filename="my-words.json"'
    return reply


def _gone(sentence: str) -> Any:
    sign_out()
    flask.flash(sentence)
    return flask.redirect(flask.url_for("accounts.sign_in"), 303)


def _sure() -> bool:
    return flask.request.form.get("sure") == "yes"


@bp.post("/my-data/leave")
@access(Access.MEMBER)
def leave_panel() -> Any:
    """Leave one panel; words stay under the pseudonym."""
    asked = flask.request.form.get("panel", "")
    row = next((m for m in memberships(db.session(), me().id) if str(m.panel_id) == asked), None)
    if row is None:
        flask.abort(404)
    if not _sure():
        flask.flash(_("Tick the box first. Nothing was changed."), "warm")
        return flask.redirect(flask.url_for("pages.my_data"), 303)
    panels.leave_panel(db.session(), row, now())
    attending.forget(db.session(), me().id, now())
    flask.flash(_("You left the panel."))
    return flask.redirect(flask.url_for("pages.home"), 303)


@bp.post("/my-data/withdraw")
@access(Access.MEMBER)
def withdraw() -> Any:
    """No longer agree: card and sign-ins end. Words stay until erased."""
    person = person_by_id(db.session(), me().id)
    if person is None:
        flask.abort(404)
    if not _sure():
        flask.flash(_("Tick the box first. Nothing was changed."), "warm")
        return flask.redirect(flask.url_for("pages.my_data"), 303)
    panels.leave_all(db.session(), person.id, now())
    accounts.withdraw_consent(db.session(), person, now())
    return _gone(_("You no longer take part. Your card does not open the door any more."))


@bp.post("/my-data/erase")
@access(Access.MEMBER)
def erase() -> Any:
    """Take my words out everywhere; I become a former member, replies of others and cast votes stay."""
    person = person_by_id(db.session(), me().id)
    if person is None:
        flask.abort(404)
    if not _sure():
        flask.flash(_("Tick the box first. Nothing was changed."), "warm")
        return flask.redirect(flask.url_for("pages.my_data"), 303)
    accounts.erase_person(db.session(), person, ERASERS, now())
    return _gone(_("Your words are gone. Thank you for what you gave."))
