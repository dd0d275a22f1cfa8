"""The elements of a plan file: levels, codes, statements and their place in the document."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from django.utils.translation import gettext as _

from plans.choices import (
    OWN,
    ActivityKind,
    Dimension,
    Level,
)
from plans.classes import fault_of_codes
from plans.importers.draft import Spans, TermsDraft
from plans.importers.faults import Faults, at_line
from plans.importers.outline import MAX_ITEMS, MAX_STATEMENT, Item
from plans.importers.plan_file.fields import Fields
from plans.importers.plan_file.terms import TERMS_KEYS, read_terms
from plans.importers.plan_file.yaml_nodes import Node
from plans.models.element_rules import REF_PATTERN
from plans.source_text import (
    NotInDocument,
    Place,
    SourceText,
    bare,
    fold,
    parse_places,
)
from plans.term import Term

LEVEL_KEYS: Final = {
    "dimension": Level.DIMENSION,
    "problema": Level.PROBLEM,
    "objetivo": Level.OBJECTIVE,
    "actividad": Level.ACTIVITY,
    "meta": Level.TARGET,
    "lineamiento": Level.GUIDELINE,
}
OTHER_KEYS: Final = frozenset(
    {
        *("tipo", "texto", "linea", "codigo", "impresa", "campo", "nota", "cui"),
        *("indicador", "clasificacion", "medicion", "tambien_en", "hijos"),
    }
)


class ElementReader:
    """Reads the tree of elements depth first, into document order."""

    def __init__(self, source: SourceText | None, faults: Faults, term: Term) -> None:
        self.source = source
        self.term = term
        self.faults = faults
        self.items: list[Item] = []
        self._also: dict[int, Fields] = {}

    def read_all(self, nodes: list[Node]) -> None:
        """Read the plan's NODES, and then what names others of them, before or after it."""
        self.read(nodes)
        key_of = {item.ref: item.key for item in self.items}
        for key, fields in self._also.items():
            self.items[key] = replace(self.items[key], also_under=_also_under(fields, key_of))

    def read(self, nodes: list[Node], parent: int | None = None) -> None:
        """Read NODES, which hang from the item PARENT, and what hangs from them."""
        for node in nodes:
            if len(self.items) >= MAX_ITEMS:
                self.faults.add(at_line(node.line), "elementos", _("hay más de %s.") % MAX_ITEMS)
                return
            known = OTHER_KEYS | LEVEL_KEYS.keys()
            fields = Fields(node, self.faults, known, "elementos")
            named = [key for key in LEVEL_KEYS if key in fields]
            if len(named) != 1:
                reason = _("diga el nivel con una sola clave: %s.") % ", ".join(LEVEL_KEYS)
                self.faults.add(at_line(node.line), "elementos", reason)
                continue
            item = self._item(named[0], fields, parent)
            self.items.append(item)
            if "tambien_en" in fields:
                self._also[item.key] = fields
            self.read(fields.items("hijos"), item.key)

    def _item(self, key: str, fields: Fields, parent: int | None) -> Item:
        level = LEVEL_KEYS[key]
        ref = fields.text(key, required=True)
        if ref and not re.match(REF_PATTERN, ref):
            fields.fault(key, _("el código debe ser una letra y números, como «S.2.1»."))
        copied = fields.text("texto", required=True, most=MAX_STATEMENT, folded=bare)
        code = fields.text("codigo", most=40, folded=bare)
        is_printed = self._is_printed(level, fields)
        statement, spans = self._stands(copied, code, fields) if is_printed else (copied, [])
        indicator, indicator_spans = self._indicator(level, fields)
        return Item(
            key=len(self.items),
            parent=parent,
            level=level,
            statement=statement,
            spans=spans,
            where=at_line(fields.line),
            printed_code=code,
            kind=self._kind(level, fields),
            indicator=indicator,
            indicator_spans=indicator_spans,
            heading=self._only_for(Level.GUIDELINE, level, "campo", fields, most=200),
            note=fields.text("nota", most=2_000),
            cui=self._cui(level, fields),
            ref=ref,
            terms=self._terms(level, f"{statement}\n{indicator}", fields),
            classes=read_classes(fields),
        )

    def _kind(self, level: str, fields: Fields) -> str:
        if level == Level.ACTIVITY:
            return fields.choice("tipo", ActivityKind.values, required=True)
        if level == Level.DIMENSION:
            kind = fields.choice("tipo", [*Dimension.values, OWN], required=True)
            return kind or OWN  # a fault already: let nothing more be said of it
        if "tipo" in fields:
            fields.fault("tipo", _("solo lo llevan las dimensiones y las actividades."))
        return ""

    def _only_for(self, owner: Level, level: str, key: str, fields: Fields, most: int) -> str:
        if key in fields and level != owner:
            fields.fault(key, _("solo lo lleva: %s.") % str(owner.label).lower())
            return ""
        return fields.text(key, most=most)

    def _cui(self, level: str, fields: Fields) -> str:
        cui = self._only_for(Level.ACTIVITY, level, "cui", fields, most=10)
        if cui and not re.fullmatch("[0-9]{6,10}", cui):
            fields.fault("cui", _("un CUI tiene de 6 a 10 cifras."))
        return cui

    def _is_printed(self, level: str, fields: Fields) -> bool:
        """Whether the document has it: the form's heading of one of the four may be missing."""
        if fields.choice("impresa", ["si", "no"]) != "no":
            return True
        if level != Level.DIMENSION or fields.text("tipo") == OWN:
            reason = _(
                "solo puede no estar impreso el encabezado de una de las cuatro dimensiones."
            )
            fields.fault("impresa", reason)
        for key in ("linea", "codigo"):
            if key in fields:
                fields.fault(key, _("no lo lleva lo que el documento no imprime."))
        return False

    def _stands(self, copied: str, code: str, fields: Fields) -> tuple[str, Spans]:
        """The statement as the document has it, and where; what was COPIED if it is not there."""
        if "linea" not in fields:
            fields.fault("linea", _("falta: la línea del documento donde está el texto."))
            return copied, []
        places = read_places(fields)
        if not (copied and places and self.source):
            return copied, []
        return locate(self.source, copied, places, fields, code=code)

    def _indicator(self, level: str, fields: Fields) -> tuple[str, Spans]:
        """What the target is measured by, as the document has it, and where."""
        if "indicador" not in fields:
            return "", []
        if level != Level.TARGET:
            fields.fault("indicador", _("solo lo lleva: %s.") % str(Level.TARGET.label).lower())
        indicator = fields.within("indicador", {"texto", "linea"})
        copied = indicator.text("texto", required=True, most=MAX_STATEMENT, folded=bare)
        return self._stands(copied, "", indicator)

    def _terms(self, level: str, printed: str, fields: Fields) -> TermsDraft | None:
        if "medicion" not in fields:
            return None
        if level != Level.TARGET:
            fields.fault("medicion", _("en el archivo solo la llevan las metas."))
        return read_terms(fields.within("medicion", TERMS_KEYS), printed, self.term)


