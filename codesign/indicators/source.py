"""Where the framework stands on disk, and how a version of it is read and judged."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from codesign.indicators.values import Basis, Domain, Framework, Group, Indicator, Kind

DATA = Path(__file__).parent / "data"
# libyaml reads the file in a tenth of the time; it is not in every build of PyYAML.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class BadFramework(ValueError):
    """A framework file that cannot be used; the sentence says where and why."""


def files(folder: Path = DATA) -> list[Path]:
    """The framework files in `folder`, one per version, in the order of their names."""
    return sorted(folder.glob("framework-*.yaml"))


def _plain(path: Path) -> Any:
    try:
        return yaml.load(path.read_bytes(), Loader=_Loader)  # a safe loader: plain values only
    except yaml.YAMLError as error:
        raise BadFramework(f"{path.name} is no YAML: {error}") from error


def read_file(path: Path) -> Framework:
    """The version of the framework in a file, with its words in other languages beside it; raises `BadFramework`."""
    raw = _plain(path)
    version = path.stem.removeprefix("framework-")
    for more in sorted(path.parent.glob(f"words-{version}-*.yaml")):
        add_words(raw, _plain(more))
    return read(raw)


def add_words(raw: dict[str, Any], more: Mapping[str, Any]) -> None:
    """Lay the words of one more language into a framework still in plain values; a wrong code raises `BadFramework`."""
    language = more["language"]
    domains = {d["code"]: d for d in raw["domains"]}
    indicators = {i["code"]: i for d in raw["domains"] for i in d["indicators"]}
    try:
        for code, texts in more["indicators"].items():
            indicators[code]["title"][language] = texts["title"]
            indicators[code]["question"][language] = texts["question"]
        for code, questions in more["place_check"].items():
            for words, question in zip(domains[code]["place_check"], questions, strict=True):
                words[language] = question
    except (KeyError, ValueError) as error:
        raise BadFramework(f"The words in {language} do not fit the framework: {error}.") from error


_INDICATOR_KEYS = {
    "code", "kind", "unit", "about", "basis", "direction", "sensitive", "can_be_not_applicable", "title", "question",
    "open_data", "basis_note",
}  # fmt: skip
_DOMAIN_KEYS = {
    "code", "slug", "tint", "group", "order", "framework_name", "name", "description", "icon", "indicators",
    "place_check",
}  # fmt: skip
_HEAD_KEYS = {
    "version", "status", "source", "use", "rules", "kinds", "about_values", "scale", "groups", "domains", "replaced_by",
}  # fmt: skip


def _only(raw: Mapping[str, Any], allowed: set[str], where: str) -> None:
    # A list of what is allowed, so that a target, a norm or a rank has no place to stand.
    if unknown := sorted(set(raw) - allowed):
        raise BadFramework(f"{where} has a field we do not know: {', '.join(unknown)}.")


def _indicator(raw: Mapping[str, Any], domain: str) -> Indicator:
    _only(raw, _INDICATOR_KEYS, str(raw.get("code")))
    if not raw["code"].startswith(f"{domain}-"):
        raise BadFramework(f"{raw['code']} stands under {domain}.")
    if not raw["basis"]:
        raise BadFramework(f"{raw['code']} does not say what it rests on.")
    return Indicator(
        code=raw["code"],
        domain=domain,
        kind=Kind(raw["kind"]),
        unit=raw["unit"],
        about=raw["about"],
        basis=tuple(Basis(b) for b in raw["basis"]),
        direction=raw["direction"],
        sensitive=raw["sensitive"],
        can_be_not_applicable=raw["can_be_not_applicable"],
        titles=raw["title"],
        questions=raw["question"],
        basis_note=raw.get("basis_note", ""),
        open_data=tuple(raw.get("open_data", ())),
    )


def _domain(raw: Mapping[str, Any]) -> Domain:
    _only(raw, _DOMAIN_KEYS, str(raw.get("code")))
    return Domain(
        code=raw["code"],
        slug=raw["slug"],
        group=raw["group"],
        order=raw["order"],
        framework_name=raw["framework_name"],
        names=raw["name"],
        descriptions=raw["description"],
        icon=raw["icon"]["name"],
        tint=raw["tint"],
        indicators=tuple(_indicator(i, raw["code"]) for i in raw["indicators"]),
        place_check=tuple(raw.get("place_check", ())),
    )


def read(raw: Mapping[str, Any]) -> Framework:
    """A framework from the plain values of its file; raises `BadFramework` with the place and the reason."""
    try:
        _only(raw, _HEAD_KEYS, "The head")
        domains = [_domain(d) for d in raw["domains"]]
        groups = tuple(
            Group(
                slug=g["slug"],
                framework_name=g["framework_name"],
                names=g["name"],
                descriptions=g["description"],
                domains=tuple(sorted((d for d in domains if d.group == g["slug"]), key=lambda d: d.order)),
            )
            for g in raw["groups"]
        )
        found = Framework(
            version=str(raw["version"]),
            status=raw["status"],
            source=raw["source"],
            use=raw["use"],
            scale=raw["scale"],
            groups=groups,
            replaced_by={old: tuple(new) for old, new in raw.get("replaced_by", {}).items()},
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise BadFramework(f"A part of the framework is missing or has the wrong shape: {error}.") from error
    except ValueError as error:
        raise BadFramework(str(error)) from error
    codes = [d.code for d in domains] + [i.code for d in domains for i in d.indicators]
    if len(codes) != len(set(codes)) or len(found.domains) != len(domains):
        raise BadFramework("A code stands twice, or a domain stands in no group.")
    for old, new in found.replaced_by.items():
        if missing := [code for code in new if code not in found.indicator_by_code]:
            raise BadFramework(f"{old} is replaced by {', '.join(missing)}, which does not exist.")
    return found
