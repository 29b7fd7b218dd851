"""The words of ballots: what was chosen, what is wrong, how it ended and why, each a plain sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel.speaklater import LazyString

from codesign.rules.disclosure import OUTCOME_FLOOR
from codesign.voting.domain import (
    ADOPT,
    MAX_OPTIONS,
    NONE,
    SEND_BACK,
    Category,
    Kind,
    Method,
    NotPrepared,
    Opening,
    Option,
    Problem,
    State,
)
from codesign.voting.outcomes import Tally, decide
from codesign.web.i18n import _, _l, current_lang, ngettext

KINDS: dict[Kind, LazyString] = {
    Kind.VOTE: _l("Vote"),
    Kind.ADOPTION: _l("Vote on the advice"),
    Kind.RATING: _l("Vote on the answer"),
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
    Problem.NOTHING_CHOSEN: _l("Choose at least one. Or skip this question."),
    Problem.UNKNOWN_OPTION: _l("Choose from this list only."),
    Problem.NONE_AND_MORE: _l("Choose ideas, or choose \u201cNone of these\u201d. Not both."),
    Problem.CODE_WRONG: _l("This is not a code of this vote. Look at the numbers again."),
    Problem.CODE_TAKEN: _l("Somebody else has this code. Here is a new one."),
    Problem.CODE_NEEDED: _l("You voted before. Enter your vote code to change it."),
    Problem.TOO_FAST: _l("Too many wrong codes. Wait a little. Then try again."),
}
_MISSING: dict[str, LazyString] = {
    "twice": _l("One idea stands on the list twice."),
    "titles": _l("Give each option a name."),
    "max_choices": _l("People cannot choose more than there is."),
    "deadline": _l("The vote must end later than now."),
    "nobody": _l("Nobody can vote yet. Members come in with their card first."),
}
# What fixed options say and show: (title, meaning, pictogram).
_FIXED: dict[str, tuple[LazyString, LazyString, str]] = {
    NONE: (_l("None of these"), _l("I have another wish."), "x"),
    ADOPT: (_l("Adopt it"), _l("Send this advice to the municipality."), "check"),
    SEND_BACK: (_l("Send it back"), _l("Something must change first."), "arrow-u-up-left"),
    "useful": (_l("Useful"), _l("This answer helps us."), "thumbs-up"),
    "partly": (_l("Partly"), _l("Some of it helps us."), "heart-half"),
    "no": (_l("No"), _l("This answer does not help us."), "x"),
}


@dataclass(frozen=True)
class Choice:
    """An option as a page shows it."""

    key: str
    title: str
    meaning: str
    language: str
    domain: str
    icons: tuple[str, ...]


def choice(option: Option) -> Choice:
    """The option in words: as it was frozen, or (fixed options) in the reader's language."""
    if option.key in _FIXED:
        title, meaning, icon = _FIXED[option.key]
        return Choice(option.key, str(title), str(meaning), current_lang(), "plain", (icon,))
    return Choice(option.key, option.title, option.meaning, option.language, option.domain, option.icons)


def choices(opening: Opening) -> list[Choice]:
    """Every option of a ballot, "none of these" last."""
    found = [choice(o) for o in opening.options]
    return [*found, choice(Option(NONE))] if opening.with_none else found


def problem_words(problem: Problem, most: int = 1) -> str:
    """What is wrong with a vote, and what to do."""
    if problem is Problem.TOO_MANY:
        return ngettext(
            "Choose %(num)s at most. Take the tick off the others.",
            "Choose %(num)s at most. Take the tick off the others.",
            most,
        )
    return str(_PROBLEMS[problem])


def missing_words(error: NotPrepared) -> str:
    """What a ballot lacks before it can be kept or opened."""
    if str(error) == "options":
        return _("A vote needs 2 to %(most)s options.", most=MAX_OPTIONS)
    return str(_MISSING[str(error)])


def how_many(opening: Opening) -> str:
    """How many one may choose, in words."""
    if opening.max_choices == 1:
        return _("Choose one.")
    if opening.max_choices >= len(opening.options):
        return _("Choose everything you agree with.")
    return ngettext("Choose %(num)s at most.", "Choose %(num)s at most.", opening.max_choices)


def of_people(count: int, of: int) -> str:
    """14 of 19 people."""
    return _("%(on)d of %(of)d people", on=count, of=of)


def outcome(opening: Opening, tally: Tally) -> str:
    """How it ended, in one or two plain sentences."""
    if not tally.voters:
        return _("Nobody voted.")
    if opening.kind is Kind.ADOPTION:
        return adoption_sentence(opening, tally)
    if not tally.winners:
        return _("Nobody chose one of these.")
    names = [choice(o).title for o in opening.options if o.key in tally.winners]
    count = of_people(tally.counts[tally.winners[0]], tally.voters)
    if len(names) > 1:
        return _("These have the most, and the same: %(names)s. Each: %(count)s.", names=listed(names), count=count)
    return _("%(name)s has the most: %(count)s.", name=f"\u2068{names[0]}\u2069", count=count)


def adoption_sentence(opening: Opening, tally: Tally) -> str:
    """How the panel decided on its advice."""
    decided = decide(opening, tally)
    if not decided.quorum_met:
        return _(
            "Too few people voted: %(count)s. At least %(needed)d were needed.",
            count=of_people(tally.voters, tally.electorate), needed=decided.needed,
        )  # fmt: skip
    count = of_people(decided.in_favour, tally.voters)
    if decided.adopted:
        return _("The panel adopted its advice: %(count)s said yes.", count=count)
    return _("The panel sent its advice back: %(count)s said yes.", count=count)


def why(opening: Opening, tally: Tally) -> list[str]:
    """Why it ended so: the steps of the count, each a sentence a lay person can follow."""
    steps = [
        _("%(count)s voted.", count=of_people(tally.voters, tally.electorate)),
        _("We counted for each choice how many people marked it."),
    ]
    if opening.max_choices > 1:
        steps.append(_("One person could mark %(most)d. So the counts together can be more than the people.",
                       most=opening.max_choices))  # fmt: skip
    if opening.kind is Kind.ADOPTION:
        decided = decide(opening, tally)
        steps.append(_("To adopt, at least %(needed)d people must vote.", needed=decided.needed))
        steps.append(
            _("More than half of them must say yes.")
            if opening.majority == 50
            else _("At least %(share)d of 100 of them must say yes.", share=opening.majority)
        )
        return steps
    steps.append(_("The choice with the most marks stands first."))
    if any(tally.counts[group[0]] for group in tally.ties):
        steps.append(_("Some have the same number. They stand side by side. Nobody decides between them."))
    if tally.none:
        steps.append(_("%(count)s chose none of these.", count=of_people(tally.none, tally.voters)))
    return steps


def listed(names: Sequence[str]) -> str:
    """Names one after the other, each kept in its own direction."""
    return ", ".join(f"\u2068{name}\u2069" for name in names)


def few_words(electorate: int) -> str:
    """What a moderator must know before opening a ballot for a small group; empty when it is not small."""
    if electorate < OUTCOME_FLOOR:
        return _("Fewer than %(floor)d people can vote. Nothing of the result can go to the municipality.",
                 floor=OUTCOME_FLOOR)  # fmt: skip
    return ""
