"""Which accountability reports of the country a reader chooses."""

from collections.abc import Iterator
from typing import Final

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality
from accounts.querysets import MunicipalityQuerySet
from plans.term import Term
from tracking.models import AccountabilityReport

Choices = Iterator[tuple[str, str]]


def _current() -> QuerySet[AccountabilityReport]:
    return AccountabilityReport.objects.published().current().order_by()


def _places() -> MunicipalityQuerySet:
    issued = AccountabilityReport.objects.published().filter(municipality=OuterRef("pk"))
    places: MunicipalityQuerySet = Municipality.objects.filter(Exists(issued))
    return places


def _regions() -> Choices:
    for name in _places().regions():
        yield name, name


def _municipalities() -> Choices:
    for place in _places().order_by("search_name", "-kind"):
        yield place.slug, f"{place.full_name}, {place.region}"


def _terms() -> Choices:
    rows = _current().values_list("plan__first_year", "plan__last_year").distinct()
    for years in sorted(rows, reverse=True):
        term = Term(*years)
        yield str(term), term.printed


def _semesters() -> Choices:
    for semester in _current().values_list("semester", flat=True).distinct().order_by("-semester"):
        yield str(semester), str(semester)


class ReportFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Which reports of the country are shown; what is chosen is kept in the address."""

    region = django_filters.ChoiceFilter(
        label=_("Región"),
        field_name="municipality__region",
        choices=_regions,
        empty_label=_("Todas"),
    )
    municipio = django_filters.ChoiceFilter(
        label=_("Municipalidad"),
        field_name="municipality__slug",
        choices=_municipalities,
        empty_label=_("Todas"),
    )
    periodo = django_filters.ChoiceFilter(
        label=_("Periodo"), choices=_terms, method="of_term", empty_label=_("Todos")
    )
    semestre = django_filters.ChoiceFilter(
        label=_("Semestre"), field_name="semester", choices=_semesters, empty_label=_("Todos")
    )

    class Meta:
        model = AccountabilityReport
        fields: Final[list[str]] = []

    @property
    def rows(self) -> QuerySet[AccountabilityReport]:
        """Newest semester first; none where something was chosen that is not offered."""
        rows: QuerySet[AccountabilityReport] = self.qs if self.is_valid() else self.queryset.none()
        return rows.order_by("-semester", "municipality__name", "pk")

    def of_term(
        self, rows: QuerySet[AccountabilityReport], _name: str, value: str
    ) -> QuerySet[AccountabilityReport]:
        term = Term.parse(value)
        return rows.filter(Q(plan__first_year=term.first_year, plan__last_year=term.last_year))
