"""Plans: their versions, their standing, and all that a plan says, as one digest of each.

A plan's texts are corrected in place, and an entry must be provable for ever: so what a version
said is kept as digests (`PlanRecord`), which its entry repeats, and the newest record is what the
plan that everybody reads is held to. A version without a record gives null for what it would say.
"""

from collections.abc import Mapping
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Func, OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Coalesce

from plans.choices import Standing
from plans.models import (
    CrossReference,
    Plan,
    PlanElement,
    PlanVersion,
    Responsibility,
    SourceDocument,
)
from tracking.choices import LedgerAct
from tracking.ledger.chain import canonical, text_digest
from tracking.ledger.kinds.kind import Kind, Rows, term_of
from tracking.models import PlanRecord

COLUMNS: Final = ("document_sha256", "texts_sha256", "standing", "standing_source")
"""Of a record: what it says of its version."""

ABOUT: Final = ("title", "file_name", "provenance", "sha256")
"""What is said of a plan's document, but its text, which has a digest of its own."""

SOMETIMES: Final = ("original_name", "original_sha256", "added_on", "added_by")
"""What only some documents say."""


def as_it_stands(plan: Plan) -> dict[str, str]:
    """COLUMNS of PLAN as it is stored now. Three queries; PLAN's own row was read."""
    documents = _documents(plan)
    return {
        "document_sha256": next(
            (each["real"] for each in documents if each["pk"] == plan.current_document_id), ""
        ),
        "texts_sha256": text_digest(_texts(plan, documents)),
        "standing": plan.standing,
        "standing_source": plan.standing_source,
    }


def texts_of(plan: Plan) -> str:
    """What ``texts_sha256`` of `as_it_stands` is the digest of. Three queries."""
    return _texts(plan, _documents(plan))


def _documents(plan: Plan) -> list[dict[str, Any]]:
    """What is said of each of PLAN's documents, and the digest of its text, "real"."""
    text = Func(
        F("text"),
        template="encode(sha256(convert_to(%(expressions)s, 'UTF8')), 'hex')",
        output_field=TextField(),
    )
    rows = SourceDocument.objects.filter(plan=plan).order_by("number")
    return list(rows.values("pk", "number", *ABOUT, *SOMETIMES, real=text))


def _texts(plan: Plan, documents: list[dict[str, Any]]) -> str:
    """Canonical JSON of all that PLAN says, with what is said of its DOCUMENTS."""
    numbers = {each["pk"]: each["number"] for each in documents}
    current = [each for each in documents if each["pk"] == plan.current_document_id]
    others = [each for each in documents if each["pk"] != plan.current_document_id]
    texts: dict[str, Any] = {
        "plan": _plan(plan),
        "documento": _about(current[0]) if current else {},
        "elementos": _elements(plan, numbers),
    }
    if others:
        texts["otros_documentos"] = [
            _about(each) | {"numero": each["number"], "real": each["real"]} for each in others
        ]
    return canonical(texts)


def _about(document: dict[str, Any]) -> dict[str, Any]:
    return {name: document[name] for name in ABOUT} | {
        name: document[name] for name in SOMETIMES if document[name]
    }


def _plan(plan: Plan) -> dict[str, Any]:
    """The columns of a plan as a whole, without its standing; its list where it is not in force.

    Of this, and of elements, a key that is added one day is left out while it has nothing to say:
    digests that were entered before stay what they are.
    """
    schemes = {"clasificaciones": plan.schemes} if plan.schemes else {}
    return schemes | {
        "periodo": str(plan.term),
        "organizacion": plan.organization,
        "vision": plan.vision,
        "vision_en": plan.vision_spans,
        "nota": plan.note,
        "palabras": plan.labels,
        "simulado": plan.simulated,
        **({} if plan.in_force else {"lista": plan.list_slug}),
    }


