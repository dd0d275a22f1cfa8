"""Reports of progress, each with its supports and the steps that it went through."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin.filters import MunicipalityFilter
from plans.admin.elements import OfElementAdmin
from tracking.admin.read_only import ReadOnly, ReadOnlyInline, SemesterFilter
from tracking.models import ProgressReport, ReviewStep, Support


class SupportInline(ReadOnlyInline):
    model = Support
    fields = readonly_fields = (
        "title",
        "taken_on",
        "place",
        "url",
        "file_name",
        "media_type",
        "size",
        "sha256",
        "keeps_position",
        "added_by",
        "added_at",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("added_by")


class ReviewStepInline(ReadOnlyInline):
    model = ReviewStep
    fields = readonly_fields = ("act", "by", "token", "at", "reason")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("by", "token", "report__element")


@admin.register(ProgressReport)
class ProgressReportAdmin(ReadOnly, OfElementAdmin):
    list_display = ("element", "semester", "revision", "state", "signal", "unit", "municipality")
    list_filter = (MunicipalityFilter, SemesterFilter, "state", "signal", "simulated")
    list_select_related = ("element", "unit", "municipality")
    ordering = ("-semester", "municipality", "element__position", "element", "-revision")
    search_help_text = _("Palabras de la promesa o su código: S.2.1")
    inlines = (SupportInline, ReviewStepInline)
    fieldsets = (
        (None, {"fields": ("element", "semester", "revision", "correction_reason", "state")}),
        (_("Quién"), {"fields": ("unit", "author", "author_token", "submitted_at", "edit")}),
        (
            _("Lo informado"),
            {
                "fields": (
                    "as_of",
                    "step",
                    "value",
                    "parts_done",
                    "locations",
                    "done",
                    "required",
                    "narrative",
                    "difficulties",
                    "next_steps",
                    "halted_since",
                    "halted_cause",
                )
            },
        ),
        (
            _("Lo publicado"),
            {
                "fields": (
                    "published_at",
                    "published_by",
                    "second_review",
                    "terms",
                    "progress",
                    "planned",
                    "signal",
                    "simulated",
                )
            },
        ),
    )
