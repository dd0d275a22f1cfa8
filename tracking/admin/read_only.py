"""Rows that are read here and written elsewhere."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin.scoped import Scoped, ScopedInline


class ReadOnly(Scoped):
    """Everybody in a municipality reads its reports at /gestion/; here, who may enter the admin.

    The permission is asked where it is held: who plans in one municipality and reports in another
    sees the first one's rows alone.
    """

    view_permission = "admin.enter"
    edit_permission = "admin.enter"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyInline(ReadOnly, ScopedInline):
    extra = 0


class SemesterFilter(admin.SimpleListFilter):
    """By semester, among those of the rows that the person sees."""

    title = _("semestre")
    parameter_name = "semestre"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        rows = model_admin.get_queryset(request).order_by("-semester")
        semesters = rows.values_list("semester", flat=True).distinct()
        return [(str(each), str(each)) for each in semesters]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        chosen = self.value()
        if chosen is None:
            return queryset
        known = {value for value, __ in self.lookup_choices}
        return queryset.filter(semester=chosen) if chosen in known else queryset.none()
