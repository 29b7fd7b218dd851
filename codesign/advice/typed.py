"""What somebody is typing, laid over the advice for the live preview; nothing of it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from codesign.advice.behind import rewritten
from codesign.advice.forms import ACTOR_FIELDS, ACTOR_ROWS
from codesign.advice.values import SECTION_OF, Actor, ActorKind, Content, Moment, Recommendation, Section, Words

_TEXTS = ("title", "what", "by_when", "notice", "small_initiative", "small_group", "none_because")
_LINKS = ("activity", "change", "domain", "indicator", "experience", "assumptions", "risks")


def typed_over(content: Content, section: Section, recommendation_id: int | None, form: Mapping[str, Any]) -> Content:
    """The advice as it would be with these fields; a field that is not there leaves what stands."""
    if recommendation_id is not None:
        changed = tuple(_typed(r, form) if r.id == recommendation_id else r for r in content.recommendations)
        return replace(content, recommendations=changed)
    if section is Section.COVER:
        return replace(content, title=str(form.get("title", content.title))[:200])
    if section is Section.IN_SHORT:
        typed = {c: _text(form, f"text_{c}", content.summaries.get(c, "")) for c in content.languages}
        return replace(content, summaries={**content.summaries, **typed})
    keys = [k for k in Words if SECTION_OF[k] is section]
    typed_words = {k: _text(form, k.value, content.words.get(k, "")) for k in keys}
    written = {**content.words, **typed_words}
    sentences = rewritten(content.sentences, written.get(Words.HEARD, "").replace("\r\n", "\n").strip())
    return replace(content, words=written, sentences=sentences)


def _text(form: Mapping[str, Any], name: str, otherwise: str) -> str:
    return str(form.get(name, otherwise))[:8000]


def _typed(item: Recommendation, form: Mapping[str, Any]) -> Recommendation:
    if "activity" in form:
        linked: dict[str, Any] = {k: _text(form, k, getattr(item.chain, k)) for k in _LINKS}
        return replace(item, chain=replace(item.chain, **linked))
    texts: dict[str, Any] = {k: _text(form, k, getattr(item, k)) for k in _TEXTS}
    cost = str(form.get("cost_class", ""))
    return replace(
        item,
        **texts,
        cost_class=int(cost) if cost in {"1", "2", "3", "4"} else None,
        actors=_actors(form) if "actor_name_0" in form else item.actors,
        moment=_moment(str(form["moment"])) if "moment" in form else item.moment,
    )


def _actors(form: Mapping[str, Any]) -> tuple[Actor, ...]:
    rows = [[_text(form, f"actor_{field}_{n}", "") for field in ACTOR_FIELDS] for n in range(ACTOR_ROWS)]
    return tuple(
        Actor(name, ActorKind(kind) if kind in set(ActorKind) else ActorKind.SERVICE, part, by_when)
        for name, kind, part, by_when in rows
        if name.strip()
    )


def _moment(line: str) -> Moment | None:
    try:
        return Moment.read(line)
    except ValueError:
        return None
