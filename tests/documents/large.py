"""Advice of any length in any of the panel's scripts, for limits and for measuring."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from codesign.documents.domain import MOST_BYTES
from tests.documents.hostile import bare

EXAMPLE = Path(__file__).parent / "example_advice.json"
SENTENCES = {
    "en": "We speak with officials and teachers, and we hardly speak with neighbours. ",
    "ar": "نتكلم مع الموظفين والمعلمين، ولا نكاد نتكلم مع الجيران، ونطلب ثلاثة أشياء. ",
    "ti": "ምስ ሰራሕተኛታት ምምሕዳርን መምህራንን ንዘራረብ፣ ምስ ጎረባብቲ ግን ዳርጋ ኣይንዘራረብን። ",
}


def paragraphs(language: str, characters: int) -> str:
    """About so many characters, a paragraph each 400."""
    sentence = SENTENCES[language]
    one = (sentence * (400 // len(sentence))).strip()
    return "\n".join([one] * max(1, characters // (len(one) + 1)))


def advice(language: str, languages: tuple[str, ...], bytes_of_text: int = MOST_BYTES) -> dict[str, Any]:
    """An advice in `language` that holds about so many bytes of text, in `languages` in turn where it may."""
    made: dict[str, Any] = bare(json.loads(EXAMPLE.read_text(encoding="utf-8")))
    mine = next(p for p in made["in_short"] if p["language"] == language)
    others = [{**p, "translated_by": "person"} for p in made["in_short"] if p is not mine]
    made["language"], made["in_short"] = language, [{**mine, "translated_by": None}, *others]
    cited, made["elsewhere"]["cited"] = made["elsewhere"]["cited"][3], []
    left = bytes_of_text - _size(made) - 100
    while left > 2_000 and len(made["elsewhere"]["cited"]) < 100:
        language = languages[len(made["elsewhere"]["cited"]) % len(languages)]
        text = paragraphs(language, 7_900).encode()[: left - _size(cited)].decode(errors="ignore").strip()
        made["elsewhere"]["cited"].append({**cited, "text": text})
        left -= _size(made["elsewhere"]["cited"][-1]) + 1
    return made


def _size(value: Any) -> int:
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())
