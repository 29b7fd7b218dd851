"""The looks of an OpenDocument text: fixed styles, those a text needs as it goes, and what is said about the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.etree import ElementTree as ET

from codesign.documents.render.blocks import Paper, Run

MIME = "application/vnd.oasis.opendocument.text"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = {
    "office": f"{_OASIS}office:1.0", "style": f"{_OASIS}style:1.0", "text": f"{_OASIS}text:1.0",
    "table": f"{_OASIS}table:1.0", "draw": f"{_OASIS}drawing:1.0", "meta": f"{_OASIS}meta:1.0",
    "manifest": f"{_OASIS}manifest:1.0", "fo": f"{_OASIS}xsl-fo-compatible:1.0",
    "svg": f"{_OASIS}svg-compatible:1.0", "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
}  # fmt: skip
for _prefix, _space in _SPACES.items():
    ET.register_namespace(_prefix, _space)
_INK, _SOFT, _EDGE = "#2b1a3e", "#594a6b", "#83749a"
_BACK = {"style:writing-mode": "rl-tb", "fo:text-align": "right"}
_FORTH = {"style:writing-mode": "lr-tb", "fo:text-align": "left"}
_HEADINGS = {1: 26.0, 2: 15.0, 3: 12.5, 4: 10.5}


def name_of(short: str) -> str:
    """The full name of `prefix:name`."""
    prefix, _, local = short.partition(":")
    return f"{{{_SPACES[prefix]}}}{local}"


def attributes(made: ET.Element, values: Mapping[str, str]) -> ET.Element:
    """Set attributes by their short names."""
    for short, value in values.items():
        made.set(name_of(short), value)
    return made


def element(short: str, values: Mapping[str, str] | None = None, inside: Iterable[ET.Element] = ()) -> ET.Element:
    """An element by its short name."""
    made = attributes(ET.Element(name_of(short)), values or {})
    made.extend(inside)
    return made


def tongue(tag: str) -> dict[str, str]:
    """The language of words, for each of the three groups of scripts that ODF knows."""
    language, _, country = tag.partition("-")
    found = {}
    for suffix in ("", "-asian", "-complex"):
        space = "fo" if not suffix else "style"
        found[f"{space}:language{suffix}"] = language
        found[f"{space}:country{suffix}"] = country or "none"
    return found


class Styles:
    """The automatic styles of one text: each combination that is used, once, numbered in the order of first use."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, ...], ET.Element] = {}

    def paragraph(self, base: str, rtl: bool, new_page: bool = False, keep: bool = False) -> str:
        """A paragraph of this look and direction."""
        # By name of the side: LibreOffice takes "start" for left in both directions.
        flow = dict(_BACK if rtl else _FORTH)
        if new_page:
            flow["fo:break-before"] = "page"
        if keep:
            flow["fo:keep-with-next"] = "always"
        key = (base, str(rtl), str(new_page), str(keep))
        return self._style("P", "paragraph", base, key, "style:paragraph-properties", flow)

    def words(self, tag: str, strong: bool, raised: bool = False) -> str:
        """Words of this language."""
        look = tongue(tag) | (bold() if strong else {}) | ({"style:text-position": "super 65%"} if raised else {})
        return self._style("T", "text", None, (tag, str(strong), str(raised)), "style:text-properties", look)

    def table(self, rtl: bool) -> str:
        """A table in this direction."""
        look = {"style:width": "164mm", "table:align": "margins", "style:writing-mode": "rl-tb" if rtl else "lr-tb"}
        return self._style("B", "table", None, (str(rtl),), "style:table-properties", look)

    def column(self, wide: bool) -> str:
        """A column; the last one takes most of the width."""
        look = {"style:column-width": "124mm" if wide else "40mm"}
        return self._style("C", "table-column", None, (str(wide),), "style:table-column-properties", look)

    def cell(self) -> str:
        """A cell with a line under it."""
        look = {"fo:padding": "1.5mm", "fo:border-bottom": f"0.5pt solid {_EDGE}"}
        return self._style("D", "table-cell", None, (), "style:table-cell-properties", look)

    def drawing(self) -> str:
        """A drawing in the line."""
        look = {"style:vertical-pos": "middle", "style:vertical-rel": "text"}
        return self._style("G", "graphic", None, (), "style:graphic-properties", look)

    def _style(
        self, letter: str, family: str, base: str | None, key: tuple[str, ...], kind: str, look: Mapping[str, str]
    ) -> str:
        made = self._made.get((letter, *key))
        if made is None:
            number = 1 + sum(1 for known in self._made if known[0] == letter)
            made = element("style:style", {"style:name": f"{letter}{number}", "style:family": family})
            if base is not None:
                made.set(name_of("style:parent-style-name"), base)
            made.append(element(kind, look))
            self._made[(letter, *key)] = made
        return made.attrib[name_of("style:name")]

    def as_element(self) -> ET.Element:
        """All of them."""
        return element("office:automatic-styles", None, self._made.values())


