"""Builds what browsers load from what people read: one style file per face and two sprites of pictograms.

`python -m codesign.web.bundle` writes `static/css/*.css`, `static/js/house.js` and `static/img/{icons,pictures}.svg`;
a test holds them up to date.
"""

import hashlib
import re
import sys
from pathlib import Path

STATIC = Path(__file__).resolve().parents[2] / "static"
SHARED = ("tokens", "theme", "fonts", "base", "vendor", "parts", "forms")
FACES: dict[str, tuple[str, ...]] = {
    "member": (*SHARED, "member", "talk", "chain", "answer", "modes"),
    "desk": (*SHARED, "desk", "talk", "chain", "answer", "modes"),
    "record": (*SHARED, "chain", "answer", "record", "modes"),
}
# Style of pages that few open, loaded beside that of their face.
EXTRA = ("ballot", "paper")
SCRIPTS = ("page", "draft", "steps", "leave")
# Our pictogram that Phosphor lacks: a question mark heavy enough for a small disc.
OWN_ICONS = {
    "qmark": '<path d="M92 100a36 36 0 1 1 52 32c-10 6-16 12-16 24" fill="none" stroke="currentColor" stroke-width="26"'
    ' stroke-linecap="round"/><circle cx="128" cy="198" r="17"/>'
}


def squeeze(css: str) -> str:
    """The same style without comments and needless space; text in quotes and url() stays as it is."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match.group(0))
        return f"\0{len(kept) - 1}\0"

    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    css = re.sub(r"\"[^\"]*\"|'[^']*'", keep, css)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};,])\s*", r"\1", css)
    css = re.sub(r":\s+", ":", css)
    css = re.sub(r"\s*>\s*", ">", css)
    css = css.replace(";}", "}").strip()
    return re.sub(r"\0(\d+)\0", lambda m: kept[int(m.group(1))], css)


def face_css(face: str, static: Path = STATIC) -> str:
    """The style of one face; the NL Design System parts lie in a layer below our own rules."""
    texts = []
    for name in FACES[face]:
        if name == "vendor":
            parts = sorted((static / "vendor" / "nl-design-system").glob("*.css"))
            inner = "\n".join(part.read_text(encoding="utf-8") for part in parts)
            texts.append("@layer nl {\n" + inner + "\n}")
        else:
            texts.append((static / "css" / "src" / f"{name}.css").read_text(encoding="utf-8"))
    css = squeeze("\n".join(texts)) + "\n"
    return re.sub(r"\.\./(vendor/[a-z/.0-9-]+)", lambda m: f"../{m.group(1)}?v={digest(static / m.group(1))}", css)


def digest(path: Path) -> str:
    """The first ten hexadecimal digits of the file's SHA-256, as in the addresses of `codesign.web.assets`."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10]


def _short(match: re.Match[str]) -> str:
    number = f"{float(match.group(0)):.1f}".rstrip("0").rstrip(".")
    number = "0" if number in {"-0", ""} else number
    return number


def symbol(name: str, svg: str) -> str:
    """One pictogram as a symbol; numbers are rounded to a tenth of a unit in 256, which no eye sees."""
    inner = re.sub(r"^.*?<svg[^>]*>|</svg>\s*$", "", svg.strip(), flags=re.S)
    inner = re.sub(r'(?<= d=")[^"]*', lambda d: re.sub(r"\d+\.\d{2,}", _short, d.group(0)), inner)
    return f'<symbol id="{name}" viewBox="0 0 256 256">{inner}</symbol>'


def sprite(sheet: str, static: Path = STATIC) -> str:
    """A sheet of pictograms (`common` or `pictures`) in one file; each source file is named after its pictogram."""
    files = sorted((static / "vendor" / "phosphor" / sheet).glob("*.svg"))
    symbols = {file.stem: symbol(file.stem, file.read_text(encoding="utf-8")) for file in files}
    if sheet == "common":
        own = {name: f'<symbol id="{name}" viewBox="0 0 256 256">{inner}</symbol>' for name, inner in OWN_ICONS.items()}
        symbols |= own
    body = "\n".join(symbols[name] for name in sorted(symbols))
    return f'<svg xmlns="http://www.w3.org/2000/svg" fill="currentColor">\n{body}\n</svg>\n'


def script(static: Path = STATIC) -> str:
    """The scripts every page has, in one file; whole-line comments go, nothing else is changed."""
    texts = [(static / "js" / "src" / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS]
    lines = (line.strip() for text in texts for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//")) + "\n"


def outputs(static: Path = STATIC) -> dict[Path, str]:
    """Each file this module makes, with the text it should have."""
    made = {static / "css" / f"{face}.css": face_css(face, static) for face in FACES}
    for name in EXTRA:
        text = (static / "css" / "src" / f"{name}.css").read_text(encoding="utf-8")
        made[static / "css" / f"{name}.css"] = squeeze(text) + "\n"
    made[static / "js" / "house.js"] = script(static)
    made[static / "img" / "icons.svg"] = sprite("common", static)
    made[static / "img" / "pictures.svg"] = sprite("pictures", static)
    return made


def main() -> int:
    """Write what changed; returns 0."""
    for path, text in outputs().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            sys.stdout.write(f"{path.relative_to(STATIC.parent)}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
