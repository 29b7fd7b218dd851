"""The words of ballots: what there is to choose, how to fill it in, what is wrong with a vote as it was sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from flask_babel.speaklater import LazyString

from codesign.voting.domain import (
    ABSTAIN,
    ADOPT,
    AGREE,
    ANSWERS,
    LET_STAND,
    NO,
    NONE,
    OBJECT,
    SEND_BACK,
    STAND_ASIDE,
    TAKE_BACK,
    YES,
    Category,
    Kind,
    Method,
    Opening,
    Option,
    Problem,
    State,
)
from codesign.voting.money import money
from codesign.web.i18n import _, _l, current_lang, ngettext

KINDS: dict[Kind, LazyString] = {
    Kind.VOTE: _l("Vote"),
    Kind.ADOPTION: _l("Vote on the advice"),
    Kind.RATING: _l("Vote on the answer"),
    Kind.WITHDRAWAL: _l("Vote on taking the advice back"),
}
STATES: dict[State, LazyString] = {
    State.PREPARED: _l("being prepared"),
    State.OPEN: _l("open"),
    State.CLOSED: _l("closed, not yet swept"),
    State.SWEPT: _l("closed"),
    State.VOID: _l("void"),
}
CATEGORIES: dict[Category, LazyString] = {
    Category.NEWCOMERS: _l("newcomers"),
    Category.RESIDENTS: _l("neighbours"),
}
METHODS: dict[Method, LazyString] = {
    Method.APPROVAL: _l("Tick what you agree with"),
    Method.YES_NO: _l("Yes or no"),
    Method.CONSENT: _l("Can everybody live with it?"),
    Method.SCORE: _l("Give each a mark"),
    Method.RANKED: _l("Put them in order"),
    Method.DOTS: _l("Spread your dots"),
    Method.BUDGET: _l("Spend the money"),
    Method.SHORTLIST: _l("Choose a short list together"),
}
_PROBLEMS: dict[Problem, LazyString] = {
    Problem.UNKNOWN_OPTION: _l("Choose from this list only."),
    Problem.NONE_AND_MORE: _l("Choose ideas, or choose \u201cNone of these\u201d. Not both."),
    Problem.REPEATED: _l("You gave one idea two numbers. Give it one."),
    Problem.WRONG_MARK: _l("Choose a number that stands on this page."),
    Problem.SAME_PLACE: _l("Two ideas have the same place. Give each its own place."),
    Problem.OBJECTION_WITHOUT_WORDS: _l("Write what you object to. Then the panel can look for a way."),
    Problem.CODE_WRONG: _l("This is not a code of this vote. Look at the numbers again."),
    Problem.CODE_TAKEN: _l("Somebody else has this code. Here is a new one."),
    Problem.CODE_NEEDED: _l("You voted before. Enter your vote code to change it."),
    Problem.TOO_FAST: _l("Too many wrong codes. Wait a little. Then try again."),
}
# What a vote lacks when nothing was filled in, by method.
_NOTHING: dict[Method, LazyString] = {
    Method.SCORE: _l("Give at least one idea a mark. Or skip this question."),
    Method.RANKED: _l("Give at least one idea a place. Or skip this question."),
    Method.DOTS: _l("Give at least one dot. Or skip this question."),
}
_HOW_TO: dict[Method, LazyString] = {
    Method.YES_NO: _l("Choose one answer. You may say why."),
    Method.CONSENT: _l("Choose one answer. Do you object? Then say why."),
    Method.RANKED: _l("What do you want most? Give it place 1. Then 2, then 3. You may stop at any place."),
}
# What one says of a measure: the words for 0, 1 and 2.
FIT_WORDS: tuple[LazyString, ...] = (_l("It does not fit"), _l("Partly"), _l("It fits"))
# What fixed options say and show: (title, meaning, pictogram).
_FIXED: dict[str, tuple[LazyString, LazyString, str]] = {
    NONE: (_l("None of these"), _l("I have another wish."), "x"),
    ADOPT: (_l("Adopt it"), _l("Send this advice to the municipality."), "check"),
    SEND_BACK: (_l("Send it back"), _l("Something must change first."), "arrow-u-up-left"),
    TAKE_BACK: (_l("Take it back"), _l("The municipality need not answer it."), "arrow-u-up-left"),
    LET_STAND: (_l("Let it stand"), _l("The municipality must still answer it."), "seal-check"),
    "useful": (_l("Useful"), _l("This answer helps us."), "thumbs-up"),
    "partly": (_l("Partly"), _l("Some of it helps us."), "heart-half"),
    "no": (_l("No"), _l("This answer does not help us."), "x"),
}
# The answers to one idea, in the same way; "no" to an idea is another no than "no" to an answer.
_ANSWERS: dict[str, tuple[LazyString, LazyString, str]] = {
    YES: (_l("Yes"), _l("I want this."), "check"),
    NO: (_l("No"), _l("I do not want this."), "x"),
    ABSTAIN: (_l("I leave it to the others"), _l("I do not say yes and not no."), "minus"),
    AGREE: (_l("I agree"), _l("This is good for me."), "check"),
    STAND_ASIDE: (_l("I do not stop it"), _l("I have doubts. It may go on."), "heart-half"),
    OBJECT: (_l("I object"), _l("It must not go on like this."), "prohibit"),
}


@dataclass(frozen=True)
class Choice:
    """An option or answer as a page shows it; cost in whole units, where it has one."""

    key: str
    title: str
    meaning: str
    language: str
    domain: str
    icons: tuple[str, ...]
    cost: int = 0


def _own(key: str, words: tuple[LazyString, LazyString, str]) -> Choice:
    """What the house itself says, in the reader's language."""
    title, meaning, icon = words
    return Choice(key, str(title), str(meaning), current_lang(), "plain", (icon,))