def bold() -> dict[str, str]:
    """Heavy letters in every group of scripts."""
    return {"fo:font-weight": "bold", "style:font-weight-asian": "bold", "style:font-weight-complex": "bold"}


def sized(points: float, colour: str = _INK) -> dict[str, str]:
    """Letters of this size in every group of scripts."""
    size = f"{points}pt"
    return {
        "fo:font-family": "'Noto Sans'", "style:font-family-complex": "'Noto Naskh Arabic'",
        "fo:font-size": size, "style:font-size-asian": size, "style:font-size-complex": size, "fo:color": colour,
    }  # fmt: skip


def styles(paper: Paper) -> ET.Element:
    """styles.xml: the named looks, the page and its foot."""
    tags = tongue(paper.tag)
    flow = {"style:writing-mode": "rl-tb" if paper.rtl else "lr-tb"}
    default = element("style:default-style", {"style:family": "paragraph"}, [
        element("style:paragraph-properties", {"fo:margin-bottom": "2.5mm", "fo:line-height": "120%", **flow}),
        element("style:text-properties", {**tags, **sized(10.5)}),
    ])  # fmt: skip
    named = [
        _named("Standard"),
        _named("Quote", {"fo:margin-left": "5mm", "fo:margin-right": "5mm"}, sized(11.5)),
        _named("Small", None, sized(9, _SOFT)),
        _named("Lead", None, sized(13, paper.accent or _SOFT)),
        _named("List", {"fo:margin-bottom": "1mm"}),
        _named("Cell", {"fo:margin-bottom": "0mm"}),
        _named("Footer", None, sized(8.5, _SOFT)),
        _named("Contents_20_2", {"fo:margin-bottom": "0.4mm", "fo:line-height": "5.4mm"}),
        _named("Contents_20_3", {"fo:margin-bottom": "0.4mm", "fo:line-height": "5.4mm", "fo:margin-left": "6mm"}),
    ]  # fmt: skip
    for level, points in _HEADINGS.items():
        style = _named(
            f"Heading_20_{level}",
            {"fo:margin-top": f"{4 + points / 6:.1f}mm", "fo:keep-with-next": "always"},
            sized(points, (level == 2 and paper.accent) or _INK) | bold(),
        )
        style.set(name_of("style:default-outline-level"), str(level))
        named.append(style)
    root = element("office:document-styles", {"office:version": "1.3"})
    root.append(element("office:styles", None, [default, *named, _outline(), _bullets()]))
    page = {
        "fo:page-width": "210mm", "fo:page-height": "297mm", "fo:margin-top": "20mm", "fo:margin-bottom": "16mm",
        "fo:margin-left": "23mm", "fo:margin-right": "23mm", **flow,
    }  # fmt: skip
    footer = element("style:footer-style", None, [
        element("style:header-footer-properties", {"fo:min-height": "8mm", "fo:margin-top": "4mm"})
    ])  # fmt: skip
    layout = element("style:page-layout", {"style:name": "A4"}, [
        element("style:page-layout-properties", page), element("style:header-style"), footer
    ])  # fmt: skip
    used = Styles()
    foot = element("style:footer", None, [_foot(paper, used)])
    root.append(element("office:automatic-styles", None, [layout, *used.as_element()]))
    master = {"style:name": "Standard", "style:page-layout-name": "A4"}
    root.append(element("office:master-styles", None, [element("style:master-page", master, [foot])]))
    return root


