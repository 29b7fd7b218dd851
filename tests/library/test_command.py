"""`codesign library export` and `import` between two installations, each with its own settings and stores."""

from __future__ import annotations

import json

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from codesign.cli import main
from codesign.documents.domain import digest
from codesign.library.models import LibraryDocument


def environment(installation):
    s = installation.settings
    return {
        "CODESIGN_INSTANCE": s.instance, "CODESIGN_VOICES_URL": s.voices_url, "CODESIGN_RECORD_URL": s.record_url,
        "CODESIGN_RECORD_BASE": s.record_base, "CODESIGN_NAME": s.name,
    }  # fmt: skip


def run(installation, *words):
    return CliRunner().invoke(main, ["library", *words], env=environment(installation))


def kept(installation):
    installation.session.rollback()
    return installation.session.scalar(sa.select(sa.func.count()).select_from(LibraryDocument))


@pytest.fixture
def file(lived, tmp_path):
    target = tmp_path / "library.json"
    done = run(lived, "export", str(target))
    assert done.exit_code == 0, done.output
    assert digest(target.read_bytes()) in done.output
    return target


def test_R25_one_command_writes_the_file_and_one_takes_it_over(here, lived, file, tmp_path):
    again = tmp_path / "again.json"
    assert run(lived, "export", str(again)).exit_code == 0
    assert again.read_bytes() == file.read_bytes() == lived.export()
    count = len(json.loads(file.read_bytes())["documents"])
    done = run(here, "import", str(file))
    assert (done.exit_code, kept(here)) == (0, count), done.output
    assert (
        f"From Lindermeer and friends (https://record.lindermeer.example): {count} new, 0 known already." in done.output
    )
    done = run(here, "import", str(file))
    assert (done.exit_code, kept(here)) == (0, count)
    assert f"0 new, {count} known already." in done.output


def test_R25_a_changed_document_is_named_and_nothing_is_taken_over(here, file):
    whole = json.loads(file.read_bytes())
    answer = next(d for d in whole["documents"] if d["kind"] == "answer")
    answer["stored"] = answer["stored"].replace("Contract 1", "Contract 9")
    file.write_text(json.dumps(whole))
    done = run(here, "import", str(file))
    assert (done.exit_code, kept(here)) == (1, 0)
    assert "REFUSED  answer 2026-3 veldhaven (" in done.output
    assert "Nothing was taken over." in done.output


@pytest.mark.sqlite_only
def test_what_cannot_be_read_ends_with_2(here, lived, file, tmp_path):
    (tmp_path / "words.txt").write_text("hello")
    assert run(here, "import", str(tmp_path / "words.txt")).exit_code == 2
    assert run(here, "import", str(tmp_path / "nothing.json")).exit_code == 2
    assert run(lived, "import", str(file)).exit_code == 2
    assert run(lived, "export", str(tmp_path / "no" / "folder.json")).exit_code == 2


@pytest.mark.sqlite_only
def test_a_store_that_is_not_there_stops_both(tmp_path, file):
    elsewhere = {"CODESIGN_INSTANCE": str(tmp_path / "empty")}
    for words in (["export", str(tmp_path / "x.json")], ["import", str(file)]):
        assert CliRunner().invoke(main, ["library", *words], env=elsewhere).exit_code == 2


@pytest.mark.parametrize("words", [[], ["export"], ["import"]])
def test_each_command_has_its_help(words):
    done = CliRunner().invoke(main, ["library", *words, "--help"])
    assert done.exit_code == 0
    assert len(done.output.splitlines()) > 4
