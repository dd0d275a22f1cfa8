"""How a plan, its dimensions and its offices stood in each semester: counts of promises."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from plans.choices import Level
from tracking.api import fields
from tracking.api.parameters import (
    DimensionFilter,
    OfPlan,
    SemesterFilter,
    unit_filter,
)
from tracking.api.reading.published import AboutPlan, Published, PublishedRow
from tracking.models import Standing
from tracking.reading.published import standings

SCOPES = (("plan", _("Todo el plan")), ("dimension", _("Dimensión")), ("unit", _("Oficina")))


class StandingFilters(OfPlan):
    semester = SemesterFilter()
    level = django_filters.ChoiceFilter(choices=Level.choices)
    dimension = DimensionFilter()
    unit = unit_filter()
    scope = django_filters.ChoiceFilter(
        choices=SCOPES, method="of_scope", help_text=_("De qué es la cuenta.")
    )

    def of_scope(self, rows: Any, _name: str, value: str) -> Any:
        return {
            "plan": rows.filter(dimension="", unit=None),
            "dimension": rows.exclude(dimension=""),
            "unit": rows.exclude(unit=None),
        }[value]


class MeanRow(serializers.Serializer[Any]):
    """Of promises of one kind: how many there are, how many have a figure, and their mean."""

    of = serializers.IntegerField(read_only=True)
    measured = serializers.IntegerField(read_only=True)
    mean = serializers.CharField(read_only=True, allow_null=True)


class StandingRow(AboutPlan, PublishedRow[Standing]):
    """``states`` and ``signals`` leave out what there is none of."""

    table = standings.TABLE
    page = fields.Address(source="plan.get_absolute_url")
    states = serializers.SerializerMethodField()
    signals = serializers.SerializerMethodField()
    means = serializers.DictField(child=MeanRow(), read_only=True)
    declared_by = fields.DeclaredBy()

    class Meta:
        model = Standing
        fields = (
            *("id", "url", "page", "municipality", "plan", "term", "semester", "level"),
            *("dimension", "unit", "asked", "reported", "states", "signals", "punctual"),
            *("supported", "corrected", "halted", "unverifiable", "means", "declared_by"),
            "simulated",
        )

    def get_states(self, row: Standing) -> dict[str, int]:
        return _above_none(row.stages)

    def get_signals(self, row: Standing) -> dict[str, int]:
        return _above_none(row.signals)


def _above_none(counts: dict[str, int]) -> dict[str, int]:
    return {word: count for word, count in counts.items() if count}


class Standings(Published):
    summary = _("Cuántas promesas se pidieron, se informaron y en qué estado están, por semestre.")
    serializer_class = StandingRow
    filterset_class = StandingFilters
