"""Ideas: the list, one's own drafts, giving, changing and taking back an idea, and supporting one."""

from __future__ import annotations

from typing import Any

import flask

from codesign.db import db
from codesign.indicators.domain import domain_codes
from codesign.panels.here import Here, here, place
from codesign.panels.queries import facts, gatherings
from codesign.proposals import actions, changing, queries
from codesign.proposals.blueprint import alike, bp, find
from codesign.proposals.forms import DraftForm, IdeaForm, values_of
from codesign.proposals.models import Proposal
from codesign.proposals.queries import Order
from codesign.rules.permissions import Action, Refused, why_not
from codesign.rules.words import WordState, kinds_found
from codesign.web.access import Access, access, me, safe_next
from codesign.web.clock import now
from codesign.web.i18n import _
from codesign.web.labels import reason_words
from codesign.web.paging import page_number
from codesign.web.words import own_language

__all__ = ["bp", "changing"]
# Themes shown before "more": with "all" and "more" they fill two rows of three.
_FIRST = 4


@bp.get("/ideas")
@access(Access.SIGNED_IN)
def ideas() -> Any:
    """Cards of the ideas of a round: by theme, by words, newest or most supported first."""
    view, asked = here(), flask.request.args
    domain = asked.get("theme") if asked.get("theme") in domain_codes() else None
    order = Order.SUPPORT if asked.get("order") == Order.SUPPORT.value else Order.NEW
    words = asked.get("q", "")[:100]
    page = queries.published(
        db.session(), view.round.id, me().id, domain=domain, words=words, order=order,
        page=page_number(asked.get("page")),
    )  # fmt: skip
    counts = queries.domain_counts(db.session(), view.round.id)
    most = sorted(domain_codes(), key=lambda code: -counts.get(code, 0))[:_FIRST]
    shown = list(domain_codes()) if asked.get("more") or (domain and domain not in most) else most
    kept = {"round": view.round.id, "theme": domain, "q": words or None, "order": order.value}
    return flask.render_template(
        "proposals/ideas.html", view=view, page=page, counts=counts, codes=shown, chosen=domain, words=words,
        order=order, kept=kept, may_support=not why_not(Action.SUPPORT, facts(view.round, view.membership)),
        shut=_shut(view), all_shown=len(shown) > _FIRST,
    )  # fmt: skip


def _shut(view: Here) -> str | None:
    reason = why_not(Action.PROPOSE, facts(view.round, view.membership))
    return reason_words(reason) if reason else None


def _form(kind: type[IdeaForm], view: Here, **values: Any) -> IdeaForm:
    return kind(gatherings=gatherings(db.session(), view.round.id), **values)


def _page(view: Here, form: IdeaForm, *, draft: Proposal | None = None, status: int = 200, **more: Any) -> Any:
    words = (form.title.data or "", form.body.data or "")
    found = alike(view, *words, leave_out=draft.id if draft else None) if words[0] else []
    kinds = kinds_found("\n".join(words))
    counts = queries.domain_counts(db.session(), view.round.id)
    first = sorted(domain_codes(), key=lambda code: -counts.get(code, 0))[:3]
    page = flask.render_template(
        "proposals/new.html", view=view, form=form, draft=draft, alike=found, kinds=kinds, first=first,
        shut=_shut(view), **more,
    )  # fmt: skip
    return page, status


@bp.route("/ideas/new", methods=["GET", "POST"])
@access(Access.MEMBER)
def new() -> Any:
    """Give an idea, or keep it as a draft."""
    view = here()
    if flask.request.method == "GET":
        return _page(view, _form(IdeaForm, view, language=own_language(me())))
    return _take_in(view, None)


@bp.route("/ideas/drafts/<int:proposal_id>", methods=["GET", "POST"])
@access(Access.MEMBER)
def draft(proposal_id: int) -> Any:
    """Go on with a draft: look again, see like ideas, send it."""
    seen = queries.draft_for(db.session(), proposal_id, me().id)
    if seen is None:
        # Sent already, perhaps by a tap whose answer got lost: the idea is there.
        return flask.redirect(flask.url_for("discussion.idea", proposal_id=find(proposal_id).proposal.id), 303)
    view, mine = place(seen.round, seen.panel, seen.membership), seen.proposal
    if flask.request.method == "GET":
        values = values_of(mine, queries.indicators_of(db.session(), mine.id))
        return _page(view, _form(DraftForm, view, data=values), draft=mine)
    return _take_in(view, mine)


def _take_in(view: Here, mine: Proposal | None) -> Any:
    saving = flask.request.form.get("action") == "save"
    form = _form(DraftForm if saving else IdeaForm, view)
    if mine is not None:
        form.key.data = mine.form_key
    if not form.validate_on_submit():
        return _page(view, form, draft=mine, status=422)
    act = actions.save_draft if saving else actions.propose
    try:
        idea = act(db.session(), view.round, view.membership, form.content(), key=form.key.data, now=now())
    except Refused as refused:
        return _page(view, form, draft=mine, status=409, refused=reason_words(refused.reason))
    if idea.state is WordState.DRAFT:
        flask.flash(_("Saved. Only you can read it. You can go on later."))
        return flask.redirect(flask.url_for("proposals.draft", proposal_id=idea.id), 303)
    if idea.state is WordState.HELD:
        flask.flash(_("Your idea waits. A moderator looks first."), "warm")
    else:
        flask.flash(_("The panel can read your idea."))
    return flask.redirect(flask.url_for("discussion.idea", proposal_id=idea.id), 303)


@bp.post("/ideas/drafts/<int:proposal_id>/drop")
@access(Access.MEMBER)
def drop_draft(proposal_id: int) -> Any:
    """Throw a draft away."""
    seen = queries.draft_for(db.session(), proposal_id, me().id)
    if seen is None:
        flask.abort(404)
    actions.drop_draft(db.session(), seen.round, seen.membership, seen.proposal, now())
    flask.flash(_("The draft is gone."))
    return flask.redirect(flask.url_for("pages.my_words"), 303)


@bp.post("/ideas/similar")
@access(Access.MEMBER)
def similar() -> Any:
    """While writing: like ideas, and details that would hold this one. A POST, so that no log keeps the words."""
    view = here()
    title, body = flask.request.form.get("title", "")[:200], flask.request.form.get("body", "")[:3000]
    found = alike(view, title, body)
    return flask.render_template("proposals/_alike.html", alike=found, kinds=kinds_found(f"{title}\n{body}"))


@bp.post("/ideas/<int:proposal_id>/support")
@access(Access.MEMBER)
def support(proposal_id: int) -> Any:
    """Support an idea, or no longer; sending the same again changes nothing."""
    seen = find(proposal_id)
    on = flask.request.form.get("on", "0" if seen.supported else "1") == "1"
    actions.support(db.session(), seen.round, seen.membership, seen.proposal, on=on, now=now())
    if flask.request.headers.get("HX-Request"):
        return flask.render_template("proposals/_support.html", idea=seen.proposal, pressed=on)
    target = flask.request.form.get("next") or flask.url_for("discussion.idea", proposal_id=proposal_id)
    return flask.redirect(safe_next(target), 303)
