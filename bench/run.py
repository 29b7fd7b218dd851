"""`make bench`: the list, the idea page and casting, ours against the floor app, in one run on one machine.

Builds 500 ideas, 10,000 replies and 1,000 voters on PostgreSQL (or SQLite where it is missing), serves both apps with
two gunicorn workers in turn, and writes the table into docs/performance.md. It never fails a build: a ratio in one run
counts, a lone number does not.
"""

from __future__ import annotations

import http.client
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import build
import sqlalchemy as sa
from servers import Postgres, free_port, postgres_bin
from voting.test_kill import make_form, make_voters

from bench.load import Measured, ask, run
from codesign import __version__, migrate
from codesign.db import Store, make_engine, writing
from codesign.discussion.models import Contribution
from codesign.panel_app import create_panel_app
from codesign.proposals.models import Proposal
from codesign.rules.phases import Phase
from codesign.settings import Settings
from codesign.voting import codes, keys
from codesign.web.clock import now
from codesign.web.sessions import open_session

IDEAS, REPLIES, ASKED, VOTES = 500, 10_000, 300, 1000
START, END = "<!-- bench:start -->", "<!-- bench:end -->"


def fill(settings: Settings) -> tuple[list[dict[str, Any]], dict[str, str], int]:
    """Make the rows; returns the forms of the votes, the cookie of a member, and the idea with most replies."""
    for store in Store:
        migrate.upgrade(store, settings.database_url(store.value))
    session = open_session(settings)
    app = create_panel_app(settings)
    with writing(session):
        panel = build.make_panel(session)
        talk = build.make_round(session, panel, Phase.DISCUSSING)
        talk.opened_at = datetime(2026, 1, 1, tzinfo=UTC)
        round_ = build.make_round(session, panel, Phase.DISCUSSING)
        moderator = build.make_moderator(session, panel)
        author = build.make_member(session, panel)
        people = make_voters(session, panel)
        ballot = build.make_ballot(session, round_, moderator, now=now())
        build.open_ballot(session, ballot, round_, moderator, settings.keys, now())
        first = build.make_idea(session, talk, author, "Idea 0", body="A neighbour with tea is worth ten letters. " * 6)
        like = {c.name: getattr(first, c.name) for c in Proposal.__table__.columns if c.name not in {"id", "form_key"}}
        rows = [like | {"title": f"Idea {i}", "form_key": f"bench-{i}"} for i in range(1, IDEAS)]
        session.execute(sa.insert(Proposal), rows)
        reply = build.make_reply(session, first, author, "That would help me, and my neighbours as well.")
        base = {
            c.name: getattr(reply, c.name) for c in Contribution.__table__.columns if c.name not in {"id", "form_key"}
        }
        numbers = list(
            session.scalars(sa.select(Proposal.id).where(Proposal.round_id == talk.id).order_by(Proposal.id))
        )
        session.execute(
            sa.insert(Contribution),
            [base | {"proposal_id": numbers[i % IDEAS], "form_key": f"bench-{i}"} for i in range(1, REPLIES)],
        )
        session.execute(sa.update(Proposal).values(reply_count=REPLIES // IDEAS))
        talk_id, idea_id = talk.id, numbers[0]
    secret = keys.load(settings.keys, ballot.key_name)
    forms = [
        make_form(app, ballot.id, token, codes.new_code(secret.codes, ballot.id), f"o{n % 4 + 1}")
        for n, (_person, token) in enumerate(people)
    ]
    session.close()
    return forms, {"Cookie": forms[0]["headers"]["Cookie"], "talk": str(talk_id)}, idea_id


def serve(command: str, port: int, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """gunicorn with two workers, answering."""
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-w", "2", "--threads", "2", "-b", f"127.0.0.1:{port}", "--log-level", "error", command],
        env=environment, cwd=ROOT,
    )  # fmt: skip
    for _ in range(200):
        try:
            ask(port, "/ideas/1", {})
            return server
        except OSError:
            time.sleep(0.1)
    raise SystemExit("gunicorn does not start")


def cast(port: int, form: dict[str, Any]) -> Callable[[], tuple[int, bytes]]:
    """The job that sends one vote."""

    def go() -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("POST", form["path"], form["body"], form["headers"])
        reply = connection.getresponse()
        body = reply.read()
        connection.close()
        return reply.status if reply.headers.get("Location", "").endswith("/done") else 500, body

    return go


def table(found: list[Measured], where: str) -> str:
    """The figures as a Markdown table, with the ratio of CPU to the floor where there is one."""
    floor = {m.name: m.cpu_app + m.cpu_db for m in found if m.name.startswith("floor")}
    lines = [
        f"Measured {now().date()} with codesign {__version__}, {where}, gunicorn with 2 workers, {os.cpu_count()} cores, 4 askers.",
        "",
        "| page | requests/s | p50 ms | p95 ms | CPU app ms | CPU database ms | bytes | CPU against the floor |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for m in found:
        base = floor.get(m.name.replace("ours", "floor"))
        ratio = f"{(m.cpu_app + m.cpu_db) / base:.1f}x" if base and m.name.startswith("ours") else ""
        lines.append(
            f"| {m.name} | {m.per_second:.0f} | {m.p50:.1f} | {m.p95:.1f} | {m.cpu_app:.1f} | {m.cpu_db:.1f} | {m.size} | {ratio} |"
        )
    return "\n".join(lines)


def main() -> None:
    """Build, measure, print, and write the table."""
    folder = Path(tempfile.mkdtemp(prefix="codesign-bench-"))
    settings, database = Settings(instance=str(folder / "house"), hash_cost="low"), None
    if postgres_bin() is not None:
        database = Postgres(folder / "pg", durable=True)
        engine = make_engine(database.url("postgres")).execution_options(isolation_level="AUTOCOMMIT")
        with engine.connect() as c:
            for store in Store:
                c.execute(sa.text(f"CREATE DATABASE {store.value}"))
        engine.dispose()
        settings = replace(settings, voices_url=database.url("voices"), record_url=database.url("record"))
    try:
        sys.stdout.write("Building the data ...\n")
        forms, member, idea = fill(settings)
        talk = member.pop("talk")
        environment = os.environ | {
            "CODESIGN_INSTANCE": settings.instance, "CODESIGN_VOICES_URL": settings.voices_url,
            "CODESIGN_RECORD_URL": settings.record_url, "CODESIGN_HASH_COST": "low", "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        url = settings.database_url("voices")
        db_pid = database.pid() if database else None
        found = []
        apps = (
            ("floor", f"bench.floor:create_floor('{url}')", {}),
            ("ours", "codesign.panel_app:create_panel_app()", member),
        )
        for name, command, headers in apps:
            port = free_port()
            server = serve(command, port, environment)
            for what, path in (("list", f"/ideas?round={talk}"), ("idea", f"/ideas/{idea}")):
                for _ in range(10):
                    ask(port, path, headers)
                jobs = [lambda port=port, path=path, headers=headers: ask(port, path, headers) for _ in range(ASKED)]
                found.append(run(f"{name}: {what}", jobs, server.pid, db_pid))
                sys.stdout.write(f"{found[-1]}\n")
            if name == "ours":
                found.append(run("ours: casting a vote", [cast(port, f) for f in forms[:VOTES]], server.pid, db_pid))
            server.terminate()
            server.wait()
        text = table(found, "PostgreSQL" if database else "SQLite")
        sys.stdout.write(text + "\n")
        page = ROOT / "docs" / "performance.md"
        old = page.read_text()
        page.write_text(old[: old.index(START) + len(START)] + "\n" + text + "\n" + old[old.index(END) :])
    finally:
        if database is not None:
            database.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
