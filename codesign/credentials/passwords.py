"""Keeping secrets so that a stolen database does not give them: Argon2id over a pepper that lies outside of it."""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from codesign.settings import Settings

MIN_LENGTH = 15
MAX_LENGTH = 200


@lru_cache(maxsize=4)
def _hasher(cost: str) -> PasswordHasher:
    if cost == "low":
        return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    # The OWASP minimum for Argon2id: 19 MiB, two passes; small enough for sixty people at once.
    return PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


@lru_cache(maxsize=4)
def _nobody(cost: str) -> str:
    return _hasher(cost).hash("nobody has this secret")


def _peppered(secret: str, settings: Settings) -> str:
    return hmac.new(settings.pepper.encode(), secret.encode(), hashlib.sha256).hexdigest()


def hash(secret: str, settings: Settings) -> str:
    """The text to store for `secret`; it differs each time."""
    return _hasher(settings.hash_cost).hash(_peppered(secret, settings))


def verify(stored: str | None, secret: str, settings: Settings) -> bool:
    """Whether `secret` belongs to `stored`; without a stored text it is False after the same work."""
    try:
        right = _hasher(settings.hash_cost).verify(stored or _nobody(settings.hash_cost), _peppered(secret, settings))
    except (VerificationError, InvalidHashError):
        return False
    return right and stored is not None


def is_weak(password: str) -> bool:
    """Whether a password of staff is too short (15 characters at least), too long to be hashed, or too few letters."""
    return not MIN_LENGTH <= len(password) <= MAX_LENGTH or len(set(password)) < 6
