"""The pages where evidence is chosen: all sentences and recommendations with what is behind each, and one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import flask

from codesign.advice import coauthor_queries, composing
from codesign.advice.blueprint import find
from codesign.advice.gone import gone_page
from codesign.advice.labels import place_name
from codesign.advice.queries import AdviceView
from codesign.advice.saving import NotHere
from codesign.advice.values import Content, Recommendation, Section, Sentence
from codesign.advice.versions import recommendation_of, recommendation_place
from codesign.db import db
from codesign.evidence.values import Kind, Thing
from codesign.picker.choosing import choose
from codesign.picker.domain import Offer, Target, found, sentence_name, things_of
from codesign.picker.forms import EvidenceForm, joined
from codesign.picker.labels import ICONS, KINDS, NOTHING, lost_words
from codesign.picker.offers import offers
from codesign.web.access import Access, access, me
from codesign.web.clock import now
from codesign.web.i18n import _

bp = flask.Blueprint("picker", __name__)


@bp.record_once
def _join_pages(state: Any) -> None:
    state.app.jinja_env.globals.update(sentence_name=sentence_name, lost_words=lost_words)


@dataclass(frozen=True)
class Way:
    """By which door somebody came: a moderator to all of the draft, or a member to the part she writes along."""

    view: AdviceView
    part: str = ""

    @property
    def frame(self) -> str:
        """The face the page wears."""
        return "member.html" if self.part else "desk.html"

    def url(self, target: str = "", find: bool = False) -> str:
        """Of the list, of one target, or of looking for something on its page."""
        ids: dict[str, Any] = {"advice_id": self.view.advice.id} | ({"section": self.part} if self.part else {})
        name = ("find_in" if find else "pick") if target else "overview"
        ids |= {"item": target} if target else {}
        return flask.url_for(f"picker.{name}{'_mine' if self.part else ''}", **ids)

    def back(self, target: Target | None = None) -> str:
        """Where the words themselves are written."""
        ids: dict[str, Any] = {"advice_id": self.view.advice.id}
        if self.part:
            return flask.url_for("advice.write", **ids, section=self.part)
        if target is not None and target.recommendation is not None:
            return flask.url_for("advice.recommendation", **ids, recommendation_id=target.recommendation.id)
        return flask.url_for("advice.editor", **ids, section=Section.HEARD.value)


def _desk(advice_id: int) -> Way:
    return Way(find(advice_id, moderator=True))


def _mine(advice_id: int, part: str) -> Way:
    """The part a member was invited to write; anybody else gets the same 404 as for what does not exist."""
    view = coauthor_queries.coauthor_view(db.session(), advice_id, me().id, part)
    if view is None or not (part == Section.HEARD.value or recommendation_of(part) is not None):
        flask.abort(404)
    flask.g.panel = view.panel
    return Way(view, part)


def _targets(way: Way, content: Content) -> list[Target]:
    """All that evidence can be chosen for, in the order of the document; each sentence once."""
    targets = [_of_sentence(s) for s in {s.text: s for s in content.sentences}.values()]
    targets += [_of_recommendation(r) for r in content.recommendations]
    return [t for t in targets if way.part in {"", t.place}]


def _of_sentence(sentence: Sentence) -> Target:
    return Target(sentence_name(sentence.text), Section.HEARD.value, sentence.text, sentence=sentence)


def _of_recommendation(item: Recommendation) -> Target:
    place = recommendation_place(item.id)
    return Target(place, place, item.title, recommendation=item)


@bp.get("/desk/advice/<int:advice_id>/evidence")
@access(Access.MODERATOR)
def overview(advice_id: int) -> Any:
    """Every sentence of "what we heard" and every recommendation, with what is behind it."""
    return _overview(_desk(advice_id))


@bp.get("/advice/<int:advice_id>/write/<section>/evidence")
@access(Access.MEMBER)
def overview_mine(advice_id: int, section: str) -> Any:
    """The same of the part I was asked to write."""
    return _overview(_mine(advice_id, section))


def _overview(way: Way) -> Any:
    content = composing.content(db.session(), way.view, whole=False)
    targets = _targets(way, content)
    return flask.render_template("picker/overview.html", way=way, view=way.view, content=content, targets=targets)


@bp.route("/desk/advice/<int:advice_id>/evidence/<item>", methods=["GET", "POST"])
@access(Access.MODERATOR)
def pick(advice_id: int, item: str) -> Any:
    """Tick what is behind one sentence or recommendation."""
    return _pick(_desk(advice_id), item)


@bp.route("/advice/<int:advice_id>/write/<section>/evidence/<item>", methods=["GET", "POST"])
@access(Access.MEMBER)
def pick_mine(advice_id: int, section: str, item: str) -> Any:
    """The same in the part I was asked to write."""
    return _pick(_mine(advice_id, section), item)


@bp.post("/desk/advice/<int:advice_id>/evidence/<item>/find")
@access(Access.MODERATOR)
def find_in(advice_id: int, item: str) -> Any:
    """The same page with what has these words; ticks stay, nothing is written."""
    return _pick(_desk(advice_id), item, only_find=True)


@bp.post("/advice/<int:advice_id>/write/<section>/evidence/<item>/find")
@access(Access.MEMBER)
def find_in_mine(advice_id: int, section: str, item: str) -> Any:
    """The same in the part I was asked to write."""
    return _pick(_mine(advice_id, section), item, only_find=True)


def _pick(way: Way, name: str, *, only_find: bool = False) -> Any:
    session, view = db.session(), way.view
    if way.part and not composing.drafted(view):
        return flask.render_template("advice/written.html", view=view, name=place_name(way.part))
    content = composing.content(session, view, whole=False)
    form = EvidenceForm()
    target = next((t for t in _targets(way, content) if t.name == name), None)
    if target is None:
        target = _meanwhile(way, name, form)
    if target is None:
        return _gone(way, name, content, form)
    there = offers(session, view, content, target)
    form.offer(there)
    if flask.request.method == "GET":
        stands = _stands(target)
        form.things.data = [o.key for o in there if o.thing in stands]
        form.seen.data, form.words.data = joined(stands), target.words
        return _page(way, target, there, form)
    if not composing.drafted(view):
        flask.abort(409)
    if not form.holds():
        return _page(way, target, there, form), 422
    if only_find:
        return _page(way, target, there, form)
    try:
        choose(session, view, target, form.ticked, seen=form.before, offered={o.thing for o in there}, now=now())
    except NotHere:
        session.rollback()
        return _gone(way, name, content, form)
    flask.flash(_("Saved."))
    return flask.redirect(f"{way.url()}#{target.name}", 303)


def _stands(target: Target) -> tuple[Thing, ...]:
    """What was put behind a target, also what is gone."""
    return (target.recommendation or target.sentence or Sentence("")).things


def _meanwhile(way: Way, name: str, form: EvidenceForm) -> Target | None:
    """A sentence that was changed or taken out while somebody chose for it: as she saw it."""
    words = " ".join((form.words.data or "").split())
    if flask.request.method == "GET" or way.part not in {"", Section.HEARD.value} or sentence_name(words) != name:
        return None
    return Target(name, Section.HEARD.value, words)


def _gone(way: Way, name: str, content: Content, form: EvidenceForm) -> Any:
    """What was chosen for a recommendation that is out by now, to copy; nothing is written."""
    number = recommendation_of(name)
    if flask.request.method == "GET" or number is None:
        flask.abort(404)
    target = Target(name, name, "")
    there = offers(db.session(), way.view, content, target)
    ticked = things_of(flask.request.form.getlist("things"))
    lines = [f"{KINDS[o.kind]}: {o.words}" for o in there if o.thing in ticked]
    kept = [(form.words.data or _("What you ticked"), "\n".join(lines))]
    return gone_page(kept, way.url() if not way.part else flask.url_for("advice.mine"), way.frame)


def _page(way: Way, target: Target, there: list[Offer], form: EvidenceForm) -> Any:
    return flask.render_template(
        "picker/pick.html", way=way, view=way.view, target=target, f=form, kinds=KINDS, icons=ICONS, nothing=NOTHING,
        groups=found(there, form.ticked, form.q.data or ""), ticked=form.ticked, empty=_empty(target, there),
        editable=composing.drafted(way.view),
    )  # fmt: skip


def _empty(target: Target, there: list[Offer]) -> list[Kind]:
    """The kinds of which there is nothing to choose."""
    some = {o.kind for o in there}
    return [k for k in Kind if k not in some and (k is not Kind.VISION or target.recommendation is not None)]
