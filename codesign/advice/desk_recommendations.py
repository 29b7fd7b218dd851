"""The editor's pages of recommendations: what and who, the change chain, their order; and quotes to ask for."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import flask

from codesign.advice import actions, composing, directory, quote_queries, quoting, restoring
from codesign.advice.actions import NotHere, Stale
from codesign.advice.blueprint import bp, find, row_number
from codesign.advice.desk import page, saved_words
from codesign.advice.desk_saving import base_of
from codesign.advice.forms import ACTOR_FIELDS, ACTOR_ROWS, LONGEST_TEXT, ChainForm, QuoteForm, RecommendationForm
from codesign.advice.labels import FIELDS, shortened
from codesign.advice.queries import AdviceView
from codesign.advice.quoting import NotTheirWords, TranslationNeeded
from codesign.advice.values import Content, Recommendation, Section
from codesign.advice.versions import CHAIN, actors_as_text, as_text, recommendation_place
from codesign.advice.versions import TEXTS as TEXTS_OF_TABLE
from codesign.advice.weak_labels import late
from codesign.db import db
from codesign.web.access import Access, access
from codesign.web.clock import now, today
from codesign.web.forms import bad
from codesign.web.i18n import _

TEXTS = ("title", "what", "by_when", "notice", "small_initiative", "small_group", "none_because")


def shown_or_404(content: Content, recommendation_id: int) -> Recommendation:
    """The recommendation of this advice; 404 for any other."""
    found = next((r for r in content.recommendations if r.id == recommendation_id), None)
    if found is None:
        flask.abort(404)
    return found


def recommendation_form(view: AdviceView, shown: Recommendation) -> RecommendationForm:
    """The form, filled with what stands there, with the groups and moments of the place to choose from."""
    session = db.session()
    data: dict[str, Any] = {name: getattr(shown, name) for name in TEXTS} | {"moment": as_text(shown.moment)}
    data |= {"decided_on": shown.decided_on, "cost_class": shown.cost_class or 0, "version": str(shown.version)}
    for n, actor in enumerate(shown.actors[:ACTOR_ROWS]):
        data |= {f"actor_{field}_{n}": getattr(actor, field) for field in ACTOR_FIELDS}
    data["base"] = base_text(shown, TEXTS_OF_TABLE)
    form = RecommendationForm(data=data)
    form.small_group.choices = directory.groups(session, view, shown)
    form.moment.choices = directory.moments(session, view, shown, today(view.place.timezone))
    return form


@bp.route("/desk/advice/<int:advice_id>/recommendations/<int:recommendation_id>", methods=["GET", "POST"])
@access(Access.MODERATOR)
def recommendation(advice_id: int, recommendation_id: int) -> Any:
    """One recommendation: what, who, when, and what stands behind it."""
    view = find(advice_id, moderator=True)
    content = composing.content(db.session(), view, whole=False)
    if gone := _gone(view, content, recommendation_id, TEXTS):
        return gone
    shown = shown_or_404(content, recommendation_id)
    form = recommendation_form(view, shown) if composing.editable(view) or flask.request.method == "POST" else None
    show: dict[str, Any] = {
        "template": "advice/recommendation.html", "form": form, "shown": shown, "actor_rows": ACTOR_ROWS,
        "late": late(view, content, today(view.place.timezone)).get(shown.id),
        "actors_open": min(ACTOR_ROWS, max(2, len(shown.actors) + 1)),
    }  # fmt: skip
    if flask.request.method == "GET" or form is None:
        return page(view, content, Section.RECOMMENDATIONS, **show)
    if not form.validate_on_submit():
        return page(view, content, Section.RECOMMENDATIONS, status=422, **show)
    try:
        merged = save(view, shown, form)
    except Stale as stale:
        return _stale(view, content, stale, show)
    flask.flash(saved_words(merged))
    return flask.redirect(flask.url_for("advice.recommendation", advice_id=advice_id, recommendation_id=shown.id), 303)


def save(view: AdviceView, shown: Recommendation, form: RecommendationForm, *, kept: bool = True) -> bool:
    """Save the form; what somebody else changed in other fields or paragraphs stays. Raises `Stale`."""
    fields: dict[str, Any] = {name: form[name].data or "" for name in (*TEXTS, "moment")}
    fields |= {"decided_on": form.decided_on.data, "cost_class": form.cost_class.data or None}
    if fields["small_group"] and not fields["small_initiative"]:
        fields["small_initiative"] = dict(form.small_group.choices)[fields["small_group"]]
    return actions.save_recommendation(
        db.session(), view, shown.id, fields, actors=form.actors(), links=None, seen=form.version_number,
        base=base_of(form), now=now(), kept=kept,
    )  # fmt: skip


def base_text(shown: Recommendation, names: Iterable[str]) -> str:
    """What the writer saw, for the form to carry along."""
    seen = {name: as_text(getattr(shown, name, None) or getattr(shown.chain, name, "")) for name in names}
    seen["actors"] = actors_as_text(shown.actors)
    return json.dumps(seen, ensure_ascii=False)


@bp.route("/desk/advice/<int:advice_id>/recommendations/<int:recommendation_id>/chain", methods=["GET", "POST"])
@access(Access.MODERATOR)
def change_chain(advice_id: int, recommendation_id: int) -> Any:
    """How change works in one recommendation (R28)."""
    view = find(advice_id, moderator=True)
    content = composing.content(db.session(), view, whole=False)
    if gone := _gone(view, content, recommendation_id, CHAIN):
        return gone
    shown = shown_or_404(content, recommendation_id)
    form = chain_form(shown)
    show: dict[str, Any] = {"template": "advice/chain.html", "form": form, "shown": shown}
    if flask.request.method == "GET":
        return page(view, content, Section.RECOMMENDATIONS, **show)
    if not form.validate_on_submit():
        return page(view, content, Section.RECOMMENDATIONS, status=422, **show)
    try:
        merged = save_chain(view, shown, form)
    except Stale as stale:
        return _stale(view, content, stale, show)
    flask.flash(saved_words(merged))
    return flask.redirect(flask.url_for("advice.recommendation", advice_id=advice_id, recommendation_id=shown.id), 303)


def chain_form(shown: Recommendation) -> ChainForm:
    """How change works in one recommendation, filled with what stands there."""
    data = {name: getattr(shown.chain, name) for name in CHAIN}
    return ChainForm(data=data | {"version": str(shown.version), "base": base_text(shown, CHAIN)})


def save_chain(view: AdviceView, shown: Recommendation, form: ChainForm, *, kept: bool = True) -> bool:
    """Save how change works. Raises `Stale`."""
    fields = {name: form[name].data or "" for name in CHAIN}
    return actions.save_chain(
        db.session(), view, shown.id, fields, seen=form.version_number, base=base_of(form), now=now(), kept=kept
    )


def _gone(view: AdviceView, content: Content, recommendation_id: int, names: Iterable[str]) -> Any:
    """Where words typed in a recommendation that is out by now are kept and shown; None where it stands."""
    if flask.request.method == "GET" or any(r.id == recommendation_id for r in content.recommendations):
        return None
    form = flask.request.form
    typed = {
        name: form.get(name, "")[:LONGEST_TEXT].replace("\r\n", "\n").replace("\0", "")
        for name in names
        if name in form
    }
    if not restoring.keep_words_of_gone(db.session(), view, recommendation_id, typed, now=now()):
        return None
    flask.flash(_("Somebody took this recommendation out while you wrote. Your words are kept here."))
    place = recommendation_place(recommendation_id)
    return flask.redirect(flask.url_for("advice.versions", advice_id=view.advice.id, section=place), 303)


def _stale(view: AdviceView, content: Content, stale: Stale, show: dict[str, Any]) -> Any:
    """Both texts on one page: what was typed stays in the fields, theirs stands above."""
    form = show["form"]
    typed = {name: str(form[name].data or "") for name in stale.theirs if name in form}
    theirs = {
        str(FIELDS["actors"]) if name == "actors" else name: text
        for name, text in stale.theirs.items()
        if text != typed.get(name, text)
    }
    form.version.data = str(stale.versions["version"])
    form.base.data = None
    return page(view, content, Section.RECOMMENDATIONS, status=422, theirs=theirs or stale.theirs, **show)


@bp.post("/desk/advice/<int:advice_id>/recommendations/<int:recommendation_id>/up")
@access(Access.MODERATOR)
def move_up(advice_id: int, recommendation_id: int) -> Any:
    """Let it change places with the one before it."""
    return _act(advice_id, recommendation_id, actions.raise_recommendation)


@bp.post("/desk/advice/<int:advice_id>/recommendations/<int:recommendation_id>/take-out")
@access(Access.MODERATOR)
def take_out(advice_id: int, recommendation_id: int) -> Any:
    """Take it out of the advice."""
    return _act(advice_id, recommendation_id, actions.drop_recommendation)


def _act(advice_id: int, recommendation_id: int, act: Any) -> Any:
    view = find(advice_id, moderator=True)
    try:
        act(db.session(), view, recommendation_id, now=now())
    except NotHere:
        flask.abort(404)
    return flask.redirect(flask.url_for("advice.editor", advice_id=advice_id, section="recommendations"), 303)


@bp.route("/desk/advice/<int:advice_id>/quotes", methods=["GET", "POST"])
@access(Access.MODERATOR)
def quotes(advice_id: int) -> Any:
    """Choose an idea, copy a sentence of it or of a reply, and ask its maker."""
    view, session = find(advice_id, moderator=True), db.session()
    raw = flask.request.args.get("idea", "")
    number = row_number(raw)
    found = quote_queries.idea_with_replies(session, view.round.id, number) if number is not None else None
    if raw and found is None:
        flask.abort(404)
    chosen, replies = found or (None, [])
    form = QuoteForm()
    form.source.choices = [("idea", _("The idea itself")), *((f"{r.id}", shortened(r.body)) for r in replies)]
    show = {
        "view": view, "ideas": quote_queries.ideas_of_round(session, view.round.id), "chosen": chosen,
        "replies": replies, "asked": quote_queries.quotes_of_round(session, view.round.id), "f": form,
        "editable": composing.editable(view),
    }  # fmt: skip
    if flask.request.method == "GET":
        return flask.render_template("advice/quotes.html", **show)
    if chosen is None:
        flask.abort(404)
    if form.validate_on_submit():
        source = next((r for r in replies if str(r.id) == form.source.data), chosen)
        try:
            quoting.ask_for_quote(
                session, view, source, sentence=form.sentence.data, translation=form.translation.data or "",
                today=today(view.place.timezone), now=now(),
            )  # fmt: skip
        except NotTheirWords:
            form.sentence.errors = [_("These words do not stand there like this. Copy them exactly.")]
        except TranslationNeeded:
            form.translation.errors = [
                _("Give the same in the language of the advice. The first language stays hidden.")
            ]
        else:
            flask.flash(_("Asked. You see the answer here."))
            return flask.redirect(flask.url_for("advice.quotes", advice_id=advice_id, idea=chosen.id), 303)
    return bad("advice/quotes.html", form, **show)
