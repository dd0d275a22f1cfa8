"""What is published, as the ledger enters it: the same for whoever publishes and whoever verifies.

Content is read from the stored row, from columns that never change once it is published; names
that may be mended later, such as a unit's, stand in the entry itself. No person is in it. Of a
support it has the digest of the file and that of its description: what is withheld later for the
personal data it holds was never copied here, and can be proved all the same.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet, Subquery

from plans.models import MeasuringTerms, Plan
from plans.semester import Semester
from plans.term import Term
from tracking.choices import LedgerAct
from tracking.ledger import canonical, digest
from tracking.models import (
    ClosingLine,
    LedgerEntry,
    ProgressReport,
    SemesterWindow,
    Support,
    Withholding,
)

Rows = QuerySet[Any]


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """A published row in the columns of an entry, and its ``content``, of which it has the digest.

    ``entered`` is the digest under which the ledger has it, None where it has none.
    """

    municipality_id: int
    inei: str
    act: LedgerAct
    subject_id: int
    term: str = ""
    ref: str = ""
    semester: str = ""
    revision: int | None = None
    unit: str = ""
    simulated: bool
    happened_at: dt.datetime
    digest: str
    entered: str | None


@dataclass(frozen=True)
class Kind:
    """One kind of what is published: its ``acts``, its rows, and what the ledger says of each."""

    acts: tuple[LedgerAct, ...]
    published: Callable[[], Rows]
    municipality: str
    read: Callable[[Any], dict[str, Any]]
    prefetch: tuple[Any, ...] = ()
    chunk: int = 500
    """Rows that are in memory at once, however many there are."""

    def recorded(self, rows: Rows | None = None) -> Iterator[Recorded]:
        """ROWS, else all that is published, one by one: memory does not grow with them."""
        found = self.published() if rows is None else rows
        entries = LedgerEntry.objects.filter(act__in=self.acts, subject_id=OuterRef("pk"))
        found = found.annotate(
            ledger_inei=F(f"{self.municipality}__inei"),
            ledger_municipality=F(self.municipality),
            ledger_digest=Subquery(entries.values("digest")[:1]),
        ).prefetch_related(*self.prefetch)
        for row in found.iterator(self.chunk):
            said = self.read(row)
            yield Recorded(
                municipality_id=row.ledger_municipality,
                inei=row.ledger_inei,
                subject_id=row.pk,
                entered=row.ledger_digest,
                digest=digest(said.pop("content")),
                **said,
            )

    def content(self, pk: int) -> str | None:
        """What is published in that row, as its digest takes it; None where nothing is."""
        row = self.published().filter(pk=pk).prefetch_related(*self.prefetch).first()
        return canonical(self.read(row)["content"]) if row else None

    def unentered(self) -> Rows:
        """What is published and stands in no entry."""
        entries = LedgerEntry.objects.filter(act__in=self.acts, subject_id=OuterRef("pk"))
        return self.published().exclude(Exists(entries))

    def entries_without_row(self) -> Rows:
        """Entries of this kind that name nothing published any more."""
        rows = self.published().filter(pk=OuterRef("subject_id"))
        return LedgerEntry.objects.filter(act__in=self.acts).exclude(Exists(rows))


def _term(first_year: int | None, last_year: int | None) -> str:
    return str(Term(first_year, last_year)) if first_year and last_year else ""


def _published_reports() -> Rows:
    rows: Rows = ProgressReport.objects.published().annotate(
        ref=F("element__ref"),
        first_year=F("plan__first_year"),
        last_year=F("plan__last_year"),
        unit_name=F("unit__name"),
        terms_version=F("terms__version"),
    )
    return rows.order_by("pk")


def _report(row: Any) -> dict[str, Any]:
    term = _term(row.first_year, row.last_year)
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
            "forma_de_medir": row.terms_version,
            "avance": row.progress,
            "programado": row.planned,
            "senal": row.signal,
            "simulado": row.simulated,
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


def _published_terms() -> Rows:
    rows: Rows = MeasuringTerms.objects.filter(element__plan__version__gte=1)
    rows = rows.annotate(
        ref=F("element__ref"),
        first_year=F("element__plan__first_year"),
        last_year=F("element__plan__last_year"),
        simulated=F("element__plan__simulated"),
    )
    return rows.order_by("pk")


def _terms(row: Any) -> dict[str, Any]:
    term = _term(row.first_year, row.last_year)
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
        },
    }


def _closed_windows() -> Rows:
    return SemesterWindow.objects.exclude(closed_at=None).order_by("pk")


def _closing(row: SemesterWindow) -> dict[str, Any]:
    plans = row.municipality.plans.all()
    plan = next((each for each in plans if row.semester in Semester.all_of(each.term)), Plan())
    lines = [
        {
            "promesa": line.ref,  # type: ignore[attr-defined]
            "revision": line.revision,  # type: ignore[attr-defined]
            "senal": line.signal,
            "clase": line.kind,
            "oficinas": line.units,
        }
        for line in row.lines.all()
    ]
    return {
        "act": LedgerAct.CLOSING,
        "term": _term(plan.first_year, plan.last_year),
        "semester": str(row.semester),
        "simulated": plan.simulated,
        "happened_at": row.closed_at,
        "content": {
            "semestre": str(row.semester),
            "se_abrio": row.opens_on,
            "vencio": row.due_on,
            "se_podia_cerrar": row.closes_on,
            "cerrado": row.closed_at,
            "lineas": sorted(lines, key=lambda line: line["promesa"]),
        },
    }


def _withholdings() -> Rows:
    """Each with what it is about: the first published report that carried it, if any still does."""
    supports = Support.objects.published().filter(
        report__municipality=OuterRef("municipality"), sha256=OuterRef("sha256")
    )
    first = supports.order_by("pk")
    return Withholding.objects.annotate(
        first_year=Subquery(first.values("report__plan__first_year")[:1]),
        last_year=Subquery(first.values("report__plan__last_year")[:1]),
        ref=Subquery(first.values("report__element__ref")[:1]),
        semester=Subquery(first.values("report__semester")[:1]),
        simulated=Subquery(first.values("report__simulated")[:1]),
    ).order_by("pk")


def _withholding(row: Any) -> dict[str, Any]:
    return {
        "act": LedgerAct.WITHHOLDING,
        "term": _term(row.first_year, row.last_year),
        "ref": row.ref or "",
        "semester": str(row.semester or ""),
        "simulated": bool(row.simulated),
        "happened_at": row.at,
        "content": {"codigo": row.sha256, "motivo": row.reason, "retirado": row.at},
    }


REPORTS: Final = Kind(
    (LedgerAct.REPORT, LedgerAct.CORRECTION),
    _published_reports,
    "municipality",
    _report,
    ("supports",),
)
TERMS: Final = Kind((LedgerAct.TERMS,), _published_terms, "element__plan__municipality", _terms)
CLOSINGS: Final = Kind(
    (LedgerAct.CLOSING,),
    _closed_windows,
    "municipality",
    _closing,
    (
        Prefetch(
            "lines",
            ClosingLine.objects.annotate(ref=F("element__ref"), revision=F("report__revision")),
        ),
        "municipality__plans",
    ),
    chunk=20,  # each has a line for every promise
)
WITHHOLDINGS: Final = Kind((LedgerAct.WITHHOLDING,), _withholdings, "municipality", _withholding)
KINDS: Final = (TERMS, REPORTS, CLOSINGS, WITHHOLDINGS)
KIND_OF: Final = {act: kind for kind in KINDS for act in kind.acts}
