"""What people choose of the accountability reports, and what planning writes in one."""

from collections.abc import Iterator
from typing import Any, Final

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.forms import fields_for_model
from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality
from accounts.querysets import MunicipalityQuerySet
from plans.term import Term
from tracking.forms.confirmed import ConfirmedForm
from tracking.models import AccountabilityDraft, AccountabilityReport
from tracking.services.accountability import WRITTEN

LONGEST_REASON: Final = 500
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
        found: QuerySet[AccountabilityReport] = self.qs if self.is_valid() else self.queryset.none()
        return found.order_by("-semester", "municipality__name", "pk")

    def of_term(
        self, rows: QuerySet[AccountabilityReport], _name: str, value: str
    ) -> QuerySet[AccountabilityReport]:
        term = Term.parse(value)
        return rows.filter(Q(plan__first_year=term.first_year, plan__last_year=term.last_year))


class DraftForm(forms.Form):
    """What planning writes for a report; ``edit`` says from which saving the form was drawn.

    YEAR is the one whose end can still be projected; None where none can, and none is asked for.
    """

    edit = forms.IntegerField(label=_("Edición"), widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, year: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("foreword", 14), ("projection", 6)):
            self.fields[name] = fields_for_model(AccountabilityDraft, [name])[name]
            self.fields[name].widget.attrs |= {"rows": rows, "dir": "auto"}
        if year is None:
            del self.fields["projection"]
        else:
            self.fields["projection"].label = _("Proyección al cierre de %s") % year

    @property
    def texts(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in WRITTEN if name in self.cleaned_data}


class IssueForm(ConfirmedForm):
    """The second factor once more, and for a new edition its reason.

    ``edition`` is the number that it would have.
    """

    field_order = ("edition", "read", "reason", "code")

    def __init__(self, *args: Any, is_first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["edition"] = forms.IntegerField(
            label=_("Edición"), widget=forms.HiddenInput, min_value=1
        )
        if not is_first:
            self.fields["reason"] = forms.CharField(
                label=_("Por qué hay una nueva edición"),
                help_text=_("Se publica en ella."),
                max_length=LONGEST_REASON,
                widget=forms.Textarea({"rows": 3}),
                error_messages={"required": _("Diga por qué hay una nueva edición: es público.")},
            )
        self.order_fields(self.field_order)
