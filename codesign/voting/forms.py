"""The shape of what comes in: a vote, a ballot being prepared, a reason to make it void."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import Field
from wtforms.validators import StopValidation

from codesign.indicators.domain import domain_codes
from codesign.indicators.labels import domain_name
from codesign.proposals.domain import PICTOGRAMS
from codesign.voting.domain import MAX_OPTIONS, MAX_REASON, MAX_SIGN
from codesign.web.forms import (
    BooleanField,
    CheckboxesField,
    DateTimeLocalField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
    filled,
    optional,
)
from codesign.web.i18n import LANGUAGES, _, _l

# Spare rows for options of the moderator's own.
SPARE = 2


class VoteForm(Form):
    """What travels with a choice: the voter's own sign, the code, the order the options stood in, a reason."""

    sign = StringField(
        _l("Your own sign"),
        validators=optional(MAX_SIGN),
        description=_l("A word only you know. Not your name."),
    )
    code = StringField(_l("Your vote code"), validators=optional(60))
    reason = TextAreaField(
        _l("What must change?"),
        validators=optional(MAX_REASON),
        description=_l("The panel reads it after the vote. Nobody sees who wrote it."),
    )
    order = HiddenField(validators=optional(400))


def _one_line(_form: Any, field: Field) -> None:
    field.data = " ".join((field.data or "").split())


def _given(_form: Any, field: Field) -> None:
    if not field.raw_data or not field.raw_data[0]:
        field.errors = []
        raise StopValidation(_("Fill this in first."))


def _number(_form: Any, field: Field) -> None:
    if field.data is None or not 1 <= field.data <= MAX_OPTIONS:
        raise StopValidation(_("Write a number from %(low)s to %(high)s.", low=1, high=MAX_OPTIONS))


def _existing(timezone: str, local: datetime) -> datetime:
    """The moment of a local time; StopValidation when it does not exist or exists twice (clock change)."""
    zone = ZoneInfo(timezone)
    early, late = local.replace(tzinfo=zone, fold=0), local.replace(tzinfo=zone, fold=1)
    if early.utcoffset() != late.utcoffset():
        raise StopValidation(_("The clock changes in that hour. Choose another hour."))
    return early


class _AboutBallot(Form):
    """Question and last moment, which every ballot has."""

    question = StringField(_l("The question"), validators=[_one_line, *filled(5, 300)])
    language = SelectField(
        _l("Language of the question"), choices=[(code, found.name) for code, found in LANGUAGES.items()]
    )
    deadline = DateTimeLocalField(
        _l("Open until"),
        validators=[_given],
        format=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )

    def __init__(self, *args: Any, timezone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._timezone = timezone

    def until(self) -> datetime:
        """The deadline as a moment; only of a valid form."""
        return _existing(self._timezone, self.deadline.data)

    def validate_deadline(self, field: Field) -> None:
        """A time that exists, once, where the place is."""
        if field.data is not None:
            if not 2020 <= field.data.year <= 2100:
                raise StopValidation(_("Choose another day."))
            _existing(self._timezone, field.data)


class NewBallotForm(_AboutBallot):
    """A vote from ideas of the round."""

    ideas = CheckboxesField(_l("Ideas to vote on"), coerce=int)


class OptionForm(Form):
    """One option: its words, its picture, and whether it stays on the list."""

    class Meta(Form.Meta):
        csrf = False

    proposal = HiddenField(validators=optional(20))
    title = StringField(_l("Name"), validators=[_one_line, *optional(120)])
    meaning = StringField(_l("What it means, in one line"), validators=[_one_line, *optional(200)])
    language = SelectField(_l("Language"), choices=[(code, found.name) for code, found in LANGUAGES.items()])
    domain = SelectField(_l("Theme"))
    icon = SelectField(_l("Picture"), choices=[(name, name.replace("-", " ")) for name in sorted(PICTOGRAMS)])
    off = BooleanField(_l("Take off the list"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.domain.choices = [("", _("no theme")), *((code, domain_name(code)) for code in domain_codes())]

    @property
    def empty(self) -> bool:
        """A spare row nobody filled in, or one that was taken off."""
        return bool(self.off.data) or not ((self.title.data or "") or (self.proposal.data or ""))


class BallotForm(_AboutBallot):
    """A prepared ballot with its options."""

    max_choices = IntegerField(_l("How many may one person choose at most?"), validators=[_number])
    with_none = BooleanField(_l("Add \u201cNone of these\u201d"))
    options = FieldList(FormField(OptionForm), _l("Options"), max_entries=MAX_OPTIONS + SPARE)


class VoidForm(Form):
    """Why a ballot is void."""

    reason = TextAreaField(
        _l("Why is this vote void?"), validators=filled(10, 500), description=_l("Everybody in the panel reads this.")
    )


class OpenForm(Form):
    """The moderator's yes to what cannot be undone."""

    sure = BooleanField(_l("I checked the question, the options and the date."))

    def validate_sure(self, field: Field) -> None:
        """Opening freezes: no yes, no opening."""
        if not field.data:
            raise StopValidation(_("Check first. After opening nothing can be changed."))
