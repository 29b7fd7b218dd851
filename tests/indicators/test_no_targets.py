"""R35: no target, norm, rank or overall score has a place: in no table of either store, in no framework file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from houses import House

from codesign.db import BASES, Store
from codesign.indicators import source

FORBIDDEN = {
    "target", "targets", "norm", "norms", "benchmark", "ranking", "rank", "league", "kpi", "traffic", "stoplight",
}  # fmt: skip
FORBIDDEN_WHOLE = {"goal_value", "score_total", "total_score", "overall_score", "target_value"}


def forbidden(name: str) -> bool:
    return name.lower() in FORBIDDEN_WHOLE or bool(FORBIDDEN & set(re.split(r"[^a-z]+", name.lower())))


def keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield str(key)
            yield from keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner)


@pytest.mark.parametrize("name", ["target", "norm_value", "rank", "city_ranking", "goal_value", "score_total"])
def test_R35_the_check_knows_such_names(name: str) -> None:
    assert forbidden(name)
    assert not forbidden("support_count")
    assert not forbidden("normal")


@pytest.mark.parametrize("store", list(Store))
def test_R35_no_table_has_a_field_for_a_target_or_rank(house: House, store: Store) -> None:
    tables = BASES[store].metadata.sorted_tables
    assert tables, "the models are loaded with the doors"
    found = [f"{t.name}.{c.name}" for t in tables for c in t.columns if forbidden(c.name) or forbidden(t.name)]
    assert found == []


def test_R35_no_framework_file_has_a_field_for_a_target_or_rank() -> None:
    for path in source.files():
        names = set(keys(yaml.safe_load(path.read_text(encoding="utf-8"))))
        # The two switches that say no are the only ones that may name the thing.
        assert not [n for n in names if forbidden(re.sub("(targets|rankings)_allowed", "", n))]
