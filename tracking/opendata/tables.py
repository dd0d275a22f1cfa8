"""The tables that can be taken home: what their rows are, and what each column is read from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.db.models import Case, CharField, F, Func, Q, QuerySet, TextField, Value, When
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from plans.models import Plan
from tracking.models.standing import SIGNAL_COLUMNS, STAGE_COLUMNS
from tracking.reading import published
from tracking.reading.found import with_newest
from tracking.tables.about import declared_by

Columns = Mapping[str, Any]


@dataclass(frozen=True)
class Table:
    """A file of open data. ``rows`` gives what is published, ``columns`` each column's expression.

    ``plan`` is the path from a row to its plan, "" for the plan itself.
    """

    name: str
    title: str | Promise
    rows: Callable[[], QuerySet[Any]]
    columns: Callable[[], Columns]
    plan: str = "plan"

    def of(self, plan: Plan | None) -> tuple[QuerySet[Any], Columns]:
        """The rows of PLAN, or of the whole portal, with all their columns."""
        rows = self.rows()
        if plan is not None:
            rows = rows.filter(**{self.plan or "pk": plan.pk})
        path = f"{self.plan}__" if self.plan else ""
        return rows, {"id": F("pk"), **_of_plan(path), **self.columns(), **_said(path)}


def _of_plan(path: str) -> Columns:
    return {
        "municipality": F(f"{path}municipality__slug"),
        "ubigeo": F(f"{path}municipality__inei"),
        "plan": F(f"{path}pk"),
        "term": _term(path),
    }


def _said(path: str) -> Columns:
    """Whether a row is simulated, and of when the file is: said in each."""
    return {"simulated": F(f"{path}simulated"), "exported_on": Value(timezone.localdate())}


def _term(path: str) -> Func:
    return _joined(F(f"{path}first_year"), Value("-"), F(f"{path}last_year"))


def _page(plan: str, ref: str = "") -> Func:
    """The address of the page of a promise, or of its plan."""
    place = F(f"{plan}municipality__slug")
    address = [Value(f"{settings.SITE_URL}/m/"), place, Value("/"), _term(plan), Value("/")]
    return _joined(*address, *((F(ref), Value("/")) if ref else ()))


def _joined(*pieces: Any) -> Func:
    return Func(*pieces, function="concat", output_field=TextField())


def _declared_by(path: str, *, known: Q | None = None) -> Case:
    """Whose word a row is, in the words of every table; nobody's where it is not KNOWN."""
    whose = [
        When(Q(**{f"{path}simulated": simulated}), then=Value(declared_by(simulated=simulated)))
        for simulated in (True, False)
    ]
    unknown = [] if known is None else [When(~known, then=Value(None))]
    return Case(*unknown, *whose, output_field=CharField())


def _fields(*names: str) -> Columns:
    return {name: F(name) for name in names}


def _about(path: str = "element__") -> Columns:
    """What a row says of the promise that it is about."""
    names = ("ref", "level", "dimension")
    return {
        "page": _page(f"{path}plan__", f"{path}ref"),
        "element": F(f"{path}pk"),
        **{name: F(f"{path}{name}") for name in names},
    }


def _plans() -> Columns:
    return {
        "page": _page(""),
        **_fields("organization", "standing", "standing_source", "version"),
        "document_sha256": F("document__sha256"),
        "published_at": F("published_at"),
    }


def _elements() -> Columns:
    return {
        "page": _page("plan__", "ref"),
        **_fields("ref", "printed_code", "level", "dimension"),
        "parent": F("parent_id"),
        **_fields("problem", "objective", "statement", "note", "field", "activity_kind", "cui"),
        "withdrawn": Q(until_version__isnull=False),
        **_fields(*published.MEASURE, "semester"),
        "state": F("stage"),
        **_fields("signal", "as_of"),
        "declared_by": _declared_by("plan__", known=Q(stage__isnull=False)),
    }


def _terms() -> Columns:
    return {
        **_about(),
        **_fields("version", "current", "in_force_from", "reason", "kind", "unit_of_measure"),
        **_fields("baseline", "baseline_source", "goal", "direction", "verification_source"),
        "published_at": F("created_at"),
    }


def _reports() -> Columns:
    return {
        **_about(),
        **_fields("semester", "revision", "current"),
        "unit": F("unit_id"),
        "unit_name": F("unit__name"),
        "state": F("stage"),
        **_fields("step", "value"),
        "unit_of_measure": F("terms__unit_of_measure"),
        **_fields("done", "required", "progress", "planned", "signal", "narrative"),
        **_fields("difficulties", "next_steps", "as_of", "halted_since", "halted_cause"),
        **_fields("correction_reason", "second_review", "published_at"),
        "declared_by": _declared_by(""),
    }


def _supports() -> Columns:
    """Of what was withheld neither what it is nor of when: it may hold the personal data."""
    seen = Q(withheld_at__isnull=True)
    secrets = {name: Case(When(seen, then=F(name))) for name in ("title", "taken_on", "media_type")}
    return {
        **_about("report__element__"),
        "semester": F("report__semester"),
        "report": F("report_id"),
        **secrets,
        **_fields("sha256", "withheld_at", "withheld_reason"),
    }


def _expenditures() -> Columns:
    return {
        **_about(),
        **_fields("year", "revision", "current", "pia", "pim", "accrued", "as_of", "source"),
        **_fields("reason"),
        "published_at": F("created_at"),
        "declared_by": _declared_by(""),
    }


def _standings() -> Columns:
    return {
        "page": _page("plan__"),
        **_fields("semester", "level", "dimension"),
        "unit": F("unit_id"),
        "unit_name": F("unit__name"),
        **_fields("asked", "reported", *STAGE_COLUMNS.values(), *SIGNAL_COLUMNS.values()),
        **_fields("punctual", "supported", "corrected", "halted", "unverifiable"),
        "declared_by": _declared_by(""),
    }


TABLES: Final = {
    table.name: table
    for table in (
        Table("plans", gettext_lazy("Los planes"), published.plans, _plans, plan=""),
        Table(
            "elements",
            gettext_lazy("Lo que cada plan declara, y cómo está"),
            lambda: with_newest(published.elements(), None),
            _elements,
        ),
        Table(
            "terms",
            gettext_lazy("Cómo se mide cada promesa, en todas sus versiones"),
            published.terms,
            _terms,
            plan="element__plan",
        ),
        Table(
            "reports",
            gettext_lazy("Los informes publicados, en todas sus revisiones"),
            published.reports,
            _reports,
        ),
        Table(
            "supports",
            gettext_lazy("Los sustentos de los informes"),
            published.supports,
            _supports,
            plan="report__plan",
        ),
        Table(
            "expenditures",
            gettext_lazy("Lo gastado en cada actividad por año"),
            published.expenditures,
            _expenditures,
        ),
        Table(
            "standings",
            gettext_lazy("Cuentas por plan, dimensión y oficina en cada semestre"),
            published.standings,
            _standings,
        ),
    )
}


def columns_of(table: Table) -> list[str]:
    """The names of its columns, in their order."""
    return list(table.of(None)[1])
