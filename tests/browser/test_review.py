"""A queue of twenty-two on a phone and at a desk: as long as its few lines, decided in few taps."""

import hashlib
import re
from collections.abc import Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.plugin import DjangoDbBlocker

from accounts.choices import Role
from accounts.models import Municipality
from plans.choices import Level
from plans.semester import Semester
from tests.browser.checks import assert_it_fits, assert_it_is_accessible
from tests.browser.signed_in import session_of, sign_in
from tests.factories import SMALL_PLAN, make_person, make_plan, make_unit, state
from tests.tracking.office.sent import draft, send, send_again
from tests.tracking.office.sheets import answer_for
from tests.tracking.published import elect, open_window
from tracking.choices import Step
from tracking.models import Preview, Support
from tracking.services.review import publish_reports

pytestmark = pytest.mark.django_db  # else no test database is made

MANY = 22
LONGEST = 9_000  # pixels of the whole page at 360
BEFORE, SEMESTER = Semester(2019, 1), Semester(2019, 2)
QUEUE = f"/gestion/revision/pichacani-puno/{SEMESTER}/"
STATEMENT = "Lineamiento {n}: promover la extensión de la crianza de peces con asistencia técnica "
STATEMENT += "permanente y ferias en cada centro poblado de {{place}}"
TEXT = "Se visitó cada centro poblado, se capacitó a {n} familias y se entregaron alevinos. " * 5


@pytest.fixture(scope="module")
def session(portal: str, django_db_blocker: DjangoDbBlocker) -> str:
    """Of who plans in Atuncolla, where MANY reports wait: of one the step went back."""
    with django_db_blocker.unblock():
        place = Municipality.objects.get(slug="pichacani-puno")
        listed = (
            (f"M.{n}", "", Level.GUIDELINE, "", STATEMENT.format(n=n)) for n in range(1, MANY)
        )
        plan = elect(make_plan(place, rows=[*SMALL_PLAN, *listed]))
        unit = make_unit(place)
        planner = make_person("planificacion@pichacani.example", Role.PLANNING, place)
        reporter = make_person("obras@pichacani.example", Role.REPORTER, place, unit)
        guidelines = plan.elements.filter(level=Level.GUIDELINE).select_related(
            "plan__municipality"
        )
        for element in guidelines:
            state(element, planner)
        answer_for(unit, *guidelines)
        for semester in (BEFORE, SEMESTER):
            open_window(place, semester)
        elements = list(guidelines.with_reportability().in_document_order())
        sent = [send(each, reporter, narrative=TEXT.format(n=12)) for each in elements]
        publish_reports({each.pk: each.edit for each in sent}, place, by=planner)
        for n, element in enumerate(elements):
            step = Step.PREPARING if n == 0 else Step.PARTLY
            texts = {"narrative": TEXT.format(n=30), "difficulties": "Llovió. " * 40}
            report = draft(element, reporter, semester=SEMESTER, step=step, **texts)
            for name in ("La posta", "El padrón de familias, con sus firmas"):
                digest = hashlib.sha256(f"{n}{name}".encode()).hexdigest()
                Support.objects.create(
                    report=report,
                    title=name,
                    taken_on=SEMESTER.first_day,
                    file_name="foto.jpg",
                    media_type="image/jpeg",
                    size=1,
                    sha256=digest,
                    added_by=reporter,
                )
                if name == "La posta":
                    Preview.objects.create(
                        original=digest,
                        sha256=digest,
                        width=320,
                        height=240,
                        made_at=timezone.now(),
                    )
            send_again(report, reporter)
        return session_of(planner)


@pytest.fixture
def reading(browser: Browser, portal: str, session: str, width: int) -> Iterator[Page]:
    context = browser.new_context(base_url=portal, viewport={"width": width, "height": 780})
    sign_in(context, portal, session)
    yield context.new_page()
    context.close()


def test_it_is_read_in_few_lines_each(reading: Page) -> None:
    reading.goto(QUEUE)
    expect(reading.get_by_role("article")).to_have_count(MANY)
    assert_it_fits(reading)
    assert_it_is_accessible(reading)
    assert reading.evaluate("document.documentElement.scrollHeight") <= LONGEST
    reading.get_by_role("article").nth(1).get_by_role("link").first.click()
    expect(reading.get_by_text(f"2 de {MANY}")).to_be_visible()
    assert_it_fits(reading)
    assert_it_is_accessible(reading)


@pytest.mark.parametrize("width", [1280])
def test_keys_act_once_they_are_wanted_and_never_in_a_field(reading: Page) -> None:
    reading.goto(QUEUE)
    keys = reading.keyboard
    first = reading.get_by_role("article").first
    box = first.get_by_role("checkbox")
    keys.press("p")
    expect(box).not_to_be_checked()
    reading.get_by_text("Teclas", exact=True).click()
    reading.get_by_label("Revisar con teclas en este navegador").check()
    keys.press("s")
    expect(first).to_be_focused()
    keys.press("p")
    expect(box).to_be_checked()
    keys.press("d")
    reason = first.get_by_label("Por qué se devuelve")
    expect(reason).to_be_focused()
    keys.type("pasada")
    expect(reason).to_have_value("pasada")
    expect(box).to_be_checked()
    first.get_by_role("link").first.click()
    expect(reading.get_by_text(f"1 de {MANY}")).to_be_visible()
    reading.wait_for_load_state()
    keys.press("p")
    expect(reading.get_by_role("button", name="Publicar")).to_be_focused()
    keys.press("c")
    expect(reading.get_by_label("Su mensaje")).to_be_focused()
    keys.press("Escape")
    here = reading.url
    reading.get_by_role("heading", level=1).click()
    keys.press("s")
    expect(reading.get_by_text(f"2 de {MANY}")).to_be_visible()
    reading.wait_for_load_state()
    keys.press("a")
    expect(reading).to_have_url(here)


@pytest.mark.parametrize("width", [360])
def test_all_but_the_doubtful_one_are_published_in_two_taps(reading: Page) -> None:
    reading.goto(QUEUE)
    expect(reading.get_by_text("Poco probable: informa «en preparación»")).to_be_visible()
    taps = 0
    for tap in (
        reading.get_by_role("link", name=re.compile(f"^{MANY - 1} sin dudas")),
        reading.get_by_role("button", name=f"Publicar estos {MANY - 1} informes"),
    ):
        tap.click()
        taps += 1
    expect(reading.get_by_text(f"Se publicaron {MANY - 1} informes.")).to_be_visible()
    expect(reading.get_by_role("article")).to_have_count(1)
    assert taps <= 5
