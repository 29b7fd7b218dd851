"""The moderator's pages of votes: prepare from ideas, change, and how a vote stands; never a count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for

from codesign.db import db
from codesign.panels.blueprint import find_desk_round
from codesign.panels.queries import facts
from codesign.proposals.models import Proposal
from codesign.proposals.queries import published
from codesign.rules.permissions import Action, why_not
from codesign.voting import desk_rows, labels, preparing, queries
from codesign.voting.blueprint import bp, find_for_desk
from codesign.voting.desk_forms import BallotForm, NewBallotForm
from codesign.voting.desk_labels import GOOD_FOR, missing_words
from codesign.voting.desk_page import again, show
from codesign.voting.domain import Kind, Method, NotPrepared, Option, State
from codesign.web.access import Access, access, me
from codesign.web.clock import now
from codesign.web.forms import bad
from codesign.web.i18n import _, current_lang
from codesign.web.labels import reason_words

_MOST_IDEAS = 200


@bp.get("/desk/rounds/<int:round_id>/votes")
@access(Access.MODERATOR)
def desk_ballots(round_id: int) -> Any:
    """The votes of a round and their state."""
    view, mine = find_desk_round(round_id)
    reason = why_not(Action.PREPARE_BALLOT, facts(view.round, mine))
    return render_template(
        "voting/desk_ballots.html", view=view, ballots=queries.ballots_of(db.session(), round_id, prepared=True),
        zone=ZoneInfo(view.panel.municipality.timezone), kinds=labels.KINDS, states=labels.STATES,
        categories=labels.CATEGORIES, methods=labels.METHODS, State=State, Kind=Kind,
        not_now=reason_words(reason) if reason else "",
    )  # fmt: skip


def _ideas(round_id: int) -> Sequence[Proposal]:
    rows = published(db.session(), round_id, me().id, per_page=_MOST_IDEAS).items
    return [row[0] for row in rows if row[0].merged_into_id is None]


def _first_line(text: str) -> str:
    """The first sentence of an idea, as the meaning of its option; the moderator shortens it."""
    line = text.strip().splitlines()[0] if text.strip() else ""
    cut = next((i + 1 for i, c in enumerate(line) if c in ".!?؟።" and i >= 20), len(line))
    return line[: min(cut, 200)].strip()


def _option(idea: Proposal) -> Option:
    return Option(
        "", idea.title, _first_line(idea.body), idea.language, idea.codes[0] if idea.codes else "",
        tuple(idea.picture[:1]), idea.id,
    )  # fmt: skip


@bp.route("/desk/rounds/<int:round_id>/votes/new", methods=["GET", "POST"])
@access(Access.MODERATOR)
def new_ballot(round_id: int) -> Any:
    """Choose question, way of voting, ideas and last day; the next page has the options one by one."""
    view, mine = find_desk_round(round_id)
    if request.method == "GET" and why_not(Action.PREPARE_BALLOT, facts(view.round, mine)):
        return redirect(url_for("voting.desk_ballots", round_id=round_id))  # that page says why not
    ideas = _ideas(round_id)
    form = NewBallotForm(
        timezone=view.panel.municipality.timezone,
        data={"language": current_lang(), "method": Method.APPROVAL.value},
    )
    form.ideas.choices = [(i.id, i.title) for i in ideas]
    page = {
        "view": view, "about": {i.id: {"code": i.codes[0], "icons": list(i.picture)} for i in ideas if i.codes},
        "good_for": {m.value: {"hint": words} for m, words in GOOD_FOR.items()},
    }  # fmt: skip
    if request.method == "GET":
        return render_template("voting/new_ballot.html", form=form, **page)
    if not form.validate_on_submit():
        return bad("voting/new_ballot.html", form, **page)
    picked = [_option(i) for i in ideas if i.id in set(form.ideas.data or ())]
    method = Method(form.method.data)
    try:
        ballot = preparing.prepare(
            db.session(), view.round, mine, kind=Kind.VOTE, question=form.question.data, language=form.language.data,
            deadline=form.until(), options=picked, method=method, terms=desk_rows.first_terms(method, len(picked)),
            max_choices=desk_rows.first_most(method, len(picked)), with_none=method is Method.APPROVAL, now=now(),
        )  # fmt: skip
    except NotPrepared as error:
        (form.deadline if str(error) == "deadline" else form.ideas).errors = [missing_words(error)]
        return bad("voting/new_ballot.html", form, **page)
    return redirect(url_for("voting.desk_ballot", ballot_id=ballot.id), 303)


@bp.get("/desk/votes/<int:ballot_id>")
@access(Access.MODERATOR)
def desk_ballot(ballot_id: int) -> Any:
    """One vote: change and open it while it is prepared; afterwards what it is and how it stands, never a count."""
    view, _mine = find_for_desk(ballot_id)
    return show(view)


@bp.post("/desk/votes/<int:ballot_id>")
@access(Access.MODERATOR)
def change_ballot(ballot_id: int) -> Any:
    """Keep the changed question and options; whoever looked at them must look again."""
    view, mine = find_for_desk(ballot_id)
    ballot = view.ballot
    preparing.must_be_prepared(ballot)
    form = BallotForm(method=ballot.method, kind=ballot.kind, timezone=view.panel.municipality.timezone)
    if not form.validate_on_submit():
        if form.options is not None and form.options.errors:
            form.options.errors = [_("Look at the options below.")]
        if form.words is not None and form.words.errors:
            form.words.errors = [_("Look at the translations below.")]
        return again(view, form=form)
    known = {o.proposal_id for o in ballot.options if o.proposal_id is not None}
    options = desk_rows.options_of(form, known, view.panel.languages)
    try:
        preparing.change_ballot(
            db.session(), ballot, view.round, mine, question=form.question.data, language=form.language.data,
            deadline=form.until(), options=options, max_choices=desk_rows.most(form, ballot.method, len(options)),
            with_none=bool(form.with_none and form.with_none.data), terms=desk_rows.terms_of(form, ballot.method),
            translations=desk_rows.question_words(form, view.panel.languages), now=now(),
        )  # fmt: skip
    except NotPrepared as error:
        db.session().rollback()
        view, _mine = find_for_desk(ballot_id)
        return again(view, form=form, missing=desk_rows.point_out(form, error))
    flash(_("Saved."))
    return redirect(url_for("voting.desk_ballot", ballot_id=ballot_id), 303)
