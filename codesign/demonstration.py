"""`make demo`: the demonstration place, loaded once with progress, served, and who can sign in where."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import click

from codesign import migrate, serving
from codesign.db import Store
from codesign.settings import Settings


def access_file(settings: Settings) -> Path:
    """Where the list of sign-ins stands: `instance/demo/access.json`."""
    return settings.instance_path / "access.json"


def demo_access() -> list[dict[str, Any]]:
    """The sign-ins of the demonstration in `instance/demo` below this folder; empty when it was never loaded."""
    for folder in (Settings.from_environment().instance_path, Path("instance/demo")):
        if (folder / "access.json").exists():
            found: list[dict[str, Any]] = json.loads((folder / "access.json").read_text())
            return found
    return []


def run(settings: Settings, *, fresh: bool, serve: bool) -> None:
    """Load what is not there yet, then serve."""
    folder = settings.instance_path
    done = folder / "loaded"
    if folder.exists() and (fresh or not done.exists()):
        # A load that was broken off leaves half a place; begin anew.
        shutil.rmtree(folder)
    if not done.exists():
        folder.mkdir(parents=True, exist_ok=True)
        for store in Store:
            migrate.upgrade(store, settings.database_url(store.value))
        load(settings)
        done.write_text("1\n")
    else:
        click.echo("The demonstration place is there already (make demo FRESH=1 begins anew).")
    entries: list[dict[str, Any]] = json.loads(access_file(settings).read_text())
    if serve:
        try:
            serving.serve(settings, lambda: show(settings, entries))
        except OSError as error:
            raise click.ClickException(
                f"A door cannot open its port ({error}). Choose others: CODESIGN_PANEL_PORT, CODESIGN_RECORD_PORT."
            ) from error


def load(settings: Settings) -> None:
    """Put the demonstration place in, through the same actions the pages use."""
    from codesign.demo.loader import load as load_place

    entries = load_place(
        settings, lambda done, total, what: click.echo(f"\r{bar(done, total)} {what[:44]:44}", nl=False, err=True)
    )
    click.echo("", err=True)
    access_file(settings).write_text(json.dumps(entries, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    access_file(settings).chmod(0o600)


def bar(done: int, total: int, width: int = 24) -> str:
    """A bar of progress."""
    filled = width * done // max(total, 1)
    return f"[{'#' * filled}{'.' * (width - filled)}]"


def short(entries: list[dict[str, Any]], each: int = 2) -> list[dict[str, Any]]:
    """The first few of each role: enough to look round with."""
    seen: Counter[str] = Counter()
    kept = []
    for entry in entries:
        seen[entry["role"]] += 1
        if seen[entry["role"]] <= each:
            kept.append(entry)
    return kept


def show(settings: Settings, entries: list[dict[str, Any]]) -> None:
    """The short table of who can sign in where and how."""
    click.echo(f"\nPanel door   {settings.base('panel')}\nRecord door  {settings.base('record')}\n")
    for entry in short(entries):
        if "card" in entry:
            how = f"card {entry['card']}  PIN {entry.get('pin') or 'not set: first use'}"
        else:
            how = f"login {entry['login']}  password {entry['password']}  code: codesign totp {entry['login']}"
        click.echo(f"{entry['role']:12} {entry['name'][:22]:22} {entry['door']:7} {how}")
    click.echo(f"\nAll {len(entries)} of them, also for machines: {access_file(settings)}\nStop with Ctrl-C.")
