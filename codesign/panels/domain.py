"""Templates of rounds, levels of participation, quorum and majority, and who is not heard yet: pure values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from codesign.rules.phases import Phase

# Below this many people a group is joined with others, so that nobody can be pointed at.
SMALL = 5


class Level(StrEnum):
    """How far what the panel says reaches; declared before a round opens (R33)."""

    CONSULT = "consult"
    ADVISE = "advise"
    CO_PRODUCE = "co_produce"
    CO_DECIDE = "co_decide"


class Template(StrEnum):
    """The kinds of round a moderator can start from."""

    EXPERT_POOL = "expert_pool"
    ONE_EVENING = "one_evening"
    WRITTEN = "written"
    UNASKED = "unasked"


# Days each phase takes. The default follows the expert-pool method of Dutch practice: long listening, with interviews
# by members in between; the answer takes the term of the place, so it has no days here.
_DAYS: Mapping[Template, Sequence[tuple[Phase, int]]] = {
    Template.EXPERT_POOL: (
        (Phase.LISTENING, 28), (Phase.PROPOSING, 21), (Phase.DISCUSSING, 14), (Phase.VOTING, 7), (Phase.ADVISING, 21),
    ),
    Template.ONE_EVENING: (
        (Phase.LISTENING, 0), (Phase.PROPOSING, 0), (Phase.DISCUSSING, 0), (Phase.VOTING, 1), (Phase.ADVISING, 14),
    ),
    Template.WRITTEN: (
        (Phase.LISTENING, 14), (Phase.PROPOSING, 14), (Phase.DISCUSSING, 14), (Phase.VOTING, 7), (Phase.ADVISING, 14),
    ),
    Template.UNASKED: (
        (Phase.LISTENING, 7), (Phase.PROPOSING, 14), (Phase.DISCUSSING, 14), (Phase.VOTING, 7), (Phase.ADVISING, 14),
    ),
}  # fmt: skip
FOLLOW_UP_DAYS = 182


@dataclass(frozen=True)
class Step:
    """One planned phase; a plan tells people when, it never changes the phase by itself."""

    phase: Phase
    starts_on: date
    ends_on: date


def plan(template: Template, first_day: date, answer_weeks: int) -> list[Step]:
    """The planned phases of a round that begins on `first_day`, with `answer_weeks` for the municipality."""
    days = [*_DAYS[template], (Phase.ANSWERING, answer_weeks * 7), (Phase.FOLLOWING, FOLLOW_UP_DAYS)]
    steps, day = [], first_day
    for phase, length in days:
        last = day + timedelta(days=max(length - 1, 0))
        steps.append(Step(phase, day, last))
        day = last + timedelta(days=1) if length else day
    return steps


def share(percent: int) -> Fraction:
    """A stored percentage as the exact share people mean: 33, 67 and 34 are thirds."""
    thirds = {33: Fraction(1, 3), 34: Fraction(1, 3), 66: Fraction(2, 3), 67: Fraction(2, 3)}
    return thirds.get(percent, Fraction(percent, 100))


def quorum_needed(electorate: int, quorum: int) -> int:
    """How many of `electorate` people must vote: the share `quorum` (percent), rounded up, and never nobody."""
    wanted = electorate * share(quorum)
    return max(1, -(-wanted.numerator // wanted.denominator))


def has_majority(in_favour: int, voters: int, majority: int) -> bool:
    """Whether the share is reached: at 50 more than half, above that at least the share."""
    if voters <= 0:
        return False
    reached = Fraction(in_favour, voters)
    return reached > share(majority) if majority == 50 else reached >= share(majority)


@dataclass(frozen=True)
class Group:
    """People of one language (or of several, joined): how many were heard, of how many. No name, no id."""

    languages: tuple[str, ...]
    heard: int
    people: int


def who_is_heard(languages: Mapping[int, str], heard: Iterable[int]) -> list[Group]:
    """Groups of five people or more by language, the smaller ones joined; nothing when the rest stays under five.

    `languages` says for each person which language they use, `heard` who told, wrote or supported in this step. A
    remainder under five is joined to the smallest group that is shown, so it cannot be found by subtracting.
    """
    said = set(heard)
    by_language: dict[str, list[int]] = {}
    for person, language in languages.items():
        by_language.setdefault(language, []).append(person)
    large = {k: v for k, v in by_language.items() if len(v) >= SMALL}
    small = {k: v for k, v in by_language.items() if len(v) < SMALL}
    joined = [(k, v) for k, v in sorted(large.items(), key=lambda item: (-len(item[1]), item[0]))]
    groups: list[tuple[tuple[str, ...], list[int]]] = [((code,), people) for code, people in joined]
    rest = [person for people in small.values() for person in people]
    if small and len(rest) >= SMALL:
        groups.append((tuple(sorted(small)), rest))
    elif small and groups:
        codes, people = groups.pop()
        groups.append((tuple(sorted({*codes, *small})), [*people, *rest]))
    return [Group(codes, len(said & set(people)), len(people)) for codes, people in groups]
