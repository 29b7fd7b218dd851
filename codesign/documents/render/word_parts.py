"""What every Word file of ours has: page, looks, properties, foot; and how words carry their language and direction."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from codesign.documents.render.blocks import Paper, Run, Runs, rtl_of

_INK, _SOFT = RGBColor(0x2B, 0x1A, 0x3E), RGBColor(0x59, 0x4A, 0x6B)
_HEADING_SIZES = {1: 26, 2: 15, 3: 12.5, 4: 10.5}
# What the library's model document carries that is not ours: a picture of it, its maker, a list of sources.
_NOT_OURS = ("/thumbnail", "/extended-properties", "/customXml")


def strip(made: Any) -> None:
    """Only what is ours; and Word of today, without "compatibility mode"."""
    for relations in (made.part.package.rels, made.part.rels):
        for key in [key for key, relation in relations.items() if relation.reltype.endswith(_NOT_OURS)]:
            del relations[key]
    for setting in made.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def page(made: Any) -> None:
    """A4 with our margins."""
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(23)
    section.top_margin = section.bottom_margin = Mm(24)


def looks(made: Any, paper: Paper) -> None:
    """Fonts, sizes and the language of the whole; the paragraph looks the model document lacks."""
    styles = made.styles
    accent = RGBColor.from_string(paper.accent.removeprefix("#").upper()) if paper.accent else None
    normal = styles["Normal"]
    _dress(normal, 10.5, _INK)
    speak(normal.element.get_or_add_rPr(), paper.tag)
    for defaults in styles.element.iter(qn("w:rPrDefault")):
        for lang in defaults.iter(qn("w:lang")):
            lang.set(qn("w:val"), paper.tag)
            lang.set(qn("w:bidi"), paper.tag)
    for level, points in _HEADING_SIZES.items():
        heading = styles[f"Heading {level}"]
        _dress(heading, points, accent if level == 2 and accent else _INK)
        heading.font.italic = False
        heading.paragraph_format.space_before = Pt(18 if level < 3 else 12)
        heading.paragraph_format.space_after = Pt(6)
    for name, points in (("Small", 9), ("Lead", 13)):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        _dress(style, points, accent if name == "Lead" and accent else _SOFT)
    contents = styles.add_style("Contents", WD_STYLE_TYPE.PARAGRAPH)
    contents.base_style, contents.paragraph_format.space_after = normal, Pt(3)
    cells = styles["Table Grid"].paragraph_format
    cells.space_before = cells.space_after = Pt(3)
    quote = styles["Quote"]
    _dress(quote, 11.5, _INK)
    quote.paragraph_format.left_indent = quote.paragraph_format.right_indent = Mm(4)
    # Slanted letters are foreign to Arabic and Ethiopic.
    quote.font.italic = False


def _dress(style: Any, points: float, colour: RGBColor) -> None:
    style.font.size, style.font.color.rgb = Pt(points), colour
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for slot, family in (("ascii", "Calibri"), ("hAnsi", "Calibri"), ("eastAsia", "Calibri"), ("cs", "Arial")):
        fonts.set(qn(f"w:{slot}"), family)
    complex_size = properties.find(qn("w:szCs"))
    if complex_size is None:
        complex_size = OxmlElement("w:szCs")
        properties.find(qn("w:sz")).addnext(complex_size)
    complex_size.set(qn("w:val"), str(int(points * 2)))


def properties(made: Any, paper: Paper) -> None:
    """Title, maker, day, language: what archives and readers show."""
    core = made.core_properties
    core.title, core.author, core.subject = paper.title[:255], paper.author[:255], paper.subject[:255]
    core.language, core.identifier, core.category = paper.tag, paper.number, ""
    core.keywords, core.comments, core.last_modified_by = " ".join(paper.keywords), "", paper.author[:255]
    core.created = core.modified = datetime.combine(paper.day, time())
    core.revision = 1


def footer(made: Any, paper: Paper) -> None:
    """The number of the advice, and the number of the page."""
    paragraph = made.sections[0].footer.paragraphs[0]
    paragraph.style = made.styles["Small"]
    for run in (paper.foot, Run(" · ", paper.foot.tag, paper.foot.rtl), Run(f"{paper.page.text} ", *_own(paper))):
        write_run(paragraph, run)
    field(paragraph, "PAGE", "1", paper.page)
    write_run(paragraph, Run(" / ", *_own(paper)))
    field(paragraph, "NUMPAGES", "1", paper.page)
    direct(paragraph, paper.foot.rtl)


def _own(paper: Paper) -> tuple[str, bool]:
    return paper.page.tag, paper.page.rtl


def fill(paragraph: Any, runs: Runs, rtl: bool | None = None) -> Any:
    """Put words into a paragraph; it reads in the direction of most of them, or in the one that is given."""
    for run in runs:
        written = write_run(paragraph, run)._r
        if run.to:
            leading(paragraph, run.to).append(written)
    direct(paragraph, rtl_of(runs) if rtl is None else rtl)
    return paragraph


def leading(paragraph: Any, name: str) -> Any:
    """A link, yet without words, to what has this name in the file."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), name)
    paragraph._p.append(link)
    return link


def write_run(paragraph: Any, run: Run) -> Any:
    """Words with their language; right-to-left ones say so, for their order and their letters."""
    made = paragraph.add_run(run.text)
    if run.strong:
        made.bold = made.font.cs_bold = True
    if run.raised:
        made.font.superscript = True
    if run.rtl:
        made.font.rtl = True
    speak(made._r.get_or_add_rPr(), run.tag)
    return made


def speak(properties: Any, tag: str) -> None:
    lang = properties.find(qn("w:lang"))
    if lang is None:
        lang = OxmlElement("w:lang")
        properties.append(lang)
    for slot in ("w:val", "w:eastAsia", "w:bidi"):
        lang.set(qn(slot), tag)


def direct(paragraph: Any, rtl: bool) -> None:
    """A right-to-left paragraph begins at the right."""
    if rtl:
        paragraph._p.get_or_add_pPr().insert_element_before(
            OxmlElement("w:bidi"), "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing",
            "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:textboxTightWrap",
            "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange",
        )  # fmt: skip


def field(paragraph: Any, asks: str, shown: str, like: Run) -> None:
    mark(paragraph._p, "begin")
    instruction(paragraph._p, asks)
    mark(paragraph._p, "separate")
    write_run(paragraph, Run(shown, like.tag, like.rtl))
    mark(paragraph._p, "end")


def mark(parent: Any, kind: str) -> None:
    run, mark = OxmlElement("w:r"), OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    run.append(mark)
    parent.append(run)


def instruction(parent: Any, words: str) -> None:
    run, text = OxmlElement("w:r"), OxmlElement("w:instrText")
    text.set(qn("xml:space"), "preserve")
    text.text = f" {words} "
    run.append(text)
    parent.append(run)
