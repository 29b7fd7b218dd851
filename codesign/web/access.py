"""Who is asking, and which views answer them: every view declares its access, or it is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import urlsplit

import flask
import flask_login

F = TypeVar("F", bound=Callable[..., Any])


class Access(StrEnum):
    """Who may come to a view at all; whether they may do the thing, the rules say."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    MEMBER = "member"
    MODERATOR = "moderator"
    HOST = "host"
    STAFF = "staff"
    OFFICIAL = "official"
    COLLEAGUE = "colleague"
    ORGANISATION = "organisation"


@dataclass(frozen=True)
class Identity(flask_login.UserMixin):  # type: ignore[misc]
    """Whoever is signed in at this door; `token` names the row of this sign-in."""

    id: int
    kind: str
    name: str
    language: str = ""
    avatar: str = ""
    is_host: bool = False
    token: str = ""

    def get_id(self) -> str:
        return self.token


_KINDS: dict[Access, Callable[[Identity], bool]] = {
    Access.SIGNED_IN: lambda i: True,
    Access.MEMBER: lambda i: i.kind == "member",
    Access.MODERATOR: lambda i: i.kind == "staff" and not i.is_host,
    Access.HOST: lambda i: i.is_host,
    Access.STAFF: lambda i: i.kind == "staff",
    Access.OFFICIAL: lambda i: i.kind == "official",
    Access.COLLEAGUE: lambda i: i.kind == "colleague",
    Access.ORGANISATION: lambda i: i.kind == "organisation",
}


def access(level: Access) -> Callable[[F], F]:
    """Declare who may come to a view."""

    def mark(view: F) -> F:
        view.access = level  # type: ignore[attr-defined]
        return view

    return mark


def who() -> Identity | None:
    """Whoever is signed in, or None."""
    user = flask_login.current_user._get_current_object()
    return user if user and user.is_authenticated else None


def me() -> Identity:
    """Whoever is signed in; call it only behind an access that asks for it."""
    identity = who()
    if identity is None:
        flask.abort(401)
    return identity


def sign_in(identity: Identity) -> None:
    """Let the cookie of this reply carry the token of the sign-in row; everything older is forgotten."""
    language = flask.session.get("language")
    flask.session.clear()
    if language:
        flask.session["language"] = language
    flask_login.login_user(identity)


def sign_out() -> None:
    """Forget the sign-in in the cookie; the row is ended by whoever calls this."""
    flask_login.logout_user()
    flask.session.clear()


def safe_next(target: str | None) -> str:
    """A path on this door to go on to: never another host, never a scheme."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")) or "\\" in target:
        return "/"
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or any(ord(c) < 32 for c in target):
        return "/"
    return target


def set_identity_loader(app: flask.Flask, load: Callable[[str], Identity | None]) -> None:
    """Say how this door finds who belongs to a token (accounts behind one door, officials behind the other)."""
    manager = flask_login.LoginManager()
    manager.session_protection = None
    manager.init_app(app)

    def load_once(token: str) -> Identity | None:
        """A store that fails is asked once a request: the page that says so must not fail on it again."""
        if flask.g.get("identity_failed"):
            return None
        try:
            return load(token)
        except Exception:
            flask.g.identity_failed = True
            raise

    manager.user_loader(load_once)


def init_access(app: flask.Flask, sign_in_endpoint: str) -> None:
    """Refuse every view that declares nothing; send whoever is not signed in to the sign-in, and back."""
    app.jinja_env.globals["who"] = who

    @app.before_request
    def guard() -> Any:
        if flask.request.endpoint is None or flask.request.endpoint == "static":
            return None
        view = app.view_functions[flask.request.endpoint]
        level: Access | None = getattr(view, "access", None)
        if level is None:
            flask.abort(404)
        if level is Access.PUBLIC:
            return None
        identity = who()
        if identity is None:
            asked = flask.request.full_path.rstrip("?") if flask.request.method == "GET" else None
            return flask.redirect(flask.url_for(sign_in_endpoint, next=asked), 303)
        if not _KINDS[level](identity):
            # What one may not know exists answers as if it did not.
            flask.abort(404)
        return None
