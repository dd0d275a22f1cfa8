"""Word documents (DOCX): paragraphs with their list numbers, headings, and tables.

Nothing is fetched, run or drawn: of the archive only the text, the styles and the numbering are
opened, each to a limit, and XML that declares entities is refused.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _
from lxml import etree

from plans.importers.document.blocks import Block, Document
from plans.importers.document.docx_lists import Lists, Styles, value_of, w
from plans.importers.document.writing import Writing
from plans.importers.faults import Where, refusal_of

MAX_PART: Final = 60_000_000  # bytes of XML, unpacked
MAX_CELLS: Final = 200
_BODY: Final = re.compile(r"word/document[0-9]*\.xml")
_SKIPPED: Final = {
    w("del"), w("moveFrom"), w("pPr"), w("rPr"), w("txbxContent"), w("instrText"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}  # fmt: skip
_WRAPPERS: Final = {
    w("sdt"), w("sdtContent"), w("ins"), w("moveTo"), w("customXml"), w("smartTag"), w("body"),
}  # fmt: skip


def docx_document(content: bytes, name: str) -> Document:
    """The document that CONTENT is; raises FileRefused where it cannot be opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            member = next(filter(_BODY.fullmatch, archive.namelist()), "")
            body = _part(archive, member, name)
            if body is None:
                raise refusal_of(name, _("no es un documento de Word."))
            styles = Styles(_part(archive, "word/styles.xml", name))
            lists = Lists(_part(archive, "word/numbering.xml", name), styles)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as fault:
        raise refusal_of(name, _("está cortado o dañado: no se puede abrir.")) from fault
    except RuntimeError as fault:  # a member that is encrypted
        raise refusal_of(name, _("tiene contraseña: guárdelo sin ella.")) from fault
    reader = _Reader(styles, lists)
    reader.read(body)
    document = reader.writing.document()
    if not document.blocks:
        raise refusal_of(name, _("no tiene texto: si son imágenes, hay que escribirlo."))
    return document


def _part(archive: zipfile.ZipFile, member: str, name: str) -> "etree._Element | None":
    """A part of the archive as XML; None where it is missing."""
    try:
        with archive.open(member) as packed:
            written = packed.read(MAX_PART + 1)
    except KeyError:
        return None
    if len(written) > MAX_PART:
        raise refusal_of(name, _("se desempaqueta en más de %s MB.") % (MAX_PART // 1_000_000))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(written, parser)
    except etree.XMLSyntaxError as fault:
        raise refusal_of(name, _("está cortado o dañado: no se puede leer.")) from fault
    if root.getroottree().docinfo.doctype:
        raise refusal_of(name, _("declara entidades, que un documento de Word no lleva."))
    return root


class _Reader:
    def __init__(self, styles: Styles, lists: Lists) -> None:
        self.writing = Writing()
        self._styles = styles
        self._lists = lists
        self._paragraphs = 0
        self._tables = 0

    def read(self, body: "etree._Element") -> None:
        for element in _inside(body):
            if element.tag == w("p"):
                self._paragraph(element)
            elif element.tag == w("tbl"):
                self._table(element)

    def _paragraph(self, paragraph: "etree._Element") -> None:
        self._paragraphs += 1
        mark, indent = self._lists.mark_of(paragraph)
        said = _text(paragraph)
        if not said.strip():
            self.writing.gap()
        else:
            where = Where(self.writing.line_number, _("párrafo %s") % self._paragraphs)
            rank = 0 if mark else self._styles.rank_of(paragraph)
            block = Block(
                (), where, rank=rank, indent=indent, is_bold=self._styles.is_bold(paragraph)
            )
            self.writing.write([[f"{mark} {said}" if mark else said]], block)
        for box in paragraph.iter(w("txbxContent")):
            if not any(each.tag in _SKIPPED - {w("txbxContent")} for each in box.iterancestors()):
                self.read(box)

    def _table(self, table: "etree._Element") -> None:
        self._tables += 1
        self.writing.gap()
        rows = [row for row in _inside(table) if row.tag == w("tr")]
        for number, row in enumerate(rows, 1):
            cells = list(self._cells(row))
            shown = {"table": self._tables, "row": number}
            words = _("tabla %(table)s, fila %(row)s") % shown
            block = Block((), Where(self.writing.line_number, words), is_row=len(cells) > 1)
            if len(cells) == 1:
                self._alone(cells[0], block)
            else:
                self.writing.write(cells, block)
        self.writing.gap()

    def _alone(self, lines: list[str], block: Block) -> None:
        """A table of one column is a frame around paragraphs."""
        for line in lines:
            self.writing.write([[line]], block)

    def _cells(self, row: "etree._Element") -> Iterator[list[str]]:
        """The lines of each cell; none for one that is merged with the cell before or above it."""
        written = 0
        for cell in _inside(row):
            if cell.tag != w("tc") or written >= MAX_CELLS:
                continue
            form = cell.find(w("tcPr"))
            merge = form.find(w("vMerge")) if form is not None else None
            is_below = merge is not None and value_of(merge, "continue") == "continue"
            yield [] if is_below else self._lines(cell)
            span = form.find(w("gridSpan")) if form is not None else None
            wide = value_of(span, "1") if span is not None else "1"
            extra = min(int(wide) if wide.isdigit() else 1, MAX_CELLS - written) - 1
            written += 1 + max(extra, 0)
            yield from ([] for _each in range(extra))

    def _lines(self, cell: "etree._Element") -> list[str]:
        lines = []
        for paragraph in cell.iter(w("p")):
            mark, _indent = self._lists.mark_of(paragraph)
            said = _text(paragraph).strip()
            if said:
                lines.append(f"{mark} {said}" if mark else said)
        return lines


def _inside(parent: "etree._Element") -> Iterator["etree._Element"]:
    """The children of PARENT, and of what only wraps them."""
    for child in parent:
        if child.tag in _WRAPPERS:
            yield from _inside(child)
        else:
            yield child


def _text(element: "etree._Element") -> str:
    """What a paragraph says: without what was struck out, and without what floats beside it."""
    said: list[str] = []
    for child in element:
        if child.tag in _SKIPPED:
            continue
        if child.tag == w("t"):
            said.append(child.text or "")
        elif child.tag in (w("tab"), w("br"), w("cr"), w("ptab")):
            said.append(" ")
        elif child.tag == w("noBreakHyphen"):
            said.append("-")
        else:
            said.append(_text(child))
    return "".join(said)
