"""The machine that does what waits: deliveries over the wall, acts that are due, mail, and the journal's chain."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import datetime

import structlog

from codesign.web.clock import now

log = structlog.get_logger()
Task = Callable[[datetime], int]


class Worker:
    """Runs its tasks in turn, every few seconds, in a thread of its own; one that fails is tried again."""

    def __init__(self, tasks: Sequence[Task], seconds: float = 2.0) -> None:
        self.tasks, self.seconds = tasks, seconds
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self.run, name="codesign-worker", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End after the task that runs now."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(10)

    def once(self) -> int:
        """Run each task one time; returns how much was done."""
        done = 0
        for task in self.tasks:
            try:
                done += task(now())
            except Exception as error:  # a store that is down now may be up at the next turn
                log.error("task_failed", kind=type(error).__name__)
        return done

    def run(self) -> None:
        """Run the tasks again and again in this thread, until `stop` is called from another."""
        while not self._stop.wait(self.seconds):
            self.once()
