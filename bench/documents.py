"""How much work and memory an advice takes as PDF, Word, OpenDocument and leaflet; the table of docs/performance.md."""

from __future__ import annotations

import io
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import pikepdf

from codesign.documents.domain import MOST_BYTES, digest, freeze
from codesign.documents.render import files
from codesign.documents.render.leaflet import leaflet
from codesign.documents.render.pdf import draw, pdf
from tests.documents.large import advice

_TURNS = 7
CASES = {
    "as people write it, four languages": ("en", ("en",), 0),
    "20 pages, Arabic and Tigrinya": ("ar", ("ar", "ti"), 118_000),
    "the longest in English": ("en", ("en",), MOST_BYTES - 2_000),
    "the longest in Arabic": ("ar", ("ar",), MOST_BYTES - 2_000),
}


def worked() -> float:
    """Seconds of work of this process and of those it started (a long PDF is drawn apart)."""
    apart = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + apart.ru_utime + apart.ru_stime


def median(made: Callable[[int], object], turns: int = _TURNS) -> float:
    """The median of so many runs, each of another document, in seconds of work of all processors together."""
    made(0)
    times = []
    for n in range(1, turns + 1):
        began = worked()
        made(n)
        times.append(worked() - began)
    return statistics.median(times)


def row(name: str) -> str:
    """One line of the table, measured in this process."""
    language, languages, size = CASES[name]
    whole = advice(language, languages, size)
    turns = _TURNS if size < MOST_BYTES / 2 else 2

    def other(n: int) -> bytes:
        return freeze("advice", {**whole, "panel": f"Panel {n}"})

    def sheet(n: int) -> bytes:
        short = {**whole["in_short"][0], "text": f"{n}. {whole['in_short'][0]['text']}"}
        return leaflet(whole, short, "https://record.example.org/advice/veldhaven/2026-3")

    stored = other(0)
    pages = len(pikepdf.open(io.BytesIO(draw(whole, digest(stored)))).pages)
    seconds = [
        median(make, turns)
        for make in (lambda n: pdf(other(n)), lambda n: files.docx(other(n)), lambda n: files.odt(other(n)), sheet)
    ]
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    memory, apart = (resource.getrusage(w).ru_maxrss // 1024 for w in who)
    cells = " | ".join(f"{s:.2f}" for s in seconds)
    return f"| {name} | {pages} | {len(stored) // 1000} | {cells} | {memory} | {apart or ''} |"


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.stdout.write(row(sys.argv[1]) + "\n")
    else:
        sys.stdout.write(
            "| advice | pages | KB | PDF s | Word s | OpenDocument s | leaflet s | memory MB | of a process apart |\n"
        )
        sys.stdout.write("|---|---|---|---|---|---|---|---|---|\n")
        for case in CASES:
            # A process each, so that the memory is its own.
            sys.stdout.write(
                subprocess.run([sys.executable, __file__, case], stdout=subprocess.PIPE, text=True, check=True).stdout
            )
            sys.stdout.flush()
