"""What tests of the page share."""

from worlds import world

__all__ = ["world"]
