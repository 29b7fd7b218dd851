"""From bytes to lines and numbers, with the reason where that does not go."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from codesign.counting.files.domain import BrokenFile

MOST_BYTES = 500_000_000
MOST_OPTIONS = 2_000
MOST_DIGITS = 15
# The same limit for all sums: amounts stay within what numpy's whole numbers hold, with room for adding them up.
MOST_VOTERS = 100_000_000
MOST_DECIMALS = 4

_AMOUNT = re.compile(r"-?\d+(?:[.,]\d+)?")


def lines(data: bytes) -> list[str]:
    """The lines of a UTF-8 text, without their ends; lines end with LF or CRLF only."""
    if len(data) > MOST_BYTES:
        raise BrokenFile(1, f"The file has more than {MOST_BYTES // 1_000_000} million bytes.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BrokenFile(data.count(b"\n", 0, error.start) + 1, "This is not UTF-8 text.") from error
    if "\x00" in text:
        raise BrokenFile(text.count("\n", 0, text.index("\x00")) + 1, "This is not text: a zero byte stands here.")
    if not text.strip():
        raise BrokenFile(1, "The file is empty.")
    return [line.removesuffix("\r") for line in text.split("\n")]


def whole(text: str, line: int, what: str, most: int = 10**MOST_DIGITS) -> int:
    """A whole number from 0; `what` names it in the reason."""
    found = text.strip()
    if not (found.isascii() and found.isdigit()):
        raise BrokenFile(line, f"{what} must be a whole number, not {shown(found)}.")
    digits = found.lstrip("0") or "0"
    if len(digits) > MOST_DIGITS or int(digits) > most:
        raise BrokenFile(line, f"{what} is too large: {shown(found)}.")
    return int(digits)


def amount(text: str, line: int, what: str, negative: bool = False) -> Decimal:
    """An exact amount such as 1200, 1200.50 or 1200,50."""
    found = text.strip()
    if not _AMOUNT.fullmatch(found) or not found.isascii():
        raise BrokenFile(line, f"{what} must be a number, not {shown(found)}.")
    if found.startswith("-") and not negative:
        raise BrokenFile(line, f"{what} is below zero: {shown(found)}.")
    before, _, after = found.lstrip("-").replace(",", ".").partition(".")
    if len(before.lstrip("0")) > MOST_DIGITS:
        raise BrokenFile(line, f"{what} is too large: {shown(found)}.")
    if len(after.rstrip("0")) > MOST_DECIMALS:
        raise BrokenFile(line, f"{what} has more than {MOST_DECIMALS} decimals: {shown(found)}.")
    return Decimal(found.replace(",", "."))


def unit_of(amounts: Sequence[Decimal]) -> int:
    """The power of ten that makes all of these whole numbers."""
    deepest = max((-int(a.normalize().as_tuple().exponent) for a in amounts), default=0)
    return int(10 ** max(deepest, 0))


def shown(text: str) -> str:
    """Words of a file as a reason quotes them: short, in quotation marks."""
    return f"“{text[:40]}…”" if len(text) > 40 else f"“{text}”"
