"""The device as the browser knows it: giving it out and taking it back each begin a sign-in of their own."""

from __future__ import annotations

import flask

from codesign.accounts import actions as accounts
from codesign.accounts import arrival
from codesign.accounts.blueprint import identity_of
from codesign.accounts.models import Person
from codesign.accounts.queries import person_by_id
from codesign.db import db
from codesign.room.blueprint import TABLET
from codesign.web.access import me, sign_in
from codesign.web.clock import now


def _begin_anew() -> Person:
    """End the sign-in of this device and begin another: a cookie from before opens nothing."""
    session, identity = db.session(), me()
    person = person_by_id(session, identity.id)
    if person is None:
        flask.abort(404)
    accounts.end_sign_in(session, identity.token, now())
    sign_in(identity_of(person, accounts.start_sign_in(session, person, now())))
    arrival.saw_a_page(person.kind.value, now())
    return person


def give_out(tablet_id: int) -> None:
    """From now on this device opens only the tablet's pages."""
    _begin_anew()
    flask.session[TABLET] = tablet_id


def take_back() -> None:
    """An ordinary device again."""
    _begin_anew()
