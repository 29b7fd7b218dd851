"""The record door: everybody reads here, officials answer here; it knows no package of the voices."""

from __future__ import annotations

import flask

from codesign.cosigning.views import bp as cosigning
from codesign.db import Store, db
from codesign.documents.reports import bp as reports
from codesign.documents.views import bp as documents
from codesign.indicators.labels import init_themes
from codesign.indicators.views import bp as indicators
from codesign.library.views import bp as library
from codesign.officials.idle import stayed_away
from codesign.officials.queries import load_identity
from codesign.officials.views import bp as officials
from codesign.pages.record import bp as pages
from codesign.places.views import bp as places
from codesign.responses.views import bp as responses
from codesign.settings import Settings
from codesign.web.access import Identity, set_identity_loader
from codesign.web.app import make_app
from codesign.web.clock import now

FEATURES = (indicators, places, officials, documents, reports, cosigning, responses, library, pages)


def create_record_app(settings: Settings | None = None) -> flask.Flask:
    """The app behind the record door; it needs no credential of the voices."""
    settings = settings or Settings.from_environment()
    app = make_app("record", settings, (Store.RECORD,), "officials.sign_in")
    init_themes(app)
    for blueprint in FEATURES:
        app.register_blueprint(blueprint)

    def load(token: str) -> Identity | None:
        return None if stayed_away(now()) else load_identity(db.session(), token, now())

    set_identity_loader(app, load)
    return app
