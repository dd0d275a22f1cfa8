"""The municipalities, their offices, and the days on which they report a semester."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.models import Municipality, Unit
from tracking.api import fields
from tracking.api.paging import Pages
from tracking.api.parameters import (
    OfMunicipality,
    Ordering,
    SemesterFilter,
    YesOrNo,
)
from tracking.api.reading.published import Published, PublishedRow
from tracking.models import SemesterWindow
from tracking.reading.page_rows import PageRows
from tracking.reading.published import municipalities, semesters, units


class MunicipalityFilters(django_filters.FilterSet):  # type: ignore[misc]
    region = django_filters.CharFilter(max_length=100, help_text=_("El nombre de la región."))
    kind = django_filters.ChoiceFilter(choices=Municipality._meta.get_field("kind").choices)
    ubigeo = django_filters.CharFilter(
        field_name="inei", max_length=6, help_text=_("El ubigeo INEI: «210101».")
    )
    has_plan = YesOrNo(help_text=municipalities.HAS_PLAN.words)
    q = django_filters.CharFilter(
        method="named", max_length=100, help_text=_("Como en la búsqueda de municipios.")
    )
    ordering = Ordering("id", "name", "inei")

    def named(self, rows: Any, _name: str, value: str) -> Any:
        return rows.named(value)


class MunicipalityRow(PublishedRow[Municipality]):
    table = municipalities.TABLE
    page = fields.Address(source="get_absolute_url")

    class Meta:
        model = Municipality
        fields = (
            *("id", "url", "page", "slug", "kind", "name", "full_name", "capital"),
            *("province", "region", "inei", "reniec", "latitude", "longitude"),
            "has_plan",
        )


class Municipalities(Published):
    summary = _("Las municipalidades del Perú.")
    serializer_class = MunicipalityRow
    filterset_class = MunicipalityFilters
    pagination_class = Pages


class UnitRow(PublishedRow[Unit]):
    table = units.TABLE
    page = fields.Address(source="get_absolute_url")
    municipality = serializers.SlugField(source="municipality.slug", read_only=True)

    class Meta:
        model = Unit
        fields = ("id", "url", "page", "municipality", "name", "acronym", "closed_on", "simulated")


class UnitPages(Pages):
    django_paginator_class = PageRows


class Units(Published):
    summary = _("Las unidades orgánicas: las oficinas que responden por cada promesa.")
    serializer_class = UnitRow
    filterset_class = OfMunicipality
    pagination_class = UnitPages


class SemesterFilters(OfMunicipality):
    semester = SemesterFilter()


class SemesterRow(PublishedRow[SemesterWindow]):
    table = semesters.TABLE
    municipality = serializers.SlugField(source="municipality.slug", read_only=True)

    class Meta:
        model = SemesterWindow
        fields = (
            *("id", "url", "municipality", "semester", "opens_on", "due_on", "closes_on"),
            *("closed_at", "simulated"),
        )


class Semesters(Published):
    summary = _("Los plazos con que cada municipalidad informa de un semestre, y su cierre.")
    serializer_class = SemesterRow
    filterset_class = SemesterFilters
    pagination_class = Pages
