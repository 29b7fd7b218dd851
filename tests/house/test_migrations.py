"""Migrations on both databases: up from nothing, the same as the models, down to nothing, and up again."""

from __future__ import annotations

import sqlalchemy as sa

from codesign import migrate
from codesign.db import Store, make_engine


def tables(url: str) -> set[str]:
    engine = make_engine(url)
    names = set(sa.inspect(engine).get_table_names()) - {"alembic_version"}
    engine.dispose()
    return {n for n in names if not n.startswith("sqlite_")}


def test_migrations_go_up_agree_with_the_models_and_go_down(house):
    for store in Store:
        url = house.settings.database_url(store.value)
        engine = make_engine(url)
        assert migrate.current(engine) == migrate.head(store)
        assert migrate.differences(store, engine) == []
        engine.dispose()
        migrate.downgrade(store, url)
        assert tables(url) == set()
        migrate.upgrade(store, url)
        assert tables(url)


def test_each_store_keeps_its_own_tables(house):
    voices, record = (tables(house.settings.database_url(s.value)) for s in Store)
    assert {"person", "slip"} <= voices
    assert {"document", "official"} <= record
    assert not voices & record - {"journal"}


def test_no_foreign_key_crosses_the_wall():
    from codesign.db import BASES

    for store in Store:
        migrate.load_models(store)
        for table in BASES[store].metadata.sorted_tables:
            for key in table.foreign_keys:
                assert key.column.table.metadata is table.metadata
