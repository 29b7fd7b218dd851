"""Every setting, read from the environment (CODESIGN_*), with its default and its reason."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path


class BadSettings(ValueError):
    """The settings do not allow a start; the sentences say what to mend."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def _about(name: str, why: str) -> dict[str, str]:
    return {"env": f"CODESIGN_{name}", "why": why}


@dataclass(frozen=True)
class Settings:
    """The settings of one process; `from_environment` reads them, `problems` judges them."""

    production: bool = field(
        default=False, metadata=_about("PRODUCTION", "1 in production: default keys, http and demo are refused")
    )
    instance: str = field(
        default="instance", metadata=_about("INSTANCE", "folder of the SQLite files, ballot keys and uploads")
    )
    voices_url: str = field(
        default="",
        metadata=_about("VOICES_URL", "database of the voices; empty: SQLite file voices.db in the instance folder"),
    )
    record_url: str = field(
        default="",
        metadata=_about("RECORD_URL", "database of the record; empty: SQLite file record.db in the instance folder"),
    )
    panel_key: str = field(
        default="development-panel-key-not-for-production",
        metadata=_about("PANEL_KEY", "signs cookies of the panel door; 32 characters or more"),
    )
    record_key: str = field(
        default="development-record-key-not-for-production",
        metadata=_about("RECORD_KEY", "signs cookies of the record door; 32 characters or more, another one"),
    )
    pepper: str = field(
        default="development-pepper-not-for-production",
        metadata=_about("PEPPER", "mixed into every password, PIN and card hash; kept outside the database"),
    )
    key_dir: str = field(
        default="",
        metadata=_about(
            "KEY_DIR", "folder of the ballot keys, outside database and backups; empty: keys in the instance folder"
        ),
    )
    panel_port: int = field(default=8000, metadata=_about("PANEL_PORT", "port of the panel door"))
    record_port: int = field(default=8001, metadata=_about("RECORD_PORT", "port of the record door"))
    listen: str = field(default="127.0.0.1", metadata=_about("LISTEN", "address both doors listen on"))
    panel_url: str = field(
        default="",
        metadata=_about(
            "PANEL_BASE",
            "address people use for the panel door, such as https://panel.example.org; empty: loopback and port",
        ),
    )
    record_base: str = field(
        default="", metadata=_about("RECORD_BASE", "address people use for the record door; empty: loopback and port")
    )
    trusted_hosts: str = field(
        default="",
        metadata=_about("TRUSTED_HOSTS", "host names the doors answer to, comma separated; needed in production"),
    )
    proxies: int = field(
        default=0, metadata=_about("PROXIES", "how many reverse proxies stand in front and set X-Forwarded-*")
    )
    redis_url: str = field(
        default="",
        metadata=_about("REDIS_URL", "shared delays after wrong tries; empty: kept in memory of each process"),
    )
    smtp_url: str = field(
        default="",
        metadata=_about(
            "SMTP_URL", "smtp://user:password@host:port for mail to officials; empty: mail waits in the store"
        ),
    )
    mail_from: str = field(default="codesign@localhost", metadata=_about("MAIL_FROM", "sender of mail"))
    default_language: str = field(default="nl", metadata=_about("LANGUAGE", "language for whoever has not chosen"))
    hash_cost: str = field(
        default="normal", metadata=_about("HASH_COST", "normal, or low in tests: cost of password hashing")
    )
    largest_report: int = field(
        default=10_000_000,
        metadata=_about(
            "LARGEST_REPORT",
            "largest file of a report in bytes, 20000000 at most; it is kept in both stores and crosses the wall whole",
        ),
    )
    name: str = field(
        default="",
        metadata=_about("NAME", "name of this installation, for others that import what it shares; empty: its host"),
    )
    security_contact: str = field(
        default="mailto:security@localhost", metadata=_about("SECURITY_CONTACT", "for security.txt")
    )

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read the settings; an unreadable number raises `BadSettings`."""
        environ = os.environ if environ is None else environ
        values: dict[str, object] = {}
        problems = []
        for f in fields(cls):
            raw = environ.get(f.metadata["env"])
            if raw is None:
                continue
            if isinstance(f.default, bool):
                values[f.name] = raw.strip().lower() in {"1", "true", "yes", "on"}
            elif isinstance(f.default, int):
                try:
                    values[f.name] = int(raw)
                except ValueError:
                    problems.append(f"{f.metadata['env']} must be a whole number, not {raw!r}.")
            else:
                values[f.name] = raw
        if problems:
            raise BadSettings(problems)
        return cls(**values)  # type: ignore[arg-type]

    def database_url(self, store: str) -> str:
        """The SQLAlchemy URL of the store `voices` or `record`."""
        given = self.voices_url if store == "voices" else self.record_url
        if given:
            return given.replace("postgres://", "postgresql://", 1)
        return f"sqlite:///{self.instance_path / (store + '.db')}"

    @property
    def instance_path(self) -> Path:
        return Path(self.instance).resolve()

    @property
    def keys(self) -> Path:
        """The folder of the ballot keys."""
        return Path(self.key_dir).resolve() if self.key_dir else self.instance_path / "keys"

    def base(self, door: str) -> str:
        """The address people use for the door `panel` or `record`, without a slash at the end."""
        given, port = (self.panel_url, self.panel_port) if door == "panel" else (self.record_base, self.record_port)
        return given.rstrip("/") or f"http://127.0.0.1:{port}"

    def problems(self, doors: tuple[str, ...] = ("panel", "record")) -> list[str]:
        """What forbids a start, in sentences; empty when all is well."""
        found: list[str] = []
        if not 1 <= self.largest_report <= 20_000_000:
            found.append("CODESIGN_LARGEST_REPORT must be a number from 1 to 20000000.")
        if not self.production:
            return found
        for name, value in (("PANEL_KEY", self.panel_key), ("RECORD_KEY", self.record_key), ("PEPPER", self.pepper)):
            if name == "PANEL_KEY" and "panel" not in doors:
                continue
            if "not-for-production" in value or len(value) < 32:
                found.append(f"CODESIGN_{name} must be a secret of 32 characters or more.")
        if self.panel_key == self.record_key:
            found.append("CODESIGN_PANEL_KEY and CODESIGN_RECORD_KEY must differ.")
        if not self.trusted_hosts:
            found.append("CODESIGN_TRUSTED_HOSTS must name the hosts the doors answer to.")
        for door in doors:
            if not self.base(door).startswith("https://"):
                found.append(f"The address of the {door} door must start with https://.")
        if self.hash_cost != "normal":
            found.append("CODESIGN_HASH_COST must be normal.")
        return found
