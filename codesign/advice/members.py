"""The member's pages: the advice in plain parts, the answer to each point, what became of an idea, and quotes."""

from __future__ import annotations

from typing import Any

import flask

from codesign.advice import (
    coauthor_queries,
    composing,
    fate_queries,
    fitting,
    meaning_queries,
    queries,
    quote_queries,
    quoting,
)
from codesign.advice.blueprint import bp, find
from codesign.advice.desk_answer import after_for_members
from codesign.advice.drafting_forms import BecauseForm
from codesign.advice.fates import Fate, answer_parts, fate_of, from_record, summary_in
from codesign.advice.heard_fates import sentences_with
from codesign.advice.labels import SECTIONS, fate_words, place_name
from codesign.cosigning.queries import beside as beside_of
from codesign.db import db
from codesign.documents.queries import statuses
from codesign.panels.blueprint import home
from codesign.proposals.queries import proposal_for
from codesign.responses.after_queries import aftermath
from codesign.rules.states import AdviceState
from codesign.voting import queries as ballots
from codesign.voting.domain import State
from codesign.web.access import Access, access, me
from codesign.web.clock import now, today
from codesign.web.i18n import _, reading_order


@bp.get("/advice")
@access(Access.MEMBER)
def mine() -> Any:
    """Every advice of my panel."""
    session = db.session()
    views = queries.advice_list(session, me().id, moderates=False)
    flask.g.panel = views[0].panel if views else home().panel
    digests = {v.advice.id: v.sent_digest for v in views if v.sent_digest}
    known = from_record(lambda: statuses(session, digests.values()))
    parts = [(view, place, place_name(place)) for view, place in coauthor_queries.writes_along(session, me().id)]
    being_corrected = [v.advice.id for v in views if v.correcting and v.advice.state is AdviceState.DRAFT]
    return flask.render_template(
        "advice/mine.html", views=views, parts=parts, reachable=known is not None,
        titles=queries.sent_titles(session, being_corrected) if being_corrected else {},
        statuses={i: known[d] for i, d in digests.items() if known and d in known},
    )  # fmt: skip


@bp.get("/advice/<int:advice_id>")
@access(Access.MEMBER)
def read(advice_id: int) -> Any:
    """The advice, the vote on it, and the answer to each point once it is there."""
    view, session = find(advice_id), db.session()
    if view.correcting and view.advice.state is AdviceState.DRAFT:
        # The new text is the moderators' own until the panel has it; what was sent stands.
        newest = queries.sent(session, advice_id)
        assert newest is not None
        return flask.redirect(flask.url_for("revising.as_sent", advice_id=advice_id, n=newest.version), 303)
    content = composing.content(session, view)
    gone = view.gone
    last = queries.last_ratification(session, advice_id) if gone is None else None
    record = from_record(lambda: fate_queries.standing(session, gone)) if gone is not None else None
    answer = record.answer if record else None
    status = record.status if record else None
    beside = from_record(lambda: beside_of(session, status)) if status is not None else None
    vote = last[1].id if last else view.advice.rating_ballot_id
    open_now = {b.id for b in ballots.open_ballots(session, me().id, now())} if vote else set()
    said = meaning_queries.said_of(session, advice_id, me().id) if view.advice.state is AdviceState.TO_PANEL else {}
    return flask.render_template(
        "advice/read.html", said=said, because_form=because_form,
        view=view, content=content, sections=SECTIONS, status=record.status if record else None,
        reachable=gone is None or record is not None,
        answer=answer, parts={p.number: p for p in answer_parts(answer)} if answer else {},
        after=after_for_members(view, record),
        summary=summary_in(answer, reading_order(me().language)) if answer else None,
        rating=record.rating if record else None,
        beside=beside, gone=gone, fit=fitting.fit_of(session, view.round.id) if answer else None,
        vote=vote if vote in open_now else None, voted_on=last is not None and last[1].state is not State.OPEN,
        AdviceState=AdviceState,
    )  # fmt: skip


def because_form(recommendation_id: int, words: str) -> BecauseForm:
    """The form of "not yet, because" under one recommendation."""
    return BecauseForm(formdata=None, data={"because": words}, prefix=f"r{recommendation_id}-")


@bp.get("/ideas/<int:proposal_id>/trail")
@access(Access.SIGNED_IN)
def trail(proposal_id: int) -> Any:
    """What became of one idea, step by step (R32)."""
    session = db.session()
    seen = proposal_for(session, proposal_id, me().id)
    fate: Fate | None = fate_of(session, proposal_id) if seen is not None else None
    if seen is None or fate is None:
        flask.abort(404)
    flask.g.panel = seen.panel
    after = None
    if fate.answer is not None and fate.advice is not None:
        here, number = seen.panel.municipality_code, fate.advice.number
        after = from_record(lambda: aftermath(session, here, number, whole=False))
    fit = fitting.fit_of(session, seen.round.id) if after else None
    both = {fate.idea.id, *([fate.joined.id] if fate.joined else [])}
    return flask.render_template(
        "advice/trail.html", seen=seen, fate=fate, sentence=fate_words(fate), heard=sentences_with(session, both),
        after=after, fit=fit, short=fate.answer.in_short(reading_order(me().language)) if fate.answer else None,
    )  # fmt: skip


@bp.get("/quotes")
@access(Access.MEMBER)
def quotes_asked() -> Any:
    """Sentences of mine that somebody would like to quote."""
    home()
    return flask.render_template(
        "advice/quotes_asked.html", quotes=quote_queries.quotes_asked(db.session(), me().id),
        before=quoting.BEFORE_ADOPTION,
    )  # fmt: skip


@bp.post("/quotes/<int:quote_id>")
@access(Access.MEMBER)
def answer_quote(quote_id: int) -> Any:
    """My answer: yes, or no."""
    view = quote_queries.quote_for(db.session(), quote_id, me().id)
    if view is None:
        flask.abort(404)
    released = flask.request.form.get("answer") == "yes"
    quoting.answer_quote(db.session(), view, release=released, today=today(), now=now())
    flask.flash(_("Thank you. These words may be used.") if released else _("These words stay in the panel."))
    return flask.redirect(flask.url_for("advice.quotes_asked"), 303)