def _also_under(fields: Fields, key_of: Mapping[str, int]) -> tuple[int, ...]:
    """Under what else an element stands, as in «tambien_en: [S.2, S.3]»."""
    written = fields.scalars("tambien_en")
    refs = [written] if isinstance(written, str) else written
    for ref in dict.fromkeys(refs):
        if ref not in key_of:
            fields.fault("tambien_en", _("no hay ningún elemento «%s».") % ref)
        elif refs.count(ref) > 1:
            fields.fault("tambien_en", _("%s está dos veces.") % ref)
    return tuple(key_of[ref] for ref in dict.fromkeys(refs) if ref in key_of)


def read_classes(fields: Fields) -> dict[str, list[str]]:
    """The codes of an element by scheme, as in «clasificacion: {ODS: [3, 6], Ejes: 1}»."""
    if "clasificacion" not in fields:
        return {}
    schemes = fields.free("clasificacion")
    found: dict[str, list[str]] = {}
    for scheme in schemes.keys:
        written = schemes.scalars(scheme)
        codes = [fold(each) for each in ([written] if isinstance(written, str) else written)]
        if fault := fault_of_codes(scheme, codes):
            schemes.fault(scheme, fault)
        found[scheme] = sorted(set(codes))
    return found


def read_places(fields: Fields) -> list[Place]:
    """Where the file says that a text stands (its key "linea")."""
    written = fields.scalars("linea")
    try:
        return list(parse_places(written))
    except ValueError as error:
        fields.fault("linea", error)
        return []


def locate(
    source: SourceText,
    statement: str,
    places: list[Place],
    fields: Fields,
    *,
    code: str = "",
) -> tuple[str, Spans]:
    """STATEMENT as the document has it, and where; a fault where it, or CODE before it, is not."""
    try:
        spans = source.locate(statement, places)
    except NotInDocument as error:
        fields.fault("texto", error)
        return statement, []
    if code and not source.printed_before(code, spans[0][0], places[0]):
        fields.fault("codigo", _("esa numeración no está impresa delante del texto."))
    return source.quoted(spans), [list(span) for span in spans]
