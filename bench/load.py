"""Asking a server many times from a few threads, and reading what it cost: latency, CPU of a process tree, SQL."""

from __future__ import annotations

import http.client
import os
import statistics
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Measured:
    """What a run cost: requests a second, milliseconds at p50 and p95, CPU milliseconds a request, bytes of a page."""

    name: str
    per_second: float
    p50: float
    p95: float
    cpu_app: float
    cpu_db: float
    size: int


def cpu_seconds(root: int) -> float:
    """CPU time used so far by a process and all below it."""
    children: dict[int, list[int]] = {}
    used: dict[int, float] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        pid = int(path.parent.name)
        children.setdefault(int(fields[1]), []).append(pid)
        used[pid] = sum(int(fields[i]) for i in (11, 12, 13, 14)) / TICKS
    total, todo = 0.0, [root]
    while todo:
        pid = todo.pop()
        total += used.get(pid, 0.0)
        todo += children.get(pid, [])
    return total


def ask(port: int, path: str, headers: dict[str, str]) -> tuple[int, bytes]:
    """One GET over a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers=headers)
    reply = connection.getresponse()
    body = reply.read()
    connection.close()
    return reply.status, body


def run(
    name: str, jobs: Sequence[Callable[[], tuple[int, bytes]]], app_pid: int, db_pid: int | None, threads: int = 4
) -> Measured:
    """Do every job once, from `threads` threads; a reply that is no success ends the run with an error."""
    times: list[float] = []
    sizes: list[int] = []
    todo = list(jobs)
    lock = threading.Lock()
    wrong: list[int] = []

    def work() -> None:
        while True:
            with lock:
                if not todo:
                    return
                job = todo.pop()
            start = time.perf_counter()
            status, body = job()
            took = (time.perf_counter() - start) * 1000
            with lock:
                times.append(took)
                sizes.append(len(body))
                if status >= 400:
                    wrong.append(status)

    app_before, db_before = cpu_seconds(app_pid), cpu_seconds(db_pid) if db_pid else 0.0
    began = time.perf_counter()
    workers = [threading.Thread(target=work) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    wall = time.perf_counter() - began
    if wrong:
        raise SystemExit(f"{name}: replies with status {sorted(set(wrong))}")
    count = len(times)
    app = (cpu_seconds(app_pid) - app_before) * 1000 / count
    database = ((cpu_seconds(db_pid) if db_pid else 0.0) - db_before) * 1000 / count
    ordered = sorted(times)
    return Measured(
        name,
        count / wall,
        statistics.median(ordered),
        ordered[int(count * 0.95)],
        app,
        database,
        int(statistics.median(sizes)),
    )
