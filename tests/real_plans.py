"""The five real plans, as their files state them."""

from functools import cache
from pathlib import Path
from typing import Final

from accounts.models import Municipality
from plans.importers.draft import PlanDraft
from plans.importers.plan_file.reader import read_plan_file
from plans.models import Plan
from plans.services.publishing import publish
from tests.factories import make_municipality

FOLDER: Final = Path(__file__).resolve().parent.parent / "fixtures" / "plans"
PLACES: Final = {
    "huancane": ("Huancané", "210601", "Puno"),
    "lamas": ("Lamas", "220501", "San Martín"),
    "otuzco": ("Otuzco", "130601", "La Libertad"),
    "puno": ("Puno", "210101", "Puno"),
    "tarata": ("Tarata", "230401", "Tacna"),
}


@cache
def real_draft(slug: str) -> PlanDraft:
    return read_plan_file(FOLDER / f"{slug}-2019-2022.yaml")


def make_real_place(slug: str) -> Municipality:
    name, inei, region = PLACES[slug]
    return make_municipality(name, inei, region=region, slug=slug)


def publish_real_plan(slug: str) -> Plan:
    return publish_its_plan(make_real_place(slug))


def publish_its_plan(place: Municipality) -> Plan:
    return publish(real_draft(place.slug)).plan


def publish_all() -> dict[str, Plan]:
    return {slug: publish_real_plan(slug) for slug in PLACES}
