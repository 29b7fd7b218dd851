"""Rows that may leave no trace of their order: partitions, rewriting them sorted, and proof by looking."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Session

# How long a sweep waits for readers before it gives up until next time (milliseconds): writers wait with it.
_PATIENCE = 400


def _connection(session: Session, model: type[DeclarativeBase]) -> sa.Connection:
    return session.connection(bind_arguments={"mapper": sa.inspect(model)})


def _name(model: type[DeclarativeBase], key: int) -> str:
    return f"{model.__tablename__}_{int(key)}"


def is_postgresql(session: Session, model: type[DeclarativeBase]) -> bool:
    """Whether the model's store is PostgreSQL."""
    return bool(session.get_bind(mapper=sa.inspect(model)).dialect.name == "postgresql")


def make_partition(session: Session, model: type[DeclarativeBase], key: int) -> None:
    """The partition that holds the rows of one key (PostgreSQL; SQLite needs none)."""
    if is_postgresql(session, model):
        name = _name(model, key)
        _connection(session, model).exec_driver_sql(
            f"CREATE TABLE {name} PARTITION OF {model.__tablename__} FOR VALUES IN ({int(key)})"
        )


def empty(session: Session, model: type[DeclarativeBase], key: int) -> None:
    """Take all rows of one key away; on PostgreSQL their file goes with them, so that no dead row stays."""
    if is_postgresql(session, model):
        _connection(session, model).exec_driver_sql(f"TRUNCATE TABLE {_name(model, key)}")
        return
    column = sa.inspect(model).primary_key[0]
    session.execute(sa.delete(model).where(column == key))


def rewrite_sorted(session: Session, model: type[DeclarativeBase], key: int) -> None:
    """Write the rows of one key anew, in the order of their primary key, in the transaction that runs (PostgreSQL).

    SQLite keeps these tables in the order of the key; there `vacuum` rewrites the whole file.
    """
    if not is_postgresql(session, model):
        return
    table: Any = model.__table__
    first, second = table.primary_key.columns
    rows = [dict(r._mapping) for r in session.execute(sa.select(table).where(first == key).order_by(second))]
    empty(session, model, key)
    if rows:
        session.execute(sa.insert(table), rows)


def rewritten(session: Session, model: type[DeclarativeBase], key: int) -> bool:
    """Whether the rows of one key lie in the order of their key, were written by one transaction, and left no gap
    where another version of a row was (PostgreSQL: looks at xmin, ctid and the size of the file; SQLite: True)."""
    if not is_postgresql(session, model):
        return True
    name, order = _name(model, key), sa.inspect(model).primary_key[1].name
    found = (
        _connection(session, model)
        .exec_driver_sql(
            f"SELECT count(DISTINCT xmin::text) <= 1, coalesce(bool_and(by_place = by_key), true),"
            f" coalesce(bool_and(line <= in_page), true), count(DISTINCT page) * current_setting('block_size')::int"
            f" = pg_relation_size('{name}')"
            f" FROM (SELECT xmin, row_number() OVER (ORDER BY ctid) AS by_place,"
            f" row_number() OVER (ORDER BY {order}) AS by_key,"
            f" (ctid::text::point)[0] AS page, (ctid::text::point)[1] AS line,"
            f" count(*) OVER (PARTITION BY (ctid::text::point)[0]) AS in_page FROM {name}) AS rows"
        )
        .one()
    )
    return all(found)


def vacuum(session: Session, model: type[DeclarativeBase]) -> bool:
    """Rewrite the file of an SQLite store and empty its log; False while somebody still reads the old pages.

    Must be called outside a transaction. PostgreSQL: True, nothing to do.
    """
    if is_postgresql(session, model):
        return True
    session.rollback()
    engine: Any = session.get_bind(mapper=sa.inspect(model))
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute(f"PRAGMA busy_timeout={_PATIENCE}")
        try:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return bool(cursor.fetchone()[0] == 0)
        except engine.dialect.loaded_dbapi.OperationalError as error:
            # Busy is an answer; a disk that is full or broken is not.
            if "locked" in str(error) or "busy" in str(error):
                return False
            raise
        finally:
            cursor.execute("PRAGMA busy_timeout=10000")
            cursor.close()
    finally:
        raw.close()


def stand_once(session: Session, model: type[DeclarativeBase], values: Collection[bytes]) -> bool:
    """Whether each value stands once in the file of an SQLite store and nowhere in its log (PostgreSQL: True)."""
    if is_postgresql(session, model):
        return True
    engine: Any = session.get_bind(mapper=sa.inspect(model))
    path = Path(engine.url.database)
    data = path.read_bytes()
    log = path.with_name(path.name + "-wal")
    journal = log.read_bytes() if log.exists() else b""
    return all(data.count(v) == 1 and v not in journal for v in values)
