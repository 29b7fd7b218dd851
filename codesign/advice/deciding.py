"""The moderator's page of what happens next: giving the text, the vote on it, sending, and rating the answer."""

from __future__ import annotations

from typing import Any

import flask

from codesign.advice import actions, composing, explaining, fate_queries, meaning_queries, queries, ratifying, sending
from codesign.advice.blueprint import bp, end_of, find, key_folder
from codesign.advice.desk import anchor
from codesign.advice.domain import before_the_panel, blocks
from codesign.advice.fates import from_record
from codesign.advice.forms import DeadlineForm, LeftOutForm
from codesign.advice.labels import block_words, passed
from codesign.advice.models import Ratified
from codesign.advice.queries import AdviceView
from codesign.advice.sending import TextChanged
from codesign.advice.weak_labels import warnings
from codesign.db import db
from codesign.documents.domain import DocumentError
from codesign.documents.queries import statuses
from codesign.panels.blueprint import find_desk_round
from codesign.panels.queries import RoundView
from codesign.rules.permissions import Reason, Refused
from codesign.rules.states import AdviceState
from codesign.voting import queries as ballots
from codesign.voting.domain import NotPrepared
from codesign.web.access import Access, access, me
from codesign.web.clock import now, today
from codesign.web.i18n import _, current_lang


@bp.get("/desk/advice")
@access(Access.MODERATOR)
def desk_list() -> Any:
    """Every advice of the panels I moderate, and rounds that wait for theirs."""
    session = db.session()
    views = queries.advice_list(session, me().id, moderates=True)
    digests = {v.advice.id: v.sent_digest for v in views if v.sent_digest}
    known = from_record(lambda: statuses(session, digests.values()))
    return flask.render_template(
        "advice/desk_list.html", views=views, rounds=queries.moderated_rounds(session, me().id),
        reachable=known is not None, statuses={i: known[d] for i, d in digests.items() if known and d in known},
    )  # fmt: skip


@bp.get("/desk/rounds/<int:round_id>/advice")
@access(Access.MODERATOR)
def of_round(round_id: int) -> Any:
    """The advice of a round, or the page on which it is begun."""
    view, _mine = find_desk_round(round_id)
    found = queries.of_round(db.session(), round_id)
    if found is not None:
        return flask.redirect(flask.url_for("advice.overview", advice_id=found.id))
    return flask.render_template("advice/begin.html", view=view)


@bp.post("/desk/rounds/<int:round_id>/advice")
@access(Access.MODERATOR)
def begin(round_id: int) -> Any:
    """Begin the advice of a round, in the language the round was written in: its title comes from there."""
    view, _mine = find_desk_round(round_id)
    language = view.round.language
    made = actions.compile_advice(db.session(), view, language=language, now=now())
    return flask.redirect(flask.url_for("advice.editor", advice_id=made.id, section="cover"), 303)


def _page(view: AdviceView, form: Any = None, status: int = 200, problem: str = "") -> Any:
    session = db.session()
    content = composing.content(session, view)
    found = blocks(content)
    day = today(view.place.timezone)
    last = queries.last_ratification(session, view.advice.id)
    result = ballots.adoption_result(session, last[1].id) if last and last[0].result is not Ratified.VOID else None
    gone = view.gone
    record = from_record(lambda: fate_queries.standing(session, gone)) if gone is not None else None
    html = flask.render_template(
        "advice/overview.html", said=meaning_queries.said_of(session, view.advice.id, None) if gone is None else {},
        view=view, content=content, f=form or DeadlineForm(today=day), problem=problem,
        blocks=[{"words": block_words(b), "href": anchor(view, b)} for b in found], passed=passed(content, found),
        ready=not before_the_panel(content), last=last, result=result, gone=gone,
        reachable=gone is None or record is not None,
        warnings=warnings(view, content, day),
        record=record.status if record else None, answer=record.answer if record else None,
    )  # fmt: skip
    return html if status == 200 else (html, status)


@bp.get("/desk/advice/<int:advice_id>")
@access(Access.MODERATOR)
def overview(advice_id: int) -> Any:
    """Where the advice is, what is missing, and the one thing to do next."""
    return _page(find(advice_id, moderator=True))


@bp.post("/desk/advice/<int:advice_id>/give")
@access(Access.MODERATOR)
def give(advice_id: int) -> Any:
    """Give the text to the panel to read."""
    view = find(advice_id, moderator=True)
    try:
        ratifying.give_to_panel(db.session(), view, now=now())
    except Refused as refused:
        if refused.reason not in {Reason.NOT_COMPLETE, Reason.NAME_OTHER_ACTORS_FIRST}:
            raise
        return _page(view, status=422, problem=_("Something is still missing. See the list."))
    flask.flash(_("The panel can read it now."))
    return _back(advice_id)


