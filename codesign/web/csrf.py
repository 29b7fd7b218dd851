"""Requests that change something must come from our own pages: a token, and the browser's word on the origin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import flask
from flask_wtf.csrf import CSRFProtect, generate_csrf

_protect = CSRFProtect()


def init_csrf(app: flask.Flask) -> None:
    """Check the token of every unsafe request, and its Origin or Sec-Fetch-Site where the browser sends them."""
    app.config.setdefault("WTF_CSRF_SSL_STRICT", False)  # we send no referrer; the origin check below stands in
    app.config.setdefault("WTF_CSRF_TIME_LIMIT", None)  # a token lives as long as its sign-in
    _protect.init_app(app)
    app.jinja_env.globals["csrf_token"] = generate_csrf

    @app.before_request
    def same_origin() -> None:
        if flask.request.method in {"GET", "HEAD", "OPTIONS"}:
            return
        if flask.request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
            flask.abort(403)
        origin = flask.request.headers.get("Origin")
        if origin and origin != "null" and _host_of(origin) != flask.request.host:
            flask.abort(403)


def _host_of(origin: str) -> str | None:
    """The host in an origin; None for what cannot be read."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return None


def without_token(view: Callable[..., Any]) -> Callable[..., Any]:
    """A view that does no harm when forged, and must work also when its page is old; the origin is still checked."""
    _protect.exempt(view)
    return view
