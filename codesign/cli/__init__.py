"""The `codesign` command: serving, setting up, people, backup, verification, checks and tallies."""

from __future__ import annotations

import click

from codesign import __version__
from codesign.cli import housekeeping, library, people, proof, serving
from codesign.cli.tally import tally as tally_command


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """codesign: newcomer panels, from first words to answered advice.

    Settings come from the environment (CODESIGN_*); docs/hosts.md lists them.
    Exit codes: 0 all is well, 1 something does not hold, 2 the command could not be carried out.
    """


for _command in (
    serving.serve, serving.worker, serving.demo, serving.totp,
    housekeeping.migrate_stores, housekeeping.init, housekeeping.backup, housekeeping.restore, housekeeping.check,
    people.people, library.library, proof.verify, tally_command,
):  # fmt: skip
    main.add_command(_command)
