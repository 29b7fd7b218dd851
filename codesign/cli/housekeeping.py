"""Commands that look after the stores: making and migrating them, the first host, backup, and the check of a house."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from codesign.cli import house
from codesign.cli.house import Stopped
from codesign.settings import BadSettings, Settings


@click.command("migrate")
@click.option("--store", type=click.Choice(["voices", "record"]), help="Only this store.")
@click.option("--to", default="head", show_default=True, help="The migration to go to.")
def migrate_stores(store: str | None, to: str) -> None:
    """Bring the stores to the newest shape (make a backup first)."""
    from sqlalchemy.exc import SQLAlchemyError

    from codesign import migrate
    from codesign.db import Store

    settings = house.settings_in_order()
    settings.instance_path.mkdir(parents=True, exist_ok=True)
    for each in [Store(store)] if store else list(Store):
        click.echo(f"{each.value}: ", nl=False)
        try:
            migrate.upgrade(each, settings.database_url(each.value), to)
        except SQLAlchemyError as error:
            raise Stopped(f"{type(error).__name__}: {str(error).splitlines()[0]}") from error
        click.echo("at the newest migration." if to == "head" else f"at {to}.")


@click.command()
@click.option("--login", prompt="Login of the first host")
def init(login: str) -> None:
    """Make the stores and a first host, who sets password and code by a one-time link."""
    from codesign import migrate
    from codesign.accounts import actions
    from codesign.accounts.queries import any_host
    from codesign.db import Store, writing
    from codesign.web.clock import now

    settings = house.settings_in_order()
    settings.instance_path.mkdir(parents=True, exist_ok=True)
    for store in Store:
        migrate.upgrade(store, settings.database_url(store.value))
    session = house.session_on(settings)
    if any_host(session):
        raise Stopped(
            "There is a host already. Lost the sign-in? Use: codesign people link LOGIN (list: codesign people list)"
        )
    with writing(session):
        token = actions.make_first_host(session, login=login, now=now())
    click.echo(f"Open this link within 7 days, once:\n{settings.base('panel')}/setup/{token}")


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
def backup(target: Path) -> None:
    """Write both stores and the uploads to one file (ballot keys apart)."""
    from codesign import backup as module
    from codesign.web.clock import now

    settings = house.settings_in_order()
    try:
        digest = module.backup(settings, target, now(), click.echo)
    except (module.BackupError, OSError) as error:
        raise Stopped(str(error)) from error
    click.echo(f"sha256 {digest}\nBallot keys are not in it. Back up {settings.keys} apart, or open ballots are void.")


@click.command()
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@click.option("--force", is_flag=True, help="Replace stores that hold rows.")
def restore(source: Path, force: bool) -> None:
    """Put both stores and the uploads back from a backup."""
    from codesign import backup as module

    try:
        module.restore(house.settings_in_order(), source, click.echo, force=force)
    except (module.BackupError, OSError) as error:
        raise Stopped(str(error)) from error


@click.command()
def check() -> None:
    """Look at settings, engines, migrations, journals and the outbox."""
    from codesign import migrate
    from codesign.checking import check_all
    from codesign.db import Store

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
