"""Filters of lists that offer only what the person sees."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality
from accounts.permissions import allowed


class MunicipalityFilter(admin.SimpleListFilter):
    """By municipality, among those whose rows the person sees; one alone needs no filter."""

    title = _("municipalidad")
    parameter_name = "municipalidad"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        path = model_admin.model.municipality_path
        seen = model_admin.get_queryset(request).order_by().values(path)
        mine = allowed(Municipality.objects.all(), request.user, model_admin.view_permission)
        units = mine.filter(pk__in=seen).order_by("name", "kind")
        choices = [(str(each.pk), each.full_name) for each in units]
        return choices if len(choices) > 1 else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        chosen = self.value()
        if chosen is None:
            return queryset
        if chosen not in {value for value, __ in self.lookup_choices}:
            return queryset.none()
        path = queryset.model.municipality_path
        there = queryset.model._base_manager.filter(**{path: chosen})
        return queryset.filter(pk__in=there.values("pk"))
