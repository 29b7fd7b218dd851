"""The forms of the page: a line, a check, and a translation."""

from __future__ import annotations

from datetime import date
from typing import Any

from codesign.legal_help.domain import Part, Source, Words, problems
from codesign.legal_help.labels import PROBLEMS
from codesign.web.forms import (
    CheckboxesField,
    DateField,
    Form,
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
    filled,
    one_line,
    optional,
    validators,
    web_address,
)
from codesign.web.i18n import _, _l
from codesign.web.words import language_choices


class WordsForm(Form):
    """What people read, in one language; the fields the other list has are taken out."""

    title = StringField(_l("In a few words"), [one_line, *filled(max=160)])
    text = TextAreaField(_l("In plain words"), filled(max=1200))
    who_decides = StringField(_l("Who decides"), [one_line, *filled(max=200)])
    how_to_reach = StringField(
        _l("How people reach them"), [one_line, *filled(max=400)], description=_l("A door, hours, a telephone number.")
    )

    def __init__(self, *args: Any, part: Part, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("how_to_reach",) if part is Part.SANCTION else ("who_decides",):
            del self[name]
        if part is Part.HELP:
            self.title.label.text = _("Name of who helps")
            self.text.label.text = _("What they do, and that it costs nothing")

    def words(self) -> Words:
        """What was typed."""
        given = {name: self[name].data for name in ("title", "text", "who_decides", "how_to_reach") if name in self}
        return Words(**given)


class LineForm(WordsForm):
    """A line with its source and days; `version` is the one that was on the page."""

    language = SelectField(_l("Language of this text"), choices=language_choices)
    spoken = CheckboxesField(_l("Languages they speak"), choices=language_choices)
    source = StringField(
        _l("Source"), [one_line, *optional(max=200)], description=_l("The law, letter or page where this stands.")
    )
    url = StringField(_l("Address of the source"), [one_line, *optional(max=300), web_address])
    source_date = DateField(_l("Day of the source"), [validators.Optional()])
    checked_on = DateField(_l("Checked on"), [validators.Optional()])
    valid_until = DateField(_l("Holds until"), [validators.Optional()], description=_l("One year at most."))
    version = HiddenField()

    def __init__(self, *args: Any, part: Part, today: date, **kwargs: Any) -> None:
        super().__init__(*args, part=part, **kwargs)
        self.today = today
        if part is Part.SANCTION:
            del self["spoken"]

    def sourced(self) -> Source:
        """Source and days as typed."""
        return Source(
            self.source.data or "", self.url.data or "", self.source_date.data, self.checked_on.data,
            self.valid_until.data,
        )  # fmt: skip

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: source and days, each missing one said at its field (R42)."""
        fine: bool = super().validate(extra_validators)
        for problem in problems(self.sourced(), self.today):
            name, words = PROBLEMS[problem]
            # A day that could not be read has its own words already.
            if not self[name].errors:
                self[name].errors = [str(words)]
                fine = False
        return fine


class TranslationForm(WordsForm):
    """The same words in another language."""

    version = HiddenField()


class CheckForm(Form):
    """I compared it with its source today; it holds until a day."""

    valid_until = DateField(_l("Holds until"), [validators.Optional()], description=_l("One year at most."))
    version = HiddenField()
