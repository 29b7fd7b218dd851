"""The desk of Veldhaven for each test."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

sys.path.insert(0, str(Path(__file__).parent))

from responses_desk import Desk


@pytest.fixture
def desk(session: Session) -> Desk:
    """Advice 2026-3 waits at Veldhaven."""
    return Desk(session)
