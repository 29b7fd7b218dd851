"""Elections held outside with Belenios: what is handed over, and which archives are kept as evidence."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile

import build
import pytest

from codesign.db import writing
from codesign.panels.queries import membership
from codesign.rules.permissions import Refused
from codesign.rules.phases import Phase
from codesign.voting import outside, outside_actions, outside_queries, queries
from codesign.voting.domain import NotPrepared, Option
from codesign.web.clock import now


class Bel:
    """An archive in the shape of Belenios, made by hand: parts under their digests, events in a chain."""

    def __init__(self):
        self.entries = [("BELENIOS", b'{"version":1,"timestamp":1780000000}')]
        self.parent, self.height = None, 0

    def data(self, value) -> str:
        return self._add(json.dumps(value).encode(), "data.json")

    def event(self, kind, payload=None) -> None:
        event = {"height": self.height, "type": kind}
        event |= {"parent": self.parent} if self.parent else {}
        event |= {"payload": payload} if payload else {}
        self.parent, self.height = self._add(json.dumps(event).encode(), "event.json"), self.height + 1

    def _add(self, content, kind):
        digest = hashlib.sha256(content).hexdigest()
        self.entries.append((f"{digest}.{kind}", content))
        return digest

    def bytes(self) -> bytes:
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as tar:
            for name, content in self.entries:
                info = tarfile.TarInfo(name)
                info.size = len(content)
                tar.addfile(info, io.BytesIO(content))
        return out.getvalue()


ELECTION = {
    "version": 1, "description": "", "name": "Chair of the panel", "uuid": "8nQ3p2vX1ZkZcB",
    "questions": [{"answers": ["Amal", "Sena"], "blank": True, "min": 1, "max": 1, "question": "Who is our chair?"}],
}  # fmt: skip


def archive(result=((1, 2, 3),), ballots=6, election=ELECTION, finished=True) -> Bel:
    bel = Bel()
    setup = bel.data({"election": bel.data(election), "trustees": bel.data([]), "credentials": bel.data([])})
    bel.event("Setup", setup)
    for n in range(ballots):
        bel.event("Ballot", bel.data({"ballot": n}))
    bel.event("EndBallots")
    bel.event("EncryptedTally", bel.data({"num_tallied": ballots}))
    if finished:
        bel.event("Result", bel.data({"result": [list(row) for row in result]}))
    return bel


def test_an_archive_says_who_got_how_many_and_who_left_it_blank():
    found = outside.read_archive(archive().bytes())
    assert found.questions == (("Who is our chair?", ("Amal", "Sena", "")),)
    assert found.counts == ((2, 3, 1),)
    assert (found.name, found.ballots) == ("Chair of the panel", 6)
    assert found.digest == hashlib.sha256(archive().bytes()).hexdigest()


def changed_part():
    bel = archive()
    name, content = bel.entries[1]
    bel.entries[1] = (name, content.replace(b"Amal", b"Omar"))
    return bel.bytes()


def left_out():
    bel = archive()
    bel.entries = [e for i, e in enumerate(bel.entries) if not (e[0].endswith("event.json") and b"Ballot" in e[1])]
    return bel.bytes()


def no_header():
    bel = archive()
    bel.entries = bel.entries[1:]
    return bel.bytes()


def with_link():
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        info = tarfile.TarInfo("BELENIOS")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(info)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "other_kind"),
        (b"not a tar at all", "other_kind"),
        (b"\x00" * 10_000_001, "too_big"),
        (changed_part(), "changed"),
        (left_out(), "broken_chain"),
        (no_header(), "other_kind"),
        (with_link(), "other_kind"),
        (archive(finished=False).bytes(), "not_finished"),
        (archive(result=((1, 2, 300),)).bytes(), "impossible"),
        (archive(result=((1, 2),)).bytes(), "other_kind"),
        (archive(election={"name": "x"}).bytes(), "other_kind"),
        (archive().bytes()[:2000], "other_kind"),
    ],
)  # fmt: skip
def test_what_is_no_whole_archive_is_refused_with_its_reason(data, problem):
    with pytest.raises(outside.NotAnArchive, match=problem):
        outside.read_archive(data)


def test_what_is_handed_over():
    said = json.loads(outside.questions("Panel", "Who?", [Option("o1", "Amal"), Option("o2", "Sena")], 1))
    assert said["questions"] == [{"answers": ["Amal", "Sena"], "blank": True, "min": 1, "max": 1, "question": "Who?"}]
    lines = outside.voters(["Sena", "Amal"]).decode().splitlines()
    assert lines == ["member1@panel.invalid,Amal", "member2@panel.invalid,Sena"]


class Prepared:
    def __init__(self, session):
        with writing(session):
            self.panel = build.make_panel(session)
            self.round = build.make_round(session, self.panel, Phase.DISCUSSING)
            self.moderator = build.make_moderator(session, self.panel)
            self.members = [build.make_member(session, self.panel) for _ in range(3)]
            self.ballot = build.make_ballot(
                session, self.round, self.moderator, titles=("Amal", "Sena"), max_choices=1, with_none=False, now=now()
            )
            self.round.phase = Phase.VOTING


@pytest.fixture
def prepared(house, session):
    return Prepared(session)


def test_a_result_is_kept_once_and_the_vote_is_not_held_here_too(prepared, session, house):
    p = prepared
    with writing(session):
        by = membership(session, p.moderator.id, p.panel.id)
        row = outside_actions.keep_result(
            session, p.ballot, p.round, by, archive().bytes(), address="https://example.org/8nQ3", now=build.NOW
        )
    assert outside_queries.outside_result(session, p.ballot.id, archive=True).archive == archive().bytes()
    assert row.plain["questions"][0]["counts"] == [2, 3, 1]
    with writing(session), pytest.raises(Refused):
        outside_actions.keep_result(session, p.ballot, p.round, by, archive().bytes(), address="", now=build.NOW)
    with pytest.raises(NotPrepared, match="outside"), writing(session):
        build.open_ballot(
            session, queries.with_options(session, p.ballot.id), p.round, p.moderator, house.settings.keys
        )


def test_the_desk_hands_over_and_takes_back_and_the_panel_sees(prepared, session, client, sign_in, house):
    p = prepared
    sign_in(client, p.moderator)
    path = f"/desk/votes/{p.ballot.id}/outside"
    assert "When this house is not enough" in client.get(path).text
    assert json.loads(client.get(f"{path}/questions.json").data)["questions"][0]["answers"] == ["Amal", "Sena"]
    voters = client.get(f"{path}/voters.txt").text
    assert all(m.pseudonym in voters for m in p.members)
    assert p.moderator.display_name not in voters
    nothing = client.post(path, data={"address": "https://example.org"})
    assert nothing.status_code == 422
    assert "Choose a file first." in nothing.text
    wrong = client.post(path, data={"archive": (io.BytesIO(changed_part()), "e.bel"), "address": "javascript:alert(1)"})
    assert wrong.status_code == 422
    assert "Start with https://" in wrong.text
    wrong = client.post(path, data={"archive": (io.BytesIO(changed_part()), "e.bel")})
    assert "A part of this archive was changed." in wrong.text
    kept = client.post(path, data={"archive": (io.BytesIO(archive().bytes()), "e.bel")})
    assert kept.status_code == 303
    member = sign_in(house.panel.test_client(), p.members[0])
    page = member.get(f"/vote/{p.ballot.id}/outside").text
    assert "3 votes" in page
    assert member.get(f"/vote/{p.ballot.id}/outside/archive").data == archive().bytes()
    assert member.get(f"/vote/{p.ballot.id}").status_code == 404
    with writing(session):
        stranger = build.make_member(session, build.make_panel(session))
    other = sign_in(house.panel.test_client(), stranger)
    assert other.get(f"/vote/{p.ballot.id}/outside").status_code == 404
    assert other.get(f"/vote/{p.ballot.id}/outside/archive").status_code == 404
