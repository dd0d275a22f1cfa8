"""Plans as a whole: whose promise each is, and what document proves it."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from accounts.admin.filters import MunicipalityFilter
from accounts.admin.scoped import WIDE, ScopedAdmin
from accounts.querysets import plain
from plans.forms.fields import PairsField
from plans.forms.standing import SourcedForm
from plans.importers.plan_file.elements import LEVEL_KEYS
from plans.models import Plan
from plans.services.editing import save_plan

LEVEL_WORDS = {str(level): word for word, level in LEVEL_KEYS.items()}
MAX_LABEL = 60
VERSIONS_SHOWN = 20


def _read_label(word: str, label: str) -> tuple[str, str]:
    level = LEVEL_KEYS.get(word.lower())
    if level is None:
        raise ValidationError(
            _("«%(word)s» no es un nivel; son: %(levels)s.")
            % {"word": word, "levels": ", ".join(LEVEL_KEYS)}
        )
    if len(label) > MAX_LABEL:
        raise ValidationError(_("Una palabra del plan tiene como máximo %s letras.") % MAX_LABEL)
    return str(level), label


class PlanForm(SourcedForm):
    labels = PairsField(
        read=_read_label,
        written=lambda level: LEVEL_WORDS.get(level, level),
        label=_("Palabras del plan"),
        help_text=_(
            "Cómo llama este plan a sus niveles, uno en cada línea: «objetivo: Política». "
            "Niveles: dimension, problema, objetivo, actividad, meta, lineamiento."
        ),
    )


@admin.register(Plan)
class PlanAdmin(ScopedAdmin):
    """Corrected here; added and rewritten by plan file only."""

    view_permission = "plan.view"
    edit_permission = "plan.edit"

    form = PlanForm
    formfield_overrides = WIDE
    list_display = ("municipality", "term", "organization", "in_force", "standing", "version")
    list_filter = (MunicipalityFilter, "in_force", "standing", "first_year", "simulated")
    list_select_related = ("municipality",)
    search_fields = ("municipality__name", "organization")
    search_help_text = _("Municipalidad, provincia, región o año.")
    readonly_fields = ("municipality", "term", "vision", "original", "version", "versions")
    fieldsets = (
        (
            None,
            {
                "fields": ("municipality", "term", "organization", "standing", "standing_source"),
                "description": _(
                    "Aquí no se agregan planes: llegan completos, con su documento, en un archivo "
                    "de plan que publica quien opera el portal (import_plans)."
                ),
            },
        ),
        (_("Cómo se muestra"), {"fields": ("note", "labels", "simulated")}),
        (_("Qué se publicó"), {"fields": ("vision", "original", "version", "versions")}),
    )

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("periodo"), ordering="first_year")
    def term(self, plan: Plan) -> str:
        return plan.term.printed

    @admin.display(description=_("documento original"))
    def original(self, plan: Plan) -> SafeString:
        document = plan.document
        return format_html(
            '<a href="{}">{}</a><br>{}<br>{} <code>{}</code>',
            document.get_absolute_url(),
            document.title,
            document.provenance,
            _("Código de verificación:"),
            document.sha256,
        )

    @admin.display(description=_("versiones"))
    def versions(self, plan: Plan) -> SafeString:
        newest = plan.versions.select_related("by").order_by("-number")[:VERSIONS_SHOWN]
        line = _("v{} · {} · agregados {}, cambiados {}, retirados {} · {}")
        rows = (
            (
                each.number,
                date_format(localtime(each.published_at), "SHORT_DATETIME_FORMAT"),
                each.added,
                each.changed,
                each.withdrawn,
                each.by or _("archivo de plan"),
            )
            for each in newest
        )
        return format_html_join(SafeString("<br>"), str(line), rows)

    def search(self, rows: QuerySet[Plan], words: str) -> QuerySet[Plan]:
        for word in words.split():
            if word.isdecimal():
                rows = rows.filter(first_year__lte=word, last_year__gte=word)
            else:
                rows = rows.filter(municipality__search_text__contains=plain(word))
        return rows

    def save_model(self, request: HttpRequest, obj: Plan, form: Any, change: bool) -> None:
        save_plan(obj, by=request.user)  # type: ignore[arg-type]
