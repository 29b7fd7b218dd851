"""Every saved version of a piece can be read, with what it changed and whose post saved it."""

from __future__ import annotations

from typing import Any

import time_machine
from responses_desk import AT

from codesign.responses import actions


def test_each_version_shows_what_it_changed_and_who_saved_it(desk: Any, record_client: Any, sign_in: Any) -> None:
    desk.start()
    desk.save(actions.save_heard, language="en", text="People wait for months.")
    desk.save(actions.save_heard, by=desk.colleague, seen=1, language="en", text="People wait for weeks.")
    desk.save(actions.save_heard, seen=2, language="en", text="People wait for weeks and say so.")
    with time_machine.travel(AT, tick=False):
        client = sign_in(record_client, desk.official)
        page = " ".join(client.get("/desk/2026-3/changes/heard").get_data(as_text=True).split())
        assert client.get("/desk/2026-3/changes/closing").status_code == 404
    newest, before = page.index("weeks and say so."), page.index("What stood here before")
    assert newest < before < page.index("gone: </span>months.</del>")
    assert page.count("Saved on") == 3
    assert "Head of society" in page[before:]
