"""Filters of the lists of plans and of what they promise."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.permissions import allowed
from plans.choices import DIMENSIONS_SOUGHT
from plans.models import Plan
from plans.querysets import in_dimension


class PlanFilter(admin.SimpleListFilter):
    """By plan, among those that the person sees; one alone needs no filter.

    ``path`` leads from the row to its plan.
    """

    title = _("plan")
    parameter_name = "plan"
    path = "plan"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        plans = allowed(Plan.objects.all(), request.user, model_admin.view_permission)
        choices = [(str(plan.pk), str(plan)) for plan in plans.select_related("municipality")]
        return choices if len(choices) > 1 else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        chosen = self.value()
        if chosen is None:
            return queryset
        if chosen not in {str(value) for value, __ in self.lookup_choices}:
            return queryset.none()
        return queryset.filter(**{self.path: chosen})


class TermsPlanFilter(PlanFilter):
    path = "element__plan"


class WithdrawnFilter(admin.SimpleListFilter):
    """What stands in the plan, unless one asks for the rest."""

    title = _("vigencia")
    parameter_name = "vigencia"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("retirados", _("Retirados del plan")), ("todos", _("Todos"))]

    def choices(self, changelist: Any) -> Any:
        first, *rest = super().choices(changelist)
        return [{**first, "display": _("En el plan")}, *rest]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "todos":
            return queryset
        return queryset.filter(until_version__isnull=self.value() != "retirados")


class DimensionFilter(admin.SimpleListFilter):
    title = _("dimensión")
    parameter_name = "dimension"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(DIMENSIONS_SOUGHT)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        sought = self.value()
        return queryset.filter(in_dimension(sought)) if sought else queryset


class NoteFilter(admin.SimpleListFilter):
    title = _("nota de edición")
    parameter_name = "nota"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("con", _("Con nota")), ("sin", _("Sin nota"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "con":
            return queryset.exclude(note="")
        return queryset.filter(note="") if self.value() == "sin" else queryset
