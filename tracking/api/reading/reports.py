"""What was published of each promise: reports, their supports, spending, and how it is measured."""

from decimal import Decimal
from typing import Any, Final

import django_filters
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from plans.choices import Level, MeasureKind
from plans.models import MeasuringTerms, PlanElement
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
from tracking.api.reading.published import Published, PublishedRow
from tracking.choices import Signal, Stage, Step
from tracking.models import Expenditure, ProgressReport, Support
from tracking.reading.addresses import absolute
from tracking.reading.published import expenditures, reports, supports, terms
from tracking.reading.spending import financial_progress


class OfElement(OfPlan):
    """Filters by the promise that a row is about."""

    element = IdFilter(help_text=_("El «id» de la promesa."))
    level = django_filters.ChoiceFilter(choices=Level.choices, method="of_what")
    dimension = DimensionFilter("element__dimension")
    current = YesOrNo(help_text=_("Solo lo que nada posterior reemplaza."))

    def of_what(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(**{f"element__{name}": value})


class ReportFilters(OfElement):
    semester = SemesterFilter()
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
    dimension = fields.Known(source="element.dimension")


ABOUT: Final = ("page", "municipality", "plan", "term", "element", "ref", "level", "dimension")


class ReportRow(AboutElement, PublishedRow[ProgressReport]):
    table = reports.TABLE
    step = serializers.ChoiceField(choices=Step.choices, read_only=True, allow_null=True)
    unit_of_measure = fields.Known(source="terms.unit_of_measure", default=None)
    parts_done = serializers.ListField(child=serializers.CharField(), read_only=True)
    locations = fields.Location(many=True, read_only=True)
    progress = fields.Figure(40, 6, read_only=True, allow_null=True)
    planned = fields.Figure(40, 6, read_only=True, allow_null=True)
    declared_by = fields.DeclaredBy()

    class Meta:
        model = ProgressReport
        fields = (
            *("id", "url", *ABOUT, "semester", "revision", "current", "unit"),
            *("state", "step", "value", "unit_of_measure", "parts_done", "done", "required"),
            *("progress", "planned", "signal", "terms", "kind", "narrative", "difficulties"),
            *(
                "next_steps",
                "locations",
                "as_of",
                "halted_since",
                "halted_cause",
                "correction_reason",
            ),
            *("second_review", "sent_on", "published_at", "declared_by", "simulated"),
        )


class Reports(Published):
    serializer_class = ReportRow
    filterset_class = ReportFilters


class SupportFilters(OfPlan):
    place = "report__municipality"
    of_plan = "report__plan"

    report = IdFilter(help_text=_("El «id» del informe."))
    semester = SemesterFilter(field_name="report__semester")


class SupportRow(PublishedRow[Support]):
    """Of what was withheld, neither its words nor where it is."""

    table = supports.TABLE
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
        row: dict[str, Any] = super().to_representation(instance)
        if row["withheld_at"]:
            row |= dict.fromkeys(column.name for column in supports.SECRETS)
        row["size"] = row["size"] or None
        return row

    @extend_schema_field(OpenApiTypes.URI)
    def get_file(self, row: Support) -> str | None:
        if row.is_link:
            return None
        element = row.report.element
        args = [*element.plan.url_args, element.ref, row.pk]
        return absolute(reverse("tracking:support", args=args))


class Supports(Published):
    summary = _("Los sustentos de los informes publicados.")
    serializer_class = SupportRow
    filterset_class = SupportFilters


class ExpenditureFilters(OfElement):
    year = IdFilter(help_text=_("El año fiscal."))
    updated_since = SinceFilter("created_at")


class FinancialProgress(fields.Figure):
    def get_attribute(self, instance: Expenditure) -> Decimal | None:
        return financial_progress(instance)


class ExpenditureRow(AboutElement, PublishedRow[Expenditure]):
    table = expenditures.TABLE
    pia = fields.Figure(14, 2, read_only=True)
    pim = fields.Figure(14, 2, read_only=True)
    accrued = fields.Figure(14, 2, read_only=True)
    financial_progress = FinancialProgress(40, 6, read_only=True, allow_null=True)
    declared_by = fields.DeclaredBy()

    class Meta:
        model = Expenditure
        fields = (
            *("id", "url", *ABOUT, "year", "revision", "current"),
            *("pia", "pim", "accrued", "financial_progress", "as_of", "source", "reason"),
            *("published_at", "declared_by", "simulated"),
        )


class Expenditures(Published):
    summary = _("Lo gastado en cada actividad por año fiscal, en soles, en todas sus revisiones.")
    serializer_class = ExpenditureRow
    filterset_class = ExpenditureFilters


class TermsFilters(OfElement):
    place = "element__plan__municipality"
    of_plan = "element__plan"

    in_force = in_force_filter("element__plan__in_force")
    kind = django_filters.ChoiceFilter(choices=MeasureKind.choices)
    updated_since = SinceFilter("created_at")


class TermsRow(AboutElement, PublishedRow[MeasuringTerms]):
    table = terms.TABLE
    list = serializers.CharField(source="element.plan.path.list_slug", read_only=True)
    milestones = serializers.DictField(child=serializers.CharField(), read_only=True)
    schedule = serializers.DictField(child=serializers.CharField(), read_only=True)
    parts = serializers.ListField(child=serializers.CharField(), read_only=True)
    locations = fields.Location(many=True, read_only=True)

    class Meta:
        model = MeasuringTerms
        fields = (
            *("id", "url", *ABOUT, "list", "version", "current", "in_force_from", "reason"),
            *("kind", "unit_of_measure", "baseline", "baseline_source", "goal", "direction"),
            *("bound", "tolerance", "nature", "milestones", "schedule", "parts"),
            *("verification_source", "locations", "published_at"),
            "simulated",
        )


class Terms(Published):
    serializer_class = TermsRow
    filterset_class = TermsFilters
