"""How a person uses a page: by tapping, or by the keyboard alone; nothing else of playwright is used in a journey."""

from __future__ import annotations

from typing import Any

import pyotp
from build import PASSWORD, TOTP_SECRET


class Hands:
    """Taps and types."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def see(self, path: str) -> None:
        """Be on the page with this path, whole and without an error."""
        self.page.wait_for_url(lambda url: path in url, wait_until="load")
        assert self.page.locator("h1").count() == 1, self.page.url
        assert self.page.locator(".errors, .oops").count() == 0, self.page.locator("main").inner_text()

    def press(self, selector: str) -> None:
        """A button or a link."""
        self.page.locator(selector).first.click()

    def write(self, name: str, text: str) -> None:
        """Words in a field."""
        self.page.locator(f"main [name={name}]").first.fill(text)

    def choose(self, name: str, value: str | None = None) -> None:
        """One of several, or a box; without a value the first."""
        self.page.locator(self._field(name, value)).first.check(force=True)

    def mark(self, value: str) -> None:
        """The box or disc that sends this, by what stands beside it."""
        self.page.locator(f"label:has(input[value='{value}'])").click()

    def pick(self, value: str) -> None:
        """This line of its list."""
        self.page.locator(self._list(value)).select_option(value)

    @staticmethod
    def _list(value: str) -> str:
        return f"select:has(> option[value='{value}'])"

    def send(self, selector: str = "main form button.go") -> None:
        """The one main button of the form; in a form of several steps, on to the last of them first."""
        while self.page.locator("form.steps > button.go").is_visible():
            self.press("form.steps > button.go")
        self.press(selector)

    def next_step(self) -> None:
        """On in a form of several steps; without JavaScript they all stand on one page."""
        if self.page.locator("form.steps > button.go").is_visible():
            self.press("form.steps > button.go")

    @staticmethod
    def _field(name: str, value: str | None) -> str:
        return f"input[name={name}]" + (f"[value='{value}']" if value else "")

    def sign_in(self, login: str) -> None:
        """Login, password, and the digits of the app."""
        self.write("login", login)
        self.write("password", PASSWORD)
        self.write("code", pyotp.TOTP(TOTP_SECRET).now())
        self.send()


class Keyboard(Hands):
    """Never touches: Tab to it, then Enter, Space, arrows and letters."""

    def _reach(self, selector: str) -> None:
        script = "s => document.activeElement !== document.body && document.activeElement.matches(s)"
        for _ in range(120):
            if self.page.evaluate(script, selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not reach {selector} on {self.page.url}")

    def press(self, selector: str) -> None:
        self._reach(selector)
        self.page.keyboard.press("Enter")

    def write(self, name: str, text: str) -> None:
        self._reach(f"main [name={name}]")
        self.page.keyboard.type(text)

    def choose(self, name: str, value: str | None = None) -> None:
        if self.page.locator(self._field(name, None)).first.get_attribute("type") != "radio":
            self._reach(self._field(name, value))
            self.page.keyboard.press("Space")
            return
        self._reach(self._field(name, None))
        self.page.keyboard.press("Space")
        for _ in range(20):
            if value is None or self.page.evaluate("document.activeElement.value") == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no {value} among {name}")

    def mark(self, value: str) -> None:
        wanted = self.page.locator(f"input[value='{value}']")
        if wanted.get_attribute("type") == "checkbox":
            self._reach(f"input[value='{value}']")
            self.page.keyboard.press("Space")
            return
        self._reach(f"input[name='{wanted.get_attribute('name')}']")
        self.page.keyboard.press("Space")
        self._arrow(value)

    def pick(self, value: str) -> None:
        self._reach(self._list(value))
        self.page.keyboard.press("Home")
        self._arrow(value)

    def _arrow(self, value: str) -> None:
        for _ in range(20):
            if self.page.evaluate("document.activeElement.value") == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows do not reach {value} on {self.page.url}")
