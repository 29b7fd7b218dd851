"""After closing: the result in a plain sentence, why, the closed list on one page, and the files to count again."""

from __future__ import annotations

import json
from datetime import date
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

import flask
from flask import redirect, render_template, url_for

from codesign.db import db
from codesign.panels.blueprint import find_round
from codesign.rules.roles import Role
from codesign.rules.visibility import Thing, may_see
from codesign.voting import codes, exporting, labels, outcome_labels, queries, why
from codesign.voting.blueprint import ICONS, bp, find, page_values
from codesign.voting.choosing import in_words
from codesign.voting.closed_list import bundle as make_bundle
from codesign.voting.domain import Method, State, canonical, digest, short
from codesign.voting.drawings import drawing
from codesign.voting.models import Extension
from codesign.voting.queries import BallotView, Result
from codesign.voting.why_words import Words
from codesign.web.access import Access, access, me
from codesign.web.clock import now
from codesign.web.i18n import _, current_lang, direction


@bp.get("/rounds/<int:round_id>/votes")
@access(Access.MEMBER)
def votes(round_id: int) -> Any:
    """The votes of a round: what runs, what was decided."""
    view = find_round(round_id)
    session = db.session()
    mine = {b.id: b for b in queries.open_ballots(session, me().id, now())}
    shown = [b for b in queries.ballots_of(session, round_id) if b.twin_of_id is None or _resident(view) or _over(b)]
    rows = [(b, mine.get(b.id), _sentence(queries.result(b))) for b in shown]
    return render_template("voting/votes.html", view=view, rows=rows, kinds=labels.KINDS, icons=ICONS, State=State)


def _resident(view: Any) -> bool:
    return view.membership is not None and view.membership.role is Role.RESIDENT


def _over(ballot: Any) -> bool:
    return ballot.state in queries.COUNTED


def _sentence(found: Result | None) -> str:
    return outcome_labels.outcome(found.opening, found.tally) if found else ""


def _counted(ballot_id: int, thing: Thing) -> tuple[BallotView, Result] | Any:
    """The counted ballot, or the way to where it stands now."""
    view = find(ballot_id)
    found = queries.result(view.ballot)
    if found is None:
        page = "voting.desk_ballot" if view.moderator else "voting.ballot"
        return redirect(url_for(page, ballot_id=ballot_id), 303)
    if not may_see(thing, view.membership.role, ballot_closed=True):
        flask.abort(404)
    return view, found


@bp.get("/vote/<int:ballot_id>/result")
@access(Access.SIGNED_IN)
def result(ballot_id: int) -> Any:
    """The plain sentence first, then the drawing, the reasons, why, and what the municipality is told."""
    got = _counted(ballot_id, Thing.TALLY)
    if not isinstance(got, tuple):
        return got
    view, found = got
    opening, tally = found.opening, found.tally
    payload = queries.released(db.session(), view.ballot.release_digest)
    return render_template(
        "voting/result.html", sentence=_sentence(found), why=why.why(opening, tally), tally=tally,
        drawn=drawing(opening, tally, direction(current_lang()) == "rtl"), limits=why.limits(opening, tally),
        second=_second_reading(found), reasons=_reasons(found), room=found.closed.room,
        longer=_longer(view, found), release=json.loads(payload) if payload else None, category=_category(view),
        titles={c.key: c for c in labels.ideas(opening)}, method_words=labels.METHODS[opening.method],
        field_file=exporting.ending(opening), **page_values(view),
    )  # fmt: skip


def _reasons(found: Result) -> list[tuple[str, list[str]]]:
    """The words people gave, by the answer they gave them with; shuffled when the ballot closed, without code."""
    keys = [*found.opening.choice_keys()]
    given = sorted(found.closed.reasons, key=lambda r: keys.index(r[0]))
    grouped = groupby(given, key=lambda r: r[0])
    return [(str(outcome_labels.REASONS[answer]), [words for _answer, words in group]) for answer, group in grouped]


def _second_reading(found: Result) -> tuple[str, list[str]] | None:
    """What another way of counting says, and its steps: of an order, instant run-off."""
    if found.opening.method is not Method.RANKED or not found.tally.voters:
        return None
    runoff = found.tally.details["runoff"]
    steps = why.told(why.read_steps(runoff), Words.of(found.opening))
    return outcome_labels.second_reading(found.opening, found.tally), steps


def _longer(view: BallotView, found: Result) -> list[tuple[date, date, Extension]]:
    """Each time the ballot was made longer: from which day to which, and why."""
    if not found.closed.extended:
        return []
    zone = ZoneInfo(view.panel.municipality.timezone)
    rows = queries.extensions(db.session(), view.ballot.id)
    return [(row.before.astimezone(zone).date(), row.until.astimezone(zone).date(), row) for row in rows]


def _category(view: BallotView) -> str:
    """Whose votes these are, where two groups are counted apart."""
    if view.ballot.twin_of_id is None and view.twin_id is None:
        return ""
    return _("These are the votes of: %(who)s.", who=labels.CATEGORIES[view.ballot.category])


@bp.get("/vote/<int:ballot_id>/list")
@access(Access.SIGNED_IN)
def closed_list(ballot_id: int) -> Any:
    """Every vote with its code, sorted by code, on one page and without a field to look one up."""
    got = _counted(ballot_id, Thing.CLOSED_LIST)
    if not isinstance(got, tuple):
        return got
    view, found = got
    rows = [(line, in_words(found.opening, line.marks)) for line in found.closed.lines]
    return render_template(
        "voting/closed_list.html", found=found, rows=rows, spaced=codes.spaced,
        ideas=labels.ideas(found.opening), method=found.opening.method.value,
        signs=any(line.sign for line in found.closed.lines), **page_values(view),
    )  # fmt: skip


@bp.get("/vote/<int:ballot_id>/aloud")
@access(Access.SIGNED_IN)
def aloud(ballot_id: int) -> Any:
    """The result in a few sentences and the control number, to read aloud in the room."""
    got = _counted(ballot_id, Thing.TALLY)
    if not isinstance(got, tuple):
        return got
    view, found = got
    return render_template(
        "voting/aloud.html", sentences=outcome_labels.aloud(found.opening, found.tally),
        groups=short(view.ballot.closed_digest).split(), before=short(found.closed.previous).split(),
        **page_values(view),
    )  # fmt: skip


@bp.get("/vote/<int:ballot_id>/bundle")
@access(Access.SIGNED_IN)
def bundle(ballot_id: int) -> Any:
    """The file `codesign verify` takes."""
    got = _counted(ballot_id, Thing.CLOSED_LIST)
    if not isinstance(got, tuple):
        return got
    view, _found = got
    ballot = view.ballot
    data = canonical(make_bundle(ballot.opening or b"", ballot.closed or b"", ballot.release_digest))
    return _attached(data, f"ballot-{digest(ballot.closed or b'')[:12]}.json", "application/json")


@bp.get("/vote/<int:ballot_id>/votes-file")
@access(Access.SIGNED_IN)
def votes_file(ballot_id: int) -> Any:
    """The votes without their codes, in the format researchers use for this method."""
    got = _counted(ballot_id, Thing.CLOSED_LIST)
    if not isinstance(got, tuple):
        return got
    view, found = got
    name, text = exporting.votes_file(found.opening, found.closed, view.ballot.closed_digest or "")
    return _attached(text.encode(), name, "text/plain")


def _attached(data: bytes, name: str, kind: str) -> flask.Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return flask.Response(data, mimetype=kind, headers=headers)
