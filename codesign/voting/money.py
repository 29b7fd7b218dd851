"""Money in a reader's words: whole units of a currency, never cents, in the digits and places of their language."""

from __future__ import annotations

from fractions import Fraction

from babel.numbers import format_decimal, get_currency_symbol
from flask_babel import get_locale

# Kept with the number on one line, and as one piece in a text that runs the other way.
_ISOLATE = "\u2066%s\u2069"


def money(amount: int | str | Fraction, currency: str) -> str:
    """An amount with its sign, such as "€ 1,200"; a fraction such as "1/3" or "200/3" is cut off to whole units."""
    whole = int(Fraction(amount))
    return _ISOLATE % f"{get_currency_symbol(currency, locale=get_locale())}\u00a0{number(whole)}"


def number(value: int) -> str:
    """A whole number with its thousands apart, in western digits."""
    return str(format_decimal(value, locale=get_locale(), numbering_system="latn"))
