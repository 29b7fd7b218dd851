"""The forms of the directory: a network as moderators keep it, a group a member suggests, and a reason."""

from __future__ import annotations

from typing import Any

from codesign.indicators.domain import domain_codes
from codesign.indicators.labels import domain_name
from codesign.places.domain import Standing
from codesign.places.forms import AskingForm
from codesign.places.labels import STANDINGS
from codesign.rules.words import kinds_found
from codesign.web.forms import (
    CheckboxesField,
    Form,
    SelectField,
    StringField,
    TextAreaField,
    filled,
    one_line,
    optional,
)
from codesign.web.i18n import _l
from codesign.web.words import WordsForm, language_choices

_SENTENCES = 300


class NetworkForm(AskingForm):
    """A network. Nothing asks for a number of any register (R39)."""

    name = StringField(_l("Name of the group"), [one_line, *filled(max=120)])
    standing = SelectField(
        _l("What is it?"), choices=lambda: [(s.value, w) for s, w in STANDINGS.items()],
        description=_l("An informal group needs no papers and no number."),
    )  # fmt: skip
    does = TextAreaField(_l("What do they do?"), [one_line, *filled(max=_SENTENCES)])
    could = TextAreaField(_l("What could they take on?"), [one_line, *optional(max=_SENTENCES)])
    reach = StringField(
        _l("How can anybody reach them?"), [one_line, *optional(max=200)],
        description=_l("Only what they made public themselves: a place and a day, a page."),
    )  # fmt: skip
    language = SelectField(_l("In which language do you write?"), choices=language_choices)
    languages = CheckboxesField(_l("Languages spoken there"), choices=language_choices)
    domains = CheckboxesField(_l("Themes"), choices=lambda: [(code, domain_name(code)) for code in domain_codes()])

    def values(self) -> dict[str, Any]:
        """The form as columns of a network."""
        names = ("name", "does", "could", "reach", "language", "languages", "domains")
        return {name: self[name].data for name in names} | {"standing": Standing(self.standing.data)}

    def details(self) -> list[str]:
        """Kinds of detail in the words that could point at somebody."""
        return kinds_found("\n".join(self[name].data or "" for name in ("name", "does", "could", "reach")))


class SuggestForm(WordsForm):
    """A group that a member knows."""

    name = StringField(_l("How is the group called?"), [one_line, *filled(max=120)])
    does = TextAreaField(_l("What do they do?"), [one_line, *filled(max=_SENTENCES)])
    known = TextAreaField(
        _l("Where can everybody see or meet them?"), [one_line, *filled(max=_SENTENCES)],
        description=_l("Such as: Saturdays in the park. Write no names and no phone numbers of people."),
    )  # fmt: skip


class ReasonForm(Form):
    """Why something goes."""

    why = StringField(_l("Why?"), [one_line, *filled(max=_SENTENCES, missing=_l("Say why first."))])
