"""All views of the room, gathered: importing this module joins them to the blueprint."""

from __future__ import annotations

from codesign.room import desk, member, papers, printing, tablet_pages
from codesign.room.blueprint import bp

__all__ = ["bp", "desk", "member", "papers", "printing", "tablet_pages"]
