"""The words for decisions, and for what is missing before an answer can be delivered."""

from __future__ import annotations

from flask_babel.speaklater import LazyString

from codesign.responses.domain import Asked, Decision, Lack, Missing, OfferSaid, Progress
from codesign.web.i18n import _, _l, lang_name

# In the order in which they are offered: the word, what it means, its pictogram.
DECISIONS: dict[Decision, tuple[LazyString, LazyString, str]] = {
    Decision.ADOPTED: (_l("Adopted"), _l("We will do all of this."), "check"),
    Decision.PARTLY: (_l("Partly"), _l("We will do a part. We say which part."), "heart-half"),
    Decision.LATER: (_l("Later"), _l("We name a date on which we decide."), "hourglass"),
    Decision.NOT_OURS: (_l("Not ours"), _l("We forward it and say to whom."), "paper-plane-tilt"),
    Decision.NOT: (_l("Not adopted"), _l("We will not do this. We say why."), "x"),
}

# What the municipality says to an organisation that offers to do a task: the word, and its pictogram.
OFFER_SAID: dict[OfferSaid, tuple[LazyString, str]] = {
    OfferSaid.YES: (_l("Yes"), "check"),
    OfferSaid.TALK: (_l("Let us talk"), "chats-circle"),
    OfferSaid.NO: (_l("No, because"), "x"),
}

RATINGS: dict[str | None, LazyString] = {
    "useful": _l("The panel says: this answer is useful."),
    "partly": _l("The panel says: this answer is useful in part."),
    "no": _l("The panel says: this answer is not useful."),
    None: _l("The panel rated this answer. Too few voted to show how."),
}

# How a promise stands, as its owner says: the word, what it means, its pictogram. None of them says that it works.
PROGRESS: dict[Progress, tuple[LazyString, LazyString, str]] = {
    Progress.UNDER_WAY: (_l("Under way"), _l("We work on it."), "path"),
    Progress.DONE: (_l("Done"), _l("What we promised is there. The panel says if it works."), "check"),
    Progress.STOPPED: (_l("Not going on"), _l("We stop this. We say why."), "prohibit"),
}

# What a follow-up vote of newcomers says (R30).
FOUND: dict[str | None, LazyString] = {
    "works": _l("Newcomers say: it works for us."),
    "not_yet": _l("Newcomers say: it does not fit what we need yet."),
    None: _l("Newcomers voted on it. Too few voted to show how."),
}

MORE_TIME: dict[Asked, LazyString] = {
    Asked.ASKED: _l("The panel has not said yes or no yet. The clock goes on."),
    Asked.AGREED: _l("The panel agreed."),
    Asked.REFUSED: _l("The panel did not agree. The day stays."),
}

# What the templates of both doors need to show what came after an answer.
AFTER_WORDS = {
    "progress_words": PROGRESS,
    "found_words": lambda outcome: str(FOUND[outcome]),
    "offer_said": OFFER_SAID,
    "more_time_words": lambda state: str(MORE_TIME[state]),
}

# Fields of a saved version, as people know them.
FIELDS: dict[str, LazyString] = {
    "language": _l("Language"),
    "what_we_heard": _l("What you heard"),
    "decision": _l("Decision"),
    "reasons": _l("Why this decision"),
    "forwarded_to": _l("Forwarded to"),
    "promises": _l("Who does what, and when"),
    "offers": _l("What you say to organisations that offer to do it"),
    "ask_back": _l("What you ask the panel"),
    "council": _l("How the council hears of this"),
    "first_report_on": _l("First report"),
    "text": _l("In plain words"),
    "assumption": _l("What we assume"),
    "trial": _l("What we try"),
    "look_back_on": _l("When we look back"),
    "changed": _l("What changed"),
}

_LACKS: dict[Lack, LazyString] = {
    Lack.WHAT_WE_HEARD: _l("Say first what you heard."),
    Lack.CORRECTED: _l("The panel sent a corrected version. Read it, and save what you heard again."),
    Lack.DECISION: _l("Recommendation %(number)s: choose a decision."),
    Lack.REASONS: _l("Recommendation %(number)s: say why."),
    Lack.EMPTY_REASONS: _l("Recommendation %(number)s: the words you give are no reason yet."),
    Lack.FORWARDED_TO: _l("Recommendation %(number)s: say to whom you forward it."),
    Lack.OWNER: _l("Recommendation %(number)s: name who does what, and by when."),
    Lack.PROMISE_INCOMPLETE: _l("Recommendation %(number)s: a field is still empty at one of the owners."),
    Lack.OFFER_REPLY: _l("Recommendation %(number)s: say something to each organisation that offers to do it."),
    Lack.OFFER_REASONS: _l("Recommendation %(number)s: you say no to an offer. Say why."),
    Lack.COUNCIL: _l("Say how the council hears of this."),
    Lack.FIRST_REPORT: _l("Name the day of your first report."),
    Lack.SUMMARY: _l("Write the answer once more in plain words."),
    Lack.SUMMARY_LONG: _l("The plain words are too many. Use 80 words at most."),
    Lack.TRANSLATION: _l("The plain words are missing in %(language)s."),
}


def decision_words(decision: Decision) -> str:
    """The word for a decision."""
    return str(DECISIONS[decision][0])


def missing_words(line: Missing) -> str:
    """One line of the checklist as a sentence."""
    values = {"number": line.recommendation, "language": lang_name(line.language) if line.language else ""}
    return str(_LACKS[line.lack]) % values


def not_a_reason(phrase: str) -> str:
    """What is said when politeness stands where a reason should."""
    return _("“%(phrase)s” is not a reason. Say what stands in the way, or what it rests on.", phrase=phrase)
