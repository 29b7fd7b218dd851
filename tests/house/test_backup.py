"""A backup of both stores, and the way back, rehearsed on both databases."""

from __future__ import annotations

import base64
import tarfile

import pytest
from sqlalchemy import func, select

from codesign import backup
from codesign.attachments.queries import attachment
from codesign.db import Store, writing
from codesign.documents.domain import freeze
from codesign.documents.receiving import receive_attachment, receive_place
from codesign.journal.actions import note
from codesign.journal.models import RecordEntry, VoicesEntry
from codesign.web.clock import now
from tests.documents.conftest import load as example


def rows(session):
    session.rollback()
    return session.scalar(select(func.count()).select_from(VoicesEntry)), session.scalar(
        select(func.count()).select_from(RecordEntry)
    )


def write(session, count):
    with writing(session):
        for store in Store:
            for i in range(count):
                note(session, store, by=None, verb="test", what="thing", id=i, now=now())


def receive_a_file(session):
    """A place and the file of a report as they come over the wall; two rows in the journal of the record."""
    file, place = ({**example(kind), "place": "veldhaven"} for kind in ("attachment", "place"))
    del place["place"]
    with writing(session):
        receive_place(session, freeze("place", {**place, "code": "veldhaven"}), now())
        receive_attachment(session, freeze("attachment", file), now())
    return file


def test_both_stores_come_back_as_they_were(house, session, tmp_path):
    (house.settings.keys).mkdir(parents=True, exist_ok=True)
    (house.settings.keys / "ballot-1.key").write_bytes(b"secret key of a ballot")
    write(session, 3)
    file = receive_a_file(session)
    target, said = tmp_path / "b.tar", []
    digest = backup.backup(house.settings, target, now(), said.append)
    assert len(digest) == 64
    assert said
    assert b"secret key of a ballot" not in target.read_bytes()
    write(session, 4)
    assert rows(session) == (7, 9)
    with pytest.raises(backup.BackupError, match="hold rows"):
        backup.restore(house.settings, target, said.append)
    session.close()
    for engine in session.info["engines"].values():
        engine.dispose()
    backup.restore(house.settings, target, said.append, force=True)
    assert rows(session) == (3, 5)
    # Files of reports stand in the stores, so they come back too.
    assert attachment(session, file["digest"]).content == base64.b64decode(file["content"])


def test_a_damaged_backup_is_refused(house, tmp_path):
    target = tmp_path / "b.tar"
    backup.backup(house.settings, target, now(), lambda _s: None)
    other = tmp_path / "damaged.tar"
    with tarfile.open(target) as source, tarfile.open(other, "w") as copy:
        for member in source.getmembers():
            data = source.extractfile(member).read()
            if member.name != "manifest.json":
                data = data[:-1] + b"?"
            path = tmp_path / "part"
            path.write_bytes(data)
            copy.add(path, member.name)
    with pytest.raises(backup.BackupError, match="damaged"):
        backup.restore(house.settings, other, lambda _s: None, force=True)
    (tmp_path / "no.tar").write_bytes(b"hello")
    with pytest.raises(backup.BackupError, match="not a backup"):
        backup.restore(house.settings, tmp_path / "no.tar", lambda _s: None)


def test_nothing_is_written_outside_the_folder(house, tmp_path):
    evil = tmp_path / "evil.tar"
    (tmp_path / "part").write_text("x")
    with tarfile.open(evil, "w") as tar:
        tar.add(tmp_path / "part", "../outside")
    with pytest.raises(backup.BackupError, match="does not belong"):
        backup.restore(house.settings, evil, lambda _s: None, force=True)
