"""What an answer is, when it is complete, and what is no reason: pure values and functions."""

from __future__ import annotations

import calendar
import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from codesign.responses.phrases import EMPTY_PHRASES, FILLER

# At most this many words in the plain summary, and a sentence that is longer than this is offered for cutting.
SUMMARY_WORDS = 80
SENTENCE_WORDS = 15
MOST_PROMISES = 10
FIRST_REPORT_MONTHS = 6
# So many words that mean something must be left of a reason when its polite phrases are taken away.
_REASON_WORDS = 6


# An answer is written in pieces, each saved by itself.
HEARD, CLOSING = "heard", "closing"


def part_piece(recommendation: int) -> str:
    """The name of the piece that answers one recommendation."""
    return f"part-{recommendation}"


def summary_piece(language: str) -> str:
    """The name of the piece that holds the summary in one language."""
    return f"summary-{language}"


class Decision(StrEnum):
    """What the municipality does with one recommendation."""

    ADOPTED = "adopted"
    PARTLY = "partly"
    LATER = "later"
    NOT_OURS = "not_ours"
    NOT = "not"


class Progress(StrEnum):
    """How a promise stands, as its owner says; whether it works for newcomers, only newcomers say (R30)."""

    UNDER_WAY = "under_way"
    DONE = "done"
    STOPPED = "stopped"


class OfferSaid(StrEnum):
    """What the municipality says to an offer to take over a task."""

    YES = "yes"
    TALK = "talk"
    NO = "no"


class Asked(StrEnum):
    """Where a request for more time stands."""

    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"


# Decisions that promise something, so that somebody must own it.
WITH_PROMISES = frozenset({Decision.ADOPTED, Decision.PARTLY, Decision.LATER})


@dataclass(frozen=True)
class PromiseDraft:
    """One owner and what they do; drafts may have empty fields."""

    owner: str = ""
    action: str = ""
    money: str = ""
    by: date | None = None
    first_step: str = ""

    @property
    def empty(self) -> bool:
        """Nothing was filled in."""
        return not (self.owner or self.action or self.money or self.by or self.first_step)

    @property
    def complete(self) -> bool:
        """Everything was filled in."""
        return bool(self.owner and self.action and self.money and self.by and self.first_step)


@dataclass(frozen=True)
class OfferReplyDraft:
    """What is said to the offer with this number, as far as it is written; a no needs its reasons."""

    offer: int
    reply: OfferSaid | None = None
    reasons: str = ""


@dataclass(frozen=True)
class OfferDraft:
    """An offer of an organisation to do a task of one recommendation itself, with what is said to it so far."""

    recommendation: int
    organisation: str
    words: str
    needs: str
    language: str
    reply: OfferReplyDraft


@dataclass(frozen=True)
class PartDraft:
    """The answer to one recommendation, as far as it is written."""

    recommendation: int
    decision: Decision | None = None
    reasons: str = ""
    forwarded_to: str = ""
    promises: tuple[PromiseDraft, ...] = ()
    replies: tuple[OfferReplyDraft, ...] = ()


@dataclass(frozen=True)
class AnswerDraft:
    """A whole answer as far as it is written. `summaries`: language to text; `language` is that of the answer.

    `offers`: every offer that stands, by recommendation and then by name.
    """

    language: str
    what_we_heard: str = ""
    ask_back: str = ""
    council: str = ""
    first_report_on: date | None = None
    parts: tuple[PartDraft, ...] = ()
    summaries: dict[str, str] = field(default_factory=dict)
    corrected: bool = False
    offers: tuple[OfferDraft, ...] = ()


class Lack(StrEnum):
    """What keeps an answer from being delivered."""

    WHAT_WE_HEARD = "what_we_heard"
    CORRECTED = "corrected"
    DECISION = "decision"
    REASONS = "reasons"
    EMPTY_REASONS = "empty_reasons"
    FORWARDED_TO = "forwarded_to"
    OWNER = "owner"
    PROMISE_INCOMPLETE = "promise_incomplete"
    OFFER_REPLY = "offer_reply"
    OFFER_REASONS = "offer_reasons"
    COUNCIL = "council"
    FIRST_REPORT = "first_report"
    SUMMARY = "summary"
    SUMMARY_LONG = "summary_long"
    TRANSLATION = "translation"


@dataclass(frozen=True)
class Missing:
    """One line of the checklist; `recommendation` or `language` says where, if it is about one."""

    lack: Lack
    recommendation: int | None = None
    language: str | None = None


def needed_languages(language: str, panel: Sequence[str]) -> list[str]:
    """The languages of the plain summary: that of the answer first, then each of the panel (R34)."""
    return list(dict.fromkeys([language, *panel]))


