"""What of a closed ballot crosses the wall: one frozen document by the rule of disclosure, made once, never again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from codesign.documents.domain import freeze
from codesign.jobs import outbox
from codesign.panels.models import Panel
from codesign.rules import disclosure
from codesign.voting.domain import ANSWERS, DECIDES, RATINGS, Category, Kind, Method, Opening
from codesign.voting.models import Ballot
from codesign.voting.outcomes import Tally, decide

# Options of ballots whose words are not a person's: said in English, for every reader of the record to translate.
_FIXED = {
    "adopt": "Adopt the advice",
    "send_back": "Send the advice back",
    "useful": "Useful",
    "partly": "Partly",
    "no": "No",
    "take_back": "Take the advice back",
    "let_stand": "Let the advice stand",
}

# The key of an option that asks of a measure in an answer: number of the recommendation, and which of its promises.
_MEASURE = re.compile(r"r(\d+)m(\d+)")

# Ballots on which people give numbers: how many they choose is not limited.
_NUMBERS = frozenset({Method.SCORE, Method.RANKED, Method.DOTS})
_TERMS: Mapping[Method, tuple[str, ...]] = {
    Method.SCORE: ("points",),
    Method.DOTS: ("points",),
    Method.BUDGET: ("total", "currency", "completion"),
    Method.SHORTLIST: ("seats",),
}


def rating_outcome(tally: Tally) -> str:
    """What most say of an answer; when two are equal, nothing clear was said, and that is "partly"."""
    return tally.winners[0] if len(tally.winners) == 1 else "partly"


def _word(opening: Opening, tally: Tally) -> str:
    """The outcome of the whole in one word; of one idea, whether it was adopted."""
    if opening.kind is Kind.RATING and not opening.asks_fit:
        return rating_outcome(tally)
    if opening.method in ANSWERS:
        return "adopted" if tally.winners else "not_adopted"
    return "chosen" if tally.winners else "none"


def _release(opening: Opening, tally: Tally) -> tuple[disclosure.Release, str | None, bool | None]:
    """The release by the rule, the outcome word of the whole, and whether the quorum was met (where a
    ballot decides on the advice: no number of it crosses)."""
    if opening.kind in DECIDES:
        decided = decide(opening, tally)
        told = disclosure.release_adoption(adopted=decided.adopted, quorum_met=decided.quorum_met)
        return disclosure.Release(disclosure.Level.OUTCOME), told.outcome, told.quorum_met
    word = _word(opening, tally)
    told_of = disclosure.release(
        tally.supporters,
        tally.voters,
        tally.electorate,
        outcome={"": word},
        apart=opening.category is Category.RESIDENTS,
    )
    return told_of, told_of.outcome.get(""), None


def document(
    opening: Opening, tally: Tally, panel: Panel, *, closed_digest: str, opening_digest: str, now: datetime
) -> dict[str, Any]:
    """The release as plain values, in the shape of its published schema."""
    told, word, quorum_met = _release(opening, tally)
    winners = set(tally.winners)
    if opening.kind in DECIDES:
        winners = {DECIDES[opening.kind][0 if word == "adopted" else 1]}
    options = [
        {
            "key": option.key,
            "title": option.title or _FIXED[option.key],
            "language": option.language or "en",
            "domains": [option.domain] if option.domain else [],
            "quarters": [int(told.quarters[option.key])] if option.key in told.quarters else [],
            "outcome": None if word is None or word == "none" else option.key in winners,
        }
        | ({"cost": option.cost} if opening.method is Method.BUDGET else {})
        for option in opening.options
    ]
    return {
        "place": panel.municipality.code,
        "panel": panel.name,
        "kind": opening.kind.value,
        "question": opening.question,
        "language": opening.language,
        "method": opening.method.value,
        "most_choices": opening.max_choices if opening.method not in _NUMBERS else None,
        "electorate": opening.category.value,
        "closed_on": now.astimezone(ZoneInfo(panel.municipality.timezone)).date().isoformat(),
        "shown": told.level.value,
        "turnout": [int(told.turnout)] if told.turnout is not None else [],
        "quorum_met": quorum_met,
        "outcome": word,
        "options": options,
        "breakdown": None,
        "exact": None,
        "opening_digest": opening_digest,
        "closed_digest": closed_digest,
    } | ({"terms": _terms(opening)} if opening.method in _TERMS else {})


def _terms(opening: Opening) -> dict[str, Any]:
    """The numbers of the method that were set before anybody voted."""
    values = opening.terms.plain()
    return {name: values[name] for name in _TERMS[opening.method]}


def put_release(session: Session, ballot: Ballot, opening: Opening, tally: Tally, panel: Panel, now: datetime) -> str:
    """Freeze the release and put it in the outbox, in the transaction of the closing; returns its digest.

    The rating of an answer is a document of its own as well: it names the advice and the answer that were rated. So is
    what members say of each measure in it: it names the measures.
    """
    values = document(
        opening, tally, panel, closed_digest=ballot.closed_digest or "", opening_digest=ballot.opening_digest or "",
        now=now,
    )  # fmt: skip
    digest = outbox.put(session, kind="release", payload=freeze("release", values), now=now)
    if opening.kind is Kind.RATING:
        number, advice, answer = read_rated(opening.subject)
        said = {
            "place": values["place"], "number": number, "advice": advice, "answer": answer, "release": digest,
            "closed_on": values["closed_on"], "shown": values["shown"],
        }  # fmt: skip
        kind = "fit" if opening.asks_fit else "rating"
        said |= {"measures": _measures(opening)} if opening.asks_fit else {"outcome": _rating(values["outcome"])}
        outbox.put(session, kind=kind, payload=freeze(kind, said), now=now)
    return digest


def _rating(outcome: str | None) -> str | None:
    return outcome if outcome in RATINGS else None


def _measures(opening: Opening) -> list[dict[str, Any]]:
    found = ((key, read_measure(key)) for key in opening.option_keys())
    return [{"recommendation": which[0], "promise": which[1], "option": key} for key, which in found if which]


def rated(number: str, advice: str, answer: str) -> str:
    """The subject of a rating ballot: number of the advice, its digest, and the digest of the answer."""
    return f"{number} {advice} {answer}"


def read_rated(subject: str) -> tuple[str, str, str]:
    """The parts of what `rated` wrote; ValueError when it is something else."""
    number, advice, answer = subject.split(" ")
    return number, advice, answer


def measure(recommendation: int, promise: int) -> str:
    """The key of the option that asks of a measure: which promise of the answer to a recommendation, from 1."""
    return f"r{recommendation}m{promise}"


def read_measure(key: str) -> tuple[int, int] | None:
    """The recommendation and the promise of what `measure` wrote; None when it is something else."""
    found = _MEASURE.fullmatch(key)
    return (int(found[1]), int(found[2])) if found else None
