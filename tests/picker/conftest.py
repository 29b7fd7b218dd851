"""The worlds of advice, for choosing evidence in them."""

from __future__ import annotations

from advice.conftest import drafted, world  # noqa: F401
