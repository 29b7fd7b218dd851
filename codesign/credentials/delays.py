"""Growing delays after wrong tries: no lock, so nobody can be shut out; they hold when Redis is down."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import redis
import structlog

log = structlog.get_logger()


@dataclass(frozen=True)
class Pace:
    """How many tries are free, the first delay, the longest delay, and when wrong tries are forgotten (seconds)."""

    free: int = 3
    first: int = 5
    longest: int = 900
    forget: int = 86_400

    def delay(self, wrong: int) -> int:
        """Seconds to wait after the last of `wrong` wrong tries."""
        over = wrong - self.free
        return 0 if over < 0 else min(self.first * 2 ** min(over, 20), self.longest)


# A card, a login or a PIN: one person's own mistakes.
PERSON = Pace()
# An address may be a whole reception centre.
ADDRESS = Pace(free=60, first=2, longest=60, forget=3_600)


class Delays:
    """Counts wrong tries by key; in memory always, and in Redis as well where it is set and answers."""

    def __init__(self, redis_url: str = "", keep: int = 20_000) -> None:
        self._tries: OrderedDict[str, tuple[int, datetime]] = OrderedDict()
        self._keep = keep
        self._lock = threading.Lock()
        self._redis: Any = (
            redis.Redis.from_url(redis_url, socket_timeout=0.3, socket_connect_timeout=0.3, decode_responses=True)
            if redis_url
            else None
        )
        self._redis_again: datetime | None = None

    def wait(self, key: str, now: datetime, pace: Pace = PERSON) -> int:
        """Seconds until the next try is looked at; 0 when it is looked at now."""
        wrong, last = self._read(_name(key), now)
        if last is None or now - last > timedelta(seconds=pace.forget):
            return 0
        left = pace.delay(wrong) - (now - last).total_seconds()
        return max(0, int(left + 0.999))

    def begin(self, key: str, now: datetime, pace: Pace = PERSON) -> int:
        """Begin a try: seconds to wait first, or 0 and the try counts as wrong until `right` says otherwise.

        Counting before looking keeps a hundred tries at once from being looked at for the price of one.
        """
        seconds = self.wait(key, now, pace)
        if seconds == 0:
            self.wrong(key, now, pace)
        return seconds

    def wrong(self, key: str, now: datetime, pace: Pace = PERSON) -> None:
        """Count one wrong try."""
        name = _name(key)
        seen, last = self._read(name, now)
        fresh = last is None or now - last <= timedelta(seconds=pace.forget)
        with self._lock:
            here, _last = self._tries.get(name, (0, None))
            count = max(here, seen) + 1 if fresh else 1
            self._tries[name] = (count, now)
            self._tries.move_to_end(name)
            while len(self._tries) > self._keep:
                self._tries.popitem(last=False)
        self._ask(now, lambda r: r.set(name, f"{count}@{now.isoformat()}", ex=pace.forget))

    def right(self, key: str, now: datetime) -> None:
        """Forget the wrong tries of a key."""
        with self._lock:
            self._tries.pop(_name(key), None)
        self._ask(now, lambda r: r.delete(_name(key)))

    def clear(self) -> None:
        """Forget everything in this process (tests)."""
        with self._lock:
            self._tries.clear()

    def _read(self, name: str, now: datetime) -> tuple[int, datetime | None]:
        with self._lock:
            wrong, last = self._tries.get(name, (0, None))
        shared = self._ask(now, lambda r: r.get(name))
        if shared:
            count, _, at = shared.partition("@")
            if int(count) > wrong:
                return int(count), datetime.fromisoformat(at)
        return wrong, last

    def _ask(self, now: datetime, question: Any) -> Any:
        """Ask Redis; when it does not answer, go on without it for half a minute."""
        if self._redis is None or (self._redis_again is not None and now < self._redis_again):
            return None
        try:
            answer = question(self._redis)
            self._redis_again = None
            return answer
        except (redis.RedisError, OSError) as error:
            self._redis_again = now + timedelta(seconds=30)
            log.warning("delays_without_redis", kind=type(error).__name__)
            return None


def _name(key: str) -> str:
    """Keys hold logins and addresses, so only their digest is kept."""
    return "codesign:delay:" + hashlib.sha256(key.encode()).hexdigest()[:32]
