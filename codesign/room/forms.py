"""The shape of what comes in from the room: who votes there, sheets to print and to enter, four digits, a password."""

from __future__ import annotations

from typing import Any

from wtforms.fields import Field
from wtforms.validators import StopValidation

from codesign.credentials.digits import plain
from codesign.room.actions import MAX_SPARE
from codesign.voting.domain import MAX_REASON
from codesign.web.forms import (
    BooleanField,
    CheckboxesField,
    Form,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    optional,
)
from codesign.web.i18n import _, _l, lang_name

DIGITS = 4
_SIZES = {"a5": _l("Two on one page (A5)"), "a4": _l("One on a page (A4)")}


class WhoForm(Form):
    """Who votes in the room."""

    people = CheckboxesField(_l("Who votes in the room?"), coerce=int)


class PrintForm(Form):
    """Sheets to print: in which language, how large, and how many to spare."""

    language = SelectField(_l("Language of the sheets"))
    size = RadioField(_l("Paper"))
    count = IntegerField(_l("How many sheets?"))

    def __init__(self, *args: Any, languages: list[str], sizes: list[str], most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = [(code, lang_name(code)) for code in languages]
        self.size.choices = [(size, _SIZES[size]) for size in sizes]
        self._most = most

    def validate_count(self, field: Field) -> None:
        """At least one; at most as many as people vote in the room, and some to spare."""
        if field.data is None or not 1 <= field.data <= self._most + MAX_SPARE:
            raise StopValidation(_("Write a number from %(low)s to %(high)s.", low=1, high=self._most + MAX_SPARE))


class SheetForm(Form):
    """What stands on a sheet beside the choice."""

    code = StringField(_l("The code on the sheet"), validators=optional(60), description=_l("Twelve digits."))
    reason = TextAreaField(_l("The words on the sheet"), validators=optional(MAX_REASON))
    spoiled = BooleanField(
        _l("The sheet is empty, or nobody can tell what is meant"), description=_l("Then it is no vote.")
    )


def four_digits(text: str | None) -> str | None:
    """Four digits of any script in plain digits; None when it is anything else."""
    digits = plain((text or "")[:20])
    return digits if len(digits) == DIGITS else None


class DigitsForm(Form):
    """The four digits with which a moderator hands the tablet over."""

    digits = PasswordField(_l("Four digits"))

    def validate_digits(self, field: Field) -> None:
        """Four digits, in any script."""
        if four_digits(field.data) is None:
            raise StopValidation(_("Type 4 digits."))


class LeaveForm(Form):
    """The password of the moderator who gave the tablet out."""

    password = PasswordField(_l("Your password"))
