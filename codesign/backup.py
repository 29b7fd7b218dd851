"""A backup of both stores and the uploads in one file, and the way back; ballot keys are left out on purpose."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from codesign import __version__, migrate
from codesign.db import BASES, Store, make_engine, sqlite_module
from codesign.settings import Settings

Progress = Callable[[str], None]


class BackupError(ValueError):
    """The backup cannot be made or used; the sentence says why."""


def _sqlite_path(url: str) -> Path | None:
    return Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite:///") else None


def _dump_sqlite(path: Path, target: Path) -> None:
    module: Any = sqlite_module()
    source, copy = module.connect(str(path)), module.connect(str(target))
    source.backup(copy)
    copy.close()
    source.close()


def _postgres_tool(tool: str, url: str, *arguments: str) -> None:
    program = shutil.which(tool) or next(
        (str(p) for p in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{tool}"))), None
    )
    if program is None:
        raise BackupError(f"{tool} is not installed; it comes with PostgreSQL's client programs.")
    plain = sa.make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    done = subprocess.run([program, *arguments, "-d", plain], capture_output=True, text=True)
    if done.returncode:
        raise BackupError(f"{tool} failed: {done.stderr.strip()[:300]}")


def backup(settings: Settings, target: Path, now: datetime, progress: Progress) -> str:
    """Write both stores and the uploads to `target` (tar); returns the SHA-256 of the file.

    Ballot keys stay out: who holds a backup must not be able to open a ballot. Back the key folder up apart.
    """
    manifest: dict[str, Any] = {"made_at": now.isoformat(), "version": __version__, "files": {}}
    with tempfile.TemporaryDirectory() as folder:
        parts: list[Path] = []
        for store in Store:
            progress(f"Reading the {store.value} ...")
            url = settings.database_url(store.value)
            path = _sqlite_path(url)
            if path is not None:
                if not path.exists():
                    raise BackupError(f"There is no store at {path}.")
                part = Path(folder) / f"{store.value}.sqlite"
                _dump_sqlite(path, part)
            else:
                part = Path(folder) / f"{store.value}.pgdump"
                _postgres_tool("pg_dump", url, "--format=custom", "--no-owner", f"--file={part}")
            engine = make_engine(url)
            manifest[f"{store.value}_revision"] = migrate.current(engine)
            engine.dispose()
            parts.append(part)
        uploads = settings.instance_path / "uploads"
        parts += sorted(p for p in uploads.rglob("*") if p.is_file()) if uploads.is_dir() else []
        partial = target.with_name(target.name + ".part")
        with tarfile.open(partial, "w") as tar:
            for part in parts:
                name = part.name if part.parent == Path(folder) else f"uploads/{part.relative_to(uploads)}"
                manifest["files"][name] = hashlib.sha256(part.read_bytes()).hexdigest()
                tar.add(part, name)
            text = json.dumps(manifest, indent=1, sort_keys=True).encode()
            info = tarfile.TarInfo("manifest.json")
            info.size = len(text)
            tar.addfile(info, io.BytesIO(text))
        partial.chmod(0o600)
        partial.rename(target)
    progress(f"Written: {target}")
    return hashlib.sha256(target.read_bytes()).hexdigest()


def restore(settings: Settings, source: Path, progress: Progress, *, force: bool = False) -> None:
    """Put both stores and the uploads back from a backup; refuses to overwrite stores with rows unless `force`."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            with tarfile.open(source) as tar:
                _unpack(tar, Path(folder))
            manifest = json.loads((Path(folder) / "manifest.json").read_text())
        except BackupError:
            raise
        except (tarfile.TarError, OSError, ValueError) as error:
            raise BackupError(f"This is not a backup of codesign: {type(error).__name__}.") from error
        for name, digest in manifest["files"].items():
            if hashlib.sha256((Path(folder) / name).read_bytes()).hexdigest() != digest:
                raise BackupError(f"{name} in the backup is damaged.")
        progress("The backup is whole.")
        for store in Store:
            url = settings.database_url(store.value)
            if not force and _has_rows(store, url):
                raise BackupError(f"The {store.value} hold rows already. Use --force to replace them.")
        for store in Store:
            progress(f"Writing the {store.value} ...")
            url = settings.database_url(store.value)
            path = _sqlite_path(url)
            dump = Path(folder) / (f"{store.value}.sqlite" if path is not None else f"{store.value}.pgdump")
            if not dump.exists():
                raise BackupError("The backup is of the other kind of database.")
            if path is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
                for old in path.parent.glob(path.name + "*"):
                    old.unlink()
                shutil.copyfile(dump, path)
            else:
                _postgres_tool(
                    "pg_restore", url, "--clean", "--if-exists", "--no-owner", "--single-transaction", str(dump)
                )
            migrate.upgrade(store, url)
        uploads = Path(folder) / "uploads"
        if uploads.is_dir():
            shutil.copytree(uploads, settings.instance_path / "uploads", dirs_exist_ok=True)
    progress("Restored.")


def _unpack(tar: tarfile.TarFile, folder: Path) -> None:
    """Write the plain files of a backup below `folder`; nothing else in it, and nothing outside.

    By hand, because the first releases of Python 3.11 lack the safe filters of `extractall`.
    """
    for member in tar:
        target = (folder / member.name).resolve()
        source = tar.extractfile(member) if member.isreg() else None
        if source is None or not target.is_relative_to(folder.resolve()):
            raise BackupError(f"{member.name!r} does not belong in a backup.")
        target.parent.mkdir(parents=True, exist_ok=True)
        with source, target.open("wb") as out:
            shutil.copyfileobj(source, out)


def _has_rows(store: Store, url: str) -> bool:
    path = _sqlite_path(url)
    if path is not None and not path.exists():
        return False
    migrate.load_models(store)
    engine = make_engine(url)
    try:
        present = set(sa.inspect(engine).get_table_names())
        with engine.connect() as c:
            return any(
                c.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first() is not None
                for table in BASES[store].metadata.sorted_tables
                if table.name in present
            )
    finally:
        engine.dispose()
