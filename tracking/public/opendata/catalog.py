"""The catalogue of the open data, as catalogues of other portals read it (DCAT, in JSON-LD)."""

from collections.abc import Iterable, Iterator
from typing import Any, Final
from urllib.parse import urlencode

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
Titled = tuple[Table, str]


def file_address(table: Table, extension: str, place: str) -> str:
    """Where TABLE is, of what the page at the address PLACE lists the files of."""
    return f"{place}{table.name}.{extension}"


def catalog(regions: Iterable[str]) -> dict[str, Any]:
    """Every table of the portal, and where the catalogue of each of REGIONS is."""
    parts = [
        {
            "@id": catalog_address(region),
            "@type": "dcat:Catalog",
            "dct:title": _("Planes de gobierno de %s") % region,
        }
        for region in regions
    ]
    return _described("") | {
        "dcat:dataset": [_dataset(table) for table in TABLES.values()],
        "dcat:catalog": parts,
    }


def catalog_of_region(region: str, plans: Iterable[Plan]) -> dict[str, Any]:
    """The tables of each of PLANS, which are of REGION, with where they are."""
    titled = [(table, str(table.title)) for table in TABLES.values()]  # translated once for all
    return _described(region) | {
        "dct:title": _("Planes de gobierno de %s") % region,
        "dct:isPartOf": {"@id": catalog_address()},
        "dcat:dataset": [_of_plan(plan, titled) for plan in plans],
    }


def catalog_address(region: str = "") -> str:
    """Where the catalogue is, or the part of it that tells of REGION."""
    query = f"?{urlencode({'region': region})}" if region else ""
    return absolute(f"{reverse('tracking:catalog')}{query}")


def _described(region: str) -> dict[str, Any]:
    """What the catalogue, or its part of REGION, is."""
    return {
        "@context": CONTEXT,
        "@id": catalog_address(region),
        "@type": "dcat:Catalog",
        "dct:title": _("Datos abiertos de Vigía"),
        "dct:description": _(
            "Los planes de gobierno municipal del Perú y lo que se informó de ellos."
        ),
        "dct:language": "es",
        "dct:license": {"@id": settings.DATA_LICENCE_URL},
        "dct:publisher": {"@type": "foaf:Organization", "foaf:name": "Vigía"},
        "foaf:homepage": {"@id": absolute(reverse("tracking:open_data"))},
    }


def _dataset(table: Table) -> dict[str, Any]:
    return {
        "@id": f"{absolute(reverse('tracking:open_data'))}#{table.name}",
        "@type": "dcat:Dataset",
        "dct:title": str(table.title),
        "dct:license": {"@id": settings.DATA_LICENCE_URL},
        "dcat:distribution": list(
            _distributions([(table, str(table.title))], reverse("tracking:open_data"))
        ),
    }


def _of_plan(plan: Plan, titled: Iterable[Titled]) -> dict[str, Any]:
    place = reverse("tracking:plan_data", args=plan.url_args)
    return {
        "@id": absolute(place),
        "@type": "dcat:Dataset",
        "dct:title": str(plan),
        "dct:license": {"@id": settings.DATA_LICENCE_URL},
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": f"{plan.first_year}-01-01",
            "dcat:endDate": f"{plan.last_year}-12-31",
        },
        "dct:spatial": {"dct:identifier": plan.municipality.inei},
        "dcat:distribution": list(_distributions(titled, place)),
    }


def _distributions(titled: Iterable[Titled], place: str) -> Iterator[dict[str, Any]]:
    for table, title in titled:
        for extension, media_type in TYPES.items():
            yield {
                "@type": "dcat:Distribution",
                "dct:title": f"{title} ({extension.upper()})",
                "dcat:downloadURL": {"@id": absolute(file_address(table, extension, place))},
                "dcat:mediaType": media_type,
            }
