"""Makes the fixtures: random elections from a fixed seed, counted by independent libraries; see README.md beside it.

Run it in an environment of its own: `python tests/oracles/make_fixtures.py [kind ...]`.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from importlib.metadata import version
from pathlib import Path
from random import Random

from counted import COUNTS
from elections import election

SEED = 20261123
HOW_MANY = 400
# Streams whose elections a search found (of some 45,000): the items bought are the same at two ends of many raises, and
# others in between, so that raising by leaps must not look at the ends only.
FOUND = {"raises": ("1 882", "1 5145", "1 7981", "1 9505", "1 12615", "2 4138", "2 15728", "2 21717", "2 34482")}
HERE = Path(__file__).parent / "fixtures"
LIBRARIES = ("pref_voting", "pabutools", "abcvoting", "networkx", "numpy")


def main(kinds: list[str]) -> None:
    """Write one file a kind."""
    HERE.mkdir(exist_ok=True)
    versions = {name: version(name) for name in LIBRARIES}
    for kind in kinds or COUNTS:
        start = time.perf_counter()
        streams = [f"{SEED} {kind} {number}" for number in range(HOW_MANY)]
        elections = [election(Random(stream), kind) for stream in (*streams, *FOUND.get(kind, ()))]
        rows = [made | {"found": COUNTS[kind](made)} for made in elections]
        text = json.dumps({"kind": kind, "seed": SEED, "made_by": versions, "elections": rows}, separators=(",", ":"))
        # No time and no file name inside, so that the same seed and versions make the same bytes.
        path = HERE / f"{kind}.json.gz"
        path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
        took = time.perf_counter() - start
        sys.stdout.write(f"{kind}: {len(rows)} elections, {path.stat().st_size} bytes, {took:.1f} s\n")


if __name__ == "__main__":
    main(sys.argv[1:])
