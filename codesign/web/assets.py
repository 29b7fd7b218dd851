"""Names of static files with the hash of what is in them, so that a browser may keep them for ever."""

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Flask, current_app, url_for

from codesign.web.parts import init_parts


@lru_cache(maxsize=256)
def _digest(path: Path, changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10]


def asset(name: str) -> str:
    """The address of a static file with a hash of its bytes: `asset('css/desk.css')` is `/static/css/desk.css?v=..`.

    A file that does not exist raises FileNotFoundError, so a wrong name never reaches a reader.
    """
    path = Path(current_app.static_folder or "") / name
    return url_for("static", filename=name, v=_digest(path, path.stat().st_mtime_ns))


def init_assets(app: Flask) -> None:
    """Give the templates `asset()` and the calculations of their parts."""
    app.jinja_env.globals["asset"] = asset
    init_parts(app)
