"""A test client that checks every page it opens: one h1, title, language, ids, labels, nothing inline."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Page(HTMLParser):
    """What a check needs to know of one page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.h1: list[str] = []
        self.title = ""
        self.html: dict[str, str | None] = {}
        self.ids: list[str] = []
        self.labels: set[str] = set()
        self.fields: list[dict[str, str | None]] = []
        self.problems: list[str] = []
        self.text: list[str] = []
        self._open: list[str] = []
        self._label_depth = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        a = dict(attributes)
        if tag not in VOID:
            self._open.append(tag)
        if a.get("id"):
            self.ids.append(a["id"] or "")
        if tag == "html":
            self.html = a
        elif tag == "h1":
            self.h1.append("")
        elif tag == "label":
            self._label_depth += 1
            if a.get("for"):
                self.labels.add(a["for"] or "")
        elif tag in {"input", "select", "textarea"} and a.get("type") not in {"hidden", "submit", "button"}:
            a["_inside_label"] = "yes" if self._label_depth else None
            self.fields.append(a)
        elif tag == "script" and not a.get("src"):
            self.problems.append("an inline script")
        elif tag == "style":
            self.problems.append("an inline style sheet")
        if "style" in a:
            self.problems.append(f"a style attribute on <{tag}>")
        self.problems += [f"{name} on <{tag}>" for name in a if name.startswith("on")]
        if tag == "img" and "alt" not in a:
            self.problems.append("an image without alt")

    def handle_endtag(self, tag: str) -> None:
        if tag == "label":
            self._label_depth -= 1
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "h1" in self._open and self.h1:
            self.h1[-1] += data
        if self._open and self._open[-1] == "title" and "svg" not in self._open:
            self.title += data
        self.text.append(data)


def check(text: str, where: str) -> Page:
    """Fail with a sentence for everything wrong with a page; returns what was read of it."""
    page = Page(text)
    problems = list(page.problems)
    if len(page.h1) != 1:
        problems.append(f"{len(page.h1)} h1")
    else:
        h1, title = " ".join(page.h1[0].split()), " ".join(page.title.split())
        if not h1 or not title.startswith(h1[:60].rstrip("…")):
            problems.append(f"title {title!r} does not start with h1 {h1!r}")
    if not page.html.get("lang") or page.html.get("dir") not in {"ltr", "rtl"}:
        problems.append("html lacks lang or dir")
    twice = {i for i in page.ids if page.ids.count(i) > 1}
    if twice:
        problems.append(f"ids twice: {sorted(twice)}")
    for field in page.fields:
        named = field.get("aria-label") or field.get("aria-labelledby") or field["_inside_label"]
        if not named and field.get("id") not in page.labels:
            problems.append(f"field {field.get('name')!r} has no label")
    assert not problems, f"{where}: " + "; ".join(problems)
    return page


class CheckedClient(FlaskClient):
    """Opens pages and checks each html page on the way."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        reply = super().open(*args, **kwargs)
        if reply.request.headers.get("HX-Request"):
            return reply  # a piece of a page
        if reply.mimetype == "text/html" and reply.status_code not in {301, 302, 303, 307, 308} and reply.data:
            check(reply.get_data(as_text=True), reply.request.path)
        return reply
