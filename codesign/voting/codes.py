"""Vote codes: eight random digits and four that check them, bound to one ballot and to nobody."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from codesign.credentials.digits import plain

RANDOM_DIGITS = 8
CHECK_DIGITS = 4
LENGTH = RANDOM_DIGITS + CHECK_DIGITS


def _mac(secret: bytes, purpose: bytes, ballot_id: int, text: str, size: int) -> bytes:
    """Keyed BLAKE2b; `purpose` (at most 16 bytes) keeps the uses of one secret apart."""
    message = f"{ballot_id}:{text}".encode()
    return hashlib.blake2b(message, key=secret, digest_size=size, person=purpose).digest()


def check_digits(secret: bytes, ballot_id: int, random_part: str, *, room: bool = False) -> str:
    """The four digits that only this ballot's key can make: a MAC over ballot and random part, nothing else.

    room: for the codes of sheets and tablets. They are others than those of phones: whoever saw the code of a sheet can
    neither use it up nor change that vote from a phone. Once the key is destroyed nobody can tell the two apart.
    """
    purpose = b"codesign-in-room" if room else b"codesign-check"
    number = int.from_bytes(_mac(secret, purpose, ballot_id, random_part, 16), "big")
    return f"{number % 10**CHECK_DIGITS:0{CHECK_DIGITS}d}"


def new_code(secret: bytes, ballot_id: int, *, room: bool = False) -> str:
    """A fresh code of twelve digits; it is shown, and kept nowhere. room: for a sheet or a tablet."""
    random_part = f"{secrets.randbelow(10**RANDOM_DIGITS):0{RANDOM_DIGITS}d}"
    return random_part + check_digits(secret, ballot_id, random_part, room=room)


def read_code(secret: bytes, ballot_id: int, typed: str, *, room: bool = False) -> str | None:
    """The twelve digits of a code as typed, in any script and with spaces; None when it is no code of this ballot, or
    one for the other place: `room` says where it is typed."""
    digits = plain(typed[:60])
    if len(digits) != LENGTH:
        return None
    random_part, check = digits[:RANDOM_DIGITS], digits[RANDOM_DIGITS:]
    return digits if hmac.compare_digest(check, check_digits(secret, ballot_id, random_part, room=room)) else None


def code_key(secret: bytes, ballot_id: int, code: str) -> bytes:
    """The name under which a slip is stored: a keyed hash of its code (32 bytes)."""
    return _mac(secret, b"codesign-slip", ballot_id, code, 32)


def spaced(code: str) -> str:
    """A code as it is shown: three groups of four."""
    return " ".join(code[i : i + 4] for i in range(0, LENGTH, 4))
