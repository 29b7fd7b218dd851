"""What the commands share: settings that are in order, a session on both stores, and the way to stop.

Here as in every command, what takes long to load is imported where it is used: `codesign --help` and the commands
without a database start at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from codesign.settings import BadSettings, Settings

if TYPE_CHECKING:
    from codesign.db import Store


class Stopped(click.ClickException):
    """The command cannot go on; the sentence says why. Exit code 2."""

    exit_code = 2


def settings_in_order() -> Settings:
    """The settings of the environment; raises `Stopped` with what to mend."""
    try:
        settings = Settings.from_environment()
        problems = settings.problems()
    except BadSettings as error:
        problems = error.problems
    if problems:
        raise Stopped("\n".join(problems))
    return settings


def session_on(settings: Settings) -> Any:
    """A session on the stores of these settings."""
    from codesign import migrate
    from codesign.db import Store
    from codesign.web.sessions import open_session

    migrate.load_models(Store.VOICES)
    return open_session(settings)


@contextmanager
def record_on(settings: Settings) -> Iterator[Any]:
    """A session on the record alone: for commands that need no credential of the voices. Raises `Stopped`."""
    from codesign import migrate
    from codesign.db import Store
    from codesign.web.sessions import open_session

    _must_be_migrated(settings, Store.RECORD)
    migrate.load_models(Store.RECORD)
    session = open_session(settings, (Store.RECORD,))
    try:
        yield session
    finally:
        session.close()
        for engine in session.info["engines"].values():
            engine.dispose()


def must_be_migrated(settings: Settings) -> None:
    """Raises `Stopped` when a store cannot be reached or is not at the newest migration."""
    from codesign.db import Store

    _must_be_migrated(settings, *Store)


def _must_be_migrated(settings: Settings, *stores: Store) -> None:
    from sqlalchemy.exc import SQLAlchemyError

    from codesign import migrate
    from codesign.db import make_engine

    for store in stores:
        engine = make_engine(settings.database_url(store.value))
        try:
            if migrate.current(engine) != migrate.head(store):
                raise Stopped(f"The {store.value} are not at the newest migration. Run: codesign migrate")
        except SQLAlchemyError as error:
            raise Stopped(f"The {store.value} cannot be reached: {type(error).__name__}.") from error
        finally:
            engine.dispose()