def missing(draft: AnswerDraft, recommendations: Sequence[int], panel_languages: Sequence[str]) -> list[Missing]:
    """What is still missing, in the order of the form; an empty list means that the answer can be delivered."""
    found: list[Missing] = []
    if not draft.what_we_heard.strip():
        found.append(Missing(Lack.WHAT_WE_HEARD))
    if draft.corrected:
        found.append(Missing(Lack.CORRECTED))
    parts = {part.recommendation: part for part in draft.parts}
    for number in recommendations:
        found += _missing_in_part(parts.get(number, PartDraft(number)))
        found += _missing_to_offers(number, [o.reply for o in draft.offers if o.recommendation == number])
    if not draft.council.strip():
        found.append(Missing(Lack.COUNCIL))
    if draft.first_report_on is None:
        found.append(Missing(Lack.FIRST_REPORT))
    return found + _missing_summaries(draft, panel_languages)


def _missing_in_part(part: PartDraft) -> list[Missing]:
    lacks: list[Lack] = []
    if part.decision is None:
        lacks.append(Lack.DECISION)
    if not part.reasons.strip():
        lacks.append(Lack.REASONS)
    elif empty_phrase(part.reasons):
        lacks.append(Lack.EMPTY_REASONS)
    if part.decision is Decision.NOT_OURS and not part.forwarded_to.strip():
        lacks.append(Lack.FORWARDED_TO)
    if part.decision in WITH_PROMISES and not any(not p.empty for p in part.promises):
        lacks.append(Lack.OWNER)
    if any(not p.complete and not p.empty for p in part.promises):
        lacks.append(Lack.PROMISE_INCOMPLETE)
    return [Missing(lack, recommendation=part.recommendation) for lack in lacks]


def _missing_to_offers(number: int, replies: Sequence[OfferReplyDraft]) -> list[Missing]:
    """Each offer is owed a reply, and a no its reasons (R19)."""
    lacks: list[Lack] = []
    if any(r.reply is None for r in replies):
        lacks.append(Lack.OFFER_REPLY)
    if any(r.reply is OfferSaid.NO and (not r.reasons.strip() or empty_phrase(r.reasons)) for r in replies):
        lacks.append(Lack.OFFER_REASONS)
    return [Missing(lack, recommendation=number) for lack in lacks]


def _missing_summaries(draft: AnswerDraft, panel_languages: Sequence[str]) -> list[Missing]:
    own = draft.summaries.get(draft.language, "")
    if not own.strip():
        found = [Missing(Lack.SUMMARY)]
    elif words(own) > SUMMARY_WORDS:
        found = [Missing(Lack.SUMMARY_LONG)]
    else:
        found = []
    for language in needed_languages(draft.language, panel_languages)[1:]:
        if not draft.summaries.get(language, "").strip():
            found.append(Missing(Lack.TRANSLATION, language=language))
    return found


_EMPTY = re.compile("|".join(p.replace(" ", r"\s+") for found in EMPTY_PHRASES.values() for p in found), re.IGNORECASE)
_SENTENCE = re.compile(r"[^.!?؟።\n]+[.!?؟።]*")


def sentences(text: str) -> list[str]:
    """The sentences of a text, without the blanks around them."""
    return [s for found in _SENTENCE.findall(text) if (s := found.strip())]


def words(text: str) -> int:
    """How many words a text has; a sign that stands alone is none."""
    return sum(1 for part in text.split() if any(c.isalnum() for c in part))


def long_sentences(text: str, most: int = SENTENCE_WORDS) -> list[str]:
    """Sentences of more than `most` words: what a reader of B1 stumbles over."""
    return [s for s in sentences(text) if words(s) > most]


def empty_phrase(reasons: str) -> str | None:
    """The phrase, as it was typed, when a reason rests on politeness alone; None when something is left without it.

    "Taken note of" beside a real reason does no harm; it is refused when what is left of the text says nothing either.
    """
    hit = _EMPTY.search(reasons)
    if hit is None:
        return None
    left = [w for w in re.findall(r"\w+", _EMPTY.sub(" ", reasons).lower()) if w not in FILLER]
    return None if len(left) >= _REASON_WORDS else " ".join(hit.group().split())


def months_later(day: date, months: int = FIRST_REPORT_MONTHS) -> date:
    """The same day so many months later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class Change:
    """A run of words that stayed, went or came."""

    kind: str
    text: str


def changes(before: str, after: str) -> list[Change]:
    """What changed between two texts, word by word: runs of `same`, `gone` and `new`."""
    old, new = before.split(), after.split()
    found: list[Change] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Change("same", " ".join(old[a:b])))
            continue
        if b > a:
            found.append(Change("gone", " ".join(old[a:b])))
        if d > c:
            found.append(Change("new", " ".join(new[c:d])))
    return found
