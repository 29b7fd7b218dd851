"""Both doors over one pair of stores, made once a worker and emptied for each test."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field, replace
from pathlib import Path

import flask
import pytest
import sqlalchemy as sa
from pagecheck import CheckedClient
from sqlalchemy.orm import Session

from codesign import migrate
from codesign.db import Store, db, make_engine
from codesign.panel_app import create_panel_app
from codesign.record_app import create_record_app
from codesign.settings import Settings
from codesign.web.sessions import open_session

# Stores of tests live in memory where the machine offers it: each commit waits for the disk, and tests commit a lot.
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
NO_SKIPS = os.environ.get("CODESIGN_NO_SKIPS") == "1"


def missing(what: str) -> None:
    """Skip with a clear line, or fail where everything must be there."""
    if NO_SKIPS:
        pytest.fail(f"{what} is missing, and nothing may be skipped here")
    pytest.skip(f"{what} is not installed")


@dataclass
class House:
    """Both doors over one pair of stores."""

    kind: str
    settings: Settings
    panel: flask.Flask
    record: flask.Flask
    templates: dict[Store, Path] = field(default_factory=dict)
    engines: dict[Store, sa.Engine] = field(default_factory=dict)

    def open_session(self) -> Session:
        """A session over both stores. Its engines stay: a new engine would compile every statement once more."""
        made = open_session(self.settings, ())
        made.info["engines"] = self.engines
        return made

    def empty(self) -> None:
        """Back to empty, migrated stores; wrong tries are forgotten."""
        for app in (self.panel, self.record):
            for name in {"delays", "official_delays"} & set(app.extensions):
                app.extensions[name].clear()
            with app.app_context():
                for engine in db.engines.values():
                    engine.dispose()
        shutil.rmtree(self.settings.keys, ignore_errors=True)
        for store in Store:
            url = self.settings.database_url(store.value)
            if self.kind == "sqlite":
                path = Path(url.removeprefix("sqlite:///"))
                for old in path.parent.glob(path.name + "*"):
                    old.unlink()
                shutil.copyfile(self.templates[store], path)
            else:
                _empty_postgres(url)


# A connection that a test left inside a transaction would hold its locks for ever.
_ALONE = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
_PARTITIONS = """
DO $$
DECLARE name text;
BEGIN
  FOR name IN SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE c.relkind = 'r' LOOP
    EXECUTE 'DROP TABLE ' || quote_ident(name);
  END LOOP;
END $$
"""
_TABLES = "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
_SEQUENCES = "SELECT quote_ident(sequencename) FROM pg_sequences WHERE schemaname = 'public'"
_emptiers: dict[str, tuple[sa.Connection, str]] = {}


def _emptier(url: str) -> tuple[sa.Connection, str]:
    """A connection that stays, and the statements that empty every table; truncating costs more than most tests."""
    if url not in _emptiers:
        engine = make_engine(url).execution_options(isolation_level="AUTOCOMMIT")
        c = engine.connect()
        c.exec_driver_sql(_ALONE)
        c.exec_driver_sql(_PARTITIONS)
        parts = ["BEGIN", "SET LOCAL session_replication_role = replica"]
        parts += [f"DELETE FROM {name}" for (name,) in c.exec_driver_sql(_TABLES).all()]
        resets = ", ".join(f"setval('{name}', 1, false)" for (name,) in c.exec_driver_sql(_SEQUENCES).all())
        parts += [f"SELECT {resets}"] if resets else []
        _emptiers[url] = (c, "; ".join([*parts, "COMMIT"]))
    return _emptiers[url]


def _empty_postgres(url: str) -> None:
    try:
        c, statements = _emptier(url)
        c.exec_driver_sql(_ALONE)
        c.exec_driver_sql(_PARTITIONS)
        c.exec_driver_sql(statements)
    except sa.exc.DBAPIError:
        # The tables are others than before (a test of migrations), or the connection was ended: look again.
        _emptiers.pop(url)[0].close()
        c, statements = _emptier(url)
        c.exec_driver_sql(statements)


def make_house(kind: str, folder: Path, worker: str) -> House:
    settings = Settings(instance=str(folder), hash_cost="low", default_language="en")
    if kind == "postgresql":
        admin = os.environ.get("CODESIGN_TEST_PG")
        if not admin:
            missing("PostgreSQL")
        assert admin is not None
        urls = {}
        engine = make_engine(admin).execution_options(isolation_level="AUTOCOMMIT")
        with engine.connect() as c:
            for store in Store:
                name = f"{store.value}_{worker}"
                c.execute(sa.text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
                c.execute(sa.text(f'CREATE DATABASE "{name}"'))
                urls[f"{store.value}_url"] = admin.rsplit("/", 1)[0] + "/" + name
        engine.dispose()
        settings = replace(settings, **urls)
    templates = {}
    for store in Store:
        url = settings.database_url(store.value)
        migrate.upgrade(store, url)
        if kind == "sqlite":
            made = make_engine(url)
            with made.connect() as c:
                c.exec_driver_sql("COMMIT")
                c.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            made.dispose()
            templates[store] = folder / f"{store.value}.template"
            shutil.copyfile(folder / f"{store.value}.db", templates[store])
    panel, record = create_panel_app(settings), create_record_app(settings)
    for app in (panel, record):
        app.testing = True
        app.config["WTF_CSRF_ENABLED"] = False
        app.test_client_class = CheckedClient
    engines = {store: make_engine(settings.database_url(store.value)) for store in Store}
    return House(kind, settings, panel, record, templates, engines)
