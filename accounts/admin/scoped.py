"""The one way into the admin: each person sees and edits what the permission table gives them."""

from typing import TYPE_CHECKING, Any, ClassVar, Final

from django.contrib import admin, messages
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AdminTextInputWidget, AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from accounts.permissions import allowed, can
from accounts.sent_numbers import number_in

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
    StackedInline = admin.StackedInline[Any, Any]
    ScopedBase = admin.options.BaseModelAdmin[Any]
else:
    ModelAdmin, StackedInline, ScopedBase = admin.ModelAdmin, admin.StackedInline, object

LONGEST_SEARCH = 200
WIDE: Final[dict[Any, dict[str, Any]]] = {
    models.CharField: {"widget": AdminTextInputWidget(attrs={"class": "vLargeTextField"})}
}
"""For forms whose texts are sentences: ``formfield_overrides``."""


class Autocomplete(AutocompleteSelect):
    """Django's, but for what cannot be an id at all: asked of the database, it is an error 500."""

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        ids = [each for each in value if number_in(str(each)) is not None]
        return super().optgroups(name, ids, attr)


class Scoped(ScopedBase):
    """Rows, permissions and choices of one model, by the municipality that each row belongs to.

    Nothing is ever deleted here: what the public read stays, and so does who wrote it.
    """

    view_permission: ClassVar[str]
    edit_permission: ClassVar[str]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return allowed(super().get_queryset(request), request.user, self.view_permission)

    def get_field_queryset(
        self, db: str | None, db_field: Any, request: HttpRequest
    ) -> QuerySet[Any]:
        """What a choice offers, and all that a tampered form can name: where one may edit."""
        rows = super().get_field_queryset(db, db_field, request)
        if rows is None:
            rows = db_field.remote_field.model._default_manager.using(db)
        return allowed(rows.all(), request.user, self.edit_permission)

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name in self.autocomplete_fields:
            kwargs.setdefault("widget", Autocomplete(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """A text says how long it can be: nothing cuts it as it is typed."""
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        most = getattr(field, "max_length", None)
        if most and not db_field.choices:
            field.help_text = f"{field.help_text} {_('Hasta %s letras.') % most}".strip()
        return field

    def has_module_permission(self, request: HttpRequest) -> bool:
        return can(request.user, self.view_permission)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return _may(request, self.view_permission, obj)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return _may(request, self.edit_permission, obj)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return _may(request, self.edit_permission, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class ScopedInline(Scoped, StackedInline):
    """Rows below a row; permissions are asked of the row above. A table would hide on a phone."""


class Listed(ChangeList):
    """A list in which is asked what its filters offer, and nothing else.

    Django takes any column and comparison from the address bar: what the database makes nothing of
    (half a pattern, one end of a range) is an error 500, and a password's digest could be guessed
    letter by letter.
    """

    def get_filters(self, request: HttpRequest) -> Any:
        filters = super().get_filters(request)
        _specs, _has_any, others, *_rest = filters
        if others:
            raise DisallowedModelAdminLookup(f"No filter of this list asks for {', '.join(others)}")
        return filters


class ScopedAdmin(Scoped, ModelAdmin):
    fixed_fields: ClassVar[tuple[str, ...]] = ()
    """What is chosen once, when the row is added."""

    list_per_page = 50
    show_full_result_count = False  # a second count of every row, for a number nobody reads

    def get_readonly_fields(
        self, request: HttpRequest, obj: Model | None = None
    ) -> tuple[str, ...]:
        return (*self.readonly_fields, *(self.fixed_fields if obj else ()))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return Listed

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Nothing with a null character, which the database refuses as an error 500."""
        return "\x00" not in str(value) and bool(super().lookup_allowed(lookup, value, request))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        words = " ".join(search_term.replace("\x00", " ").split())[:LONGEST_SEARCH]
        return (self.search(queryset, words), False) if words else (queryset, False)

    def search(self, rows: QuerySet[Any], words: str) -> QuerySet[Any]:
        """The ROWS that WORDS, which are never empty, ask for."""
        raise NotImplementedError

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Say what was refused only when it was written: somebody else was quicker.

        Forms find every fault that they can see; what is left is a race, and nothing was saved.
        """
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except ValidationError as refused:
            reason = " ".join(refused.messages)
        except IntegrityError:
            reason = _("Otra persona acaba de guardar algo que no encaja con esto.")
        notice = _("No se guardó nada: %s Revise lo que hay ahora y repita el cambio.")
        self.message_user(request, notice % reason, messages.ERROR)
        return HttpResponseRedirect(request.get_full_path())


def _may(request: HttpRequest, permission: str, row: Model | None) -> bool:
    """Whether the person has PERMISSION for ROW, or anywhere when there is no row yet.

    Asked of the database through the same function that scopes lists, so that the two agree.
    """
    if row is None or row.pk is None:
        return can(request.user, permission)
    rows: QuerySet[Any] = type(row)._base_manager.filter(pk=row.pk)
    return allowed(rows, request.user, permission).exists()
