"""The worked examples as plain values, fresh for each test."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent


def load(name: str) -> dict[str, Any]:
    """The example document of this name."""
    found: dict[str, Any] = json.loads((HERE / f"example_{name}.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture
def example() -> Any:
    """`example("advice")`: the worked example of a kind."""
    return load
