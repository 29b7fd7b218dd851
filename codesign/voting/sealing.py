"""Sealing a vote so that only the ballot's own key opens it (and two halves held by members, where they hold any)."""

from __future__ import annotations

import json
from collections.abc import Sequence

from nacl.bindings import sodium_pad, sodium_unpad
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from codesign.voting.domain import ANSWERS, Damaged, Kind, Opening, Vote, canonical

# Longer than any vote of its sort can be (bytes), so that the length says nothing about the choice.
_BLOCK, _BLOCK_WITH_WORDS = 512, 3072


def block(opening: Opening) -> int:
    """How long every vote of this ballot is made: longer where a voter may add words."""
    words = opening.kind is Kind.ADOPTION or opening.method in ANSWERS
    return _BLOCK_WITH_WORDS if words else _BLOCK


def seal(vote: Vote, opening: Opening) -> bytes:
    """The sealed slip: libsodium sealed box over the padded vote, for the public key of this ballot.

    Where two members hold halves of the key, their boxes go around it, one in the other: it opens only with both.
    """
    payload = canonical({"code": vote.code, "marks": dict(vote.marks), "sign": vote.sign, "reason": vote.reason})
    if len(payload) >= block(opening):
        raise ValueError("a vote longer than its ballot allows")
    sealed = sodium_pad(payload, block(opening))
    for key in (opening.public_key, *opening.scrutineers):
        sealed = SealedBox(PublicKey(bytes.fromhex(key))).encrypt(sealed)
    return bytes(sealed)


def unseal(sealed: bytes, private_keys: Sequence[bytes], opening: Opening) -> Vote:
    """Open one slip with the ballot's private key and the halves, in the order of sealing.

    Raises Damaged when it was not sealed for this ballot or was changed.
    """
    try:
        for key in reversed(private_keys):
            sealed = SealedBox(PrivateKey(key)).decrypt(sealed)
        found = json.loads(sodium_unpad(sealed, block(opening)))
        return Vote(
            code=str(found["code"]), marks={str(k): int(v) for k, v in found["marks"].items()},
            sign=str(found["sign"]), reason=str(found["reason"]),
        )  # fmt: skip
    except (CryptoError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Damaged("a slip cannot be opened") from error
