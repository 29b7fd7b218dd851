"""Pictures of the demonstration, drawn when it is loaded: the map of a workshop, the mark of the place."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping

from PIL import Image, ImageDraw, ImageFont

INK, WARM, COOL, PAPER = "#2b1a3e", "#ffb938", "#0b5c66", "#fbf8f1"
GREEN = "#123f2a"
MOST_BYTES = 30_000
WIDTH, HEIGHT, MIDDLE = 960, 600, (480, 320)
# Who stands where, and how thick the line of talks to them is; 0 is the thin and broken one.
MAP = (
    ("school", (170, 150), 22), ("town hall", (790, 150), 20), ("our own groups", (170, 500), 16),
    ("work and shops", (790, 500), 7), ("neighbours", (480, 520), 0),
)  # fmt: skip


def map_of_talks() -> bytes:
    """A big sheet with us in the middle and a line to everybody we talk with, as thick as the talks are many."""
    sheet = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(sheet)
    large, words = ImageFont.load_default(30), ImageFont.load_default(26)
    draw.text((WIDTH / 2, 44), "Whom did you talk with last week?", INK, large, anchor="mm")
    for _name, (x, y), thick in MAP:
        if thick:
            draw.line([MIDDLE, (x, y)], COOL, thick)
            continue
        for step in range(0, 20, 2):
            draw.line([_between(MIDDLE, (x, y), t / 20) for t in (step, step + 1)], INK, 3)
    for name, (x, y), _thick in MAP:
        half = words.getlength(name) / 2 + 24
        draw.rounded_rectangle([x - half, y - 34, x + half, y + 34], 34, "#ffffff", INK, 3)
        draw.text((x, y), name, INK, words, anchor="mm")
    draw.ellipse([MIDDLE[0] - 62, MIDDLE[1] - 62, MIDDLE[0] + 62, MIDDLE[1] + 62], WARM, INK, 4)
    draw.text(MIDDLE, "us", INK, large, anchor="mm")
    return _png(sheet.quantize(64))


def _between(one: tuple[int, int], other: tuple[int, int], part: float) -> tuple[float, float]:
    return one[0] + (other[0] - one[0]) * part, one[1] + (other[1] - one[1]) * part


def mark() -> bytes:
    """The mark of the invented place, a sun above a field with a canal, and its name; on its own white ground."""
    name, letters = "Veldhaven", ImageFont.load_default(92)
    sheet = Image.new("RGB", (224 + round(letters.getlength(name)), 192), "#ffffff")
    field = Image.new("RGB", (144, 144), "#ffffff")
    draw = ImageDraw.Draw(field)
    draw.ellipse([47, 8, 97, 58], "#e0a100")
    draw.ellipse([-40, 50, 184, 320], GREEN)
    draw.polygon([(64, 51), (80, 51), (114, 144), (30, 144)], "#9fd0e6")
    sheet.paste(field, (24, 24))
    ImageDraw.Draw(sheet).text((192, 100), name, GREEN, letters, anchor="lm")
    corners = Image.new("L", sheet.size, 0)
    ImageDraw.Draw(corners).rounded_rectangle([0, 0, sheet.width - 1, sheet.height - 1], 32, 255)
    sheet.putalpha(corners)
    return _png(sheet)


def _png(picture: Image.Image) -> bytes:
    made = io.BytesIO()
    picture.save(made, "PNG", optimize=True)
    return made.getvalue()


DRAWN: Mapping[str, Callable[[], bytes]] = {"map_of_talks": map_of_talks}
