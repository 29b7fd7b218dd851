"""The forms of host and moderator about places, panels, people and rounds, and the member's topic."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import available_timezones

from wtforms.fields import Field

from codesign.accounts.forms import written_languages
from codesign.panels.domain import Level, Template
from codesign.panels.labels import LEVELS, TEMPLATES
from codesign.rules.phases import Phase
from codesign.web.forms import (
    BooleanField,
    CheckboxesField,
    DateField,
    Form,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    filled,
    one_line,
    optional,
    validators,
)
from codesign.web.i18n import _, _l, languages
from codesign.web.labels import phase_words

CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
# The earliest and the latest day a plan may name.
FIRST, LAST = date(2020, 1, 1), date(2100, 12, 31)


def whole_number(low: int, high: int) -> list[Any]:
    """A number between two bounds."""

    def check(form: Any, field: Field) -> None:
        if field.data is None or not low <= field.data <= high:
            raise validators.StopValidation(_("Write a number from %(low)s to %(high)s.", low=low, high=high))

    return [check]


def a_day(form: Any, field: Field) -> None:
    """A day in this century."""
    if field.data is None:
        raise validators.StopValidation(_("Write the date like 2027-03-31."))
    if not FIRST <= field.data <= LAST:
        raise validators.StopValidation(_("Choose another day."))


def chosen(form: Any, field: Field) -> None:
    """At least one of several."""
    if not field.data:
        raise validators.StopValidation(_("Choose at least one."))


class WithLanguages(Form):
    """A form that asks for languages people use."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages.choices = written_languages()


