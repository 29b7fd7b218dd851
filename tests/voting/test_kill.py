"""kill -9 amid a thousand votes: of the server, and of the database; nothing acknowledged is lost, nothing doubled."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import build
import pytest
import sqlalchemy as sa
from flask_wtf.csrf import generate_csrf
from servers import Postgres, free_port, postgres_bin

from codesign import migrate
from codesign.accounts.models import Kind, Person, SignIn
from codesign.credentials import tokens
from codesign.db import BASES, Store, make_engine, write_mode, writing
from codesign.panel_app import create_panel_app
from codesign.panels.models import Membership
from codesign.rules.phases import Phase
from codesign.rules.roles import Role
from codesign.settings import Settings
from codesign.voting import closing, codes, keys, queries, sealing
from codesign.voting.domain import Opening
from codesign.voting.models import Ballot
from codesign.web.clock import now
from codesign.web.sessions import open_session

VOTES = 1000
THREADS = 6
SERVE = """
from codesign.panel_app import create_panel_app
from codesign.serving import make_server
from codesign.settings import Settings
s = Settings.from_environment()
make_server(create_panel_app(s), "127.0.0.1", s.panel_port).run()
"""


class Server:
    """The panel door in a process of its own."""

    def __init__(self, settings):
        self.settings = settings
        self.process = None

    def start(self):
        environ = {k: v for k, v in os.environ.items() if not k.startswith("CODESIGN_")} | {
            "CODESIGN_INSTANCE": self.settings.instance, "CODESIGN_VOICES_URL": self.settings.voices_url,
            "CODESIGN_RECORD_URL": self.settings.record_url, "CODESIGN_PANEL_PORT": str(self.settings.panel_port),
            "CODESIGN_HASH_COST": "low",
        }  # fmt: skip
        self.process = subprocess.Popen([sys.executable, "-c", SERVE], env=environ, stderr=subprocess.DEVNULL)
        for _ in range(300):
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.settings.panel_port, timeout=2)
                connection.request("GET", "/sign-in")
                connection.getresponse().read()
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the server does not start")

    def kill(self):
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()


def make_stores(settings):
    """Empty, migrated stores."""
    for store in Store:
        url = settings.database_url(store.value)
        migrate.upgrade(store, url)
        if migrate.head(store) is None:
            engine = make_engine(url)
            migrate.load_models(store)
            with write_mode():
                BASES[store].metadata.create_all(engine)
            engine.dispose()


def make_voters(session, panel):
    """A thousand newcomers who are signed in; returns (person, token of the sign-in)."""
    at, made = now(), []
    for i in range(VOTES):
        name = f"Voter {i}"
        person = Person(
            kind=Kind.MEMBER, language="en", avatar=f"v{i}", pseudonym=name, pseudonym_folded=name.lower(),
            pin_hash="x", created_on=at.date(),
        )  # fmt: skip
        made.append((person, tokens.new()))
    session.add_all([person for person, _token in made])
    session.flush()
    for person, token in made:
        session.add(Membership(panel_id=panel.id, person_id=person.id, role=Role.NEWCOMER, joined_at=at))
        session.add(
            SignIn(
                person_id=person.id, token_digest=tokens.digest(token), started_at=at, ends_at=at + timedelta(hours=8)
            )
        )
    session.flush()
    return [(person.id, token) for person, token in made]


def make_form(app, ballot_id, token, code, option):
    """Cookie and body of one vote, as the review page would send them."""
    with app.test_request_context("/"):
        import flask

        csrf = generate_csrf()
        values = dict(flask.session) | {"_user_id": token, "_fresh": True}
        cookie = app.session_interface.get_signing_serializer(app).dumps(values)
    body = urlencode({"csrf_token": csrf, "step": "cast", "o": option, "code": code})
    return {
        "path": f"/vote/{ballot_id}", "body": body,
        "headers": {
            "Cookie": f"{app.config['SESSION_COOKIE_NAME']}={cookie}",
            "Content-Type": "application/x-www-form-urlencoded",
        },
    }  # fmt: skip


class Voters:
    """Sends votes with several hands, and remembers which were acknowledged."""

    def __init__(self, port, forms):
        self.port, self.forms = port, forms
        self.acknowledged, self.other, self.lock = set(), [], threading.Lock()

    def send(self, number):
        form = self.forms[number]
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("POST", form["path"], form["body"], form["headers"])
            reply = connection.getresponse()
            reply.read()
            if reply.status == 303 and reply.headers["Location"].endswith("/done"):
                with self.lock:
                    self.acknowledged.add(number)
            else:
                self.other.append(reply.status)
        except (OSError, http.client.HTTPException):
            self.other.append(0)
        finally:
            connection.close()

    def send_all(self, numbers, stop=None):
        todo = iter(numbers)

        def hand():
            while not (stop and stop.is_set()):
                with self.lock:
                    number = next(todo, None)
                if number is None:
                    return
                self.send(number)

        hands = [threading.Thread(target=hand) for _ in range(THREADS)]
        for h in hands:
            h.start()
        return hands


def wait_for(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.mark.parametrize(
    "what",
    [
        pytest.param("sqlite server", marks=pytest.mark.long),
        pytest.param("postgresql server", marks=pytest.mark.long),
        "postgresql database",
    ],
)
def test_nothing_acknowledged_is_lost_when_something_is_killed(tmp_path, what):
    kind, killed = what.split()
    settings, database = Settings(instance=str(tmp_path / "house"), hash_cost="low", panel_port=free_port()), None
    if kind == "postgresql":
        if postgres_bin() is None:
            (pytest.fail if os.environ.get("CODESIGN_NO_SKIPS") == "1" else pytest.skip)("PostgreSQL is not installed")
        # Not under pytest's own folder: that one is for its owner alone, and the database runs as another user.
        folder = Path(tempfile.mkdtemp(prefix="codesign-kill-"))
        database = Postgres(folder, durable=True)
        engine = make_engine(database.url("postgres")).execution_options(isolation_level="AUTOCOMMIT")
        with engine.connect() as c:
            for store in Store:
                c.execute(sa.text(f"CREATE DATABASE {store.value}"))
        engine.dispose()
        settings = replace(settings, voices_url=database.url("voices"), record_url=database.url("record"))
    server = Server(settings)
    try:
        run(settings, server, database, killed)
    finally:
        if server.process is not None and server.process.poll() is None:
            server.kill()
        if database is not None:
            database.stop("immediate")
            shutil.rmtree(folder, ignore_errors=True)


def run(settings, server, database, killed):
    """Vote, kill, look what is there, go on, count."""
    make_stores(settings)
    session = open_session(settings)
    with writing(session):
        panel = build.make_panel(session)
        round_ = build.make_round(session, panel, Phase.DISCUSSING)
        moderator = build.make_moderator(session, panel)
        people = make_voters(session, panel)
        ballot = build.make_ballot(session, round_, moderator, now=now())
        build.open_ballot(session, ballot, round_, moderator, settings.keys, now())
    secret = keys.load(settings.keys, ballot.key_name)
    app = create_panel_app(settings)
    chosen = {n: f"o{n % 4 + 1}" for n in range(VOTES)}
    own = {n: codes.new_code(secret.codes, ballot.id) for n in range(VOTES)}
    forms = [make_form(app, ballot.id, token, own[n], chosen[n]) for n, (_person, token) in enumerate(people)]
    server.start()
    voters, stop = Voters(settings.panel_port, forms), threading.Event()
    hands = voters.send_all(range(VOTES), stop)
    wait_for(lambda: len(voters.acknowledged) >= VOTES // 3)
    if killed == "server":
        server.kill()
    else:
        os.kill(database.pid(), signal.SIGKILL)
        time.sleep(0.5)
    stop.set()
    for h in hands:
        h.join()
    before = set(voters.acknowledged)
    assert VOTES // 3 <= len(before) < VOTES
    if killed == "server":
        server.start()
    else:
        assert server.process.poll() is None
        revive(database)
    audit(session, ballot, secret, own, chosen, before)
    # A lost answer is repaired by sending again: also votes that were stored without the voter learning it.
    again = [n for n in range(VOTES) if n not in before]
    for h in voters.send_all(again):
        h.join()
    for h in voters.send_all([n for n in again if n not in voters.acknowledged]):
        h.join()
    assert len(voters.acknowledged) == VOTES, sorted(set(voters.other))
    audit(session, ballot, secret, own, chosen, voters.acknowledged)
    for _ in range(20):
        try:
            closing.close_due(session, ballot.id, ballot.deadline)
            break
        except closing.NotSwept:
            session.rollback()
    found = queries.result(session.get(Ballot, ballot.id, populate_existing=True))
    assert {line.code: next(iter(line.marks)) for line in found.closed.lines} == {own[n]: chosen[n] for n in own}
    session.close()


def revive(database):
    """Start the database again after its kill, and wait until it answers."""
    (database.data / "postmaster.pid").unlink(missing_ok=True)
    for _ in range(20):
        try:
            database.start()
            return
        except subprocess.CalledProcessError:
            time.sleep(0.5)
    raise AssertionError("the database does not come back")


def audit(session, ballot, secret, own, chosen, acknowledged):
    """Every acknowledged vote is stored as it was sent; as many slips as people who voted."""
    try:
        session.rollback()
    except sa.exc.DBAPIError:
        session.rollback()
    slips, opening = dict(queries.slips(session, ballot.id)), Opening.read(ballot.opening)
    for n in acknowledged:
        name = codes.code_key(secret.codes, ballot.id, own[n])
        assert name in slips
        vote = sealing.unseal(slips[name], [secret.private], opening)
        assert (vote.code, dict(vote.marks)) == (own[n], {chosen[n]: 1})
    assert len(slips) == queries.voted_count(session, ballot.id)
    session.rollback()
