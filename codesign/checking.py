"""`codesign check`: settings, engines, migrations, counters' journal, waiting documents; one sentence each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from codesign import migrate
from codesign.db import Store, make_engine
from codesign.jobs import outbox
from codesign.jobs.models import OutboxState
from codesign.journal.models import RecordEntry, VoicesEntry
from codesign.journal.queries import first_broken
from codesign.settings import Settings
from codesign.web.sessions import open_session


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: whether it holds, and a sentence."""

    good: bool
    sentence: str


def check_all(settings: Settings) -> Iterator[Finding]:
    """Look at everything a host must know; an unreachable store ends the look at that store."""
    problems = settings.problems()
    yield from (Finding(False, p) for p in problems)
    if not problems:
        yield Finding(True, "The settings allow a start.")
    reachable = []
    for store in Store:
        engine = make_engine(settings.database_url(store.value))
        try:
            yield from _engine(store, engine)
            here, newest = migrate.current(engine), migrate.head(store)
            yield Finding(here == newest, f"The {store.value} are at migration {here}; the newest is {newest}.")
            if here == newest:
                reachable.append(store)
        except SQLAlchemyError as error:
            yield Finding(False, f"The {store.value} cannot be reached ({type(error).__name__}).")
        finally:
            engine.dispose()
    session = open_session(settings)
    try:
        for store in reachable:
            model = VoicesEntry if store is Store.VOICES else RecordEntry
            broken = first_broken(session, model)
            yield Finding(
                broken is None,
                f"The journal of the {store.value} holds."
                if broken is None
                else f"The journal of the {store.value} was changed at row {broken}.",
            )
        if Store.VOICES in reachable:
            counts = outbox.counts(session)
            refused = counts.get(OutboxState.REFUSED, 0)
            yield Finding(
                not refused,
                f"Documents on their way: {counts.get(OutboxState.WAITING, 0)} wait, {refused} were refused.",
            )
    finally:
        session.close()
        for engine in session.info["engines"].values():
            engine.dispose()


def _engine(store: Store, engine: sa.Engine) -> Iterator[Finding]:
    with engine.connect() as c:
        if engine.dialect.name == "sqlite":
            version = str(c.exec_driver_sql("SELECT sqlite_version()").scalar())
            good = tuple(int(p) for p in version.split(".")) >= (3, 51, 3)
            yield Finding(
                good,
                f"The {store.value} use SQLite {version}."
                + ("" if good else " Older than 3.51.3: run one process only, with one writer."),
            )
            return
        version = str(c.exec_driver_sql("SHOW server_version").scalar())
        durable = {name: c.exec_driver_sql(f"SHOW {name}").scalar() for name in ("fsync", "synchronous_commit")}
        off = [name for name, value in durable.items() if value == "off"]
        yield Finding(
            not off, f"The {store.value} use PostgreSQL {version}." + (f" Switch on: {', '.join(off)}." if off else "")
        )
