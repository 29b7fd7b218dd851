"""The worked examples as plain values, fresh for each test."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from codesign.documents.render import press

HERE = Path(__file__).parent


@pytest.fixture(autouse=True)
def _drawn_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hundreds of files are drawn in this process, for speed; test_limits draws apart too, and compares the bytes."""
    monkeypatch.setattr(press, "_apart", press._compiled)


def load(name: str) -> dict[str, Any]:
    """The example document of this name."""
    found: dict[str, Any] = json.loads((HERE / f"example_{name}.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture
def example() -> Any:
    """`example("advice")`: the worked example of a kind."""
    return load
