"""After closing: the result in a plain sentence, why, the closed list on one page, and the bundle to recount."""

from __future__ import annotations

import json
from typing import Any

import flask
from flask import redirect, render_template, url_for

from codesign.db import db
from codesign.panels.blueprint import find_round
from codesign.rules.roles import Role
from codesign.rules.visibility import Thing, may_see
from codesign.voting import codes, labels, queries
from codesign.voting.blueprint import ICONS, bp, find, page_values
from codesign.voting.closed_list import bundle as make_bundle
from codesign.voting.domain import NONE, State, canonical, digest
from codesign.voting.queries import BallotView, Result
from codesign.web.access import Access, access, me
from codesign.web.clock import now
from codesign.web.i18n import _


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
    return labels.outcome(found.opening, found.tally) if found else ""


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
    """The plain sentence first, then people as dots, why, and what the municipality is told."""
    got = _counted(ballot_id, Thing.TALLY)
    if not isinstance(got, tuple):
        return got
    view, found = got
    counts = {**found.tally.supporters, NONE: found.tally.none}
    rows = sorted(labels.choices(found.opening), key=lambda c: (c.key == NONE, -counts[c.key]))
    payload = queries.released(db.session(), view.ballot.release_digest)
    return render_template(
        "voting/result.html", sentence=_sentence(found), why=labels.why(found.opening, found.tally),
        rows=[(c, counts[c.key]) for c in rows], first=set(found.tally.winners), tally=found.tally,
        reasons=[words for _answer, words in found.closed.reasons], release=json.loads(payload) if payload else None, category=_category(view),
        titles={c.key: c for c in rows}, **page_values(view),
    )  # fmt: skip


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
    titles = {c.key: c for c in labels.choices(found.opening)}
    return render_template(
        "voting/closed_list.html", found=found, titles=titles, spaced=codes.spaced,
        signs=any(line.sign for line in found.closed.lines), **page_values(view),
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
    name = f"ballot-{digest(ballot.closed or b'')[:12]}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return flask.Response(data, mimetype="application/json", headers=headers)
