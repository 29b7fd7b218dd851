"""Folding text for comparing: pseudonyms that look alike, and words as people search for them, in three scripts."""

from __future__ import annotations

import re
import unicodedata

# Letters of other scripts that look like a Latin one (the common part of Unicode's confusables, TR 39).
_LOOK_ALIKE = str.maketrans(
    {
        "а": "a", "б": "6", "в": "b", "г": "r", "е": "e", "з": "3", "и": "n", "к": "k", "м": "m", "н": "h", "о": "o",
        "п": "n", "р": "p", "с": "c", "т": "t", "у": "y", "х": "x", "ь": "b", "ѕ": "s", "і": "i", "ј": "j", "һ": "h",
        "ԁ": "d", "ԛ": "q", "ԝ": "w", "ӏ": "l", "ү": "y", "α": "a", "β": "b", "γ": "y", "ε": "e", "η": "n", "ι": "i",
        "κ": "k", "μ": "u", "ν": "v", "ο": "o", "ρ": "p", "σ": "o", "τ": "t", "υ": "u", "χ": "x", "ω": "w", "ɑ": "a",
        "ɡ": "g", "ɩ": "i",
    }
)  # fmt: skip
# Signs read as another: 0 and o, 1 and l and i, 5 and s; applied last, on what is Latin by then.
_SAME_LOOK = str.maketrans({"0": "o", "1": "l", "i": "l", "|": "l", "5": "s", "6": "b", "3": "e"})
# Letters without a decomposition, as people type them without the sign.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "n", "ґ": "г"}
)
# Arabic script: one form for letters typed in several ways (hamza, final ya, ta marbuta, Persian and Urdu forms).
_ARABIC = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ٲ": "ا", "ٳ": "ا", "ؤ": "و", "ئ": "ي", "ى": "ي", "ی": "ي", "ې": "ي",
        "ے": "ي", "ة": "ه", "ۀ": "ه", "ھ": "ه", "ہ": "ه", "ە": "ه", "ک": "ك", "ڪ": "ك", "ء": "", "ـ": "",
        "\u200c": "", "\u200d": "",
    }
)  # fmt: skip
# Ethiopic: series written for the same sound in Tigrinya and Amharic. Only pairs that are one sound in Tigrinya:
# ሐ and ዐ stay apart from ሀ and አ there.
_ETHIOPIC_SERIES = ((0x1220, 0x1230, 8), (0x1280, 0x1210, 7), (0x1340, 0x1338, 7))
_ETHIOPIC = str.maketrans(
    {chr(source + i): chr(target + i) for source, target, count in _ETHIOPIC_SERIES for i in range(count)}
)
_NOT_WORD = re.compile(r"[\W_]+")


def digits(text: str) -> str:
    """The same text with the digits of every script as 0-9; one character stays one character."""
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def _without_marks(text: str) -> str:
    parts = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(c for c in parts if unicodedata.category(c) != "Mn"))


def fold_for_search(text: str) -> str:
    """What search compares: lower case, without accents, harakat, tatweel and punctuation, one form per letter.

    Words are parted by one space; digits are 0-9. Folding what is folded changes nothing.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    folded = _without_marks(folded.translate(_ARABIC)).translate(_ARABIC).translate(_PLAIN).translate(_ETHIOPIC)
    return _NOT_WORD.sub(" ", digits(folded)).strip()


def fold_name(name: str) -> str:
    """What two pseudonyms must not share: their look, whatever script, case, accent or space they are typed in."""
    folded = _without_marks(unicodedata.normalize("NFKD", name).casefold()).translate(_PLAIN).translate(_LOOK_ALIKE)
    folded = digits(folded.translate(_ARABIC).translate(_ETHIOPIC)).translate(_SAME_LOOK)
    # Two thin letters side by side read as one wide one.
    return _NOT_WORD.sub("", folded.casefold()).replace("rn", "m").replace("vv", "w")
