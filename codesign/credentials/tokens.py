"""One-time and session tokens: random, and kept only as a digest."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from codesign.settings import Settings


def new() -> str:
    """A token of 256 random bits, safe in an address."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What is stored of a token: with 128 random bits or more a plain SHA-256 is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def keyed(purpose: str, value: str, settings: Settings) -> bytes:
    """32 bytes that only this installation can derive from `value`, different for each purpose."""
    return hmac.new(settings.pepper.encode(), f"{purpose}\x1f{value}".encode(), hashlib.sha256).digest()


def base32(raw: bytes) -> str:
    """Bytes in the alphabet authenticator apps read, without padding (20 bytes: 32 letters)."""
    return base64.b32encode(raw).decode().rstrip("=")
