"""Documents with the same words in every field where people write, found by their schemas; and documents without the newer fields."""

from __future__ import annotations

from typing import Any

from codesign.documents.domain import digest, freeze, schema

WRITTEN = {"#/$defs/line", "#/$defs/line_or_none", "#/$defs/text", "#/$defs/text_or_none"}


def filled(kind: str, document: dict[str, Any], words: str) -> dict[str, Any]:
    """A copy with `words` in each field of a person; sentences still stand in the text they are of."""
    whole = schema(kind)

    def fill(value: Any, rule: Any) -> Any:
        while "$ref" in rule:
            if rule["$ref"] in WRITTEN:
                return words
            rule = whole["$defs"][rule["$ref"].rpartition("/")[2]]
        for choice in rule.get("anyOf", ()):
            if choice != {"type": "null"} and value is not None:
                rule = choice
                return fill(value, rule)
        if isinstance(value, dict):
            return {key: fill(inner, rule["properties"][key]) for key, inner in value.items()}
        if isinstance(value, list):
            return [fill(inner, rule["items"]) for inner in value]
        return value

    made: dict[str, Any] = fill(document, whole)
    for sentence in made.get("heard", {}).get("sentences", []):
        sentence["text"] = words
    if kind == "advice":
        made["heard"]["text"] = "\n".join([words] * max(1, len(made["heard"].get("sentences", []))))
    return made


def hostile_advice(example: Any, words: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The worked example and its releases, filled, naming each other."""
    releases = [filled("release", example(name), words) for name in ("release", "release_adoption")]
    advice = filled("advice", example("advice"), words)
    names = dict(
        zip(advice["annexes"]["releases"], (digest(freeze("release", r)) for r in releases), strict=True)
    )  # fmt: skip

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
