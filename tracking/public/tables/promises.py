"""Every promise of a plan in every semester, a row each: what its page counts."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import StreamingHttpResponse
from django.utils import timezone

from plans.locations import written
from plans.models import Plan, PlanElement
from plans.semester import Semester
from tracking.choices import Signal
from tracking.measuring.due import kinds_in_force
from tracking.measuring.entry import kind_of
from tracking.models import ProgressReport, Support
from tracking.public.figures.overview import Overview
from tracking.public.tables.about import (
    ABOUT_THE_PLAN,
    ABOUT_THE_PROMISE,
    about_the_plan,
    about_the_promise,
)
from tracking.public.tables.writing import Row, csv_table
from tracking.reading.declared import declared_by
from tracking.reading.states import STATES
from tracking.reading.strips import Arrival, Cell

REPORT: Final = (
    *("element_id", "element__level", "semester", "revision", "as_of", "published_at"),
    *("halted_since", "planned"),
    *("step", "value", "done", "required", "parts_done", "progress", "signal", "locations"),
    *("terms__kind", "terms__version", "terms__unit_of_measure", "sent_at", "support_count"),
)
HEADER: Final = (
    *ABOUT_THE_PROMISE,
    *("semestre", "oficinas", "se_pidio", "cobertura", "vence_el", "estado", "senal"),
    *("informado_al", "enviado_el", "a_tiempo", "publicado_el", "revision", "sustentos"),
    *("clase", "version_forma_de_medir", "paso", "valor", "unidad_de_medida", "cumplidos"),
    *("exigidos", "partes_entregadas", "avance_pct", "programado", "paralizado_desde", "lugares"),
    *ABOUT_THE_PLAN,
)
Reports = Mapping[tuple[int, Semester], Any]


def promises_table(overview: Overview) -> StreamingHttpResponse:
    """What the reader chose: one semester, or all of them where none was chosen."""
    named = overview.chosen.semester or overview.plan.term
    name = f"{overview.plan.municipality.slug}-{named}-promesas.csv"
    return csv_table(name, HEADER, _rows(overview))


def _rows(overview: Overview) -> Iterator[Row]:
    reports, kinds = _reports(overview.plan), kinds_in_force(overview.plan)
    about, declared = (
        about_the_plan(overview.plan),
        {"declarado_por": declared_by(simulated=overview.plan.simulated)},
    )
    for element in overview.kept:
        promise = {**about_the_promise(element), **about}
        cells = [cell for cell in overview.strips.get(element.pk, ()) if _is_wanted(overview, cell)]
        for cell in cells:
            row = promise | _asked(overview, element, cell, kinds.get(element.pk, ""))
            report = reports.get((element.pk, cell.semester))
            yield row | _reported(report, row["vence_el"]) | declared if report else row
        if not cells and not overview.chosen.semester:
            yield promise | {"se_pidio": False}


def _is_wanted(overview: Overview, cell: Cell) -> bool:
    chosen = overview.chosen.semester
    return cell.arrival != Arrival.UNASKED and (chosen is None or cell.semester == chosen)


def _asked(overview: Overview, element: PlanElement, cell: Cell, stated: str) -> dict[str, Any]:
    """Who had to report, by when, how it is measured, and how much of its level was reported.

    STATED is the kind that its terms state today; a closing fixed another, perhaps.
    """
    semester = cell.semester
    window, closing = overview.windows.get(semester), overview.closings.get((element.pk, semester))
    units = [overview.units[pk].name for pk in overview.units_in(semester, element.pk)]
    groups = {each.level: each.standing for each in overview.by_semester.get(semester, [])}
    group = groups.get(element.level)
    return {
        "semestre": str(semester),
        "oficinas": "; ".join(units),
        "se_pidio": overview.is_asked(semester, element),
        "cobertura": f"{group.reported} de {group.asked}" if group else "",
        "vence_el": window.due_on if window else None,
        "estado": STATES[cell.state],
        "clase": closing.kind if closing else kind_of(element.level, stated),
    }


def _reported(report: Mapping[str, Any], due_on: dt.date | None) -> dict[str, Any]:
    """What the newest REPORT says, under the terms that were frozen into it."""
    sent_on = timezone.localdate(report["sent_at"])
    return {
        "senal": Signal(report["signal"]).label,
        "informado_al": report["as_of"],
        "enviado_el": sent_on,
        "a_tiempo": due_on is not None and sent_on <= due_on,
        "publicado_el": report["published_at"],
        "revision": report["revision"],
        "sustentos": report["support_count"],
        "clase": kind_of(report["element__level"], report["terms__kind"] or ""),
        "version_forma_de_medir": report["terms__version"],
        "paso": report["step"],
        "valor": report["value"],
        "unidad_de_medida": report["terms__unit_of_measure"],
        "cumplidos": report["done"],
        "exigidos": report["required"],
        "partes_entregadas": "; ".join(report["parts_done"]),
        "avance_pct": report["progress"],
        "programado": report["planned"],
        "paralizado_desde": report["halted_since"],
        "lugares": written(report["locations"]),
    }


def _reports(plan: Plan) -> Reports:
    """The newest published report of each promise and semester. One query."""
    published = ProgressReport.objects.published()
    family = published.filter(element=OuterRef("element"), semester=OuterRef("semester"))
    supports = Support.objects.filter(report=OuterRef("pk")).order_by().values("report")
    rows = (
        published.filter(plan=plan)
        .newest()
        .annotate(
            sent_at=Subquery(family.order_by("revision").values("submitted_at")[:1]),
            support_count=Coalesce(Subquery(supports.annotate(n=Count("pk")).values("n")), 0),
        )
        .values(*REPORT)
    )
    return {(row["element_id"], row["semester"]): row for row in rows}
