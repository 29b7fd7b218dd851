"""Sealing a vote so that only the ballot's own key opens it, and every sealed vote is equally long."""

from __future__ import annotations

import json

from nacl.bindings import sodium_pad, sodium_unpad
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from codesign.voting.domain import Damaged, Kind, Vote, canonical

# Longer than any vote of its kind can be (bytes), so that the length says nothing about the choice.
BLOCK = {Kind.VOTE: 512, Kind.RATING: 512, Kind.ADOPTION: 3072}


def seal(vote: Vote, public_key: str, kind: Kind) -> bytes:
    """The sealed slip: libsodium sealed box over the padded vote; `public_key` in hex."""
    payload = canonical({"code": vote.code, "marks": dict(vote.marks), "sign": vote.sign, "reason": vote.reason})
    if len(payload) >= BLOCK[kind]:
        raise ValueError("a vote longer than its ballot allows")
    box = SealedBox(PublicKey(bytes.fromhex(public_key)))
    return bytes(box.encrypt(sodium_pad(payload, BLOCK[kind])))


def unseal(sealed: bytes, private_key: bytes, kind: Kind) -> Vote:
    """Open one slip; raises Damaged when it was not sealed for this ballot or was changed."""
    try:
        padded = SealedBox(PrivateKey(private_key)).decrypt(sealed)
        found = json.loads(sodium_unpad(padded, BLOCK[kind]))
        return Vote(
            code=str(found["code"]), marks={str(k): int(v) for k, v in found["marks"].items()},
            sign=str(found["sign"]), reason=str(found["reason"]),
        )  # fmt: skip
    except (CryptoError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Damaged("a slip cannot be opened") from error
