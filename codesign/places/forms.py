"""The form of a moment of the policy calendar, the same behind both doors."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from wtforms.fields import Field

from codesign.places.domain import MomentKind, MomentLine
from codesign.places.labels import MOMENT_KINDS
from codesign.rules.folding import fold_for_search
from codesign.web.forms import (
    BooleanField,
    DateField,
    Form,
    SelectField,
    StringField,
    filled,
    one_line,
    optional,
    validators,
    web_address,
)
from codesign.web.i18n import _, _l, format_day
from codesign.web.words import language_choices

FIRST, LAST = date(2000, 1, 1), date(2100, 12, 31)


def a_day(form: Any, field: Field) -> None:
    """A day people can mean."""
    if field.data is None:
        raise validators.StopValidation(_("Write the date like 2027-03-31."))
    if not FIRST <= field.data <= LAST:
        raise validators.StopValidation(_("Choose another day."))


class AskingForm(Form):
    """A form that may ask back once: `questions` are shown with a box to tick, and what was typed stays."""

    sure = BooleanField(_l("Yes, keep it as it is"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions: list[str] = []

    def settled(self, questions: list[str]) -> bool:
        """Whether nothing is asked, or somebody looked at what is asked and ticked."""
        self.questions = questions
        return not questions or bool(self.sure.data)


class MomentForm(AskingForm):
    """What is decided, when, and where that stands."""

    title = StringField(
        _l("What is decided?"), [one_line, *filled(max=160)],
        description=_l("One sentence. Such as: the council decides on the budget of 2027."),
    )  # fmt: skip
    language = SelectField(_l("In which language do you write?"), choices=language_choices)
    kind = SelectField(_l("What kind of decision?"), choices=lambda: [(k.value, w) for k, w in MOMENT_KINDS.items()])
    decided_on = DateField(_l("Day of the decision"), [a_day])
    advice_before = DateField(
        _l("Last day for advice"), [validators.Optional(), a_day],
        description=_l("Empty: the decision minus the weeks the municipality has for an answer."),
    )  # fmt: skip
    source = StringField(
        _l("Where does this stand?"), [one_line, *filled(max=200)],
        description=_l("A letter, a page, a planning. Others can look there."),
    )  # fmt: skip
    checked_on = DateField(_l("On which day did you look there?"), [a_day])
    url = StringField(_l("Address of that page"), [one_line, *optional(max=300), web_address])

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def validate_advice_before(self, field: Field) -> None:
        """Advice comes before the decision."""
        if field.data and self.decided_on.data and field.data > self.decided_on.data:
            raise validators.ValidationError(_("This is after the decision. Choose an earlier day."))

    def validate_checked_on(self, field: Field) -> None:
        """Nobody has looked tomorrow."""
        if field.data and field.data > self.today:
            raise validators.ValidationError(_("This day is still to come. Write the day you looked."))

    def twins(self, lines: Iterable[MomentLine]) -> list[str]:
        """What to ask when another moment has this title too, however it is written."""
        wanted = fold_for_search(self.title.data or "")
        found = next((x for x in lines if fold_for_search(x.title) == wanted), None)
        if found is None:
            return []
        return [
            _(
                "The calendar has this already: %(title)s, on %(day)s. Is this another one?", title=found.title,
                day=format_day(found.day),
            )
        ]  # fmt: skip

    def values(self) -> dict[str, Any]:
        """The form as columns of a moment."""
        names = ("title", "language", "decided_on", "advice_before", "source", "checked_on", "url")
        return {name: self[name].data for name in names} | {"kind": MomentKind(self.kind.data)}
