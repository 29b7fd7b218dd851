"""Words for the kinds of reply."""

from __future__ import annotations

from flask_babel.speaklater import LazyString

from codesign.discussion.domain import Kind
from codesign.web.i18n import _l

KINDS: dict[Kind, LazyString] = {
    Kind.FOR: _l("For"),
    Kind.AGAINST: _l("Against"),
    Kind.QUESTION: _l("Question"),
    Kind.EXPERIENCE: _l("My story"),
}


def kind_choices() -> list[tuple[str, str]]:
    """The kinds with their words, in order."""
    return [(kind.value, str(words)) for kind, words in KINDS.items()]
