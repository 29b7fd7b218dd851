"""The shapes of what belongs to the demonstration place and not to a round. Days count from loading."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class HelpWords:
    """Words of a line on sanctions and free help, in one language."""

    title: str
    text: str
    who_decides: str = ""
    how_to_reach: str = ""


@dataclass(frozen=True)
class HelpLine:
    """A line on sanctions and free help: checked on a day, it holds for so many days."""

    part: str
    language: str
    title: str
    text: str
    source: str
    source_day: int
    checked: int
    holds: int
    who_decides: str = ""
    how_to_reach: str = ""
    spoken: tuple[str, ...] = ()
    translations: dict[str, HelpWords] = field(default_factory=dict)


@dataclass(frozen=True)
class Group:
    """A network of the directory, and the day it came in."""

    name: str
    standing: str
    language: str
    does: str
    could: str
    reach: str
    spoken: tuple[str, ...]
    themes: tuple[str, ...]
    day: int


@dataclass(frozen=True)
class CalendarMoment:
    """A moment of the policy calendar; `official` keeps it where one is named, else the first moderator."""

    title: str
    language: str
    kind: str
    decided: int
    source: str
    checked: int
    day: int
    before: int = 0
    official: str = ""


@dataclass(frozen=True)
class Point:
    """A point of the vision, agreed at a gathering (`round/gathering`) of the panel."""

    key: str
    text: str
    gathering: str
    day: int
    themes: tuple[str, ...]
    translations: dict[str, str]


@dataclass(frozen=True)
class Sentence:
    """A sentence a member proposes for the vision, and who says "this is ours too"; `gloss` is never shown."""

    by: str
    text: str
    day: int
    round: str
    themes: tuple[str, ...]
    ours: tuple[str, ...]
    gloss: str = ""


@dataclass(frozen=True)
class Translator:
    """Somebody whom officials can ask to translate."""

    name: str
    mail: str
    languages: tuple[str, ...]


@dataclass(frozen=True)
class HouseStyle:
    """Design tokens of the place, and what its mark (drawn by `pictures`) shows."""

    alternative: str
    tokens: dict[str, str]
