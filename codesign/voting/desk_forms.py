"""The shape of what moderators send about a ballot: prepare, change, ask, check, open, extend, make void."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from wtforms import Field
from wtforms.validators import Optional, StopValidation

from codesign.indicators.domain import domain_codes
from codesign.indicators.labels import domain_name
from codesign.proposals.labels import picture_choices
from codesign.voting.desk_labels import COMPLETION_WORDS, CURRENCIES, GOOD_FOR
from codesign.voting.domain import ANSWERS, MAX_MONEY, MAX_OPTIONS, MAX_POINTS, WITH_NONE, Kind, Method
from codesign.voting.labels import METHODS
from codesign.voting.moments import NoSuchTime, TwiceTime, moment
from codesign.web.forms import (
    BooleanField,
    CheckboxesField,
    DateTimeLocalField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    filled,
    one_line,
    optional,
)
from codesign.web.i18n import LANGUAGES, _, _l

# Spare rows for options of the moderator's own.
SPARE = 2
_CLOCK = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]


def _given(_form: Any, field: Field) -> None:
    if not field.raw_data or not field.raw_data[0]:
        field.errors = []
        raise StopValidation(_("Fill this in first."))


class _Between:
    """A whole number from `low` to `high`, both included."""

    def __init__(self, low: int, high: int) -> None:
        self.low, self.high = low, high

    def __call__(self, _form: Any, field: Field) -> None:
        if field.data is None or not self.low <= field.data <= self.high:
            raise StopValidation(_("Write a number from %(low)s to %(high)s.", low=self.low, high=self.high))


class MomentForm(Form):
    """A day and time where the place is; where the clock shows that time twice, the form asks which one."""

    deadline = DateTimeLocalField(_l("Open until"), validators=[_given], format=_CLOCK)
    which = RadioField(
        _l("That time comes twice that night. Which one?"),
        choices=[
            ("first", _l("The first, before the clock goes back")),
            ("second", _l("The second, after the clock went back")),
        ],
        validate_choice=False,
    )  # fmt: skip

    def __init__(self, *args: Any, timezone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._timezone = timezone
        self.twice = bool(self.which.data in {"first", "second"})

    def until(self) -> datetime:
        """The deadline as a moment; only of a valid form."""
        return moment(self._timezone, self.deadline.data, second=self._second())

    def _second(self) -> bool | None:
        return {"first": False, "second": True}.get(self.which.data or "")

    def validate_deadline(self, field: Field) -> None:
        """A time that exists where the place is, and when it exists twice, which one."""
        self.twice = False
        if field.data is None:
            return
        if not 2020 <= field.data.year <= 2100:
            raise StopValidation(_("Choose another day."))
        try:
            moment(self._timezone, field.data)
        except NoSuchTime:
            raise StopValidation(
                _("That time does not exist. The clock goes forward then. Choose another time.")
            ) from None
        except TwiceTime:
            self.twice = True
            if self._second() is None:
                raise StopValidation(_("That time comes twice. The clock goes back then. Say which one.")) from None


_LANGUAGES = [(code, found.name) for code, found in LANGUAGES.items()]


class _AboutBallot(MomentForm):
    """Question and last moment, which every ballot has."""

    question = StringField(_l("The question"), validators=[one_line, *filled(5, 300)])
    language = SelectField(_l("Language of the question"), choices=_LANGUAGES)


class NewBallotForm(_AboutBallot):
    """A vote from ideas of the round."""

    method = RadioField(_l("How do people vote?"), choices=[(m.value, METHODS[m]) for m in GOOD_FOR])
    ideas = CheckboxesField(_l("Ideas to vote on"), coerce=int)


class _Plain(Form):
    """A part of a form; the whole has the token."""

    class Meta(Form.Meta):
        csrf = False


class QuestionWords(_Plain):
    """The question in one more language."""

    code = HiddenField(validators=optional(16))
    text = StringField(_l("The question"), validators=[one_line, *optional(300)])


class OptionWords(_Plain):
    """Name and meaning of an option in one more language."""

    code = HiddenField(validators=optional(16))
    title = StringField(_l("Name"), validators=[one_line, *optional(120)])
    meaning = StringField(_l("What it means, in one line"), validators=[one_line, *optional(200)])

    def validate_title(self, field: Field) -> None:
        """A meaning alone says nothing."""
        if not field.data and (self.meaning.data or "").strip():
            raise StopValidation(_("Give the name in this language too."))


class OptionForm(_Plain):
    """One option: its words, its picture, what it costs, its translations, and whether it stays on the list."""

    proposal = HiddenField(validators=optional(20))
    title = StringField(_l("Name"), validators=[one_line, *optional(120)])
    meaning = StringField(_l("What it means, in one line"), validators=[one_line, *optional(200)])
    language = SelectField(_l("Language"), choices=_LANGUAGES)
    domain = SelectField(_l("Theme"))
    icon = SelectField(_l("Picture"), choices=picture_choices)
    cost = IntegerField(_l("What it costs"), validators=[Optional(), _Between(1, MAX_MONEY)])
    off = BooleanField(_l("Take off the list"))
    words = FieldList(FormField(OptionWords), max_entries=len(LANGUAGES))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.domain.choices = [("", _("no theme")), *((code, domain_name(code)) for code in domain_codes())]

    def validate_title(self, field: Field) -> None:
        """An option that stays has a name."""
        if not field.data and self.proposal.data and not self.off.data:
            raise StopValidation(_("Fill this in first."))

    @property
    def empty(self) -> bool:
        """A spare row nobody filled in, or one that was taken off."""
        return bool(self.off.data) or not ((self.title.data or "") or (self.proposal.data or ""))


class BallotForm(_AboutBallot):
    """A prepared ballot with its options, and what its method needs to know."""

    max_choices = IntegerField(_l("How many may one person choose at most?"), validators=[_Between(1, MAX_OPTIONS)])
    points = IntegerField(_l("How many dots does each person have?"), validators=[_Between(1, MAX_POINTS)])
    seats = IntegerField(_l("How many come on the short list?"), validators=[_Between(1, MAX_OPTIONS)])
    total = IntegerField(_l("How much money is there?"), validators=[_Between(1, MAX_MONEY)])
    currency = SelectField(_l("In which money?"), choices=[(code, code) for code in CURRENCIES])
    fits = BooleanField(
        _l("What one person chooses must fit in the money"),
        description=_l("Without this, people tick everything they find good."),
    )
    completion = RadioField(_l("When money is left over"), choices=list(COMPLETION_WORDS.items()))
    with_none = BooleanField(_l("Add \u201cNone of these\u201d"))
    words = FieldList(FormField(QuestionWords), max_entries=len(LANGUAGES))
    options = FieldList(FormField(OptionForm), _l("Options"), max_entries=MAX_OPTIONS + SPARE)

    def __init__(self, *args: Any, method: Method, kind: Kind = Kind.VOTE, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if method is Method.SCORE:
            self.points.label.text = _("What is the best mark?")
        for name in _NOT_ASKED[method] if kind is Kind.VOTE else (*_NUMBERS, "with_none", "words", "options"):
            delattr(self, name)


_NUMBERS = ("max_choices", "points", "seats", "total", "currency", "fits", "completion")
_ASKED: dict[Method, tuple[str, ...]] = {
    Method.APPROVAL: ("max_choices",),
    Method.SCORE: ("points",),
    Method.DOTS: ("points",),
    Method.BUDGET: ("total", "currency", "fits", "completion"),
    Method.SHORTLIST: ("seats", "max_choices"),
}
_NOT_ASKED = {
    m: [n for n in _NUMBERS if n not in _ASKED.get(m, ())] + ([] if m in WITH_NONE else ["with_none"]) for m in Method
}
# One idea and fixed answers: no rows to spare.
ONE_ROW = frozenset(ANSWERS)


class AskForm(Form):
    """Which member is asked to look at the ballot before it opens."""

    person = SelectField(_l("Which member?"), coerce=int)


class RightForm(Form):
    """A second person's yes; seen: to what, see `preparing.seen`."""

    seen = HiddenField(validators=optional(64))
    right = BooleanField(_l("I read the question, the options and the date. It is right."))

    def validate_right(self, field: Field) -> None:
        """No yes, no check."""
        if not field.data:
            raise StopValidation(_("Read it first. Then tick this."))


class NotYetForm(Form):
    """What must change first, in the words of whoever was asked to look."""

    note = TextAreaField(
        _l("What must change first?"), validators=filled(3, 500), description=_l("Only the moderators read this.")
    )


class ExtendForm(MomentForm):
    """A later deadline, and why."""

    why = TextAreaField(
        _l("Why is there more time?"), validators=filled(10, 500), description=_l("Everybody in the panel reads this.")
    )


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
