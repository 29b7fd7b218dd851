"""Money in a reader's words: whole units of a currency, never cents, in the digits and places of their language."""

from __future__ import annotations

from babel.numbers import format_decimal, get_currency_symbol
from flask_babel import get_locale

# Kept with the number on one line, and as one piece in a text that runs the other way.
_ISOLATE = "\u2066%s\u2069"


def money(amount: int, currency: str) -> str:
    """An amount with its sign, such as "€ 1,200"."""
    return _ISOLATE % f"{get_currency_symbol(currency, locale=get_locale())}\u00a0{number(amount)}"


def number(value: int) -> str:
    """A whole number with its thousands apart, in western digits."""
    return str(format_decimal(value, locale=get_locale(), numbering_system="latn"))
