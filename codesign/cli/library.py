"""Commands that share this record with other installations, and take over what they share."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from codesign.cli import house
from codesign.cli.house import Stopped


@click.group()
def library() -> None:
    """Advice, answers and learning cards, shared between installations (docs/library.md)."""


@library.command("export")
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
def export_library(target: Path) -> None:
    """Write all public documents of this record to one file; the same record gives the same bytes."""
    from codesign.documents.domain import digest
    from codesign.library.exporting import export

    settings = house.settings_in_order()
    with house.record_on(settings) as session:
        payload = export(session, settings)
    try:
        target.write_bytes(payload)
    except OSError as error:
        raise Stopped(f"{target} cannot be written: {error.strerror}.") from error
    click.echo(f"{target}: {len(payload)} bytes, sha256 {digest(payload)}")


@library.command("import")
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_library(source: Path) -> None:
    """Take over the file of another installation: all of it, or nothing when one document does not hold.

    Every digest is checked, nothing that is here is changed, and doing it twice changes nothing.
    """
    from codesign.db import writing
    from codesign.library.domain import NotALibrary, Refused
    from codesign.library.importing import take_over
    from codesign.web.clock import now

    settings = house.settings_in_order()
    try:
        payload = source.read_bytes()
        with house.record_on(settings) as session, writing(session):
            taken = take_over(session, payload, settings, now())
    except (NotALibrary, OSError) as error:
        raise Stopped(str(error)) from error
    except Refused as refused:
        for problem in refused.problems:
            click.echo(f"REFUSED  {problem}")
        click.echo("Nothing was taken over.")
        sys.exit(1)
    click.echo(f"From {taken.origin.name} ({taken.origin.address}): {taken.new} new, {taken.known} known already.")
