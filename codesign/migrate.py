"""Bringing a store to the newest shape, and checking that it is there; each store has its own history."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path
from typing import Any

from alembic import command, context
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection, Engine

import codesign
from codesign.db import BASES, EnumText, Store, UtcDateTime, make_engine, write_mode

PACKAGE = Path(codesign.__file__).parent
# Made by hand in migrations because no model stands for them: the search index.
BY_HAND = ("proposal_search",)


def load_models(store: Store) -> None:
    """Import every models module, so that the store's metadata is whole."""
    for module in pkgutil.iter_modules([str(PACKAGE)]):
        if module.ispkg and (PACKAGE / module.name / "models.py").exists():
            importlib.import_module(f"codesign.{module.name}.models")


def config(store: Store, url: str = "") -> Config:
    """Alembic's settings for one store."""
    folder = PACKAGE / "migrations" if (PACKAGE / "migrations").is_dir() else PACKAGE.parent / "migrations"
    c = Config()
    c.set_main_option("script_location", str(folder / store.value))
    c.attributes["url"] = url
    return c


def _render(kind: str, item: Any, _context: Any) -> str | bool:
    if kind == "type" and isinstance(item, UtcDateTime):
        return "codesign.db.UtcDateTime()"
    if kind == "type" and isinstance(item, EnumText):
        return f"sa.String({item.length})"
    return False


def _include(_object: Any, name: str | None, kind: str, reflected: bool, _compare: Any) -> bool:
    if kind == "table" and name is not None:
        # The index of search, and the partitions of ballots, belong to no model.
        return not (
            reflected and (name.startswith(BY_HAND) or name.startswith(("roll_", "slip_")) or name == "alembic_version")
        )
    return True


def _options(store: Store) -> dict[str, Any]:
    return {
        "target_metadata": BASES[store].metadata,
        "render_item": _render,
        "include_object": _include,
        "compare_type": False,
        "render_as_batch": False,
    }


def run_env(store: Store) -> None:
    """What `migrations/<store>/env.py` calls."""
    load_models(store)
    connection: Connection | None = context.config.attributes.get("connection")
    if connection is not None:
        context.configure(connection=connection, **_options(store))
        with context.begin_transaction():
            context.run_migrations()
        return
    engine = make_engine(context.config.attributes["url"])
    with write_mode(), engine.begin() as made:
        context.configure(connection=made, **_options(store))
        context.run_migrations()
    engine.dispose()


def upgrade(store: Store, url: str, revision: str = "head") -> None:
    """Bring the store up to `revision`."""
    if url.startswith("sqlite:///"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    command.upgrade(config(store, url), revision)


def downgrade(store: Store, url: str, revision: str = "base") -> None:
    """Take the store back to `revision`."""
    command.downgrade(config(store, url), revision)


def revision(store: Store, url: str, message: str, number: str) -> None:
    """Write the next migration from the difference between models and store (for developers)."""
    command.revision(config(store, url), message=message, autogenerate=True, rev_id=number)


def head(store: Store) -> str | None:
    """The newest revision there is."""
    return ScriptDirectory.from_config(config(store)).get_current_head()


def current(engine: Engine) -> str | None:
    """The revision a store is at."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def differences(store: Store, engine: Engine) -> list[Any]:
    """What the models say and the store lacks, or the other way round; empty when they agree."""
    load_models(store)
    with engine.connect() as connection:
        options = _options(store)
        metadata = options.pop("target_metadata")
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))
