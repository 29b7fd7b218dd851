"""Pages for what went wrong: plain words, what to do, and nothing half-written."""

from __future__ import annotations

from typing import Any

import flask
import structlog
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from codesign.db import db
from codesign.rules.permissions import Refused
from codesign.web.i18n import _
from codesign.web.labels import reason_is_about_state, reason_words

log = structlog.get_logger()
TEMPLATES = {403, 404, 409, 413, 422, 429, 500, 503}


UNAVAILABLE = (OperationalError, InterfaceError, PoolTimeout, OSError)


def page(status: int, sentence: str | None = None) -> tuple[str, int, dict[str, str]]:
    """The plain page of one status; `sentence` says in the reader's words why."""
    template = status if status in TEMPLATES else 500 if status >= 500 else 404
    headers = {"Retry-After": "10"} if status in {429, 503} else {}
    return flask.render_template(f"errors/{template}.html", sentence=sentence), status, headers


def init_errors(app: flask.Flask) -> None:
    """Register the pages; a database or disk that fails answers 503 and mends without a restart."""

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Any:
        if error.code and 300 <= error.code < 400:
            return error
        if error.code == 401:
            return page(403)
        cause = getattr(error, "original_exception", None)
        if isinstance(cause, UNAVAILABLE):
            return unavailable(cause)
        reply = flask.make_response(page(error.code or 500))
        if error.code == 405:
            reply.status_code = 405
            reply.headers["Allow"] = ", ".join(sorted(getattr(error, "valid_methods", None) or []))
        return reply

    @app.errorhandler(CSRFError)
    def csrf(error: CSRFError) -> Any:
        return page(403, _("This page was open too long. Go back, load it again, and send once more."))

    @app.errorhandler(Refused)
    def refused(error: Refused) -> Any:
        status = 409 if reason_is_about_state(error.reason) else 403
        return page(status, reason_words(error.reason))

    def unavailable(error: Exception) -> Any:
        log.error("store_unavailable", kind=type(error).__name__)
        db.session.rollback()
        return page(503)

    for kind in UNAVAILABLE:
        app.register_error_handler(kind, unavailable)

    @app.errorhandler(DBAPIError)
    def database(error: DBAPIError) -> Any:
        if error.connection_invalidated or "disk" in str(error.orig).lower():
            return unavailable(error)
        return unexpected(error)

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Any:
        if app.testing and app.config.get("PROPAGATE", True):
            raise error
        db.session.rollback()
        # Only the kind of the error: its text may quote what somebody typed.
        log.error("unexpected_error", kind=type(error).__name__, where=flask.request.endpoint, exc_info=app.debug)
        return page(500)
