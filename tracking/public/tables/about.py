"""What a row of every table says of its plan, of its promise, and whose word it is."""

from typing import Final

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from plans.models import Plan, PlanElement
from tracking.public.tables.writing import Row

ABOUT_THE_PLAN: Final = (
    *(
        "municipalidad",
        "ubigeo_inei",
        "ubigeo_texto",
        "lista",
        "condicion",
        "periodo",
        "version_del_plan",
    ),
    *("declarado_por", "simulado", "corte"),
)
ABOUT_THE_PROMISE: Final = ("codigo", "codigo_impreso", "nivel", "dimension", "texto", "enlace")


INEI, RENIEC = "INEI-", "RENIEC-"
"""What makes a word of an ubigeo, and says whose it is: a spreadsheet takes "030101" for 30101."""


def as_text(inei: str) -> str:
    """The ubigeo in a form that every program keeps: "INEI-030101"."""
    return f"{INEI}{inei}"


def about_the_plan(plan: Plan) -> Row:
    """What every row says of the plan that it is from."""
    municipality = plan.municipality
    return {
        "municipalidad": municipality.full_name,
        "ubigeo_inei": municipality.inei,
        "ubigeo_texto": as_text(municipality.inei),
        "lista": plan.organization,
        "condicion": plan.get_standing_display(),
        "periodo": str(plan.term),
        "version_del_plan": plan.version,
        "simulado": plan.simulated,
        "corte": timezone.localdate(),
    }


def declared_by(*, simulated: bool) -> str:
    """Whose word a figure is. What nobody reported is nobody's word."""
    return _("simulación") if simulated else _("la municipalidad")


def about_the_promise(element: PlanElement) -> Row:
    return {
        "codigo": element.ref,
        "codigo_impreso": element.printed_code,
        "nivel": element.get_level_display(),
        "dimension": element.get_dimension_display(),
        "texto": element.statement,
        "enlace": settings.SITE_URL + element.get_absolute_url(),
    }
