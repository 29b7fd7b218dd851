"""The words of preparing a ballot: what each method is good for, what is missing, what the count waits for."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel.speaklater import LazyString

from codesign.rules.disclosure import OUTCOME_FLOOR
from codesign.voting.domain import MAX_OPTIONS, Method, NotPrepared
from codesign.web.i18n import _, _l

# What each method is good for; in the order in which a moderator reads them.
GOOD_FOR: dict[Method, LazyString] = {
    Method.APPROVAL: _l("Good for finding what most people can agree with. The easiest one."),
    Method.YES_NO: _l("Good for one idea that is ready. People may say why."),
    Method.CONSENT: _l("Good for an agreement among ourselves. One serious objection stops it."),
    Method.SCORE: _l("Good when some ideas are much better liked than others."),
    Method.RANKED: _l("Good for choosing one from several. People say what comes first, second, third."),
    Method.DOTS: _l("Good for a quick picture of where the weight lies, in a room."),
    Method.BUDGET: _l("Good when ideas cost money and there is only so much of it."),
    Method.SHORTLIST: _l("Good for a list in which each part of the panel finds something."),
}
COMPLETION_WORDS: dict[str, LazyString] = {
    "add1u": _l("Give all people a little more, step by step, then buy what most people want (usual)"),
    "add1": _l("Give all people a little more, step by step, then stop"),
    "none": _l("Leave it over"),
}
CURRENCIES = ("EUR", "GBP", "CHF", "DKK", "SEK", "NOK", "PLN", "CZK", "HUF", "RON", "USD")
_MISSING: dict[str, LazyString] = {
    "one_idea": _l("This way of voting asks about one idea. Choose exactly one."),
    "twice": _l("One idea stands on the list twice."),
    "titles": _l("Give each option a name."),
    "max_choices": _l("People cannot choose more than there is."),
    "none_makes_no_sense": _l("\u201cNone of these\u201d makes no sense in this way of voting."),
    "points": _l("Say how many there are to give."),
    "seats": _l("The short list must be shorter than the list of options."),
    "total": _l("Say how much money there is."),
    "costs": _l("Say what this costs."),
    "too_expensive": _l("This costs more than all the money there is."),
    "deadline": _l("The vote must end later than now."),
    "nobody": _l("Nobody can vote yet. Members come in with their card first."),
    "scrutineers": _l("Choose two members, or nobody."),
    "outside": _l("This vote was held outside. Its result is here already."),
    "halves": _l("Two members keep the key. Both must write down their half first."),
    "changed": _l("Something changed in the meantime. Nothing was lost."),
    "not_later": _l("A vote can only end later than it does now, never earlier."),
}


def missing_words(error: NotPrepared) -> str:
    """What a ballot lacks before it can be kept, checked, opened or extended."""
    if str(error) == "options":
        return _("A vote needs 2 to %(most)s options.", most=MAX_OPTIONS)
    return str(_MISSING[str(error)])


def few_words(newcomers: int, neighbours: int) -> list[str]:
    """What a moderator must know before opening a ballot for small groups, a sentence or two for each; `neighbours`:
    0 where none get a ballot of their own."""
    few = []
    if newcomers < OUTCOME_FLOOR:
        few.append(
            _("Fewer than %(floor)d people can vote. Nothing of the result can go to the municipality.",
              floor=OUTCOME_FLOOR)
        )  # fmt: skip
    if 0 < neighbours < OUTCOME_FLOOR:
        few.append(
            _("Fewer than %(floor)d neighbours can vote. Nothing of their result can go to the municipality.",
              floor=OUTCOME_FLOOR)
        )  # fmt: skip
    return few


def waits_words(waits: Mapping[str, bool]) -> list[str]:
    """What the count of an ended ballot still waits for; see `closing.waits_for`."""
    sentences = {
        "keys_are_in": _("Two members hold the key. Both must bring their half before it is counted."),
        "room_is_in": _("Some people vote in the room. Their votes must be in before it is counted."),
    }
    return [sentences[what] for what, there in waits.items() if not there]
