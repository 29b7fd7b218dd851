"""Static files: named with the hash of what is in them, compressed, and kept by browsers for ever."""

import gzip
import hashlib
import mimetypes
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, current_app, g, request, url_for
from werkzeug.security import safe_join

from codesign.web.parts import init_parts

TEXT = frozenset({".css", ".js", ".json", ".md", ".svg", ".txt"})
YEAR = 365 * 86400


@lru_cache(maxsize=512)
def _digest(path: Path, changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10]


@lru_cache(maxsize=512)
def _packed(path: Path, changed: int) -> bytes:
    return gzip.compress(path.read_bytes(), 9, mtime=0)


def asset(name: str) -> str:
    """The address of a static file with a hash of its bytes: `asset('css/desk.css')` is `/static/css/desk.css?v=..`.

    A file that does not exist raises FileNotFoundError, so a wrong name never reaches a reader. A page names the same
    sprite dozens of times: each address is made once a request.
    """
    made: dict[str, str] = g.setdefault("assets", {})
    if name not in made:
        path = Path(current_app.static_folder or "") / name
        made[name] = url_for("static", filename=name, v=_digest(path, path.stat().st_mtime_ns))
    return made[name]


def static_file(filename: str) -> Response:
    """A file of `static/`; text goes out compressed; an address with the right hash may be kept for ever."""
    found = safe_join(current_app.static_folder or "", filename)
    path = Path(found) if found else None
    if path is None or not path.is_file():
        return current_app.send_static_file(filename)  # answers 404 its own way
    changed = path.stat().st_mtime_ns
    if path.suffix in TEXT and "gzip" in request.headers.get("Accept-Encoding", ""):
        mimetype = mimetypes.guess_type(path.name)[0] or "text/plain"
        reply = Response(_packed(path, changed), mimetype=mimetype, headers={"Content-Encoding": "gzip"})
        reply.set_etag(f"{_digest(path, changed)}-gzip")
        reply.make_conditional(request)
    else:
        reply = current_app.send_static_file(filename)
    if path.suffix in TEXT:
        reply.vary.add("Accept-Encoding")
    reply.cache_control.clear()
    reply.cache_control.public = True
    if request.args.get("v") == _digest(path, changed):
        reply.cache_control.max_age = YEAR
        reply.cache_control.immutable = True
    else:
        reply.cache_control.max_age = 3600
    return reply


def init_assets(app: Flask) -> None:
    """Give the templates `asset()` and the calculations of their parts; serve static files the way above."""
    app.jinja_env.globals["asset"] = asset
    app.view_functions["static"] = static_file
    init_parts(app)
