"""The demonstration place behind both doors, served for real: what pictures, access and budgets look at."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import flask
import sqlalchemy as sa
import waitress
from servers import free_port

from codesign import migrate
from codesign.accounts.models import Person
from codesign.db import Store, writing
from codesign.demo import loader
from codesign.demo.world import World
from codesign.officials.models import Official, OrganisationAccount
from codesign.panel_app import create_panel_app
from codesign.record_app import create_record_app
from codesign.settings import Settings
from codesign.web.clock import now
from codesign.web.sessions import open_session

ARGUMENTS = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update",
             "--disable-sync",              "--disable-gpu", "--disable-dev-shm-usage"]  # fmt: skip


def chromium() -> str | None:
    """Chromium of the distribution."""
    return os.environ.get("CODESIGN_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@dataclass
class Stage:
    """Where both doors are, who can sign in, and cookies for whoever does not want to type."""

    panel: str
    record: str
    settings: Settings
    apps: dict[str, flask.Flask]
    access: list[dict[str, Any]]
    _cookies: dict[str, dict[str, str]] = field(default_factory=dict)

    def entry(self, role: str, n: int = 0) -> dict[str, Any]:
        """The sign-in of the n-th of a role."""
        return [e for e in self.access if e["role"] == role][n]

    def ask(self, statement: Any) -> list[Any]:
        """Rows of either store, outside of any page."""
        session = open_session(self.settings)
        try:
            return list(session.execute(statement).all())
        finally:
            session.close()
            for engine in session.info["engines"].values():
                engine.dispose()

    def cookie(self, name: str) -> dict[str, str]:
        """The cookie of somebody signed in, by the name members see or that of staff, officials, organisations."""
        if name not in self._cookies:
            self._cookies[name] = self._sign_in(name)
        return self._cookies[name]

    def _sign_in(self, name: str) -> dict[str, str]:
        from codesign.accounts.actions import start_sign_in
        from codesign.officials.actions import start_sign_in as start_official

        session = open_session(self.settings)
        with writing(session):
            official = session.scalar(sa.select(Official).where(Official.display_name == name)) or session.scalar(
                sa.select(OrganisationAccount).where(OrganisationAccount.name == name)
            )
            if official is not None:
                door, token = "record", start_official(session, official, now())
            else:
                login = next((e.get("login") for e in self.access if e["name"] == name), None) or name
                named = sa.or_(Person.pseudonym == name, Person.login == login)
                person = session.scalar(sa.select(Person).where(named))
                assert person is not None, name
                door, token = "panel", start_sign_in(session, person, now())
        session.close()
        for engine in session.info["engines"].values():
            engine.dispose()
        app = self.apps[door]
        serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        value = serializer.dumps({"_user_id": token, "_fresh": True})
        return {"name": app.config["SESSION_COOKIE_NAME"], "value": value, "url": getattr(self, door)}

    def context(self, browser: Any, *, language: str, name: str | None = None, **more: Any) -> Any:
        """A fresh browser in a language, with somebody signed in if wanted; more: what playwright's new_context takes."""
        made = browser.new_context(**more)
        made.set_default_timeout(8000)
        cookies = [{"name": "language", "value": language, "url": url} for url in (self.panel, self.record)]
        made.add_cookies(cookies + ([self.cookie(name)] if name else []))
        return made


# How many days ago the place is looked at: when a vote about money was prepared, when it was open, while the advice was
# composed, and while the municipality answered it and another round took ideas.
AGO = {"preparing": 141, "voting": 140, "composing": 92, "answering": 40, "answered": 0}


@dataclass
class Earlier(World):
    """The place some days ago: what came after has not happened yet."""

    ago: int = 0

    def plan(self, day: int, what: str, do: Callable[..., Any], *given: Any) -> None:
        """As always, but today was some days ago."""
        if day <= -self.ago:
            super().plan(day, what, do, *given)


@contextmanager
def _looking_back(ago: int) -> Iterator[None]:
    """While loading, the day of the loader lies so far ahead that what happens last happens now."""
    kept = loader.World, loader.today
    loader.World, loader.today = partial(Earlier, ago=ago), lambda: kept[1]() + timedelta(days=ago)  # type: ignore[assignment,misc]
    try:
        yield
    finally:
        loader.World, loader.today = kept  # type: ignore[misc]


def run(server: Any) -> None:
    """Serve until closed."""
    # Closed by whoever started it, while it waits for the next request.
    with suppress(OSError):
        server.run()


@contextmanager
def serving(folder: Path, *, until: str = "answered") -> Iterator[Stage]:
    """Load the place into fresh stores in `folder`, and serve both doors on free ports until the end of the block."""
    ports = {"panel": free_port(), "record": free_port()}
    urls = {door: f"http://127.0.0.1:{port}" for door, port in ports.items()}
    settings = Settings(
        instance=str(folder), hash_cost="low", panel_port=ports["panel"], record_port=ports["record"],
        panel_url=urls["panel"], record_base=urls["record"],
    )  # fmt: skip
    for store in Store:
        migrate.upgrade(store, settings.database_url(store.value))
    with _looking_back(AGO[until]):
        access = loader.load(settings, lambda *_: None)
    apps = {"panel": create_panel_app(settings), "record": create_record_app(settings)}
    servers = []
    for door, app in apps.items():
        server = waitress.create_server(app, host="127.0.0.1", port=ports[door], threads=6)
        threading.Thread(target=run, args=(server,), daemon=True).start()
        servers.append(server)
    yield Stage(urls["panel"], urls["record"], settings, apps, access)
    for server in servers:
        server.task_dispatcher.shutdown()
        server.close()
