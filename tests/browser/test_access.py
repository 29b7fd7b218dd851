"""No page has a finding of axe, none scrolls sideways on the smallest phone, and each stays so in the dark and in Arabic."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import beside
import pytest
import sights
from conftest import LAPTOP, PHONE
from eyes import findings, wide
from stage import Stage, serving

pytestmark = pytest.mark.browser
SMALL = {"width": 320, "height": 640}
KEY = ("home", "ideas", "idea", "vote", "review", "library", "library-advice")


def look(browser: Any, stage: Stage, seen: list[sights.Sight], *sizes: dict[str, int], **how: Any) -> None:
    """Look at these pages in each size, all of them also after a finding, in one browser for each person.

    A page is opened once and its window is changed; pages of `KEY` are looked at in the dark and on the smallest phone
    too, and none may scroll sideways there.
    """
    problems, contexts = [], {}
    for sight in seen:
        if sight.who not in contexts:
            # Without motion: in the middle of a change from light to dark no contrast is right.
            more = {"bypass_csp": True, "reduced_motion": "reduce"} | how
            contexts[sight.who] = stage.context(browser, name=sight.who, **more).new_page()
        page = contexts[sight.who]
        sights.go(page, sight)
        found = []
        for size in sizes or (PHONE,):
            page.set_viewport_size(size)
            found += findings(page) + wide(page)
        page.set_viewport_size(SMALL)
        found += wide(page)
        if sight.name in KEY:
            found += findings(page)
            page.emulate_media(color_scheme="dark")
            found += findings(page)
            page.emulate_media(color_scheme="light")
        problems += [f"{sight.name}: {line}" for line in found]
    for page in contexts.values():
        page.context.close()
    assert not problems, "\n".join(problems)


@pytest.fixture(scope="module")
def earlier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Stage]]:
    """The place while the advice is composed, and while the municipality answers it."""
    folder = tmp_path_factory.mktemp("earlier")
    with (
        serving(folder / "composing", until="composing") as composing,
        serving(folder / "answering", until="answering") as answering,
    ):
        yield {"composing": composing, "answering": answering}


def test_members(browser: Any, stage: Stage) -> None:
    who = sights.DUTCH
    seen = [*sights.door(stage), *sights.member(stage, who), *sights.more_of_member(stage, who)]
    look(browser, stage, seen, language="nl")


def test_moderators_hosts_and_the_public(browser: Any, stage: Stage) -> None:
    """On the phone, and the desk also on a laptop."""
    look(browser, stage, sights.host(stage) + sights.shared(stage) + sights.after_answer(stage), language="nl")
    seen = [*sights.moderator(stage), *sights.more_of_moderator(stage), *sights.public(stage)]
    look(browser, stage, seen, PHONE, LAPTOP, language="en")


def test_who_composes_and_who_answers(browser: Any, earlier: dict[str, Stage]) -> None:
    composing, answering = earlier["composing"], earlier["answering"]
    seen = sights.editor(composing)
    look(browser, composing, seen[:3] + sights.other_views(composing, sights.DUTCH), language="nl")
    look(browser, composing, seen[3:], LAPTOP, language="nl")
    seen = sights.writing(answering, sights.DUTCH) + sights.official(answering)
    look(browser, answering, seen, language="nl")
    look(browser, answering, sights.official(answering)[1:3], language="ar")


def test_what_stands_beside_an_advice(browser: Any, stage: Stage) -> None:
    beside.furnish(stage)
    look(browser, stage, beside.pages(stage, sights.DUTCH), language="nl")
    seen = [s for s in beside.pages(stage, sights.ARABIC) if s.who in {sights.ARABIC, beside.KITCHEN}]
    look(browser, stage, seen[::3], language="ar")


def test_key_pages_in_arabic(browser: Any, stage: Stage) -> None:
    seen = [s for s in sights.member(stage, sights.ARABIC) if s.name in KEY] + sights.public(stage)[:2]
    look(browser, stage, seen, language="ar")
