"""What officers ask: their semester, the sheet, and publishing two hundred reports at once."""

from collections.abc import Iterator
from functools import partial
from typing import Final

from django.db import transaction
from django.test import Client

from accounts.choices import Role
from accounts.models import Municipality
from benchmarks.measure import Case
from plans.models import Plan
from tests.factories import make_person, make_unit
from tests.tracking.office.sent import SEMESTER, mark, send
from tests.tracking.office.sheets import long_plan
from tests.tracking.published import open_window

PLACE: Final = "anta"
MANY: Final = 200
ROUNDS: Final = 5
LIMIT: Final = 25


def cases(_plan: Plan) -> Iterator[Case]:
    place = Municipality.objects.get(slug=PLACE)
    open_window(place, SEMESTER)
    unit = make_unit(place)
    planner = make_person("planificacion@anta.example", Role.PLANNING, place)
    reporter = make_person("obras@anta.example", Role.REPORTER, place, unit)
    elements = long_plan(unit, planner, more=MANY - 1)
    reading, reviewing = (Client(SERVER_NAME="localhost") for _person in range(2))
    reading.force_login(reporter)
    reviewing.force_login(planner)
    semester = f"/gestion/semestre/{PLACE}/{SEMESTER}/"
    for name, address in (("mi semestre", semester), ("hoja", f"{semester}hoja/")):
        yield Case(f"{name}, {MANY} promesas", partial(_size, reading, address))
    marks = [mark(send(element, reporter)) for element in elements]
    publishing = partial(_published, reviewing, marks)
    yield Case(f"publicar {MANY} informes", publishing, limit=LIMIT, rounds=ROUNDS)


def _size(client: Client, address: str) -> int:
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status_code}")
    return len(answer.content)


def _published(client: Client, marks: list[str]) -> int:
    """Publish them, and take it back: the next round publishes the same."""
    with transaction.atomic():
        answer = client.post(f"/gestion/revision/{PLACE}/{SEMESTER}/", {"read": marks})
        if answer.status_code != 302:
            raise RuntimeError(f"nothing was published: {answer.status_code}")
        transaction.set_rollback(True)
    return len(answer.content)
