"""Files that come in with a form, too large ones let go while the words beside them are kept; and files given out."""

from __future__ import annotations

from collections.abc import Callable
from tempfile import SpooledTemporaryFile
from typing import IO, Any, TypeVar

import flask

from codesign.web.access import who

F = TypeVar("F", bound=Callable[..., Any])
# What a form with a file may weigh in all; beyond it nothing is read, and the page says so (413).
MOST_REQUEST = 100_000_000
_IN_MEMORY = 500_000


class Capped(SpooledTemporaryFile[bytes]):
    """A file as it comes in; what goes over the limit is let go, and `over` says so."""

    def __init__(self, most: int) -> None:
        super().__init__(max_size=_IN_MEMORY)
        self._most, self.over = most, False

    def write(self, data: Any) -> int:
        """Keep it, unless it would be too much."""
        if self.tell() + len(data) > self._most:
            self.over = True
            return len(data)
        return super().write(data)


class Request(flask.Request):
    """A request whose files are capped one by one, so that the fields beside them can still be read."""

    def _get_file_stream(
        self, total_content_length: int | None, content_type: str | None, filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:  # fmt: skip
        return Capped(flask.current_app.config["SETTINGS"].largest_report)


def takes_file(view: F) -> F:
    """A view whose form brings a file."""
    view.takes_file = True  # type: ignore[attr-defined]
    return view


def init_uploads(app: flask.Flask) -> None:
    """Let forms with a file be larger than others, for whoever is signed in; before anything reads the form."""
    app.request_class = Request

    @app.before_request
    def allow() -> None:
        view = app.view_functions.get(flask.request.endpoint or "")
        # Only in this form is a file let go as it comes; fields of the other form would all be kept in memory.
        in_parts = flask.request.mimetype == "multipart/form-data"
        if in_parts and getattr(view, "takes_file", False) and who() is not None:
            flask.request.max_content_length = MOST_REQUEST


def as_file(content: bytes, media_type: str, name: str) -> flask.Response:
    """A reply that a browser keeps or shows as a picture, and never runs."""
    reply = flask.Response(content, mimetype=media_type)
    reply.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    reply.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return reply
