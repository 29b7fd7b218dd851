"""The panel door: members, moderators and the host come in here; it reads both stores."""

from __future__ import annotations

import flask

from codesign.accounts.arrival import stayed_away
from codesign.accounts.queries import load_identity
from codesign.accounts.views import bp as accounts
from codesign.advice.views import bp as advice
from codesign.alliances.views import bp as alliances
from codesign.db import Store, db
from codesign.discussion.views import bp as discussion
from codesign.fieldwork.views import bp as fieldwork
from codesign.house_style.views import bp as house_style
from codesign.indicators.labels import init_themes
from codesign.legal_help.views import bp as legal_help
from codesign.moderation.views import bp as moderation
from codesign.networks.views import bp as networks
from codesign.pages.panel import bp as pages
from codesign.panels.views import bp as panels
from codesign.picker.views import bp as picker
from codesign.proposals.views import bp as proposals
from codesign.revising.views import bp as revising
from codesign.room.views import bp as room
from codesign.settings import Settings
from codesign.tellings.views import bp as tellings
from codesign.vision.views import bp as vision
from codesign.voting.views import bp as voting
from codesign.web.access import Identity, set_identity_loader
from codesign.web.app import make_app
from codesign.web.clock import now

FEATURES = (
    accounts,
    panels,
    networks,
    tellings,
    fieldwork,
    vision,
    house_style,
    legal_help,
    proposals,
    discussion,
    moderation,
    voting,
    room,
    advice,
    revising,
    alliances,
    picker,
    pages,
)


def create_panel_app(settings: Settings | None = None) -> flask.Flask:
    """The app behind the panel door."""
    settings = settings or Settings.from_environment()
    app = make_app("panel", settings, (Store.VOICES, Store.RECORD), "accounts.sign_in")
    init_themes(app)
    for blueprint in FEATURES:
        app.register_blueprint(blueprint)

    def load(token: str) -> Identity | None:
        return None if stayed_away(now()) else load_identity(db.session(), token, now())

    set_identity_loader(app, load)
    return app
