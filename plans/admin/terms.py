"""How each promise is measured: stated anew, never rewritten."""

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.admin.filters import MunicipalityFilter
from accounts.admin.scoped import WIDE
from accounts.permissions import allowed
from accounts.sent_numbers import number_in
from plans.admin.elements import OfElementAdmin
from plans.admin.filters import TermsPlanFilter
from plans.admin.terms_form import TermsForm
from plans.models import MeasuringTerms, PlanElement
from plans.services.changes import STATED
from plans.services.editing import state_terms


@admin.register(MeasuringTerms)
class MeasuringTermsAdmin(OfElementAdmin):
    view_permission = "plan.view"
    edit_permission = "plan.edit"

    form = TermsForm
    formfield_overrides = WIDE
    list_display = (
        "element",
        "version",
        "rules",
        "kind",
        "goal",
        "unit_of_measure",
        "in_force_from",
    )
    list_filter = (TermsPlanFilter, MunicipalityFilter, "kind")
    list_select_related = ("element",)
    ordering = ("element__plan", "element__position", "element", "-version")
    search_help_text = _("Palabras del texto o un código: S.2.1")
    autocomplete_fields = ("element",)
    readonly_fields = ("version", "by", "created_at")
    fieldsets = (
        (
            None,
            {
                "fields": ("element", "in_force_from", "reason"),
                "description": _(
                    "Una forma de medir no se corrige ni se borra: se registra otra, con su "
                    "motivo, y la última es la que rige. Todas son públicas. Lo que nadie ha "
                    "definido se deja en blanco."
                ),
            },
        ),
        (
            _("Cómo se mide"),
            {
                "fields": (
                    *("kind", "unit_of_measure", "nature", "goal", "direction"),
                    *("bound", "tolerance", "verification_source", "locations"),
                )
            },
        ),
        (_("Desde dónde se parte"), {"fields": ("baseline", "baseline_source")}),
        (_("Cómo se llega"), {"fields": ("schedule", "milestones", "parts")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[MeasuringTerms]:
        newer = MeasuringTerms.objects.filter(
            element=OuterRef("element"), version__gt=OuterRef("version")
        )
        rows: QuerySet[MeasuringTerms] = super().get_queryset(request)
        return rows.annotate(rules=~Exists(newer))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        kept = (_("Registro"), {"fields": ("version", "by", "created_at")})
        return (*self.fieldsets, kept) if obj else self.fieldsets

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Begin with what is in force for the element named in the address, if it is one's own."""
        initial: dict[str, Any] = {**super().get_changeform_initial_data(request)}
        initial["in_force_from"] = timezone.localdate()
        named = number_in(str(initial.get("element", "")))
        if named is None:
            initial.pop("element", None)
        mine = allowed(PlanElement.objects.all(), request.user, self.edit_permission)
        element = None if named is None else mine.filter(pk=named).first()
        newest = element.terms.order_by("-version").first() if element else None
        if newest:
            initial |= {name: getattr(newest, name) for name in STATED}
        return initial

    @admin.display(description=_("rige"), boolean=True)
    def rules(self, terms: MeasuringTerms) -> bool:
        return bool(terms.rules)  # type: ignore[attr-defined]

    def save_model(
        self, request: HttpRequest, obj: MeasuringTerms, form: Any, change: bool
    ) -> None:
        state_terms(obj, by=request.user)  # type: ignore[arg-type]
