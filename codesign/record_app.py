"""The record door: everybody reads here, officials answer here; it knows no package of the voices."""

from __future__ import annotations

import importlib

import flask

from codesign.db import Store, db
from codesign.indicators.labels import init_themes
from codesign.settings import Settings
from codesign.web.access import Identity, set_identity_loader
from codesign.web.app import make_app
from codesign.web.clock import now

FEATURES = (
    "codesign.indicators.views", "codesign.places.views", "codesign.officials.views", "codesign.documents.views",
    "codesign.responses.views", "codesign.pages.record",
)  # fmt: skip


def create_record_app(settings: Settings | None = None) -> flask.Flask:
    """The app behind the record door; it needs no credential of the voices."""
    settings = settings or Settings.from_environment()
    app = make_app("record", settings, (Store.RECORD,), "officials.sign_in")
    init_themes(app)
    for name in FEATURES:
        try:
            app.register_blueprint(importlib.import_module(name).bp)
        except ModuleNotFoundError as error:  # SPRINT: removed when all packages are there
            if not (error.name or "").startswith("codesign."):
                raise

    def load(token: str) -> Identity | None:
        from codesign.officials.idle import stayed_away
        from codesign.officials.queries import load_identity

        if stayed_away(now()):
            return None
        return load_identity(db.session(), token, now())

    set_identity_loader(app, load)
    return app
