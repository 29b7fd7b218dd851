"""One transaction a request: only a successful unsafe request commits; a GET never writes."""

from __future__ import annotations

from typing import Any

import flask

from codesign.db import db, write_mode

SAFE = {"GET", "HEAD", "OPTIONS"}


def init_transaction(app: flask.Flask) -> None:
    """Open the write mode for unsafe requests, and commit or roll back when the view has answered."""
    dispatch = app.full_dispatch_request

    def dispatched() -> flask.Response:
        if flask.request.method in SAFE:
            return dispatch()
        with write_mode():
            return dispatch()

    app.full_dispatch_request = dispatched  # type: ignore[method-assign]

    original = app.finalize_request

    def finalized(rv: Any, from_error_handler: bool = False) -> flask.Response:
        """Commit before the reply is built, so that an error of the commit still gets its own page."""
        if from_error_handler:
            db.session.rollback()
            return original(rv, from_error_handler)
        reply = app.make_response(rv)
        if flask.request.method not in SAFE and reply.status_code < 400:
            db.session.commit()
        else:
            db.session.rollback()
        return original(reply)

    app.finalize_request = finalized  # type: ignore[method-assign]
