"""The search for a join between roll and slip: it finds one while the vote is open, and none after closing."""

from __future__ import annotations

import itertools
import random
import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa

from codesign import db_traces as traces
from codesign.db import Store, VoicesBase, sqlite_module, writing
from codesign.migrate import load_models
from codesign.voting import closing, codes, keys, queries
from codesign.voting.domain import State
from codesign.voting.models import Roll, Slip


def vote_in_some_order(w):
    """Everybody votes; returns (member, name of the slip) in the order in which they did."""
    people = list(w.members)
    random.Random(7).shuffle(people)
    secret = keys.load(w.key_folder, w.ballot.key_name).codes
    cast = []
    for person in people:
        w.cast(person, "o1")
        cast.append((person.id, codes.code_key(secret, w.ballot.id, w.code(person))))
    w.session.rollback()
    return cast


def test_roll_and_slip_share_the_ballot_and_nothing_else():
    load_models(Store.VOICES)
    roll, slip = Roll.__table__, Slip.__table__
    assert {c.name for c in roll.columns} == {"ballot_id", "member_id", "voted", "in_room"}
    assert {c.name for c in slip.columns} == {"ballot_id", "code_key", "sealed"}
    for table in VoicesBase.metadata.tables.values():
        for key in table.foreign_keys:
            assert key.column.table not in (roll, slip), (table.name, key)
    others = [t.name for t in VoicesBase.metadata.tables.values() if t not in (roll, slip)]
    assert not any("slip" in name or "roll" in name for name in others)


def test_no_time_no_number_no_address_stands_on_a_vote():
    for table in (Roll.__table__, Slip.__table__):
        for column in table.columns:
            assert not isinstance(column.type, sa.DateTime), column
            assert column.autoincrement is not True
            if column.name != "in_room":  # false, which says nothing
                assert column.default is None
                assert column.server_default is None
        assert table.dialect_options["sqlite"]["with_rowid"] is False
        assert table.dialect_options["postgresql"]["partition_by"] == "LIST (ballot_id)"


def store_path(house):
    return Path(house.settings.database_url("voices").removeprefix("sqlite:///"))


@pytest.mark.sqlite_only
def test_the_file_keeps_no_order_after_closing(world, house):
    w = world(members=40)
    cast = vote_in_some_order(w)
    path = store_path(house)
    log = path.with_name(path.name + "-wal")
    before = log.read_bytes()
    # The search has teeth: while the vote is open the log holds one transaction after the other.
    first_seen = [before.find(name) for _member, name in cast]
    assert first_seen == sorted(first_seen)
    assert min(first_seen) >= 0
    w.close()
    data = path.read_bytes()
    # After the sweep the log held nothing; what stands in it now is the note that it was swept.
    after = log.read_bytes() if log.exists() else b""
    assert not any(name in after for _member, name in cast)
    assert free_pages_are_empty(data)
    assert all(data.count(name) == 1 for _member, name in cast)
    assert order_is_lost(cast, sorted((name for _member, name in cast), key=data.find))
    assert order_is_lost(cast, [name for name, _sealed in queries.slips(w.session, w.ballot.id)])


def free_pages_are_empty(data):
    """Whether the pages SQLite no longer uses hold nothing (the note of the sweep may move a page of the ballot's own
    row); see "The Freelist" in the description of its file format."""
    size = int.from_bytes(data[16:18], "big")
    trunk, empty = int.from_bytes(data[32:36], "big"), True
    while trunk:
        page = data[(trunk - 1) * size : trunk * size]
        count = int.from_bytes(page[4:8], "big")
        leaves = [int.from_bytes(page[8 + 4 * i : 12 + 4 * i], "big") for i in range(count)]
        empty = empty and not any(page[8 + 4 * count :])
        empty = empty and not any(any(data[(leaf - 1) * size : leaf * size]) for leaf in leaves)
        trunk = int.from_bytes(page[:4], "big")
    return empty


def laid_anew(path, target, order):
    """A copy of a store whose rolls and slips came in another order, one by one, and which was then swept; without
    the counters in its header."""
    shutil.copyfile(path, target)
    c = sqlite_module().connect(str(target), isolation_level=None)
    for table in ("roll", "slip"):
        rows = list(c.execute(f"SELECT * FROM {table}"))
        random.Random(order).shuffle(rows)
        c.execute(f"DELETE FROM {table}")
        for row in rows:
            c.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
    c.execute("VACUUM")
    c.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    c.close()
    data = bytearray(target.read_bytes())
    for start, end in ((24, 28), (40, 44), (92, 96)):  # counts of changes, of the schema and of the version
        data[start:end] = bytes(end - start)
    return bytes(data)


@pytest.mark.sqlite_only
def test_the_swept_file_is_the_same_whatever_order_the_votes_came_in(world, house, tmp_path):
    """Byte by byte: whoever holds the file after closing holds nothing of the order."""
    w = world(members=40)
    vote_in_some_order(w)
    w.close()
    w.session.close()
    files = {laid_anew(store_path(house), tmp_path / f"{order}.db", order) for order in range(3)}
    assert len(files) == 1