def _elements(plan: Plan, numbers: Mapping[int, int]) -> list[dict[str, Any]]:
    """Also those that were withdrawn, by their ref: a version does not tell their order.

    NUMBERS are those of the documents, by id.
    """
    answering: dict[str, list[int]] = {}
    rows = Responsibility.objects.filter(element__plan=plan).order_by("unit")
    for ref, unit in rows.values_list("element__ref", "unit"):
        answering.setdefault(ref, []).append(unit)
    further = CrossReference.objects.filter(element=OuterRef("pk")).order_by("parent__ref")
    elements = PlanElement.objects.filter(plan=plan).annotate(
        above=F("parent__ref"), further=ArraySubquery(further.values("parent__ref"))
    )
    return [
        _indicator(element)
        | _elsewhere(element, plan, numbers)
        | _classes(element)
        | ({"tambien_en": element.further} if element.further else {})
        | {
            "promesa": element.ref,
            "pertenece_a": element.above,
            "nivel": element.level,
            "dimension": element.dimension,
            "numeracion": element.printed_code,
            "texto": element.statement,
            "texto_en": element.spans,
            "nota": element.note,
            "clase": element.activity_kind,
            "cui": element.cui,
            "campo": element.field,
            **({} if element.is_printed else {"impresa": False}),
            "desde_la_version": element.since_version,
            "hasta_la_version": element.until_version,
            "oficinas": answering.get(element.ref, []),
        }
        for element in elements.order_by("ref").defer("search")
    ]


def _indicator(element: PlanElement) -> dict[str, Any]:
    if not element.indicator:
        return {}
    return {"indicador": element.indicator, "indicador_en": element.indicator_spans}


def _classes(element: PlanElement) -> dict[str, Any]:
    return {"clasificaciones": element.classes} if element.classes else {}


def _elsewhere(element: PlanElement, plan: Plan, numbers: Mapping[int, int]) -> dict[str, Any]:
    """In which document it stands, and who added it, where that is not the one of the plan."""
    if element.document_id == plan.current_document_id:
        return {}
    added = {"anadido_el": element.added_on, "anadido_por": element.added_by}
    return {"documento": numbers[element.document_id]} | (added if element.added_on else {})


def _versions() -> Rows:
    rows: Rows = PlanVersion.objects.published().annotate(
        first_year=F("plan__first_year"),
        last_year=F("plan__last_year"),
        simulated=F("plan__simulated"),
        **{f"recorded_{name}": F(f"record__{name}") for name in COLUMNS},
    )
    return rows.order_by("pk")


def _version(row: Any) -> dict[str, Any]:
    return _at_version(
        row,
        LedgerAct.PLAN,
        publicada=row.published_at,
        agregados=row.added,
        cambiados=row.changed,
        retirados=row.withdrawn,
        cambios=row.changes,
        documento=row.recorded_document_sha256,
        textos=row.recorded_texts_sha256,
        condicion=row.recorded_standing,
        fuente_de_la_condicion=row.recorded_standing_source,
    )


def _standings() -> Rows:
    """The records that give another standing, or source of it, than the one before.

    Before the first there was nothing that anybody had confirmed.
    """
    before = PlanRecord.objects.filter(
        version__plan=OuterRef("version__plan"), version__number__lt=OuterRef("version__number")
    ).order_by("-version__number")
    rows: Rows = PlanRecord.objects.filter(version__number__lte=F("version__plan__version"))
    rows = rows.annotate(
        former=Coalesce(Subquery(before.values("standing")[:1]), Value(Standing.UNCONFIRMED.value)),
        former_source=Coalesce(Subquery(before.values("standing_source")[:1]), Value("")),
        number=F("version__number"),
        published_at=F("version__published_at"),
        first_year=F("version__plan__first_year"),
        last_year=F("version__plan__last_year"),
        simulated=F("version__plan__simulated"),
    )
    same = Q(standing=F("former"), standing_source=F("former_source"))
    return rows.exclude(same).order_by("pk")


def _standing(row: Any) -> dict[str, Any]:
    return _at_version(row, LedgerAct.STANDING, condicion=row.standing, fuente=row.standing_source)


def _at_version(row: Any, act: LedgerAct, **content: Any) -> dict[str, Any]:
    """The columns of an entry about the version of a plan that ROW has the number of."""
    term = term_of(row.first_year, row.last_year)
    return {
        "act": act,
        "term": term,
        "revision": row.number,
        "simulated": row.simulated,
        "happened_at": row.published_at,
        "content": {"periodo": term, "version": row.number, **content},
    }


# A version's changes repeat each text that it touched, before and after: few are in memory at once.
PLANS: Final = Kind((LedgerAct.PLAN,), _versions, "plan__municipality", _version, chunk=20)
STANDINGS: Final = Kind((LedgerAct.STANDING,), _standings, "version__plan__municipality", _standing)
