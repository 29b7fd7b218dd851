"""The small calculations behind the template parts: avatars from a seed, pieces of the clock, attributes of a field."""

import hashlib
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from markupsafe import Markup

from codesign.web.access import who

# One quarter of an avatar as a path in a 20 x 20 square at the origin: triangles, quarter discs, half discs and a disc.
# The four corners of the square are (0,0), (20,0), (20,20), (0,20); the paths are moved to their quarter afterwards.
QUARTERS: tuple[str, ...] = (
    "h20v20z",  # triangle, right angle above on the right
    "v20h20z",  # triangle, right angle below on the left
    "h20a20 20 0 0 1-20 20z",  # quarter disc around the near corner
    "m20 0v20h-20a20 20 0 0 1 20-20z",  # quarter disc around the far corner
    "m0 20a10 10 0 0 1 20 0z",  # half disc standing on the lower side
    "m20 20a10 10 0 0 1 0-20z",  # half disc leaning on the right side
    "m2 10a8 8 0 1 0 16 0a8 8 0 1 0-16 0z",  # a disc in the middle
    "m20 20h-20a20 20 0 0 1 20-20z",  # quarter disc, turned
)
TINTS = 4


@dataclass(frozen=True)
class Shape:
    """One quarter of an avatar: an SVG path in a 40 x 40 box and which of the four avatar tints fills it (1 to 4)."""

    path: str
    tint: int


def avatar_shapes(seed: str | int) -> tuple[Shape, ...]:
    """Four quarter shapes, always the same for the same seed; nothing about the person can be read from them."""
    digest = hashlib.sha256(f"avatar {seed}".encode()).digest()
    first = digest[8] % TINTS
    shapes = []
    for place in range(4):
        x, y = 20 * (place % 2), 20 * (place // 2)
        form = QUARTERS[digest[place] % len(QUARTERS)]
        # neighbours never share a tint, so the four quarters stay apart
        tint = (first + place + (digest[4 + place] % 2 if place == 3 else 0)) % TINTS + 1
        shapes.append(Shape(path=f"M{x} {y}{form}", tint=tint))
    return tuple(shapes)


@lru_cache(maxsize=2048)
def avatar_inline(seed: str | int) -> Markup:
    """The same as paths for a page."""
    return Markup("").join(
        Markup('<path class="av{}" d="{}"/>').format(shape.tint, shape.path) for shape in avatar_shapes(seed)
    )


def clock_pieces(weeks: int) -> tuple[str, ...]:
    """SVG paths of a ring with one arc for each week, from twelve o'clock on, in a 128 x 128 box (radius 54)."""
    weeks = max(weeks, 1)
    gap = min(3.5, 90 / weeks)
    pieces = []
    for week in range(weeks):
        start = math.radians(360 / weeks * week + gap - 90)
        end = math.radians(360 / weeks * (week + 1) - gap - 90)
        from_x, from_y = 64 + 54 * math.cos(start), 64 + 54 * math.sin(start)
        to_x, to_y = 64 + 54 * math.cos(end), 64 + 54 * math.sin(end)
        large = 1 if weeks == 1 else 0
        pieces.append(f"M{from_x:.1f} {from_y:.1f}A54 54 0 {large} 1 {to_x:.1f} {to_y:.1f}")
    return tuple(pieces)


def field_about(field: Any, hint: object = None) -> str:
    """The ids that describe a form field, for aria-describedby: its hint and its error, or an empty string."""
    ids = []
    if hint or field.description:
        ids.append(f"{field.id}-hint")
    if field.errors:
        ids.append(f"{field.id}-error")
    return " ".join(ids)


def field_attributes(
    field: Any, hint: object, css: str, given: Mapping[str, object], **defaults: object
) -> dict[str, object]:
    """HTML attributes of a form control: class, direction of people's text, description and error; `given` wins."""
    attributes: dict[str, object] = {"class": css, **defaults}
    if field.type in ("StringField", "TextAreaField"):
        attributes["dir"] = "auto"
    if about := field_about(field, hint):
        attributes["aria-describedby"] = about
    if field.errors:
        attributes["aria-invalid"] = "true"
    attributes.update(given)
    return attributes


def sheet_of(path: Path) -> dict[str, Markup]:
    """The pictograms of one sprite: name to the paths inside. Our own file, so it may stand in a page as it is."""
    text = path.read_text(encoding="utf-8")
    found = re.findall(r'<symbol id="([a-z0-9-]+)"[^>]*>(.*?)</symbol>', text, flags=re.S)
    return {name: Markup(inner) for name, inner in found}


def has_page(endpoint: str) -> bool:
    """Whether this door has the endpoint: shared templates serve both doors."""
    return endpoint in current_app.view_functions


def init_parts(app: Flask) -> None:
    """Give the templates these functions."""
    pictures = sheet_of(Path(app.static_folder or "") / "img" / "pictures.svg")
    app.jinja_env.globals.update(
        icon_inline=pictures.get,
        avatar_inline=avatar_inline,
        clock_pieces=clock_pieces,
        field_about=field_about,
        field_attributes=field_attributes,
        has_page=has_page,
        who=who,
    )
