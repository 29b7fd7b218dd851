"""The OpenDocument text of an advice (ODF 1.3): written from its blocks, the same bytes for the same document."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.etree import ElementTree as ET

from codesign.documents.render.blocks import Block, Contents, Heading, Items, Paper, Picture, Runs, Table, Text, rtl_of
from codesign.documents.render.opendocument_styles import (
    MIME,
    Styles,
    attributes,
    element,
    manifest,
    meta,
    name_of,
    styles,
)
from codesign.documents.render.pictures import size

_LOOKS = {"text": "Standard", "quote": "Quote", "small": "Small", "lead": "Lead"}
_DAY = (1980, 1, 1, 0, 0, 0)


def opendocument(paper: Paper, pictures: Mapping[str, bytes]) -> bytes:
    """The bytes of the .odt; `pictures`: PNG by the names the blocks use."""
    used = Styles()
    writer = _Writer(used, pictures)
    for block in paper.blocks:
        writer.write(block)
    root = element("office:document-content", {"office:version": "1.3"})
    root.append(used.as_element())
    body = ET.SubElement(root, name_of("office:body"))
    body.append(writer.text)
    files = {f"Pictures/{name}.png": pictures[name] for name in sorted(pictures)}
    parts = {
        "content.xml": _xml(root), "styles.xml": _xml(styles(paper)), "meta.xml": _xml(meta(paper)), **files,
    }  # fmt: skip
    parts["META-INF/manifest.xml"] = _xml(manifest(parts))
    return _packed(parts)


class _Writer:
    """Writes blocks into `office:text`."""

    def __init__(self, used: Styles, pictures: Mapping[str, bytes]) -> None:
        self.used, self.pictures = used, pictures
        self.text = element("office:text")
        self.tables = 0

    def write(self, block: Block) -> None:
        match block:
            case Heading():
                self.heading(block)
            case Text():
                paragraph = self.paragraph(self.text, block.runs, _LOOKS[block.look], block.rtl)
                self.named(paragraph, block.name)
                if block.keep:
                    rtl = rtl_of(block.runs) if block.rtl is None else block.rtl
                    style = self.used.paragraph(_LOOKS[block.look], rtl, keep=True)
                    paragraph.set(name_of("text:style-name"), style)
            case Items():
                self.items(block)
            case Table():
                self.table(block)
            case Picture():
                self.picture(block)
            case Contents():
                self.contents(block)

    def paragraph(self, parent: ET.Element, runs: Runs, style: str, rtl: bool | None = None) -> ET.Element:
        made = ET.SubElement(parent, name_of("text:p"))
        direction = rtl_of(runs) if rtl is None else rtl
        made.set(name_of("text:style-name"), self.used.paragraph(style, direction))
        self.fill(made, runs)
        return made

    def fill(self, parent: ET.Element, runs: Runs) -> None:
        """Words with their language."""
        for run in runs:
            within = parent
            if run.to:
                within = ET.SubElement(parent, name_of("text:a"))
                attributes(within, {"xlink:type": "simple", "xlink:href": f"#{run.to}"})
            span = ET.SubElement(within, name_of("text:span"))
            span.set(name_of("text:style-name"), self.used.words(run.tag, run.strong, run.raised))
            _literal(span, run.text)

    def named(self, paragraph: ET.Element, name: str) -> None:
        """Mark a paragraph as one that links lead to; without a name nothing leads there."""
        if name:
            paragraph.insert(0, element("text:bookmark", {"text:name": name}))

    def heading(self, block: Heading) -> None:
        """A heading with a mark that the contents lead to."""
        made = ET.SubElement(self.text, name_of("text:h"))
        style = self.used.paragraph(f"Heading_20_{block.level}", rtl_of(block.runs), block.new_page)
        attributes(made, {"text:style-name": style, "text:outline-level": str(block.level)})
        attributes(ET.SubElement(made, name_of("text:bookmark-start")), {"text:name": block.name})
        self.fill(made, block.runs)
        attributes(ET.SubElement(made, name_of("text:bookmark-end")), {"text:name": block.name})

    def items(self, block: Items) -> None:
        made = ET.SubElement(self.text, name_of("text:list"))
        made.set(name_of("text:style-name"), "Bullets")
        for runs in block.items:
            self.paragraph(ET.SubElement(made, name_of("text:list-item")), runs, "List", rtl_of(runs[:1]))

    def table(self, block: Table) -> None:
        """A table whose head is repeated on each page; a right-to-left one begins at the right."""
        self.tables += 1
        made = ET.SubElement(self.text, name_of("table:table"))
        style = self.used.table(rtl_of(block.head[0]))
        attributes(made, {"table:name": f"Table{self.tables}", "table:style-name": style})
        for n in range(len(block.head)):
            column = ET.SubElement(made, name_of("table:table-column"))
            column.set(name_of("table:style-name"), self.used.column(wide=n == len(block.head) - 1))
        head = ET.SubElement(made, name_of("table:table-header-rows"))
        for parent, cells in ((head, block.head), *((made, row) for row in block.rows)):
            row = ET.SubElement(parent, name_of("table:table-row"))
            for runs in cells:
                cell = ET.SubElement(row, name_of("table:table-cell"))
                attributes(cell, {"table:style-name": self.used.cell(), "office:value-type": "string"})
                self.paragraph(cell, runs, "Cell")

    def picture(self, block: Picture) -> None:
        """A drawing in a paragraph of its own, with the same in words; it stays with what follows."""
        paragraph = ET.SubElement(self.text, name_of("text:p"))
        paragraph.set(name_of("text:style-name"), self.used.paragraph("Standard", block.rtl, keep=True))
        width, height = size(self.pictures[block.name])
        if block.width is not None:
            width, height = block.width, height * block.width / width
        frame = ET.SubElement(paragraph, name_of("draw:frame"))
        attributes(
            frame,
            {
                "text:anchor-type": "as-char", "draw:style-name": self.used.drawing(),
                "svg:width": f"{width:.2f}mm", "svg:height": f"{height:.2f}mm",
            },
        )  # fmt: skip
        image = ET.SubElement(frame, name_of("draw:image"))
        place = {"xlink:href": f"Pictures/{block.name}.png", "xlink:type": "simple", "xlink:show": "embed"}
        attributes(image, {**place, "xlink:actuate": "onLoad"})
        ET.SubElement(frame, name_of("svg:desc")).text = block.alt

    def contents(self, block: Contents) -> None:
        """A table of contents that is there from the start; its entries are links."""
        whole = ET.SubElement(self.text, name_of("text:table-of-content"))
        attributes(whole, {"text:name": "Contents", "text:protected": "false"})
        source = ET.SubElement(whole, name_of("text:table-of-content-source"))
        attributes(source, {"text:outline-level": "3", "text:use-index-marks": "false"})
        body = ET.SubElement(whole, name_of("text:index-body"))
        self.paragraph(body, block.title, "Lead")
        for entry in block.entries:
            line = self.paragraph(body, (), f"Contents_20_{entry.level}")
            line.set(name_of("text:style-name"), self.used.paragraph(f"Contents_20_{entry.level}", rtl_of(entry.runs)))
            link = ET.SubElement(line, name_of("text:a"))
            attributes(link, {"xlink:type": "simple", "xlink:href": f"#{entry.name}"})
            self.fill(link, entry.runs)


def _literal(parent: ET.Element, text: str) -> None:
    """The text as it is: ODF folds spaces in a row and tabs, so they are said by name."""
    last: ET.Element | None = None
    plain = ""

    def flush() -> None:
        nonlocal plain
        if last is None:
            parent.text = (parent.text or "") + plain
        else:
            last.tail = (last.tail or "") + plain
        plain = ""

    before = " "
    for n, character in enumerate(text):
        folded = character == " " and (before == " " or n == len(text) - 1)
        if character == "\t" or folded:
            flush()
            last = ET.SubElement(parent, name_of("text:tab" if character == "\t" else "text:s"))
        else:
            plain += character
        before = character
    flush()


def _xml(root: ET.Element) -> bytes:
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _packed(parts: Mapping[str, bytes]) -> bytes:
    """The parts as a zip: the kind first and not compressed, as ODF asks; one day for all."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, content in {"mimetype": MIME.encode(), **parts}.items():
            entry = zipfile.ZipInfo(name, _DAY)
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, content)
    return out.getvalue()
