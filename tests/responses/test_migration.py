"""The second migration of the record keeps every document, also while other rows point at it, up and down."""

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
