"""What tests of the directory share."""

from worlds import world

__all__ = ["world"]
