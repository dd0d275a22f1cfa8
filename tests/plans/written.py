"""Plan files that are written for a test, with the document that they name."""

import hashlib
from pathlib import Path
from typing import Final

from accounts.models import Municipality
from plans.importers.draft import PlanDraft
from plans.importers.plan_file.reader import read_plan_file
from tests.factories import make_municipality

INEI: Final = "210105"


def written_plan(folder: Path, text: str, elements: str) -> PlanDraft:
    """The plan of Coata whose document is TEXT and whose file has ELEMENTS, as it is read."""
    (folder / "coata.txt").write_text(text)
    digest = hashlib.sha256(text.encode()).hexdigest()
    path = folder / "coata.yaml"
    path.write_text(
        f'formato: 1\nmunicipalidad: "{INEI}"\nperiodo: 2019-2022\ncondicion: sin confirmar\n'
        f"documento: {{archivo: coata.txt, sha256: {digest}, titulo: Plan de Coata,"
        f" procedencia: prueba}}\nelementos:\n{elements}"
    )
    return read_plan_file(path)


def make_coata() -> Municipality:
    return make_municipality("Coata", INEI)
