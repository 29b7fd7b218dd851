"""The editor at the desk: one part of the advice at a time, the checklist beside it, the preview below."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import flask

from codesign.advice import actions, citing, composing, quote_queries
from codesign.advice.actions import Full, Links, NotHere, Stale
from codesign.advice.blueprint import bp, find, row_number
from codesign.advice.desk_saving import after_stale, readings, save_part
from codesign.advice.domain import Block, Missing, before_the_panel, blocks, fingerprint, missing_in
from codesign.advice.forms import CitedForm, CoverForm, LinksForm, summary_form, words_form
from codesign.advice.labels import SECTIONS, block_words, passed
from codesign.advice.queries import AdviceView
from codesign.advice.typed import typed_over
from codesign.advice.values import SECTION_OF, CitedKind, Content, Recommendation, Section, Words
from codesign.advice.version_queries import taken_out
from codesign.advice.versions import recommendation_place
from codesign.advice.weak_labels import warnings
from codesign.db import db
from codesign.web.access import Access, access
from codesign.web.clock import now, today
from codesign.web.forms import Form, StringField, filled
from codesign.web.i18n import LANGUAGES, _, _l


class NewRecommendationForm(Form):
    """The one line a recommendation begins with."""

    title = StringField(_l("A new recommendation, in one line"), filled(max=120))


def page(
    view: AdviceView, content: Content, section: Section, *, template: str = "advice/editor.html", form: Any = None,
    shown: Recommendation | None = None, status: int = 200, **more: Any,
) -> Any:  # fmt: skip
    """A page of the editor: checklist with links, warnings, preview, and the form of this part."""
    found = blocks(content)
    day = today(view.place.timezone)
    here = [b for b in found if b.section is section and b.what is not Missing.ADOPTION]
    if shown is not None:
        here = [b for b in here if b.recommendation is not None and b.recommendation.id == shown.id]
    html = flask.render_template(
        template, view=view, content=content, section=section, f=form, shown=shown, sections=SECTIONS,
        gaps={b.section for b in found if b.what is not Missing.ADOPTION}, here=len(here),
        blocks=[{"words": block_words(b), "href": anchor(view, b)} for b in found],
        warnings=warnings(view, content, day), passed=passed(content, found),
        editable=composing.editable(view), missing_in=missing_in, summary_languages=content.languages,
        reads=readings(section, form, content.language) if form is not None else {}, **more,
    )  # fmt: skip
    return html if status == 200 else (html, status)


def anchor(view: AdviceView, block: Block) -> str:
    """Where a thing that is missing can be mended."""
    ids: dict[str, Any] = {"advice_id": view.advice.id}
    if block.what is Missing.ADOPTION:
        return flask.url_for("advice.overview", **ids)
    if block.what is Missing.TIES:
        return flask.url_for("panels.desk_panel", panel_id=view.panel.id)
    if block.recommendation is not None:
        of_this = ids | {"recommendation_id": block.recommendation.id}
        if block.what in {Missing.CHAIN, Missing.QUESTION}:
            return flask.url_for("advice.change_chain", **of_this)
        if block.what in {Missing.OUTCOME, Missing.RELEASE}:
            return flask.url_for("picker.pick", **ids, item=recommendation_place(block.recommendation.id))
        part = {Missing.SMALL_INITIATIVE: "small", Missing.ACTOR: "who",
                Missing.ONLY_NEWCOMERS: "who"}.get(block.what, "part")  # fmt: skip
        return flask.url_for("advice.recommendation", **of_this, _anchor=part)
    if block.what is Missing.RELEASE:
        return flask.url_for("picker.overview", **ids)
    field = f"text_{block.language}" if block.language else "part"
    return flask.url_for("advice.editor", **ids, section=block.section.value, _anchor=field)


def form_of(view: AdviceView, content: Content, section: Section) -> Any:
    """The form of one part, filled with what stands there; None for a part that has none now."""
    if section is Section.COVER:
        codes = dict.fromkeys((*view.panel.languages, *LANGUAGES))
        data = {"title": content.title, "language": content.language, "version": str(view.advice.version)}
        return CoverForm(data=data, languages=codes)
    if section is Section.IN_SHORT:
        return summary_form(content.languages)(
            data=_seen({f"text_{c}": content.summaries.get(c, "") for c in content.languages})
        )
    if section is Section.RECOMMENDATIONS:
        return NewRecommendationForm() if len(content.recommendations) < 5 else None
    keys = [k for k in Words if SECTION_OF[k] is section]
    return words_form(section)(data=_seen({k.value: content.words.get(k, "") for k in keys})) if keys else None


def _seen(texts: Mapping[str, str]) -> dict[str, str]:
    signs = {f"seen_{name}": fingerprint(text) for name, text in texts.items()}
    return {**texts, **signs, **{f"base_{name}": text for name, text in texts.items()}}


def links_form(view: AdviceView, content: Content, section: Section) -> LinksForm | None:
    """Which released words (what we heard) or outcomes (other views) this part shows; None when there are none."""
    if section is Section.HEARD:
        choices = [(q.id, q.text) for q in quote_queries.released(db.session(), view.round.id)]
        chosen = [q.id for q in content.quotes]
    elif section is Section.OTHER_VIEWS:
        choices = [(o.id, o.title) for o in content.heard]
        chosen = [o.id for o in content.other_views]
    else:
        return None
    form = LinksForm(data={"links": chosen})
    form.links.choices = choices
    return form if choices else None


def section_or_404(raw: str) -> Section:
    """The part of this name."""
    if raw not in set(Section):
        flask.abort(404)
    return Section(raw)


@bp.route("/desk/advice/<int:advice_id>/parts/<section>", methods=["GET", "POST"])
@access(Access.MODERATOR)
def editor(advice_id: int, section: str) -> Any:
    """One part of the advice: its words, saved unless somebody else saved meanwhile."""
    view, part = find(advice_id, moderator=True), section_or_404(section)
    content = composing.content(db.session(), view, whole=part in {Section.WORKED, Section.COVER})
    form = form_of(view, content, part)
    links = links_form(view, content, part)
    if flask.request.method == "GET" or form is None:
        more: dict[str, Any] = (
            {"taken_out": taken_out(db.session(), advice_id)} if part is Section.RECOMMENDATIONS else {}
        )
        return page(view, content, part, form=form, links=links, **more)
    if not form.validate_on_submit():
        return page(view, content, part, form=form, links=links, status=422)
    try:
        saved = save_part(view, part, form)
    except Stale as stale:
        return page(view, content, part, form=after_stale(form, stale), links=links, theirs=stale.theirs, status=422)
    except Full:
        return page(view, content, part, form=None, links=links, status=422)
    flask.flash(saved_words(saved.merged))
    return flask.redirect(saved.target, 303)


def saved_words(merged: bool) -> str:
    """What a writer reads after saving."""
    if merged:
        return _("Saved. Somebody else wrote here too. Both are kept; read it again.")
    return _("Saved.")


@bp.post("/desk/advice/<int:advice_id>/parts/<section>/links")
@access(Access.MODERATOR)
def link(advice_id: int, section: str) -> Any:
    """Which released words or outcomes stand in a part."""
    view, part = find(advice_id, moderator=True), section_or_404(section)
    content = composing.content(db.session(), view, whole=False)
    form = links_form(view, content, part)
    if form is None:
        flask.abort(404)
    form.process(flask.request.form)
    if not form.validate_on_submit():
        return page(view, content, part, form=form_of(view, content, part), links=form, status=422)
    options = form.links.data if part is Section.OTHER_VIEWS else [o.id for o in content.other_views]
    quotes = form.links.data if part is Section.HEARD else [q.id for q in content.quotes]
    actions.link(db.session(), view, Links(options=options or [], quotes=quotes or []), now=now())
    flask.flash(_("Saved."))
    return flask.redirect(flask.url_for("advice.editor", advice_id=advice_id, section=part.value), 303)


@bp.route("/desk/advice/<int:advice_id>/cite", methods=["GET", "POST"])
@access(Access.MODERATOR)
def cite(advice_id: int) -> Any:
    """Add something known elsewhere; a figure without source, date and definition is not saved (R06)."""
    view = find(advice_id, moderator=True)
    form = CitedForm(today=today(view.place.timezone))
    content = composing.content(db.session(), view, whole=False)
    wanted: dict[str, Any] = {"template": "advice/cite.html", "form": form}
    if flask.request.method == "GET":
        return page(view, content, Section.ELSEWHERE, **wanted)
    if not form.validate_on_submit():
        return page(view, content, Section.ELSEWHERE, status=422, **wanted)
    citing.cite(
        db.session(), view, kind=CitedKind(form.kind.data), text=form.text.data, source=form.source.data or "",
        source_date=form.source_date.data, checked_on=form.checked_on.data, definition=form.definition.data or "",
        url=form.url.data or "", now=now(),
    )  # fmt: skip
    return flask.redirect(flask.url_for("advice.editor", advice_id=advice_id, section="elsewhere"), 303)


@bp.post("/desk/advice/<int:advice_id>/cited/<int:cited_id>/take-out")
@access(Access.MODERATOR)
def take_out_cited(advice_id: int, cited_id: int) -> Any:
    """Take out something that was cited."""
    view = find(advice_id, moderator=True)
    try:
        citing.drop_cited(db.session(), view, cited_id, now=now())
    except NotHere:
        flask.abort(404)
    return flask.redirect(flask.url_for("advice.editor", advice_id=advice_id, section="elsewhere"), 303)


@bp.get("/desk/advice/<int:advice_id>/preview")
@access(Access.MODERATOR)
def preview(advice_id: int) -> Any:
    """The whole advice as it stands."""
    view = find(advice_id, moderator=True)
    content = composing.content(db.session(), view)
    whole = not before_the_panel(content)
    return flask.render_template("advice/preview.html", view=view, content=content, sections=SECTIONS, whole=whole)


@bp.post("/desk/advice/<int:advice_id>/parts/<section>/preview")
@access(Access.MODERATOR)
def preview_part(advice_id: int, section: str) -> Any:
    """This part with what is typed and not saved yet; nothing is written."""
    view, part = find(advice_id, moderator=True), section_or_404(section)
    content = composing.content(db.session(), view, whole=part in {Section.WORKED, Section.COVER})
    raw = flask.request.args.get("recommendation", "")
    content = typed_over(content, part, row_number(raw), flask.request.form)
    shown = next((r for r in content.recommendations if str(r.id) == raw), None)
    return flask.render_template("advice/preview_part.html", view=view, content=content, section=part, shown=shown)
