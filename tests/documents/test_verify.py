"""Checking files without the database: what holds, what does not, and what cannot be read."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from codesign.documents.bundle import pack
from codesign.documents.domain import digest, freeze
from codesign.documents.render.pdf import pdf
from codesign.documents.verify import Finding, Unreadable, verify_file


@pytest.fixture
def bundle(example):
    """The parts of the worked example's public bundle, by name."""
    document = freeze("advice", example("advice"))
    releases = {digest(b): b for b in (freeze("release", example(n)) for n in ("release", "release_adoption"))}
    packed = pack("2026-3", digest(document), document, releases, pdf(document))
    with zipfile.ZipFile(io.BytesIO(packed)) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def zipped(tmp_path, parts):
    path = tmp_path / "bundle.zip"
    with zipfile.ZipFile(path, "w") as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return path


def broken(findings):
    return [f.sentence for f in findings if not f.holds]


def test_a_whole_public_bundle_holds(tmp_path, bundle):
    findings = verify_file(zipped(tmp_path, bundle))
    assert broken(findings) == []
    said = " ".join(f.sentence for f in findings)
    for words in (
        "meets its schema",
        "here and holds",
        "says what its release says",
        "adopted",
        "PDF is drawn",
        "7f3a 91c2",
    ):
        assert words in said


def test_packing_the_same_parts_gives_the_same_bytes(example):
    document = freeze("advice", example("advice"))
    assert pack("1", "d", document, {"b": b"2", "a": b"1"}, b"p") == pack(
        "1", "d", document, {"a": b"1", "b": b"2"}, b"p"
    )


def release_name(bundle, n=0):
    return sorted(name for name in bundle if name.startswith("releases/"))[n]


def changed(stored, edit):
    document = json.loads(stored)
    edit(document)
    return json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


TAMPERINGS = {
    "a word of the advice": (
        lambda b: b | {"advice.json": b["advice.json"].replace(b"Meet before", b"Eat before")}, "PDF differs"),
    "a quarter in the advice": (
        lambda b: b
        | {"advice.json": changed(b["advice.json"], lambda d: d["heard"]["results"][0].update(quarters=[1]))},
        "something else than its release"),
    "a release": (
        lambda b: b | {release_name(b): b[release_name(b)].replace(b"2026", b"2025")}, "was changed"),
    "a release left out": (lambda b: {k: v for k, v in b.items() if k != release_name(b)}, "missing or broken"),
    "the paper": (lambda b: b | {"advice.pdf": b["advice.pdf"] + b"\n"}, "PDF differs"),
    "no paper": (lambda b: {k: v for k, v in b.items() if k != "advice.pdf"}, "PDF is missing"),
    "a part more": (lambda b: b | {"releases/notes.txt": b"x", "virus.exe": b"x"}, "does not belong"),
    "a field more": (lambda b: b | {"advice.json": changed(b["advice.json"], lambda d: d.update(voters=3))}, "voters"),
    "the adoption": (
        lambda b: b | {"advice.json": changed(b["advice.json"], lambda d: d["adoption"].update(quorum_met=False))},
        "quorum_met"),
    "no json": (lambda b: b | {"advice.json": b"{"}, "not readable JSON"),
}  # fmt: skip


@pytest.mark.parametrize("how", TAMPERINGS)
def test_tampering_is_found(how, tmp_path, bundle):
    tamper, says = TAMPERINGS[how]
    found = broken(verify_file(zipped(tmp_path, tamper(bundle))))
    assert found
    assert says in " ".join(found)


@pytest.mark.parametrize("name", ["advice", "release", "place", "summary", "answer", "rating"])
def test_a_single_document_holds_and_says_its_digest(name, tmp_path, example):
    stored = freeze(name, example(name))
    path = tmp_path / "one.json"
    path.write_bytes(stored)
    findings = verify_file(path)
    assert broken(findings) == []
    assert any(digest(stored) in f.sentence for f in findings)


def test_a_single_document_that_does_not_hold_says_where(tmp_path, example):
    path = tmp_path / "one.json"
    path.write_text(json.dumps({**example("advice"), "goes_well": ""}), encoding="utf-8")
    assert broken(verify_file(path)) == ["The advice does not hold: goes_well: is empty."]


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"{", b"[1]", b'{"a": 1}', b"PK\x03\x04broken", b"\x89PNG", b"{" * 10],
)  # fmt: skip
def test_a_file_that_is_something_else_is_unreadable(content, tmp_path):
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(Unreadable):
        verify_file(path)


def test_a_missing_file_a_folder_and_a_bomb_are_unreadable(tmp_path):
    for path in (tmp_path / "nothing", tmp_path):
        with pytest.raises(Unreadable):
            verify_file(path)
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("advice.json", b"0" * 30_000_000)
    with pytest.raises(Unreadable, match="too much"):
        verify_file(bomb)


def test_a_panels_bundle_is_counted_by_whoever_can_count(tmp_path):
    path = tmp_path / "lists.json"
    seen = []

    def recount(found):
        seen.append(found)
        return [Finding(found["tally"] == 1, "The count is right.")]

    ballot = {"opening": {}, "closed": {}, "tally": 1}
    path.write_text(json.dumps({"ballots": [ballot, {**ballot, "tally": 2}]}))
    assert [f.holds for f in verify_file(path, recount)] == [True, False]
    path.write_text(json.dumps(ballot))
    assert [f.holds for f in verify_file(path, recount)] == [True]
    assert len(seen) == 3
    assert verify_file(zipped(tmp_path, {"one.json": json.dumps(ballot).encode()}), recount)[0].holds
    with pytest.raises(Unreadable, match="cannot count"):
        verify_file(path)
