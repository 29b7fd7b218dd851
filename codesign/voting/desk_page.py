"""What the page of one ballot on the desk shows, before opening, while it runs and afterwards; never a count."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from flask import render_template

from codesign.db import db
from codesign.panels.queries import electorate, facts
from codesign.rules.permissions import Action, why_not
from codesign.voting import actions, closing, desk_queries, desk_rows, keys, labels, preparing, queries
from codesign.voting.blueprint import page_values, settings
from codesign.voting.desk_forms import (
    AskForm,
    ExtendForm,
    NotYetForm,
    OpenForm,
    RightForm,
    VoidForm,
)
from codesign.voting.desk_labels import few_words, waits_words
from codesign.voting.domain import Kind, State
from codesign.voting.queries import BallotView
from codesign.voting.reminding import reminders
from codesign.web.clock import now
from codesign.web.forms import bad
from codesign.web.labels import reason_words


def show(view: BallotView, **more: Any) -> str:
    """The page of one ballot as it is stored."""
    return render_template("voting/desk_ballot.html", **_page(view, **more))


def again(view: BallotView, **more: Any) -> tuple[str, int]:
    """The same page, 422: `more` puts a form that came back with errors in the place of its empty one."""
    return bad("voting/desk_ballot.html", **_page(view, **more))


def _page(view: BallotView, **more: Any) -> dict[str, Any]:
    ballot = view.ballot
    timezone = view.panel.municipality.timezone
    values: dict[str, Any] = {
        "form": None, "missing": "", "void": VoidForm(formdata=None),
        "options": [labels.choice(o) for o in desk_rows.preview(ballot).options],
        "method_words": labels.METHODS[ballot.method] if ballot.kind is Kind.VOTE else "",
        "zone": ZoneInfo(timezone), "over": ballot.is_over(now()), "reason_words": reason_words,
        **page_values(view),
    }  # fmt: skip
    if ballot.state is State.PREPARED:
        values |= _prepared(view) | ({} if "form" in more else {"form": desk_rows.filled(view)})
    else:
        values |= {"people": ballot.electorate or 0, "extensions": queries.extensions(db.session(), ballot.id)}
    if ballot.state is State.OPEN:
        values |= _running(view, timezone)
    return values | more


def _prepared(view: BallotView) -> dict[str, Any]:
    ballot, session, mine = view.ballot, db.session(), view.membership
    residents = view.round.residents_vote and ballot.kind is Kind.VOTE
    newcomers = len(electorate(session, view.panel.id, False))
    neighbours = len(electorate(session, view.panel.id, True)) if residents else 0
    checked = ballot.kind is not Kind.VOTE or ballot.checked_at is not None
    members = desk_queries.can_be_asked(session, view.panel.id) if ballot.kind is Kind.VOTE else []
    ask = AskForm(formdata=None, data={"person": ballot.checker_id})
    ask.person.choices = members
    return {
        "people": newcomers, "neighbours": neighbours, "few": few_words(newcomers, neighbours),
        "called": desk_queries.names(session, (ballot.checker_id, ballot.checked_by_id, ballot.prepared_by_id)),
        "not_open": why_not(Action.OPEN_BALLOT, facts(view.round, mine, checked=checked)),
        "own": ballot.prepared_by_id == mine.person_id, "unfinished": desk_rows.unfinished(ballot),
        "ask": ask, "right": RightForm(formdata=None, data={"seen": preparing.seen(ballot)}),
        "not_yet": NotYetForm(formdata=None), "sure": OpenForm(formdata=None),
    }  # fmt: skip


def _running(view: BallotView, timezone: str) -> dict[str, Any]:
    """A ballot that is open: what can be done with it, and after its end what the count waits for."""
    ballot, at = view.ballot, now()
    over = ballot.is_over(at)
    reminded = ballot.reminded_at is not None and at - ballot.reminded_at < actions.BETWEEN_REMINDERS
    extend = ExtendForm(timezone=timezone, formdata=None, data=desk_rows.clock(ballot, timezone))
    link = settings().base("panel")
    return {
        "broken": not keys.present(settings().keys, ballot.key_name), "extend": extend, "reminded": reminded,
        "waits": waits_words(closing.waits_for(db.session(), ballot)) if over else [],
        "reminders": reminders(ballot, view.panel.languages, timezone, link) if reminded and not over else [],
    }  # fmt: skip
