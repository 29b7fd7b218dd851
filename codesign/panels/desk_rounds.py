"""The moderator's pages of rounds: preparing, declaring, opening, planning, and changing the phase by an act."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for

from codesign.db import db
from codesign.panels import actions, attending, people, queries
from codesign.panels.blueprint import bp, find_desk_panel, find_desk_round
from codesign.panels.domain import Group, Level, Template, who_is_heard
from codesign.panels.forms import PhaseForm, RoundForm, dates_form
from codesign.panels.hooks import hooks
from codesign.panels.labels import LEVELS, TEMPLATE_HINTS, TEMPLATES, what_changes
from codesign.panels.models import Membership, PhaseChange, Round
from codesign.panels.queries import RoundView
from codesign.rules.permissions import Action, why_not
from codesign.rules.phases import DOTS, NEXT, Phase, place
from codesign.web.access import Access, access
from codesign.web.clock import now, today
from codesign.web.forms import bad
from codesign.web.i18n import _, current_lang
from codesign.web.labels import phase_words, reason_words

_TEMPLATE_ABOUT = {template.value: {"hint": hint} for template, hint in TEMPLATE_HINTS.items()}


def _values(form: RoundForm) -> dict[str, Any]:
    """The form as columns of a round."""
    asked = form.asked.data == "yes"
    return {
        "title": form.title.data, "question": form.question.data, "language": form.language.data, "asked": asked,
        "asked_by": form.asked_by.data if asked else "", "quorum": form.quorum.data, "majority": form.majority.data,
        "residents_vote": form.residents_vote.data,
    }  # fmt: skip


def _declare(row: Round, mine: Membership, form: RoundForm) -> None:
    level = Level(form.level.data) if form.level.data else None
    if level is not None and form.fixed_text.data:
        actions.declare_level(db.session(), row, mine, level=level, fixed=form.fixed_text.data, now=now())
    else:
        actions.edit_round(db.session(), row, mine, level=level, fixed_text=form.fixed_text.data, now=now())


@bp.route("/desk/panels/<int:panel_id>/rounds/new", methods=["GET", "POST"])
@access(Access.MODERATOR)
def new_round(panel_id: int) -> Any:
    """Prepare a round from a template; members see nothing of it until it is opened."""
    panel, mine = find_desk_panel(panel_id)
    first = today(panel.municipality.timezone) + timedelta(days=7)
    form = RoundForm(data={"language": current_lang(), "first_day": first})
    page = {"panel": panel, "round": None, "about": _TEMPLATE_ABOUT}
    if request.method == "GET":
        return render_template("panels/edit_round.html", form=form, **page)
    if not form.validate_on_submit():
        return bad("panels/edit_round.html", form, **page)
    row = actions.prepare_round(
        db.session(), mine, template=Template(form.template.data), first_day=form.first_day.data,
        answer_weeks=panel.municipality.answer_weeks, now=now(), **_values(form),
    )  # fmt: skip
    _declare(row, mine, form)
    return redirect(url_for("panels.desk_round", round_id=row.id), 303)


@bp.route("/desk/rounds/<int:round_id>/edit", methods=["GET", "POST"])
@access(Access.MODERATOR)
def edit_round(round_id: int) -> Any:
    """Change a draft, also one that a member began as a topic."""
    view, mine = find_desk_round(round_id)
    row = view.round
    data = {
        "title": row.title, "question": row.question, "language": row.language, "asked": "yes" if row.asked else "no",
        "asked_by": row.asked_by, "level": row.level.value if row.level else "", "fixed_text": row.fixed_text,
        "template": row.template.value, "first_day": row.steps[0].starts_on if row.steps else None,
        "quorum": row.quorum, "majority": row.majority, "residents_vote": row.residents_vote,
    }  # fmt: skip
    form = RoundForm(data=data)
    page = {"panel": view.panel, "round": row, "about": _TEMPLATE_ABOUT}
    if request.method == "GET":
        return render_template("panels/edit_round.html", form=form, **page)
    if not form.validate_on_submit():
        return bad("panels/edit_round.html", form, **page)
    actions.edit_round(db.session(), row, mine, now=now(), **_values(form))
    template, first, weeks = Template(form.template.data), form.first_day.data, view.panel.municipality.answer_weeks
    if template is not row.template or (row.steps and first != row.steps[0].starts_on):
        actions.plan_anew(db.session(), row, mine, template=template, first_day=first, answer_weeks=weeks, now=now())
    _declare(row, mine, form)
    flash(_("Saved."))
    return redirect(url_for("panels.desk_round", round_id=round_id), 303)


def phase_line(view: RoundView) -> list[tuple[str, str, str]]:
    """The steps of a round for the moderator: word, planned days, and done, now or later."""
    from codesign.web.i18n import format_day

    planned = {step.phase: step for step in view.round.steps}
    here = place(view.round.phase)
    line = []
    for phase in DOTS:
        stage = "now" if phase is view.round.phase else ("done" if place(phase) < here else "")
        step = planned.get(phase)
        words = ""
        if step and stage != "done":
            words = _("until %(day)s", day=format_day(step.ends_on)) if stage == "now" else format_day(step.starts_on)
        line.append((phase_words(phase), words, stage))
    return line


@bp.get("/desk/rounds/<int:round_id>")
@access(Access.MODERATOR)
def desk_round(round_id: int) -> Any:
    """A round at a glance: phase, what waits, the next session, and who is not heard yet (groups, never names)."""
    view, mine = find_desk_round(round_id)
    session, row = db.session(), view.round
    waiting = [item for hook in hooks().waiting for item in hook(session, view)]
    waiting += [item for hook in hooks().panel_waiting for item in hook(session, view.panel)]
    coming = attending.next_of_round(session, round_id, today(view.panel.municipality.timezone))
    draft = row.phase is Phase.DRAFT
    return render_template(
        "panels/desk_round.html", view=view, round=row, line=phase_line(view), waiting=waiting,
        groups=[] if draft else _heard(view), next_gathering=coming[0] if coming else None,
        expected=coming[1] if coming else 0, level=LEVELS[row.level] if row.level else None,
        moments=[item for hook in hooks().panel_coming for item in hook(session, view.panel)],
        template=TEMPLATES[row.template], targets=_targets(row), phase_words=phase_words, Phase=Phase,
        shut=_why_shut(view, mine), joins=queries.joins(session, [round_id]).get(round_id, 0) if draft else 0,
    )  # fmt: skip


def _heard(view: RoundView) -> list[Group]:
    """Who told, wrote or supported something since this phase began: groups, never names."""
    session, since = db.session(), view.round.phase_since or view.round.created_at
    heard = {person for hook in hooks().heard for person in hook(session, view.round, since)}
    return who_is_heard(people.member_languages(session, view.panel.id), heard)


def _targets(row: Round) -> list[Phase]:
    """The phases this round may go to, the usual next one first."""
    return list(NEXT[row.phase])


def _why_shut(view: RoundView, mine: Membership) -> str | None:
    """Why a draft cannot be opened yet, in words."""
    if view.round.phase is not Phase.DRAFT:
        return None
    reason = why_not(Action.OPEN_ROUND, queries.facts(view.round, mine))
    return reason_words(reason) if reason else None


@bp.route("/desk/rounds/<int:round_id>/phase/<target>", methods=["GET", "POST"])
@access(Access.MODERATOR)
def change_phase(round_id: int, target: str) -> Any:
    """What another phase changes for members; only the moderator's act changes it, never the clock."""
    view, mine = find_desk_round(round_id)
    row = view.round
    if target not in {phase.value for phase in _targets(row)}:
        abort(404 if request.method == "GET" else 409)
    after = Phase(target)
    form = PhaseForm(data={"language": current_lang()})
    known = {key: value for hook in hooks().phase_facts for key, value in hook(db.session(), row).items()}
    action = Action.OPEN_ROUND if row.phase is Phase.DRAFT else Action.CHANGE_PHASE
    reason = why_not(action, queries.facts(row, mine, target=after, **known))
    opens, stays, ends = what_changes(row.phase, after)
    page = {
        "view": view, "round": row, "after": after, "opens": opens, "stays": stays, "ends": ends,
        "reason": reason_words(reason) if reason else None, "phase_words": phase_words, "Phase": Phase,
    }  # fmt: skip
    if request.method == "GET":
        return render_template("panels/phase.html", form=form, **page)
    if not form.validate_on_submit():
        return bad("panels/phase.html", form, **page)
    _change(row, mine, after, form, known)
    flash(_("Done. Members see it on their home page."))
    return redirect(url_for("panels.desk_round", round_id=round_id), 303)


