"""What a machine can check of PDF/A-3a and PDF/UA-1, by the Matterhorn protocol's own list."""

import io
from collections.abc import Iterator
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Pdf

TEXT: Final = {"/Span", "/Link", "/Figure"}
BLOCKS: Final = {"/P", "/H1", "/H2", "/H3", "/L", "/Table", "/Div", "/Sect", *TEXT}
WITHIN: Final = {
    "/Document": BLOCKS,
    "/Sect": BLOCKS | {"/Caption"},
    "/Div": BLOCKS,
    "/L": {"/L", "/LI", "/Caption"},
    "/LI": {"/Lbl", "/LBody"},
    "/LBody": BLOCKS,
    "/Lbl": TEXT,
    "/Table": {"/TR", "/THead", "/TBody", "/TFoot", "/Caption"},
    "/THead": {"/TR"},
    "/TBody": {"/TR"},
    "/TFoot": {"/TR"},
    "/TR": {"/TH", "/TD"},
    "/TH": BLOCKS,
    "/TD": BLOCKS,
    **dict.fromkeys(("/P", "/H1", "/H2", "/H3", "/Caption", "/Link", "/Span", "/Figure"), TEXT),
}
"""What may stand in an element; text itself only where paragraphs end."""
TEXTLESS: Final = {
    *("/Document", "/Sect", "/L", "/LI", "/Table", "/THead", "/TBody", "/TFoot", "/TR")
}
SCOPES: Final = {"/Row", "/Column", "/Both"}
PAINTING: Final = {"Tj", "TJ", "'", '"', "Do", "f", "f*", "S", "s", "B", "B*", "b", "b*", "sh"}
ACTIVE: Final = ("/JavaScript", "/OpenAction", "/AA", "/AcroForm", "/RichMedia")


def faults(pdf: bytes) -> list[str]:
    """In what PDF falls short, a sentence each."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [
            *_unsaid(document),
            *_misplaced(document),
            *_unowned(document),
            *_linked(document),
            *_attached(document),
            *_fonts(document),
        ]


def elements(document: Pdf) -> Iterator[tuple[str, Any, str]]:
    """Each structure element in the order of reading: its kind, itself, and what it is in."""

    def below(element: Any, kind: str) -> Iterator[tuple[str, Any, str]]:
        for kid in kids(element):
            if isinstance(kid, Dictionary) and "/S" in kid:
                yield str(kid.S), kid, kind
                yield from below(kid, str(kid.S))

    yield from below(document.Root.StructTreeRoot, "")


def kids(element: Any) -> list[Any]:
    found = element.get("/K", Array())
    return list(found) if isinstance(found, Array) else [found]


def _unsaid(document: Pdf) -> Iterator[str]:
    """What a PDF says of itself as a whole."""
    root = document.Root
    with document.open_metadata() as metadata:
        if metadata.pdfa_status != "3A":
            yield f"PDF/A {metadata.pdfa_status}"
        if metadata.get("{http://www.aiim.org/pdfua/ns/id/}part") != "1":
            yield "no PDF/UA-1 identifier"
        if "{http://www.aiim.org/pdfa/ns/extension/}schemas" not in metadata:
            yield "no extension schema"
        if not metadata.get("dc:title"):
            yield "no title"
    if str(root.get("/Lang")) != "es-PE" or not root.MarkInfo.Marked:
        yield "no language, or not marked"
    if not root.ViewerPreferences.DisplayDocTitle:
        yield "its title is not shown"
    yield from (f"{each} in the catalog" for each in ACTIVE if each in root)
    yield from (f"{each} in the names" for each in ACTIVE if each in _names(document))


def _names(document: Pdf) -> Any:
    return document.Root.get("/Names", Dictionary())


def _misplaced(document: Pdf) -> Iterator[str]:
    level = 0
    for kind, element, within in elements(document):
        if within and kind not in WITHIN.get(within, ()):
            yield f"{kind} in {within}"
        if kind in TEXTLESS and any(isinstance(kid, int) for kid in kids(element)):
            yield f"text in {kind}"
        if kind == "/Figure" and not str(element.get("/Alt", "")).strip():
            yield "a figure without an alternative text"
        if kind == "/TH" and str(element.get("/A", {}).get("/Scope")) not in SCOPES:
            yield "a header cell without a scope"
        if kind.startswith("/H"):
            if int(kind[2:]) > level + 1:
                yield f"{kind} after /H{level}"
            level = int(kind[2:])


def _unowned(document: Pdf) -> Iterator[str]:
    """What is painted and is neither in the structure nor an artifact."""
    numbers = list(document.Root.StructTreeRoot.ParentTree.Nums)
    owners = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
    reached = {element.objgen for _, element, _ in elements(document)}
    for number, page in enumerate(document.pages, 1):
        owned = list(owners[int(page.StructParents)])
        for mark in _marks_painted(page):
            if mark is None:
                yield f"page {number}: something is painted outside of what is marked"
            elif mark >= 0 and (owned[mark] is None or owned[mark].objgen not in reached):
                yield f"page {number}: piece {mark} is in no element"


def _marks_painted(page: Any) -> Iterator[int | None]:
    """Under which number each thing is painted: -1 as an artifact, None under none."""
    open_: list[int | None] = []
    for instruction in pikepdf.parse_content_stream(page):
        operands, name = instruction.operands, str(instruction.operator)
        if name in {"BMC", "BDC"}:
            tag = str(operands[0])
            within = open_[-1] if open_ else None
            mine = int(operands[1].MCID) if name == "BDC" and "/MCID" in operands[1] else within
            open_.append(-1 if tag == "/Artifact" else mine)
        elif name == "EMC":
            open_.pop()
        elif name in PAINTING:
            yield open_[-1] if open_ else None


def _linked(document: Pdf) -> Iterator[str]:
    referred = {
        kid.Obj.objgen: kind
        for kind, element, _ in elements(document)
        for kid in kids(element)
        if isinstance(kid, Dictionary) and kid.get("/Type") == "/OBJR"
    }
    for page in document.pages:
        for each in page.get("/Annots", []):
            if str(page.get("/Tabs")) != "/S":
                yield "a page whose links have no order"
            if each.Subtype != "/Link" or referred.get(each.objgen) != "/Link":
                yield "an annotation that is no link of the structure"
            elif not str(each.get("/Contents", "")):
                yield "a link that says nothing"


def _attached(document: Pdf) -> Iterator[str]:
    files: Any = document.Root.get("/AF", Array())
    associated = [each.objgen for each in files]
    embedded: Any = _names(document).get("/EmbeddedFiles", {})
    names = list(embedded.get("/Names", []))
    if sorted(each.objgen for each in names[1::2]) != sorted(associated):
        yield "what is attached and what is associated are not the same, each once"
    for each in files:
        file = each.EF.F
        wanted = (each.get("/AFRelationship"), each.get("/UF"), each.get("/Desc"))
        dates = (file.Params.get("/CreationDate"), file.Params.get("/ModDate"))
        if not all((*wanted, *dates, file.get("/Subtype"))):
            yield f"an attachment that does not say what it is: {each.get('/UF')}"


def _fonts(document: Pdf) -> Iterator[str]:
    for page in document.pages:
        for font in page.Resources.Font.values():
            described: Any = (
                font.DescendantFonts[0].FontDescriptor if "/DescendantFonts" in font else {}
            )
            if not {"/FontFile2", "/FontFile3"} & set(described.keys()):
                yield f"{font.get('/BaseFont')} is not embedded"
            if "/ToUnicode" not in font:
                yield f"{font.get('/BaseFont')} has no text"
