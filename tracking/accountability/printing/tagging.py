"""The tags of a PDF as PDF/UA-1 wants them, where WeasyPrint writes more, less or other.

It is done on the objects that WeasyPrint is about to write, so nothing is parsed twice. What a
screen reader has no use for is taken out of the tree: heads and feet of pages, drawings that
repeat the words beside them, and wrappers that say nothing, which are half of what there is.
"""

from collections.abc import Iterator
from typing import Any, Final

from weasyprint import Document
from weasyprint.formatting_structure.boxes import TableCellBox

WRAPPERS: Final = {"/Span", "/NonStruct"}
HOLDERS: Final = {
    *("/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/TH", "/TD", "/LBody", "/Lbl"),
    *("/Caption", "/Link", "/Figure"),
}
"""What text may stand in; anything else holds paragraphs."""
INLINE: Final = {"/Link", "/Figure"}
LISTED: Final = {"/L", "/LI", "/Caption"}
CAPTIONED: Final = {"/Table", "/L"}
CELLS: Final = {"/TH", "/TD"}
SCOPES: Final = {"row": "/Row", "rowgroup": "/Row", "col": "/Column", "colgroup": "/Column"}
POINTS: Final = 0.75  # in a pixel of CSS


def finish_tags(document: Document, pdf: Any) -> None:
    """Mend the structure of PDF, of which DOCUMENT is the layout."""
    _say_scopes(document)
    _Tree(pdf).tidy()


def _say_scopes(document: Document) -> None:
    """Of each header cell whether it heads its row or its column, as the page says."""
    for page in document.pages:
        for cell in _cells(page._page_box):
            mark = getattr(cell, "mark", None)
            if mark is None:
                continue
            mark.pop("ID", None)  # a scope says the same in less, and headings of groups rightly
            mark["A"].pop("Headers", None)
            if mark["S"] == "/TH":
                mark["A"]["Scope"] = SCOPES[cell.element.get("scope", "col")]
            elif len(mark["A"]) == 1:
                del mark["A"]


def _cells(box: Any) -> Iterator[Any]:
    if isinstance(box, TableCellBox):
        yield box
    for child in getattr(box, "children", ()):
        yield from _cells(child)


class _Tree:
    """The structure of a PDF, whose elements name each other by number."""

    def __init__(self, pdf: Any) -> None:
        self.pdf = pdf
        self.root = self.at(pdf.catalog["StructTreeRoot"])
        self.numbers = self.at(self.root["ParentTree"])["Nums"]
        self.owners: dict[tuple[bytes, int], Any] = {}

    def at(self, reference: bytes) -> Any:
        return self.pdf.objects[int(reference.split()[0])]

    def tidy(self) -> None:
        (top,) = self.root["K"]
        self._tidy(self.at(top))
        for number, page in enumerate(self.pdf.page_references):
            self._own(self.numbers[2 * number + 1], page)

    def _tidy(self, element: Any) -> None:
        """Tidy what is below ELEMENT, leaf by leaf."""
        kids: list[Any] = []
        for kid in element["K"]:
            child = kid if isinstance(kid, int) else self.at(kid)
            if isinstance(child, int) or child["Type"] != "/StructElem":
                kids.append(kid)
                continue
            self._tidy(child)
            kids += self._kept(child, kid, element)
        element["K"][:] = kids
        for kid in kids:
            self._hold(kid, element)

    def _kept(self, child: Any, reference: bytes, parent: Any) -> list[Any]:
        """What stands in PARENT for its CHILD: itself, what is in it, or nothing."""
        kind, within = child["S"], parent["S"]
        is_decoration = kind == "/Figure" and "Alt" not in child
        if is_decoration or not (child["K"] or kind in CELLS):
            self._drop(child)
            return []
        if kind == "/Figure":
            self._place(child)
        if kind == "/Caption" and within not in CAPTIONED:
            child["S"] = "/P"
        if kind not in WRAPPERS and not kind == within == "/Link":
            return [reference]
        if within == "/L":  # what stands between its items is space
            listed = [kid for kid in child["K"] if self._is_listed(kid)]
            child["K"][:] = [kid for kid in child["K"] if kid not in listed]
            self._drop(child)
            return listed
        inline = [self._is_inline(kid) for kid in child["K"]]
        if within in HOLDERS | WRAPPERS or not any(inline):
            kids = list(child["K"])
            child.clear()
            return kids
        child["S"] = "/P" if all(inline) else "/Div"
        return [reference]

    def _is_listed(self, kid: Any) -> bool:
        return not isinstance(kid, int) and self.at(kid).get("S") in LISTED

    def _is_inline(self, kid: Any) -> bool:
        if isinstance(kid, int):
            return True
        found = self.at(kid)
        return found["Type"] != "/StructElem" or found["S"] in INLINE

    def _drop(self, element: Any) -> None:
        for kid in element["K"]:
            if isinstance(kid, int):
                self.owners.pop((element["Pg"], kid), None)
        element.clear()

    def _hold(self, kid: Any, element: Any) -> None:
        """Have KID know that it is in ELEMENT."""
        if isinstance(kid, int):
            self.owners[element["Pg"], kid] = element
            return
        child = self.at(kid)
        if child["Type"] == "/StructElem":
            child["P"] = element.reference
        else:
            link = self.at(child["Obj"])
            self.numbers[2 * link["StructParent"] + 1] = element.reference

    def _place(self, figure: Any) -> None:
        """Say where FIGURE is in points from the foot of its page, no more in pixels."""
        bottom = self.at(figure["Pg"])["MediaBox"][3]
        left, top, right, foot = (POINTS * each for each in figure["A"]["BBox"])
        figure["A"]["BBox"][:] = [left, bottom - foot, right, bottom - top]

    def _own(self, owners: list[Any], page: bytes) -> None:
        """Write who owns each piece of PAGE; what nobody does is an artifact."""
        artifacts = {}
        for number, before in enumerate(owners):
            owner = self.owners.get((page, number))
            if owner is None:
                element = self.at(before)
                artifacts[number] = "/Pagination" if element else "/Layout"
                element.clear()
            owners[number] = owner.reference if owner is not None else "null"
        operators = self.at(self.at(page)["Contents"]).stream
        for place, operator in enumerate(operators):
            if operator == b"BDC" and (number := operators[place - 1].get("MCID")) in artifacts:
                operators[place - 2] = "/Artifact"
                operators[place - 1].clear()
                operators[place - 1]["Type"] = artifacts[number]
