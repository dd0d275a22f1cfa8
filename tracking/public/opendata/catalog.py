"""The catalogue of the open data, as catalogues of other portals read it (DCAT, in JSON-LD)."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from plans.models import Plan
from tracking.reading.addresses import absolute
from tracking.reading.published.table import Table
from tracking.reading.published.tables import TABLES

TYPES: Final = {"csv": "text/csv", "jsonl": "application/jsonl"}
CONTEXT: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
}


def file_address(table: Table, extension: str, plan: Plan | None = None) -> str:
    """Where TABLE is, of PLAN or of the whole portal."""
    if plan is None:
        return reverse("tracking:data_file", args=[table.name, extension])
    return reverse("tracking:plan_data_file", args=[*plan.url_args, table.name, extension])


def catalog(plans: Iterable[Plan]) -> dict[str, Any]:
    """Every table of the portal, and the tables of each of PLANS, with where they are."""
    datasets = [_dataset(table) for table in TABLES.values()]
    datasets += [_of_plan(plan) for plan in plans]
    return {
        "@context": CONTEXT,
        "@id": absolute(reverse("tracking:catalog")),
        "@type": "dcat:Catalog",
        "dct:title": _("Datos abiertos de Vigía"),
        "dct:description": _(
            "Los planes de gobierno municipal del Perú y lo que se informó de ellos."
        ),
        "dct:language": "es",
        "dct:license": {"@id": settings.DATA_LICENCE_URL},
        "dct:publisher": {"@type": "foaf:Organization", "foaf:name": "Vigía"},
        "foaf:homepage": {"@id": absolute(reverse("tracking:open_data"))},
        "dcat:dataset": datasets,
    }


def _dataset(table: Table) -> dict[str, Any]:
    return {
        "@id": f"{absolute(reverse('tracking:open_data'))}#{table.name}",
        "@type": "dcat:Dataset",
        "dct:title": str(table.title),
        "dct:license": {"@id": settings.DATA_LICENCE_URL},
        "dcat:distribution": list(_distributions([table])),
    }


def _of_plan(plan: Plan) -> dict[str, Any]:
    return {
        "@id": absolute(reverse("tracking:plan_data", args=plan.url_args)),
        "@type": "dcat:Dataset",
        "dct:title": str(plan),
        "dct:license": {"@id": settings.DATA_LICENCE_URL},
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": f"{plan.first_year}-01-01",
            "dcat:endDate": f"{plan.last_year}-12-31",
        },
        "dct:spatial": {"dct:identifier": plan.municipality.inei},
        "dcat:distribution": list(_distributions(TABLES.values(), plan)),
    }


def _distributions(tables: Iterable[Table], plan: Plan | None = None) -> Iterator[dict[str, Any]]:
    for table in tables:
        for extension, media_type in TYPES.items():
            yield {
                "@type": "dcat:Distribution",
                "dct:title": f"{table.title} ({extension.upper()})",
                "dcat:downloadURL": {"@id": absolute(file_address(table, extension, plan))},
                "dcat:mediaType": media_type,
            }
