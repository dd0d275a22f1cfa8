"""Who answers for each promise, by a sheet of references and units."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Municipality
from accounts.office import OfficeRequest, office_page, sheet_to_fill
from accounts.views.office.many import data_of, many
from plans.forms.answering import AnsweringLines, answering_file
from plans.term import Term
from plans.views.office.lookup import listed, plan_of


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("plan.edit")
def answering(request: OfficeRequest, municipality: Municipality, term: Term) -> HttpResponse:
    plan = plan_of(municipality, term)
    data, files = data_of(request)
    address = [municipality.slug, term]
    words = {
        "title": _("Quién responde, con una hoja"),
        "lead": _(
            "Descargue la hoja, elija la unidad de cada promesa y súbala; o pegue las líneas."
        ),
        "button": _("Asignar las unidades"),
        "file": reverse("office_plans:answering_file", args=address),
        "back": reverse("office_plans:elements", args=address),
        "back_label": _("Volver a la lista"),
    }
    return many(request, AnsweringLines(data, files, plan=plan), words)


@require_safe
@office_page("plan.edit")
def answering_sheet(request: OfficeRequest, municipality: Municipality, term: Term) -> HttpResponse:
    """Each promise with the units that answer for it now."""
    plan = plan_of(municipality, term)
    rows = listed(plan).filter(is_reportable=True).prefetch_related("units")
    name = f"responsables-{municipality.slug}-{term}.xlsx"
    return sheet_to_fill(answering_file(plan, rows), name)
