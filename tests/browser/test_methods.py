"""Each way of voting on a phone: wrong first, right, looked at again, changed with the code, found on the list."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import PHONE, Doors
from eyes import findings, wide, wrong_side
from hands import Hands, Keyboard
from polling import IDEAS, LANGUAGES, WAYS, Polling, Way, open_polling, sit_down
from sqlalchemy.orm import Session

from codesign.voting.domain import Method, Problem
from codesign.voting.labels import problem_words

pytestmark = pytest.mark.browser
SMALL = {"width": 320, "height": 640}
# Pages that axe looks at.
AXE = {"question", "wrong", "look again", "result", "list"}
# Everything the form would send of a choice, and the order its options stand in.
SENT = """() => [...new FormData(document.querySelector('form.step'))]
    .filter(([name]) => name === 'o' || name.startsWith('o.') || ['order', 'reason'].includes(name)).map(String)"""


class Voter:
    """A member in front of a phone who goes through ballots; `script`: whether the phone runs JavaScript."""

    def __init__(self, me: Hands, polling: Polling, language: str, script: bool, axe: bool = False) -> None:
        self.me, self.page, self.polling, self.language, self.script = me, me.page, polling, language, script
        self.axe = axe
        self.codes: dict[Method, str] = {}
        self.found: list[str] = []

    def look(self, name: str) -> None:
        """What is not right on this page, kept for the end."""
        looked = self.axe and name.rpartition(", ")[2] in AXE
        checks = [wide, wrong_side, *([findings] if looked else [])]
        self.found += [f"{name}: {line}" for check in checks for line in check(self.page)]
        self.page.set_viewport_size(SMALL)
        self.found += [f"{name}, on the smallest phone: {line}" for line in wide(self.page)]
        self.page.set_viewport_size(PHONE)

    def fill(self, marks: tuple[str, ...], words: str = "") -> None:
        """Bring the form to exactly these marks."""
        shape = self.page.locator("[data-choose]").get_attribute("data-choose")
        if shape in ("ticks", "budget"):
            ticked = {box.get_attribute("value") for box in self.page.locator("input[name=o]:checked").all()}
            # From top to bottom, as the form stands.
            for box in self.page.locator("input[name=o]").all():
                if (value := box.get_attribute("value") or "") in ticked ^ set(marks):
                    self.me.mark(value)
        elif shape in ("answer", "score"):
            for value in marks:
                self.me.mark(value)
        elif self.script:
            self._turn(shape or "", marks)
        else:
            given = dict(mark.split(":") for mark in marks)
            nothing = "" if shape == "ranked" else "0"
            for n in range(1, len(IDEAS) + 1):
                self.me.pick(f"o{n}:{given.get(f'o{n}', nothing)}")
        if words:
            self.me.write("reason", words)

    def _turn(self, shape: str, marks: tuple[str, ...]) -> None:
        """With the buttons that JavaScript puts in place of the lists."""
        given = {key: int(number) for key, number in (mark.split(":") for mark in marks)}
        if shape == "ranked":
            if self.page.locator(".opt--on").count():
                self.me.press(".purse button.quiet")
            for key in sorted(given, key=lambda key: given[key]):
                self.me.press(f".opt:has(option[value='{key}:1']) .turn")
            return
        change = {key: given.get(key, 0) - self._dots(key) for key in (f"o{n}" for n in range(1, len(IDEAS) + 1))}
        # First take away, then give: no moment with too many.
        for key in sorted(change, key=lambda key: change[key]):
            end = "first" if change[key] < 0 else "last"
            for _ in range(abs(change[key])):
                self.me.press(f".opt:has(option[value='{key}:1']) .turns > :{end}-child")

    def _dots(self, key: str) -> int:
        return self.page.locator(f".opt:has(option[value='{key}:1']) .turns .on").count()

    def vote(self, method: Method) -> None:
        """From the question to "Your vote is in": wrong, right, and the code noted."""
        way, page = WAYS[method], self.page
        page.goto(f"{self.polling.doors.panel}/vote/{self.polling.ballots[method]}")
        self.look(f"{method}, question")
        self._wrong(method, way)
        self.fill(way.right, way.said)
        self.me.send("button.go[value=look]")
        code = page.locator(".code b")
        code.wait_for()
        self.look(f"{method}, look again")
        self.codes[method] = "".join(code.inner_text().split())
        assert len(self.codes[method]) == 12
        self._reads(way.right, way.said)
        self.me.send("button.go[value=cast]")
        self.me.see("/done")
        self.look(f"{method}, done")

    def _wrong(self, method: Method, way: Way) -> None:
        """Something wrong is not taken: the same page says what, and keeps everything."""
        smooth = self.script and way.smooth is not None
        marks, problem = ((), way.smooth) if smooth else (way.wrong, way.problem)
        self.fill(marks, way.said if problem is Problem.NOTHING_CHOSEN else "")
        before = self.page.evaluate(SENT)
        with self.page.expect_response(lambda r: r.request.method == "POST") as came:
            self.me.send("button.go[value=look]")
        assert came.value.status == 422, self.page.url
        note = self.page.locator("#problem")
        note.wait_for()
        assert self.page.evaluate(SENT) == before
        assert self._words(problem, method, marks) in note.inner_text()
        self.look(f"{method}, wrong")

    def _words(self, problem: Problem | None, method: Method, marks: tuple[str, ...]) -> str:
        """What the house says of this problem in her language."""
        assert problem is not None
        opening = self.polling.opening(method)
        cookie = {"Cookie": f"language={self.language}"}
        with self.polling.doors.house.panel.test_request_context("/", headers=cookie):
            return problem_words(problem, opening, marks)

    def _reads(self, marks: tuple[str, ...], words: str) -> None:
        """The page shows what was chosen, and nothing that was not."""
        text = self.page.locator("form.step .card").first.inner_text()
        numbers = {mark.split(":")[0] for mark in marks if mark.startswith("o")}
        if numbers and not marks[0].endswith("object"):
            assert all(self.title(key) in text for key in numbers), text
        assert words in text

    def title(self, key: str) -> str:
        """An idea in her language."""
        return IDEAS[int(key[1:]) - 1][LANGUAGES.index(self.language)]

    def change(self, method: Method) -> None:
        """From "Your vote is in" back to the question; the other choice is cast with the code she wrote down."""
        way = WAYS[method]
        self.me.press(f"main a[href$='/vote/{self.polling.ballots[method]}']")
        self.page.locator("button.go[value=look]").wait_for()
        self.fill(way.other, way.said_later)
        self.me.send("button.go[value=look]")
        self.page.locator("main [name=code]:visible").wait_for()
        self.look(f"{method}, look again with the code")
        assert self.page.locator(".code").count() == 0
        self.me.write("code", self.codes[method])
        self.me.send("button.go[value=cast]")
        self.me.see("/done")

    def check(self, method: Method) -> None:
        """After the end: a plain sentence, why, and her last vote on the list, behind her code."""
        way = WAYS[method]
        self.page.goto(f"{self.polling.doors.panel}/vote/{self.polling.ballots[method]}")
        self.me.see("/result")
        self.look(f"{method}, result")
        sentence = self.page.locator("p.said b").first.inner_text()
        if way.wins is not None:
            assert self.title(f"o{way.wins}") in sentence, sentence
        assert self.page.locator("ol.why li").count() > 0
        if way.said_later:
            assert way.said_later in self.page.locator("main").inner_text()
            assert way.said not in self.page.locator("main").inner_text()
        self.me.press("main a[href$='/list']")
        self.me.see("/list")
        self.look(f"{method}, list")
        rows = {
            "".join(row.locator("th").inner_text().split()): row.locator("td").last.inner_text()
            for row in self.page.locator("tbody tr").all()
        }
        assert self.codes[method] in rows
        mine = rows[self.codes[method]]
        keys = {mark.split(":")[0] for mark in way.other if not mark.endswith(":")}
        if way.wins is not None:
            assert {key for key in (f"o{n}" for n in range(1, 5)) if self.title(key) in mine} == keys, mine


def go_through(browser: Any, doors: Doors, session: Session, *ways: tuple[str, bool, bool, bool]) -> None:
    """Members go through all methods: (language, keyboard, script, axe) each."""
    polling = open_polling(doors, session)
    polling.vote_rest()
    voters, errors = [], []
    for person, (language, keyboard, script, axe) in zip(polling.members, ways, strict=False):
        page = sit_down(browser, doors, session, person, language, viewport=PHONE, java_script_enabled=script)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on(
            "console",
            lambda line: errors.append(line.text) if line.type == "error" and "422" not in line.text else None,
        )
        voters.append(Voter((Keyboard if keyboard else Hands)(page), polling, language, script, axe))
    for voter in voters:
        for method in polling.ballots:
            voter.vote(method)
            voter.change(method)
    polling.close()
    for voter in voters:
        for method in polling.ballots:
            voter.check(method)
        voter.page.context.close()
    assert errors == []
    assert [line for voter in voters for line in voter.found] == []


@pytest.mark.sqlite_only
def test_each_method_in_dutch_without_javascript(browser: Any, doors: Doors, session: Session) -> None:
    go_through(browser, doors, session, ("nl", False, False, False))


@pytest.mark.sqlite_only
def test_each_method_in_arabic_by_the_keyboard(browser: Any, doors: Doors, session: Session) -> None:
    """With JavaScript, and looked at by axe."""
    go_through(browser, doors, session, ("ar", True, True, True))


@pytest.mark.long
@pytest.mark.parametrize("language", ["nl", "ar"])
@pytest.mark.parametrize("keyboard", [False, True], ids=["hands", "keyboard"])
@pytest.mark.parametrize("script", [False, True], ids=["no-script", "script"])
def test_each_method_in_every_way(
    browser: Any, doors: Doors, session: Session, language: str, keyboard: bool, script: bool
) -> None:
    go_through(browser, doors, session, (language, keyboard, script, False))
