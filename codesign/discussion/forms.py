"""The form for a reply."""

from __future__ import annotations

from codesign.discussion.domain import BODY_LONGEST, Kind
from codesign.discussion.labels import kind_choices
from codesign.web.forms import HiddenField, RadioField, TextAreaField, filled
from codesign.web.i18n import _l
from codesign.web.words import WordsForm


class ReplyForm(WordsForm):
    """A reply to an idea, or (with `parent`) an answer to a reply; `seen` is the version somebody changes."""

    kind = RadioField(_l("Kind of reply"), choices=kind_choices, default=Kind.FOR.value)
    body = TextAreaField(
        _l("Your words"),
        description=_l("In any language. Write no names, no phone numbers and no addresses."),
        validators=filled(max=BODY_LONGEST, missing=_l("Write one sentence first.")),
    )
    parent = HiddenField()
    seen = HiddenField()

    def number(self, raw: str | None) -> int | None:
        """A hidden number; anything unreadable is none."""
        return int(raw) if raw and raw.isascii() and raw.isdigit() and len(raw) < 12 else None
