"""What the operating plan proposes beside the figure of a report: taken by a button alone."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from plans.choices import MeasureKind
from plans.models import PlanElement
from plans.semester import Semester
from tests.conftest import SignIn
from tests.factories import state
from tests.filled import text
from tests.tracking.office.executed import CODE, give_code, keep
from tests.tracking.office.sent import SEMESTER
from tests.tracking.office.sheets import SHEET, fields_of, read, save, sent_by, stored, with_typed
from tracking.measuring.proposed import Proposal, proposals_for
from tracking.measuring.tasks import task_to_write

pytestmark = pytest.mark.django_db
TOLD = "1.er trimestre 12, 2.º trimestre 8: 20 Informe (al 2.º trimestre de 2019)"
MARK = "Es la cifra del POI: cámbiela si no es lo que se cuenta aquí."


@pytest.fixture
def coded(activity: PlanElement, planner: User) -> PlanElement:
    """A delivery of forty informes, with a code of the operating plan."""
    state(activity, planner, goal=Decimal(40), unit_of_measure="informes")
    give_code(activity, by=planner)
    activity.refresh_from_db()
    return activity


@pytest.fixture
def executed(coded: PlanElement, planner: User) -> PlanElement:
    keep(coded, 12, 8, by=planner)
    return coded


def page_of(element: PlanElement) -> str:
    return f"/gestion/semestre/puno/2019-I/{element.ref}/"


def proposed(element: PlanElement, semester: Semester = SEMESTER) -> list[Proposal]:
    task = task_to_write(PlanElement.objects.with_reportability().get(pk=element.pk), semester)
    return proposals_for([task]).get(element.pk, [])


def form_of(answer: Any) -> dict[str, Any]:
    """What a browser would send of the report's form."""
    html = answer.content.decode()
    return sent_by(html[html.index("data-unsaved") :].partition("</form>")[0])


def test_a_delivery_is_proposed_the_sum_of_the_quarters_of_the_term(
    executed: PlanElement, planner: User
) -> None:
    (one,) = proposed(executed)
    assert (one.told, one.value, one.missing, one.agrees) == (TOLD, Decimal(20), 0, True)
    keep(executed, 5, None, None, 1, by=planner, year=2020)
    assert proposed(executed, Semester(2019, 2)) == []
    (later,) = proposed(executed, Semester(2020, 1))
    assert later.told == (
        "antes de 2020 20, 1.er trimestre 5: 25 Informe (al 1.er trimestre de 2020)"
    )
    assert later.missing == 3


def test_a_level_is_proposed_its_last_quarter(executed: PlanElement, planner: User) -> None:
    state(executed, planner, kind=MeasureKind.LEVEL, unit_of_measure="Informe", goal=Decimal(9))
    (one,) = proposed(executed)
    assert (one.value, one.missing) == (Decimal(8), 0)


def test_each_code_is_proposed_by_itself(executed: PlanElement, planner: User) -> None:
    give_code(executed, CODE, "AOI002", by=planner)
    keep(executed, 3, by=planner, code="AOI002")
    assert [each.value for each in proposed(executed)] == [Decimal(20), Decimal(3)]


def test_it_is_taken_into_the_form_with_what_was_typed_and_nothing_is_saved(
    executed: PlanElement, browser: Client
) -> None:
    read_first = browser.get(page_of(executed))
    assert TOLD in text(read_first)
    assert MARK not in text(read_first)
    typed = {**form_of(read_first), "narrative": ["Lo que hicimos."], "poi": CODE}
    answer = browser.post(page_of(executed), typed)
    assert answer.status_code == 200
    form = form_of(answer)
    assert (form["value"], form["narrative"]) == (["20"], ["Lo que hicimos."])
    assert MARK in text(answer)
    assert stored(executed) is None
    assert browser.post(page_of(executed), {**form, "accion": "guardar"}).status_code == 302
    report = stored(executed)
    assert report
    assert report.value == 20


def test_it_is_taken_into_a_row_of_the_sheet(executed: PlanElement, browser: Client) -> None:
    page = read(browser)
    assert TOLD in page
    typed = with_typed(fields_of(page), executed, narrative="Lo que hicimos.")
    answer = save(browser, typed, poi=f"{executed.ref} {CODE}")
    assert answer.status_code == 200
    fields = fields_of(answer.content.decode())
    assert fields[f"r{executed.pk}-value"] == ["20"]
    assert fields[f"r{executed.pk}-narrative"] == ["Lo que hicimos."]
    assert MARK in text(answer)
    assert stored(executed) is None
    own = {key: value for key, value in typed.items() if key.startswith(f"r{executed.pk}-")}
    piece = browser.post(
        SHEET,
        {**own, "fila": executed.ref, "poi": f"{executed.ref} {CODE}"},
        headers={"HX-Request": "true"},
    )
    assert MARK in text(piece)
    assert f'name="r{executed.pk}-value" value="20"' in piece.content.decode()


@pytest.mark.parametrize("unit", ["talleres", ""])
def test_in_another_unit_it_is_told_and_cannot_be_taken(
    executed: PlanElement, browser: Client, planner: User, unit: str
) -> None:
    state(executed, planner, goal=Decimal(40), unit_of_measure=unit)
    answer = browser.get(page_of(executed))
    assert "No se propone: el POI cuenta «Informe»" in text(answer)
    assert 'name="poi"' not in answer.content.decode()
    again = browser.post(page_of(executed), {**form_of(answer), "poi": CODE})
    assert form_of(again)["value"] == [""]


def test_who_does_not_write_the_report_is_not_told(
    executed: PlanElement, colleague: User, signed_in: SignIn
) -> None:
    assert "trimestre 12" not in text(signed_in(colleague).get(page_of(executed)))


def test_the_sheet_asks_for_all_proposals_at_once(executed: PlanElement, browser: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            read(browser)
        return len(asked)

    queries()
    with_one = queries()
    PlanElement.objects.update(classes={})
    assert with_one == queries() + 1
    PlanElement.objects.update(classes={"POI": [CODE]})
    assert queries() == with_one
