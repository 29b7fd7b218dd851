"""Taking over what the voices send again whenever it changes: the newer document wins, in whatever order they come."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import DeclarativeBase, Session

from codesign.db import insert_if_absent, lock


def renew(
    session: Session, model: type[DeclarativeBase], key: Mapping[str, Any], values: Mapping[str, Any], *, as_of: str,
    now: datetime, primary: Callable[[], Any] | None = None,
) -> bool:  # fmt: skip
    """Put `values` in the row that `key` names, unless it holds something from `as_of` or later; True when written.

    `primary` finds the primary key of the row that is there, where it is not `key` itself.
    """
    stamps = {"as_of": datetime.fromisoformat(as_of), "received_at": now}
    if insert_if_absent(session, model, **key, **values, **stamps):
        return True
    row: Any = lock(session, model, primary() if primary else dict(key))
    if row is None or row.as_of >= stamps["as_of"]:
        return False
    for name, value in {**values, **stamps}.items():
        setattr(row, name, value)
    return True
