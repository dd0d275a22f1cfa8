"""What a plan promises, statement by statement."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from accounts.admin.filters import MunicipalityFilter
from accounts.admin.scoped import ScopedAdmin
from accounts.permissions import allowed
from plans.admin.filters import DimensionFilter, NoteFilter, PlanFilter, WithdrawnFilter
from plans.choices import OWN, Dimension
from plans.forms.element_text import PlanElementForm
from plans.models import PlanElement
from plans.services.editing import family_of, save_element, withdraw_elements

PLACE = (
    _("Dónde va"),
    {
        "fields": ("plan", "parent", "level", "dimension", "ref"),
        "description": _(
            "Se elige una sola vez: el código forma parte del enlace permanente. Un plan nuevo, "
            "o muchos cambios, se publican con un archivo de plan (import_plans)."
        ),
    },
)
TEXT = (_("Qué dice"), {"fields": ("printed_code", "statement", "lineas", "note", "seen")})
KIND = (
    _("Solo algunos niveles"),
    {"fields": ("indicator", "lineas_indicador", "activity_kind", "cui", "field")},
)
READ_KIND = (KIND[0], {"fields": ("indicator", "activity_kind", "cui", "field")})
RESPONSIBLE = (_("Quién responde"), {"fields": ("responsible",)})


@admin.register(PlanElement)
class PlanElementAdmin(ScopedAdmin):
    view_permission = "plan.view"
    edit_permission = "plan.edit"
    fixed_fields = ("plan", "parent", "level", "dimension", "ref", "since_version", "until_version")

    form = PlanElementForm
    list_display = ("ref", "text", "level_label", "dimension_words", "has_note", "whose")
    list_display_links = ("ref", "text")
    list_filter = (
        PlanFilter,
        MunicipalityFilter,
        "level",
        DimensionFilter,
        WithdrawnFilter,
        NoteFilter,
    )
    list_select_related = ("plan__municipality",)
    ordering = ("plan", "position", "pk")
    search_fields = ("ref", "statement")
    search_help_text = _("Palabras del texto («educación» halla «educaciones») o un código: S.2.1")
    autocomplete_fields = ("plan", "parent")
    actions = ("withdraw",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[PlanElement]:
        return super().get_queryset(request).defer("search")

    def get_fieldsets(self, request: HttpRequest, obj: PlanElement | None = None) -> Any:
        if obj is None:
            return (PLACE, TEXT, KIND)
        versions = (_("Versiones"), {"fields": ("since_version", "until_version")})
        if not self.has_change_permission(request, obj):
            shown = ("printed_code", "statement", "note")
            place = (PLACE[0], {"fields": PLACE[1]["fields"]})
            return (place, (TEXT[0], {"fields": shown}), READ_KIND, versions)
        return (PLACE, TEXT, KIND, RESPONSIBLE, versions)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name != "dimension":
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        offered = [("", _("Ninguna")), *Dimension.choices, (OWN, _("Propia del plan"))]
        words = {"label": db_field.verbose_name, "help_text": db_field.help_text}
        return forms.ChoiceField(choices=offered, required=False, **words)

    @admin.display(description=_("dimensión"), ordering="dimension")
    def dimension_words(self, element: PlanElement) -> str:
        return element.get_dimension_display()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was withdrawn is read, not written."""
        is_withdrawn = obj is not None and obj.is_withdrawn
        return not is_withdrawn and super().has_change_permission(request, obj)

    def search(self, rows: QuerySet[Any], words: str) -> QuerySet[Any]:
        return rows.asked_for(words)  # type: ignore[attr-defined, no-any-return]

    @admin.display(description=_("nivel"), ordering="level")
    def level_label(self, element: PlanElement) -> str:
        return element.level_label

    @admin.display(description=_("texto del plan"))
    def text(self, element: PlanElement) -> str:
        return Truncator(element.statement).words(18)

    @admin.display(description=_("nota"))
    def has_note(self, element: PlanElement) -> str:
        return str(_("con nota")) if element.note else ""

    @admin.display(description=_("plan"), ordering="plan")
    def whose(self, element: PlanElement) -> str:
        plan = element.plan
        return f"{plan.municipality.name} {plan.path}"

    def save_model(self, request: HttpRequest, obj: PlanElement, form: Any, change: bool) -> None:
        units = form.cleaned_data.get("responsible") if change else None
        save_element(obj, by=request.user, units=units)  # type: ignore[arg-type]

    @admin.action(description=_("Retirar del plan"), permissions=["change"])
    def withdraw(
        self, request: HttpRequest, queryset: QuerySet[PlanElement]
    ) -> HttpResponse | None:
        """Ask first, on a page of its own that shows all that would go; then withdraw."""
        chosen = allowed(queryset, request.user, self.edit_permission).filter(until_version=None)
        if "confirm" not in request.POST:
            context = {
                **self.admin_site.each_context(request),
                "title": _("Retirar del plan"),
                "opts": self.opts,
                "chosen": chosen.in_document_order(),  # type: ignore[attr-defined]
                "going": family_of(list(chosen)),
            }
            page = "admin/plans/planelement/withdraw.html"
            return TemplateResponse(request, page, context)
        try:
            count = withdraw_elements(list(chosen), by=request.user)  # type: ignore[arg-type]
        except ValidationError as refused:
            self.message_user(request, " ".join(refused.messages), messages.ERROR)
            return None
        notice = _("Elementos retirados del plan: %s. Sus páginas lo dicen.") % count
        self.message_user(request, notice, messages.SUCCESS)
        return None


class OfElementAdmin(ScopedAdmin):
    """Rows that are each of one element, found by its words or its code."""

    search_fields = ("element__ref", "element__statement")

    def search(self, rows: QuerySet[Any], words: str) -> QuerySet[Any]:
        matching = PlanElement.objects.asked_for(words)
        return rows.filter(element__in=matching.order_by().values("pk"))
