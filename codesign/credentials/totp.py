"""The six digits of an authenticator app (RFC 6238); a step that was used is never accepted again."""

from __future__ import annotations

import hmac
from datetime import datetime

import pyotp

from codesign.credentials.digits import plain

STEP = 30
# One step of clock difference either way.
WINDOW = 1


def new_secret() -> str:
    """A secret of 160 random bits in base32."""
    return pyotp.random_base32(32)


def uri(secret: str, login: str, issuer: str) -> str:
    """The address an authenticator app reads from the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=issuer)


def verify(secret: str, code: str, last_step: int | None, now: datetime) -> int | None:
    """The step (30 s counted from 1970) the code belongs to, to be stored; None when it is wrong or was used before."""
    digits = plain(code)
    if len(digits) != 6:
        return None
    current = int(now.timestamp()) // STEP
    found = None
    for step in range(current - WINDOW, current + WINDOW + 1):
        right = hmac.compare_digest(pyotp.TOTP(secret).at(step * STEP), digits)
        if right and (last_step is None or step > last_step):
            found = step
    return found
