"""Digits of any script, as people type them from paper: read as plain digits, spaces and dashes ignored."""

from __future__ import annotations

import unicodedata


def plain(text: str) -> str:
    """The decimal digits of `text` as 0-9; empty when anything but digits, spaces and dashes is in it."""
    found = []
    for c in text:
        if c.isspace() or unicodedata.category(c) in {"Pd", "Cf"}:
            continue
        value = unicodedata.decimal(c, -1)
        if value < 0:
            return ""
        found.append(str(value))
    return "".join(found)
