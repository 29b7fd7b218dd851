"""The two stores: their bases, shared column types, and every line that depends on the SQL dialect."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any, TypeVar

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.orm import DeclarativeBase, MappedColumn, Session, mapped_column, registry
from sqlalchemy.types import TypeDecorator

_NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Store(StrEnum):
    """The two databases: behind the panel door, and behind the record door."""

    VOICES = "voices"
    RECORD = "record"


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, always aware and in UTC; SQLite would drop the zone, so a naive value is refused."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored: give it a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class EnumText(TypeDecorator[StrEnum]):
    """A StrEnum stored as its value, so that the database reads like the code."""

    impl = sa.String
    cache_ok = True

    def __init__(self, enum: type[StrEnum], length: int = 32) -> None:
        super().__init__(length)
        self.enum, self.length = enum, length

    def process_bind_param(self, value: StrEnum | str | None, dialect: Dialect) -> str | None:
        return None if value is None else self.enum(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        return None if value is None else self.enum(value)


Pk = Annotated[int, mapped_column(sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True)]
_TYPES: dict[Any, Any] = {
    datetime: UtcDateTime(),
    bytes: sa.LargeBinary(),
    dict[str, Any]: sa.JSON(),
    list[str]: sa.JSON(),
    list[int]: sa.JSON(),
}


class VoicesBase(DeclarativeBase):
    """Tables of the voices: people, words, ballots."""

    registry = registry(
        metadata=sa.MetaData(naming_convention=_NAMING, info={"bind_key": Store.VOICES.value}),
        type_annotation_map=_TYPES,
    )


class RecordBase(DeclarativeBase):
    """Tables of the record: what was published, and what was answered."""

    registry = registry(
        metadata=sa.MetaData(naming_convention=_NAMING, info={"bind_key": Store.RECORD.value}),
        type_annotation_map=_TYPES,
    )


BASES: dict[Store, type[DeclarativeBase]] = {Store.VOICES: VoicesBase, Store.RECORD: RecordBase}
E_ = TypeVar("E_", bound=StrEnum)


def enum_column(enum: type[E_], **kwargs: Any) -> MappedColumn[E_]:
    """A column holding one value of `enum`."""
    return mapped_column(EnumText(enum), **kwargs)


db = SQLAlchemy(session_options={"autoflush": True, "expire_on_commit": False})

# Set while a write is under way; a flush outside of it is a programming error (a GET never writes).
_writing: ContextVar[bool] = ContextVar("codesign_writing", default=False)


class WriteOutsideWrite(RuntimeError):
    """Rows were about to be written by something that promised only to read."""


@contextmanager
def write_mode() -> Iterator[None]:
    """Transactions begun inside take the writer's lock at once (SQLite: BEGIN IMMEDIATE)."""
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)


@contextmanager
def read_mode(session: Session) -> Iterator[None]:
    """End the write that was begun and only read inside, so that no other writer waits for a page being made."""
    session.rollback()
    token = _writing.set(False)
    try:
        yield
    finally:
        _writing.reset(token)


@contextmanager
def writing(session: Session) -> Iterator[Session]:
    """One write from begin to commit, for scripts, jobs and tests; rolled back on any error."""
    session.rollback()
    with write_mode():
        try:
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise


@event.listens_for(Session, "before_flush")
def _refuse_stray_writes(session: Session, _context: object, _instances: object) -> None:
    changed = session.new or session.deleted or any(session.is_modified(o) for o in session.dirty)
    if changed and not _writing.get():
        raise WriteOutsideWrite("a write outside a write transaction")


def engine_options(url: str) -> dict[str, Any]:
    """Options of one store's engine: the newer SQLite engine where the platform has it, else psycopg.

    Values of statements never stand in an error, and so in no log.
    """
    parsed = sa.make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return {
            "url": url,
            "hide_parameters": True,
            "module": sqlite_module(),
            "connect_args": {"check_same_thread": False, "timeout": 10},
        }
    return {
        "url": url,
        "hide_parameters": True,
        "pool_pre_ping": True,
        "pool_size": 8,
        "max_overflow": 8,
        "connect_args": {"connect_timeout": 3},
    }


def sqlite_module() -> Any:
    """The SQLite module to use: `pysqlite3` (newer engine) where it has a wheel, else the standard one."""
    try:
        import pysqlite3.dbapi2 as module
    except ImportError:
        import sqlite3 as module
    return module


def prepare_engine(engine: Engine) -> None:
    """Make an engine durable and its transactions explicit (SQLite only; PostgreSQL is so by itself)."""
    if engine.dialect.name != "sqlite" or event.contains(engine, "begin", _sqlite_begin):
        return
    event.listen(engine, "connect", _sqlite_connect)
    event.listen(engine, "begin", _sqlite_begin)


def _sqlite_connect(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=10000", "synchronous=FULL", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _sqlite_begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")


def make_engine(url: str) -> Engine:
    """A stand-alone engine for one store (migrations, backup, checks)."""
    options = engine_options(url)
    engine = sa.create_engine(options.pop("url"), **options)
    prepare_engine(engine)
    return engine


def dialect(session: Session, store: Store) -> str:
    """`"sqlite"` or `"postgresql"`, of the store asked for."""
    return session.get_bind(clause=next(iter(BASES[store].metadata.tables.values()))).dialect.name


M = TypeVar("M", bound=DeclarativeBase)


def lock(session: Session, model: type[M], key: Any) -> M | None:
    """The row, locked until the transaction ends, and read afresh; None when there is no such row.

    PostgreSQL locks the row; on SQLite a write transaction already holds the only writer's lock.
    """
    return session.get(model, key, with_for_update=True, populate_existing=True)


def insert_if_absent(session: Session, model: type[DeclarativeBase], **values: Any) -> bool:
    """Insert one row unless a unique key already has it; True when the row came in."""
    table = model.__table__
    name = session.get_bind(mapper=sa.inspect(model)).dialect.name
    insert: Any = postgresql.insert if name == "postgresql" else sqlite.insert
    if not _writing.get():
        raise WriteOutsideWrite("a write outside a write transaction")
    # Asked back rather than counted: on PostgreSQL the driver's count is -1 here, row or no row.
    statement = insert(table).values(**values).on_conflict_do_nothing().returning(*table.primary_key)
    return session.execute(statement).first() is not None
