"""The map of the house in the docs names every package, in the order of the layers."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def packages():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    there = {path.parent.name for path in (ROOT / "codesign").glob("*/__init__.py")}
    rows = [re.findall(r"\w+", layer) for layer in layers]
    return [[name for name in row if name in there] for row in rows]


def test_each_package_has_a_line_in_the_map_for_developers_in_the_order_of_the_layers():
    shown = re.findall(r"^\| `(\w+)` \|", (ROOT / "docs/developers.md").read_text(), re.MULTILINE)
    assert sorted(shown) == sorted(name for row in packages() for name in row)
    level = {name: n for n, row in enumerate(packages()) for name in row}
    assert [level[name] for name in shown] == sorted(level[name] for name in shown)


def test_the_readme_names_each_package():
    rows = [line for line in (ROOT / "README.md").read_text().splitlines() if line.startswith("| `codesign/")]
    named = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`]+)`", " ".join(rows)))))
    assert {name for row in packages() for name in row} <= named
