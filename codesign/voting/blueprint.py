"""The blueprint of ballots, how its views find one (or the one same 404), and what other pages show of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

import flask
from sqlalchemy.orm import Session

from codesign.credentials.delays import Delays
from codesign.db import db
from codesign.panels.hooks import RailItem, Todo, Waiting, hooks
from codesign.panels.models import Membership, Round
from codesign.panels.queries import RoundView
from codesign.rules.phases import Phase
from codesign.rules.roles import Role
from codesign.settings import Settings
from codesign.voting import closing, keys, queries
from codesign.voting.desk_labels import waits_words
from codesign.voting.domain import Kind, State, short
from codesign.voting.labels import KINDS, STATES
from codesign.voting.models import Ballot
from codesign.voting.queries import BallotView
from codesign.web.access import me
from codesign.web.clock import now
from codesign.web.i18n import _, current_lang

bp = flask.Blueprint("voting", __name__)

ICONS = {Kind.VOTE: "check", Kind.ADOPTION: "seal-check", Kind.RATING: "chat-text",
         Kind.WITHDRAWAL: "arrow-u-up-left"}  # fmt: skip


@bp.record_once
def _join_pages(state: Any) -> None:
    found = hooks(state.app)
    found.todo.append(_todo)
    found.rail.append(_rail)
    found.waiting.append(_waiting)
    found.phase_facts.append(_phase_facts)


def settings() -> Settings:
    """The settings of this app."""
    found: Settings = flask.current_app.config["SETTINGS"]
    return found


def delays() -> Delays:
    """The memory of wrong tries of this process."""
    found: Delays = flask.current_app.extensions["delays"]
    return found


def find(ballot_id: int, *, options: bool = False) -> BallotView:
    """The ballot, for whoever may know it; anybody else gets the same 404 as for a number that does not exist."""
    view = queries.ballot_for(db.session(), ballot_id, me().id, options=options)
    if view is None:
        flask.abort(404)
    flask.g.panel, flask.g.desk = view.panel, RoundView(view.round, view.panel, view.membership)
    return view


def find_for_desk(ballot_id: int) -> tuple[BallotView, Membership]:
    """The ballot with its options, for a moderator of its panel."""
    view = find(ballot_id, options=True)
    if view.membership.role is not Role.MODERATOR:
        flask.abort(404)
    return view, view.membership


def page_values(view: BallotView) -> dict[str, Any]:
    """What every page about a ballot shows: it, its place, and its last day where the place is."""
    ballot = view.ballot
    local = ballot.deadline.astimezone(ZoneInfo(view.panel.municipality.timezone))
    return {
        "view": view, "ballot": ballot, "kind_words": KINDS[ballot.kind], "state_words": STATES[ballot.state],
        "until": local.date(), "until_time": local.strftime("%H:%M"), "short": short, "for_desk": view.moderator,
        "Kind": Kind, "State": State,
    }  # fmt: skip


def _todo(session: Session, view: RoundView) -> Todo | None:
    """Vote, when there is a question this person has not answered. The advice is read first, then voted on."""
    if view.membership is None or view.round.phase is not Phase.VOTING:
        return None
    mine = queries.open_ballots(session, view.membership.person_id, now())
    ballot = next((b for b in mine if b.round_id == view.round.id and b.kind is Kind.VOTE and not b.voted), None)
    if ballot is None:
        return None
    href = flask.url_for("voting.ballot", ballot_id=ballot.id)
    words = _("Choose what you agree with. Nobody sees what you choose.")
    return Todo(_("Vote now"), words, _("Vote"), href, (ICONS[Kind.VOTE], "eye-slash"))


def _rail(session: Session, view: RoundView) -> Iterable[RailItem]:
    if view.round.phase not in {Phase.DRAFT, Phase.LISTENING, Phase.PROPOSING}:
        href = flask.url_for("voting.desk_ballots", round_id=view.round.id)
        yield RailItem("votes", _("Votes"), href, "scales")


def _waiting(session: Session, view: RoundView) -> Iterable[Waiting]:
    for ballot in queries.ballots_of(session, view.round.id, prepared=True):
        href = flask.url_for("voting.desk_ballot", ballot_id=ballot.id)
        if ballot.state is State.PREPARED:
            yield from _prepared(view, ballot, href)
        elif ballot.state is State.OPEN and not keys.present(settings().keys, ballot.key_name):
            words = _("The keys of this vote are gone. It cannot be counted. Make it void and vote again.")
            yield Waiting("warning-circle", _("A vote is broken"), about(ballot, words), href, _("Look at the vote"))
        elif ballot.state is State.OPEN and ballot.is_over(now()):
            waits = " ".join(waits_words(closing.waits_for(session, ballot)))
            title = _("A vote is over")
            yield Waiting(
                "hourglass", title, about(ballot, waits or _("It is being counted.")), href, _("Look at the vote")
            )


def about(ballot: Ballot, words: str) -> str:
    """What waits, after the question it is about: several votes can wait at once."""
    asked = ballot.translations.get(current_lang()) or ballot.question
    return f"\u2068{asked}\u2069 {words}"


def _prepared(view: RoundView, ballot: Ballot, href: str) -> Iterable[Waiting]:
    """What a prepared ballot waits for: changes, a second person, or its opening."""
    look = _("Look at the vote")
    if ballot.kind is Kind.VOTE and ballot.check_note:
        words = _("Somebody looked at it and says what must change first.")
        yield Waiting("chat-text", _("A vote is not right yet"), about(ballot, words), href, look)
    elif ballot.kind is Kind.VOTE and ballot.checked_at is None:
        mine = view.membership is not None and ballot.prepared_by_id == view.membership.person_id
        words = (
            _("A member was asked.") if ballot.checker_id else
            _("Ask another moderator or a member.") if mine else _("Is it right? Look at it before it opens.")
        )  # fmt: skip
        yield Waiting("magnifying-glass", _("A vote waits for a second look"), about(ballot, words), href, look)
    elif view.round.phase is Phase.VOTING:
        yield Waiting("scales", _("A vote is ready"), about(ballot, _("Look at it, then open it.")), href, look)


def _phase_facts(session: Session, round_: Round) -> dict[str, Any]:
    return {"ballot_running": queries.ballot_running(session, round_.id)}
