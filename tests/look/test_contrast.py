"""Every pair of colours that meets on a page can be read: computed from the tokens, light and dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parents[2] / "static" / "css" / "src" / "tokens.css").read_text(encoding="utf-8")
SCHEMES = ("light", "dark")
TEXT = 4.5
SHAPE = 3.0

# (figure, ground, least contrast): text needs 4.5 to 1, edges and pictograms 3 to 1
PAIRS = [
    ("ink", "paper", TEXT), ("ink", "card", TEXT), ("ink", "sunk", TEXT), ("ink-2", "paper", TEXT),
    ("ink-2", "card", TEXT), ("ink-2", "sunk", TEXT), ("on-hero", "hero", TEXT), ("on-hero-2", "hero", TEXT),
    ("warm", "hero", TEXT), ("on-warm", "warm", TEXT), ("ink", "warm-soft", TEXT), ("ink", "cool-soft", TEXT),
    ("ink", "stop-soft", TEXT), ("ink-2", "warm-soft", TEXT), ("ink-2", "cool-soft", TEXT), ("cool", "paper", TEXT),
    ("cool", "card", TEXT), ("cool", "sunk", TEXT), ("cool", "cool-soft", TEXT), ("on-cool", "cool", TEXT),
    ("stop", "paper", TEXT), ("stop", "card", TEXT), ("stop", "stop-soft", TEXT), ("card", "ink", TEXT),
    ("warm-deep", "card", TEXT), ("warm-deep", "paper", TEXT), ("edge", "card", SHAPE), ("edge", "paper", SHAPE),
    ("edge", "sunk", SHAPE), ("warm-deep", "warm-soft", SHAPE), ("k-ask", "card", SHAPE), ("k-lived", "card", SHAPE),
    ("card", "k-ask", SHAPE), ("card", "k-lived", SHAPE), ("card", "cool", SHAPE), ("card", "picked", TEXT),
    ("picked-mark", "picked", SHAPE), ("mark1", "card", SHAPE), ("av1", "av0", SHAPE),
    ("warm", "ink", 0),
]  # fmt: skip


def _declared(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{3,6})", block))


def scheme(name: str) -> dict[str, str]:
    """The colour tokens of one scheme; dark lays its values over light."""
    light, dark = TOKENS.split("@media (prefers-color-scheme: dark)")
    root = _declared(light[light.index(":root") : light.index("/* theme tints")])
    return root if name == "light" else root | _declared(dark)


def tints() -> dict[str, dict[str, str]]:
    """The 14 theme tints and the warm ground: soft and deep of each."""
    found = re.findall(r"\.d-([a-z]+) \{ --soft: (#[0-9a-f]{3,6}); --deep: (#[0-9a-f]{3,6})", TOKENS)
    return {name: {"soft": soft, "deep": deep} for name, soft, deep in found}


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2."""
    digits = colour.removeprefix("#")
    digits = digits if len(digits) == 6 else "".join(d * 2 for d in digits)
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    """Contrast of two colours after WCAG 2.2, 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_wcag_says() -> None:
    assert contrast("#fff", "#000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", SCHEMES)
@pytest.mark.parametrize(("figure", "ground", "least"), PAIRS)
def test_each_pair_of_tokens_can_be_read(name: str, figure: str, ground: str, least: float) -> None:
    colours = scheme(name)
    assert contrast(colours[figure], colours[ground]) >= least


@pytest.mark.parametrize("theme", sorted(tints()))
def test_each_theme_tint_shows_its_figure_on_its_ground(theme: str) -> None:
    pair = tints()[theme]
    assert contrast(pair["soft"], pair["deep"]) >= 4.5


def test_there_are_fourteen_theme_tints() -> None:
    assert len(set(tints()) - {"warm", "plain"}) == 14


def test_dark_changes_every_colour_that_carries_text() -> None:
    light, dark = scheme("light"), scheme("dark")
    same = {
        k for k in ("ink", "ink-2", "paper", "card", "sunk", "cool", "stop", "edge", "warm-soft") if light[k] == dark[k]
    }
    assert same == set()
