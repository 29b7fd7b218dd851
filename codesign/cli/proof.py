"""Commands that check files on any machine, without a database."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from codesign.cli.house import Stopped


@click.command()
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
