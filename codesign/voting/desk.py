"""The moderator's pages of votes: prepare from ideas, check, open, and what can be done after that; never a count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for

from codesign.db import db
from codesign.panels.blueprint import find_desk_round
from codesign.panels.queries import electorate, facts
from codesign.proposals.models import Proposal
from codesign.proposals.queries import published
from codesign.rules.permissions import Action, why_not
from codesign.voting import actions, keys, labels, preparing, queries
from codesign.voting.blueprint import bp, find_for_desk, page_values, settings
from codesign.voting.domain import MAX_OPTIONS, Damaged, Kind, NotPrepared, Option, State
from codesign.voting.forms import SPARE, BallotForm, NewBallotForm, OpenForm, VoidForm
from codesign.voting.queries import BallotView
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
        categories=labels.CATEGORIES, State=State,
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
    """Choose question, ideas and last day; the next page has the options one by one."""
    view, mine = find_desk_round(round_id)
    ideas = _ideas(round_id)
    form = NewBallotForm(timezone=view.panel.municipality.timezone, data={"language": current_lang()})
    form.ideas.choices = [(i.id, i.title) for i in ideas]
    page = {"view": view, "about": {i.id: {"code": i.codes[0], "icons": list(i.picture)} for i in ideas if i.codes}}
    if request.method == "GET":
        return render_template("voting/new_ballot.html", form=form, **page)
    if not form.validate_on_submit():
        return bad("voting/new_ballot.html", form, **page)
    picked = [_option(i) for i in ideas if i.id in set(form.ideas.data or ())]
    try:
        ballot = preparing.prepare(
            db.session(), view.round, mine, kind=Kind.VOTE, question=form.question.data, language=form.language.data,
            deadline=form.until(), options=picked, max_choices=max(1, min(3, len(picked))), with_none=True, now=now(),
        )  # fmt: skip
    except NotPrepared as error:
        form.ideas.errors = [labels.missing_words(error)]
        return bad("voting/new_ballot.html", form, **page)
    return redirect(url_for("voting.desk_ballot", ballot_id=ballot.id), 303)


def _row(option: Any) -> dict[str, Any]:
    return {
        "proposal": str(option.proposal_id or ""), "title": option.title, "meaning": option.meaning,
        "language": option.language, "domain": option.domain, "icon": option.icons[0] if option.icons else "house",
    }  # fmt: skip


def _form(view: BallotView) -> BallotForm:
    """The form as the ballot is stored, with some rows to spare."""
    ballot, place = view.ballot, view.panel.municipality
    spare = {"language": ballot.language, "icon": "hand-waving"}
    rows = [_row(o) for o in ballot.options] + [spare] * min(SPARE, MAX_OPTIONS - len(ballot.options))
    data = {
        "question": ballot.question, "language": ballot.language, "max_choices": ballot.max_choices,
        "with_none": ballot.with_none, "options": rows,
        "deadline": ballot.deadline.astimezone(ZoneInfo(place.timezone)).replace(tzinfo=None),
    }  # fmt: skip
    return BallotForm(timezone=place.timezone, formdata=None, data=data)


def _page(view: BallotView, form: BallotForm | None = None, **more: Any) -> dict[str, Any]:
    ballot = view.ballot
    people = ballot.electorate or len(electorate(db.session(), view.panel.id, False))
    return {
        "form": form, "people": people, "few": labels.few_words(people), "void": VoidForm(formdata=None),
        "sure": OpenForm(formdata=None), "options": [labels.choice(_plain(o)) for o in ballot.options],
        "over": ballot.deadline <= now(), "missing": "",
        "broken": ballot.state is State.OPEN and not keys.present(settings().keys, ballot.key_name),
        "not_open": why_not(Action.OPEN_BALLOT, facts(view.round, view.membership)), "reason_words": reason_words,
        **page_values(view), **more,
    }  # fmt: skip


def _plain(row: Any) -> Option:
    return Option(row.key, row.title, row.meaning, row.language, row.domain, tuple(row.icons), row.proposal_id)


@bp.get("/desk/votes/<int:ballot_id>")
@access(Access.MODERATOR)
def desk_ballot(ballot_id: int) -> Any:
    """One vote: change and open it while it is prepared; afterwards what it is and how it stands, never a count."""
    view, _mine = find_for_desk(ballot_id)
    form = _form(view) if view.ballot.state is State.PREPARED else None
    return render_template("voting/desk_ballot.html", **_page(view, form))


@bp.post("/desk/votes/<int:ballot_id>")
@access(Access.MODERATOR)
def change_ballot(ballot_id: int) -> Any:
    """Keep the changed question and options."""
    view, mine = find_for_desk(ballot_id)
    form = BallotForm(timezone=view.panel.municipality.timezone)
    if not form.validate_on_submit():
        if form.options.errors:
            form.options.errors = [_("Look at the options below.")]
        return bad("voting/desk_ballot.html", **_page(view, form))
    known = {o.proposal_id for o in view.ballot.options if o.proposal_id is not None}
    options = [_from_row(row, known) for row in form.options if not row.form.empty]
    try:
        preparing.change_ballot(
            db.session(), view.ballot, view.round, mine, question=form.question.data, language=form.language.data,
            deadline=form.until(), options=options, max_choices=form.max_choices.data, with_none=form.with_none.data,
            now=now(),
        )  # fmt: skip
    except NotPrepared as error:
        db.session().rollback()
        view, _mine = find_for_desk(ballot_id)
        return bad("voting/desk_ballot.html", **_page(view, form, missing=labels.missing_words(error)))
    flash(_("Saved."))
    return redirect(url_for("voting.desk_ballot", ballot_id=ballot_id), 303)


def _from_row(row: Any, known: set[int]) -> Option:
    """An option as it came in; it keeps its idea only when that idea was on this ballot before."""
    idea = int(row.proposal.data) if (row.proposal.data or "").isdecimal() and int(row.proposal.data) in known else None
    return Option(
        "", row.title.data, row.meaning.data, row.language.data, row.domain.data or "", (row.icon.data,), idea
    )  # fmt: skip


@bp.post("/desk/votes/<int:ballot_id>/open")
@access(Access.MODERATOR)
def open_ballot(ballot_id: int) -> Any:
    """Open it: from now on nothing of it changes."""
    view, mine = find_for_desk(ballot_id)
    sure = OpenForm()
    if view.ballot.state is State.OPEN:
        return redirect(url_for("voting.desk_ballot", ballot_id=ballot_id), 303)
    if not sure.validate_on_submit():
        return bad("voting/desk_ballot.html", **_page(view, _form(view), sure=sure))
    try:
        actions.open_ballot(db.session(), ballot_id, view.round, mine, key_folder=settings().keys, now=now())
    except NotPrepared as error:
        db.session().rollback()
        view, _mine = find_for_desk(ballot_id)
        return bad("voting/desk_ballot.html", **_page(view, _form(view), missing=labels.missing_words(error)))
    flash(_("The vote is open. Nobody sees how it goes, and neither do you."))
    return redirect(url_for("voting.desk_ballot", ballot_id=ballot_id), 303)


@bp.post("/desk/votes/<int:ballot_id>/close")
@access(Access.MODERATOR)
def close_ballot(ballot_id: int) -> Any:
    """Count a vote whose deadline has passed, when the schedule stands still."""
    view, mine = find_for_desk(ballot_id)
    try:
        actions.close_ballot(db.session(), ballot_id, view.round, mine, key_folder=settings().keys, now=now())
    except (keys.KeysMissing, Damaged):
        db.session().rollback()
        view, _mine = find_for_desk(ballot_id)
        return render_template("voting/desk_ballot.html", **_page(view, broken=True)), 409
    flash(_("The vote is counted."))
    return redirect(url_for("voting.result", ballot_id=ballot_id), 303)


@bp.post("/desk/votes/<int:ballot_id>/void")
@access(Access.MODERATOR)
def void_ballot(ballot_id: int) -> Any:
    """Make it void, with a reason the panel reads."""
    view, mine = find_for_desk(ballot_id)
    void = VoidForm()
    if not void.validate_on_submit():
        form = _form(view) if view.ballot.state is State.PREPARED else None
        return bad("voting/desk_ballot.html", **_page(view, form, void=void))
    actions.void_ballot(
        db.session(), ballot_id, view.round, mine, reason=void.reason.data, language=current_lang(), now=now()
    )
    flash(_("The vote is void. The panel reads why."), "warm")
    return redirect(url_for("voting.desk_ballot", ballot_id=ballot_id), 303)
