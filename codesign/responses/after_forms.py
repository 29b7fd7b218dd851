"""The forms of what comes after an answer, and of asking for more time before it."""

from __future__ import annotations

from typing import Any

from wtforms.fields import Field

from codesign.responses.domain import Progress, empty_phrase
from codesign.responses.forms import LONG
from codesign.responses.labels import PROGRESS, not_a_reason
from codesign.web.forms import Form, RadioField, TextAreaField, optional, validators
from codesign.web.i18n import _, _l


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


def hints(table: dict[Any, Any]) -> dict[str, dict[str, str]]:
    """What `picks` shows beside each choice: its meaning and its pictogram."""
    return {key.value: {"hint": str(words[1]), "icon": words[2]} for key, words in table.items()}
