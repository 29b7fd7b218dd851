"""The printed card: 16 digits (5 card number, 10 secret, 1 check digit) and a token of 128 bits for the square code."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from codesign.credentials.digits import plain

NUMBER, SECRET = 5, 10
LENGTH = NUMBER + SECRET + 1

# Damm's quasigroup of order 10: finds each single wrong digit and each swap of neighbours.
# Source: H. M. Damm, Total anti-symmetrische Quasigruppen, Marburg 2004.
_DAMM = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip


@dataclass(frozen=True)
class NewCard:
    """A card as it is printed, once: nothing of it but hashes is stored. `number` names the card and is not secret."""

    number: str
    secret: str
    token: str

    @property
    def digits(self) -> str:
        """The 16 digits, without spaces."""
        return self.number + self.secret + check_digit(self.number + self.secret)

    @property
    def groups(self) -> list[str]:
        """The 16 digits in four groups, as they stand on the card."""
        return [self.digits[i : i + 4] for i in range(0, LENGTH, 4)]


def new() -> NewCard:
    """A card nobody has seen; whoever stores it sees to it that its number is free."""
    number = f"{secrets.randbelow(10**NUMBER):0{NUMBER}}"
    return NewCard(number, f"{secrets.randbelow(10**SECRET):0{SECRET}}", secrets.token_urlsafe(16))


def check_digit(digits: str) -> str:
    """Damm's check digit of plain digits."""
    state = 0
    for c in digits:
        state = int(_DAMM[state][int(c)])
    return str(state)


def read(text: str) -> tuple[str, str] | None:
    """Card number and secret from what somebody typed, in any script; None when digits are missing or mistyped."""
    digits = plain(text)
    if len(digits) != LENGTH or check_digit(digits[:-1]) != digits[-1]:
        return None
    return digits[:NUMBER], digits[NUMBER:-1]
