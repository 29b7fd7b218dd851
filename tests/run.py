"""`make test`: the fast checks first, then the tests without a browser, then those with one."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

BIN = Path(sys.executable).parent
CHECKS = (
    ("style", [BIN / "ruff", "check", "."]),
    ("layout of code", [BIN / "ruff", "format", "--check", "."]),
    ("who may import whom", [BIN / "lint-imports"]),
    ("words", [sys.executable, "-m", "codesign.web.catalogue", "missing", "nl", "ar"]),
    ("types", [BIN / "mypy"]),
)


def run(name: str, command: list[object]) -> bool:
    """Run one step and say how long it took."""
    start = time.monotonic()
    code = subprocess.run([str(c) for c in command]).returncode
    sys.stdout.write(f"[{'ok' if code == 0 else 'FAILED'}] {name}: {time.monotonic() - start:.0f} s\n")
    sys.stdout.flush()
    return code == 0


def main(arguments: list[str]) -> int:
    """0 when everything holds."""
    # All of them, also after one that fails: a reader wants the whole list.
    good = not [name for name, command in CHECKS if not run(name, list(command))]
    if "--checks" in arguments:
        return 0 if good else 1
    workers = str(min(4, os.cpu_count() or 1))
    long = [] if "--all" in arguments else ["not long"]
    if not long:
        os.environ["CODESIGN_TESTS"] = "all"
    plain = " and ".join(["not browser", *long])
    seen = " and ".join(["browser", *long])
    pytest = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    good = run("tests", [*pytest, "-n", workers, "--dist", "worksteal", "-m", plain]) and good
    good = run("tests in a browser", [*pytest, "-n", workers, "--dist", "loadfile", "-m", seen]) and good
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
