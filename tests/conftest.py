"""The two doors, a client that checks every page it opens, and counters: on SQLite and on PostgreSQL."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import flask
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from sqlalchemy.orm import Session

sys.path.insert(0, str(Path(__file__).parent))

from houses import MEMORY, NO_SKIPS, House, make_house
from servers import Postgres, postgres_bin

from codesign.db import db, writing

# `make test` tries a few dozen cases of each property, `make check-all` some hundred; both the same ones every time.
_CALM = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow], "derandomize": True}
settings.register_profile("quick", max_examples=30, **_CALM)  # type: ignore[arg-type]
settings.register_profile("full", max_examples=300, **_CALM)  # type: ignore[arg-type]
settings.load_profile("full" if os.environ.get("CODESIGN_TESTS") == "all" else "quick")


def pytest_configure(config: pytest.Config) -> None:
    """One PostgreSQL for all workers; each worker has its own databases in it."""
    if hasattr(config, "workerinput") or config.option.collectonly or os.environ.get("CODESIGN_TEST_PG"):
        return
    if postgres_bin() is None or config.option.markexpr == "sqlite_only":
        return
    folder = Path(tempfile.mkdtemp(prefix="codesign-pg-", dir=MEMORY))
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


_skipped: list[str] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember what was skipped."""
    if report.skipped and not hasattr(report, "wasxfail"):
        _skipped.append(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where nothing may be skipped, a skipped test is a failure."""
    if NO_SKIPS and _skipped and not hasattr(session.config, "workerinput"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        sys.stdout.write(f"\nskipped, and nothing may be skipped here: {_skipped[:5]}\n")


_houses: dict[str, House] = {}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Whatever touches a store runs on both databases, unless it says otherwise."""
    if "house" in metafunc.fixturenames:
        kinds: list[Any] = ["sqlite", "postgresql"]
        if metafunc.definition.get_closest_marker("pages"):
            kinds = ["sqlite", pytest.param("postgresql", marks=pytest.mark.long)]
        if metafunc.definition.get_closest_marker("sqlite_only"):
            kinds = ["sqlite"]
        if metafunc.definition.get_closest_marker("postgresql_only"):
            kinds = ["postgresql"]
        metafunc.parametrize("house", kinds, indirect=True)


def _folder(kind: str) -> Path:
    folder = Path(tempfile.mkdtemp(prefix=f"codesign-house-{kind}-", dir=MEMORY))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@pytest.fixture
def house(request: pytest.FixtureRequest) -> House:
    """Both doors over empty stores of one kind of database."""
    kind = request.param
    if kind not in _houses:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        _houses[kind] = make_house(kind, _folder(kind), worker)
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
    made = house.open_session()
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
