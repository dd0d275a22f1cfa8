"""A promise with reports as a citizen meets it: corrected, late, silent; and what it cost."""

import datetime as dt
import json
from decimal import Decimal

import pytest
from django.db import connection
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.plugin import DjangoDbBlocker

from accounts.choices import Role
from accounts.models import Municipality
from plans.semester import Semester
from tests.browser.checks import assert_it_fits, assert_it_is_accessible
from tests.factories import make_person, make_plan, make_unit, state
from tests.tracking.published import (
    FIRST,
    correct,
    draft,
    elect,
    element_of,
    open_window,
    publish,
    sustain,
)
from tracking.choices import Step
from tracking.models import Expenditure

pytestmark = pytest.mark.django_db  # else no test database is made

PARTS = [f"Comedor número {n} de la provincia" for n in range(8)]
LONG = "Se avanzó con los comedores y se visitó cada distrito. " * 40


@pytest.fixture(scope="module")
def promise(portal: str, django_db_blocker: DjangoDbBlocker) -> str:
    """The address of a promise of Quinua, in whose region none of the five plans is."""
    with django_db_blocker.unblock():
        municipality = Municipality.objects.get(slug="quinua-huamanga")
        plan = elect(make_plan(municipality))
        unit = make_unit(municipality)
        planner = make_person("planner@quinua.pe", Role.PLANNING, municipality)
        reporter = make_person("reporter@quinua.pe", Role.REPORTER, municipality, unit)
        element = element_of(plan, "S.1.1.1", unit)
        state(
            element,
            planner,
            in_force_from=dt.date(2019, 1, 2),
            parts=PARTS,
            schedule={"2019-I": "25", "2019-II": "75"},
        )
        for semester in (FIRST, Semester(2019, 2), Semester(2022, 2)):
            open_window(municipality, semester)
        first = draft(element, FIRST, reporter, parts_done=PARTS[:3], narrative=LONG)
        sustain(first, place="Coata")
        sustain(first, "Nota de la radio", url="https://radio.example/una-nota-muy-larga")
        published = publish(first, by=planner)
        corrected = correct(published, "Se contó dos veces", reporter, parts_done=PARTS[:2])
        publish(corrected, by=planner)
        second = draft(
            element,
            Semester(2019, 2),
            reporter,
            step=Step.PARTLY,
            parts_done=PARTS[:4],
            halted_since=dt.date(2019, 11, 4),
            halted_cause="Terreno sin sanear",
        )
        publish(second, sent_on=dt.date(2020, 2, 14), by=planner)
        Expenditure.objects.create(
            plan=plan,
            municipality=municipality,
            simulated=False,
            element=element,
            year=2019,
            pia=Decimal(1_000_000),
            pim=Decimal("1234567.5"),
            accrued=Decimal(617_000),
            as_of=dt.date(2019, 12, 31),
            source="SIAF, consulta del 15 de enero de 2020",
            by=planner,
        )
        address: str = element.get_absolute_url()
        connection.close()
    return address


def test_the_answer_stands_above_the_fold(page: Page, promise: str) -> None:
    page.goto(promise)
    status = page.locator(".status")
    expect(status).to_contain_text(
        "Al 31 de diciembre de 2019: entregado en parte, "
        "4 de 8 partes, sin sustento, informado con atraso. "
        "Sin informe final: el del semestre 2022-II venció el 31 de enero de 2023."
    )
    expect(status).to_be_in_viewport()
    expect(page.get_by_text("Paralizada", exact=True)).to_be_in_viewport()
    expect(page.get_by_role("img", name="Lo informado")).to_be_visible()


@pytest.mark.parametrize(("address", "kind"), [("{}", "CreativeWork"), ("{}../", "Dataset")])
def test_the_policy_lets_its_data_stand_and_nothing_loads_its_picture(
    page: Page, promise: str, address: str, kind: str
) -> None:
    """The fixture holds that the console stays silent."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address.format(promise))
    block = page.locator("script[type='application/ld+json']")
    nodes = json.loads(block.text_content() or "")["@graph"]
    assert [node["@type"] for node in nodes] == [kind, "BreadcrumbList"]
    assert page.locator("meta[property='og:image']").count() == 1
    assert [url for url in asked if "vigia-compartir" in url] == []


def chapter(page: Page, semester: str) -> Locator:
    return page.locator(".chapter").filter(
        has=page.get_by_role("heading", name=semester, exact=True)
    )


def test_a_link_to_a_semester_unfolds_it_without_a_script(
    browser: Browser, portal: str, promise: str
) -> None:
    with browser.new_context(base_url=portal, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(promise)
        expect(chapter(page, "2019-I").locator(".measure").first).not_to_be_visible()
        page.goto(f"{promise}#2019-I")
        expect(chapter(page, "2019-I").locator(".measure").first).to_be_in_viewport()
        expect(page.get_by_role("heading", name="2019-I", exact=True)).to_be_in_viewport()


def test_both_revisions_can_be_read(page: Page, promise: str) -> None:
    page.goto(promise)
    first = chapter(page, "2019-I")
    first.locator("summary").first.click()
    expect(first.get_by_text("Motivo: Se contó dos veces")).to_be_visible()
    earlier = first.locator(".earlier .measure")
    expect(earlier).not_to_be_visible()
    first.get_by_text("Lo publicado antes: revisión 1").click()
    expect(earlier).to_have_text("37.5 % de avance · en ejecución, 3 de 8 partes")
    expect(earlier).to_be_visible()
    first.get_by_text("Qué cambió").click()
    expect(first.locator("del").first).to_be_visible()


@pytest.mark.parametrize("address", ["{}", "{}../", "{}../?ver=todo"])
def test_it_fits_and_axe_finds_no_violation_with_all_unfolded(
    page: Page, promise: str, address: str
) -> None:
    page.goto(address.format(promise))
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert_it_fits(page)
    assert_it_is_accessible(page)


def test_on_paper_the_newest_report_is_whole_and_each_other_a_line(
    page: Page, promise: str
) -> None:
    page.goto(promise)
    page.emulate_media(media="print")
    expect(chapter(page, "2019-II").locator(".measure").first).to_be_visible()
    earlier = chapter(page, "2019-I")
    expect(earlier.locator("summary").first).to_be_visible()
    expect(earlier.locator(".measure").first).to_be_hidden()
