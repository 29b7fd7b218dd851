""" "Does this fit what you need?", asked of each measure in an answer: one secret vote, shown in quarters (R27)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from codesign.advice import answer_queries
from codesign.advice.queries import AdviceView
from codesign.advice.sending import may_rate
from codesign.rules.permissions import Reason, Refused
from codesign.rules.states import AdviceState
from codesign.voting import actions as voting
from codesign.voting import preparing
from codesign.voting.domain import Kind, Method, Option, State
from codesign.voting.models import Ballot
from codesign.voting.queries import released
from codesign.voting.release import measure, rated, read_measure

# A measure of an answer: number of the recommendation, and which of its promises, both counted from 1.
Which = tuple[int, int]


@dataclass(frozen=True)
class Fit:
    """Where the vote on measures stands: its ballot; closed, the quarter of voters who say that each measure fits."""

    ballot_id: int
    state: State
    quarters: Mapping[Which, list[int]] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Whether people vote now."""
        return self.state is State.OPEN


def measures(answer: Mapping[str, Any]) -> list[Option]:
    """The promises of an answer as options, in its language and order."""
    return [
        Option(
            measure(part["recommendation"], n), _short(p["action"], 120), _short(p["first_step"], 200),
            answer["language"],
        )
        for part in answer["parts"] for n, p in enumerate(part["promises"], start=1)
    ]  # fmt: skip


def _short(words: str, most: int) -> str:
    line = " ".join(words.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def ask_fit(
    session: Session, view: AdviceView, *, answer: Mapping[str, Any], question: str, language: str,
    translations: Mapping[str, str], deadline: datetime, key_folder: Path, now: datetime,
) -> Ballot:  # fmt: skip
    """Open the vote on every measure of the answer, once: it does not fit, partly, it fits. Its result is released
    under the same floor as any other. Raises NotPrepared when the answer holds no measure."""
    advice, gone = may_rate(session, view)
    if fit_of(session, view.round.id) is not None:
        raise Refused(Reason.WRONG_STATE)
    ballot = preparing.prepare(
        session, view.round, view.membership, kind=Kind.RATING, question=question, language=language,
        translations=translations, deadline=deadline, now=now, options=measures(answer), method=Method.SCORE,
        subject=rated(f"{advice.year}-{advice.serial}", gone.digest, answer["digest"]),
        state=AdviceState.ANSWERED,
    )  # fmt: skip
    voting.open_ballot(session, ballot.id, view.round, view.membership, key_folder=key_folder, now=now)
    return ballot


def fit_of(session: Session, round_id: int) -> Fit | None:
    """The vote on measures of a round; None when nobody opened one, or it was made void."""
    ballot = answer_queries.measures_vote(session, round_id)
    if ballot is None:
        return None
    payload = released(session, ballot.release_digest) if ballot.release_digest else None
    options = json.loads(payload)["options"] if payload else []
    quarters = {which: option["quarters"] for option in options if (which := read_measure(option["key"]))}
    return Fit(ballot.id, ballot.state, quarters)
