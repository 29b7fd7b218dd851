"""Delays shared by several processes through Redis, and going on without it."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from datetime import UTC, datetime, timedelta

import pytest
from houses import missing

from codesign.credentials.delays import Delays

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def server(tmp_path):
    """A Redis of our own, and its address."""
    program = shutil.which("redis-server")
    if program is None:
        missing("Redis")
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    process = subprocess.Popen(
        [str(program), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)],
        stdout=subprocess.DEVNULL,
    )
    for _try in range(50):
        with socket.socket() as s:
            if s.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    yield f"redis://127.0.0.1:{port}/0", process
    process.terminate()
    process.wait(10)


def test_a_second_process_sees_the_wrong_tries_of_the_first(server):
    url, _process = server
    one, two = Delays(url), Delays(url)
    for _try in range(4):
        one.wrong("k", NOW)
    assert two.wait("k", NOW) == 10
    two.right("k", NOW)
    assert Delays(url).wait("k", NOW) == 0


def test_when_redis_dies_each_process_goes_on_with_what_it_saw_itself(server):
    url, process = server
    delays = Delays(url)
    for _try in range(4):
        delays.wrong("k", NOW)
    process.terminate()
    process.wait(10)
    assert delays.wait("k", NOW) == 10
    delays.wrong("k", NOW + timedelta(seconds=10))
    assert delays.wait("k", NOW + timedelta(seconds=10)) == 20
