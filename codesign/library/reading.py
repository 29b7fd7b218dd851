"""Reading lists for officials: for each theme a few publications: title, maker, year, address, day of the check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).parent / "data" / "reading.yaml"
MOST = 3


@dataclass(frozen=True)
class Reading:
    """One publication. `language`: that of its title; `checked_on`: when title, maker, year and address were held
    against what `checked` names."""

    title: str
    maker: str
    year: int
    language: str
    address: str
    checked_on: date
    checked: str


@cache
def reading() -> Mapping[str, tuple[Reading, ...]]:
    """Theme to its publications, at most three, in the order of the file."""
    whole = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    items = {key: Reading(**item) for key, item in whole["publications"].items()}
    return {code: tuple(items[key] for key in keys) for code, keys in whole["themes"].items()}


def reading_for(code: str) -> tuple[Reading, ...]:
    """What to read about a theme; nothing for a theme without a list."""
    return reading().get(code, ())
