"""Files of plans that were sent, as the services find them."""

from types import SimpleNamespace

from plans.choices import ImportState
from plans.importers.mending import steps
from plans.importers.mending.kept import KeptOutline
from plans.models import PlanImport
from tests.plans.sent import send


def dropped(kept: KeptOutline) -> KeptOutline:
    return steps.drop(kept, 5, "sobra")


def another_import(scene: SimpleNamespace) -> PlanImport:
    return PlanImport(
        municipality=scene.puno, first_year=2023, last_year=2026, file_name="plan.txt"
    )


def of_two_lists(scene: SimpleNamespace) -> PlanImport:
    """A file in which it was asked which list's plan is meant."""
    sent: PlanImport = send(scene.puno, scene.planner, content=b"of two lists")
    rows = PlanImport.objects.filter(pk=sent.pk)
    faults = [{"message": "¿Cuál?", "lists": ["Renovar", "Avanzar"]}]
    rows.update(state=ImportState.REFUSED, faults=faults, kept=None)
    return rows.get()
