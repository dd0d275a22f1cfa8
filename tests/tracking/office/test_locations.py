"""Where was worked, as officers say it: in the report, the sheet, the file and the terms."""

from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Municipality, User
from plans.locations import read, written
from plans.models import PlanElement
from plans.semester import Semester
from tests.conftest import SignIn
from tests.factories import make_district, state
from tests.pages import text
from tests.tracking.office.acting import System, pointers
from tests.tracking.office.reporting import PAGE, TYPED, draft
from tests.tracking.office.sent import SEMESTER
from tests.tracking.office.sheets import fields_of, save, with_typed
from tests.tracking.office.sheets import read as read_sheet
from tests.tracking.published import publish
from tracking.measuring.tasks import tasks_of
from tracking.models import ProgressReport
from tracking.office.sheets.columns import texts_of

pytestmark = pytest.mark.django_db

WRITTEN = "Coata: Sucasco, -15.57, -69.95"
STORED = "Coata: Sucasco, -15.57000, -69.95000"


@pytest.fixture(autouse=True)
def province(puno: Municipality) -> Municipality:
    make_district(puno, "Coata", "210107")
    make_district(puno, "Acora", "210102")
    return puno


def stored() -> str:
    return written(ProgressReport.objects.get().locations)


def test_the_owner_ticks_districts_and_writes_spots(browser: Client) -> None:
    page = text(browser.get(PAGE))
    for district in ("Toda la provincia", "Acora", "Coata", "Puno"):
        assert f'name="locations_en" value="{district}"' in page
    typed = {**TYPED, "locations_en": ["Acora"], "locations": WRITTEN}
    assert browser.post(PAGE, typed).status_code == HTTPStatus.FOUND
    assert stored() == f"Acora; {STORED}"
    again = text(browser.get(PAGE))
    assert 'value="Acora" checked' in again
    assert f">\n{STORED}</textarea>" in browser.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("Lampa: Centro", "«Lampa» no es uno de sus distritos."),
        ("Coata: Sucasco, -69.95, -15.57", "al revés: escriba -15.57, -69.95."),
        ("\n".join(f"Coata: lugar {n}" for n in range(500)), "Son 501 lugares y caben 40"),
        ("Coata: " + "a" * 4000, "hasta 120 letras"),
    ],
)
def test_what_is_no_location_is_said_beside_it_and_nothing_is_lost(
    browser: Client, said: str, sentence: str
) -> None:
    refused = browser.post(PAGE, {**TYPED, "locations_en": ["Acora"], "locations": said})
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    page = refused.content.decode()
    assert sentence in page
    assert 'value="Acora" checked' in page
    assert f">\n{said}</textarea>" in page
    assert TYPED["narrative"] in page
    assert not ProgressReport.objects.exists()


def test_markup_is_text_and_what_turns_letters_around_is_taken_out(browser: Client) -> None:
    typed = {**TYPED, "locations": "Coata: <b>Su\u202ecasco</b>"}
    told = browser.post(PAGE, typed, follow=True).content.decode()
    assert stored() == "Coata: <b>Sucasco</b>"
    assert "U+202E" in told
    assert "Coata: &lt;b&gt;Sucasco&lt;/b&gt;" in told
    assert "<b>Sucasco" not in told


def test_a_report_begins_where_the_last_one_was_or_where_its_terms_plan_it(
    activity: PlanElement,
    next_semester: Semester,
    planner: User,
    reporter: User,
    province: Municipality,
) -> None:
    (task,) = tasks_of([activity], activity.plan, SEMESTER)
    assert task.locations == []
    state(activity, planner, locations=read("Acora", province))
    (planned,) = tasks_of([activity], activity.plan, SEMESTER)
    assert written(planned.locations) == "Acora"
    publish(draft(activity, reporter, locations=read("Coata", province)), by=planner)
    (begun,) = tasks_of([activity], activity.plan, next_semester)
    assert written(begun.locations) == "Coata"
    assert texts_of(begun)["locations"] == "Coata"


