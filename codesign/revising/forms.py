"""Forms of the page for when something in a sent advice is wrong."""

from __future__ import annotations

from datetime import date
from typing import Any

from codesign.advice.forms import DeadlineForm
from codesign.web.forms import Form, TextAreaField, filled
from codesign.web.i18n import _l


class TakeBackForm(DeadlineForm):
    """Why the panel is asked to take the advice back, and until when it can vote."""

    reason = TextAreaField(
        _l("Why take it back?"), filled(max=2000), description=_l("Short, in plain words. Everybody reads it.")
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, prefix="back-", **kwargs)


class CorrectionForm(Form):
    """What is corrected and why."""

    reason = TextAreaField(
        _l("What do you correct, and why?"), filled(max=2000),
        description=_l("Short, in plain words, in the language of the advice. It is sent along."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="new-", **kwargs)
