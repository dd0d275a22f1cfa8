"""The plan file: what a person writes by hand so that a plan can be published.

Its format is described, for those who write it, in ``docs/archivo-de-plan.md``.
"""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from accounts.hidden_characters import hidden_in
from plans.choices import Standing
from plans.classes import MOST_LABEL, fault_of_codes
from plans.importers.draft import DocumentDraft, ElementDraft, PlanDraft, Spans
from plans.importers.faults import Faults, FileRefused, at_line
from plans.importers.plan_file.elements import LEVEL_KEYS, ElementReader, locate, read_places
from plans.importers.plan_file.fields import Fields
from plans.importers.plan_file.yaml_nodes import MAX_BYTES, parse_yaml, read_text
from plans.importers.validation import drafted
from plans.plan_path import fault_of_list
from plans.source_text import SourceText, bare
from plans.standing import fault_of_source
from plans.term import Term

FORMAT: Final = "1"
MAX_DOCUMENT_BYTES: Final = 1_000_000
PLAN_KEYS: Final = frozenset(
    {
        "formato",
        "municipalidad",
        "periodo",
        "lista",
        "organizacion",
        "condicion",
        "condicion_fuente",
        "documento",
        "clasificaciones",
        "vision",
        "nota",
        "nombres",
        "elementos",
    }
)
DOCUMENT_KEYS: Final = frozenset({"archivo", "sha256", "titulo", "procedencia"})


def read_plan_file(path: Path) -> PlanDraft:
    """Read and check the plan file at PATH, and the document that it names beside it.

    Raises FileRefused with all the faults that were found. Touches no database.
    """
    faults = Faults()
    written = read_text(path, MAX_BYTES)
    plan = Fields(parse_yaml(written, path.name), faults, PLAN_KEYS, path.name)
    if plan.choice("formato", [FORMAT], required=True) != FORMAT:
        faults.refuse_if_any()
    inei, term, list_slug = _inei(plan), _term(plan), _list_slug(plan)
    standing, standing_source = _standing(plan)
    document, text = _document(plan, path.parent)
    source = SourceText(text) if text else None
    vision, vision_spans = _vision(plan, source)
    reader = ElementReader(source, faults, term)
    reader.read_all(plan.items("elementos"))
    elements = drafted(reader.items, faults)
    if not elements:
        plan.fault("elementos", _("el plan no tiene ninguno."))
    schemes = _schemes(plan, elements)
    organization, labels = plan.text("organizacion", most=200), _labels(plan)
    note = plan.text("nota", most=2_000)
    faults.refuse_if_any()
    return PlanDraft(
        inei=inei,
        inei_where=at_line(plan.line_of("municipalidad")),
        term=term,
        term_where=at_line(plan.line_of("periodo")),
        list_slug=list_slug,
        list_where=at_line(plan.line_of("lista")),
        organization=organization,
        standing=standing,
        standing_source=standing_source,
        vision=vision,
        vision_spans=vision_spans,
        note=note,
        labels=labels,
        document=_drafted(document, text),
        file_sha256=hashlib.sha256(written.encode()).hexdigest(),
        elements=elements,
        schemes=schemes,
    )


def _schemes(plan: Fields, elements: Sequence[ElementDraft]) -> dict[str, dict[str, str]]:
    """Each scheme with what its codes mean, "" where the file does not say."""
    found: dict[str, dict[str, str]] = {}
    for element in elements:
        for scheme, codes in element.classes.items():
            found.setdefault(scheme, {}).update(dict.fromkeys(codes, ""))
    if "clasificaciones" in plan:
        named = plan.free("clasificaciones")
        for scheme in named.keys:
            meanings = named.free(scheme)
            if fault := fault_of_codes(scheme, meanings.keys):
                named.fault(scheme, fault)
            said = {code: meanings.text(code, most=MOST_LABEL) for code in meanings.keys}
            found[scheme] = found.get(scheme, {}) | said
    return found


def _inei(plan: Fields) -> str:
    inei = plan.text("municipalidad", required=True)
    if inei and not re.fullmatch("[0-9]{6}", inei):
        plan.fault("municipalidad", _("debe ser el ubigeo INEI: seis cifras."))
    return inei


def _list_slug(plan: Fields) -> str:
    list_slug = plan.text("lista")
    if list_slug and (fault := fault_of_list(list_slug)):
        plan.fault("lista", fault)
    return list_slug


def _standing(plan: Fields) -> tuple[str, str]:
    """The standing, and what says so."""
    standing = plan.choice("condicion", Standing.values, required=True)
    source = plan.text("condicion_fuente")
    if standing and (fault := fault_of_source(standing, source)):
        plan.fault("condicion_fuente", fault)
    return standing, source


def _term(plan: Fields) -> Term:
    written = plan.text("periodo", required=True)
    try:
        return Term.parse(written)
    except ValueError as error:
        if written:
            plan.fault("periodo", error)
        return Term(0, 0)


def _document(plan: Fields, folder: Path) -> tuple[Fields, str]:
    """The fields of the document and its text, "" where it cannot be trusted."""
    document = plan.within("documento", DOCUMENT_KEYS)
    for key in ("titulo", "procedencia", "sha256"):
        document.text(key, required=True)
    name = document.text("archivo", required=True, most=120)
    if not name:
        return document, ""
    if Path(name).name != name:
        document.fault("archivo", _("debe estar en la misma carpeta que este archivo."))
        return document, ""
    try:
        text = read_text(folder / name, MAX_DOCUMENT_BYTES)
    except FileRefused as refused:
        document.fault("archivo", refused.faults[0].reason)
        return document, ""
    digest = hashlib.sha256(text.encode()).hexdigest()
    if digest != document.text("sha256"):
        document.fault("sha256", _("el código del documento es %s.") % digest)
    if "\r" in text or not unicodedata.is_normalized("NFC", text):
        document.fault("archivo", _("el texto debe estar en NFC, con finales de línea LF."))
        return document, ""
    if hidden := hidden_in(text.replace("\f", "\n")):  # that is a page of the document
        document.fault("archivo", _("tiene un carácter invisible: %s.") % hidden)
        return document, ""
    if not text.strip():
        document.fault("archivo", _("está vacío."))
    return document, text


def _drafted(document: Fields, text: str) -> DocumentDraft:
    return DocumentDraft(
        title=document.text("titulo"),
        file_name=document.text("archivo"),
        provenance=document.text("procedencia"),
        text=text,
        sha256=document.text("sha256"),
    )


def _vision(plan: Fields, source: SourceText | None) -> tuple[str, Spans]:
    if "vision" not in plan:
        return "", []
    vision = plan.within("vision", {"texto", "linea"})
    text = vision.text("texto", required=True, most=10_000, folded=bare)
    places = read_places(vision)
    if not (text and places and source):
        return text, []
    return locate(source, text, places, vision)


def _labels(plan: Fields) -> dict[str, str]:
    names = plan.within("nombres", LEVEL_KEYS.keys())
    return {
        str(level): names.text(key, required=True, most=60)
        for key, level in LEVEL_KEYS.items()
        if key in names
    }
