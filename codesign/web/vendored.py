"""Takes what we use from other people's packages into `static/vendor`, reduced, with a manifest of names and hashes.

Used by maintainers when a version changes: `npm pack` the packages of PARTS into one folder, then
`python -m codesign.web.vendored FOLDER`. Nothing here runs in the house itself.
"""

import hashlib
import json
import re
import sys
import tarfile
from pathlib import Path

STATIC = Path(__file__).resolve().parents[2] / "static"
VENDOR = STATIC / "vendor"

# Per NL Design System package: the selectors we keep. Everything that no page of ours shows is left out.
PARTS: dict[str, tuple[str, ...]] = {
    "alert": ("utrecht-alert", "utrecht-alert--error", "utrecht-alert--warning"),
    "button": ("utrecht-button", "utrecht-button--primary-action", "utrecht-button--secondary-action"),
    "checkbox": ("utrecht-checkbox",),
    "form-field": ("utrecht-form-field", "utrecht-form-field--invalid"),
    "form-field-description": ("utrecht-form-field-description",),
    "form-field-error-message": ("utrecht-form-field-error-message",),
    "form-fieldset": ("utrecht-form-fieldset", "utrecht-form-fieldset__legend", "utrecht-form-fieldset--invalid"),
    "form-label": ("utrecht-form-label",),
    "link": ("utrecht-link", "utrecht-link:any-link"),
    "page-footer": ("utrecht-page-footer",),
    "page-header": ("utrecht-page-header",),
    "radio-button": ("utrecht-radio-button",),
    "select": ("utrecht-select", "utrecht-select--invalid"),
    "skip-link": ("utrecht-skip-link",),
    "table": ("utrecht-table", "utrecht-table__header-cell", "utrecht-table__cell", "utrecht-table__caption"),
    "textarea": ("utrecht-textarea", "utrecht-textarea--invalid"),
    "textbox": ("utrecht-textbox", "utrecht-textbox--invalid"),
}


def rules(css: str) -> list[tuple[str, str]]:
    """The top-level rules of a style sheet as (selector, body); at-rules come as one rule each."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    found: list[tuple[str, str]] = []
    position = 0
    while (start := css.find("{", position)) >= 0:
        depth, end = 1, start + 1
        while depth and end < len(css):
            depth += {"{": 1, "}": -1}.get(css[end], 0)
            end += 1
        found.append((css[position:start].strip(), css[start + 1 : end - 1].strip()))
        position = end
    return found


def reduced(css: str, keep: tuple[str, ...]) -> str:
    """Only the rules whose selector is one of `keep`."""
    wanted = {f".{name}" for name in keep}
    lines = []
    for selector, body in rules(css):
        kept = [one for one in (part.strip() for part in selector.split(",")) if one in wanted]
        if kept and body:
            lines.append(", ".join(kept) + " {\n  " + re.sub(r"\s*\n\s*", "\n  ", body) + "\n}\n")
    return _without_unread("".join(lines))


def _without_unread(css: str) -> str:
    """The same without values of states that were left out: custom properties that nothing reads any more."""
    while True:
        declared = set(re.findall(r"^  (--[a-z0-9_-]+):", css, flags=re.M))
        unread = {name for name in declared if not re.search(rf"var\(\s*{re.escape(name)}\b", css)}
        if not unread:
            return css
        for name in unread:
            css = re.sub(rf"^  {re.escape(name)}:[^;]*;\n", "", css, flags=re.M)


def take(folder: Path) -> list[dict[str, str]]:
    """Write the reduced style of each package in `folder` (npm tarballs); returns their lines of the manifest."""
    out = VENDOR / "nl-design-system"
    out.mkdir(parents=True, exist_ok=True)
    lines = []
    for part, keep in PARTS.items():
        (tarball,) = folder.glob(f"utrecht-{part}-css-*.tgz")
        with tarfile.open(tarball) as packed:
            about = json.load(packed.extractfile("package/package.json"))  # type: ignore[arg-type]
            member = packed.extractfile("package/dist/index.css")
            css = member.read().decode("utf-8") if member else ""
        about_line = f"{about['name']} {about['version']}, {about['license']}, reduced."
        head = f"/* {about_line} Copyright (c) Gemeente Utrecht, Frameless B.V. */\n"
        path = out / f"{part}.css"
        path.write_text(head + reduced(css, keep), encoding="utf-8")
        lines.append(
            {
                "name": about["name"],
                "version": about["version"],
                "licence": about["license"],
                "package_sha256": hashlib.sha256(tarball.read_bytes()).hexdigest(),
                "kept": ", ".join(keep),
            }
        )
    return lines


def hashes(vendor: Path = VENDOR) -> dict[str, str]:
    """SHA-256 of every vendored file, by its path inside the folder."""
    return {
        str(file.relative_to(vendor)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(vendor.rglob("*"))
        if file.is_file() and file.name != "manifest.json"
    }


def main(folder: str) -> int:
    """Take the packages of `folder` and write the manifest anew; returns 0."""
    manifest = VENDOR / "manifest.json"
    known = json.loads(manifest.read_text(encoding="utf-8")) if manifest.exists() else {"packages": []}
    fresh = take(Path(folder))
    names = {line["name"] for line in fresh}
    packages = sorted([p for p in known["packages"] if p["name"] not in names] + fresh, key=lambda line: line["name"])
    text = json.dumps({"packages": packages, "files": hashes()}, indent=1, ensure_ascii=False)
    manifest.write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
