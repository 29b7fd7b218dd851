"""Files made to break whoever reads them: archives of Belenios, and bundles for `codesign verify`; all are refused."""

from __future__ import annotations

import io
import json
import os
import tarfile
from copy import deepcopy
from pathlib import Path

import pytest
from click.testing import CliRunner

from codesign.cli import main
from codesign.voting import outside
from codesign.voting.domain import Method, canonical, digest
from codesign.voting.recount import recount
from voting.test_outside import ELECTION, archive
from voting.test_recount import bundle

END = b"\0" * 1024
HUGE = 1 << 40


def header(size: int = 0, name: str = "BELENIOS", kind: bytes = tarfile.REGTYPE, sparse: int | None = None) -> bytes:
    """The head of one entry, with a size of our choice; `sparse`: how large it would be when it is unfolded."""
    head = bytearray(tarfile.TarInfo(name).tobuf(format=tarfile.GNU_FORMAT))
    head[124:136], head[156:157] = tarfile.itn(size, 12, tarfile.GNU_FORMAT), kind
    if sparse is not None:
        head[386:410] = tarfile.itn(0, 12, tarfile.GNU_FORMAT) * 2
        head[482], head[483:495] = 0, tarfile.itn(sparse, 12, tarfile.GNU_FORMAT)
    head[148:156] = b" " * 8
    head[148:156] = b"%06o\0 " % tarfile.calc_chksums(bytes(head))[0]
    return bytes(head)


def pax(record: bytes) -> bytes:
    """An extended head with one record."""
    return header(len(record), "p", tarfile.XHDTYPE) + record.ljust(-(-len(record) // 512) * 512, b"\0")


def with_parent(parent) -> bytes:
    bel = archive()
    bel.parent = parent
    bel.event("EndBallots")
    return bel.bytes()


def named(name: str) -> bytes:
    return archive(election=ELECTION | {"name": name}).bytes()


def asked(**more) -> bytes:
    return archive(election=ELECTION | {"questions": [ELECTION["questions"][0] | more]}).bytes()


@pytest.mark.parametrize(
    "data",
    [
        header(kind=tarfile.GNUTYPE_SPARSE, sparse=HUGE) + END,
        header(HUGE) + END,
        header(-1024) + END,
        header(-512) + END,
        header() + header(-1024, "x") + END,
        pax(b"30 size=99999999999999999999\n") + header() + END,
        pax(b"22 GNU.sparse.size=9x\n") + header() + END,
        pax(b"22 GNU.sparse.major=1\n22 GNU.sparse.minor=0\n35 GNU.sparse.realsize=1099511627776\n")
        + header(512)
        + END,
        pax(b"5013 size=" + b"9" * 5000 + b"\n") + header() + END,
        archive(result=((float("inf"), 2, 3),)).bytes(),
        archive(result=((float("nan"), 2, 3),)).bytes(),
        archive(result=((1.9, 2, 3),)).bytes(),
        archive(result=(("1", 2, 3),)).bytes(),
        archive(result=((True, 2, 3),)).bytes(),
        with_parent([1]),
        with_parent({"a": 1}),
        asked(answers="ab"),
        asked(answers=["Amal", "\ud800"]),
        named("Chair\x00"),
        named("Chair\ud800"),
    ],
)
def test_an_archive_made_to_break_us_is_refused_quickly_and_with_a_reason(data):
    with pytest.raises(outside.NotAnArchive) as told:
        outside.read_archive(data)
    assert str(told.value) in {"other_kind", "changed", "broken_chain", "no_election", "impossible"}


def test_signs_that_turn_the_line_over_do_not_come_on_our_pages():
    found = outside.read_archive(archive(election=ELECTION | {"name": "\u202eChair\u2066 \u200cof"}).bytes())
    assert found.name == "Chair \u200cof"


def test_a_link_or_an_archive_in_an_archive_is_no_part():
    inner = io.BytesIO()
    with tarfile.open(fileobj=inner, mode="w:gz") as tar:
        tar.addfile(tarfile.TarInfo("BELENIOS"))
    with pytest.raises(outside.NotAnArchive, match="other_kind"):
        outside.read_archive(inner.getvalue())


# -- bundles

ODD = (float("inf"), -1, 0, 10**9, 10**60, "x", "", [], {}, None, 1.5, ["x"], {"a": 1}, "\ud800", "9" * 5000)


def places(value, path=()):
    """Every place in a document."""
    yield path
    for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield from places(value[key], (*path, key))


def changed(document, path, value):
    found = deepcopy(document)
    holder = found
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = value
    return found


def refitted(found):
    """With the digests made to fit again."""
    try:
        found["opening_digest"] = found["closed"]["opening"] = digest(canonical(found["opening"]))
        found["closed_digest"] = digest(canonical(found["closed"]))
    except (TypeError, ValueError, KeyError, AttributeError):
        return None
    return found


@pytest.mark.parametrize("method", list(Method))
def test_no_value_anywhere_in_a_bundle_ends_the_recount_without_findings(method):
    whole = json.loads(json.dumps(bundle(method)))
    # `make check-all` puts every odd value in every place; `make test` the next one of them in each.
    every = os.environ.get("CODESIGN_TESTS") == "all"
    for number, path in enumerate(places(whole)):
        if not path or path[0] == "tally":
            continue
        for value in ODD if every else (ODD[number % len(ODD)], ODD[(number + 5) % len(ODD)]):
            for found in filter(None, (changed(whole, path, value), refitted(changed(whole, path, value)))):
                assert recount(found), (path, value)


def nested(depth: int) -> str:
    return "[" * depth + "]" * depth


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ('{"document": "ballot-bundle", "version": 1, "opening": ' + nested(100_000) + "}", {2}),
        ('{"document": "ballot-bundle", "version": ' + "9" * 10_000 + "}", {1, 2}),
        ('{"document": "ballot-bundle", "version": 1}', {1, 2}),
        ('{"document": "ballot-bundle", "version": 1, "opening": {}, "closed": {}}', {1, 2}),
        ('{"ballots": [' + '{"closed": {}},' * 50_000 + "{}]}", {1, 2}),
        ('{"ballots": {"a": NaN}}', {1, 2}),
    ],
)
@pytest.mark.parametrize("command", ["verify", "tally"])
def test_a_file_made_to_break_the_command_ends_with_a_sentence(tmp_path: Path, text, codes, command):
    file, whole = tmp_path / "ballot.json", tmp_path / "other.json"
    file.write_text(text)
    whole.write_text(json.dumps(bundle(Method.APPROVAL)))
    for arguments in ([str(file)], [str(file), str(whole)], [str(whole), str(file)]):
        if command == "tally" and len(arguments) > 1:
            continue
        told = CliRunner().invoke(main, [command, *arguments])
        assert told.exit_code in codes, (told.exit_code, told.output[-500:], told.exception)
        assert told.exception is None or isinstance(told.exception, SystemExit), told.exception


def test_what_a_bundle_says_does_not_steer_the_terminal(tmp_path: Path):
    found = bundle(Method.APPROVAL)
    found["closed"]["list"][0] |= {"code": "\x1b[2J\u202e1", "marks": {"zz": 1}}
    file = tmp_path / "ballot.json"
    file.write_text(json.dumps(found))
    told = CliRunner().invoke(main, ["verify", str(file)])
    assert told.exit_code == 1
    assert "\x1b" not in told.output
    assert "\u202e" not in told.output
