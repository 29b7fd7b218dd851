"""What a first visit costs on a slow line: bytes as they come over the wire, and how many requests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sights
from stage import Stage

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 740}
# As in look.md: Arabic brings its own letters.
FIRST = {"nl": 45_000, "en": 45_000, "ar": 100_000}
NEXT, REQUESTS = 12_000, 8


def measure(page: Any) -> Callable[[str], tuple[int, int]]:
    """Opens an address and says how many bytes came, and in how many requests."""
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    came: list[float] = []
    line.on("Network.loadingFinished", lambda event: came.append(event["encodedDataLength"]))

    def visit(url: str) -> tuple[int, int]:
        came.clear()
        page.goto(url, wait_until="networkidle")
        counted = [n for n in came if n > 0]
        return round(sum(counted)), len(counted)

    return visit


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_a_first_visit_and_the_page_after_it_are_light(
    browser: Any, stage: Stage, language: str, record_property: Callable[[str, object], None]
) -> None:
    who = sights.MEMBER[language]
    context = stage.context(browser, language=language, name=who, viewport=PHONE)
    visit = measure(context.new_page())
    seen = {s.name: s.url for s in sights.member(stage, who)}
    figures = {"home": visit(seen["home"])}
    figures |= {name: visit(seen[name]) for name in ("ideas", "idea", "vote", "words")}
    context.close()
    record_property("figures", figures)
    size, requests = figures.pop("home")
    assert size <= FIRST[language]
    assert requests <= REQUESTS
    assert {name: size for name, (size, _) in figures.items() if size > NEXT} == {}


@pytest.mark.parametrize(("name", "language"), [("sign-in", "nl"), ("sign-in", "ar"), ("library", "en")])
def test_the_first_page_of_each_door_is_light(browser: Any, stage: Stage, name: str, language: str) -> None:
    url = next(s.url for s in [*sights.door(stage), *sights.public(stage)] if s.name == name)
    context = stage.context(browser, language=language, viewport=PHONE)
    size, requests = measure(context.new_page())(url)
    context.close()
    assert size <= FIRST[language]
    assert requests <= REQUESTS
