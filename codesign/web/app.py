"""What both doors share: one Flask app with its stores, guards, languages, headers and error pages."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import flask
import structlog
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map, UnicodeConverter, ValidationError

from codesign.db import Store, db, engine_options, prepare_engine
from codesign.settings import BadSettings, Settings
from codesign.web.access import init_access
from codesign.web.assets import init_assets
from codesign.web.csrf import init_csrf
from codesign.web.errors import init_errors
from codesign.web.headers import init_headers
from codesign.web.i18n import init_i18n
from codesign.web.transaction import init_transaction
from codesign.web.uploads import init_uploads

PACKAGE = Path(__file__).parent.parent


def house_path(name: str) -> Path:
    """The folder `templates`, `static` or `migrations`: inside the package when installed, beside it in a checkout."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


class RowNumber(IntegerConverter):
    """A number of a row in an address: one no row can have is an address that does not exist, not an error."""

    def __init__(self, map: Map, **more: Any) -> None:
        super().__init__(map, **({"max": 2**31 - 1} | more))


class Word(UnicodeConverter):
    """A word in an address: with a control in it (PostgreSQL refuses NUL) it is an address that does not exist."""

    def to_python(self, value: str) -> str:
        """The word, or no match."""
        if any(ord(c) < 32 or ord(c) == 127 for c in value):
            raise ValidationError
        return value


def make_app(door: str, settings: Settings, stores: tuple[Store, ...], sign_in_endpoint: str) -> flask.Flask:
    """A door without features yet; raises `BadSettings` when a start must be refused."""
    problems = settings.problems((door,))
    if problems:
        raise BadSettings(problems)
    app = flask.Flask(
        f"codesign.{door}", template_folder=str(house_path("templates")), static_folder=str(house_path("static"))
    )
    app.url_map.converters |= {"int": RowNumber, "default": Word, "string": Word}
    secure = settings.base(door).startswith("https://")
    app.config.update(
        DOOR=door,
        SETTINGS=settings,
        SECRET_KEY=settings.panel_key if door == "panel" else settings.record_key,
        LANGUAGE=settings.default_language,
        SQLALCHEMY_BINDS={s.value: engine_options(settings.database_url(s.value)) for s in stores},
        # Cookies ignore ports, so on one host the two doors need two names.
        SESSION_COOKIE_NAME=f"__Host-{door}" if secure else f"{door}_session",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=1_000_000,
        MAX_FORM_MEMORY_SIZE=500_000,
        MAX_FORM_PARTS=500,
        TRUSTED_HOSTS=[h.strip() for h in settings.trusted_hosts.split(",") if h.strip()] or None,
        SEND_FILE_MAX_AGE_DEFAULT=365 * 86400,
        JSON_SORT_KEYS=True,
    )
    if settings.proxies:
        n = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=n, x_proto=n, x_host=n)  # type: ignore[method-assign]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    db.init_app(app)
    with app.app_context():
        for key, engine in db.engines.items():
            if key is not None:
                prepare_engine(engine)
    init_transaction(app)
    init_uploads(app)
    init_csrf(app)
    init_access(app, sign_in_endpoint)
    init_i18n(app)
    init_assets(app)
    init_headers(app)
    init_errors(app)
    app.jinja_env.globals.update(door=door, settings=settings)
    quiet_logs()
    return app


def quiet_logs() -> None:
    """Logs in one line each, without words of people: only what the code names itself."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(),
    )
