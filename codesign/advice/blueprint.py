"""The blueprint of advice, how its views find an advice (or the one same 404), and what it adds to pages of panels."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import flask
from sqlalchemy.orm import Session

from codesign.advice import coauthor_queries, fate_queries, queries
from codesign.advice.behind import by_lines
from codesign.advice.behind_queries import point_is_cited, report_is_cited
from codesign.advice.document import result
from codesign.advice.labels import CITED, SECTIONS, missing_count, quote_state
from codesign.advice.queries import AdviceView
from codesign.advice.values import CitedKind, Outcome, Section
from codesign.db import db
from codesign.documents.render.words import words_in
from codesign.fieldwork.blueprint import citing
from codesign.indicators.domain import UnknownCode, indicator
from codesign.panels.domain import Level
from codesign.panels.hooks import RailItem, Todo, Waiting, hooks
from codesign.panels.labels import LEVELS
from codesign.panels.models import Round
from codesign.panels.queries import RoundView
from codesign.responses.labels import AFTER_WORDS
from codesign.rules.phases import Phase, place
from codesign.rules.states import AdviceState
from codesign.vision.blueprint import citing as vision_citing
from codesign.web.access import me
from codesign.web.i18n import _, current_lang, ngettext
from codesign.web.labels import ADVICE_STATES

bp = flask.Blueprint("advice", __name__)


@bp.record_once
def _join_pages(state: Any) -> None:
    more = hooks(state.app)
    more.rail.append(_rail)
    more.waiting.append(_waiting)
    more.phase_facts.append(_phase_facts)
    more.todo.append(_todo)
    citing(state.app).append(report_is_cited)
    vision_citing(state.app).append(point_is_cited)
    state.app.jinja_env.globals.update(
        indicator_title=indicator_title, indicator_question=indicator_question, cited_name=cited_name,
        section_name=section_name, level_words=level_words, missing_count=missing_count, quote_state=quote_state,
        state_name=state_name, heard_lines=by_lines, voted_words=voted_words, **AFTER_WORDS,
    )  # fmt: skip


def find(advice_id: int, *, moderator: bool = False) -> AdviceView:
    """The advice, for whoever may know it; anybody else gets the same 404 as for a number that does not exist."""
    view = queries.advice_for(db.session(), advice_id, me().id)
    if view is None or (moderator and not view.moderates):
        flask.abort(404)
    flask.g.panel, flask.g.desk = view.panel, RoundView(view.round, view.panel, view.membership)
    return view


def row_number(raw: str) -> int | None:
    """The number of a row in the query of an address; None for what no row can have."""
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 10 else None


def key_folder() -> Path:
    """Where the keys of ballots lie."""
    found: Path = flask.current_app.config["SETTINGS"].keys
    return found


def end_of(day: Any, timezone: str) -> datetime:
    """The last moment of a day where the place is."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(timezone))


def indicator_title(code: str) -> str:
    """What an indicator looks at, in the reader's language; empty for none."""
    try:
        return indicator(code).title(current_lang()) if code else ""
    except UnknownCode:
        return ""


def indicator_question(code: str) -> str:
    """The question to people of an indicator; empty for none."""
    try:
        return indicator(code).question(current_lang()) if code else ""
    except UnknownCode:
        return ""


def cited_name(kind: CitedKind) -> str:
    """The word for a kind of evidence."""
    return str(CITED[kind])


def section_name(section: Section | str) -> str:
    """The name of a part of the advice."""
    return str(SECTIONS[Section(section)])


def level_words(level: str) -> str:
    """How far the advice reaches, in words."""
    return str(LEVELS[Level(level)])


def voted_words(outcome: Outcome) -> list[str]:
    """How an option ended and whom its bar counts, as the record will say it; nothing for plain approval."""
    return words_in(current_lang()).voted(result(outcome))


def state_name(state: AdviceState) -> str:
    """Where an advice stands, in words."""
    return str(ADVICE_STATES[state])


def _rail(session: Session, desk: RoundView) -> Iterable[RailItem]:
    if place(desk.round.phase) >= place(Phase.ADVISING):
        yield RailItem("advice", _("Advice"), flask.url_for("advice.of_round", round_id=desk.round.id), "notebook")


def _waiting(session: Session, desk: RoundView) -> Iterable[Waiting]:
    if desk.round.phase in {Phase.VOTING, Phase.ADVISING}:
        silent = sum(idea.reason is None for idea in fate_queries.not_in_vote(session, desk.round.id))
        if silent:
            words = ngettext("%(num)s idea is not in the vote.", "%(num)s ideas are not in the vote.", silent)
            href = flask.url_for("advice.left_out", round_id=desk.round.id)
            yield Waiting("clipboard-text", _("Tell authors why"), words, href, _("Say why"))
    if desk.round.phase is not Phase.ADVISING:
        return
    found = queries.of_round(session, desk.round.id)
    href = flask.url_for("advice.of_round", round_id=desk.round.id)
    if found is None:
        yield Waiting("notebook", _("The advice"), _("Nobody began to write it."), href, _("Begin"))
    elif found.state is AdviceState.DRAFT:
        yield Waiting("note-pencil", _("The advice"), _("It is being written."), href, _("Go on"))
    elif found.state is AdviceState.ADOPTED:
        yield Waiting("paper-plane-tilt", _("The advice"), _("The panel adopted it. You can send it."), href, _("Send"))


def _phase_facts(session: Session, round_: Round) -> dict[str, Any]:
    if round_.phase is not Phase.ADVISING:
        return {}
    found = queries.of_round(session, round_.id)
    return {"sent": found is not None and found.serial is not None}


def _todo(session: Session, view: RoundView) -> Todo | None:
    if view.round.phase not in {Phase.ADVISING, Phase.ANSWERING, Phase.FOLLOWING}:
        return None
    found = queries.of_round(session, view.round.id)
    if found is None:
        return None
    if found.state is AdviceState.DRAFT:
        mine = sorted(coauthor_queries.places_of(session, found.id, me().id)) if view.membership else []
        if not mine:
            return None
        words = _("A moderator asks you to write a part of the advice.")
        href = flask.url_for("advice.write", advice_id=found.id, section=mine[0])
        return Todo(_("Write along"), words, _("Write"), href, ("note-pencil", "users-three"))
    href = flask.url_for("advice.read", advice_id=found.id)
    if view.round.phase is Phase.FOLLOWING:
        words = _("Read what the municipality says to each point.")
        return Todo(_("Read the answer"), words, _("Read it"), href, ("envelope-open", "chats-circle"))
    if view.round.phase is Phase.ANSWERING:
        words = _("The municipality must answer each point.")
        return Todo(_("The advice is sent"), words, _("Read it"), href, ("paper-plane-tilt", "notebook"))
    if found.state is AdviceState.TO_PANEL:
        words = _("This is what the panel says. Read it, then you decide.")
        return Todo(_("Read the advice"), words, _("Read it"), href, ("notebook", "users-three"))
    return None
