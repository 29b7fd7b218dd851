"""The member's pages: rounds of the panel, one round (where we are, what to do now, what comes next), and topics."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for

from codesign.accounts.queries import consent_of
from codesign.db import db
from codesign.panels import actions, desk, desk_rounds, desk_sessions, host, queries, translators
from codesign.panels.blueprint import bp, find_round, home
from codesign.panels.forms import TopicForm
from codesign.panels.hooks import Todo, hooks
from codesign.panels.labels import LEVELS, STEP_WORDS
from codesign.panels.queries import RoundView
from codesign.rules.permissions import Action, why_not
from codesign.rules.phases import DOTS, Phase, next_phase
from codesign.web.access import Access, access, me
from codesign.web.clock import now, today
from codesign.web.forms import bad
from codesign.web.i18n import _, current_lang
from codesign.web.labels import phase_words

__all__ = ["bp", "desk", "desk_rounds", "desk_sessions", "host", "translators"]


@bp.get("/rounds")
@access(Access.MEMBER)
def rounds() -> Any:
    """All rounds of my panel and the topics that wait, newest first."""
    mine = home()
    found = queries.rounds(db.session(), mine.panel_id, drafts=False)
    topics = [r for r in found if r.phase is Phase.DRAFT]
    return render_template(
        "panels/rounds.html", rounds=[r for r in found if r.phase is not Phase.DRAFT], topics=topics,
        joins=queries.joins(db.session(), [t.id for t in topics]), panel=mine.panel, Phase=Phase,
        may_start=why_not(Action.START_TOPIC, queries.facts(None, mine)) is None, phase_words=phase_words,
    )  # fmt: skip


def todo_of(view: RoundView) -> Todo | None:
    """The one thing to do now in this round, from whichever package has it."""
    for hook in hooks().todo:
        found = hook(db.session(), view)
        if found is not None:
            return found
    return None


def step_facts(view: RoundView) -> dict[str, Any]:
    """What the pages say about the step a round is in: words, dots, planned days, and what comes next."""
    phase = view.round.phase
    following = next_phase(phase)
    planned = {step.phase: step for step in view.round.steps}
    return {
        "phase": phase,
        "steps": [phase_words(p) for p in DOTS],
        "current": DOTS.index(phase) + 1 if phase in DOTS else (0 if phase is Phase.DRAFT else len(DOTS) + 1),
        "words": STEP_WORDS[phase],
        "until": planned[phase].ends_on if phase in planned else None,
        "next_name": phase_words(following) if following else None,
        "next_words": STEP_WORDS[following] if following else None,
        "next_from": planned[following].starts_on if following in planned else None,
    }


@bp.get("/rounds/<int:round_id>")
@access(Access.MEMBER)
def round_page(round_id: int) -> Any:
    """Where we are, the one thing to do now, what comes next; a topic that waits has its own page."""
    view = find_round(round_id)
    if view.round.phase is Phase.DRAFT:
        return redirect(url_for("panels.topic", round_id=round_id))
    session = db.session()
    return render_template(
        "panels/round.html", view=view, round=view.round, level=LEVELS[view.round.level] if view.round.level else "",
        change=queries.last_change(session, round_id), gatherings=queries.gatherings(session, round_id),
        todo=todo_of(view), today=today(view.panel.municipality.timezone), phase_words=phase_words, **step_facts(view),
    )  # fmt: skip


@bp.get("/gatherings/<int:gathering_id>")
@access(Access.MEMBER)
def gathering(gathering_id: int) -> Any:
    """One session: day, place or link, programme, languages, notes."""
    found = queries.gathering_for(db.session(), gathering_id, me().id)
    if found is None:
        abort(404)
    return render_template("panels/gathering.html", gathering=found[0], view=found[1], for_desk=False)


@bp.route("/topics/new", methods=["GET", "POST"])
@access(Access.MEMBER)
def new_topic() -> Any:
    """Begin a topic, with nobody asking for it (R31)."""
    mine, form = home(), TopicForm(data={"language": current_lang()})
    if request.method == "GET":
        return render_template("panels/new_topic.html", form=form)
    if not form.validate_on_submit():
        return bad("panels/new_topic.html", form)
    place = mine.panel.municipality
    made = actions.start_topic(
        db.session(), mine, title=form.title.data, question=_("What do you know about this from your own life?"),
        why=form.why.data, language=form.language.data, first_day=today(place.timezone),
        answer_weeks=place.answer_weeks, consented=consent_of(db.session(), me().id) is not None, now=now(),
    )  # fmt: skip
    flash(_("Your topic is there. Others can join it now."))
    return redirect(url_for("panels.topic", round_id=made.id), 303)


@bp.get("/topics/<int:round_id>")
@access(Access.MEMBER)
def topic(round_id: int) -> Any:
    """A topic that a member began and that others can join."""
    view = find_round(round_id)
    if view.round.phase is not Phase.DRAFT:
        return redirect(url_for("panels.round_page", round_id=round_id))
    session = db.session()
    return render_template(
        "panels/topic.html", view=view, round=view.round, count=queries.joins(session, [round_id]).get(round_id, 0),
        joined=queries.has_joined(session, round_id, me().id),
        may_join=why_not(Action.JOIN_TOPIC, queries.facts(view.round, view.membership)) is None,
    )  # fmt: skip


@bp.post("/topics/<int:round_id>/join")
@access(Access.MEMBER)
def join_topic(round_id: int) -> Any:
    """Join a topic, or no longer."""
    view = find_round(round_id)
    if view.membership is None:
        abort(404)
    wants = request.form.get("join") == "yes"
    actions.join_topic(db.session(), view.round, view.membership, joins=wants, now=now())
    return redirect(url_for("panels.topic", round_id=round_id), 303)
