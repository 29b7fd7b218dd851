"""Neutral two-word names to choose a pseudonym from: things and materials, no person, country, faith or rank.

They are proper names, so they stay the same in every language of the interface.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection

FIRST = (
    "Amber", "Autumn", "Blue", "Brass", "Bright", "Bronze", "Calm", "Cedar", "Chalk", "Clay", "Clear", "Copper",
    "Coral", "Cotton", "Crystal", "Early", "Ember", "Felt", "Fern", "Garden", "Glass", "Granite", "Harbour", "Hazel",
    "Indigo", "Ivory", "Jade", "Lemon", "Linen", "Lunar", "Maple", "Marble", "Meadow", "Mint", "Misty", "Morning",
    "Oak", "Ochre", "Olive", "Opal", "Paper", "Pebble", "Pine", "Plum", "Quiet", "River", "Saffron", "Sand", "Silver",
    "Slate", "Spring", "Still", "Summer", "Teal", "Velvet", "Violet", "Walnut", "Willow", "Winter", "Woollen",
)  # fmt: skip
SECOND = (
    "Acorn", "Anchor", "Apron", "Arch", "Basket", "Beacon", "Bench", "Bicycle", "Blanket", "Boat", "Book", "Bowl",
    "Bridge", "Brush", "Button", "Candle", "Cloud", "Comb", "Compass", "Cup", "Door", "Drum", "Envelope", "Feather",
    "Fountain", "Gate", "Hammock", "Harp", "Kettle", "Key", "Kite", "Ladder", "Lamp", "Lantern", "Leaf", "Letter",
    "Map", "Mirror", "Mug", "Needle", "Notebook", "Orchard", "Parasol", "Path", "Pencil", "Pillow", "Pocket",
    "Puzzle", "Quilt", "Ribbon", "Rope", "Sail", "Scarf", "Shell", "Spoon", "Stairs", "Stone", "Table", "Teapot",
    "Thimble", "Thread", "Ticket", "Tower", "Umbrella", "Wheel", "Window",
)  # fmt: skip


def offer(count: int = 40) -> list[str]:
    """Names made at random, each once; whoever shows them leaves out those that somebody has."""
    made: dict[str, None] = {}
    while len(made) < count:
        made[f"{secrets.choice(FIRST)} {secrets.choice(SECOND)}"] = None
    return list(made)


def free(offered: Collection[str], taken: Collection[str], folded: dict[str, str], count: int = 6) -> list[str]:
    """The first `count` offered names whose folded form (`folded[name]`) nobody has."""
    return [name for name in offered if folded[name] not in taken][:count]


def seeds(count: int = 8) -> list[str]:
    """Seeds for avatars of shapes to choose from."""
    return [secrets.token_hex(6) for _ in range(count)]


def is_name(text: str) -> bool:
    """Whether a pseudonym is made of our words; nobody can smuggle in a word of their own."""
    first, _, second = text.partition(" ")
    return first in FIRST and second in SECOND
