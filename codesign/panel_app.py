"""The panel door: members, moderators and the host come in here; it reads both stores."""

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
    "codesign.accounts.views", "codesign.panels.views", "codesign.tellings.views", "codesign.proposals.views",
    "codesign.discussion.views", "codesign.moderation.views", "codesign.voting.views", "codesign.advice.views",
    "codesign.pages.panel",
)  # fmt: skip


def create_panel_app(settings: Settings | None = None) -> flask.Flask:
    """The app behind the panel door."""
    settings = settings or Settings.from_environment()
    app = make_app("panel", settings, (Store.VOICES, Store.RECORD), "accounts.sign_in")
    init_themes(app)
    for name in FEATURES:
        try:
            app.register_blueprint(importlib.import_module(name).bp)
        except ModuleNotFoundError as error:  # SPRINT: removed when all packages are there
            if not (error.name or "").startswith("codesign."):
                raise

    def load(token: str) -> Identity | None:
        from codesign.accounts.arrival import stayed_away
        from codesign.accounts.queries import load_identity

        if stayed_away(now()):
            return None
        return load_identity(db.session(), token, now())

    set_identity_loader(app, load)
    return app
