"""Commands that check files on any machine, without a database."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from codesign.cli.house import Stopped
from codesign.cli.tally import safe


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path, dir_okay=False))
@click.option("--control", multiple=True, help="A control number that was read aloud or printed: a list must have it.")
def verify(files: tuple[Path, ...], control: tuple[str, ...]) -> None:
    """Check sent documents, public bundles and panels' bundles, without any database.

    Closed ballots are counted again. Several of one round are held against each other, and against the releases and
    advice given beside them: each list names the one before it, and a release names the list it was made from.
    """
    from codesign.documents.verify import Unreadable, lists_in, verify_file
    from codesign.voting.recount import anchored, follows, recount

    holds: list[bool] = []
    ballots, named = [], []
    try:
        for file in files:
            if len(files) > 1:
                click.echo(safe(str(file)))
            holds += [_say(f.holds, f.sentence) for f in verify_file(file, recount)]
            held, told = lists_in(file)
            ballots += held
            named += told
    except Unreadable as error:
        raise Stopped(safe(str(error))) from error
    beyond = anchored(ballots, control, named) + (follows(ballots) if len(ballots) > 1 else [])
    holds += [_say(f.holds, f.sentence) for f in beyond]
    if not all(holds):
        sys.exit(1)


def _say(holds: bool, sentence: str) -> bool:
    click.echo(f"{'holds   ' if holds else 'BROKEN  '} {safe(sentence)}")
    return holds
