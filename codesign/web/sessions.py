"""A session over both stores outside of a request: for the command line, workers and tests."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import Session

from codesign.db import Store, make_engine
from codesign.settings import Settings


class StoresSession(Session):
    """Routes each statement to the store whose table it names first."""

    def get_bind(
        self, mapper: Any = None, *, clause: Any = None, bind: Engine | Connection | None = None, **_rest: Any
    ) -> Engine | Connection:
        """The engine of the table in `mapper` or `clause`."""
        if bind is not None:
            return bind
        table = sa.inspect(mapper).local_table if mapper is not None else clause
        if not isinstance(table, sa.Table):
            table = next(e for e in sa.sql.visitors.iterate(table) if isinstance(e, sa.Table))
        engine: Engine = self.info["engines"][Store(table.metadata.info["bind_key"])]
        return engine


def open_session(settings: Settings, stores: tuple[Store, ...] = tuple(Store)) -> Session:
    """A session that routes each table to its store; `session.info["engines"]` holds the engines to dispose of."""
    engines = {store: make_engine(settings.database_url(store.value)) for store in stores}
    return StoresSession(expire_on_commit=False, info={"engines": engines, "settings": settings})
