"""What officers ask while a plan comes in: its draft, its first day, how it is measured.

And what citizens read of a plan that another list offered.
"""

from collections.abc import Iterator
from functools import partial
from typing import Final

from django.test import Client
from django.urls import reverse

from accounts.choices import Role
from accounts.models import Municipality
from benchmarks.measure import Case
from benchmarks.office import size_for
from benchmarks.pages import size_of
from plans.choices import Standing
from plans.importers.document.reader import read
from plans.importers.validation import Whose
from plans.models import Plan
from plans.services.importing import publish_outline
from tests.factories import make_person
from tests.plans.sent import TERM, send
from tests.real_plans import FOLDER

PLACE: Final = "urubamba"
DOCUMENT: Final = FOLDER / "puno-2019-2022.txt"


def cases(plan: Plan) -> Iterator[Case]:
    place = Municipality.objects.get(slug=PLACE)
    planner = make_person("planificacion@urubamba.example", Role.PLANNING, place)
    client = Client(SERVER_NAME="localhost")
    client.force_login(planner)
    outline = read(DOCUMENT.read_bytes(), DOCUMENT.name)
    draft = send(place, planner, outline=outline)
    of_draft = (PLACE, draft.pk)
    pages = (
        ("enviar un plan", "office_plans:imports", (PLACE,)),
        ("lo que se entendió, plan de Puno", "office_plans:import", of_draft),
        ("diferencias, plan de Puno", "office_plans:import_differences", of_draft),
        ("primer día", "office:first_day_of", (PLACE, TERM)),
    )
    for name, view, arguments in pages:
        yield Case(name, partial(size_for, client, reverse(view, args=arguments)))
    yield _measuring(plan)
    whose = Whose(place.inei, TERM, "LISTA A", Standing.UNCONFIRMED, list_slug="lista-a")
    offered = publish_outline(outline, whose, None).plan
    yield Case("plan de una lista", partial(size_of, offered.get_absolute_url()))


def _measuring(plan: Plan) -> Case:
    """The sheet of the large plan, as many rows as a page has."""
    place = plan.municipality
    client = Client(SERVER_NAME="localhost")
    client.force_login(make_person("medicion@cusco.example", Role.PLANNING, place))
    address = reverse("office_plans:measuring", args=[place.slug, plan.term])
    return Case("hoja de medición", partial(size_for, client, address))
