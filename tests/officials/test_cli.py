"""The commands that shut the way in of an official who left, and of an organisation."""

from __future__ import annotations

from typing import Any

import pytest
from build import make_official, make_organisation
from click.testing import CliRunner
from sqlalchemy.orm import Session

from codesign.cli import house as house_of_commands
from codesign.cli import main
from codesign.db import writing
from codesign.officials import queries


@pytest.fixture
def command(house: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run `codesign people end-official` against the stores of this test."""
    monkeypatch.setattr(house_of_commands, "settings_in_order", lambda: house.settings)
    return lambda login, kind="official": CliRunner().invoke(main, ["people", f"end-{kind}", login])


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


def test_an_organisation_can_no_longer_sign_in_and_nobody_behind_it_is_kept(session: Session, command: Any) -> None:
    with writing(session):
        organisation = make_organisation(session)
    done = command(organisation.login, "organisation")
    assert (done.exit_code, done.output) == (0, f"{organisation.login} can no longer sign in.\n")
    session.refresh(organisation)
    kept = (organisation.contact_name, organisation.mail, organisation.password_hash, organisation.totp_secret)
    assert kept == ("", "", None, None)
    assert command(organisation.login, "organisation").exit_code != 0
