"""The shapes of the framework: groups, domains and indicators, with their words per language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any


class Kind(StrEnum):
    """`outcome`: can be counted in records. `experience`: only people themselves can tell."""

    OUTCOME = "outcome"
    EXPERIENCE = "experience"


class Basis(StrEnum):
    """What an indicator rests on; an indicator may rest on several."""

    WALES_2023 = "wales_2023"
    FRAMEWORK_RECALLED = "framework_recalled"
    OURS = "ours"


def words(texts: Mapping[str, str], lang: str) -> str:
    """The text in `lang`; English when that is missing, then Dutch."""
    return texts.get(lang) or texts.get("en") or texts["nl"]


def words_lang(texts: Mapping[str, str], lang: str) -> str:
    """The language `words` answers in, for the `lang` attribute."""
    return lang if texts.get(lang) else "en" if texts.get("en") else "nl"


@dataclass(frozen=True)
class Indicator:
    """One thing to look at in a place. `code` is "WRK-01"; `domain` the code of its domain.

    `question` asks people how it is for them, also for an outcome. `direction` only tells how to read a chart.
    """

    code: str
    domain: str
    kind: Kind
    unit: str
    about: str
    basis: tuple[Basis, ...]
    direction: str
    sensitive: bool
    can_be_not_applicable: bool
    titles: Mapping[str, str] = field(hash=False)
    questions: Mapping[str, str] = field(hash=False)
    basis_note: str = ""
    open_data: tuple[Mapping[str, str], ...] = field(default=(), hash=False)

    def title(self, lang: str = "en") -> str:
        """A few words for lists."""
        return words(self.titles, lang)

    def question(self, lang: str = "en") -> str:
        """The question to people, worded so that 5 is the best experience."""
        return words(self.questions, lang)


@dataclass(frozen=True)
class Domain:
    """One of the 14 domains: three-letter code, slug in addresses, tint of the look and name of its pictogram."""

    code: str
    slug: str
    group: str
    order: int
    framework_name: str
    names: Mapping[str, str] = field(hash=False)
    descriptions: Mapping[str, str] = field(hash=False)
    icon: str
    tint: str
    indicators: tuple[Indicator, ...] = field(hash=False)
    place_check: tuple[Mapping[str, str], ...] = field(hash=False)

    def name(self, lang: str = "en") -> str:
        """The full name; the short word on screens is `labels.domain_name`."""
        return words(self.names, lang)

    def description(self, lang: str = "en") -> str:
        """One or two plain sentences."""
        return words(self.descriptions, lang)


@dataclass(frozen=True)
class Group:
    """A group of domains, such as "People around you"."""

    slug: str
    framework_name: str
    names: Mapping[str, str] = field(hash=False)
    descriptions: Mapping[str, str] = field(hash=False)
    domains: tuple[Domain, ...] = field(hash=False)

    def name(self, lang: str = "en") -> str:
        return words(self.names, lang)

    def description(self, lang: str = "en") -> str:
        return words(self.descriptions, lang)


@dataclass(frozen=True)
class Framework:
    """One version of the framework, with its source and the sentence on its use."""

    version: str
    status: str
    source: Mapping[str, Any] = field(hash=False)
    use: Mapping[str, str] = field(hash=False)
    scale: Mapping[str, Any] = field(hash=False)
    groups: tuple[Group, ...] = field(hash=False)
    replaced_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)

    @property
    def domains(self) -> tuple[Domain, ...]:
        """All domains in their order."""
        return tuple(sorted((d for g in self.groups for d in g.domains), key=lambda d: d.order))

    @cached_property
    def by_code(self) -> dict[str, Domain]:
        return {d.code: d for d in self.domains}

    @cached_property
    def indicator_by_code(self) -> dict[str, Indicator]:
        return {i.code: i for d in self.domains for i in d.indicators}
