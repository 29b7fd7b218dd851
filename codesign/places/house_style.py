"""The house style of a place: which of its design tokens are taken, whether they can be read, and what they colour."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from codesign.places.logo import Logo, clean

MOST_TOKENS = 300
_NAME = re.compile(r"(?:basis|utrecht|nl)(?:-[a-z0-9]+)+")
_COLOUR = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})")
_SIZE = re.compile(r"(?:0|([0-9]{1,4}(?:\.[0-9]{1,4})?)(px|rem|em|%))")
# Letters nobody can read and room that pushes words off the page would hide what a page says; in rem.
_LEAST, _MOST, _MOST_OF_PAGE = 0.75, 10, 0.25
_OF_LETTERS = re.compile(r"font-size|line-height|max-(?:inline|block)-size")
_OF_ROOM = re.compile(r"padding|margin|gap|width|offset|space|min-(?:inline|block)-size")
_IN_REM = {"px": 1 / 16, "rem": 1, "em": 1, "%": 1 / 100}
_FAMILY = re.compile(r"(?:[A-Za-z][A-Za-z0-9 -]{0,40}|'[A-Za-z0-9 -]{1,40}'|\"[A-Za-z0-9 -]{1,40}\")")
_BOUND = 100
TEXT, LARGE_TEXT = 4.5, 3.0
# Our own base theme in light, for what a token file leaves out (static/css/src/tokens.css; a test compares).
BASE = {
    "ink": "#2b1a3e", "ink-2": "#594a6b", "paper": "#f6f3f8", "card": "#ffffff", "sunk": "#ece6f1", "hero": "#2b1a3e",
    "on-hero": "#ffffff", "warm": "#ffb938", "on-warm": "#2b1a3e", "cool": "#0b5c66", "on-cool": "#ffffff",
    "cool-soft": "#d9eef0", "stop": "#98231f", "stop-soft": "#fdebe8", "warm-soft": "#fff0d0",
}  # fmt: skip
# Our own parts read these; the first token that is given says what they are.
ROLES = {
    "hero": ("utrecht-page-header-background-color", "nl-page-header-background-color",
             "basis-color-accent-1-inverse-bg-default"),
    "on-hero": ("utrecht-page-header-color", "nl-page-header-color", "basis-color-accent-1-inverse-color-default"),
    "cool": ("utrecht-link-color", "nl-link-color", "basis-color-action-1-color-default"),
    "sans": ("utrecht-document-font-family", "nl-paragraph-font-family", "basis-text-font-family-default"),
    "serif": ("utrecht-heading-font-family", "nl-heading-font-family", "basis-heading-font-family"),
}  # fmt: skip
# What text of parts stands on, and ground is written on with, when the file gives only one of the two.
_GROUNDS = {"utrecht-button-primary-action": "warm", "utrecht-skip-link": "ink", "utrecht-alert": "cool-soft"}
_FIGURES = {"utrecht-button-primary-action": "on-warm", "utrecht-skip-link": "card"}
# Parts written in the colour of another, on a ground of their own.
_VARIANTS = {"utrecht-alert-error": "stop-soft", "utrecht-alert-warning": "warm-soft"}
# The header of a place is our cover, not the mast; its colours work through the roles above.
_THROUGH_ROLES = re.compile(r"(?:utrecht|nl)-page-(?:header|footer)-")


@dataclass(frozen=True)
class Style:
    """The house style of one place: the document in `stored`, named by `digest`, and what it says.

    Names of tokens are without the two dashes.
    """

    digest: str
    tokens: Mapping[str, str] = field(default_factory=dict)
    logo: Logo | None = None
    stored: bytes = b""

    @property
    def colours(self) -> dict[str, str]:
        """What our own parts are coloured with: hero, on-hero and cool."""
        return {role: found for role in ("hero", "on-hero", "cool") if (found := of_role(self.tokens, role))}


def faults_of(d: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Pairs of (path, what is wrong) in a `codesign/house_style/1` document that meets its schema."""
    tokens = {token["name"]: token["value"] for token in d["tokens"]}
    if len(tokens) != len(d["tokens"]):
        yield "tokens", "name one twice"
    for n, token in enumerate(d["tokens"]):
        if plain_value(token["name"], token["value"]) != token["value"]:
            yield f"tokens/{n}/value", "is no plain colour, size or family of letters"
    for pair in too_weak(tokens):
        yield "tokens", f"{pair.figure} cannot be read on {pair.ground}"
    if d["logo"] is not None:
        try:
            content = base64.b64decode(d["logo"]["content"], validate=True)
            same = clean(content) == (content, d["logo"]["width"], d["logo"]["height"])
        except ValueError:
            same = False
        if not same:
            yield "logo/content", "is not a PNG of these sides with the picture alone"


