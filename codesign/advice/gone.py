"""The page for whoever was busy with something that somebody else took out: nothing typed is lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import flask


def gone_page(kept: Sequence[tuple[str, str]], href: str, frame: str) -> Any:
    """A plain page with what was typed (name, text), to copy; `href`: where to go on. Nothing is written."""
    nav = "words" if frame == "member.html" else "advice"
    return flask.render_template("advice/gone.html", kept=kept, href=href, frame=frame, nav=nav), 410
