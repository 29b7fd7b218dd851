"""Pages for joining two ideas side by side, and for proposing other words to an author."""

from __future__ import annotations

from typing import Any

import flask

from codesign.db import db
from codesign.moderation import actions
from codesign.moderation.blueprint import bp, find_for_desk
from codesign.moderation.domain import What
from codesign.moderation.forms import DecideForm, OfferForm
from codesign.moderation.queries import Thing
from codesign.proposals import curating
from codesign.proposals.domain import likeness
from codesign.proposals.models import Proposal
from codesign.proposals.queries import published_texts
from codesign.rules.permissions import Refused
from codesign.rules.text import fold_for_search
from codesign.rules.words import WordState
from codesign.web.access import Access, access, me
from codesign.web.clock import now
from codesign.web.i18n import _
from codesign.web.labels import reason_words
from codesign.web.words import own_language


def _idea(idea_id: int) -> tuple[Thing, Proposal]:
    thing = find_for_desk(What.IDEA.value, idea_id)
    assert isinstance(thing.row, Proposal)
    return thing, thing.row


@bp.get("/desk/ideas/<int:idea_id>/join")
@access(Access.MODERATOR)
def partners(idea_id: int) -> Any:
    """Choose the idea to compare with, the likest first."""
    thing, idea = _idea(idea_id)
    if idea.state is not WordState.PUBLISHED:
        flask.abort(404)
    texts = published_texts(db.session(), thing.round.id, leave_out=idea_id)
    folded = {key: fold_for_search(title) for key, (title, _body, _language) in texts.items()}
    scores = likeness(fold_for_search(idea.title), folded)
    found = [(key, texts[key]) for key in sorted(texts, key=lambda key: (-scores[key], key))]
    return flask.render_template("moderation/partners.html", idea=idea, round=thing.round, found=found[:40])


@bp.route("/desk/ideas/<int:idea_id>/join/<int:other_id>", methods=["GET", "POST"])
@access(Access.MODERATOR)
def join(idea_id: int, other_id: int) -> Any:
    """Two ideas side by side: choose which one stays, and say why; both authors read it."""
    (one, first), (other, second) = _idea(idea_id), _idea(other_id)
    same = one.round.id == other.round.id and idea_id != other_id
    if not same or {first.state, second.state} != {WordState.PUBLISHED}:
        flask.abort(404)
    get = flask.request.method == "GET"
    form = DecideForm(language=own_language(me())) if get else DecideForm()
    page: dict[str, Any] = {"first": first, "second": second, "round": one.round, "form": form}
    if get or not form.validate_on_submit():
        return flask.render_template("moderation/join.html", **page), 200 if get else 422
    keep_first = flask.request.form.get("action") == "first"
    source, target = (other, first) if keep_first else (one, second)
    try:
        actions.merge(db.session(), source, target, why=form.why.data, language=form.language.data, now=now())
    except Refused as refused:
        db.session().rollback()  # the lock read the rows afresh, without their authors
        page |= {"first": _idea(idea_id)[1], "second": _idea(other_id)[1], "round": _idea(idea_id)[0].round}
        return flask.render_template("moderation/join.html", **page, refused=reason_words(refused.reason)), 409
    flask.flash(_("Joined. Both authors see it."))
    return flask.redirect(flask.url_for("discussion.idea", proposal_id=target.id), 303)


@bp.route("/desk/ideas/<int:idea_id>/words", methods=["GET", "POST"])
@access(Access.MODERATOR)
def offer(idea_id: int) -> Any:
    """Propose other words; only the author can take them over."""
    thing, idea = _idea(idea_id)
    if idea.state not in (WordState.PUBLISHED, WordState.HELD):
        flask.abort(404)
    if flask.request.method == "GET":
        values = {"title": idea.title, "body": idea.body, "language": own_language(me()), "seen": str(idea.version)}
        return flask.render_template("moderation/offer.html", idea=idea, thing=thing, form=OfferForm(data=values))
    form = OfferForm()
    if not form.validate_on_submit():
        return flask.render_template("moderation/offer.html", idea=idea, thing=thing, form=form), 422
    raw = form.seen.data or ""
    seen = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 7 else 0
    if seen != idea.version:
        form.seen.data = str(idea.version)
        return flask.render_template("moderation/offer.html", idea=idea, thing=thing, form=form, stale=True), 422
    try:
        curating.propose_edit(
            db.session(), thing.round, thing.membership, idea, title=form.title.data, body=form.body.data,
            why=form.why.data, language=form.language.data, seen=seen, now=now(),
        )  # fmt: skip
    except Refused as refused:
        words = reason_words(refused.reason)
        db.session().rollback()
        thing, idea = _idea(idea_id)
        return flask.render_template("moderation/offer.html", idea=idea, thing=thing, form=form, refused=words), 409
    flask.flash(_("Proposed. The author decides."))
    return flask.redirect(flask.url_for("moderation.queue", round=thing.round.id), 303)
