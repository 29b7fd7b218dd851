"""What tests of the vision share."""

from worlds import world

__all__ = ["world"]