class NoTokens(ValueError):
    """The file is not a file of design tokens; the text is "json" or "empty"."""


def style_of(document: Mapping[str, Any], digest: str, stored: bytes) -> Style | None:
    """What a checked `codesign/house_style/1` document says; None when it takes the style away."""
    tokens = {token["name"]: token["value"] for token in document["tokens"]}
    logo = document["logo"]
    if not tokens and logo is None:
        return None
    picture = logo and Logo(
        base64.b64decode(logo["content"]), logo["width"], logo["height"], logo["alternative"], logo["language"]
    )
    return Style(digest, tokens, picture, stored)


def read_tokens(content: bytes) -> tuple[dict[str, str], list[str]]:
    """The tokens of a file (name to value) and the names left out, in their order. Raises `NoTokens`.

    Source: Design Tokens Format Module, W3C Community Group 2025 (`$value`), and Style Dictionary (`value`).
    """
    try:
        whole = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise NoTokens("json") from error
    if not isinstance(whole, dict):
        raise NoTokens("json")
    taken: dict[str, str] = {}
    left: dict[str, None] = {}
    try:
        for name, value in _leaves(whole, ""):
            plain = plain_value(name, value)
            if plain is None or len(taken) >= MOST_TOKENS:
                left[name[:_BOUND]] = None
            else:
                taken[name] = plain
    except RecursionError as error:
        raise NoTokens("json") from error
    if not taken and not left:
        raise NoTokens("empty")
    return taken, [name for name in left if name not in taken]


def _leaves(value: Any, name: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict) and len(name) > _BOUND:
        # Longer than any name that is taken; to go on would write it anew for each name in it.
        yield name, None
    elif isinstance(value, dict):
        for key in ("$value", "value"):
            if key in value and not isinstance(value[key], dict):
                yield name, value[key]
                return
        for key, inner in value.items():
            if not key.startswith("$"):
                yield from _leaves(inner, f"{name}-{key}".strip("-"))
    else:
        yield name, value


def plain_value(name: str, value: Any) -> str | None:
    """The value of a token as it may stand in a style sheet: a colour, a size or families of letters; else None."""
    if len(name) > _BOUND or not _NAME.fullmatch(name) or not isinstance(value, str | int | float | list):
        return None
    if isinstance(value, list):
        value = ", ".join(str(item) for item in value)
    text = str(value).strip()
    if _COLOUR.fullmatch(text.lower()):
        return text.lower()
    if size := _SIZE.fullmatch(text):
        return text if _can_be_read(name, size) else None
    families = [part.strip() for part in text.split(",")]
    if "font-family" in name and len(families) <= 8 and all(_FAMILY.fullmatch(part) for part in families):
        return ", ".join(families)
    return None


def _can_be_read(name: str, size: re.Match[str]) -> bool:
    """Whether letters are large enough, and room between them is not as large as a page."""
    rem = float(size[1]) * _IN_REM[size[2]] if size[1] else 0.0
    if _OF_LETTERS.search(name):
        return rem >= _LEAST
    return rem <= (_MOST_OF_PAGE if size[2] == "%" else _MOST) or not _OF_ROOM.search(name)


def of_role(tokens: Mapping[str, str], role: str) -> str | None:
    """What the file says our own parts are coloured or written with."""
    value = next((tokens[name] for name in ROLES[role] if name in tokens), None)
    is_colour = value is not None and value.startswith("#")
    return value if is_colour == (role in BASE) else None


