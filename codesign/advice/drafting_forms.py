"""The shape of what members fill in before the vote: writing along, notes, what was meant, other views."""

from __future__ import annotations

from codesign.advice.forms import VersionedForm
from codesign.web.forms import BooleanField, Form, StringField, TextAreaField, filled, optional
from codesign.web.i18n import _l


class CoauthorForm(VersionedForm):
    """What a member who writes along may change of a recommendation: its words."""

    TEXTS = ("title", "what", "by_when", "notice", "small_initiative", "none_because")

    title = StringField(_l("In one line, beginning with a verb"), filled(max=120))
    what = TextAreaField(_l("What should happen"), optional(max=2000))
    by_when = StringField(_l("By when"), optional(max=120))
    notice = StringField(_l("How newcomers will notice"), optional(max=300))
    small_initiative = StringField(_l("Which small group could do this?"), optional(max=200))
    none_because = StringField(_l("No small group? Say why."), optional(max=500))


class NoteForm(Form):
    """A note in the margin."""

    body = TextAreaField(_l("A note beside this part"), filled(max=1000))


class BecauseForm(Form):
    """Why a recommendation is not yet what we meant."""

    because = TextAreaField(_l("Not yet, because:"), filled(max=500))


class OtherViewTitleForm(Form):
    """What another view is about."""

    title = StringField(_l("What do you see differently? In one line."), filled(max=120))


class OtherViewForm(OtherViewTitleForm):
    """Another view: in the writers' own language, and in that of the advice."""

    own_words = TextAreaField(
        _l("In your own language"), optional(max=2000), description=_l("Stays in the panel. It helps you agree.")
    )
    text = TextAreaField(
        _l("In the language of the advice"), optional(max=2000), description=_l("These words stand in the advice.")
    )
    ready = BooleanField(_l("It is ready. It stands in the advice."))
