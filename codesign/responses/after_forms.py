"""The forms of what comes after an answer, and of asking for more time before it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from wtforms.fields import Field

from codesign.responses.domain import Progress, empty_phrase
from codesign.responses.forms import LONG, PieceForm
from codesign.responses.labels import PROGRESS, not_a_reason
from codesign.web.forms import DateField, Form, RadioField, TextAreaField, filled, optional, validators
from codesign.web.i18n import _, _l

_MOST_MORE = timedelta(days=183)


class ReportForm(Form):
    """How a promise stands now."""

    state = RadioField(
        _l("How does this promise stand?"), [validators.InputRequired(_l("Choose one."))],
        choices=[(p.value, words[0]) for p, words in PROGRESS.items()],
    )  # fmt: skip
    text = TextAreaField(
        _l("What can people see now?"), optional(max=LONG),
        description=_l("Plain words. If it does not go on: say why."),
    )  # fmt: skip

    def validate_text(self, field: Field) -> None:
        """Whoever stops says why, and politeness is no reason."""
        words = (field.data or "").strip()
        if self.state.data == Progress.STOPPED and not words:
            raise validators.ValidationError(_("Say why it does not go on."))
        if self.state.data == Progress.STOPPED and (phrase := empty_phrase(words)):
            raise validators.ValidationError(not_a_reason(phrase))


class CardForm(PieceForm):
    """A learning card; the day on which one looks back is required (R22)."""

    assumption = TextAreaField(_l("What do you assume?"), filled(max=LONG))
    trial = TextAreaField(_l("What do you try?"), filled(max=LONG))
    look_back_on = DateField(_l("When do you look back?"), [validators.InputRequired(_l("Name a day."))])
    changed = TextAreaField(
        _l("What changed?"), optional(max=LONG),
        description=_l("Leave it empty until you know. Write also what failed."),
    )  # fmt: skip


class MoreTimeForm(Form):
    """A request for more time."""

    until = DateField(_l("Until which day?"), [validators.InputRequired(_l("Name a day."))])
    reason = TextAreaField(
        _l("Why do you need more time?"), filled(max=2000, missing=_l("Say why. The panel decides."))
    )

    def __init__(self, *args: Any, due_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._due_on = due_on

    def validate_until(self, field: Field) -> None:
        """Later than the day it is due now, and within half a year of it."""
        if field.data is not None and not self._due_on < field.data <= self._due_on + _MOST_MORE:
            raise validators.ValidationError(_("Name a day after the due day, within half a year of it."))

    def validate_reason(self, field: Field) -> None:
        """Politeness is no reason here either."""
        if phrase := empty_phrase(field.data or ""):
            raise validators.ValidationError(not_a_reason(phrase))


def hints(table: dict[Any, Any]) -> dict[str, dict[str, str]]:
    """What `picks` shows beside each choice: its meaning and its pictogram."""
    return {key.value: {"hint": str(words[1]), "icon": words[2]} for key, words in table.items()}
