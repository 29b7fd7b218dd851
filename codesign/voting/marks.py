"""What a person chose, read from a form as marks: the same words for phone, tablet and paper; raises NotCast."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from codesign.voting.domain import (
    ANSWERS,
    NONE,
    OBJECT,
    SEND_BACK,
    Marks,
    Method,
    NotCast,
    Opening,
    Problem,
)


def ticks(opening: Opening, chosen: Sequence[str]) -> Marks:
    """Approval, budget, shortlist: ticked options. "None of these" stands alone; the same tick twice counts as one.

    A budget may ask that what one person chooses fits in the money.
    """
    keys = set(chosen)
    if not keys:
        raise NotCast(Problem.NOTHING_CHOSEN)
    if not keys <= set(opening.choice_keys()):
        raise NotCast(Problem.UNKNOWN_OPTION)
    if NONE in keys and len(keys) > 1:
        raise NotCast(Problem.NONE_AND_MORE)
    if len(keys) > opening.max_choices:
        raise NotCast(Problem.TOO_MANY)
    if opening.method is Method.BUDGET and opening.terms.fits:
        costs = {o.key: o.cost for o in opening.options}
        if sum(costs.get(key, 0) for key in keys) > opening.terms.total:
            raise NotCast(Problem.TOO_EXPENSIVE)
    return dict.fromkeys(sorted(keys), 1)


def answer(opening: Opening, chosen: Sequence[str]) -> Marks:
    """Yes / no / abstain, and consent: exactly one answer."""
    keys = set(chosen)
    if not keys:
        raise NotCast(Problem.NOTHING_CHOSEN)
    if not keys <= set(opening.choice_keys()):
        raise NotCast(Problem.UNKNOWN_OPTION)
    if len(keys) > 1:
        raise NotCast(Problem.TOO_MANY)
    return {keys.pop(): 1}


def _numbers(opening: Opening, chosen: Sequence[str]) -> dict[str, int]:
    """Marks written "option:number"; an empty number is a skipped option."""
    found: dict[str, int] = {}
    for text in chosen:
        key, _colon, number = text.partition(":")
        if key not in opening.option_keys():
            raise NotCast(Problem.UNKNOWN_OPTION)
        if not number:
            continue
        if not (number.isascii() and number.isdecimal() and len(number) <= 4):
            raise NotCast(Problem.WRONG_MARK)
        if found.setdefault(key, int(number)) != int(number):
            raise NotCast(Problem.REPEATED)
    return found


def score(opening: Opening, chosen: Sequence[str]) -> Marks:
    """A mark from 0 to the top for each option one has an opinion on; at least one."""
    found = _numbers(opening, chosen)
    if not found:
        raise NotCast(Problem.NOTHING_CHOSEN)
    if max(found.values()) > opening.terms.points:
        raise NotCast(Problem.WRONG_MARK)
    return dict(sorted(found.items()))


def dots(opening: Opening, chosen: Sequence[str]) -> Marks:
    """At most so many dots in all, at least one; an option without dots has no mark."""
    found = {key: number for key, number in _numbers(opening, chosen).items() if number}
    if not found:
        raise NotCast(Problem.NOTHING_CHOSEN)
    if sum(found.values()) > opening.terms.points:
        raise NotCast(Problem.TOO_MANY_DOTS)
    return dict(sorted(found.items()))


def ranks(opening: Opening, chosen: Sequence[str]) -> Marks:
    """Places from 1, no two alike; what has no place stands below all that have one. Gaps between places close up."""
    found = _numbers(opening, chosen)
    if not found:
        raise NotCast(Problem.NOTHING_CHOSEN)
    if not all(1 <= place <= len(opening.options) for place in found.values()):
        raise NotCast(Problem.WRONG_MARK)
    if len(set(found.values())) != len(found):
        raise NotCast(Problem.SAME_PLACE)
    places = {place: new for new, place in enumerate(sorted(found.values()), start=1)}
    return {key: places[place] for key, place in sorted(found.items())}


def kept_words(opening: Opening, given: Marks, words: str) -> str:
    """The words that go with a choice: kept where the method or the answer asks for them; an objection needs them."""
    kept = words.strip() if opening.method in ANSWERS or SEND_BACK in given else ""
    if OBJECT in given and not kept:
        raise NotCast(Problem.OBJECTION_WITHOUT_WORDS)
    return kept


def written(opening: Opening, marks: Marks) -> list[str]:
    """The marks as a form sends them: the reverse of reading."""
    if opening.method in {Method.SCORE, Method.DOTS, Method.RANKED}:
        return [f"{key}:{number}" for key, number in marks.items()]
    return list(marks)


def ranking(marks: Mapping[str, int]) -> list[str]:
    """Option keys from first to last place."""
    return sorted(marks, key=lambda key: marks[key])
