"""The base of every form: CSRF, our own words for what is wrong, and checks of people's text."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import flask
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
    validators,
    widgets,
)
from wtforms.fields import Field

from codesign.web.i18n import _, _l, ngettext

__all__ = [
    "BooleanField", "CheckboxesField", "DateField", "DateTimeLocalField", "FieldList", "FileField", "Form", "FormField",
    "HiddenField", "IntegerField", "PasswordField", "RadioField", "SelectField", "StringField", "TextAreaField",
    "TimeField", "bad", "filled", "length", "one_line", "optional", "validators", "web_address",
]  # fmt: skip

# WTForms' own sentences, said our way; its catalogues lack several of our languages.
_WORDS = {
    "Not a valid choice.": _l("Choose one of these."),
    "Not a valid choice": _l("Choose one of these."),
    "This field is required.": _l("Fill this in first."),
    "Not a valid date value.": _l("Write the date like 2027-03-31."),
    "Not a valid datetime value.": _l("Write the date and time like 2027-03-31 19:30."),
    "Not a valid time value.": _l("Write the time like 19:30."),
    "Not a valid integer value.": _l("Write a whole number."),
    "Invalid Choice: could not coerce.": _l("Choose one of these."),
    "Invalid choice(s): one or more data inputs could not be coerced.": _l("Choose one of these."),
}


class _Translations:
    def gettext(self, message: str) -> str:
        if message in _WORDS:
            return str(_WORDS[message])
        if message.startswith("'%(value)s' is not a valid choice"):
            return str(_l("Choose one of these."))
        return message

    def ngettext(self, one: str, many: str, number: int) -> str:
        if one.startswith("'%(value)s' is not a valid choice"):
            return str(_l("Choose one of these."))
        return one if number == 1 else many


class Form(FlaskForm):  # type: ignore[misc]
    """Base of all forms."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        locales = False

        def get_translations(self, form: Any) -> _Translations:
            return _Translations()


class CheckboxesField(SelectMultipleField):  # type: ignore[misc]
    """Choose any of several; each option is a checkbox."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()


def _forbidden(text: str) -> bool:
    """Controls, zero-width and direction marks, which can hide what a text says; line breaks and tabs are fine.

    ZWNJ and ZWJ stay allowed: Persian and Arabic spelling needs them.
    """
    for c in text:
        if c in "\n\r\t\u200c\u200d":
            continue
        if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co"}:
            return True
    return False


def filled(min: int = 1, max: int = 2000, missing: str | None = None) -> list[Callable[[Any, Field], None]]:
    """Checks for people's text: something is written, not too long (characters), nothing hidden in it."""

    def check(form: Any, field: Field) -> None:
        field.data = unicodedata.normalize("NFC", (field.data or "").replace("\r\n", "\n").strip())
        if len(field.data) < min:
            message = missing or (_("Fill this in first.") if not field.data else _("Write a little more."))
            raise validators.StopValidation(str(message))
        _length(field, max)

    return [check]


def optional(max: int = 2000) -> list[Callable[[Any, Field], None]]:
    """Checks for text that may stay empty."""
    return filled(min=0, max=max)


def length(max: int) -> list[Callable[[Any, Field], None]]:
    """Only the length and the hidden characters (characters)."""
    return filled(min=0, max=max)


def one_line(form: Any, field: Field) -> None:
    """Stands on one line, whatever was pasted."""
    field.data = " ".join((field.data or "").split())


def web_address(form: Any, field: Field) -> None:
    """A page on the web: http or https, with a host, without spaces; or nothing."""
    text = field.data or ""
    try:
        parts = urlsplit(text)
        fine = parts.scheme in {"http", "https"} and bool(parts.hostname) and " " not in text
    except ValueError:
        fine = False
    if text and not fine:
        raise validators.StopValidation(_("Write the whole address, such as https://example.org/page."))


def _length(field: Field, max: int) -> None:
    if _forbidden(field.data):
        raise validators.StopValidation(_("There is a hidden character in this text. Write it again."))
    over = len(field.data) - max
    if over > 0:
        raise validators.StopValidation(
            ngettext("This is %(num)s letter too long.", "This is %(num)s letters too long.", over)
        )


def bad(template: str, form: Form | None = None, **context: Any) -> tuple[str, int]:
    """The same page again, with what was typed and what is wrong, as 422."""
    return flask.render_template(template, form=form, **context), 422
