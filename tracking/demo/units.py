"""The units of a simulated municipality, as any ROF has them, and what each answers for."""

import re
from collections.abc import Collection
from typing import Final, NamedTuple

from accounts.models import Municipality, Unit
from accounts.querysets import folded
from plans.choices import Dimension, Level
from plans.models import PlanElement, Responsibility
from plans.services.changes import Change
from plans.services.responsibilities import rewrite
from tracking.demo.chance import chance


class Office(NamedTuple):
    """A unit: ``answers_for`` a dimension, and for whatever holds its ``words``."""

    name: str
    acronym: str
    mailbox: str
    answers_for: str
    words: str


OFFICES: Final = (
    Office(
        "Gerencia de Infraestructura y Desarrollo Urbano",
        "GIDU",
        "infraestructura",
        "",
        r"carreter|vial|construc|infraestructura|paviment|desague|saneam|electric|puente"
        r"|urbanismo|ordenamiento territorial",
    ),
    Office(
        "Gerencia de Seguridad Ciudadana",
        "GSC",
        "seguridad.ciudadana",
        "",
        r"segurid|delinc|delictiv|serenazgo|rondas|video ?vigilancia",
    ),
    Office("Gerencia de Desarrollo Social", "GDS", "desarrollo.social", Dimension.SOCIAL, ""),
    Office(
        "Gerencia de Desarrollo Económico", "GDE", "desarrollo.economico", Dimension.ECONOMIC, ""
    ),
    Office(
        "Gerencia de Gestión Ambiental", "GGA", "gestion.ambiental", Dimension.ENVIRONMENTAL, ""
    ),
    Office("Secretaría General", "SG", "secretaria.general", Dimension.INSTITUTIONAL, ""),
)
UNANSWERED: Final = 4  # of a hundred elements, for how many no unit answers


def add_units(municipality: Municipality) -> dict[str, Unit]:
    """The units of OFFICES in MUNICIPALITY by their mailbox; those that it already has stay."""
    rows = [
        Unit(municipality=municipality, name=office.name, acronym=office.acronym)
        for office in OFFICES
    ]
    Unit.objects.bulk_create(rows, ignore_conflicts=True)
    held = {unit.name: unit for unit in municipality.units.all()}
    return {office.mailbox: held[office.name] for office in OFFICES}


def add_responsibilities(
    elements: Collection[PlanElement], units: dict[str, Unit]
) -> tuple[dict[int, Unit], list[Change]]:
    """Make UNITS answer for ELEMENTS: the one that reports on each, by element; and what changed.

    Where somebody already answers they go on doing so, and report.
    """
    rows = Responsibility.objects.filter(element__in=elements).select_related("unit")
    answering = {row.element_id: row.unit for row in rows.order_by("-pk")}
    wanted = {
        element: [units[office_of(element).mailbox]]
        for element in elements
        if element.pk not in answering and chance("unidad", element).randrange(100) >= UNANSWERED
    }
    changes = rewrite(wanted)
    answering |= {element.pk: unit for element, [unit] in wanted.items()}
    return answering, [{"ref": ref, "what": "changed", **each} for ref, each in changes.items()]


def office_of(element: PlanElement) -> Office:
    """By its words; else by its dimension; a guideline, which has none, by the last."""
    if element.level != Level.GUIDELINE:
        words = folded(element.statement)
        for office in OFFICES:
            if office.words and re.search(office.words, words):
                return office
    theirs = (office for office in OFFICES if office.answers_for)
    return next((each for each in theirs if each.answers_for == element.dimension), OFFICES[-1])
