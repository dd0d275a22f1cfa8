"""How promises are measured, version by version."""

from typing import Any, Final

from django.db.models import F

from plans.models import MeasuringTerms
from tracking.choices import LedgerAct
from tracking.ledger.kinds.kind import Kind, Rows, term_of


def _published_terms() -> Rows:
    rows: Rows = MeasuringTerms.objects.published()
    rows = rows.annotate(
        ref=F("element__ref"),
        first_year=F("element__plan__first_year"),
        last_year=F("element__plan__last_year"),
        simulated=F("element__plan__simulated"),
    )
    return rows.order_by("pk")


def _terms(row: Any) -> dict[str, Any]:
    term = term_of(row.first_year, row.last_year)
    later = {"limite": row.bound, "tolerancia": row.tolerance, "naturaleza": row.nature}
    later |= {"lugares": row.locations or None}
    return {
        "act": LedgerAct.TERMS,
        "term": term,
        "ref": row.ref,
        "revision": row.version,
        "simulated": row.simulated,
        "happened_at": row.created_at,
        "content": {
            "promesa": row.ref,
            "periodo": term,
            "version": row.version,
            "rige_desde": row.in_force_from,
            "motivo": row.reason,
            "segun_el_texto_del_plan": row.by_id is None,
            "clase": row.kind,
            "unidad_de_medida": row.unit_of_measure,
            "linea_de_base": row.baseline,
            "fuente_de_la_linea_de_base": row.baseline_source,
            "meta": row.goal,
            "sentido": row.direction,
            "hitos": row.milestones,
            "cronograma": row.schedule,
            "partes": row.parts,
            "medio_de_verificacion": row.verification_source,
            "registrada": row.created_at,
            # What was entered before these could be said has no word of them.
            **{name: value for name, value in later.items() if value not in ("", None)},
        },
    }


TERMS: Final = Kind((LedgerAct.TERMS,), _published_terms, "element__plan__municipality", _terms)
