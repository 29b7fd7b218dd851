"""Saving one part of an advice from its form: by the button, or by itself while somebody types."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import flask

from codesign.advice import actions
from codesign.advice.actions import Stale
from codesign.advice.domain import MOST_SUMMARY_WORDS, fingerprint
from codesign.advice.queries import AdviceView
from codesign.advice.values import SECTION_OF, Section, Words
from codesign.db import db
from codesign.web.clock import now
from codesign.web.plain import Reading, reading


@dataclass(frozen=True)
class Saved:
    """Where to go on, and whether somebody else's words in the same text were kept beside one's own."""

    target: str
    merged: bool = False


def pieces_of(part: Section, form: Any) -> dict[str, tuple[Words, str]]:
    """Which piece of words each text field of the form holds."""
    if part is Section.IN_SHORT:
        codes = [name.removeprefix("text_") for name in form._fields if name.startswith("text_")]
        return {f"text_{code}": (Words.IN_SHORT, code) for code in codes}
    return {k.value: (k, "") for k in Words if SECTION_OF[k] is part and k.value in form}


def save_part(view: AdviceView, part: Section, form: Any, *, kept: bool = True) -> Saved:
    """Save one part. Raises `Stale` and `Full`."""
    session, moment = db.session(), now()
    here = flask.url_for("advice.editor", advice_id=view.advice.id, section=part.value)
    if part is Section.COVER:
        actions.save_cover(
            session, view, title=form.title.data, language=form.language.data, seen=form.version_number, now=moment,
            kept=kept,
        )  # fmt: skip
        return Saved(here)
    if part is Section.RECOMMENDATIONS:
        made = actions.add_recommendation(session, view, title=form.title.data, now=moment)
        return Saved(flask.url_for("advice.recommendation", advice_id=view.advice.id, recommendation_id=made.id))
    fields = pieces_of(part, form)
    texts = {piece: (form[name].data or "", form[f"seen_{name}"].data or "") for name, piece in fields.items()}
    bases = {piece: _lines(form[f"base_{name}"].data) for name, piece in fields.items()}
    return Saved(here, bool(actions.save_words(session, view, texts, now=moment, bases=bases, kept=kept)))


def seen_now(form: Any, texts: Mapping[str, str]) -> None:
    """Let the form's next save begin from these texts."""
    for name, text in texts.items():
        if f"seen_{name}" in form:
            form[f"seen_{name}"].data, form[f"base_{name}"].data = fingerprint(text), text


def after_stale(form: Any, stale: Stale) -> Any:
    """The same form with what was typed, now for the version that stands there: saving again is a choice."""
    seen_now(form, stale.theirs)
    if "version" in stale.versions:
        form.version.data = str(stale.versions["version"])
    return form


def base_of(form: Any) -> dict[str, str] | None:
    """The fields of a recommendation as the writer saw them; None where the form does not say."""
    try:
        read = json.loads(flask.request.form.get(form.base.name, ""))
    except ValueError:
        return None
    return {str(k): str(v) for k, v in read.items()} if isinstance(read, dict) else None


def readings(part: Section, form: Any, language: str) -> dict[str, Reading]:
    """How each text of a form reads, by field; texts in languages the check does not know are only counted."""
    found = {}
    for name, (key, code) in pieces_of(part, form).items():
        limit = MOST_SUMMARY_WORDS if key is Words.IN_SHORT else 0
        found[name] = reading(form[name].data or "", code or language, limit)
    return found


def _lines(raw: str | None) -> str:
    return (raw or "").replace("\r\n", "\n")
