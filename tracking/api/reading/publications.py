"""The accountability reports that were issued, and the ledger of all that was published."""

from typing import Any

import django_filters
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from tracking.api import fields
from tracking.api.paging import Pages
from tracking.api.parameters import (
    OfMunicipality,
    OfPlan,
    Ordering,
    SemesterFilter,
    SinceFilter,
    YesOrNo,
)
from tracking.api.reading.published import AboutPlan, Published, PublishedRow
from tracking.choices import LedgerAct
from tracking.models import AccountabilityReport, LedgerEntry
from tracking.reading.addresses import absolute
from tracking.reading.editions import Download, downloads_of
from tracking.reading.published import accountability_reports, ledger


class EditionFilters(OfPlan):
    semester = SemesterFilter()
    current = YesOrNo(help_text=_("Solo la edición vigente de cada informe."))
    updated_since = SinceFilter("issued_at")
    ordering = Ordering("id", "issued_at")


class FileRow(serializers.Serializer[Download]):
    """A file of an edition; without a size it is still being made."""

    kind = serializers.CharField(source="extension", read_only=True)
    url = fields.Address(source="address")
    size = serializers.IntegerField(read_only=True, allow_null=True)


class SignedRow(serializers.Serializer[dict[str, Any]]):
    """The PDF of an edition that people signed; one that was withheld has no address."""

    number = serializers.IntegerField(read_only=True)
    url = serializers.URLField(read_only=True, allow_null=True)
    sha256 = serializers.CharField(read_only=True)
    size = serializers.IntegerField(read_only=True)
    added_at = serializers.DateTimeField(read_only=True)
    withheld_at = serializers.DateTimeField(read_only=True, allow_null=True)
    withheld_reason = serializers.CharField(read_only=True, allow_null=True)


class EditionRow(AboutPlan, PublishedRow[AccountabilityReport]):
    table = accountability_reports.TABLE
    page = fields.Address(source="get_absolute_url")
    code = serializers.CharField(source="printed_code", read_only=True)
    files = FileRow(source="downloads", many=True, read_only=True)
    signed = SignedRow(many=True, read_only=True)

    class Meta:
        model = AccountabilityReport
        fields = (
            *("id", "url", "page", "municipality", "plan", "term", "semester", "edition"),
            *("current", "code", "sha256", "issued_at", "files", "signed", "simulated"),
        )


class AccountabilityReports(Published):
    summary = _("Las rendiciones de cuentas emitidas, en todas sus ediciones, con sus archivos.")
    serializer_class = EditionRow
    filterset_class = EditionFilters
    pagination_class = Pages

    def paginate_queryset(self, queryset: Any) -> Any:
        return _with_downloads(super().paginate_queryset(queryset) or [])

    def get_object(self) -> Any:
        return _with_downloads([super().get_object()])[0]


def _with_downloads(reports: list[Any]) -> list[Any]:
    """Each of REPORTS with its files. One query."""
    downloads = downloads_of(reports)
    for report in reports:
        report.downloads = downloads[report.pk]
    return reports


class LedgerFilters(OfMunicipality):
    act = django_filters.ChoiceFilter(choices=LedgerAct.choices)
    term = django_filters.CharFilter(max_length=9, help_text=_("«2019-2022»."))
    semester = SemesterFilter()
    ref = django_filters.CharFilter(max_length=40, help_text=_("La promesa: «S.2.1»."))
    updated_since = SinceFilter("at")
    ordering = Ordering("id")


class EntryRow(PublishedRow[LedgerEntry]):
    """Its columns as the chain seals them; ``content`` is what its digest is of.

    ``texts``, of the newest version of a plan, is what the content's «textos» is the digest of.
    """

    table = ledger.TABLE
    page = serializers.SerializerMethodField()
    municipality = serializers.SlugField(source="municipality.slug", read_only=True)
    content = serializers.SerializerMethodField()
    texts = serializers.SerializerMethodField()

    class Meta:
        model = LedgerEntry
        fields = (
            *("id", "url", "page", "municipality", "inei", "number", "act", "subject_id"),
            *("term", "ref", "semester", "revision", "unit", "simulated", "happened_at", "at"),
            *("content", "texts", "digest", "previous", "chain"),
        )

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_page(self, row: LedgerEntry) -> str | None:
        address = row.get_absolute_url()
        return absolute(address) if address else None

    @extend_schema_field(serializers.URLField())
    def get_content(self, row: LedgerEntry) -> str:
        return absolute(
            reverse("tracking:ledger_content", args=[row.municipality.slug, row.number])
        )

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_texts(self, row: Any) -> str | None:
        plan = [row.municipality.slug, row.term]
        return absolute(reverse("tracking:plan_texts", args=plan)) if row.has_texts else None


class Ledger(Published):
    summary = _("El registro de publicaciones de cada municipalidad, asiento por asiento.")
    serializer_class = EntryRow
    filterset_class = LedgerFilters
