"""Both doors served for real, and Chromium in front of them."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import waitress

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))

from houses import House, missing
from servers import free_port
from stage import ARGUMENTS, Stage, chromium, run, serving

PHONE = {"width": 360, "height": 740}
LAPTOP = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for all tests of a worker."""
    path = chromium()
    if path is None:
        missing("Chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as p:
        made = p.chromium.launch(executable_path=path, args=ARGUMENTS, headless=True)
        yield made
        made.close()


@dataclass
class Doors:
    """Where both doors are, and the house behind them."""

    panel: str
    record: str
    house: House


@pytest.fixture
def doors(house: House) -> Iterator[Doors]:
    """Both doors of the house, served on free ports."""
    servers, urls = [], {}
    for door, app in (("panel", house.panel), ("record", house.record)):
        port = free_port()
        server = waitress.create_server(app, host="127.0.0.1", port=port, threads=4)
        threading.Thread(target=run, args=(server,), daemon=True).start()
        servers.append(server)
        urls[door] = f"http://127.0.0.1:{port}"
        app.config["WTF_CSRF_ENABLED"] = True
        app.config["SETTINGS"] = replace(house.settings, panel_url=urls["panel"], record_base=urls.get("record", ""))
    yield Doors(urls["panel"], urls["record"], house)
    for server, app in zip(servers, (house.panel, house.record), strict=True):
        app.config["WTF_CSRF_ENABLED"] = False
        app.config["SETTINGS"] = house.settings
        server.close()


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The demonstration place as it is today, served for all tests of a worker."""
    with serving(tmp_path_factory.mktemp("stage")) as made:
        yield made
