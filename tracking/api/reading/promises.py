"""Everything in a plan that can be pointed at, and how it stands."""

from typing import Any, ClassVar

import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from plans.choices import Level
from plans.models import PlanElement
from plans.querysets import PlanElementQuerySet
from tracking.api import fields
from tracking.api.parameters import (
    DimensionFilter,
    IdFilter,
    OfPlan,
    SemesterFilter,
    SinceFilter,
    YesOrNo,
    in_force_filter,
    search_filter,
    unit_filter,
)
from tracking.api.reading.published import AboutPlan, Published, PublishedRow
from tracking.choices import Signal
from tracking.reading.declared import declared_by
from tracking.reading.found import SEARCHED, standing_as, with_newest
from tracking.reading.published import elements
from tracking.reading.states import STATES


class ElementFilters(OfPlan):
    in_force = in_force_filter("plan__in_force")
    level = django_filters.ChoiceFilter(choices=Level.choices)
    dimension = DimensionFilter()
    ref = django_filters.CharFilter(
        max_length=30, help_text=_("El código de Vigía: «S.2.1»."), lookup_expr="iexact"
    )
    parent = IdFilter(help_text=_("El «id» de lo que lo contiene."))
    unit = unit_filter(field_name="units")
    withdrawn = YesOrNo(
        method="as_stated",
        help_text=_("Lo que el plan ya no dice; sin este filtro, lo que dice hoy."),
    )
    semester = SemesterFilter(
        method="as_stated",
        help_text=_("Lo que se informó en ese semestre; «state» y «signal» son los de entonces."),
    )
    state = django_filters.ChoiceFilter(
        choices=[(state, STATES[state]) for state in SEARCHED], method="as_stated"
    )
    signal = django_filters.ChoiceFilter(choices=Signal.choices, method="as_stated")
    q = search_filter(method="as_stated")
    updated_since = SinceFilter("updated_at")

    def as_stated(self, rows: Any, _name: str, _value: Any) -> Any:
        """Applies no filter alone: `filter_queryset` applies them together."""
        return rows

    def filter_queryset(self, queryset: Any) -> Any:
        chosen = self.form.cleaned_data
        semester, state, signal = (chosen[name] for name in ("semester", "state", "signal"))
        rows = super().filter_queryset(with_newest(queryset, semester))
        rows = rows.exclude(until_version=None) if chosen["withdrawn"] else rows.current()
        if chosen["q"]:
            rows = rows.filter(pk__in=PlanElement.objects.asked_for(chosen["q"]).values("pk"))
        return standing_as(rows, state or "", signal or "", semester, at=timezone.localdate())


class ElementRow(AboutPlan, PublishedRow[PlanElement]):
    """With what `elements` and `with_newest` add."""

    table = elements.TABLE
    list = serializers.CharField(source="plan.path.list_slug", read_only=True)
    page = fields.Address(source="get_absolute_url")
    level_label = serializers.CharField(read_only=True)
    dimension_name = fields.Known(source="get_dimension_display")
    withdrawn = serializers.BooleanField(source="is_withdrawn", read_only=True)
    units = serializers.ListField(
        source="unit_ids", child=serializers.IntegerField(), read_only=True
    )
    also_under = serializers.ListField(
        source="further_ids", child=serializers.IntegerField(), read_only=True
    )
    semester = fields.SemesterText(read_only=True, allow_null=True)
    declared_by = serializers.SerializerMethodField()
    simulated = serializers.BooleanField(source="plan.simulated", read_only=True)
    updated_at = fields.Instant(read_only=True)

    class Meta:
        model = PlanElement
        fields: tuple[str, ...] = (
            *("id", "url", "page", "municipality", "plan", "term", "list", "ref"),
            "printed_code",
            *(
                "level",
                "level_label",
                "dimension",
                "dimension_name",
                "printed",
                "parent",
                "also_under",
            ),
            *("problem", "objective"),
            *("statement", "indicator", "note", "field", "activity_kind", "cui", "classes"),
            "position",
            *(
                "added_on",
                "added_by",
                "since_version",
                "until_version",
                "withdrawn",
                "reportable",
                "units",
            ),
            *("kind", "unit_of_measure", "baseline", "goal", "direction", "bound", "tolerance"),
            "nature",
            *("semester", "state", "signal", "as_of", "declared_by", "simulated", "updated_at"),
        )

    def get_declared_by(self, row: Any) -> str | None:
        return declared_by(simulated=row.plan.simulated) if row.stage else None


class Elements(Published):
    """Those of one LEVEL, or all."""

    summary = _("Todo lo que el plan declara, de cualquier nivel.")
    level: ClassVar[Level | None] = None
    serializer_class = ElementRow
    filterset_class = ElementFilters

    def get_queryset(self) -> PlanElementQuerySet:
        rows = elements.rows_today() if self.detail else elements.rows()
        return rows.filter(level=self.level) if self.level else rows


class Dimensions(Elements):
    summary = _("Las dimensiones de los planes.")
    level = Level.DIMENSION


class Problems(Elements):
    summary = _("Los problemas que los planes identifican.")
    level = Level.PROBLEM


class Objectives(Elements):
    summary = _("Los objetivos estratégicos.")
    level = Level.OBJECTIVE


class Activities(Elements):
    summary = _("Los programas, proyectos, actividades y acciones.")
    level = Level.ACTIVITY


class Targets(Elements):
    summary = _("Las metas de los planes.")
    level = Level.TARGET


class Guidelines(Elements):
    summary = _("Los lineamientos: lo que está fuera de las cuatro dimensiones.")
    level = Level.GUIDELINE
