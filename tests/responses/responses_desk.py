"""An advice that arrived at Veldhaven, two officials there, and an answer as far as a test needs it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from build import make_official, make_record_place
from sqlalchemy.orm import Session

from codesign.db import _writing, writing
from codesign.documents.domain import digest, freeze
from codesign.documents.receiving import receive_advice, receive_place, receive_release
from codesign.responses import actions, queries
from codesign.responses.domain import Decision, PartDraft, PromiseDraft

EXAMPLES = Path(__file__).parent.parent / "documents"
# In week 5 of 8 of the example's clock.
AT = datetime(2026, 10, 6, 9, 0, tzinfo=UTC)
SENT = datetime(2026, 9, 7, 10, 0, tzinfo=UTC)
HEARD = "We heard that people wait months before a neighbour speaks to them."
PROMISE = PromiseDraft("Head of society", "Set apart 5% of the budget", "48,000 euros", date(2027, 1, 1), "A form")


def example(name: str) -> dict[str, Any]:
    """A worked example, fresh each time."""
    return json.loads((EXAMPLES / f"example_{name}.json").read_text(encoding="utf-8"))


class Desk:
    """What a test of answers has before it."""

    def __init__(self, session: Session) -> None:
        self.session = session
        receivers: dict[str, Callable[..., None]] = {
            "place": receive_place, "release": receive_release, "release_adoption": receive_release,
            "advice": receive_advice,
        }  # fmt: skip
        for name, receive in receivers.items():
            with writing(session):
                receive(session, freeze(name.split("_")[0], example(name)), SENT)
        place = type("Here", (), {"code": "veldhaven"})
        self.official = make_official(session, place, post="Adviser on living together")
        self.colleague = make_official(session, place, post="Head of society")
        self.elsewhere = make_official(session, make_record_place(session))
        self.advice_digest = digest(freeze("advice", example("advice")))

    def task(self) -> queries.Task:
        """The advice and its answer, read afresh."""
        if not _writing.get():
            self.session.rollback()
        found = queries.task(self.session, "veldhaven", "2026-3")
        assert found is not None
        return found

    def start(self) -> Any:
        """Begin the answer."""
        with writing(self.session):
            actions.start_answer(self.session, self.official, self.task().advice, language="en", now=AT)
        return self.task().answer

    def save(self, what: Callable[..., None], by: Any = None, seen: int = 0, **more: Any) -> None:
        """Save one piece."""
        with writing(self.session):
            task = self.task()
            what(self.session, by or self.official, task.answer, task.advice, seen=seen, now=AT, **more)

    def complete(self) -> None:
        """Everything that is needed."""
        self.start()
        self.save(actions.save_heard, language="en", text=HEARD)
        for n, decision in ((1, Decision.PARTLY), (2, Decision.ADOPTED), (3, Decision.NOT_OURS)):
            forwarded = "The province" if decision is Decision.NOT_OURS else ""
            promises = () if decision is Decision.NOT_OURS else (PROMISE,)
            part = PartDraft(n, decision, f"Contract {n} binds the rest of it until summer.", forwarded, promises)
            self.save(actions.save_part, part=part)
        closing = {"ask_back": "Which street?", "council": "On the same day.", "first_report_on": date(2027, 4, 6)}
        self.save(actions.save_closing, **closing)
        for code in ("en", "nl", "ar", "ti"):
            self.save(actions.save_summary, language=code, text=f"Small groups get money. ({code})")

    def deliver(self, by: Any = None) -> str:
        """Deliver it."""
        with writing(self.session):
            task = self.task()
            return actions.deliver(
                self.session, by or self.official, task.answer, task.advice, timezone="Europe/Amsterdam", now=AT
            )
