"""The secret keys of a ballot: one small file outside database and backups, and how it is made, read and destroyed."""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from nacl.public import PrivateKey

_NAME = re.compile(r"^ballot-[0-9]+-[0-9a-f]{16}$")
_SIZE = 32


class KeysMissing(LookupError):
    """The keys of this ballot are not here: after a restore without them, its votes cannot be opened."""


@dataclass(frozen=True)
class Keys:
    """The private half of the sealing pair, and the secret behind the vote codes (32 bytes each)."""

    private: bytes
    codes: bytes

    @property
    def public(self) -> str:
        """The public half, in hex: anybody may know it."""
        return bytes(PrivateKey(self.private).public_key).hex()


def _path(folder: Path, name: str) -> Path:
    if not _NAME.match(name):
        raise KeysMissing("no name of a key")
    return folder / f"{name}.key"


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make(folder: Path, ballot_id: int) -> tuple[str, Keys]:
    """Make the keys of a ballot and write them down (file 0600 in a folder 0700); returns their name and the keys.

    The name has a random part: a ballot restored from an old backup never meets the keys of another one.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    name = f"ballot-{ballot_id}-{secrets.token_hex(8)}"
    keys = Keys(bytes(PrivateKey.generate()), secrets.token_bytes(_SIZE))
    handle = os.open(_path(folder, name), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(keys.private + keys.codes)
        file.flush()
        os.fsync(file.fileno())
    _sync(folder)
    return name, keys


def load(folder: Path, name: str | None) -> Keys:
    """Read the keys (never kept in memory); raises KeysMissing when they are gone or damaged."""
    try:
        data = _path(folder, name or "").read_bytes()
    except FileNotFoundError as error:
        raise KeysMissing("the keys of this ballot are gone") from error
    if len(data) != 2 * _SIZE:
        raise KeysMissing("the keys of this ballot are damaged")
    return Keys(data[:_SIZE], data[_SIZE:])


def present(folder: Path, name: str | None) -> bool:
    """Whether the keys can be read."""
    try:
        load(folder, name)
    except KeysMissing:
        return False
    return True


def destroy(folder: Path, ballot_id: int) -> None:
    """Overwrite and remove every key of a ballot, also those of an opening that was rolled back; safe to do twice."""
    if not folder.is_dir():
        return
    for path in folder.glob(f"ballot-{int(ballot_id)}-*.key"):
        with path.open("r+b") as file:
            file.write(secrets.token_bytes(2 * _SIZE))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    _sync(folder)
