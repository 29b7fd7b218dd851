"""Wrong tries of one test are forgotten before the next."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _no_delays(request):
    """Start without delays."""
    if "house" in request.fixturenames:
        request.getfixturevalue("house").panel.extensions["delays"].clear()