def order_is_lost(cast, stored):
    """Whether the stored order tells nothing of the order of voting beyond chance."""
    places = {name: i for i, name in enumerate(stored)}
    followed = sum(abs(places[b] - places[a]) == 1 for (_m, a), (_n, b) in itertools.pairwise(cast))
    return followed < len(cast) // 4


@pytest.mark.sqlite_only
def test_a_second_ballot_that_runs_does_not_keep_the_first_from_being_swept(world, house):
    one, other = world(members=12), world(members=12)
    vote_in_some_order(one)
    vote_in_some_order(other)
    assert one.close().state is State.SWEPT
    assert other.again().state is State.OPEN
    assert other.close().state is State.SWEPT


@pytest.mark.sqlite_only
def test_while_somebody_reads_the_sweep_waits_and_then_is_proven(world, house):
    w = world(members=5)
    vote_in_some_order(w)
    engine = w.session.get_bind(mapper=sa.inspect(Slip))
    w.session.rollback()
    with engine.connect() as reader:
        reader.exec_driver_sql("SELECT count(*) FROM slip").scalar()
        with pytest.raises(closing.NotSwept):
            closing.close_due(w.session, w.ballot.id, w.end)
        assert w.again().state is State.CLOSED
        assert keys.present(w.key_folder, w.ballot.key_name)
        w.session.rollback()
    assert w.close().state is State.SWEPT
    assert not keys.present(w.key_folder, w.ballot.key_name)


def system_columns(w, table, key):
    w.session.rollback()
    rows = w.session.connection(bind_arguments={"mapper": sa.inspect(Slip)}).exec_driver_sql(
        f"SELECT t.xmin::text::bigint, (t.ctid::text::point)[0]::int, (t.ctid::text::point)[1]::int, t.{key}"
        f" FROM {table}_{w.ballot.id} AS t ORDER BY t.ctid"
    )
    return [tuple(r) for r in rows]


@pytest.mark.postgresql_only
def test_system_columns_link_nobody_after_closing(world):
    w = world(members=40)
    cast = vote_in_some_order(w)
    # Teeth: while the vote is open, rows of one transaction give everybody away.
    voted = {row[0]: row[3] for row in system_columns(w, "roll", "member_id")}
    linked = [(voted[row[0]], bytes(row[3])) for row in system_columns(w, "slip", "code_key")]
    assert sorted(linked) == sorted(cast)
    w.close()
    for table, key in (("roll", "member_id"), ("slip", "code_key")):
        rows = system_columns(w, table, key)
        assert len(rows) == 40
        assert len({row[0] for row in rows}) == 1
        assert [row[3] for row in rows] == sorted(row[3] for row in rows)
        # No gap where another version of a row was.
        for page in {row[1] for row in rows}:
            lines = [row[2] for row in rows if row[1] == page]
            assert lines == list(range(1, len(lines) + 1))
    assert order_is_lost(cast, [bytes(row[3]) for row in system_columns(w, "slip", "code_key")])


@pytest.mark.postgresql_only
def test_deleting_would_not_have_been_enough(world):
    """The proof looks: rows that were deleted and written anew in one file are not taken for swept."""
    w = world(members=6)
    vote_in_some_order(w)
    assert not traces.rewritten(w.session, Slip, w.ballot.id)
    with writing(w.session):
        rows = [(k, s) for k, s in queries.slips(w.session, w.ballot.id)]
        w.session.execute(sa.delete(Slip).where(Slip.ballot_id == w.ballot.id))
        w.session.execute(sa.insert(Slip), [{"ballot_id": w.ballot.id, "code_key": k, "sealed": s} for k, s in rows])
    assert not traces.rewritten(w.session, Slip, w.ballot.id)
    with writing(w.session):
        traces.rewrite_sorted(w.session, Slip, w.ballot.id)
    assert traces.rewritten(w.session, Slip, w.ballot.id)


def test_keys_go_only_after_the_proof(world, monkeypatch):
    w = world(members=3)
    vote_in_some_order(w)
    monkeypatch.setattr(closing, "proven", lambda *_: False)
    with pytest.raises(closing.NotSwept):
        closing.close_due(w.session, w.ballot.id, w.end)
    assert w.again().state is State.CLOSED
    assert keys.present(w.key_folder, w.ballot.key_name)
    monkeypatch.undo()
    assert w.close().state is State.SWEPT
    assert not keys.present(w.key_folder, w.ballot.key_name)


def test_a_void_ballot_leaves_nothing_behind(world, house):
    from codesign.voting import actions

    w = world(members=6)
    cast = vote_in_some_order(w)
    sealed = [s for _k, s in queries.slips(w.session, w.ballot.id)]
    with writing(w.session):
        actions.void_ballot(w.session, w.ballot.id, w.round, w.by, reason="Wrong question.", language="en", now=w.now)
    w.close(w.now)
    if house.kind == "sqlite":
        path = store_path(house)
        data = b"".join(p.read_bytes() for p in (path, path.with_name(path.name + "-wal")) if p.exists())
        assert not any(name in data for _member, name in cast)
        assert not any(s[:40] in data for s in sealed)
    assert not keys.present(w.key_folder, w.ballot.key_name)
