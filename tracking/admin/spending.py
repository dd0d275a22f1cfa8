"""What activities cost, revision by revision."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.admin.filters import MunicipalityFilter
from tracking.admin.read_only import ReadOnlyAdmin
from tracking.models import Expenditure


@admin.register(Expenditure)
class ExpenditureAdmin(ReadOnlyAdmin):
    list_display = ("element", "year", "revision", "pia", "pim", "accrued", "as_of", "municipality")
    list_filter = (MunicipalityFilter, "year", "simulated")
    list_select_related = ("element", "municipality")
    ordering = ("-year", "municipality", "element__position", "element", "-revision")
    search_fields = ("element__ref", "element__statement")
    search_help_text = _("Palabras de la actividad o su código: S.2.1")
    fields = (
        "element",
        "year",
        "revision",
        "pia",
        "pim",
        "accrued",
        "as_of",
        "source",
        "reason",
        "by",
        "created_at",
        "simulated",
    )

    def search(self, rows: QuerySet[Any], words: str) -> QuerySet[Any]:
        return self.by_element(rows, words)