def _named(name: str, flow: Mapping[str, str] | None = None, look: Mapping[str, str] | None = None) -> ET.Element:
    shown = name.replace("_20_", " ")
    made = element("style:style", {"style:name": name, "style:family": "paragraph"})
    if shown != name:
        made.set(name_of("style:display-name"), shown)
    if name != "Standard":
        made.set(name_of("style:parent-style-name"), "Standard")
    if flow:
        made.append(element("style:paragraph-properties", flow))
    if look:
        made.append(element("style:text-properties", look))
    return made


def _outline() -> ET.Element:
    """Headings without numbers, but with their levels."""
    made = element("text:outline-style", {"style:name": "Outline"})
    for level in range(1, 11):
        values = {"text:level": str(level), "style:num-format": ""}
        made.append(element("text:outline-level-style", values))
    return made


def _bullets() -> ET.Element:
    made = element("text:list-style", {"style:name": "Bullets"})
    level = element("text:list-level-style-bullet", {"text:level": "1", "text:bullet-char": "•"})
    place = element("style:list-level-properties", {"text:list-level-position-and-space-mode": "label-alignment"})
    place.append(
        element("style:list-level-label-alignment", {
            "text:label-followed-by": "listtab", "fo:text-indent": "-5mm", "fo:margin-left": "5mm",
        })
    )  # fmt: skip
    level.append(place)
    made.append(level)
    return made


def _foot(paper: Paper, used: Styles) -> ET.Element:
    """The number of the advice, and the number of the page."""
    line = element("text:p", {"text:style-name": used.paragraph("Footer", paper.foot.rtl)})

    def say(run: Run, text: str) -> ET.Element:
        span = element("text:span", {"text:style-name": used.words(run.tag, False)})
        span.text = text
        line.append(span)
        return span

    say(paper.foot, paper.foot.text)
    number = element("text:page-number", {"text:select-page": "current"})
    pages = element("text:page-count")
    number.text, number.tail = "1", " / "
    span = say(paper.page, f" · {paper.page.text} ")
    span.extend([number, pages])
    return line


def meta(paper: Paper) -> ET.Element:
    """meta.xml: title, maker, day, language."""
    day = f"{paper.day.isoformat()}T00:00:00"
    about = element("office:meta")
    for short, value in (
        ("meta:generator", "codesign"), ("dc:title", paper.title), ("dc:subject", paper.subject),
        ("meta:initial-creator", paper.author), ("dc:creator", paper.author), ("meta:creation-date", day),
        ("dc:date", day), ("dc:language", paper.tag), *(("meta:keyword", word) for word in paper.keywords),
    ):  # fmt: skip
        ET.SubElement(about, name_of(short)).text = value
    return element("office:document-meta", {"office:version": "1.3"}, [about])


def manifest(parts: Mapping[str, bytes]) -> ET.Element:
    """META-INF/manifest.xml: every part and its kind."""
    root = element("manifest:manifest", {"manifest:version": "1.3"})
    kinds = {"/": MIME} | {name: "image/png" if name.endswith(".png") else "text/xml" for name in parts}
    for name, kind in kinds.items():
        entry = {"manifest:full-path": name, "manifest:media-type": kind}
        root.append(element("manifest:file-entry", entry | ({"manifest:version": "1.3"} if name == "/" else {})))
    return root
