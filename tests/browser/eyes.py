"""What one sees of a page at a glance: findings of axe, a page wider than its screen, text on the wrong side."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe

_AXE = Axe().axe_script
_RUN = "axe.run(document, {resultTypes: ['violations']}).then(r => r.violations.map(v => [v.id, v.nodes[0].html]))"


def findings(page: Any) -> list[str]:
    """What axe finds, one line each: rule, and the first element."""
    # A page that is looked at in several sizes learns axe once, and tells only what is wrong: the rest is most of it.
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE)
    return [f"{rule}: {html[:160]}" for rule, html in page.evaluate(_RUN)]


def wide(page: Any) -> list[str]:
    """The width a page needs beyond the screen, with the elements that stick out."""
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if over <= 0:
        return []
    out = page.evaluate(
        """() => [...document.querySelectorAll('main *, header *')].filter(e => {
            const r = e.getBoundingClientRect();
            return r.width && (r.right > innerWidth + 1 || r.left < -1);
        }).slice(0, 3).map(e => e.outerHTML.slice(0, 120))"""
    )
    return [f"{over} px too wide: {out}"]


def wrong_side(page: Any) -> list[str]:
    """The heading, when its words do not begin where the language of the page begins its lines."""
    gaps = page.evaluate(
        """() => {
            const range = document.createRange();
            range.selectNodeContents(document.querySelector('h1'));
            const page = document.querySelector('main'), room = page.getBoundingClientRect();
            const words = range.getBoundingClientRect(), edge = getComputedStyle(page);
            const left = words.left - room.left - parseFloat(edge.paddingLeft);
            const right = room.right - words.right - parseFloat(edge.paddingRight);
            return document.documentElement.dir === 'rtl' ? [right, left] : [left, right];
        }"""
    )
    return [] if gaps[0] <= 32 else [f"the heading begins {gaps[0]:.0f} px from its side: {page.url}"]
