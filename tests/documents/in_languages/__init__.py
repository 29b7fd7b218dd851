"""The worked advice in Dutch, English, Arabic and Tigrinya, with a few passages that stay in another language."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.documents.conftest import load

HERE = Path(__file__).parent
LANGUAGES = ("nl", "en", "ar", "ti")


def words(language: str) -> dict[str, str]:
    """The words of the advice in this language by their paths in it; English is the example itself."""
    found: dict[str, str] = json.loads((HERE / f"{language}.json").read_text(encoding="utf-8"))
    return found


def in_language(language: str) -> dict[str, Any]:
    """The worked advice written in this language.

    The first quote is in English, or in Dutch in the English advice; the second point of the vision is in Dutch.
    """
    document = load("advice")
    if language == "en":
        document["heard"]["quotes"][0] |= {"text": words("nl")["heard/quotes/0/text"], "language": "nl"}
        return document
    texts = words(language)
    # What stands at several places, such as the title of a result, is in the file once.
    same: dict[str, str] = {}
    for path, text in texts.items():
        at: Any = document
        for step in path.split("/"):
            at = at[int(step)] if isinstance(at, list) else at[step]
        same[at] = text
    kept = (document["heard"]["quotes"][0], document["vision"][1], *document["in_short"])

    def told(value: Any) -> Any:
        if any(value is one for one in kept):
            return value
        if isinstance(value, dict):
            inner = {key: told(one) for key, one in value.items()}
            return inner | ({"language": language} if "language" in inner else {})
        if isinstance(value, list):
            return [told(one) for one in value]
        return same.get(value, value) if isinstance(value, str) else value

    made: dict[str, Any] = told(document)
    made["heard"]["text"] = " ".join(sentence["text"] for sentence in made["heard"]["sentences"])
    made["in_short"] = [
        {**short, "translated_by": None if short["language"] == language else "person"}
        for short in sorted(document["in_short"], key=lambda one: one["language"] != language)
    ]
    return made
