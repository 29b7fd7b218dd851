"""The forms of the vision: proposing a sentence, writing down what the panel agreed on, translating, and saying why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from codesign.indicators.domain import domain_codes
from codesign.indicators.labels import domain_name
from codesign.panels.models import Gathering
from codesign.vision.actions import Agreement, Sentence
from codesign.web.forms import (
    BooleanField,
    CheckboxesField,
    DateField,
    Form,
    SelectField,
    StringField,
    TextAreaField,
    filled,
    one_line,
    optional,
    validators,
)
from codesign.web.i18n import _, _l, format_day
from codesign.web.words import WordsForm, says_nobody

LONGEST = 200
THEMES_MOST = 3


class PointForm(WordsForm):
    """One sentence about the place as we want it."""

    text = StringField(
        _l("Our place, as we want it, in one sentence"),
        [one_line, *filled(min=3, max=LONGEST, missing=_l("Write one sentence first.")), says_nobody],
        description=_l("Such as: everybody knows one neighbour by name within a month."),
    )
    domains = CheckboxesField(
        _l("What is it about?"), choices=lambda: [(code, domain_name(code)) for code in domain_codes()]
    )

    def validate_domains(self, field: Any) -> None:
        """Three at most."""
        if len(field.data or []) > THEMES_MOST:
            raise validators.ValidationError(_("Choose three themes or fewer."))

    def sentence(self) -> Sentence:
        """The sentence as a value."""
        return Sentence(self.text.data, self.language.data, tuple(self.domains.data or ()))


class AgreedForm(PointForm):
    """What the panel agreed on, with the day and the gathering; `today` is the last day that can be."""

    agreed_on = DateField(_l("On which day did the panel agree?"))
    gathering = SelectField(_l("At which gathering of the panel?"))
    looked = BooleanField(
        _l("I looked: nobody can be recognised by this."),
        description=_l("Tick this when what was found says nothing of a person."),
    )

    def __init__(self, *args: Any, gatherings: Iterable[Gathering], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = [(str(g.id), f"{format_day(g.held_on)}: {g.title}") for g in gatherings]
        self.gathering.choices = [("", _("At none of them")), *days]
        self.gathering.data = self.gathering.data if self.gathering.data not in (None, "None") else ""
        self._today = today

    def may_pass(self) -> bool:
        """A moderator looked."""
        return bool(self.looked.data)

    @property
    def may_say(self) -> bool:
        """Whether the page offers to say so."""
        return self.held or bool(self.looked.data)

    def validate_agreed_on(self, field: Any) -> None:
        """A day that was."""
        if field.data is None:
            raise validators.StopValidation(_("Write the date like 2027-03-31."))
        if not date(2000, 1, 1) <= field.data <= self._today:
            raise validators.StopValidation(_("Choose a day that was."))

    def agreement(self) -> Agreement:
        """Day and gathering as a value."""
        return Agreement(self.agreed_on.data, int(self.gathering.data) if self.gathering.data else None)


class TranslationForm(WordsForm):
    """A point in another language."""

    text = StringField(
        _l("The same in this language"), [one_line, *optional(max=300)], description=_l("Empty takes it out.")
    )


class WhyForm(Form):
    """Why a point is taken out."""

    why = TextAreaField(_l("Why? The panel reads this."), filled(max=500, missing=_l("Say why first.")))
