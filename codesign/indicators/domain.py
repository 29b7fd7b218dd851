"""The framework: what a code means, in which version, and which experience question goes with an outcome.

Source: the domain structure of the Home Office *Indicators of Integration* framework 2019 (Open Government Licence
v3.0); wording, codes and questions are ours. What each indicator rests on stands in its `basis`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from codesign.indicators import source
from codesign.indicators.values import Basis, Domain, Framework, Group, Indicator, Kind, words, words_lang

__all__ = [
    "Basis",
    "Domain",
    "Framework",
    "Group",
    "Indicator",
    "Kind",
    "Library",
    "UnknownCode",
    "domain",
    "domain_codes",
    "domain_of_slug",
    "framework",
    "indicator",
    "latest",
    "library",
    "needs_experience",
    "without_experience",
    "words",
    "words_lang",
]


class UnknownCode(KeyError):
    """No version of the framework has this code."""


@dataclass(frozen=True)
class Library:
    """All versions of the framework we hold, oldest first; old codes keep their meaning when a new version comes."""

    versions: tuple[Framework, ...] = field(hash=False)

    def latest(self) -> Framework:
        return self.versions[-1]

    def framework(self, version: str | None = None) -> Framework:
        """That version, or the latest; raises `UnknownCode` when we do not hold it."""
        if version is None:
            return self.latest()
        for found in self.versions:
            if found.version == version:
                return found
        raise UnknownCode(version)

    def _places(self, version: str | None) -> Iterator[Framework]:
        if version is None:
            yield from reversed(self.versions)
        else:
            yield self.framework(version)

    def domain(self, code: str, version: str | None = None) -> Domain:
        """The domain as that version says it; without a version the newest that still has it."""
        for found in self._places(version):
            if code in found.by_code:
                return found.by_code[code]
        raise UnknownCode(code)

    def indicator(self, code: str, version: str | None = None) -> Indicator:
        """The indicator as that version says it; without a version the newest that still has it."""
        for found in self._places(version):
            if code in found.indicator_by_code:
                return found.indicator_by_code[code]
        raise UnknownCode(code)

    def current(self, code: str, version: str) -> tuple[Indicator, ...]:
        """What stands in the latest version for a code of an older one: the same, what replaced it, or nothing."""
        self.indicator(code, version)
        later = self.versions[self.versions.index(self.framework(version)) + 1 :]
        codes: tuple[str, ...] = (code,)
        for found in later:
            codes = tuple(
                dict.fromkeys(
                    new
                    for old in codes
                    for new in found.replaced_by.get(old, (old,) if old in found.indicator_by_code else ())
                )
            )
        return tuple(self.latest().indicator_by_code[c] for c in codes)


@cache
def library() -> Library:
    """The versions that came with the package, read once per process."""
    return Library(tuple(source.read_file(path) for path in source.files()))


def framework(version: str | None = None) -> Framework:
    """That version of the framework, or the latest; raises `UnknownCode`."""
    return library().framework(version)


def latest() -> Framework:
    """The newest version: what new proposals point to."""
    return library().latest()


def domain(code: str, version: str | None = None) -> Domain:
    """The domain with this three-letter code; raises `UnknownCode`."""
    return library().domain(code, version)


def domain_of_slug(slug: str) -> Domain | None:
    """The domain with this slug, or None."""
    return next((d for d in latest().domains if d.slug == slug), None)


def domain_codes() -> tuple[str, ...]:
    """The codes of all domains in their order."""
    return tuple(d.code for d in latest().domains)


def indicator(code: str, version: str | None = None) -> Indicator:
    """The indicator with this code; raises `UnknownCode`."""
    return library().indicator(code, version)


def needs_experience(item: Indicator) -> tuple[Indicator, ...]:
    """The experience questions one of which must go with an outcome indicator (R26); none for an experience one."""
    if item.kind is Kind.EXPERIENCE:
        return ()
    return tuple(i for i in domain(item.domain).indicators if i.kind is Kind.EXPERIENCE)


def without_experience(codes: Iterable[str], version: str | None = None) -> tuple[str, ...]:
    """The outcome indicators among `codes` that stand without an experience question of their own domain (R26)."""
    chosen = [indicator(code, version) for code in dict.fromkeys(codes)]
    told = {i.domain for i in chosen if i.kind is Kind.EXPERIENCE}
    return tuple(i.code for i in chosen if i.kind is Kind.OUTCOME and i.domain not in told)
