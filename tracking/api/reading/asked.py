"""What was asked in each semester that was closed: counts of what was due begin here."""

import django_filters
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from plans.choices import Level, MeasureKind
from tracking.api import fields
from tracking.api.parameters import DimensionFilter, IdFilter, OfPlan, SemesterFilter
from tracking.api.reading.published import Published, PublishedRow
from tracking.api.reading.reports import ABOUT, AboutElement
from tracking.models import ClosingLine
from tracking.reading.published import asked


class AskedFilters(OfPlan):
    place = "element__plan__municipality"
    of_plan = "element__plan"

    element = IdFilter(help_text=_("El «id» de la promesa."))
    level = django_filters.ChoiceFilter(field_name="element__level", choices=Level.choices)
    dimension = DimensionFilter("element__dimension")
    semester = SemesterFilter(field_name="window__semester")
    kind = django_filters.ChoiceFilter(choices=MeasureKind.choices)


class AskedRow(AboutElement, PublishedRow[ClosingLine]):
    """``report`` is the one that the closing found; null where it found a silence."""

    table = asked.TABLE
    semester = fields.SemesterText(source="window.semester", read_only=True)
    units = serializers.ListField(child=serializers.IntegerField(), read_only=True)
    simulated = serializers.BooleanField(source="element.plan.simulated", read_only=True)

    class Meta:
        model = ClosingLine
        fields = (
            *("id", "url", *ABOUT, "semester", "kind", "units", "report", "signal", "simulated"),
        )


class AskedLines(Published):
    serializer_class = AskedRow
    filterset_class = AskedFilters
