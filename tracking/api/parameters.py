"""What a question may hold: every parameter is known, said once, and has a value it can have."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, Final

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters.fields import BaseCSVField
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework.request import Request

from accounts.models import Municipality, Unit
from plans.choices import DIMENSIONS_SOUGHT
from plans.models import Plan
from plans.querysets import in_dimension
from plans.semester import Semester
from plans.term import Term
from tracking.api.problems import BadParameters
from tracking.reading.found import MOST_CHARACTERS

LARGEST_ID: Final = 10**15
"""Larger than any, and a number that every program can hold."""


class StrictFilters(DjangoFilterBackend):  # type: ignore[misc]
    """Applies a view's ``filterset_class``; a value that it cannot have is a 400."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> Any:
        return self.asked(request, queryset, view).qs

    def asked(self, request: Request, queryset: QuerySet[Any], view: Any) -> Any:
        """The filters with what was asked, valid."""
        filterset = self.get_filterset(request, queryset, view)
        if not filterset.is_valid():
            raise BadParameters(list(_invalid(filterset.form)))
        return filterset


def refuse_unknown(view: Any) -> None:
    """BadParameters for what VIEW is asked and does not know, or that says nothing.

    A list knows its filters and its pages; whatever else is asked takes no parameter.
    """
    allowed: set[str] = set()
    if view.action == "list":
        filters = getattr(view, "filterset_class", None)
        allowed = {*(filters.base_filters if filters else ()), *view.pagination_class.parameters}
    errors: list[Mapping[str, Any]] = []
    for name, values in view.request.query_params.lists():
        detail = ""
        if name not in allowed:
            detail = _("No hay un parámetro de ese nombre.")
        elif len(values) > 1:
            detail = _("Se dice una sola vez.")
        elif not values[0].strip():
            detail = _("Lleva un valor; sin él, no se escribe.")
        elif "\x00" in values[0]:
            detail = _("Un texto no lleva el carácter nulo.")
        if detail:
            known = {"allowed": sorted(allowed)} if name not in allowed else {}
            errors.append({"parameter": name, "detail": detail, **known})
    if errors:
        raise BadParameters(errors)


def _invalid(form: forms.Form) -> Iterator[Mapping[str, Any]]:
    for name, errors in form.errors.items():
        field = form.fields[name]
        error: dict[str, Any] = {"parameter": name, "detail": " ".join(map(str, errors))}
        if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
            choices: Any = field.choices
            error["allowed"] = [value for value, _label in choices if value]
        yield error


class ValueField(forms.CharField):
    """A text that READ turns into a value, or says in a ValueError how it is written."""

    def __init__(self, read: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.read = read

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        try:
            return self.read(text) if text else None
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    def run_validators(self, value: Any) -> None:
        super().run_validators(str(value or ""))


SEMESTER: Final = {"type": "string", "pattern": "^(198|199|20[0-9]|21[0-9])[0-9]-II?$"}


@extend_schema_field(SEMESTER)
class SemesterFilter(django_filters.CharFilter):  # type: ignore[misc]
    """``2021-II``."""

    field_class = ValueField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, read=Semester.parse, **{"help_text": "«2021-II».", **kwargs})


@extend_schema_field({"type": "string", "example": "2019-2022"})
class TermFilter(django_filters.CharFilter):  # type: ignore[misc]
    """``2019-2022``."""

    field_class = ValueField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, read=Term.parse, **kwargs)


class OrderField(BaseCSVField):  # type: ignore[misc]
    """Names with commas between them, and none left out."""

    def clean(self, value: Any) -> Any:
        if value and not all(value):
            raise forms.ValidationError(_("Entre las comas va siempre un nombre."))
        return super().clean(value)


class Ordering(django_filters.OrderingFilter):  # type: ignore[misc]
    """Order by one of NAMES, from the greatest with a hyphen before it; equals by their id."""

    base_field_class = OrderField

    def __init__(self, *names: str) -> None:
        super().__init__(fields=[(name, name) for name in names])

    def filter(self, rows: Any, value: Any) -> Any:
        ordered = super().filter(rows, value)
        return ordered.order_by(*ordered.query.order_by, "pk") if value else ordered


UNKNOWN_PLACE: Final = {
    "invalid_choice": gettext_lazy(
        "Ninguna municipalidad se llama así: vea /api/v1/municipalities/."
    )
}
UNKNOWN_UNIT: Final = {
    "invalid_choice": gettext_lazy("No hay una oficina con ese número: vea /api/v1/units/.")
}
UNKNOWN_PLAN: Final = {
    "invalid_choice": gettext_lazy("No hay un plan publicado con ese número: vea /api/v1/plans/.")
}


