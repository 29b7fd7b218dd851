"""The file of a report crosses before the advice that cites it, and everybody can have it at the record door."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from typing import Any

import pytest
from advice.conftest import voted
from build import TODAY

from codesign.accounts.models import Person
from codesign.advice import sending
from codesign.advice.models import Recommendation
from codesign.documents.domain import DocumentError, digest, freeze, read
from codesign.documents.models import AdviceStatus
from codesign.documents.verify import verify_file
from codesign.evidence.models import Backing
from codesign.fieldwork import actions
from codesign.fieldwork.blueprint import citing
from codesign.fieldwork.files import clean
from codesign.fieldwork.models import Kind
from codesign.fieldwork.queries import content_of
from codesign.fieldwork.sending import NotPublic, put_files
from codesign.jobs.models import OutboxItem
from codesign.panels.queries import membership
from codesign.rules.phases import Phase
from codesign.vision import actions as vision
from codesign.vision.blueprint import citing as vision_citing
from fieldwork.conftest import photo


def report(world: Any, person: Person, key: str, public: bool) -> int:
    """A workshop with a photo of the drawings."""
    told = actions.Told(
        Kind.WORKSHOP, "An evening with maps", TODAY, 14, ("en", "ar"), ("BRI",), "Where do you meet?",
        "Most meet nobody.", "en", "Two members", public=public,
    )  # fmt: skip
    with world.write():
        mine = membership(world.session, person.id, world.panel.id)
        assert mine is not None
        file = clean(photo(), 10_000_000)
        row = actions.attach(
            world.session, mine, told, file=file, alternative="Streets,\ndrawn", key=key, consented=True, now=world.now
        )
        return row.id


def test_R41_the_file_of_a_cited_report_crosses_first_and_stands_with_the_advice(
    house, session, record_client, tmp_path
):
    world = voted(house, session)
    public, inside = (report(world, world.moderator, key, key == "a") for key in ("a", "b"))
    with pytest.raises(NotPublic), world.write():
        put_files(session, [public, inside], world.now)
    world.compose()
    with world.write():
        session.add(
            Backing(
                advice_id=world.advice_id, report_id=public,
                recommendation_id=session.query(Recommendation.id).filter_by(advice_id=world.advice_id).scalar(),
            )
        )  # fmt: skip
        mine = membership(session, world.moderator.id, world.panel.id)
        sentence, agreed = vision.Sentence("Everybody knows one neighbour.", "en"), vision.Agreement(TODAY)
        point = vision.write_down(session, mine, sentence, agreed, key="v", now=world.now).id
        first = session.query(Recommendation.id).filter_by(advice_id=world.advice_id).scalar()
        session.add(Backing(advice_id=world.advice_id, vision_id=point, recommendation_id=first))
    is_cited, is_referred_to = citing(house.panel)[0], vision_citing(house.panel)[0]
    assert not is_cited(session, public)
    assert not is_referred_to(session, point)
    world.adopt()
    assert is_cited(session, public)
    assert is_referred_to(session, point)
    assert not is_cited(session, inside)
    with world.write():
        name = sending.send_advice(session, world.view(), now=world.now)
    session.rollback()
    kinds = [item.kind for item in session.query(OutboxItem).order_by(OutboxItem.id)]
    assert kinds.index("attachment") < kinds.index("advice")
    assert kinds.count("attachment") == 1
    assert world.cross().refused == 0
    world.phase(Phase.ANSWERING)

    assert is_cited(session, public)  # what was sent keeps what it rests on; a vision goes on growing
    assert not is_referred_to(session, point)

    file = content_of(session, public)
    assert file is not None
    status = session.query(AdviceStatus).filter_by(digest=name).one()
    path = f"/advice/{status.place_code}/{status.number}"
    page = record_client.get(f"{path}/reports/p1").get_data(as_text=True)
    assert "An evening with maps" in page
    assert "Streets, drawn" in page
    assert f'href="{path}/reports/p1"' in record_client.get(path).get_data(as_text=True)
    given = record_client.get(f"{path}/reports/p1/file")
    assert given.data == file.content
    assert (
        given.headers["Content-Disposition"]
        == f'attachment; filename="advice-{status.place_code}-{status.number}-p1.jpg"'
    )
    assert "sandbox" in given.headers["Content-Security-Policy"]
    for nothing in ("p2", "p2/file", "p0", "..%2f..%2fsecret", "p1%0d%0aX"):
        assert record_client.get(f"{path}/reports/{nothing}").status_code == 404, nothing

    bundle = tmp_path / "bundle.zip"
    bundle.write_bytes(record_client.get(f"{path}/bundle.zip").data)
    findings = verify_file(bundle)
    assert [f.sentence for f in findings if not f.holds] == []
    assert any("The file" in f.sentence and "here and holds" in f.sentence for f in findings)
    changed = tmp_path / "changed.zip"
    with zipfile.ZipFile(bundle) as old, zipfile.ZipFile(changed, "w") as new:
        for part in old.namelist():
            new.writestr(part, old.read(part) + (b"x" if part.startswith("files/") else b""))
    assert [f.sentence for f in verify_file(changed) if not f.holds] == [
        f"files/{file.digest} was changed: its digest is {' '.join(digest(file.content + b'x')[i : i + 4] for i in (0, 4, 8))}."
    ]

    with world.write():
        session.get(AdviceStatus, status.id).withdrawn_on = TODAY
    for end in ("p1", "p1/file"):
        assert record_client.get(f"{path}/reports/{end}").status_code == 404


def test_an_attachment_is_what_it_says_it_is():
    content = clean(photo((2000, 2000)), 10_000_000).content
    whole = {
        "place": "veldhaven", "digest": digest(content), "media_type": "image/jpeg", "size": len(content),
        "name": "visit-2026-05-04.jpg", "alternative": "A street", "content": base64.b64encode(content).decode(),
    }  # fmt: skip
    assert read("attachment", freeze("attachment", whole))["size"] == len(content)
    for change in (
        {"digest": "0" * 64}, {"size": 3}, {"media_type": "application/pdf"}, {"alternative": ""}, {"content": "%%%%"},
        {"name": "../../etc/passwd"}, {"media_type": "image/svg+xml"},
    ):  # fmt: skip
        with pytest.raises(DocumentError) as refused:
            freeze("attachment", whole | change)
        assert [f.path for f in refused.value.faults] == list(change)
    assert json.loads(freeze("attachment", whole))["schema"] == "codesign/attachment/1"
    assert io.BytesIO(content).read(3) == b"\xff\xd8\xff"
