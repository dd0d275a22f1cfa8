"""What readers ask for of a made-up country."""

from collections.abc import Iterator
from itertools import product
from random import Random
from typing import Final

from django.utils.encoding import iri_to_uri

from accounts.models import Municipality
from benchmarks.country.measuring import SEARCHED
from benchmarks.country.places import SEED
from plans.choices import DIMENSIONS_SOUGHT, Level
from plans.models import PlanElement
from plans.semester import Semester
from plans.term import Term
from tracking.reading.found import SEARCHED as STATES
from tracking.reading.states import SIGNALS

MANY: Final = 40_000
TERM: Final = Term(2019, 2022)


def addresses() -> list[str]:
    """MANY: mostly plans and what they promise, some lists and searches."""
    random = Random(SEED)  # noqa: S311
    places = list(Municipality.objects.filter(plans__version__gte=1).values_list("slug", flat=True))
    known = PlanElement.objects.order_by("pk").values_list("plan__municipality__slug", "ref")
    elements = list(known[:: max(1, known.count() // MANY)])

    def drawn() -> str:
        kind, (place, ref) = random.random(), random.choice(elements)
        if kind < 0.45:
            return f"/m/{place}/{TERM}/{ref}/"
        if kind < 0.70:
            return f"/m/{random.choice(places)}/{TERM}/"
        if kind < 0.80:
            return f"/m/{random.choice(places)}/"
        if kind < 0.90:
            return f"/buscar/?q={random.choice(SEARCHED)}+{random.choice(SEARCHED)}"
        return f"/api/v1/elements/?municipality={place}" if kind < 0.97 else "/"

    return [str(iri_to_uri(drawn())) for _number in range(MANY)]


def filters() -> list[str]:
    """Every filter of a search with every other, as whoever follows each link comes to ask."""
    found = [str(iri_to_uri(f"/buscar/?{each}")) for each in _filters()]
    Random(SEED).shuffle(found)  # noqa: S311
    return found


def _filters() -> Iterator[str]:
    dimensions = ["", *(value for value, _label in DIMENSIONS_SOUGHT)]
    semesters = ["", *map(str, Semester.all_of(TERM))]
    for choice in product(["", *STATES], ["", *SIGNALS], semesters, dimensions, ["", *Level]):
        names = ("estado", "senal", "semestre", "dimension", "nivel")
        yield "&".join(f"{name}={value}" for name, value in zip(names, choice, strict=True))
