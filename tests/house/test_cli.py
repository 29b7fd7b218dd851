"""The `codesign` command: help, exit codes, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from codesign.cli import main

DOCUMENTS = Path(__file__).parents[1] / "documents"
PRODUCTION = {"CODESIGN_PRODUCTION": "1"}


def run(*words: str, **environment: str):
    return CliRunner().invoke(main, list(words), env=environment)


@pytest.mark.parametrize(
    "words",
    [[], ["serve"], ["worker"], ["migrate"], ["demo"], ["init"], ["people"], ["people", "cards"], ["people", "link"],
     ["backup"], ["restore"], ["verify"], ["tally"], ["check"]],
)  # fmt: skip
def test_each_command_has_its_help(words):
    done = run(*words, "--help")
    assert done.exit_code == 0
    assert len(done.output.splitlines()) > 4


@pytest.mark.parametrize("words", [["serve"], ["demo"], ["migrate"], ["people", "list"]])
def test_weak_settings_in_production_stop_everything_with_sentences(words, tmp_path):
    done = run(*words, **PRODUCTION, CODESIGN_INSTANCE=str(tmp_path))
    assert done.exit_code == 2
    assert "CODESIGN_PANEL_KEY must be a secret" in done.output
    assert "must start with https://" in done.output
    assert not list(tmp_path.iterdir())


def test_a_number_that_is_none_is_named(tmp_path):
    done = run("check", CODESIGN_PANEL_PORT="eight", CODESIGN_INSTANCE=str(tmp_path))
    assert done.exit_code == 2
    assert "CODESIGN_PANEL_PORT" in done.output


def test_stores_are_made_checked_and_served_only_when_new_enough(tmp_path):
    house = {"CODESIGN_INSTANCE": str(tmp_path / "house")}
    assert run("serve", **house).exit_code == 2
    assert run("check", **house).exit_code == 1
    done = run("init", "--login", "first", **house)
    assert done.exit_code == 0, done.output
    assert "/setup/" in done.output
    assert run("init", "--login", "second", **house).exit_code == 2
    done = run("check", **house)
    assert done.exit_code == 0, done.output
    assert "The journal of the voices holds." in done.output
    assert "first" in run("people", "list", **house).output
    assert run("people", "cards", "1", "2", **house).exit_code == 2
    target = tmp_path / "b.tar"
    assert run("backup", str(target), **house).exit_code == 0
    assert run("restore", str(target), **house).exit_code == 2
    assert run("restore", str(target), "--force", **house).exit_code == 0


def test_verify_tells_what_holds_by_its_exit_code(tmp_path):
    good = tmp_path / "advice.json"
    from codesign.documents.domain import freeze

    good.write_bytes(freeze("advice", json.loads((DOCUMENTS / "example_advice.json").read_text())))
    done = run("verify", str(good))
    assert done.exit_code == 0, done.output
    bad = tmp_path / "changed.json"
    bad.write_bytes(good.read_bytes().replace(b'"cost_class":', b'"cost_clazz":'))
    assert run("verify", str(bad)).exit_code == 1
    other = tmp_path / "other.json"
    other.write_text("hello")
    assert run("verify", str(other)).exit_code == 2
