"""What was published of each promise: reports, their supports, spending, and how it is measured."""

from decimal import Decimal
from typing import Any, Final

import django_filters
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from plans.choices import Bound, Dimension, Direction, Level, MeasureKind, Nature
from plans.models import MeasuringTerms, PlanElement
from tracking.api import fields
from tracking.api.paging import Cursors
from tracking.api.parameters import (
    IdFilter,
    OfPlan,
    Ordering,
    SemesterFilter,
    SinceFilter,
    YesOrNo,
    dimension_filter,
    search_filter,
    unit_filter,
)
from tracking.api.reading.published import Published
from tracking.choices import Signal, Stage, Step
from tracking.models import Expenditure, ProgressReport, Support
from tracking.reading.addresses import absolute
from tracking.reading.published import expenditures, reports, supports, terms
from tracking.reading.spending import financial_progress


class OfElement(OfPlan):
    """Filters by the promise that a row is about."""

    element = IdFilter(help_text=_("El «id» de la promesa."))
    level = django_filters.ChoiceFilter(choices=Level.choices, method="of_what")
    dimension = dimension_filter(method="of_what")
    current = YesOrNo(help_text=_("Solo lo que nada posterior reemplaza."))
    ordering = Ordering("id")

    def of_what(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(**{f"element__{name}": value})


class ReportFilters(OfElement):
    semester = SemesterFilter(help_text=_("«2021-II»."))
    state = django_filters.ChoiceFilter(field_name="stage", choices=Stage.choices)
    signal = django_filters.ChoiceFilter(choices=Signal.choices)
    unit = unit_filter()
    q = search_filter(method="asked_for")
    updated_since = SinceFilter("published_at")

    def asked_for(self, rows: Any, _name: str, value: str) -> Any:
        return rows.filter(element__in=PlanElement.objects.asked_for(value).values("pk"))


class AboutElement(serializers.Serializer[Any]):
    """What every row says of the promise that it is about."""

    municipality = serializers.SlugField(source="element.plan.municipality.slug", read_only=True)
    plan = serializers.IntegerField(source="element.plan_id", read_only=True)
    term = serializers.CharField(source="element.plan.term", read_only=True)
    page = fields.Address(source="element.get_absolute_url")
    ref = serializers.CharField(source="element.ref", read_only=True)
    level = fields.Word(Level.choices, source="element.level")
    dimension = fields.Word(Dimension.choices, source="element.dimension")


ABOUT: Final = ("page", "municipality", "plan", "term", "element", "ref", "level", "dimension")


class ReportRow(AboutElement, serializers.ModelSerializer[ProgressReport]):
    url = fields.OwnAddress("reports")
    semester = fields.SemesterText(read_only=True)
    current = serializers.BooleanField(read_only=True)
    state = fields.Word(Stage.choices, source="stage")
    step = serializers.ChoiceField(choices=Step.choices, read_only=True, allow_null=True)
    value = fields.Figure(18, 4, read_only=True, allow_null=True)
    unit_of_measure = fields.Known(source="terms.unit_of_measure", default=None)
    parts_done = serializers.ListField(child=serializers.CharField(), read_only=True)
    progress = fields.Figure(40, 6, read_only=True, allow_null=True)
    planned = fields.Figure(40, 6, read_only=True, allow_null=True)
    signal = fields.Word(Signal.choices)
    kind = fields.Word(MeasureKind.choices)
    sent_on = serializers.DateField(read_only=True)
    published_at = fields.Instant(read_only=True)
    declared_by = fields.DeclaredBy()

    class Meta:
        model = ProgressReport
        fields = (
            *("id", "url", *ABOUT, "semester", "revision", "current", "unit"),
            *("state", "step", "value", "unit_of_measure", "parts_done", "done", "required"),
            *("progress", "planned", "signal", "terms", "kind", "narrative", "difficulties"),
            *("next_steps", "as_of", "halted_since", "halted_cause", "correction_reason"),
            *("second_review", "sent_on", "published_at", "declared_by", "simulated"),
        )


class Reports(Published):
    told = _("Los informes publicados, en todas sus revisiones.")
    rows = reports.rows
    serializer_class = ReportRow
    filterset_class = ReportFilters
    pagination_class = Cursors


class SupportFilters(OfPlan):
    place = "report__municipality"
    of_plan = "report__plan"

    report = IdFilter(help_text=_("El «id» del informe."))
    semester = SemesterFilter(field_name="report__semester", help_text=_("«2021-II»."))
    ordering = Ordering("id")


class SupportRow(serializers.ModelSerializer[Support]):
    """Of what was withheld, neither its words nor where it is."""

    url = fields.OwnAddress("supports")
    page = fields.Address(source="report.element.get_absolute_url")
    municipality = serializers.SlugField(
        source="report.element.plan.municipality.slug", read_only=True
    )
    plan = serializers.IntegerField(source="report.plan_id", read_only=True)
    element = serializers.IntegerField(source="report.element_id", read_only=True)
    ref = serializers.CharField(source="report.element.ref", read_only=True)
    semester = fields.SemesterText(source="report.semester", read_only=True)
    title = fields.Known()
    place = fields.Known()
    link = fields.Known(source="url")
    file = serializers.SerializerMethodField()
    file_name = fields.Known()
    media_type = fields.Known()
    size = serializers.IntegerField(read_only=True, allow_null=True)
    taken_on = serializers.DateField(read_only=True, allow_null=True)
    withheld_at = fields.Instant(read_only=True, allow_null=True)
    withheld_reason = fields.Known()
    simulated = serializers.BooleanField(source="report.simulated", read_only=True)

    class Meta:
        model = Support
        fields = (
            *("id", "url", "page", "municipality", "plan", "element", "ref", "semester"),
            *("report", "title", "taken_on", "place", "link", "file", "file_name"),
            *("media_type", "size", "sha256", "withheld_at", "withheld_reason", "simulated"),
        )

    def to_representation(self, instance: Support) -> dict[str, Any]:
        told: dict[str, Any] = super().to_representation(instance)
        if told["withheld_at"]:
            told |= dict.fromkeys(SECRETS)
        told["size"] = told["size"] or None
        return told

    @extend_schema_field(OpenApiTypes.URI)
    def get_file(self, row: Support) -> str | None:
        if row.is_link:
            return None
        element = row.report.element
        args = [*element.plan.url_args, element.ref, row.pk]
        return absolute(reverse("tracking:support", args=args))


SECRETS: Final = (
    *("title", "taken_on", "place", "link", "file", "file_name", "media_type", "size"),
)
"""What is not told of a support that was withheld: it may hold the personal data."""


class Supports(Published):
    told = _("Los sustentos de los informes publicados.")
    rows = supports.rows
    serializer_class = SupportRow
    filterset_class = SupportFilters
    pagination_class = Cursors


class ExpenditureFilters(OfElement):
    year = IdFilter(help_text=_("El año fiscal."))
    updated_since = SinceFilter("created_at")


class FinancialProgress(fields.Figure):
    def get_attribute(self, instance: Expenditure) -> Decimal | None:
        return financial_progress(instance)


class ExpenditureRow(AboutElement, serializers.ModelSerializer[Expenditure]):
    url = fields.OwnAddress("expenditures")
    current = serializers.BooleanField(read_only=True)
    pia = fields.Figure(14, 2, read_only=True)
    pim = fields.Figure(14, 2, read_only=True)
    accrued = fields.Figure(14, 2, read_only=True)
    financial_progress = FinancialProgress(40, 6, read_only=True, allow_null=True)
    published_at = fields.Instant(source="created_at", read_only=True)
    declared_by = fields.DeclaredBy()

    class Meta:
        model = Expenditure
        fields = (
            *("id", "url", *ABOUT, "year", "revision", "current"),
            *("pia", "pim", "accrued", "financial_progress", "as_of", "source", "reason"),
            *("published_at", "declared_by", "simulated"),
        )


class Expenditures(Published):
    told = _("Lo gastado en cada actividad por año fiscal, en soles, en todas sus revisiones.")
    rows = expenditures.rows
    serializer_class = ExpenditureRow
    filterset_class = ExpenditureFilters
    pagination_class = Cursors


class TermsFilters(OfElement):
    place = "element__plan__municipality"
    of_plan = "element__plan"

    kind = django_filters.ChoiceFilter(choices=MeasureKind.choices)
    updated_since = SinceFilter("created_at")


class TermsRow(AboutElement, serializers.ModelSerializer[MeasuringTerms]):
    url = fields.OwnAddress("terms")
    current = serializers.BooleanField(read_only=True)
    kind = fields.Word(MeasureKind.choices)
    unit_of_measure = fields.Known()
    baseline = fields.Figure(18, 4, read_only=True, allow_null=True)
    goal = fields.Figure(18, 4, read_only=True, allow_null=True)
    direction = fields.Word(Direction.choices)
    bound = fields.Word(Bound.choices)
    tolerance = fields.Figure(18, 4, read_only=True, allow_null=True)
    nature = fields.Word(Nature.choices)
    milestones = serializers.DictField(child=serializers.CharField(), read_only=True)
    schedule = serializers.DictField(child=serializers.CharField(), read_only=True)
    parts = serializers.ListField(child=serializers.CharField(), read_only=True)
    published_at = fields.Instant(source="created_at", read_only=True)
    simulated = serializers.BooleanField(read_only=True)

    class Meta:
        model = MeasuringTerms
        fields = (
            *("id", "url", *ABOUT, "version", "current", "in_force_from", "reason"),
            *("kind", "unit_of_measure", "baseline", "baseline_source", "goal", "direction"),
            *("bound", "tolerance", "nature", "milestones", "schedule", "parts"),
            *("verification_source", "published_at"),
            "simulated",
        )


class Terms(Published):
    told = _("Cómo se mide cada promesa, en todas sus versiones.")
    rows = terms.rows
    serializer_class = TermsRow
    filterset_class = TermsFilters
    pagination_class = Cursors
