"""The two doors, a client that checks every page it opens, and counters: on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import flask
import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

sys.path.insert(0, str(Path(__file__).parent))

from pagecheck import CheckedClient
from servers import Postgres, postgres_bin

from codesign import migrate
from codesign.db import BASES, Store, db, make_engine, writing
from codesign.panel_app import create_panel_app
from codesign.record_app import create_record_app
from codesign.settings import Settings

NO_SKIPS = os.environ.get("CODESIGN_NO_SKIPS") == "1"


def missing(what: str) -> None:
    """Skip with a clear line, or fail where everything must be there."""
    if NO_SKIPS:
        pytest.fail(f"{what} is missing, and nothing may be skipped here")
    pytest.skip(f"{what} is not installed")


def pytest_configure(config: pytest.Config) -> None:
    """One PostgreSQL for all workers; each worker has its own databases in it."""
    if hasattr(config, "workerinput") or config.option.collectonly or os.environ.get("CODESIGN_TEST_PG"):
        return
    if postgres_bin() is None or config.option.markexpr == "sqlite_only":
        return
    folder = Path(tempfile.mkdtemp(prefix="codesign-pg-"))
    config._postgres = Postgres(folder)  # type: ignore[attr-defined]
    config._postgres_folder = folder  # type: ignore[attr-defined]
    os.environ["CODESIGN_TEST_PG"] = config._postgres.url("postgres")  # type: ignore[attr-defined]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what was started."""
    server = getattr(config, "_postgres", None)
    if server is not None:
        os.environ.pop("CODESIGN_TEST_PG", None)
        server.stop("immediate")
        shutil.rmtree(config._postgres_folder, ignore_errors=True)  # type: ignore[attr-defined]


@dataclass
class House:
    """Both doors over one pair of stores."""

    kind: str
    settings: Settings
    panel: flask.Flask
    record: flask.Flask
    templates: dict[Store, Path] = field(default_factory=dict)

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


def _empty_postgres(url: str) -> None:
    engine = make_engine(url)
    with engine.begin() as c:
        for (name,) in c.execute(
            sa.text("SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE c.relkind = 'r'")
        ).all():
            c.execute(sa.text(f'DROP TABLE "{name}"'))
        found = c.execute(sa.text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).scalars()
        names = ", ".join(f'"{name}"' for name in found if name != "alembic_version")
        c.execute(sa.text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
    engine.dispose()


def _make_house(kind: str, folder: Path, worker: str) -> House:
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
        if migrate.head(store) is None:  # SPRINT: until the first migrations are written
            made = make_engine(url)
            migrate.load_models(store)
            from codesign.db import write_mode

            with write_mode():
                meta = BASES[store].metadata
                ready = list(meta.tables.values())
                while True:
                    known = {t.name for t in ready}
                    kept = [t for t in ready if all(fk.target_fullname.split(".")[0] in known for fk in t.foreign_keys)]
                    if len(kept) == len(ready):
                        break
                    ready = kept
                meta.create_all(made, tables=ready)
            made.dispose()
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
    return House(kind, settings, panel, record, templates)


_houses: dict[str, House] = {}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Whatever touches a store runs on both databases, unless it says otherwise."""
    if "house" in metafunc.fixturenames:
        kinds = ["sqlite", "postgresql"]
        if metafunc.definition.get_closest_marker("sqlite_only"):
            kinds = ["sqlite"]
        if metafunc.definition.get_closest_marker("postgresql_only"):
            kinds = ["postgresql"]
        metafunc.parametrize("house", kinds, indirect=True)


@pytest.fixture
def house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> House:
    """Both doors over empty stores of one kind of database."""
    kind = request.param
    if kind not in _houses:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        _houses[kind] = _make_house(kind, tmp_path_factory.mktemp(f"house-{kind}"), worker)
    made = _houses[kind]
    made.empty()
    return made


@pytest.fixture
def panel_app(house: House) -> flask.Flask:
    """The app behind the panel door."""
    return house.panel


@pytest.fixture
def record_app(house: House) -> flask.Flask:
    """The app behind the record door."""
    return house.record


@pytest.fixture
def session(house: House) -> Iterator[Session]:
    """A session over both stores, outside of any request; write inside `with writing(session):`."""
    from codesign.web.sessions import open_session

    made = open_session(house.settings)
    yield made
    made.close()
    for engine in made.info["engines"].values():
        engine.dispose()


@pytest.fixture
def client(panel_app: flask.Flask) -> Any:
    """A browser at the panel door, in English."""
    made = panel_app.test_client()
    made.set_cookie("language", "en")
    return made


@pytest.fixture
def record_client(record_app: flask.Flask) -> Any:
    """A browser at the record door, in English."""
    made = record_app.test_client()
    made.set_cookie("language", "en")
    return made


@pytest.fixture
def sign_in(house: House, session: Session) -> Callable[[Any, Any], Any]:
    """Sign a person (or, at the record door, an official) in without typing: `sign_in(client, person)`."""

    def go(client: Any, person: Any) -> Any:
        from codesign.web.clock import now

        with writing(session):
            if client.application is house.panel:
                from codesign.accounts.actions import start_sign_in
            else:
                from codesign.officials.actions import start_sign_in
            token = start_sign_in(session, person, now())
        with client.session_transaction() as cookie:
            cookie["_user_id"] = token
            cookie["_fresh"] = True
        return client

    return go


class Counter:
    """How many statements were sent, and which."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    @property
    def count(self) -> int:
        return len(self.statements)


@pytest.fixture
def queries(house: House) -> Callable[[], AbstractContextManager[Counter]]:
    """Count SQL: `with queries() as q: client.get(...)`, then `assert q.count == 4`."""

    @contextmanager
    def counting() -> Iterator[Counter]:
        counter = Counter()

        def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            if not statement.startswith(("BEGIN", "PRAGMA", "ROLLBACK", "COMMIT")):
                counter.statements.append(statement)

        engines = []
        for app in (house.panel, house.record):
            with app.app_context():
                engines += [e for k, e in db.engines.items() if k]
        for engine in engines:
            sa.event.listen(engine, "before_cursor_execute", note)
        try:
            yield counter
        finally:
            for engine in engines:
                sa.event.remove(engine, "before_cursor_execute", note)

    return counting
