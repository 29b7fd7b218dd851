"""Files that were drawn before, kept in memory by the digest of what they were drawn from."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable

from codesign.places.house_style import Style


def both(digest: str, style: Style | None) -> str:
    """The name of what is drawn from a document: its digest, and that of the style it is drawn in."""
    return f"{digest}-{style.digest}" if style else digest


class Kept:
    """At most so many files; the one nobody asked for longest goes first. Safe between threads."""

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, threading.Lock()
        self._files: OrderedDict[str, bytes] = OrderedDict()

    def get(self, name: str, draw: Callable[[], bytes]) -> bytes:
        """The file of this name, drawn when it is not here; two who ask at once may both draw the same bytes."""
        with self._lock:
            if name in self._files:
                self._files.move_to_end(name)
                return self._files[name]
        made = draw()
        with self._lock:
            self._files[name] = made
            while len(self._files) > self._most:
                self._files.popitem(last=False)
        return made
