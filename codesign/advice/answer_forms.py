"""Forms for what the panel says about an answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from wtforms.fields import Field

from codesign.web.forms import (
    BooleanField,
    DateField,
    Form,
    RadioField,
    SelectField,
    TextAreaField,
    optional,
    validators,
)
from codesign.web.i18n import LANGUAGES, _, _l, lang_name

MOST_WORDS = 200


class _OnADay(Form):
    """Says on which day the panel decided: not in the future."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def _past(self, field: Field) -> None:
        if field.data is not None and field.data > self._today:
            raise validators.ValidationError(_("This day has not come yet."))


class MoreTimeAnswerForm(_OnADay):
    """Yes or no to more time."""

    agreed = RadioField(
        _l("What does the panel say?"), [validators.InputRequired(_l("Choose one."))],
        choices=[("yes", _l("Yes, until that day")), ("no", _l("No, the day stays"))],
    )  # fmt: skip
    decided_on = DateField(_l("When did the panel decide?"), [validators.InputRequired(_l("Name a day."))])

    def validate_decided_on(self, field: Field) -> None:
        """Not in the future."""
        self._past(field)


class ReplyForm(_OnADay):
    """The panel's one reply in words: an original, and translations where there are any."""

    language = SelectField(_l("In which language did the panel write it?"))
    agreed_on = DateField(_l("When did the panel agree on these words?"), [validators.InputRequired(_l("Name a day."))])
    sure = BooleanField(
        _l("The panel read these words and agreed"), [validators.InputRequired(_l("Let the panel read it first."))]
    )

    def validate_agreed_on(self, field: Field) -> None:
        """Not in the future."""
        self._past(field)

    @property
    def areas(self) -> list[Field]:
        """The fields for the words, one for each language."""
        return [field for field in self if field.short_name.startswith("text_")]

    def validate_language(self, field: Field) -> None:
        """The original is there, and no text is too long."""
        if not (self[f"text_{field.data}"].data or "").strip():
            raise validators.ValidationError(_("Write the words in this language."))
        for area in self.areas:
            if len((area.data or "").split()) > MOST_WORDS:
                raise validators.ValidationError(_("At most 200 words in each language."))

    def texts(self) -> list[tuple[str, str]]:
        """Language and words of all that is filled in, the original first."""
        codes = [area.short_name.removeprefix("text_") for area in self.areas]
        ordered = sorted(codes, key=lambda code: code != self.language.data)
        return [(c, text) for c in ordered if (text := (self[f"text_{c}"].data or "").strip())]


def reply_form(codes: Iterable[str]) -> type[ReplyForm]:
    """The form of a reply for these languages of a panel."""
    known = [code for code in codes if code in LANGUAGES]
    fields: dict[str, Any] = {
        f"text_{code}": TextAreaField(_("In %(language)s", language=lang_name(code)), optional(max=4000))
        for code in known
    }
    made: type[ReplyForm] = type("Reply", (ReplyForm,), fields)
    made.language = SelectField(
        _l("In which language did the panel write it?"), choices=[(code, LANGUAGES[code].name) for code in known]
    )
    return made


class FindingForm(Form):
    """Which promise a vote of newcomers was about."""

    promise = SelectField(_l("Which promise was it about?"))
    vote = SelectField(_l("Which vote?"))
