"""What activities cost, by fiscal year: each statement of it a revision of the one before."""

from typing import Any, Final

from django.db.models import F

from tracking.choices import LedgerAct
from tracking.ledger.kinds.kind import FIXED, Kind, Rows, term_of
from tracking.models import Expenditure


def _published_spending() -> Rows:
    rows: Rows = Expenditure.objects.published().annotate(
        ref=F("element__ref"),
        first_year=F("plan__first_year"),
        last_year=F("plan__last_year"),
    )
    return rows.order_by("pk")


def _spending(row: Any) -> dict[str, Any]:
    term = term_of(row.first_year, row.last_year)
    return {
        "act": LedgerAct.EXPENDITURE,
        "term": term,
        "ref": row.ref,
        "semester": str(row.year),  # its figures are of a whole year
        "revision": row.revision,
        "simulated": row.simulated,
        "happened_at": row.created_at,
        "content": {
            "promesa": row.ref,
            "periodo": term,
            "anio": row.year,
            "revision": row.revision,
            "pia": row.pia,
            "pim": row.pim,
            "devengado": row.accrued,
            "al_dia": row.as_of,
            "fuente": row.source,
            "motivo_del_cambio": row.reason,
            "registrado": row.created_at,
            "simulado": row.simulated,
        },
    }


EXPENDITURES: Final = Kind(
    (LedgerAct.EXPENDITURE,),
    _published_spending,
    "municipality",
    _spending,
    fixed=(*FIXED, "simulated"),
)
