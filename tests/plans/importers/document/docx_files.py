"""Word documents, as small as they can be."""

import io
import zipfile
from xml.sax.saxutils import escape

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NUMBERING = f"""<w:numbering {W}>
<w:abstractNum w:abstractNumId="1">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2">
<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xf0b7;"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="1"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
</w:numbering>"""
STYLES = f"""<w:styles {W}>
<w:style w:type="paragraph" w:styleId="Ttulo1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Ttulo2"><w:name w:val="heading 2"/></w:style>
</w:styles>"""


def p(text: str, style: str = "", numbered: int = 0, depth: int = 0) -> str:
    """A paragraph; NUMBERED is the list that it belongs to: 1 and 3 count, 2 has bullets."""
    form = f'<w:pStyle w:val="{style}"/>' if style else ""
    if numbered:
        form += f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{numbered}"/></w:numPr>'
    runs = "".join(f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' for text in [text])
    return f"<w:p><w:pPr>{form}</w:pPr>{runs}</w:p>"


def cell(*paragraphs: str, wide: int = 1, below: bool | None = None) -> str:
    """A table's cell; BELOW says that it is merged with the one above, False that it begins so."""
    merge = "" if below is None else f'<w:vMerge w:val="{"continue" if below else "restart"}"/>'
    form = f'<w:tcPr><w:gridSpan w:val="{wide}"/>{merge}</w:tcPr>'
    inner = [each if each.startswith("<w:p>") else p(each) for each in paragraphs]
    return f"<w:tc>{form}{''.join(inner or [p('')])}</w:tc>"


def table(*rows: list[str]) -> str:
    written = (f"<w:tr>{''.join(cells)}</w:tr>" for cells in rows)
    return f"<w:tbl>{''.join(written)}</w:tbl>"


def docx(*body: str, doctype: str = "", **others: bytes) -> bytes:
    """The bytes of a document with BODY, the parts OTHERS beside it ("media" for word/media)."""
    inner = "".join(body)
    document = (
        f"<?xml version='1.0'?>{doctype}<w:document {W}><w:body>{inner}</w:body></w:document>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
        archive.writestr("word/numbering.xml", NUMBERING)
        archive.writestr("word/styles.xml", STYLES)
        for name, content in others.items():
            archive.writestr(f"word/{name}", content)
    return file.getvalue()
