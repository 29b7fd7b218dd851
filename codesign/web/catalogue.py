"""The words of the house: collecting them from code and templates, merging, compiling, checking."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).parent.parent
TRANSLATIONS = PACKAGE / "translations"
METHODS = [("**.py", "python"), ("**.html", "jinja2")]
KEYWORDS = {"_": None, "_l": None, "gettext": None, "ngettext": (1, 2)}
# Babel's own lines differ from CLDR for several languages; these are decided here and tested with 0, 1, 2, 3, 11, 100.
PLURALS = {
    "nl": "nplurals=2; plural=(n != 1);",
    "en": "nplurals=2; plural=(n != 1);",
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3"
    " : n%100>=11 && n%100<=99 ? 4 : 5);",
    "ti": "nplurals=2; plural=(n > 1);",
    "tr": "nplurals=2; plural=(n != 1);",
    "fa": "nplurals=2; plural=(n > 1);",
    "fa_AF": "nplurals=2; plural=(n > 1);",
    "uk": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
    "so": "nplurals=2; plural=(n != 1);",
}


def _has_words(folder: str | os.PathLike[str]) -> bool:
    """Every folder but caches; Babel's own filter would pass over `_macros`."""
    return os.path.basename(folder) != "__pycache__"


def collect() -> Catalog:
    """Every message in the code and the templates, with where it stands."""
    catalog = Catalog(project="codesign", charset="utf-8")
    templates = PACKAGE / "templates" if (PACKAGE / "templates").is_dir() else PACKAGE.parent / "templates"
    for root, label in ((PACKAGE, "codesign"), (templates, "templates")):
        options = {"**.html": {"extensions": "jinja2.ext.i18n", "trimmed": "true"}}
        found = extract_from_dir(
            str(root), METHODS, options, KEYWORDS, comment_tags=("NOTE:",), strip_comment_tags=True,
            directory_filter=_has_words,
        )  # fmt: skip
        for name, _line, message, comments, context in found:
            catalog.add(message, None, [(f"{label}/{name}", 1)], auto_comments=comments, context=context)
    return catalog


def po_path(locale: str) -> Path:
    """Where the words of one language stand."""
    return TRANSLATIONS / locale / "LC_MESSAGES" / "messages.po"


def load(locale: str) -> Catalog:
    """The catalogue of one language; an empty one when there is no file yet."""
    path = po_path(locale)
    if not path.exists():
        return Catalog(locale=locale, project="codesign", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def save(catalog: Catalog, locale: str) -> None:
    """Write the catalogue of one language, in a form that gives small differences."""
    out = io.BytesIO()
    write_po(out, catalog, width=0, sort_output=True, omit_header=False, no_location=True, ignore_obsolete=True)
    lines = out.getvalue().decode().split("\n")
    head = "\n".join(line for line in lines if not line.startswith(('"POT-Creation', '"PO-Revision', '"Generated-By')))
    text = "\n".join(
        f'"Plural-Forms: {PLURALS[locale]}\\n"' if line.startswith('"Plural-Forms') else line
        for line in head.split("\n")
    )
    path = po_path(locale)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def update(locales: tuple[str, ...]) -> None:
    """Bring the catalogues up to date with the code: new messages empty, unused ones gone, nothing guessed."""
    template = collect()
    for locale in locales:
        catalog = load(locale)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        save(catalog, locale)


def missing(locale: str) -> list[str]:
    """Messages of the code that have no words yet in this language, or only a doubtful translation."""
    catalog = load(locale)
    gaps = []
    for message in collect():
        if not message.id:
            continue
        key = str(message.id[0] if isinstance(message.id, (tuple, list)) else message.id)
        found = catalog.get(key, message.context)
        strings = (
            found.string if found and isinstance(found.string, (tuple, list)) else (found.string,) if found else ()
        )
        if not strings or not all(strings) or (found is not None and found.fuzzy):
            gaps.append(key)
    return gaps


def compile_all() -> int:
    """Compile every catalogue; returns how many."""
    count = 0
    for path in sorted(TRANSLATIONS.glob("*/LC_MESSAGES/messages.po")):
        with path.open("rb") as source:
            catalog = read_po(source, locale=path.parts[-3])
        with path.with_suffix(".mo").open("wb") as target:
            write_mo(target, catalog)
        count += 1
    return count


def main(arguments: list[str]) -> int:
    """`compile`, `update [locale ...]` or `missing [locale ...]`."""
    verb, locales = (arguments or ["compile"])[0], tuple(arguments[1:]) or ("nl", "ar", "en")
    if verb == "compile":
        compile_all()
        return 0
    if verb == "update":
        update(locales)
        return 0
    gaps = {locale: missing(locale) for locale in locales if locale != "en"}
    for locale, keys in gaps.items():
        for key in keys:
            sys.stdout.write(f"{locale}: {key}\n")
    return 1 if any(gaps.values()) else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
