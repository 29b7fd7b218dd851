"""The Word file of an advice (Office Open XML): the same bytes for the same document, opening without repair."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from codesign.documents.render.blocks import (
    Block,
    Contents,
    Heading,
    Items,
    Paper,
    Picture,
    Run,
    Runs,
    Table,
    Text,
    rtl_of,
)
from codesign.documents.render.pictures import size
from codesign.documents.render.word_parts import (
    direct,
    fill,
    footer,
    instruction,
    leading,
    looks,
    mark,
    page,
    properties,
    strip,
    write_run,
)

_STYLES = {"text": "Normal", "quote": "Quote", "small": "Small", "lead": "Lead"}
_OTHERS = ("List Bullet", "Contents", *(f"Heading {level}" for level in range(1, 5)))
_NARROW, _WIDE = Mm(40), Mm(124)
# The oldest day a zip can hold: the file says nothing about when it was made.
_DAY = (1980, 1, 1, 0, 0, 0)


def word(paper: Paper, pictures: Mapping[str, bytes]) -> bytes:
    """The bytes of the .docx; `pictures`: PNG by the names the blocks use."""
    made = Document()
    strip(made)
    page(made)
    looks(made, paper)
    properties(made, paper)
    footer(made, paper)
    writer = _Writer(made, pictures)
    for block in paper.blocks:
        writer.write(block)
    out = io.BytesIO()
    made.save(out)
    return _repacked(out.getvalue())


class _Writer:
    """Writes blocks into the body."""

    def __init__(self, made: Any, pictures: Mapping[str, bytes]) -> None:
        self.made, self.pictures = made, pictures
        # Looked up once: the library searches the whole list of styles for each paragraph.
        self.styles = {name: made.styles[name].style_id for name in (*_STYLES.values(), *_OTHERS)}
        self.marks = 0
        self.drawings = 0

    def write(self, block: Block) -> None:
        match block:
            case Heading():
                self.heading(block)
            case Text():
                paragraph = self.paragraph(block.runs, _STYLES[block.look], block.rtl)
                self.named(paragraph, block.name)
                if block.keep:
                    paragraph.paragraph_format.keep_with_next = True
            case Items():
                for item in block.items:
                    self.paragraph(item, "List Bullet", rtl_of(item[:1]))
            case Table():
                self.table(block)
            case Picture():
                self.picture(block)
            case Contents():
                self.contents(block)

    def paragraph(self, runs: Runs, style: str, rtl: bool | None = None) -> Any:
        paragraph = self.made.add_paragraph()
        paragraph._p.style = self.styles[style]
        return fill(paragraph, runs, rtl)

    def heading(self, block: Heading) -> None:
        """A heading with a mark that the contents lead to."""
        paragraph = self.paragraph(block.runs, f"Heading {block.level}")
        if block.new_page:
            paragraph.paragraph_format.page_break_before = True
        self.named(paragraph, block.name)

    def named(self, paragraph: Any, name: str) -> None:
        """Mark a paragraph as one that links lead to; without a name nothing leads there."""
        if not name:
            return
        self.marks += 1
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        start.set(qn("w:id"), str(self.marks))
        start.set(qn("w:name"), name)
        end.set(qn("w:id"), str(self.marks))
        paragraph._p.get_or_add_pPr().addnext(start)
        paragraph._p.append(end)

    def table(self, block: Table) -> None:
        """A table whose head is repeated on each page; a right-to-left one begins at the right."""
        table = self.made.add_table(rows=1 + len(block.rows), cols=len(block.head), style="Table Grid")
        # The last column takes most of the width.
        widths = [_NARROW] * (len(block.head) - 1) + [_WIDE]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        # Cells are asked for once: asking row by row reads the whole table each time.
        cells = iter(table._cells)
        for row in (block.head, *block.rows):
            for runs, width in zip(row, widths, strict=True):
                cell = next(cells)
                cell.width = width
                fill(cell.paragraphs[0], runs)
        head = table.rows[0]._tr.get_or_add_trPr()
        for name in ("w:cantSplit", "w:tblHeader"):
            head.append(OxmlElement(name))
        if rtl_of(block.head[0]):
            properties = table._tbl.tblPr
            properties.insert_element_before(
                OxmlElement("w:bidiVisual"), "w:tblStyleRowBandSize", "w:tblStyleColBandSize", "w:tblW", "w:jc",
                "w:tblCellSpacing", "w:tblInd", "w:tblBorders", "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook",
            )  # fmt: skip
        self.paragraph((), "Small")

    def picture(self, block: Picture) -> None:
        """A drawing in a paragraph of its own, with the same in words; it stays with what follows."""
        content = self.pictures[block.name]
        width = block.width or size(content)[0]
        paragraph = self.paragraph((), "Normal")
        paragraph.paragraph_format.keep_with_next = True
        shape = paragraph.add_run().add_picture(io.BytesIO(content), width=Mm(width))
        self.drawings += 1
        about = shape._inline.docPr
        about.set("id", str(self.drawings))
        about.set("name", block.name)
        about.set("descr", block.alt)
        shape._inline.graphic.graphicData.pic.nvPicPr.cNvPr.set("name", block.name)
        direct(paragraph, block.rtl)

    def contents(self, block: Contents) -> None:
        """A table of contents that is there from the start: a field whose entries are links, without page numbers."""
        self.paragraph(tuple(Run(r.text, r.tag, r.rtl, strong=True) for r in block.title), "Lead")
        last = len(block.entries) - 1
        for n, entry in enumerate(block.entries):
            paragraph = self.paragraph((), "Contents")
            paragraph.paragraph_format.left_indent = Mm(6 * (entry.level - 2))
            if n == 0:
                mark(paragraph._p, "begin")
                instruction(paragraph._p, 'TOC \\o "2-3" \\n \\h')
                mark(paragraph._p, "separate")
            link = leading(paragraph, entry.name)
            for run in entry.runs:
                link.append(write_run(paragraph, run)._r)
            if n == last:
                mark(paragraph._p, "end")
            direct(paragraph, rtl_of(entry.runs))


def _repacked(made: bytes) -> bytes:
    """The same parts in their order, with one day for all: the same bytes every time."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in parts.namelist():
            entry = zipfile.ZipInfo(name, _DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, parts.read(name))
    return out.getvalue()
