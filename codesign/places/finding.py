"""How a directory of networks is searched: by theme and by language, nothing else, and never in another order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from codesign.web.paging import Page

PER_PAGE = 20


class Findable(Protocol):
    """A network of either store."""

    domains: Any
    languages: Any


T = TypeVar("T", bound=Findable)


@dataclass(frozen=True)
class NetworkSearch:
    """What somebody asked; whatever cannot be read asks for nothing."""

    theme: str = ""
    language: str = ""

    @classmethod
    def read(cls, args: Mapping[str, str], themes: Collection[str]) -> NetworkSearch:
        """From the address."""
        theme, language = args.get("theme", ""), args.get("language", "")
        return cls(theme if theme in themes else "", language if len(language) < 7 else "")

    def among(self, rows: Iterable[T], number: int) -> tuple[Page[T], list[str]]:
        """One page of those that fit, in the order they came; and every language of all of them."""
        every = list(rows)
        fits = [
            row
            for row in every
            if (not self.theme or self.theme in row.domains) and (not self.language or self.language in row.languages)
        ]
        number = max(1, number)
        start = (number - 1) * PER_PAGE
        page = Page(fits[start : start + PER_PAGE], number, len(fits) > start + PER_PAGE)
        return page, sorted({code for row in every for code in row.languages})
