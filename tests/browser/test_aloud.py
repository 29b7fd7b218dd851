"""A ballot read aloud: only with a voice of the device itself, each piece in its own language, and never without one."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import PHONE, Doors
from polling import open_polling, sit_down
from sqlalchemy.orm import Session

from codesign.voting.domain import Method

pytestmark = [pytest.mark.browser, pytest.mark.sqlite_only]
# A device with these voices; what it is asked to say is kept.
VOICES = """
window.said = [];
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => VOICES, speak: (u) => window.said.push([u.lang, u.text]), cancel() {}, addEventListener() {}, speaking: false,
} });
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""
HERE = '[{ lang: "ar-EG", localService: true }, { lang: "nl_NL", localService: true }]'
FAR = '[{ lang: "ar-EG", localService: false }, { lang: "en-GB", localService: true }]'


@pytest.mark.parametrize(
    ("voices", "buttons"), [(HERE, True), (FAR, False), ("[]", False)], ids=["here", "far", "none"]
)
def test_question_and_ideas_are_read_in_their_language(
    browser: Any, doors: Doors, session: Session, voices: str, buttons: bool
) -> None:
    polling = open_polling(doors, session)
    page = sit_down(browser, doors, session, polling.members[0], "ar", viewport=PHONE)
    page.context.add_init_script(VOICES.replace("VOICES", voices))
    for method in (Method.APPROVAL, Method.SCORE, Method.RANKED, Method.BUDGET, Method.CONSENT):
        page.goto(f"{doors.panel}/vote/{polling.ballots[method]}")
        plays = page.locator("main .play")
        assert bool(plays.count()) is buttons, method
        if not buttons:
            continue
        titles = [b.inner_text() for b in page.locator(".pick b[lang], .opt b[lang]").all()]
        for n in range(plays.count()):
            plays.nth(n).click()
        said = page.evaluate("window.said")
        assert {lang for lang, _text in said} == {"ar"}, said
        assert said[0][1] == page.locator("h1").inner_text()
        for title in titles:
            assert [text for _lang, text in said].count(title) == 1, (title, said)
        # To listen is not to choose.
        assert page.locator("input:checked, .opt--on").count() == 0
    page.context.close()