class WithLanguage(Form):
    """A form whose text is in one language."""

    language = SelectField(_l("Language of this text"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = written_languages()


class PlaceForm(WithLanguages):
    """A municipality."""

    code = StringField(_l("Short code"), [one_line], description=_l("Plain letters, such as veldhaven. It stays."))
    name = StringField(_l("Name of the place"), [one_line, *filled(max=80)])
    addressee = StringField(
        _l("Who gets the advice"), [one_line, *filled(max=160)], description=_l("Such as: the mayor and aldermen")
    )
    answer_weeks = IntegerField(_l("Weeks to answer"), whole_number(1, 52), default=8)
    timezone = StringField(_l("Time zone"), [one_line], default="Europe/Amsterdam")
    languages = CheckboxesField(_l("Languages of the panels here"), [chosen])
    legal_basis = StringField(
        _l("Ordinance the panel rests on"), [one_line, *optional(max=300)], description=_l("Leave empty if none.")
    )

    def validate_code(self, field: Field) -> None:
        """Goes into addresses and documents."""
        if not (CODE.fullmatch(field.data) and len(field.data) <= 40):
            raise validators.ValidationError(_("Use plain small letters, digits and dashes, 40 at most."))

    def validate_timezone(self, field: Field) -> None:
        """One that is known."""
        if field.data not in available_timezones():
            raise validators.ValidationError(_("This time zone is not known. Write it like Europe/Amsterdam."))


class PanelForm(WithLanguages):
    """A panel."""

    name = StringField(_l("Name of the panel"), [one_line, *filled(max=80)])
    languages = CheckboxesField(_l("Languages of this panel"), [chosen])


class CardsForm(Form):
    """How many cards, for whom, in which language."""

    count = IntegerField(_l("How many cards"), whole_number(1, 40), default=1)
    role = RadioField(_l("For whom"), default="newcomer")
    language = RadioField(_l("Language of the cards"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role.choices = [
            ("newcomer", _("Newcomers")), ("resident", _("Neighbours")), ("professional", _("Professionals")),
        ]  # fmt: skip
        self.language.choices = [(each.code, each.name) for each in languages()]


class ModeratorForm(Form):
    """Somebody of staff who will moderate."""

    person = SelectField(_l("Who moderates"), coerce=int)

    def __init__(self, people: Sequence[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person.choices = [(person.id, f"{person.name} ({person.login})") for person in people]


class InvitationForm(Form):
    """An official who may read and answer at the record door."""

    display_name = StringField(_l("Name"), [one_line, *filled(max=80)])
    post = StringField(_l("Post"), [one_line, *filled(max=120)], description=_l("Such as: adviser on living together"))
    mail = StringField(_l("E-mail at the municipality"), [one_line, *filled(max=254)])
    language = SelectField(_l("Language"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = [(each.code, each.name) for each in languages()]

    def validate_mail(self, field: Field) -> None:
        """Looks like an address."""
        if not MAIL.fullmatch(field.data):
            raise validators.ValidationError(_("This is not an e-mail address."))


class TiesForm(Form):
    """What ties a moderator to those the advice is about."""

    none = BooleanField(_l("I have no ties to declare"))
    text = TextAreaField(
        _l("For whom do you work, and who pays you?"), optional(max=2000),
        description=_l("Name ties with the municipality, with providers, with parties. It stands in the advice."),
    )  # fmt: skip

    def validate_text(self, field: Field) -> None:
        """One of the two."""
        if not field.data and not self.none.data:
            raise validators.ValidationError(_("Write your ties, or tick that you have none."))


class RoundForm(WithLanguage):
    """A round from a template."""

    template = RadioField(_l("Kind of round"), default=Template.EXPERT_POOL.value)
    title = StringField(_l("Name of the round"), [one_line, *filled(min=3, max=120)])
    question = StringField(
        _l("The open question"), [one_line, *filled(min=8, max=300)],
        description=_l("Open, about daily life. No themes in it."),
    )  # fmt: skip
    asked = RadioField(_l("Did somebody ask for this advice?"), default="no")
    asked_by = StringField(_l("Who asked"), [one_line, *optional(max=160)])
    level = RadioField(_l("How far does the word of the panel reach?"), default="")
    fixed_text = TextAreaField(
        _l("What is already fixed"), optional(max=2000),
        description=_l("Money, law, contracts, decisions that were taken. Without it the round stays shut."),
    )  # fmt: skip
    first_day = DateField(_l("First day"), [a_day])
    quorum = SelectField(_l("How many must vote on the advice"), coerce=int, default=50)
    majority = SelectField(_l("How many of the votes must say yes"), coerce=int, default=50)
    residents_vote = BooleanField(_l("Neighbours vote too, counted apart"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.template.choices = [(t.value, TEMPLATES[t]) for t in Template]
        self.asked.choices = [("no", _("No, we begin it ourselves")), ("yes", _("Yes"))]
        self.level.choices = [("", _("Not declared yet")), *((level.value, LEVELS[level]) for level in Level)]
        self.quorum.choices = [(50, _("Half of the newcomers")), (67, _("Two of three")), (75, _("Three of four"))]
        self.majority.choices = [(50, _("More than half")), (67, _("Two of three")), (75, _("Three of four"))]

    def validate_asked_by(self, field: Field) -> None:
        """Asked advice names who asked."""
        if self.asked.data == "yes" and not field.data:
            raise validators.ValidationError(_("Say who asked."))


class TopicForm(WithLanguage):
    """A topic a member begins."""

    title = StringField(_l("What is it about?"), [one_line, *filled(min=3, max=120)])
    why = TextAreaField(_l("Why should we talk about it?"), filled(min=3, max=2000))


class PhaseForm(WithLanguage):
    """Words to the members with a change of phase."""

    words = TextAreaField(
        _l("Words to the members"), optional(max=600), description=_l("Say what happens now, in short sentences.")
    )


class ReissueForm(Form):
    """Who stands before the moderator without card or PIN."""

    name = StringField(_l("Their name in the panel"), [one_line, *filled(max=60)])


def dates_form(phases: Sequence[Phase]) -> type[Form]:
    """A form with a first and a last day for each phase."""

    def in_order(first: str) -> Any:
        def check(form: Any, field: Field) -> None:
            if form[first].data and field.data and field.data < form[first].data:
                raise validators.ValidationError(_("The last day comes before the first."))

        return check

    fields: dict[str, Any] = {}
    for phase in phases:
        first, last = f"{phase.value}_from", f"{phase.value}_to"
        fields[first] = DateField(_l("%(step)s: first day", step=phase_words(phase)), [a_day])
        fields[last] = DateField(_l("%(step)s: last day", step=phase_words(phase)), [a_day, in_order(first)])
    return type("DatesForm", (Form,), fields)


TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def a_time(form: Any, field: Field) -> None:
    """A time of day, or nothing."""
    field.data = (field.data or "").strip()
    if field.data and not TIME.fullmatch(field.data):
        raise validators.StopValidation(_("Write the time like 19:30."))


class SessionForm(WithLanguage):
    """A session of a round."""

    title = StringField(_l("Name of the session"), [one_line, *filled(max=120)])
    held_on = DateField(_l("Day"), [a_day])
    starts = StringField(_l("Begins at"), [a_time])
    ends = StringField(_l("Ends at"), [a_time])
    place = StringField(
        _l("Place"), [one_line, *optional(max=200)], description=_l("Street and number. Child care? Food? Say it here.")
    )
    link = StringField(_l("Link, when it is online"), [one_line, *optional(max=300)])
    programme = TextAreaField(_l("Programme"), optional(max=4000), description=_l("One line for each part."))
    languages = CheckboxesField(_l("Languages spoken or interpreted"), [chosen])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages.choices = written_languages()

    def validate_place(self, field: Field) -> None:
        """Somewhere."""
        if not field.data and not (self.link.data or "").strip():
            raise validators.ValidationError(_("Give a place or a link."))

    def validate_link(self, field: Field) -> None:
        """An ordinary address; nothing a browser would run."""
        if field.data and not re.fullmatch(r"https://[^\s<>\"']+", field.data):
            raise validators.ValidationError(_("A link begins with https://"))

    def validate_ends(self, field: Field) -> None:
        """After the beginning."""
        if field.data and self.starts.data and field.data <= self.starts.data:
            raise validators.ValidationError(_("It ends before it begins."))


class RecordForm(Form):
    """What is known after a session."""

    headcount = IntegerField(_l("How many people came"), [validators.Optional(), *whole_number(0, 500)])
    notes = TextAreaField(_l("Notes"), optional(max=8000), description=_l("No names of members."))
