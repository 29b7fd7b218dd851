"""The `codesign` command: serving, setting up, people, backup, verification and checks."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from sqlalchemy.exc import SQLAlchemyError

from codesign import __version__, migrate
from codesign.db import Store, writing
from codesign.settings import BadSettings, Settings


class Stopped(click.ClickException):
    """The command cannot go on; the sentence says why. Exit code 2."""

    exit_code = 2


def _settings() -> Settings:
    try:
        settings = Settings.from_environment()
        problems = settings.problems()
    except BadSettings as error:
        problems = error.problems
    if problems:
        raise Stopped("\n".join(problems))
    return settings


def _session(settings: Settings) -> Any:
    from codesign.web.sessions import open_session

    migrate.load_models(Store.VOICES)
    return open_session(settings)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """codesign: newcomer panels, from first words to answered advice.

    Settings come from the environment (CODESIGN_*); docs/hosts.md lists them.
    Exit codes: 0 all is well, 1 something does not hold, 2 the command could not be carried out.
    """


@main.command()
def serve() -> None:
    """Serve both doors in this process, with the worker beside them."""
    from codesign import serving

    settings = _settings()
    _must_be_migrated(settings)
    try:
        serving.serve(
            settings, lambda: click.echo(f"panel  {settings.base('panel')}\nrecord {settings.base('record')}")
        )
    except OSError as error:
        raise Stopped(f"A door cannot open its port: {error}.") from error


@main.command()
def worker() -> None:
    """Run the worker alone (in production, beside gunicorn)."""
    from codesign.jobs.worker import Worker
    from codesign.serving import worker_tasks

    settings = _settings()
    _must_be_migrated(settings)
    Worker(worker_tasks(settings))._run()


def _must_be_migrated(settings: Settings) -> None:
    from codesign.db import make_engine

    for store in Store:
        engine = make_engine(settings.database_url(store.value))
        try:
            if migrate.current(engine) != migrate.head(store):
                raise Stopped(f"The {store.value} are not at the newest migration. Run: codesign migrate")
        except SQLAlchemyError as error:
            raise Stopped(f"The {store.value} cannot be reached: {type(error).__name__}.") from error
        finally:
            engine.dispose()


@main.command("migrate")
@click.option("--store", type=click.Choice([s.value for s in Store]), help="Only this store.")
@click.option("--to", default="head", show_default=True, help="The migration to go to.")
def migrate_stores(store: str | None, to: str) -> None:
    """Bring the stores to the newest shape (make a backup first)."""
    settings = _settings()
    settings.instance_path.mkdir(parents=True, exist_ok=True)
    for each in [Store(store)] if store else list(Store):
        click.echo(f"{each.value}: ", nl=False)
        try:
            migrate.upgrade(each, settings.database_url(each.value), to)
        except SQLAlchemyError as error:
            raise Stopped(f"{type(error).__name__}: {str(error).splitlines()[0]}") from error
        click.echo("at the newest migration." if to == "head" else f"at {to}.")


@main.command()
@click.option("--fresh", is_flag=True, help="Throw the demonstration away and begin anew.")
@click.option("--load-only", is_flag=True, help="Load, and do not serve.")
def demo(fresh: bool, load_only: bool) -> None:
    """Load the demonstration place and serve both doors on loopback."""
    from codesign import demonstration

    settings = _settings()
    if settings.production:
        raise Stopped("The demonstration is never loaded with production settings.")
    demonstration.run(replace(settings, hash_cost="normal"), fresh=fresh, serve=not load_only)


@main.command()
@click.argument("login")
def totp(login: str) -> None:
    """Show the six-digit code of now for somebody of the demonstration (never for real people)."""
    import pyotp

    from codesign.demonstration import demo_access

    secret = next((e["totp_secret"] for e in demo_access() if e.get("login") == login), None)
    if secret is None:
        raise Stopped(f"The demonstration has no login {login}.")
    click.echo(pyotp.TOTP(secret).now())


@main.command()
@click.option("--login", prompt="Login of the first host")
def init(login: str) -> None:
    """Make the stores and a first host, who sets password and code by a one-time link."""
    from codesign.accounts import actions
    from codesign.accounts.queries import any_host
    from codesign.web.clock import now

    settings = _settings()
    settings.instance_path.mkdir(parents=True, exist_ok=True)
    for store in Store:
        migrate.upgrade(store, settings.database_url(store.value))
    session = _session(settings)
    if any_host(session):
        raise Stopped("There is a host already. Use: codesign people staff")
    with writing(session):
        token = actions.make_first_host(session, login=login, now=now())
    click.echo(f"Open this link within 7 days, once:\n{settings.base('panel')}/setup/{token}")


@main.group()
def people() -> None:
    """Cards, staff and officials, from the command line."""


@people.command("list")
def list_people() -> None:
    """Staff and officials, with whether they have set up their sign-in."""
    from codesign.accounts.queries import staff
    from codesign.officials.queries import all_officials

    session = _session(_settings())
    for person in staff(session):
        ready = "ready" if person.password_hash else "not set up"
        click.echo(f"{'host' if person.is_host else 'moderator':10} {person.login:24} {ready}")
    for official in all_officials(session):
        click.echo(f"{'official':10} {official.login:24} {'ready' if official.password_hash else 'not set up'}")


@people.command()
@click.argument("login")
def link(login: str) -> None:
    """A new one-time setup link for a host or moderator who lost password or code; ends all their sign-ins."""
    from codesign.accounts import actions
    from codesign.accounts.queries import staff_by_login
    from codesign.web.clock import now

    settings = _settings()
    session = _session(settings)
    person = staff_by_login(session, login)
    if person is None:
        raise Stopped(f"There is no host or moderator with the login {login}.")
    with writing(session):
        session.add(person)
        token = actions.renew_setup(session, person, now())
    click.echo(f"{settings.base('panel')}/setup/{token}")


@people.command("end-official")
@click.argument("login")
def end_official(login: str) -> None:
    """Shut the way in of an official who left their post; what they wrote stays in the record."""
    from codesign.officials import actions
    from codesign.officials.queries import official_by_login
    from codesign.web.clock import now

    session = _session(_settings())
    official = official_by_login(session, login)
    if official is None:
        raise Stopped(f"There is no official with the login {login}.")
    with writing(session):
        session.add(official)
        actions.end_official(session, official, now())
    click.echo(f"{official.login} can no longer sign in.")


@people.command()
@click.argument("panel_id", type=int)
@click.argument("count", type=click.IntRange(1, 200))
@click.option("--language", default="nl", show_default=True)
@click.option("--role", type=click.Choice(["newcomer", "resident", "professional"]), default="newcomer")
def cards(panel_id: int, count: int, language: str, role: str) -> None:
    """Make cards for a panel and show their digits once."""
    from codesign.panels import actions
    from codesign.panels.queries import panel_by_id
    from codesign.rules.permissions import Facts
    from codesign.rules.roles import Role
    from codesign.web.clock import now

    settings = _settings()
    session = _session(settings)
    panel = panel_by_id(session, panel_id)
    if panel is None:
        raise Stopped(f"There is no panel {panel_id}.")
    with writing(session):
        made = actions.make_cards(
            session, panel_id, count=count, language=language, role=Role(role), settings=settings, by=None,
            facts=Facts(role=Role.HOST), now=now(),
        )  # fmt: skip
    for card in made:
        click.echo(" ".join(card.groups))


@main.command()
@click.argument("target", type=click.Path(path_type=Path))
def backup(target: Path) -> None:
    """Write both stores and the uploads to one file (ballot keys apart)."""
    from codesign import backup as module
    from codesign.web.clock import now

    settings = _settings()
    try:
        digest = module.backup(settings, target, now(), click.echo)
    except (module.BackupError, OSError) as error:
        raise Stopped(str(error)) from error
    click.echo(f"sha256 {digest}\nBallot keys are not in it. Back up {settings.keys} apart, or open ballots are void.")


@main.command()
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@click.option("--force", is_flag=True, help="Replace stores that hold rows.")
def restore(source: Path, force: bool) -> None:
    """Put both stores and the uploads back from a backup."""
    from codesign import backup as module

    try:
        module.restore(_settings(), source, click.echo, force=force)
    except (module.BackupError, OSError) as error:
        raise Stopped(str(error)) from error


@main.command()
@click.argument("file", type=click.Path(exists=True, path_type=Path, dir_okay=False))
def verify(file: Path) -> None:
    """Check a sent document, a public bundle, or a panel's bundle, without any database."""
    from codesign.documents.verify import Unreadable, verify_file
    from codesign.voting.recount import recount

    try:
        findings = verify_file(file, recount)
    except Unreadable as error:
        raise Stopped(str(error)) from error
    for finding in findings:
        click.echo(f"{'holds   ' if finding.holds else 'BROKEN  '} {finding.sentence}")
    if not all(f.holds for f in findings):
        sys.exit(1)


@main.command()
def check() -> None:
    """Look at settings, engines, migrations, journals and the outbox."""
    from codesign.checking import check_all

    try:
        settings = Settings.from_environment()
    except BadSettings as error:
        raise Stopped(str(error)) from error
    migrate.load_models(Store.VOICES)
    good = True
    for finding in check_all(settings):
        good = good and finding.good
        click.echo(f"{'ok  ' if finding.good else 'LOOK'} {finding.sentence}")
    if not good:
        sys.exit(1)
