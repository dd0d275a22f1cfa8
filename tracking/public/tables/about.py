"""What a row of every table says of its plan and of its promise."""

from typing import Final

from django.utils import timezone

from plans.models import Plan, PlanElement
from tracking.public.tables.writing import Row
from tracking.reading.addresses import absolute
from tracking.reading.places import as_text

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
ABOUT_THE_PROMISE: Final = (
    "codigo",
    "codigo_impreso",
    "nivel",
    "dimension",
    "texto",
    "indicador",
    "clasificaciones",
    "anadido_el",
    "anadido_por",
    "enlace",
)


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


def about_the_promise(element: PlanElement) -> Row:
    return {
        "codigo": element.ref,
        "codigo_impreso": element.printed_code,
        "nivel": element.get_level_display(),
        "dimension": element.get_dimension_display(),
        "texto": element.statement,
        "indicador": element.indicator,
        "clasificaciones": "; ".join(
            f"{scheme}: {', '.join(codes)}" for scheme, codes in sorted(element.classes.items())
        ),
        "anadido_el": element.added_on,
        "anadido_por": element.added_by,
        "enlace": absolute(element.get_absolute_url()),
    }
