"""Warnings about the evidence of an advice in words, each with the page where it is mended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import flask
from flask_babel.speaklater import LazyString

from codesign.advice.domain import due_on, too_late
from codesign.advice.labels import late_words, shortened
from codesign.advice.queries import AdviceView
from codesign.advice.values import Content, Section
from codesign.advice.weak import Weak, Weakness, weak
from codesign.evidence.sentences import sign
from codesign.web.i18n import _l, ngettext

# More sentences with nothing behind them are counted, not named one by one.
MOST_NAMED = 4
_SENTENCE: dict[Weakness, LazyString] = {
    Weakness.UNSUPPORTED: _l("Nothing is behind this sentence: “%(text)s”"),
    Weakness.CARRIED: _l("This sentence changed. Look if the evidence still holds: “%(text)s”"),
    Weakness.WORDS_BACK: _l("A member took back words behind this sentence: “%(text)s”"),
    Weakness.REPORT_GONE: _l("A report behind this sentence was taken out: “%(text)s”"),
}
_RECOMMENDATION: dict[Weakness, LazyString] = {
    Weakness.NOT_CHOSEN: _l("Recommendation %(n)s rests on “%(option)s”. The panel did not choose that."),
    Weakness.WORDS_BACK: _l("A member took back words behind recommendation %(n)s."),
    Weakness.REPORT_GONE: _l("A report behind recommendation %(n)s was taken out."),
}
_WHOLE: dict[Weakness, LazyString] = {
    Weakness.WORDS_BACK: _l("A member took back words that stood in “what we heard”."),
    Weakness.REPORT_GONE: _l("A report behind “what we heard” was taken out."),
}


@dataclass(frozen=True)
class Warned:
    """A warning on the checklist, and the address where it is mended."""

    words: str
    href: str


def weak_words(one: Weak) -> str:
    """The sentence that says what is weak."""
    if one.recommendation is not None:
        return str(_RECOMMENDATION[one.what]) % {"n": one.recommendation.number, "option": shortened(one.option)}
    if one.sentence is not None:
        return str(_SENTENCE[one.what]) % {"text": shortened(one.sentence.text)}
    return str(_WHOLE[one.what])


def late(view: AdviceView, content: Content, today: date) -> dict[int, str]:
    """The warning of each recommendation (by its id) that comes late for the calendar (R24)."""
    due = due_on(today, view.place.answer_weeks)
    return {r.id: late_words(r, due) for r in too_late(content, today)}


def warnings(view: AdviceView, content: Content, today: date) -> list[Warned]:
    """What is late for the calendar (R24) and what is weak in the evidence, each with its place."""
    ids: dict[str, Any] = {"advice_id": view.advice.id}
    found = [
        Warned(words, flask.url_for("advice.recommendation", **ids, recommendation_id=number, _anchor="when"))
        for number, words in late(view, content, today).items()
    ]
    weaknesses = weak(content)
    bare = [one for one in weaknesses if one.what is Weakness.UNSUPPORTED][MOST_NAMED:]
    found += [Warned(weak_words(one), _mended(one, ids)) for one in weaknesses if one not in bare]
    if bare:
        words = ngettext(
            "%(num)s more sentence has nothing behind it.",
            "%(num)s more sentences have nothing behind them.",
            len(bare),
        )
        found.append(Warned(words, flask.url_for("picker.overview", **ids)))
    return found


def _mended(one: Weak, ids: dict[str, Any]) -> str:
    if one.recommendation is not None:
        return flask.url_for("picker.pick", **ids, item=f"recommendation-{one.recommendation.id}")
    if one.sentence is not None:
        return flask.url_for("picker.pick", **ids, item=f"sentence-{sign(one.sentence.text)}")
    return flask.url_for("advice.editor", **ids, section=Section.HEARD.value)
