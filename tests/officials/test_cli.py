"""The command that shuts the way in of an official who left."""

from __future__ import annotations

from typing import Any

import pytest
from build import make_official
from click.testing import CliRunner
from sqlalchemy.orm import Session

from codesign.cli import house as house_of_commands
from codesign.cli import main
from codesign.officials import queries


@pytest.fixture
def command(house: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run `codesign people end-official` against the stores of this test."""
    monkeypatch.setattr(house_of_commands, "settings_in_order", lambda: house.settings)
    return lambda login: CliRunner().invoke(main, ["people", "end-official", login])


def test_an_official_who_left_can_no_longer_sign_in(session: Session, command: Any) -> None:
    official = make_official(session)
    session.rollback()
    done = command(official.login)
    assert (done.exit_code, done.output) == (0, f"{official.login} can no longer sign in.\n")
    session.rollback()
    assert queries.official_by_login(session, official.login) is None


def test_a_login_that_nobody_has_is_said(command: Any) -> None:
    done = command("nobody")
    assert done.exit_code != 0
    assert "There is no official with the login nobody." in done.output