@dataclass(frozen=True)
class TooWeak:
    """Two colours that meet and cannot be read: names of tokens, and their contrast (1 to 21)."""

    figure: str
    ground: str
    contrast: float
    least: float


def too_weak(tokens: Mapping[str, str]) -> list[TooWeak]:
    """Every pair of text and ground that a file makes and that cannot be read, by the names of its tokens."""
    found = []
    for (figure, one), (ground, other), least in _pairs(tokens):
        reached = contrast(one, other)
        if reached < least:
            found.append(TooWeak(figure, ground, round(reached, 2), least))
    return found


Named = tuple[str, str]


def _pairs(tokens: Mapping[str, str]) -> Iterator[tuple[Named, Named, float]]:
    yield from _pairs_of_roles(tokens)
    for part, soft in _VARIANTS.items():
        figure = _nearest(tokens, part, "-color")
        if figure is not None and f"{part}-background-color" not in tokens:
            yield figure, _base(soft), TEXT
    for name, value in tokens.items():
        if not value.startswith("#") or _THROUGH_ROLES.match(name):
            continue
        if name.endswith("-background-color"):
            part = name.removesuffix("-background-color")
            if f"{part}-color" not in tokens:
                yield _nearest(tokens, part, "-color") or _base(_FIGURES.get(part, "ink")), (name, value), TEXT
        elif _is_text(name):
            part = name.removesuffix("-color")
            ground = _nearest(tokens, part, "-background-color")
            if ground is not None:
                yield (name, value), ground, TEXT
            else:
                for base in [_GROUNDS[part]] if part in _GROUNDS else ["card", "paper", "sunk"]:
                    yield (name, value), _base(base), TEXT


def _nearest(tokens: Mapping[str, str], part: str, kind: str) -> Named | None:
    """The colour a part takes from the file: its own, else that of the part it is a state of."""
    while part.count("-") > 0:
        value = tokens.get(f"{part}{kind}", "")
        if value.startswith("#"):
            return f"{part}{kind}", value
        part = part.rpartition("-")[0]
    return None


def _is_text(name: str) -> bool:
    return re.search(r"-(?:border|outline|decoration|background|shadow)(?:-[a-z]+)*-color$", name) is None and (
        name.endswith("-color")
    )


def _pairs_of_roles(tokens: Mapping[str, str]) -> Iterator[tuple[Named, Named, float]]:
    hero, on_hero, cool = (_role(tokens, role) for role in ("hero", "on-hero", "cool"))
    if hero[0] in tokens or on_hero[0] in tokens:
        yield on_hero, hero, TEXT
        # The number of an advice, in large heavy letters.
        yield _base("warm"), hero, LARGE_TEXT
    if cool[0] in tokens:
        yield _base("on-cool"), cool, TEXT
        for ground in ("card", "paper", "sunk", "cool-soft"):
            yield cool, _base(ground), TEXT


def _role(tokens: Mapping[str, str], role: str) -> Named:
    name = next((n for n in ROLES[role] if n in tokens), None)
    return (name, tokens[name]) if name and tokens[name].startswith("#") else _base(role)


def _base(name: str) -> Named:
    return f"({name})", BASE[name]


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1, of `#rgb` or `#rrggbb` (WCAG 2.2)."""
    digits = colour.removeprefix("#")
    digits = digits if len(digits) == 6 else "".join(d * 2 for d in digits)
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21 (WCAG 2.2)."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def style_sheet(style: Style) -> str:
    """The style sheet of a place, laid over ours; in light only, for its colours were checked against light ones."""
    lines = [f"--{name}:{value}" for name, value in style.tokens.items() if not _THROUGH_ROLES.match(name)]
    lines += [f"--{role}:{found}" for role in ROLES if (found := of_role(style.tokens, role))]
    if "on-hero" in style.colours or "hero" in style.colours:
        lines.append("--on-hero-2:var(--on-hero)")
    return "@media not (prefers-color-scheme:dark){:root{" + ";".join(lines) + "}}\n" if lines else ""
