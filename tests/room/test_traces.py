"""Votes from the room leave as little as votes from phones: no order, no code in the clear, nothing of who entered what."""

from __future__ import annotations

import random

import pytest
import sqlalchemy as sa
from voting.test_traces import free_pages_are_empty, order_is_lost, store_path

from codesign.db import Store, VoicesBase
from codesign.migrate import load_models
from codesign.room.models import RoomBatch, RoomBox, RoomEntry, RoomTablet
from codesign.voting import codes, keys, queries
from codesign.voting.domain import State
from codesign.voting.models import Slip
from room.conftest import YES_NO


def vote_everywhere(r):
    """Phones and the tablet in turn, then paper; returns (who or where, name of the slip) in that order."""
    secret = keys.load(r.key_folder, r.ballot.key_name).codes
    cast = []
    tablet = r.tablet()
    for number, person in enumerate(r.members[10:]):
        r.cast(person, "yes")
        cast.append((person.id, codes.code_key(secret, r.ballot.id, r.code(person))))
        if number < 5:
            code = r.fresh_in_room()
            r.cast_on(tablet, r.turn(tablet), "no", code=code)
            cast.append((f"tablet {number}", codes.code_key(secret, r.ballot.id, code)))
    sheets = r.print(5)
    random.Random(3).shuffle(sheets)
    r.enter_all([(code, "yes") for code in sheets], r.second, r.members[0])
    cast += [(f"paper {code}", codes.code_key(secret, r.ballot.id, code)) for code in sheets]
    r.settle()
    r.session.rollback()
    return cast, sheets


def test_nothing_of_the_room_points_to_a_voter():
    load_models(Store.VOICES)
    assert {c.name for c in RoomEntry.__table__.columns} == {"ballot_id", "place", "code_key", "closed"}
    assert RoomEntry.__table__.dialect_options["sqlite"]["with_rowid"] is False
    for model in (RoomEntry, RoomBatch, RoomBox, RoomTablet):
        for key in model.__table__.foreign_keys:
            assert key.column.table.name in {"ballot", "person", "room_batch"}
    assert VoicesBase.metadata.tables["room_entry"].c.code_key.foreign_keys == set()


@pytest.mark.sqlite_only
def test_the_file_keeps_no_order_and_no_sheet_after_closing(room, house):
    r = room(members=30, noted=10, **YES_NO)
    cast, sheets = vote_everywhere(r)
    path = store_path(house)
    assert r.close().state is State.SWEPT
    data = path.read_bytes()
    log = path.with_name(path.name + "-wal")
    after = log.read_bytes() if log.exists() else b""
    assert all(data.count(name) == 1 and name not in after for _who, name in cast)
    assert order_is_lost(cast, sorted((name for _who, name in cast), key=data.find))
    assert free_pages_are_empty(data)
    # A code stands in the closed list, as each voter's does, and nowhere else.
    for code in sheets:
        assert data.count(code.encode()) == 1


@pytest.mark.postgresql_only
def test_the_rows_keep_no_order_after_closing(room):
    from codesign import db_traces as traces

    r = room(members=30, noted=10, **YES_NO)
    cast, _sheets = vote_everywhere(r)
    r.close()
    assert traces.rewritten(r.session, Slip, r.ballot.id)
    assert order_is_lost(cast, [name for name, _sealed in queries.slips(r.session, r.ballot.id)])
    for model in (RoomEntry, RoomBatch, RoomTablet):
        assert r.session.scalars(sa.select(model)).all() == []
    assert not keys.present(r.key_folder, r.ballot.key_name)  # so what a dead row may hold opens no more


def test_while_it_is_open_no_page_tells_how_many_voted_in_the_room(room, client, sign_in):
    r = room(members=8, noted=4, live=True, **YES_NO)
    sign_in(client, r.moderator)
    paths = (f"/desk/votes/{r.ballot.id}/room", f"/desk/votes/{r.ballot.id}/room/list", f"/desk/votes/{r.ballot.id}")

    def bare(text):
        import re

        return re.sub(r'name="csrf_token" value="[^"]*"|<!-- .*? -->', "", text)

    tablet = r.tablet()
    before = [bare(client.get(path).text) for path in paths]
    for choice in ("yes", "no"):
        r.cast_on(tablet, r.turn(tablet), choice)
    assert [bare(client.get(path).text) for path in paths] == before
