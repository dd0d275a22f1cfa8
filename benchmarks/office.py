"""What officers ask: their semester, the sheet, the review, and publishing two hundred at once.

And five hundred promises as a spreadsheet, made and read back.
"""

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
from tests.filled import Lines, as_xlsx, downloaded, text, upload
from tests.tracking.office.sent import SEMESTER, mark, send
from tests.tracking.office.sheets import long_plan
from tests.tracking.published import open_window

PLACE: Final = "anta"
MANY: Final = 200
ROUNDS: Final = 5
LIMIT: Final = 25
SHEET_PLACE: Final = "calca"
ROWS: Final = 500
SHEET_LIMIT: Final = 50


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
        yield Case(f"{name}, {MANY} promesas", partial(size_for, reading, address))
    yield Case(f"cómo van las unidades, {MANY} promesas", partial(size_for, reviewing, semester))
    marks = [mark(send(element, reporter)) for element in elements]
    queue = f"/gestion/revision/{PLACE}/{SEMESTER}/"
    yield Case(f"revisión, {MANY} informes", partial(size_for, reviewing, queue))
    publishing = partial(_published, reviewing, marks)
    yield Case(f"publicar {MANY} informes", publishing, limit=LIMIT, rounds=ROUNDS)
    yield from _sheets()


def _sheets() -> Iterator[Case]:
    """Every row says something: reading it back tells all of them, and saves none."""
    place = Municipality.objects.get(slug=SHEET_PLACE)
    open_window(place, SEMESTER)
    unit = make_unit(place)
    planner = make_person("planificacion@calca.example", Role.PLANNING, place)
    long_plan(unit, planner, more=ROWS - 1)
    client = Client(SERVER_NAME="localhost")
    client.force_login(planner)
    address = f"/gestion/semestre/{SHEET_PLACE}/{SEMESTER}/hoja/"
    made = partial(size_for, client, f"{address}mi-hoja.xlsx")
    yield Case(f"hoja XLSX hecha, {ROWS} filas", made, limit=SHEET_LIMIT, rounds=ROUNDS)
    lines: Lines = downloaded(client, f"{address}mi-hoja.xlsx")
    said = {"Paso": "En ejecución", "Qué se hizo": "Se firmó. " * 9, "Dificultades": "Llovió. " * 9}
    filled = [row for row in lines if row[2] == "Con un paso."]
    for row in filled:
        for heading, words in said.items():
            row[lines[0].index(heading)] = words
    read = partial(_read_back, client, f"{address}archivo/", as_xlsx(lines), len(filled))
    yield Case(f"hoja XLSX leída, {ROWS} filas", read, limit=SHEET_LIMIT, rounds=ROUNDS)


def _read_back(client: Client, address: str, content: bytes, count: int) -> int:
    answer = upload(client, address, content, "revisar")
    if f"{count} filas cambian y están bien" not in text(answer):
        raise RuntimeError(f"{address}: {answer.status_code}")
    return len(answer.content)


def size_for(client: Client, address: str) -> int:
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
