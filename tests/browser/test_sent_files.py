"""Each kind of file that an officer sends goes in through the browser, and its draft publishes.

Each is the plan of another list of one district, so that none is the next version of another.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import pytest
import weasyprint
from playwright.sync_api import Browser, Page, expect
from pytest_django.plugin import DjangoDbBlocker

import tracking.accountability.printing.paper  # noqa: F401  # its fonts, whatever the machine has
from accounts.choices import Role
from accounts.models import Municipality
from plans.choices import Dimension, Level
from plans.importers.sheet.template import template
from plans.services.imports import read_waiting
from plans.summary import noun
from tests.browser.signed_in import session_of, sign_in
from tests.factories import make_person
from tests.meanwhile import PATIENCE, Meanwhile
from tests.plans.importers.document.docx_files import docx, p
from tests.plans.importers.summaries import ROW, summary
from tests.plans.sent import TERM
from tests.real_plans import FOLDER, PLACES, real_draft

pytestmark = pytest.mark.django_db
DISTRICT = "huata-puno"
SENT = f"/gestion/plan/{DISTRICT}/importar/"
FORM = {"dimension": 1, "problem": 1, "objective": 1, "target": 1}


@dataclass(frozen=True)
class Sent:
    """A file, the term that it is sent for, and how many of each level are in it."""

    name: str
    content: bytes
    counts: Mapping[str, int]
    term: str = str(TERM)


def of_a_real_plan(slug: str) -> Sent:
    """The document that was filed, with what was collected from it by hand."""
    counts = Counter(str(each.level) for each in real_draft(slug).elements)
    document = FOLDER / f"{slug}-2019-2022.txt"
    return Sent(document.name, document.read_bytes(), counts, "2019-2022")


def filled_in() -> bytes:
    row = [str(Dimension.SOCIAL.label), *ROW, "", "Construir las aulas de prueba.", "", ""]
    return template(TERM, [row])


def many_plans() -> bytes:
    """Those of the whole province, as the electoral authority gives them."""
    places = ("COATA", "HUATA", "PAUCARCOLLA")
    plans = [
        summary(txRegion="PUNO", txProvincia="PUNO", txDistrito=each, txOrganizacionPolitica="JNE")
        for each in places
    ]
    return "\n".join(map(json.dumps, plans)).encode()


def printed() -> bytes:
    cells = "".join(f"<td>{text}" for text in ROW)
    heads = "<th>Problema<th>Objetivo<th>Indicador<th>Meta"
    body = f"<h3>Dimensión Social</h3><table border><tr>{heads}<tr>{cells}</table>"
    return bytes(weasyprint.HTML(string=body).write_pdf())


def typed() -> bytes:
    problem, objective, _indicator, target = ROW
    told = ("DIMENSIÓN SOCIAL", f"Problema: {problem}", f"Objetivo: {objective}", f"Meta: {target}")
    return docx(*map(p, told))


@cache
def sent(kind: str) -> Sent:
    made = {
        "plantilla": lambda: Sent("plan.xlsx", filled_in(), FORM | {"activity": 1}),
        "jne": lambda: Sent("planes.jsonl", many_plans(), FORM),
        "pdf": lambda: Sent("plan.pdf", printed(), FORM),
        "docx": lambda: Sent("plan.docx", typed(), FORM),
    }
    return made[kind]() if kind in made else of_a_real_plan(kind)


@pytest.fixture(scope="module")
def session(portal: str, django_db_blocker: DjangoDbBlocker) -> str:
    """Of somebody who plans in a district that has no plan."""
    with django_db_blocker.unblock():
        place = Municipality.objects.get(slug=DISTRICT)
        return session_of(make_person("plan@huata.example", Role.PLANNING, place))


@pytest.fixture
def desk(browser: Browser, portal: str, session: str) -> Iterator[Page]:
    context = browser.new_context(base_url=portal, viewport={"width": 1280, "height": 780})
    sign_in(context, portal, session)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("kind", ["plantilla", "jne", "pdf", "docx", *PLACES])
def test_it_is_read_as_it_is_and_published(desk: Page, kind: str) -> None:
    file = sent(kind)
    send(desk, kind, file)
    assert counted(desk) == {called(level, n): n for level, n in file.counts.items()}
    if kind == "jne":
        expect(desk.get_by_text("COATA, PUNO / PUNO / PAUCARCOLLA")).to_be_visible()
    publish(desk)


def send(page: Page, kind: str, file: Sent) -> None:
    page.goto(SENT)
    given = {"name": file.name, "mimeType": "application/octet-stream", "buffer": file.content}
    page.get_by_label("El archivo del plan").set_input_files(given)  # type: ignore[arg-type]
    page.get_by_label("Periodo de gobierno").select_option(file.term)
    page.get_by_label("Organización que presentó el plan").fill(kind)
    page.get_by_label("Es lo que ofreció otra lista").check()
    page.get_by_role("button", name="Enviar y leer").click()
    if kind == "pdf":
        expect(page.get_by_role("heading", name="Se está leyendo")).to_be_visible()
        work()
        page.reload()
    expect(page.get_by_role("heading", name="lo que se entendió", level=1)).to_be_visible()


def work() -> None:
    """What the worker does, through a connection of its own."""
    worker = Meanwhile(read_waiting)
    worker.start()
    worker.join(PATIENCE)
    assert worker.refused is None


def counted(page: Page) -> dict[str, int]:
    """What the draft says of itself: "4 dimensiones, 1 problema"."""
    told = page.get_by_role("status").first.inner_text().split(".")[0]
    return {words: int(n) for n, words in (each.split(" ", 1) for each in told.split(", "))}


def called(level: str, n: int) -> str:
    return noun(level, n) if n > 1 else str(Level(level).label).lower()


def publish(page: Page) -> None:
    page.get_by_role("link", name="Datos del plan", exact=True).click()
    page.get_by_label("De dónde viene el documento").fill("Documento de prueba")
    page.get_by_role("button", name="Guardar los datos").click()
    page.get_by_role("link", name="Revisar y publicar").click()
    page.get_by_role("button", name="Publicar versión").click()
    expect(page.get_by_role("heading", name="Publicado")).to_be_visible()