def choice(option: Option) -> Choice:
    """The option in words: in the reader's language where there is a translation, else as it was written."""
    if option.key in _FIXED:
        return _own(option.key, _FIXED[option.key])
    title, meaning, language = option.title, option.meaning, option.language
    if current_lang() in option.translations:
        title, meaning = option.translations[current_lang()]
        language = current_lang()
    return Choice(option.key, title, meaning, language, option.domain, option.icons, option.cost)


def ideas(opening: Opening) -> list[Choice]:
    """What is put to the vote, in words, in the order it was prepared."""
    return [choice(o) for o in opening.options]


def choices(opening: Opening) -> list[Choice]:
    """What a person chooses from: the answers to the one idea, or the ideas with "none of these" last."""
    if opening.method in ANSWERS:
        return [_own(key, _ANSWERS[key]) for key in ANSWERS[opening.method]]
    return [*ideas(opening), *([choice(Option(NONE))] if opening.with_none else [])]


def letters(opening: Opening) -> dict[str, str]:
    """A letter for each option, the same on sheets and in the table of duels: the order differs, and so may the
    language."""
    return {} if opening.method in ANSWERS else dict(zip(opening.option_keys(), ascii_uppercase, strict=False))


def problem_words(problem: Problem, opening: Opening, chosen: Sequence[str] = ()) -> str:
    """What is wrong with a vote as it was sent, and what to do."""
    if problem is Problem.NOTHING_CHOSEN:
        return str(_NOTHING.get(opening.method) or _("Choose at least one. Or skip this question."))
    if problem is Problem.TOO_MANY:
        most = 1 if opening.method in ANSWERS else opening.max_choices
        return ngettext("Choose only one.", "Choose %(num)s at most. Take the tick off the others.", most)
    if problem is Problem.TOO_MANY_DOTS:
        given = sum(int(number) for _key, _colon, number in (text.partition(":") for text in chosen) if number)
        return _("You gave %(given)d dots. You have %(most)d. Take some away.", given=given, most=opening.terms.points)
    if problem is Problem.TOO_EXPENSIVE:
        costs = sum(o.cost for o in opening.options if o.key in chosen)
        return _(
            "Together this costs %(costs)s. There is %(total)s. Take something off.",
            costs=money(costs, opening.terms.currency), total=money(opening.terms.total, opening.terms.currency),
        )  # fmt: skip
    return str(_PROBLEMS[problem])


def how_to(opening: Opening) -> str:
    """How to fill this in, in one line."""
    terms = opening.terms
    if opening.asks_fit:
        return _("Say it for each measure. You may skip one.")
    if opening.method is Method.SCORE:
        return _("Give each idea a mark. %(top)d is the best, 0 the worst.", top=terms.points)
    if opening.method is Method.DOTS:
        return ngettext(
            "You have %(num)s dot. Give it to the idea you want.",
            "You have %(num)s dots. Spread them over the ideas you want.",
            terms.points,
        )
    if opening.method is Method.BUDGET:
        total = money(terms.total, terms.currency)
        if terms.fits:
            return _("There is %(total)s. Choose what we pay from it.", total=total)
        return _("There is %(total)s. Choose everything that is worth its money.", total=total)
    if opening.method is Method.SHORTLIST:
        together = ngettext("We choose %(num)s together.", "We choose %(num)s together.", terms.seats)
        return f"{_how_many(opening)} {together}"
    if opening.method in _HOW_TO:
        return str(_HOW_TO[opening.method])
    return _how_many(opening)


def _how_many(opening: Opening) -> str:
    if opening.max_choices == 1:
        return _("Choose one.")
    if opening.max_choices >= len(opening.options):
        return _("Choose everything you agree with.")
    return ngettext("Choose %(num)s at most.", "Choose %(num)s at most.", opening.max_choices)


def of_people(count: int, of: int) -> str:
    """14 of 19 people."""
    return _("%(on)d of %(of)d people", on=count, of=of)
