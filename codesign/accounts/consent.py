"""Which version of the consent page counts; whoever agreed to another one is asked again."""

from __future__ import annotations

# Raised with every change of what templates/accounts/_consent.html promises.
VERSION = "2026-1"
