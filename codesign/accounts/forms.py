"""The forms of sign-in, first use and staff."""

from __future__ import annotations

import re
from typing import Any

from wtforms.fields import Field

from codesign.credentials import cards, passwords, pins
from codesign.web.forms import (
    BooleanField,
    Form,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    filled,
    validators,
)
from codesign.web.i18n import LANGUAGES, _, _l, languages

LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}")


def login_is_plain(form: Any, field: Field) -> None:
    """A login of 3 to 40 plain letters, digits, dots and dashes."""
    field.data = (field.data or "").strip().lower()
    if not LOGIN.fullmatch(field.data):
        raise validators.StopValidation(_("Use 3 to 40 plain letters, digits, dots or dashes."))


class CardForm(Form):
    """The 16 digits of the card."""

    digits = StringField(_l("The 16 digits on your card"))

    def validate_digits(self, field: Field) -> None:
        """Finds a missing or mistyped digit before anything is looked up."""
        if cards.read((field.data or "")[:80]) is None:
            raise validators.ValidationError(_("A digit is missing or wrong. Type all 16 digits again."))


class PinForm(Form):
    """The PIN somebody set before."""

    pin = PasswordField(_l("Your 6 digits"))

    def validate_pin(self, field: Field) -> None:
        """Six digits, in any script."""
        if pins.read((field.data or "")[:40]) is None:
            raise validators.ValidationError(_("Type 6 digits."))


class NewPinForm(PinForm):
    """A PIN chosen at first use, typed twice."""

    pin = PasswordField(_l("Choose 6 digits"), description=_l("Only you know them. Do not write them on the card."))
    again = PasswordField(_l("The same 6 digits again"))

    def validate_pin(self, field: Field) -> None:
        """Not one that anybody would try first."""
        super().validate_pin(field)
        if pins.is_weak(pins.read(field.data) or ""):
            raise validators.ValidationError(_("These digits are easy to guess. Choose others."))

    def validate_again(self, field: Field) -> None:
        """Typed the same twice."""
        if pins.read((field.data or "")[:40]) != pins.read((self.pin.data or "")[:40]):
            raise validators.ValidationError(_("The two are not the same. Type them again."))


class ConsentForm(Form):
    """The yes to the consent page."""

    yes = BooleanField(_l("I have read this, and I say yes"))

    def validate_yes(self, field: Field) -> None:
        """Nothing goes on without it."""
        if not field.data:
            raise validators.ValidationError(_("Tick the box if you say yes. If not, you can stop here."))


class LanguageForm(Form):
    """The language of the pages: only interfaces that are complete."""

    language = RadioField(_l("Your language"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = [(each.code, each.name) for each in languages()]


class NameForm(Form):
    """A pseudonym and shapes out of those that are offered."""

    name = RadioField(_l("Choose a name"), description=_l("Others in the panel see this name only."))
    avatar = RadioField(_l("Choose your shapes"))

    def __init__(self, names: list[str], seeds: list[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.name.choices = [(name, name) for name in names]
        self.avatar.choices = [(seed, _("Shapes %(number)d", number=n)) for n, seed in enumerate(seeds, 1)]


class StaffForm(Form):
    """Sign-in of host and moderators."""

    login = StringField(_l("Your login"), filled(max=60))
    password = PasswordField(_l("Your password"), [validators.Length(max=400)])
    code = StringField(_l("The 6 digits of your app"), filled(max=20))


class SetupForm(Form):
    """Password and first code of somebody of staff."""

    password = PasswordField(_l("A new password"), description=_l("15 letters or more. Four or five words are fine."))
    again = PasswordField(_l("The same password again"))
    code = StringField(_l("The 6 digits your app shows now"), filled(max=20))

    def validate_password(self, field: Field) -> None:
        """Long enough, and not one letter many times."""
        if passwords.is_weak(field.data or ""):
            raise validators.ValidationError(_("Use 15 letters or more, and not the same few."))

    def validate_again(self, field: Field) -> None:
        """Typed the same twice."""
        if field.data != self.password.data:
            raise validators.ValidationError(_("The two are not the same. Type them again."))


class NewStaffForm(Form):
    """Somebody the host lets in."""

    display_name = StringField(
        _l("Name"), filled(min=2, max=80), description=_l("Members see this name. A first name is enough.")
    )
    login = StringField(_l("Login"), [login_is_plain])
    language = SelectField(_l("Language"))
    is_host = BooleanField(_l("This person is a host too"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = [(each.code, each.name) for each in languages()]


def written_languages() -> list[tuple[str, str]]:
    """Every language people write in here, each by its own name."""
    return [(language.code, language.name) for language in LANGUAGES.values()]
