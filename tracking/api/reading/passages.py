"""The whole text of the plans' documents, passage by passage."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from plans.models import Passage
from plans.querysets import PassageQuerySet
from tracking.api import fields
from tracking.api.parameters import OfPlan, in_force_filter, search_filter
from tracking.api.reading.published import Published
from tracking.reading.addresses import absolute
from tracking.reading.passages import told_apart
from tracking.reading.published import passages


class PassageFilters(OfPlan):
    place = "document__plan__municipality"
    of_plan = "document__plan"

    in_force = in_force_filter("document__plan__in_force")
    q = search_filter(method="holding")

    def holding(self, rows: Any, _name: str, value: str) -> Any:
        return rows.filter(pk__in=Passage.objects.matching(value).values("pk"))


class PassageRow(serializers.ModelSerializer[Passage]):
    """A passage is what is read in one go: ``line`` is the first that it stands on."""

    url = fields.OwnAddress("passages")
    page = serializers.SerializerMethodField()
    municipality = serializers.SlugField(source="document.plan.municipality.slug", read_only=True)
    plan = serializers.IntegerField(source="document.plan_id", read_only=True)
    term = serializers.CharField(source="document.plan.term", read_only=True)
    list = serializers.CharField(source="document.plan.path.list_slug", read_only=True)
    line = serializers.IntegerField(source="first_line", read_only=True)
    text = serializers.SerializerMethodField()
    document_sha256 = serializers.CharField(source="document.sha256", read_only=True)

    class Meta:
        model = Passage
        fields = (
            *("id", "url", "page", "municipality", "plan", "term", "list", "line"),
            *("text", "document_sha256"),
        )

    def get_page(self, passage: Passage) -> str:
        return absolute(f"{passage.document.get_absolute_url()}#L{passage.first_line}")

    def get_text(self, passage: Passage) -> str:
        return told_apart(passage.text)


class Passages(Published):
    summary = _(
        "El texto completo de los documentos de los planes, por pasajes, también lo que ninguna "
        "promesa recoge. Otro documento del mismo plan tiene otros «id»."
    )
    serializer_class = PassageRow
    filterset_class = PassageFilters

    def get_queryset(self) -> PassageQuerySet:
        return passages.rows()