def test_a_row_of_the_sheet_takes_it_in_one_field(browser: Client, activity: PlanElement) -> None:
    fields = with_typed(fields_of(read_sheet(browser)), activity, locations="Cotaa")
    broken = save(browser, fields)
    assert broken.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "«Cotaa» no es uno de sus distritos." in text(broken)
    assert not ProgressReport.objects.exists()
    fields = with_typed(fields, activity, locations=f"Acora\r\n{WRITTEN}")
    assert save(browser, fields).status_code == HTTPStatus.FOUND
    assert stored() == f"Acora; {STORED}"
    again = fields_of(read_sheet(browser))
    assert again[f"r{activity.pk}-locations"] == [f"Acora\r\n{STORED}"]


def test_a_colleague_and_an_outsider_change_nothing(
    activity: PlanElement,
    reporter: User,
    colleague: User,
    outsider: User,
    province: Municipality,
    signed_in: SignIn,
) -> None:
    draft(activity, reporter, locations=read("Acora", province))
    typed = {**TYPED, "edit": "1", "locations": "Coata"}
    assert signed_in(colleague).post(PAGE, typed).status_code == HTTPStatus.FORBIDDEN
    assert signed_in(outsider).post(PAGE, typed).status_code == HTTPStatus.NOT_FOUND
    assert Client().post(PAGE, typed).status_code == HTTPStatus.FOUND
    assert stored() == "Acora"


def test_planning_says_where_it_is_planned_in_a_new_version(
    desk: Client, activity: PlanElement
) -> None:
    page = reverse("office_plans:terms", args=["puno", "2019-2022", "S.1.1.1"])
    typed = {
        **{"seen": "0", "kind": "entrega", "in_force_from": timezone.localdate().isoformat()},
        **{"reason": "Lo pidió el concejo", "locations_en": ["Toda la provincia"]},
    }
    refused = desk.post(page, {**typed, "locations": "Lampa"})
    assert "«Lampa» no es uno de sus distritos." in text(refused)
    assert desk.post(page, typed).status_code == HTTPStatus.FOUND
    assert ("dónde", "Toda la provincia") in activity.terms.get().stated


SPOT = {"district": "210107", "name": "Sucasco", "latitude": "-15.57", "longitude": -69.95}


def test_a_system_sends_it_and_reads_it_back(system: System, activity: PlanElement) -> None:
    told = system.begin(ref="S.1.1.1", locations=[SPOT, {"district": None}])
    whole = dict.fromkeys(("district", "district_name", "name", "latitude", "longitude"))
    kept = {**SPOT, "district_name": "Coata", "latitude": "-15.57000", "longitude": "-69.95000"}
    assert told["locations"] == [kept, whole]
    assert stored() == f"{STORED}; Toda la provincia"
    again = {"edit": told["edit"], "locations": told["locations"], "narrative": "Otra."}
    status, changed = system.ask("PATCH", f"drafts/{told['id']}/", again)
    assert (status, changed["locations"]) == (200, told["locations"])


@pytest.mark.parametrize(
    "said",
    [
        "Coata",
        [{"name": "Sucasco"}],
        [{**SPOT, "latitude": "quince"}],
        [{**SPOT, "latitude": "-69.95", "longitude": "-15.57"}],
        [{**SPOT, "color": "verde"}],
        [{**SPOT, "district": "220501"}],
        [{**SPOT, "name": "Su\u202ecasco"}],
        [SPOT, SPOT],
        [{**SPOT, "name": f"Lugar {n}"} for n in range(500)],
        [None],
    ],
)
def test_what_a_system_says_wrongly_is_named(
    system: System, activity: PlanElement, said: Any
) -> None:
    status, told = system.ask(
        "POST", "drafts/", {"ref": "S.1.1.1", "semester": "2019-I", "locations": said}
    )
    assert (status, pointers(told)) == (422, ["#/locations"])
