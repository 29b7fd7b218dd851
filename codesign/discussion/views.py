"""The page of an idea with its replies, and what one can do there."""

from __future__ import annotations

from typing import Any

import flask
from sqlalchemy.orm import Session

from codesign.db import db
from codesign.discussion import actions, queries
from codesign.discussion.actions import StaleReply
from codesign.discussion.domain import Kind, Order
from codesign.discussion.forms import ReplyForm
from codesign.discussion.models import Contribution
from codesign.discussion.queries import SeenReply
from codesign.panels.here import place
from codesign.panels.hooks import Todo, hooks
from codesign.panels.queries import RoundView, facts
from codesign.proposals import queries as proposals
from codesign.proposals.blueprint import find
from codesign.proposals.queries import Seen
from codesign.rules.permissions import Action, Refused, why_not
from codesign.rules.phases import Phase
from codesign.rules.words import WordState
from codesign.web.access import Access, access, me, safe_next
from codesign.web.clock import now
from codesign.web.i18n import _
from codesign.web.labels import reason_words
from codesign.web.paging import page_number
from codesign.web.words import own_language

bp = flask.Blueprint("discussion", __name__)


@bp.record_once
def _join_pages(state: Any) -> None:
    hooks(state.app).todo.append(_todo)


def _todo(_session: Session, view: RoundView) -> Todo | None:
    if view.round.phase is not Phase.DISCUSSING or why_not(Action.DISCUSS, facts(view.round, view.membership)):
        return None
    return Todo(
        _("Talk about the ideas"),
        _("Say what you think, ask, or tell your story. Support what you like."),
        _("Read the ideas"),
        flask.url_for("proposals.ideas", round=view.round.id),
        ("chats-circle", "hand-heart"),
    )


def _kind(raw: str | None) -> Kind | None:
    return Kind(raw) if raw in set(Kind) else None


def _page(seen: Seen, form: ReplyForm, status: int = 200, **more: Any) -> Any:
    session, asked, idea = db.session(), flask.request.args, seen.proposal
    kind = _kind(asked.get("kind"))
    order = Order.SUPPORT if asked.get("order") == Order.SUPPORT.value else Order.NEW
    known = facts(seen.round, seen.membership, own=seen.own)
    open_ = idea.state is WordState.PUBLISHED
    shut = why_not(Action.DISCUSS, known)
    page = flask.render_template(
        "discussion/idea.html", seen=seen, idea=idea, form=form, kind=kind, order=order,
        page=queries.replies(session, idea.id, me().id, kind=kind, order=order, page=page_number(asked.get("page"))),
        counts=queries.kind_counts(session, idea.id), kinds=list(Kind),
        lineage=proposals.lineage(session, idea.id) if seen.readable else [],
        into=proposals.brief(session, idea.merged_into_id) if idea.merged_into_id else None,
        offer=proposals.open_edit(session, idea.id) if seen.own and idea.state is not WordState.MERGED else None,
        may_reply=open_ and not shut, shut=shut and reason_words(shut),
        may_support=open_ and not why_not(Action.SUPPORT, known),
        may_edit=seen.own and not why_not(Action.EDIT_PROPOSAL, known),
        may_take_back=seen.own and not why_not(Action.TAKE_BACK, known),
        kept={"proposal_id": idea.id, "kind": kind and kind.value, "order": order.value}, **more,
    )  # fmt: skip
    return page, status


@bp.get("/ideas/<int:proposal_id>")
@access(Access.SIGNED_IN)
def idea(proposal_id: int) -> Any:
    """The idea, and what people say about it."""
    seen = find(proposal_id)
    if seen.proposal.state is WordState.DRAFT:
        return flask.redirect(flask.url_for("proposals.draft", proposal_id=proposal_id))
    return _page(seen, ReplyForm(language=own_language(me())))


@bp.post("/ideas/<int:proposal_id>/replies")
@access(Access.MEMBER)
def reply(proposal_id: int) -> Any:
    """Take a reply in, under the idea or under another reply."""
    seen, form = find(proposal_id), ReplyForm()
    wanted = form.number(form.parent.data)
    parent = queries.reply_for(db.session(), wanted, me().id) if wanted else None
    if form.parent.data and (parent is None or parent.row.proposal_id != proposal_id):
        flask.abort(404)
    if not form.validate_on_submit():
        return _answer_page(parent, form, 422) if parent else _page(seen, form, 422)
    try:
        row = actions.discuss(
            db.session(), seen.round, seen.membership, seen.proposal, kind=Kind(form.kind.data), body=form.body.data,
            language=form.language.data, key=form.key.data, now=now(), parent=parent.row if parent else None,
        )  # fmt: skip
    except Refused as refused:
        words = reason_words(refused.reason)
        return _answer_page(parent, form, 409, refused=words) if parent else _page(seen, form, 409, refused=words)
    return _back_to(row)


