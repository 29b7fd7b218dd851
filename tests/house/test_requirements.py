"""docs/requirements.md tells the truth: each test it names exists, and each test of a requirement stands in it."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| (R\d\d) \| .* \| (.*?) \|$", re.MULTILINE)
NAMED = re.compile(r"^def (test_(R\d\d)_\w+)", re.MULTILINE)


def named_tests() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for path in (ROOT / "tests").rglob("test_*.py"):
        for name, requirement in NAMED.findall(path.read_text()):
            found.setdefault(requirement, set()).add(f"{path.relative_to(ROOT / 'tests')}::{name}")
    return found


def test_the_table_of_requirements_is_true():
    rows = dict(ROW.findall((ROOT / "docs" / "requirements.md").read_text()))
    assert len(rows) == 42
    found = named_tests()
    wrong = {}
    for requirement, cell in rows.items():
        listed = set(re.findall(r"`([^`]+)`", cell))
        if listed != found.get(requirement, set()) or (not listed and cell != "not yet"):
            wrong[requirement] = (listed, found.get(requirement, set()))
    assert wrong == {}


def test_this_issue_shows_its_requirements():
    owed = ["R01", "R02", "R05", "R07", "R11", "R12", "R13", "R14", "R21", "R28", "R31", "R33", "R34", "R40"]
    assert [r for r in owed if r not in named_tests()] == []
