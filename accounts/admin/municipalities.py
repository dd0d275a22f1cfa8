"""Municipalities, who governed them, and their units."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin.filters import MunicipalityFilter
from accounts.admin.scoped import WIDE, ScopedAdmin
from accounts.forms.whole_rows import WholeRowForm
from accounts.models import Authority, Municipality, Unit
from accounts.querysets import plain
from accounts.services.directory import save_municipality, save_part


@admin.register(Municipality)
class MunicipalityAdmin(ScopedAdmin):
    view_permission = "municipality.view"
    edit_permission = "municipality.edit"
    fixed_fields = ("slug",)

    form = WholeRowForm
    list_display = ("title", "province", "region", "inei", "reniec")
    list_filter = ("kind", "region")
    search_fields = ("name", "province", "region", "inei", "reniec")
    search_help_text = _("Nombre, provincia, región o ubigeo. No importan las tildes.")
    readonly_fields = ("revision",)

    @admin.display(description=_("municipalidad"), ordering="name")
    def title(self, municipality: Municipality) -> str:
        return municipality.full_name

    def search(self, rows: QuerySet[Municipality], words: str) -> QuerySet[Municipality]:
        if words.isdecimal():
            return rows.filter(Q(inei__startswith=words) | Q(reniec__startswith=words))
        return rows.named(words)  # type: ignore[attr-defined, no-any-return]

    def save_model(self, request: HttpRequest, obj: Municipality, form: Any, change: bool) -> None:
        save_municipality(obj)


class PartAdmin(ScopedAdmin):
    """What belongs to one municipality. Planning keeps it, and the municipality never changes."""

    view_permission = "directory.view"
    edit_permission = "directory.edit"
    fixed_fields = ("municipality",)

    searched: ClassVar[tuple[Any, ...]]
    """What is read when somebody searches; ``search_fields`` only says that they can."""

    form = WholeRowForm
    autocomplete_fields = ("municipality",)
    list_select_related = ("municipality",)

    def search(self, rows: QuerySet[Any], words: str) -> QuerySet[Any]:
        folded = Func(Concat(*self.searched, output_field=TextField()), function="vigia_plain")
        rows = rows.alias(searched=folded)
        for word in words.split():
            rows = rows.filter(searched__contains=plain(word))
        return rows

    def save_model(
        self, request: HttpRequest, obj: Authority | Unit, form: Any, change: bool
    ) -> None:
        save_part(obj)


@admin.register(Authority)
class AuthorityAdmin(PartAdmin):
    list_display = ("name", "office", "municipality", "since", "until")
    list_filter = (MunicipalityFilter,)
    searched = ("name", Value(" "), "office", Value(" "), "municipality__search_text")
    search_fields = ("name", "office", "municipality__name")
    search_help_text = _("Nombre, cargo o municipalidad.")
    formfield_overrides = WIDE


@admin.register(Unit)
class UnitAdmin(PartAdmin):
    list_display = ("name", "acronym", "municipality", "closed_on")
    list_filter = (MunicipalityFilter, ("closed_on", admin.EmptyFieldListFilter))
    search_fields = ("name", "acronym", "municipality__name")
    searched = ("name", Value(" "), "acronym", Value(" "), "municipality__search_text")
    search_help_text = _("Nombre, sigla o municipalidad.")
