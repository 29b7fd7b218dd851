"""The six digits only the member knows, and which of them anybody would guess first."""

from __future__ import annotations

from itertools import pairwise

from codesign.credentials.digits import plain

LENGTH = 6


def read(text: str) -> str | None:
    """The PIN in plain digits; None when it is not six digits."""
    digits = plain(text)
    return digits if len(digits) == LENGTH else None


def is_weak(pin: str) -> bool:
    """Whether a PIN is among the first ones tried: one or two digits only, a run, a repeated half or pair."""
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    return len(set(pin)) < 3 or steps in ({1}, {9}) or pin[:3] == pin[3:] or pin[:2] * 3 == pin
