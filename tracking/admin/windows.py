"""When each semester is reported, and its closing."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet

from accounts.admin.filters import MunicipalityFilter
from accounts.admin.scoped import ScopedAdmin
from tracking.admin.read_only import ReadOnly, SemesterFilter
from tracking.models import SemesterWindow


@admin.register(SemesterWindow)
class SemesterWindowAdmin(ReadOnly, ScopedAdmin):
    list_display = ("municipality", "semester", "opens_on", "due_on", "closes_on", "closed_at")
    list_display_links = ("semester",)
    list_filter = (MunicipalityFilter, SemesterFilter)
    list_select_related = ("municipality",)
    ordering = ("-semester", "municipality")
    search_fields = ("semester",)
    fields = (
        "municipality",
        "semester",
        "opens_on",
        "due_on",
        "closes_on",
        "closed_at",
        "closed_by",
    )

    def search(self, rows: QuerySet[Any], words: str) -> QuerySet[Any]:
        return rows.filter(semester__startswith=words.upper())
