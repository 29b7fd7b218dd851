"""Words for ideas: the pictograms an author can choose."""

from __future__ import annotations

from flask_babel.speaklater import LazyString

from codesign.proposals.domain import PICTOGRAMS
from codesign.web.i18n import _l

_PICTURES: dict[str, LazyString] = {
    "door-open": _l("Open door"),
    "hand-waving": _l("Waving hand"),
    "coffee": _l("Coffee"),
    "cooking-pot": _l("Cooking pot"),
    "users-three": _l("People"),
    "chats-circle": _l("Talking"),
    "handshake": _l("Shaking hands"),
    "house": _l("House"),
    "bus": _l("Bus"),
    "bicycle": _l("Bicycle"),
    "soccer-ball": _l("Ball"),
    "music-notes": _l("Music"),
    "plant": _l("Plant"),
    "book-open": _l("Book"),
    "chalkboard-teacher": _l("Lesson"),
    "translate": _l("Two languages"),
    "briefcase": _l("Work bag"),
    "storefront": _l("Shop"),
    "baby": _l("Baby"),
    "stethoscope": _l("Doctor"),
    "scales": _l("Scales"),
    "phone": _l("Telephone"),
    "envelope": _l("Letter"),
    "clock": _l("Clock"),
    "money": _l("Money"),
    "hammer": _l("Hammer"),
}


def picture_choices() -> list[tuple[str, str]]:
    """Pictograms with their words, in order."""
    return [(name, str(_PICTURES[name])) for name in PICTOGRAMS]