def _back_to(row: Contribution) -> Any:
    if row.state is WordState.HELD:
        flask.flash(_("Your reply waits. A moderator looks first."), "warm")
    else:
        flask.flash(_("The panel can read your reply."))
    target = flask.url_for("discussion.idea", proposal_id=row.proposal_id, _anchor=f"reply-{row.parent_id or row.id}")
    return flask.redirect(target, 303)


def _find_reply(reply_id: int) -> SeenReply:
    seen = queries.reply_for(db.session(), reply_id, me().id)
    if seen is None:
        flask.abort(404)
    place(seen.idea.round, seen.idea.panel, seen.idea.membership)
    return seen


def _find_own(reply_id: int) -> SeenReply:
    seen = _find_reply(reply_id)
    if not seen.own:
        flask.abort(404)
    return seen


def _answer_page(parent: SeenReply, form: ReplyForm, status: int = 200, **more: Any) -> Any:
    return flask.render_template("discussion/answer.html", parent=parent, form=form, **more), status


@bp.get("/replies/<int:reply_id>/answer")
@access(Access.MEMBER)
def answer(reply_id: int) -> Any:
    """A page for answering one reply."""
    seen = _find_reply(reply_id)
    if seen.row.state is not WordState.PUBLISHED:
        flask.abort(404)
    return _answer_page(seen, ReplyForm(language=own_language(me()), parent=str(reply_id)))


@bp.route("/replies/<int:reply_id>/edit", methods=["GET", "POST"])
@access(Access.MEMBER)
def edit(reply_id: int) -> Any:
    """Change my reply; when it was saved from elsewhere meanwhile, both texts are shown."""
    seen = _find_own(reply_id)
    row, round_, membership = seen.row, seen.idea.round, seen.idea.membership
    if flask.request.method == "GET":
        form = ReplyForm(
            data={"kind": row.kind.value, "body": row.body, "language": row.language, "seen": str(row.version)}
        )
        return flask.render_template("discussion/edit.html", form=form, row=row)
    form = ReplyForm()
    if not form.validate_on_submit():
        return flask.render_template("discussion/edit.html", form=form, row=row), 422
    try:
        actions.edit_reply(
            db.session(), round_, membership, row, kind=Kind(form.kind.data), body=form.body.data,
            language=form.language.data, seen=form.number(form.seen.data) or 0, now=now(),
        )  # fmt: skip
    except StaleReply as stale:
        form.seen.data = str(stale.reply.version)
        return flask.render_template("discussion/edit.html", form=form, row=row, stale=stale.reply), 422
    except Refused as refused:
        words = reason_words(refused.reason)
        return flask.render_template("discussion/edit.html", form=form, row=row, refused=words), 409
    return _back_to(row)


@bp.post("/replies/<int:reply_id>/take-back")
@access(Access.MEMBER)
def take_back(reply_id: int) -> Any:
    """Take my reply back."""
    seen = _find_own(reply_id)
    actions.take_back_reply(db.session(), seen.idea.round, seen.idea.membership, seen.row, now())
    flask.flash(_("You took your reply back. Nobody else reads it."))
    return flask.redirect(flask.url_for("discussion.idea", proposal_id=seen.row.proposal_id), 303)


@bp.post("/replies/<int:reply_id>/support")
@access(Access.MEMBER)
def support(reply_id: int) -> Any:
    """Support a reply, or no longer."""
    seen = _find_reply(reply_id)
    on = flask.request.form.get("on", "1") == "1"
    actions.support_reply(db.session(), seen.idea.round, seen.idea.membership, seen.row, on=on, now=now())
    if flask.request.headers.get("HX-Request"):
        return flask.render_template("discussion/_support.html", row=seen.row, pressed=on)
    there = flask.url_for("discussion.idea", proposal_id=seen.row.proposal_id, _anchor=f"reply-{reply_id}")
    return flask.redirect(safe_next(flask.request.form.get("next") or there), 303)
