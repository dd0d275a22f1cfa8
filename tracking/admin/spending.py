"""What activities cost, revision by revision."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.admin.filters import MunicipalityFilter
from plans.admin.elements import OfElementAdmin
from tracking.admin.read_only import ReadOnly
from tracking.models import Expenditure


@admin.register(Expenditure)
class ExpenditureAdmin(ReadOnly, OfElementAdmin):
    list_display = ("element", "year", "revision", "pia", "pim", "accrued", "as_of", "municipality")
    list_filter = (MunicipalityFilter, "year", "simulated")
    list_select_related = ("element", "municipality")
    ordering = ("-year", "municipality", "element__position", "element", "-revision")
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
