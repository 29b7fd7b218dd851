"""The forms of organisations: signing along, and offering to take over a task."""

from __future__ import annotations

from typing import Any

from codesign.cosigning.models import NEEDS, TASK, WORDS
from codesign.web.forms import Form, HiddenField, SelectField, TextAreaField, filled, optional
from codesign.web.i18n import LANGUAGES, _l


class _InALanguage(Form):
    language = SelectField(_l("In which language do you write?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = [(code, known.name) for code, known in LANGUAGES.items()]


class SignForm(_InALanguage):
    """A few words beside the name; `seen` is the digest of the version that was read."""

    seen = HiddenField()
    words = TextAreaField(
        _l("Why do you stand behind it?"), optional(max=WORDS), description=_l("One or two sentences.")
    )


class OfferForm(_InALanguage):
    """What an organisation could do itself, and what it needs for that."""

    words = TextAreaField(
        _l("What could you do?"), filled(max=TASK), description=_l("The whole task, or a part of it. Say which part.")
    )
    needs = TextAreaField(
        _l("What do you need for it?"), optional(max=NEEDS), description=_l("For example money, a room, or time.")
    )
