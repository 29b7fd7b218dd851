"""Closing what was read from a sheet, so that only the ballot's own key opens it: after the count nobody can."""

from __future__ import annotations

import hashlib
import json

from nacl.bindings import sodium_pad, sodium_unpad
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from codesign.room.domain import Sheet
from codesign.voting.domain import Damaged, canonical

# Longer than any sheet can be (bytes), so that the length says nothing about the choice.
_BLOCK = 3072


def _box(secret: bytes) -> SecretBox:
    """XSalsa20-Poly1305 under a key derived from the secret behind the vote codes (BLAKE2b, a purpose of its own)."""
    return SecretBox(hashlib.blake2b(key=secret, digest_size=32, person=b"codesign-room").digest())


def close(sheet: Sheet, secret: bytes) -> bytes:
    """The sheet as it is stored; `secret`: `keys.Keys.codes` of its ballot."""
    payload = canonical(
        {"code": sheet.code, "marks": dict(sheet.marks), "reason": sheet.reason, "spoiled": sheet.spoiled}
    )
    return bytes(_box(secret).encrypt(sodium_pad(payload, _BLOCK)))


def read(closed: bytes, secret: bytes) -> Sheet:
    """The stored sheet; raises Damaged when it was changed or belongs to another ballot."""
    try:
        found = json.loads(sodium_unpad(_box(secret).decrypt(closed), _BLOCK))
        return Sheet(
            str(found["code"]), {str(k): int(v) for k, v in found["marks"].items()}, str(found["reason"]),
            bool(found["spoiled"]),
        )  # fmt: skip
    except (CryptoError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Damaged("an entered sheet cannot be read") from error