def _change(row: Round, mine: Membership, after: Phase, form: PhaseForm, known: dict[str, Any]) -> PhaseChange:
    words, language = form.words.data, form.language.data
    if row.phase is Phase.DRAFT:
        return actions.open_round(db.session(), row, mine, target=after, words=words, language=language, now=now())
    return actions.change_phase(
        db.session(), row, mine, target=after, words=words, language=language, now=now(), **known
    )


@bp.route("/desk/rounds/<int:round_id>/dates", methods=["GET", "POST"])
@access(Access.MODERATOR)
def dates(round_id: int) -> Any:
    """The planned days of each step; they inform, they change nothing by themselves."""
    view, mine = find_desk_round(round_id)
    planned = {step.phase: step for step in view.round.steps}
    data: dict[str, Any] = {}
    for phase, step in planned.items():
        data |= {f"{phase.value}_from": step.starts_on, f"{phase.value}_to": step.ends_on}
    form = dates_form(DOTS)(data=data)
    if request.method == "GET":
        return render_template("panels/dates.html", form=form, view=view, phases=DOTS, phase_words=phase_words)
    if not form.validate_on_submit():
        return bad("panels/dates.html", form, view=view, phases=DOTS, phase_words=phase_words)
    days = {phase: (form[f"{phase.value}_from"].data, form[f"{phase.value}_to"].data) for phase in DOTS}
    actions.change_dates(db.session(), view.round, mine, dates=days, now=now())
    flash(_("Saved."))
    return redirect(url_for("panels.desk_round", round_id=round_id), 303)
