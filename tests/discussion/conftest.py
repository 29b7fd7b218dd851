"""What tests of members' words share."""

from worlds import world

__all__ = ["world"]
