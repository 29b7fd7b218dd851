"""What a screen reader gets from a tagged PDF: each piece of text with the language its elements give it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pikepdf

# Language, and the text as the letters follow each other in the file: from right to left for Arabic.
Told = tuple[str, str]


def elements(element: Any) -> Iterator[Any]:
    """Every element of the structure tree, in its order."""
    if isinstance(element, pikepdf.Array):
        for kid in element:
            yield from elements(kid)
    elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
        yield element
        yield from elements(element.get("/K"))


def told(file: pikepdf.Pdf) -> list[Told]:
    """Each piece of marked content in the order of the structure tree, with the language it is in."""
    texts = {page.objgen: _marked(page) for page in file.pages}
    return list(_walk(file.Root.StructTreeRoot.K, str(file.Root.Lang), None, texts))


def _walk(element: Any, language: str, page: Any, texts: dict[Any, dict[int, Told]]) -> Iterator[Told]:
    if isinstance(element, int):
        own, text = texts[page][element]
        yield own or language, text
    elif isinstance(element, pikepdf.Array):
        for kid in element:
            yield from _walk(kid, language, page, texts)
    elif isinstance(element, pikepdf.Dictionary):
        here = element.Pg.objgen if "/Pg" in element else page
        if "/MCID" in element:
            yield from _walk(int(element.MCID), language, here, texts)
        elif "/K" in element:
            yield from _walk(element.K, str(element.get("/Lang", language)), here, texts)


def _marked(page: Any) -> dict[int, Told]:
    """The text of each piece of marked content of a page, and its own language, if it says one."""
    fonts = {name: _letters(font) for name, font in page.Resources.get("/Font", {}).items()}
    found: dict[int, Told] = {}
    inside: list[int | None] = []
    letters: dict[int, str] = {}
    for instruction in pikepdf.parse_content_stream(page):
        match str(instruction.operator):
            case "BDC" | "BMC":
                about = instruction.operands[1] if len(instruction.operands) > 1 else {}
                number = int(about["/MCID"]) if "/MCID" in about else inside[-1] if inside else None
                if number is not None and "/MCID" in about:
                    found[number] = (str(about.get("/Lang", "")), "")
                inside.append(number)
            case "EMC":
                inside.pop()
            case "Tf":
                letters = fonts[str(instruction.operands[0])]
            case "Tj" | "TJ":
                number = inside[-1] if inside else None
                if number is not None:
                    own, text = found[number]
                    found[number] = (own, text + _said(instruction.operands[0], letters))
    return found


def _said(shown: Any, letters: dict[int, str]) -> str:
    parts = [
        bytes(part)
        for part in (shown if isinstance(shown, pikepdf.Array) else [shown])
        if isinstance(part, pikepdf.String)
    ]
    return "".join(
        letters.get(int.from_bytes(part[n : n + 2], "big"), "") for part in parts for n in range(0, len(part), 2)
    )


def _letters(font: Any) -> dict[int, str]:
    """The text of each glyph, from the table that a font carries for it."""
    table = font.ToUnicode.read_bytes().decode("ascii", "ignore")
    found = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.S):
        for glyph, text in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            found[int(glyph, 16)] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.S):
        for first, last, text in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            start = int(text, 16)
            for n in range(int(first, 16), int(last, 16) + 1):
                found[n] = chr(start + n - int(first, 16))
    return found
