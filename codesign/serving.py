"""Both doors in one process, with the worker beside them: the embedded way of running."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import flask
import structlog
import waitress

from codesign.crossing import JOBS, RECEIVERS
from codesign.db import Store, writing
from codesign.jobs import outbox, schedule
from codesign.jobs.worker import Worker
from codesign.journal.actions import chain
from codesign.library.indexing import catch_up
from codesign.mail.actions import send_waiting, smtp_sender
from codesign.pages.ending import tidy
from codesign.responses.reminding import remind_owners
from codesign.settings import Settings
from codesign.web.sessions import open_session

log = structlog.get_logger()
# Words and support go when their time has come; an hour more or less does not matter.
TIDY_EVERY = timedelta(hours=1)


def worker_tasks(settings: Settings) -> list[Callable[[datetime], int]]:
    """What the worker does at each turn, each task with sessions of its own."""

    def with_session(stores: tuple[Store, ...], do: Callable[[Any], int]) -> int:
        session = open_session(settings, stores)
        try:
            return do(session)
        finally:
            session.close()
            for engine in session.info["engines"].values():
                engine.dispose()

    def deliver(now: datetime) -> int:
        def both(voices: Any) -> int:
            return with_session(
                (Store.RECORD,), lambda record: outbox.deliver(voices, record, RECEIVERS, now).delivered
            )

        return with_session((Store.VOICES,), both)

    def due(now: datetime) -> int:
        return with_session((Store.VOICES,), lambda s: schedule.run_due(s, JOBS, now))

    def mail(now: datetime) -> int:
        if not settings.smtp_url:
            return 0
        send = smtp_sender(settings.smtp_url)
        return with_session((Store.RECORD,), lambda s: send_waiting(s, send, settings.mail_from, now))

    def chains(now: datetime) -> int:
        def one(store: Store) -> int:
            def go(session: Any) -> int:
                with writing(session):
                    return chain(session, store)

            return with_session((store,), go)

        return sum(one(store) for store in Store)

    def read_off(now: datetime) -> int:
        return with_session((Store.RECORD,), lambda s: catch_up(s, now))

    tidied: list[datetime] = []

    def tidy_words(now: datetime) -> int:
        if tidied and now - tidied[-1] < TIDY_EVERY:
            return 0
        tidied[:] = [now]
        return with_session((Store.VOICES,), lambda s: tidy(s, now))

    reminded: list[datetime] = []

    def remind(now: datetime) -> int:
        if reminded and now - reminded[-1] < TIDY_EVERY:
            return 0
        reminded[:] = [now]
        return with_session((Store.RECORD,), lambda s: remind_owners(s, now))

    return [due, deliver, read_off, remind, mail, chains, tidy_words]


def make_server(app: flask.Flask, listen: str, port: int) -> Any:
    """A server for one door, bound but not yet running; raises OSError when the port is taken."""
    return waitress.create_server(
        app, host=listen, port=port, threads=8, ident=None, max_request_body_size=1_200_000, channel_timeout=30,
        clear_untrusted_proxy_headers=True,
    )  # fmt: skip


def serve(settings: Settings, ready: Callable[[], None] | None = None) -> None:
    """Serve both doors until somebody stops it."""
    from codesign.panel_app import create_panel_app
    from codesign.record_app import create_record_app

    panel = make_server(create_panel_app(settings), settings.listen, settings.panel_port)
    record = make_server(create_record_app(settings), settings.listen, settings.record_port)
    worker = Worker(worker_tasks(settings))
    worker.start()
    threading.Thread(target=record.run, name="record-door", daemon=True).start()
    if ready:
        ready()
    try:
        panel.run()
    finally:
        worker.stop()
