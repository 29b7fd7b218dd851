"""The moderators' queue and what they do with words; reporting, and an author's answer to a decision."""

from __future__ import annotations

from typing import Any

import flask

from codesign.db import db
from codesign.moderation import actions, joining, queries
from codesign.moderation.blueprint import bp, desk, find, find_for_desk, href_of, lines, title_of
from codesign.moderation.forms import AppealDecisionForm, AppealForm, DecideForm, ReportForm
from codesign.moderation.models import Decision, Outcome
from codesign.moderation.queries import Thing
from codesign.panels.here import Here, place
from codesign.panels.queries import facts
from codesign.proposals.domain import pairs_alike
from codesign.proposals.queries import published_texts
from codesign.rules.permissions import Action, Refused, why_not
from codesign.rules.phases import Phase
from codesign.rules.roles import Role
from codesign.rules.text import fold_for_search
from codesign.rules.words import WordState
from codesign.web.access import Access, access, me
from codesign.web.clock import now
from codesign.web.i18n import _
from codesign.web.labels import reason_words
from codesign.web.words import own_language

__all__ = ["bp", "joining"]
# Looking for like ideas compares titles of at most so many ideas, the newest.
_COMPARED = 100


@bp.get("/desk/queue")
@access(Access.MODERATOR)
def queue() -> Any:
    """What waits: held and reported words, authors who do not agree, ideas that look alike, offers not yet answered."""
    view = desk()
    waiting = lines(db.session(), view.round.id)
    pairs = []
    if view.round.phase in (Phase.LISTENING, Phase.PROPOSING, Phase.DISCUSSING):
        texts = published_texts(db.session(), view.round.id)
        newest = sorted(texts, reverse=True)[:_COMPARED]
        pairs = [
            ((a, *texts[a][::2]), (b, *texts[b][::2]))
            for a, b in pairs_alike({key: fold_for_search(texts[key][0]) for key in newest})
        ]
    return flask.render_template(
        "moderation/queue.html", view=view, waiting=waiting, title_of=title_of, href_of=href_of, pairs=pairs,
        offers=queries.open_offers(db.session(), view.round.id),
    )  # fmt: skip


def _look(thing: Thing, form: DecideForm, status: int = 200, **more: Any) -> Any:
    known = facts(thing.round, thing.membership)
    page = flask.render_template(
        "moderation/look.html", thing=thing, form=form,
        reports=queries.open_reports(db.session(), thing.what, thing.row.id),
        last=queries.latest_about(db.session(), thing.what, thing.row.id),
        may_merge=thing.what == "idea" and not why_not(Action.MERGE, known), **more,
    )  # fmt: skip
    return page, status


@bp.route("/desk/look/<any(idea, reply, story):what>/<int:thing_id>", methods=["GET", "POST"])
@access(Access.MODERATOR)
def look(what: str, thing_id: int) -> Any:
    """Look at one piece of words, and decide: to everybody, or hidden with a reason."""
    thing = find_for_desk(what, thing_id)
    form = DecideForm(language=own_language(me())) if flask.request.method == "GET" else DecideForm()
    if flask.request.method == "GET":
        return _look(thing, form)
    publish = flask.request.form.get("action") == "publish"
    if not form.validate_on_submit():
        return _look(thing, form, 422)
    if not publish and not form.why.data:
        form.why.errors = [_("Say why first. People read your reason.")]
        return _look(thing, form, 422)
    try:
        actions.decide_held(
            db.session(), thing, publish=publish, why=form.why.data, language=form.language.data, now=now()
        )
    except Refused as refused:
        db.session().rollback()  # the lock read the row afresh, without its author
        return _look(find_for_desk(what, thing_id), form, 409, refused=reason_words(refused.reason))
    flask.flash(_("The panel can read it.") if publish else _("It is hidden. The author reads your reason."))
    return flask.redirect(flask.url_for("moderation.queue", round=thing.round.id), 303)


@bp.route("/report/<any(idea, reply, story):what>/<int:thing_id>", methods=["GET", "POST"])
@access(Access.MEMBER)
def report(what: str, thing_id: int) -> Any:
    """Ask a moderator to look at somebody's words."""
    thing, form = find(what, thing_id), ReportForm()
    if thing.row.state is not WordState.PUBLISHED or thing.own:
        flask.abort(404)
    back = _page_of(thing)
    if flask.request.method == "GET":
        return flask.render_template("moderation/report.html", thing=thing, form=form, back=back)
    if not form.validate_on_submit():
        return flask.render_template("moderation/report.html", thing=thing, form=form, back=back), 422
    actions.report(db.session(), thing, why=form.why.data, language=own_language(me()), now=now())
    flask.flash(_("A moderator will look at it."))
    return flask.redirect(back, 303)


def _page_of(thing: Thing) -> str:
    if thing.idea_id is not None:
        return flask.url_for("discussion.idea", proposal_id=thing.idea_id)
    return flask.url_for("tellings.tell", round=thing.round.id)


def _decision(decision_id: int) -> tuple[Decision, Here]:
    found = queries.decision_for(db.session(), decision_id, me().id)
    if found is None:
        flask.abort(404)
    return found[0], place(*found[1:])


@bp.route("/decisions/<int:decision_id>/appeal", methods=["GET", "POST"])
@access(Access.MEMBER)
def appeal(decision_id: int) -> Any:
    """Say once that I see it another way."""
    decision, view = _decision(decision_id)
    if decision.author_id != me().id or decision.outcome is Outcome.PUBLISH or decision.appealed_on is not None:
        flask.abort(404)
    form = AppealForm(language=own_language(me())) if flask.request.method == "GET" else AppealForm()
    _what, words = queries.of_decision(decision)
    if flask.request.method == "GET" or not form.validate_on_submit():
        status = 200 if flask.request.method == "GET" else 422
        return flask.render_template("moderation/appeal.html", decision=decision, words=words, form=form), status
    actions.appeal(
        db.session(), view.round, view.membership, decision, text=form.text.data, language=form.language.data, now=now()
    )
    flask.flash(_("Another moderator reads it. You see the answer under My words."))
    return flask.redirect(flask.url_for("pages.my_words"), 303)


@bp.route("/desk/appeals/<int:decision_id>", methods=["GET", "POST"])
@access(Access.MODERATOR)
def decide_appeal(decision_id: int) -> Any:
    """Read why an author does not agree, and decide; never about one's own decision."""
    decision, view = _decision(decision_id)
    what, words = queries.of_decision(decision)
    if view.membership.role is not Role.MODERATOR or decision.appealed_on is None or words.state is WordState.ERASED:
        flask.abort(404)
    get = flask.request.method == "GET"
    form = AppealDecisionForm(language=own_language(me())) if get else AppealDecisionForm()
    own = decision.by == me().id
    page: dict[str, Any] = {"decision": decision, "words": words, "what": what, "own": own, "form": form}
    if get or own or decision.appeal_outcome is not None or not form.validate_on_submit():
        status = 200 if get else 409 if own or decision.appeal_outcome is not None else 422
        return flask.render_template("moderation/decide_appeal.html", **page), status
    try:
        actions.decide_appeal(
            db.session(), view.round, view.panel, view.membership, decision,
            turn=flask.request.form.get("action") == "turn", why=form.why.data, language=form.language.data, now=now(),
        )  # fmt: skip
    except Refused as refused:
        words_ = reason_words(refused.reason)
        return flask.render_template("moderation/decide_appeal.html", **page, refused=words_), 409
    flask.flash(_("Decided. The author reads your reason."))
    return flask.redirect(flask.url_for("moderation.queue", round=view.round.id), 303)
