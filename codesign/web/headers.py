"""Headers of every reply: what a browser may load, frame, remember and tell others."""

from __future__ import annotations

import gzip
import secrets

import flask

CSP = "; ".join(
    (
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
        "connect-src 'self'", "media-src 'self'", "manifest-src 'self'", "form-action 'self'", "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)  # fmt: skip


def init_headers(app: flask.Flask) -> None:
    """Set the headers of every reply; a page says itself when caches may keep it."""

    @app.after_request
    def add(reply: flask.Response) -> flask.Response:
        h = reply.headers
        h.setdefault("Content-Security-Policy", CSP)
        h["X-Content-Type-Options"] = "nosniff"
        h["Referrer-Policy"] = "no-referrer"
        h["Cross-Origin-Opener-Policy"] = "same-origin"
        h["Cross-Origin-Resource-Policy"] = "same-origin"
        h["Permissions-Policy"] = "camera=(), microphone=(self), geolocation=(), interest-cohort=()"
        if flask.request.is_secure:
            h["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
        if "Cache-Control" not in h and flask.request.endpoint != "static":
            h["Cache-Control"] = "no-store"
        if flask.request.endpoint != "static":
            h.add("Vary", "Cookie")
        return _compressed(reply)


def _compressed(reply: flask.Response) -> flask.Response:
    """Pages go out gzipped; random padding hides how long the secret parts of a page are."""
    if (
        reply.mimetype not in {"text/html", "application/json", "image/svg+xml"}
        or reply.direct_passthrough
        or reply.status_code in {204, 304}
        or "Content-Encoding" in reply.headers
        or "gzip" not in flask.request.headers.get("Accept-Encoding", "")
    ):
        return reply
    data = reply.get_data()
    if len(data) < 600:
        return reply
    if reply.mimetype == "text/html":
        data += b"<!-- " + secrets.token_urlsafe(secrets.randbelow(24)).encode() + b" -->"
    reply.set_data(gzip.compress(data, 6, mtime=0))
    reply.headers["Content-Encoding"] = "gzip"
    reply.headers.add("Vary", "Accept-Encoding")
    return reply
