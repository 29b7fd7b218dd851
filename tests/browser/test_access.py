"""No page has a finding of axe, none scrolls sideways on the smallest phone, and each stays so in the dark and in Arabic."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sights
from eyes import findings, wide
from stage import Stage, serving

pytestmark = pytest.mark.browser
PHONE, SMALL = {"width": 360, "height": 740}, {"width": 320, "height": 640}
KEY = ("home", "ideas", "idea", "vote", "review")


def look(browser: Any, stage: Stage, seen: list[sights.Sight], check: Callable[[Any], list[str]], **how: Any) -> None:
    """Check these pages, all of them also after a finding, in one browser for each person."""
    problems, contexts = [], {}
    for sight in seen:
        if sight.who not in contexts:
            contexts[sight.who] = stage.context(browser, name=sight.who, bypass_csp=True, **how).new_page()
        page = contexts[sight.who]
        sights.go(page, sight)
        problems += [f"{sight.name}: {line}" for line in check(page)]
    for page in contexts.values():
        page.context.close()
    assert not problems, "\n".join(problems)


def both(page: Any) -> list[str]:
    return findings(page) + wide(page)


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
    look(browser, stage, seen, both, language="nl", viewport=PHONE)


def test_moderators_hosts_and_the_public(browser: Any, stage: Stage) -> None:
    seen = [*sights.moderator(stage), *sights.more_of_moderator(stage), *sights.host(stage), *sights.public(stage)]
    look(browser, stage, seen, both, language="nl", viewport=PHONE)


def test_who_composes_and_who_answers(browser: Any, earlier: dict[str, Stage]) -> None:
    composing, answering = earlier["composing"], earlier["answering"]
    look(browser, composing, sights.editor(composing), both, language="nl", viewport=PHONE)
    seen = sights.writing(answering, sights.DUTCH) + sights.official(answering)
    look(browser, answering, seen, both, language="nl", viewport=PHONE)


@pytest.mark.parametrize(
    "how",
    [
        {"language": "ar", "viewport": PHONE},
        {"language": "nl", "viewport": PHONE, "color_scheme": "dark"},
        {"language": "nl", "viewport": SMALL},
    ],
    ids=["arabic", "dark", "small"],
)
def test_key_pages_also(browser: Any, stage: Stage, how: dict[str, Any]) -> None:
    who = sights.MEMBER[how["language"]]
    seen = [s for s in sights.member(stage, who) if s.name in KEY] + sights.public(stage)[:2]
    look(browser, stage, seen, both, **how)


def test_no_page_scrolls_sideways_on_the_smallest_phone(browser: Any, stage: Stage) -> None:
    seen = sights.member(stage, sights.DUTCH) + sights.moderator(stage) + sights.host(stage) + sights.public(stage)
    look(browser, stage, seen, wide, language="nl", viewport=SMALL)


def test_a_laptop_at_the_desk(browser: Any, stage: Stage) -> None:
    seen = sights.moderator(stage) + sights.more_of_moderator(stage) + sights.public(stage)
    look(browser, stage, seen, both, language="en", viewport={"width": 1280, "height": 900})
