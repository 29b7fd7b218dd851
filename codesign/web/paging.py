"""Pages of a long list, read with one row more than shown, so that no count is needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select
from sqlalchemy.orm import Session

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list; `number` counts from 1."""

    items: Sequence[T]
    number: int
    more: bool

    @property
    def before(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        return self.number + 1 if self.more else None


def paged(session: Session, statement: Select[*tuple[Any, ...]], page: int = 1, per_page: int = 20) -> Page[Any]:
    """The rows of one page; entities come alone, several columns as rows."""
    number = max(1, min(page, 10_000))
    result = session.execute(statement.limit(per_page + 1).offset((number - 1) * per_page))
    rows: Sequence[Any] = result.scalars().all() if len(statement.column_descriptions) == 1 else result.all()
    return Page(rows[:per_page], number, len(rows) > per_page)


def page_number(raw: str | None) -> int:
    """The page somebody asked for; anything unreadable is the first."""
    return int(raw) if raw and raw.isascii() and raw.isdigit() and len(raw) < 6 else 1
