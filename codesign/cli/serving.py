"""Commands that run the house: the doors, the worker, and the demonstration."""

from __future__ import annotations

from dataclasses import replace

import click

from codesign.cli import house
from codesign.cli.house import Stopped


@click.command()
def serve() -> None:
    """Serve both doors in this process, with the worker beside them."""
    from codesign import serving

    settings = house.settings_in_order()
    house.must_be_migrated(settings)
    try:
        serving.serve(
            settings, lambda: click.echo(f"panel  {settings.base('panel')}\nrecord {settings.base('record')}")
        )
    except OSError as error:
        raise Stopped(f"A door cannot open its port: {error}.") from error


@click.command()
def worker() -> None:
    """Run the worker alone (in production, beside gunicorn)."""
    from codesign.jobs.worker import Worker
    from codesign.serving import worker_tasks

    settings = house.settings_in_order()
    house.must_be_migrated(settings)
    Worker(worker_tasks(settings)).run()


@click.command()
@click.option("--fresh", is_flag=True, help="Throw the demonstration away and begin anew.")
@click.option("--load-only", is_flag=True, help="Load, and do not serve.")
def demo(fresh: bool, load_only: bool) -> None:
    """Load the demonstration place and serve both doors on loopback."""
    from codesign import demonstration

    settings = house.settings_in_order()
    if settings.production:
        raise Stopped("The demonstration is never loaded with production settings.")
    demonstration.run(replace(settings, hash_cost="normal"), fresh=fresh, serve=not load_only)


@click.command()
@click.argument("login")
def totp(login: str) -> None:
    """Show the six-digit code of now for somebody of the demonstration (never for real people)."""
    import pyotp

    from codesign.demonstration import demo_access

    secret = next((e["totp_secret"] for e in demo_access() if e.get("login") == login), None)
    if secret is None:
        raise Stopped(f"The demonstration has no login {login}.")
    click.echo(pyotp.TOTP(secret).now())
