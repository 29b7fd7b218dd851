"""Delays after wrong tries: they grow, never lock, count before looking, and hold when Redis is down."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from codesign.credentials.delays import ADDRESS, PERSON, Delays

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


def test_a_few_tries_are_free_and_then_the_delay_doubles_up_to_a_quarter_of_an_hour():
    assert [PERSON.delay(n) for n in range(1, 8)] == [0, 0, 5, 10, 20, 40, 80]
    assert PERSON.delay(500) == 900


def test_one_can_always_try_again_after_waiting():
    delays, now = Delays(), NOW
    for _try in range(40):
        seconds = delays.begin("card:12345", now)
        if seconds:
            now += timedelta(seconds=seconds)
            assert delays.begin("card:12345", now) == 0


def test_the_right_secret_ends_the_delay():
    delays = Delays()
    for _try in range(5):
        delays.wrong("k", NOW)
    assert delays.wait("k", NOW) > 0
    delays.right("k", NOW)
    assert delays.wait("k", NOW) == 0


def test_a_day_later_the_wrong_tries_are_forgotten():
    delays = Delays()
    for _try in range(9):
        delays.wrong("k", NOW)
    later = NOW + timedelta(days=1, seconds=1)
    assert delays.wait("k", later) == 0
    delays.wrong("k", later)
    assert delays.wait("k", later) == 0


def test_one_key_does_not_slow_another():
    delays = Delays()
    for _try in range(9):
        delays.wrong("card:1", NOW)
    assert delays.wait("card:2", NOW) == 0


def test_a_whole_reception_centre_may_mistype_from_one_address():
    delays = Delays()
    for _try in range(59):
        delays.wrong("address:1", NOW, ADDRESS)
    assert delays.wait("address:1", NOW, ADDRESS) == 0
    for _try in range(20):
        delays.wrong("address:1", NOW, ADDRESS)
    assert 0 < delays.wait("address:1", NOW, ADDRESS) <= 60


def test_a_hundred_tries_at_once_are_counted_one_by_one():
    delays = Delays()
    with ThreadPoolExecutor(16) as pool:
        waits = list(pool.map(lambda _n: delays.begin("k", NOW), range(100)))
    # One thread more may slip between reading and counting; a hundred may not.
    assert sum(1 for w in waits if w == 0) <= 16


def test_they_hold_when_redis_does_not_answer():
    delays = Delays("redis://127.0.0.1:1/0")
    for _try in range(4):
        delays.wrong("k", NOW)
    assert delays.wait("k", NOW) == 10


def test_no_key_is_kept_in_plain():
    delays = Delays()
    delays.wrong("login:noor", NOW)
    assert "noor" not in "".join(delays._tries)


def test_memory_does_not_grow_without_end():
    delays = Delays(keep=10)
    for n in range(100):
        delays.wrong(f"card:{n}", NOW)
    assert len(delays._tries) == 10
