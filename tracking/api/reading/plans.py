"""The plans; and a plan's whole tree, with all that was published of it, in one answer."""

from collections import defaultdict
from typing import Any

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from drf_spectacular.helpers import lazy_serializer
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from plans.choices import Standing
from plans.models import Plan
from tracking.api import fields
from tracking.api.paging import Pages
from tracking.api.parameters import (
    OfMunicipality,
    Ordering,
    SinceFilter,
    TermFilter,
    YesOrNo,
    in_force_filter,
)
from tracking.api.reading.promises import ElementRow
from tracking.api.reading.published import Published, PublishedRow
from tracking.api.reading.reports import ReportRow
from tracking.reading.published import elements, plans, reports


class PlanFilters(OfMunicipality):
    term = TermFilter(method="in_term", help_text=_("El periodo municipal: «2019-2022»."))
    in_force = in_force_filter("in_force")
    standing = django_filters.ChoiceFilter(choices=Standing.choices)
    simulated = YesOrNo()
    updated_since = SinceFilter("published_at")
    ordering = Ordering("id", "published_at")

    def in_term(self, rows: Any, _name: str, value: Any) -> Any:
        return rows.of_term(value)


class PlanRow(PublishedRow[Plan]):
    table = plans.TABLE
    page = fields.Address(source="get_absolute_url")
    municipality = serializers.SlugField(source="municipality.slug", read_only=True)
    term = serializers.CharField(read_only=True)
    list = serializers.CharField(source="path.list_slug", read_only=True)
    labels = serializers.DictField(child=serializers.CharField(), read_only=True)
    document = fields.Address(source="document.get_absolute_url")
    document_title = serializers.CharField(source="document.title", read_only=True)
    document_sha256 = serializers.CharField(source="document.sha256", read_only=True)

    class Meta:
        model = Plan
        fields: tuple[str, ...] = (
            *("id", "url", "page", "municipality", "term", "list", "organization"),
            *("standing", "standing_source", "vision", "note", "labels", "simulated", "version"),
            *("document", "document_title", "document_sha256", "published_at"),
        )


class Branch(ElementRow):
    """An element with its reports, one for each semester, and what hangs from it."""

    reports = ReportRow(many=True, read_only=True)
    children = serializers.SerializerMethodField()

    class Meta(ElementRow.Meta):
        fields = (*ElementRow.Meta.fields, "reports", "children")

    @extend_schema_field(lazy_serializer("tracking.api.reading.plans.Branch")(many=True))
    def get_children(self, row: Any) -> Any:
        """Only described here: `tree_of` puts it together."""


class PlanTree(PlanRow):
    elements = Branch(many=True, read_only=True)

    class Meta(PlanRow.Meta):
        fields = (*PlanRow.Meta.fields, "elements")


def tree_of(plan: Plan) -> dict[str, Any]:
    """PLAN as it stands today with the newest revision of each report. Two queries."""
    rows = list(elements.rows_today().filter(plan=plan).current().in_document_order())
    by_id = {row.pk: row for row in rows}
    published = reports.rows().filter(Q(current=True), plan=plan, element__in=by_id)
    # Their elements are at hand: joined to each report, they would take a third of the time.
    newest = list(published.order_by("semester").select_related(None).select_related("terms"))
    for report in newest:
        report.element = by_id[report.element_id]
    of_element: dict[int, list[Any]] = defaultdict(list)
    for row in ReportRow(newest, many=True).data:
        of_element[row["element"]].append(row)
    branches: dict[int | None, list[Any]] = defaultdict(list)
    for row in ElementRow(rows, many=True).data:
        below = branches[row["id"]]
        branches[row["parent"]].append({**row, "reports": of_element[row["id"]], "children": below})
    return {**PlanRow(plan).data, "elements": branches[None]}


class Plans(Published):
    summary = _("Los planes de gobierno publicados.")
    serializer_class = PlanRow
    filterset_class = PlanFilters

    @extend_schema(responses=PlanTree)
    @action(detail=True)
    def tree(self, request: Request, pk: str) -> Response:
        """The whole plan, as it stands today, with every published report of it."""
        return Response(tree_of(self.get_object()))

    pagination_class = Pages
