"""Reading the text of an advice as rows, table by table, and writing it back as it was."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy import Column, Table, select
from sqlalchemy.orm import Session

from codesign.advice.models import Advice
from codesign.db import VoicesBase

Rows = list[dict[str, Any]]

# What hangs on an advice and is not its text: people's own words, votes, history, and what was sent.
STAYS = frozenset(
    {
        "advice_version", "coauthor", "margin_note", "meaning", "other_view", "other_view_member", "ratification",
        "sent_advice", "replaced_advice", "taking_back", "correction",
    }
)  # fmt: skip
# Of the row of the advice itself, what a correction can change.
HEAD = ("title", "language", "adopted_ballot_id", "adopted_at", "given_at")
_ADVICE = cast(Table, Advice.__table__)
# Tables without a class say by themselves not in which store they are.
_HERE = {"mapper": Advice}


def tables() -> list[Table]:
    """Every table that holds text of an advice, those others point to first; new ones are found by themselves."""
    found: list[Table] = []
    for table in VoicesBase.metadata.sorted_tables:
        if table.name not in STAYS and any(_to(c) in (_ADVICE, *found) for c in table.columns):
            found.append(table)
    return found


def read(session: Session, advice: Advice) -> dict[str, Rows]:
    """The text as it stands, as plain values by table; one statement a table."""
    kept = {"advice": [{name: _plain(getattr(advice, name)) for name in HEAD}]}
    for table in tables():
        rows = session.execute(select(table).where(_of(table, advice.id)), bind_arguments=_HERE).mappings()
        kept[table.name] = [{name: _plain(value) for name, value in row.items()} for row in rows]
    return kept


def write_back(session: Session, advice: Advice, kept: dict[str, Rows]) -> None:
    """Put the text back as `read` found it. A row that points to something that is gone meanwhile stays out."""
    there = tables()
    for table in reversed(there):
        session.execute(table.delete().where(_of(table, advice.id)), bind_arguments=_HERE)
    for table in there:
        rows = [_values(table, row) for row in kept.get(table.name, [])]
        for column in table.columns:
            target = _to(column)
            if target is not None and target is not _ADVICE and target not in there:
                rows = _pointing(session, rows, column)
        if rows:
            session.execute(table.insert(), rows, bind_arguments=_HERE)
    session.expire_all()
    for name, value in _values(_ADVICE, kept["advice"][0]).items():
        setattr(advice, name, value)


def _to(column: Column[Any]) -> Table | None:
    """The table a column points to."""
    return next((key.column.table for key in column.foreign_keys), None)


def _of(table: Table, advice_id: int) -> sa.ColumnElement[bool]:
    """The rows of a table that belong to one advice, by itself or through another table of the text."""
    direct = next((c for c in table.columns if _to(c) is _ADVICE), None)
    if direct is not None:
        return direct == advice_id
    column = next(c for c in table.columns if _to(c) in tables())
    key = next(iter(column.foreign_keys)).column
    return column.in_(select(key).where(_of(key.table, advice_id)))


def _pointing(session: Session, rows: Rows, column: Column[Any]) -> Rows:
    """Rows whose column points to something that is there, or to nothing."""
    key = next(iter(column.foreign_keys)).column
    wanted = {row[column.name] for row in rows if row[column.name] is not None}
    if not wanted:
        return rows
    there = set(session.scalars(select(key).where(key.in_(wanted)), bind_arguments=_HERE))
    return [row for row in rows if row[column.name] is None or row[column.name] in there]


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def _values(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    return {name: _back(table.c[name], value) for name, value in row.items() if name in table.c}


def _back(column: Column[Any], value: Any) -> Any:
    if not isinstance(value, str):
        return value
    kind = column.type.impl if isinstance(column.type, sa.TypeDecorator) else column.type
    if isinstance(kind, sa.DateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(kind, sa.Date) else value
