"""The shape of a vote as it comes in."""

from __future__ import annotations

from codesign.voting.domain import MAX_REASON, MAX_SIGN
from codesign.web.forms import Form, HiddenField, StringField, TextAreaField, optional
from codesign.web.i18n import _l


class VoteForm(Form):
    """What travels with a choice: the voter's own sign, the code, the order the options stood in, a reason."""

    sign = StringField(
        _l("Your own sign"),
        validators=optional(MAX_SIGN),
        description=_l("A word only you know. Not your name."),
    )
    code = StringField(_l("Your vote code"), validators=optional(60))
    reason = TextAreaField(
        _l("What must change?"),
        validators=optional(MAX_REASON),
        description=_l("The panel reads it after the vote. Nobody sees who wrote it."),
    )
    order = HiddenField(validators=optional(400))
