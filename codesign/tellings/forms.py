"""The form for telling."""

from __future__ import annotations

from codesign.web.forms import TextAreaField, filled
from codesign.web.i18n import _l
from codesign.web.words import WordsForm

LONGEST = 4000


class TellForm(WordsForm):
    """One answer to the open question."""

    body = TextAreaField(
        _l("Your words"),
        description=_l("In any language. Write no names, no phone numbers and no addresses."),
        validators=filled(max=LONGEST, missing=_l("Write one sentence first.")),
    )
