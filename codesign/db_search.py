"""The search index of ideas: one table of our own folded words, as FTS5 on SQLite and as a tsvector on PostgreSQL.

Words come in already folded and split (`rules.text.fold_for_search`), so that both databases find the same things in
every script; neither database's own language rules are used.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Select
from sqlalchemy.orm import Session

from codesign.db import Store, dialect, sqlite_module

TABLE = "proposal_search"
# FTS5 forgets deleted words at once only from this engine on; older ones are tidied after each deletion instead.
_FORGETS_AT_ONCE = (3, 42)
_LONGEST = 60


def create_search(connection: Connection) -> None:
    """Make the index; called when the tables are created, and by the migration."""
    if connection.dialect.name == "postgresql":
        connection.execute(
            sa.text(
                f"CREATE TABLE {TABLE} (proposal_id bigint PRIMARY KEY REFERENCES proposal (id) ON DELETE CASCADE, "
                "words tsvector NOT NULL)"
            )
        )
        connection.execute(sa.text(f"CREATE INDEX ix_{TABLE}_words ON {TABLE} USING gin (words)"))
        return
    connection.execute(
        sa.text(
            f"CREATE VIRTUAL TABLE {TABLE} USING fts5(words, prefix='2 3', tokenize='unicode61 remove_diacritics 0')"
        )
    )
    if sqlite_module().sqlite_version_info >= _FORGETS_AT_ONCE:
        connection.execute(sa.text(f"INSERT INTO {TABLE} ({TABLE}, rank) VALUES ('secure-delete', 1)"))


def drop_search(connection: Connection) -> None:
    """Take the index away."""
    connection.execute(sa.text(f"DROP TABLE IF EXISTS {TABLE}"))


def _clean(words: Iterable[str]) -> list[str]:
    return sorted({word[:_LONGEST] for word in words if word.isalnum()})


def put_words(session: Session, proposal_id: int, words: Iterable[str]) -> None:
    """Index one idea under these words, in place of what was there."""
    found = _clean(words)
    drop_words(session, [proposal_id])
    bind = {"bind_arguments": _bind(session)}
    if dialect(session, Store.VOICES) == "postgresql":
        statement = f"INSERT INTO {TABLE} (proposal_id, words) VALUES (:id, array_to_tsvector(CAST(:words AS text[])))"
        session.execute(sa.text(statement), {"id": proposal_id, "words": found}, **bind)
    else:
        statement = f"INSERT INTO {TABLE} (rowid, words) VALUES (:id, :words)"
        session.execute(sa.text(statement), {"id": proposal_id, "words": " ".join(found)}, **bind)


def drop_words(session: Session, proposal_ids: Sequence[int]) -> None:
    """Take ideas out of the index, and their words out of the file."""
    bind = {"bind_arguments": _bind(session)}
    key = "proposal_id" if dialect(session, Store.VOICES) == "postgresql" else "rowid"
    statement = sa.text(f"DELETE FROM {TABLE} WHERE {key} IN :ids").bindparams(sa.bindparam("ids", expanding=True))
    session.execute(statement, {"ids": list(proposal_ids)}, **bind)
    if key == "rowid" and sqlite_module().sqlite_version_info < _FORGETS_AT_ONCE:
        session.execute(sa.text(f"INSERT INTO {TABLE} ({TABLE}) VALUES ('optimize')"), **bind)


def matching(session: Session, words: Sequence[str]) -> Select[Any] | None:
    """The ids of ideas that have all of `words`, the last one as a beginning; None when there is no word."""
    found = [word[:_LONGEST] for word in words if word.isalnum()][:8]
    if not found:
        return None
    table = sa.table(TABLE)
    if dialect(session, Store.VOICES) == "postgresql":
        asked = " & ".join(f"'{word}'" for word in found) + ":*"
        condition = sa.text("proposal_search.words @@ CAST(:asked AS tsquery)").bindparams(asked=asked)
        return sa.select(sa.column("proposal_id")).select_from(table).where(condition)
    asked = " ".join(f'"{word}"' for word in found) + "*"
    condition = sa.text("proposal_search MATCH :asked").bindparams(asked=asked)
    return sa.select(sa.column("rowid")).select_from(table).where(condition)


def _bind(session: Session) -> dict[str, Any]:
    from codesign.db import BASES

    return {"clause": next(iter(BASES[Store.VOICES].metadata.tables.values()))}
