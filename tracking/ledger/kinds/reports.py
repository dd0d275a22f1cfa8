"""Reports and their corrections, each with the codes of its supports."""

from typing import Any, Final

from django.db.models import F

from tracking.choices import LedgerAct
from tracking.ledger.chain import digest
from tracking.ledger.kinds.kind import FIXED, Kind, Rows, term_of
from tracking.models import ProgressReport, Support


def _published_reports() -> Rows:
    rows: Rows = ProgressReport.objects.published().annotate(
        ref=F("element__ref"),
        first_year=F("plan__first_year"),
        last_year=F("plan__last_year"),
        unit_name=F("unit__name"),
        terms_version=F("terms__version"),
        terms_element=F("terms__element"),
    )
    return rows.order_by("pk")


def _report(row: Any) -> dict[str, Any]:
    term = term_of(row.first_year, row.last_year)
    # Terms of another promise, which the database refuses, are not those of that version.
    is_own = row.terms_element in {None, row.element_id}
    return {
        "act": LedgerAct.REPORT if row.revision == 1 else LedgerAct.CORRECTION,
        "term": term,
        "ref": row.ref,
        "semester": str(row.semester),
        "revision": row.revision,
        "unit": row.unit_name or "",
        "simulated": row.simulated,
        "happened_at": row.published_at,
        "content": {
            "promesa": row.ref,
            "periodo": term,
            "semestre": str(row.semester),
            "revision": row.revision,
            "oficina": row.unit_id,
            "paso": row.step,
            "valor": row.value,
            "partes": row.parts_done,
            "cumplidos": row.done,
            "exigidos": row.required,
            "que_se_hizo": row.narrative,
            "dificultades": row.difficulties,
            "proximos_pasos": row.next_steps,
            "al_dia": row.as_of,
            "paralizado_desde": row.halted_since,
            "causa_de_paralizacion": row.halted_cause,
            "motivo_de_correccion": row.correction_reason,
            "enviado": row.submitted_at,
            "publicado": row.published_at,
            "segunda_revision": row.second_review,
            "forma_de_medir": row.terms_version if is_own else [row.terms_id],
            "avance": row.progress,
            "programado": row.planned,
            "senal": row.signal,
            "simulado": row.simulated,
            # What was entered before it could be said has no word of it.
            **({"lugares": row.locations} if row.locations else {}),
            "sustentos": sorted(map(_support, row.supports.all()), key=lambda each: each["codigo"]),
        },
    }


def _support(row: Support) -> dict[str, str]:
    described = {
        "titulo": row.title,
        "fecha": row.taken_on,
        "lugar": row.place,
        "enlace": row.url,
        "archivo": row.file_name,
        "tipo": row.media_type,
        "bytes": row.size,
        "conserva_posicion": row.keeps_position,
    }
    return {"codigo": row.sha256, "descripcion": digest(described)}


REPORTS: Final = Kind(
    (LedgerAct.REPORT, LedgerAct.CORRECTION),
    _published_reports,
    "municipality",
    _report,
    ("supports",),
    fixed=(*FIXED, "simulated"),
)