class OfMunicipality(django_filters.FilterSet):  # type: ignore[misc]
    """Filters by the municipality; ``place`` is the path to it."""

    place = "municipality"

    municipality = django_filters.ModelChoiceFilter(
        queryset=Municipality.objects.all(),
        to_field_name="slug",
        method="in_place",
        error_messages=UNKNOWN_PLACE,
        help_text=gettext_lazy("La municipalidad, como en la dirección de su página: «puno»."),
    )
    ubigeo = django_filters.CharFilter(
        method="at_ubigeo",
        max_length=6,
        help_text=gettext_lazy("El ubigeo INEI de la municipalidad: «210101»."),
    )

    def in_place(self, rows: QuerySet[Any], _name: str, value: Municipality) -> QuerySet[Any]:
        return rows.filter(**{self.place: value})

    def at_ubigeo(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return rows.filter(**{f"{self.place}__inei": value})


class OfPlan(OfMunicipality):
    """Filters by the plan; ``of_plan`` is the path to it."""

    place = "plan__municipality"
    of_plan = "plan"

    plan = django_filters.ModelChoiceFilter(
        queryset=Plan.objects.published(),
        method="in_plan",
        error_messages=UNKNOWN_PLAN,
        help_text=gettext_lazy("El «id» del plan."),
    )
    term = TermFilter(
        method="in_term", help_text=gettext_lazy("El periodo municipal: «2019-2022».")
    )
    ordering = Ordering("id")

    def in_plan(self, rows: QuerySet[Any], _name: str, value: Plan) -> QuerySet[Any]:
        return rows.filter(**{self.of_plan: value})

    def in_term(self, rows: QuerySet[Any], _name: str, value: Term) -> QuerySet[Any]:
        years = {f"{self.of_plan}__{name}": year for name, year in value._asdict().items()}
        return rows.filter(**years)


def search_filter(**kwargs: Any) -> Any:
    """The portal's search, of as many characters as on its own page."""
    return django_filters.CharFilter(
        max_length=MOST_CHARACTERS,
        help_text=gettext_lazy("Como en la búsqueda del portal: palabras, «entre comillas», -sin."),
        **kwargs,
    )


@extend_schema_field({"type": "integer", "minimum": 1, "maximum": LARGEST_ID})
class IdFilter(django_filters.NumberFilter):  # type: ignore[misc]
    """A whole number that a column of ids can hold."""

    field_class = forms.IntegerField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, min_value=1, max_value=LARGEST_ID, **kwargs)


@extend_schema_field(OpenApiTypes.BOOL)
class YesOrNo(django_filters.TypedChoiceFilter):  # type: ignore[misc]
    """``true`` or ``false``, and nothing that could be taken for either."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        choices = [("true", gettext_lazy("sí")), ("false", gettext_lazy("no"))]
        super().__init__(*args, choices=choices, coerce=lambda value: value == "true", **kwargs)


def in_force_filter(field_name: str) -> YesOrNo:
    """What is of the plan in force of its municipality and term, or of another list's."""
    words = gettext_lazy("Si es del plan que rige; con «false», de lo que ofrecieron otras listas.")
    return YesOrNo(field_name=field_name, help_text=words)


class DimensionFilter(django_filters.ChoiceFilter):  # type: ignore[misc]
    """One of the four dimensions, or those in their plans' own words, whichever they be."""

    def __init__(self, field_name: str = "dimension") -> None:
        super().__init__(field_name=field_name, choices=DIMENSIONS_SOUGHT)

    def filter(self, rows: Any, value: str) -> Any:
        return rows.filter(in_dimension(value, self.field_name)) if value else rows


def unit_filter(**kwargs: Any) -> Any:
    return django_filters.ModelChoiceFilter(
        queryset=Unit.objects.all(),
        error_messages=UNKNOWN_UNIT,
        help_text=gettext_lazy("El «id» de la oficina."),
        **kwargs,
    )


@extend_schema_field({"type": "string", "example": "2021-07-20T17:00:00Z"})
class SinceFilter(django_filters.CharFilter):  # type: ignore[misc]
    """What changed on a day or at an instant, or later, by the COLUMN that says it."""

    field_class = ValueField

    def __init__(self, column: str) -> None:
        words = gettext_lazy("Lo que cambió desde ese día o instante: «2021-07-20».")
        super().__init__(column, lookup_expr="gte", read=_instant, help_text=words)


def _instant(text: str) -> dt.datetime:
    """In UTC, because PostgreSQL knows fewer time zones than people write."""
    try:
        written = dt.datetime.fromisoformat(text)
        aware = written if written.tzinfo else timezone.make_aware(written)
        return aware.astimezone(dt.UTC)
    except (ValueError, OverflowError) as error:
        words = _("Un día o un instante: «2021-07-20» o «2021-07-20T17:00:00Z».")
        raise ValueError(words) from error
