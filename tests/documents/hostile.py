"""Documents with other words in every field where people write, found by their schemas."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from codesign.documents.domain import digest, freeze, schema

LINES = {"#/$defs/line", "#/$defs/line_or_none"}
TEXTS = {"#/$defs/text", "#/$defs/text_or_none"}


def filled(
    kind: str, document: dict[str, Any], words: str, longer: Callable[[], str] | None = None,
    line: Callable[[], str] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """A copy with `words` in each field of a person, or what `line` and `longer` say; sentences stand in their text."""
    whole = schema(kind)
    of_line, of_text = line or (lambda: words), longer or (lambda: words)

    def fill(value: Any, rule: Any) -> Any:
        while "$ref" in rule:
            if rule["$ref"] in LINES:
                return of_line()
            if rule["$ref"] in TEXTS:
                return of_text()
            rule = whole["$defs"][rule["$ref"].rpartition("/")[2]]
        for choice in rule.get("anyOf", ()):
            if choice != {"type": "null"} and value is not None:
                return fill(value, choice)
        if isinstance(value, dict):
            return {key: fill(inner, rule["properties"][key]) for key, inner in value.items()}
        if isinstance(value, list):
            return [fill(inner, rule["items"]) for inner in value]
        return value

    made: dict[str, Any] = fill(document, whole)
    if kind == "advice":
        sentences = made["heard"].get("sentences", [])
        for sentence in sentences:
            sentence["text"] = of_line()
        made["heard"]["text"] = "\n".join(s["text"] for s in sentences) or of_text()
    return made


def hostile_advice(example: Any, words: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The worked example and its releases, filled, naming each other."""
    releases = [filled("release", example(name), words) for name in ("release", "release_adoption")]
    advice = filled("advice", example("advice"), words)
    new = (digest(freeze("release", release)) for release in releases)
    names = dict(zip(advice["annexes"]["releases"], new, strict=True))

    def renamed(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: renamed(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [renamed(inner) for inner in value]
        return names.get(value, value) if isinstance(value, str) else value

    return renamed(advice), releases


def bare(document: dict[str, Any]) -> dict[str, Any]:
    """An advice without everything that may be left out, changed where it stands."""
    document.pop("vision", None)
    document["heard"].pop("sentences", None)
    document["elsewhere"].pop("reports", None)
    for r in document["recommendations"]:
        for name in ("vision", "moment", "small_group"):
            r.pop(name, None)
        r["evidence"] = {key: r["evidence"][key] for key in ("results", "quotes")}
        r["actors"] = [{key: actor[key] for key in ("name", "kind", "part")} for actor in r["actors"]]
    return document
