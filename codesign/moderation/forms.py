"""Forms of moderation: reporting, deciding with a reason, proposing other words, answering a decision."""

from __future__ import annotations

from codesign.proposals.domain import BODY_LONGEST, TITLE_LONGEST
from codesign.web.forms import Form, HiddenField, SelectField, StringField, TextAreaField, filled, optional
from codesign.web.i18n import _l
from codesign.web.words import language_choices

_LANGUAGE = _l("In which language do you write?")


class ReportForm(Form):
    """What is the matter with somebody's words."""

    why = TextAreaField(
        _l("What is the matter?"),
        description=_l("The author does not see that it was you."),
        validators=optional(max=500),
    )


class DecideForm(Form):
    """A decision about words; the reason is needed for hiding, and the author reads it."""

    why = TextAreaField(
        _l("Why? The author reads this."), description=_l("Say what would make it right."), validators=optional(max=500)
    )
    language = SelectField(_LANGUAGE, choices=language_choices)


class OfferForm(Form):
    """Other words for an idea, for its author to take over or not."""

    title = StringField(_l("The idea in one sentence"), validators=filled(max=TITLE_LONGEST))
    body = TextAreaField(_l("More about it"), validators=optional(max=BODY_LONGEST))
    why = TextAreaField(_l("Why? The author reads this."), validators=filled(max=500, missing=_l("Say why first.")))
    language = SelectField(_LANGUAGE, choices=language_choices)
    seen = HiddenField()


class AppealForm(Form):
    """An author's answer to a decision."""

    text = TextAreaField(
        _l("Why do you see it another way?"),
        description=_l("Another moderator reads it and decides. You can do this once."),
        validators=filled(max=1000, missing=_l("Write one sentence first.")),
    )
    language = SelectField(_LANGUAGE, choices=language_choices)


class AppealDecisionForm(Form):
    """Another moderator's decision about an appeal."""

    why = TextAreaField(_l("Why? The author reads this."), validators=filled(max=500, missing=_l("Say why first.")))
    language = SelectField(_LANGUAGE, choices=language_choices)