@bp.post("/desk/advice/<int:advice_id>/vote")
@access(Access.MODERATOR)
def open_vote(advice_id: int) -> Any:
    """Open the panel's vote on the text."""
    view = find(advice_id, moderator=True)
    form = DeadlineForm(today=today(view.place.timezone))
    if not form.validate_on_submit():
        return _page(view, form, 422)
    try:
        ratifying.prepare_adoption(
            db.session(), view, question=_("Is this our advice?"), language=current_lang(),
            deadline=end_of(form.until.data, view.place.timezone), key_folder=key_folder(), now=now(),
        )  # fmt: skip
    except NotPrepared:
        return _page(view, form, 422, _("There is nobody yet who can vote."))
    flask.flash(_("The vote is open."))
    return _back(advice_id)


@bp.post("/desk/advice/<int:advice_id>/settle")
@access(Access.MODERATOR)
def settle(advice_id: int) -> Any:
    """Take over what the closed vote says; nobody decides anything here."""
    view = find(advice_id, moderator=True)
    state = ratifying.set_adopted(db.session(), view.advice.id, now=now())
    if state is None:
        return _page(view, status=409, problem=_("The vote is not closed yet."))
    adopted = state is AdviceState.ADOPTED
    flask.flash(_("The panel adopted the advice.") if adopted else _("The panel sent the advice back."))
    return _back(advice_id)


@bp.post("/desk/advice/<int:advice_id>/send")
@access(Access.MODERATOR)
def send(advice_id: int) -> Any:
    """Send the adopted advice over the wall; sending twice sends the same document."""
    view = find(advice_id, moderator=True)
    try:
        sending.send_advice(db.session(), view, now=now())
    except TextChanged:
        return _page(view, status=409, problem=_("The text is not the one the panel adopted. Nothing was sent."))
    except DocumentError as error:
        return _page(view, status=422, problem=_("It cannot be sent like this: %(faults)s", faults=str(error)))
    flask.flash(_("The advice is on its way to the municipality."))
    return _back(advice_id)


@bp.post("/desk/advice/<int:advice_id>/rating")
@access(Access.MODERATOR)
def open_rating(advice_id: int) -> Any:
    """Open the panel's rating of the answer."""
    view, session = find(advice_id, moderator=True), db.session()
    form = DeadlineForm(today=today(view.place.timezone))
    if not form.validate_on_submit():
        return _page(view, form, 422)
    gone = view.sent_digest
    answer = fate_queries.answers(session, [gone]).get(gone) if gone else None
    if answer is None:
        raise Refused(Reason.NOT_ANSWERED_YET)
    try:
        sending.prepare_rating(
            session, view, answer=answer["digest"], question=_("Is this answer of use to you?"),
            language=current_lang(), deadline=end_of(form.until.data, view.place.timezone), key_folder=key_folder(),
            now=now(),
        )  # fmt: skip
    except NotPrepared:
        return _page(view, form, 422, _("There is nobody yet who can vote."))
    flask.flash(_("The vote is open."))
    return _back(advice_id)


@bp.get("/desk/rounds/<int:round_id>/not-in-the-vote")
@access(Access.MODERATOR)
def left_out(round_id: int) -> Any:
    """Ideas that are not in the vote, with the reason for each."""
    view, _mine = find_desk_round(round_id)
    return _left_out(view)


def _left_out(view: RoundView, bad: int = 0, form: Any = None) -> Any:
    ideas = fate_queries.not_in_vote(db.session(), view.round.id)
    pairs = [(i, form if i.id == bad else _reason_form(i)) for i in ideas]
    html = flask.render_template("advice/left_out.html", view=view, ideas=pairs)
    return html if not bad else (html, 422)


def _reason_form(idea: fate_queries.NotInVote) -> LeftOutForm:
    return LeftOutForm(formdata=None, data={"reason": idea.reason or ""}, prefix=f"i{idea.id}-")


@bp.post("/desk/rounds/<int:round_id>/not-in-the-vote/<int:proposal_id>")
@access(Access.MODERATOR)
def explain_left_out(round_id: int, proposal_id: int) -> Any:
    """Say why one idea is not in the vote."""
    view, _mine = find_desk_round(round_id)
    form = LeftOutForm(prefix=f"i{proposal_id}-")
    if not form.validate_on_submit():
        return _left_out(view, proposal_id, form)
    try:
        explaining.explain_left_out(
            db.session(), view, proposal_id, reason=form.reason.data, language=current_lang(), now=now()
        )
    except actions.NotHere:
        flask.abort(404)
    flask.flash(_("Saved."))
    return flask.redirect(flask.url_for("advice.left_out", round_id=round_id, _anchor=f"idea-{proposal_id}"), 303)


def _back(advice_id: int) -> Any:
    return flask.redirect(flask.url_for("advice.overview", advice_id=advice_id), 303)
