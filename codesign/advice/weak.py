"""What is weak in the evidence of an advice: nothing behind a sentence, an option not chosen, words taken back.

A warning blocks nothing; only a release that is not there does (`domain.Missing.RELEASE`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from codesign.advice.values import Content, Kind, Recommendation, Sentence


class Weakness(StrEnum):
    """What can be weak: each has one sentence in `weak_labels`."""

    UNSUPPORTED = "unsupported"
    CARRIED = "carried"
    NOT_CHOSEN = "not_chosen"
    WORDS_BACK = "words_back"
    REPORT_GONE = "report_gone"


@dataclass(frozen=True)
class Weak:
    """One weakness, and of which sentence or recommendation; of neither: of "what we heard" as a whole."""

    what: Weakness
    sentence: Sentence | None = None
    recommendation: Recommendation | None = None
    option: str = ""


_GONE = {Kind.QUOTE: Weakness.WORDS_BACK, Kind.REPORT: Weakness.REPORT_GONE}


def weak(content: Content) -> tuple[Weak, ...]:
    """Everything weak, in the order of the document."""
    return (*_heard(content), *(one for r in content.recommendations for one in _recommendation(r)))


def _heard(content: Content) -> Iterator[Weak]:
    yield from (Weak(_GONE[kind]) for kind in content.lost if kind in _GONE)
    for sentence in content.sentences:
        if not sentence.supported:
            yield Weak(Weakness.UNSUPPORTED, sentence)
        if sentence.carried:
            yield Weak(Weakness.CARRIED, sentence)
        yield from (Weak(_GONE[kind], sentence) for kind in sentence.lost if kind in _GONE)


def _recommendation(item: Recommendation) -> Iterator[Weak]:
    """A recommendation without outcome or quote is blocked, not warned about."""
    for outcome in item.outcomes:
        if outcome.chosen is False:
            yield Weak(Weakness.NOT_CHOSEN, recommendation=item, option=outcome.title)
    yield from (Weak(_GONE[kind], recommendation=item) for kind in item.lost if kind in _GONE)
