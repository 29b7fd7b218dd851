"""The migrations of the record that let documents be of more kinds keep every document, also while other rows point at it, up and down."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from codesign import migrate
from codesign.db import Store, make_engine, write_mode


def test_documents_survive_the_new_kinds_up_and_down(house: Any, desk: Any) -> None:
    url = house.settings.database_url("record")
    desk.session.close()
    engine = make_engine(url)

    def held() -> list[Any]:
        with engine.connect() as c:
            found = c.execute(sa.text("SELECT digest, kind, length(stored) FROM document ORDER BY digest")).all()
            pointed = c.execute(sa.text("SELECT count(*) FROM advice_status JOIN document USING (digest)")).scalar()
        assert pointed == 1
        return list(found)

    before = held()
    migrate.downgrade(Store.RECORD, url, "0001")
    assert held() == before
    migrate.upgrade(Store.RECORD, url)
    assert held() == before
    assert migrate.differences(Store.RECORD, engine) == []
    with pytest.raises(IntegrityError), write_mode(), engine.begin() as c:
        c.execute(sa.text("UPDATE document SET kind = 'poem' WHERE kind = 'advice'"))
    with pytest.raises(IntegrityError), write_mode(), engine.begin() as c:
        c.execute(sa.text("DELETE FROM document WHERE kind = 'advice'"))
    engine.dispose()


def test_votes_on_measures_come_and_go_and_all_else_stays(house: Any, desk: Any) -> None:
    """Ours, and those that came from elsewhere."""
    url = house.settings.database_url("record")
    desk.session.close()
    engine = make_engine(url)
    columns = "place_code, number, about, title, language, stored, received_at"
    origin = "1, 'https://a.example', 'A', 'CC-BY-4.0', received_at"
    ours = columns.replace("about", "digest")
    statements = [
        f"INSERT INTO library_origin (id, address, name, licence, first_at) SELECT {origin}",
        f"INSERT INTO document (digest, kind, {columns}) SELECT '{'f' * 64}', 'fit', {ours}",
    ] + [
        "INSERT INTO library_document (origin_id, digest, kind, place_code, stored, imported_at) "
        f"SELECT 1, '{name * 64}', '{kind}', place_code, stored, received_at"
        for name, kind in (("a", "advice"), ("f", "fit"))
    ]
    with write_mode(), engine.begin() as c:
        for statement in statements:
            c.execute(sa.text(f"{statement} FROM document WHERE kind = 'advice'"))

    def held() -> list[list[Any]]:
        tables = ("document", "library_document")
        with engine.connect() as c:
            return [list(c.execute(sa.text(f"SELECT * FROM {table} ORDER BY digest"))) for table in tables]

    before = held()
    migrate.downgrade(Store.RECORD, url, "0009")
    without = [[row for row in table if row.kind != "fit"] for table in before]
    assert [len(a) - len(b) for a, b in zip(before, without, strict=True)] == [1, 1]
    assert held() == without
    migrate.upgrade(Store.RECORD, url)
    assert held() == without
    assert migrate.differences(Store.RECORD, engine) == []
    engine.dispose()
