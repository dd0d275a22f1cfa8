"""The tables that can be taken home, and which of their rows are a plan's."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from plans.models import Plan
from plans.semester import Semester
from tracking.public.opendata import columns
from tracking.public.opendata.columns import Columns
from tracking.reading import published
from tracking.reading.found import with_newest


def _of(path: str) -> Callable[[Plan], Q]:
    """Those whose plan is where PATH leads."""
    return lambda plan: Q(**{path: plan.pk})


def _in_its_term(plan: Plan) -> Q:
    return Q(municipality=plan.municipality_id, semester__in=Semester.all_of(plan.term))


@dataclass(frozen=True)
class Table:
    """A file of open data. ``rows`` gives what is published, ``columns`` each column's expression.

    ``of_plan`` says which of the rows are a plan's.
    """

    name: str
    title: str | Promise
    rows: Callable[[], QuerySet[Any]]
    columns: Callable[[], Columns]
    of_plan: Callable[[Plan], Q] = lambda plan: Q(plan=plan.pk)

    def of(self, plan: Plan | None) -> tuple[QuerySet[Any], Columns]:
        """The rows of PLAN, or of the whole portal, with all their columns."""
        rows = self.rows()
        return rows if plan is None else rows.filter(self.of_plan(plan)), self.columns()


TABLES: Final[Mapping[str, Table]] = {
    table.name: table
    for table in (
        Table("plans", _("Los planes"), published.plans, columns.plans, _of("pk")),
        Table(
            "elements",
            _("Lo que cada plan declara, y cómo está"),
            lambda: with_newest(published.elements(), None),
            columns.elements,
        ),
        Table(
            "terms",
            _("Cómo se mide cada promesa, en todas sus versiones"),
            published.terms,
            columns.terms,
            _of("element__plan"),
        ),
        Table(
            "reports",
            _("Los informes publicados, en todas sus revisiones"),
            published.reports,
            columns.reports,
        ),
        Table(
            "supports",
            _("Los sustentos de los informes"),
            published.supports,
            columns.supports,
            _of("report__plan"),
        ),
        Table(
            "expenditures",
            _("Lo gastado en cada actividad por año"),
            published.expenditures,
            columns.expenditures,
        ),
        Table(
            "asked",
            _("Lo que se pidió en cada semestre cerrado: a quién, y qué halló el cierre"),
            published.asked,
            columns.asked,
            _of("element__plan"),
        ),
        Table(
            "standings",
            _("Cuentas por plan, dimensión y oficina en cada semestre"),
            published.standings,
            columns.standings,
        ),
        Table(
            "accountability-reports",
            _("Las rendiciones de cuentas emitidas, en todas sus ediciones"),
            published.accountability_reports,
            columns.accountability_reports,
        ),
        Table(
            "semesters",
            _("Los plazos de cada semestre, y su cierre"),
            published.semesters,
            columns.semesters,
            _in_its_term,
        ),
        Table(
            "units",
            _("Las oficinas"),
            published.units,
            columns.units,
            lambda plan: Q(municipality=plan.municipality_id),
        ),
        Table(
            "municipalities",
            _("Las municipalidades"),
            published.municipalities,
            columns.municipalities,
            lambda plan: Q(pk=plan.municipality_id),
        ),
        Table(
            "ledger",
            _("El registro de publicaciones, asiento por asiento"),
            published.ledger,
            columns.ledger,
            lambda plan: Q(municipality=plan.municipality_id, term=str(plan.term)),
        ),
    )
}


def columns_of(table: Table) -> list[str]:
    """The names of its columns, in their order."""
    return list(table.of(None)[1])
