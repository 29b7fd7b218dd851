"""A half of the key, as a person keeps it on paper: forty digits, from which the half of a sealing pair is derived."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from nacl.public import PrivateKey

from codesign.credentials.digits import plain

# 38 random digits are 126 bits; two more find a slip of the pen (97 is prime: one wrong digit, or two changed places).
RANDOM_DIGITS = 38
LENGTH = 40
_GROUP = 4


def new_half() -> str:
    """Forty fresh digits; they are shown once, and kept nowhere."""
    random_part = f"{secrets.randbelow(10**RANDOM_DIGITS):0{RANDOM_DIGITS}d}"
    return random_part + _check(random_part)


def _check(random_part: str) -> str:
    return f"{98 - int(random_part) * 100 % 97:02d}"


def read_half(typed: str) -> str | None:
    """The forty digits as somebody typed them, in any script and with spaces; None when a digit cannot be right."""
    digits = plain(typed[:200])
    if len(digits) != LENGTH or not hmac.compare_digest(_check(digits[:RANDOM_DIGITS]), digits[RANDOM_DIGITS:]):
        return None
    return digits


def private_half(half: str) -> bytes:
    """The private key these digits stand for (32 bytes; BLAKE2b, a purpose of its own)."""
    return hashlib.blake2b(half.encode(), digest_size=32, person=b"codesign-half").digest()


def public_half(half: str) -> str:
    """The public side of a half, in hex: anybody may know it."""
    return bytes(PrivateKey(private_half(half)).public_key).hex()


def spaced(half: str) -> str:
    """A half as it is shown: ten groups of four."""
    return " ".join(half[i : i + _GROUP] for i in range(0, LENGTH, _GROUP))


def _path(folder: Path, ballot_id: int, place: int) -> Path:
    # Named like the ballot's other keys, so that destroying those destroys this too.
    return folder / f"ballot-{int(ballot_id)}-half{int(place)}.key"


def keep(folder: Path, ballot_id: int, place: int, half: str) -> None:
    """Lay a half that was handed in beside the ballot's keys, until the count (file 0600, outside the database)."""
    handle = os.open(_path(folder, ballot_id, place), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(half.encode())
        file.flush()
        os.fsync(file.fileno())


def handed_in(folder: Path, ballot_id: int, place: int) -> str | None:
    """The half that was handed in, or None."""
    try:
        return _path(folder, ballot_id, place).read_text(encoding="ascii")
    except FileNotFoundError:
        return None
