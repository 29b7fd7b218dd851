"""What the sentences of "why is this the result?" share: names of options, money, and parts of a vote in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from codesign.voting import labels
from codesign.voting.domain import Opening
from codesign.voting.money import money
from codesign.voting.outcome_labels import isolated, listed
from codesign.web.i18n import _

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Words:
    """The words of one ballot: its options by key, and the sign of its money."""

    titles: Mapping[str, str]
    currency: str = ""

    @classmethod
    def of(cls, opening: Opening) -> Words:
        """The words of the ballot that was opened like this, in the reader's language where there is a translation."""
        return cls({o.key: labels.choice(o).title for o in opening.options}, opening.terms.currency)

    def one(self, key: str) -> str:
        """The name of an option."""
        return isolated(self.titles[key])

    def some(self, keys: Sequence[str]) -> str:
        """Names of options: "A, B and C"."""
        return listed([self.titles[key] for key in keys])

    def money(self, amount: int | str) -> str:
        """An amount of this ballot's money; where it has parts of a unit ("1000/3") rounded, and "about" said."""
        exact = Fraction(amount)
        if exact.denominator == 1:
            return money(int(exact), self.currency)
        return _("about %(money)s", money=money(round(exact), self.currency))


def portion(number: str) -> str:
    """A number with parts as people write it: "15/2" as "7 1/2", "3" as "3"."""
    exact = Fraction(number)
    whole, rest = divmod(exact.numerator, exact.denominator)
    if not rest:
        return str(whole)
    part = f"\u2066{rest}/{exact.denominator}\u2069"
    return f"{whole} {part}" if whole else part


Sentence = Callable[[Values, Words], str]
