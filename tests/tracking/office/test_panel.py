"""Planning's semester: which unit is behind, who reports for it, and what the plan still lacks."""

import datetime as dt
import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.choices import Role
from accounts.models import Municipality, Unit, User
from plans.choices import MeasureKind
from plans.models import PlanElement
from tests.conftest import SignIn
from tests.factories import make_person, make_unit, state
from tests.tracking.office.sent import draft, publish, send
from tests.tracking.office.sheets import SEMESTER_PAGE, answer_for, long_plan
from tracking.models import Reminder, SemesterWindow
from tracking.services.review import return_report, start_correction

pytestmark = pytest.mark.django_db


def read(browser: Client, address: str = SEMESTER_PAGE) -> str:
    page = browser.get(address)
    assert page.status_code == 200
    return " ".join(page.content.decode().split())


def lines(page: str) -> list[str]:
    """The text of each row of the panel."""
    body = page[page.index("<tbody>") : page.index("</tbody>")]
    rows = re.findall(r"<tr.*?</tr>", re.sub(r"<details>.*?</details>", "", body))
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]


@pytest.fixture
def salud(puno: Municipality) -> Unit:
    return make_unit(puno, "Gerencia de Salud")


def test_the_unit_that_owes_most_comes_first(
    puno_unit: Unit,
    salud: Unit,
    reporter: User,
    planner: User,
    window: SemesterWindow,
    desk: Client,
) -> None:
    one, two, three, four, five, *rest = long_plan(puno_unit, planner, more=7)
    for element in rest:
        element.responsibility_set.all().delete()
    answer_for(salud, *rest)
    publish(one, reporter, planner)
    send(two, reporter)
    report = send(three, reporter)
    return_report(report, "Falta.", report.municipality, read=report.edit, by=planner)
    draft(four, reporter)
    page = read(desk)
    assert lines(page) == [
        # missing of due, returned, sent, published, without terms, without schedule, people
        "Gerencia de Obras 3 de 5 1 1 1 0 5 Recordar ahora a Gerencia de Obras",
        "Gerencia de Salud 3 de 3 0 0 0 0 3 Oficina sin nadie",
        "Sin unidad 2 de 2 0 0 0 1 1",
    ]
    assert "<strong>2 de 10</strong> informados" in page
    assert "9 promesas no tienen cronograma" in page
    assert five.ref not in page


def test_a_promise_of_two_units_is_owed_by_both_and_counted_once(
    activity: PlanElement, salud: Unit, desk: Client
) -> None:
    answer_for(salud, activity)
    page = read(desk)
    assert [line[:24] for line in lines(page)] == [
        "Gerencia de Obras 1 de 1",
        "Gerencia de Salud 1 de 1",
        "Sin unidad 1 de 1 0 0 0 ",
    ]
    assert "<strong>0 de 2</strong> informados" in page


def test_a_correction_under_way_owes_nothing(
    activity: PlanElement, target: PlanElement, reporter: User, planner: User, desk: Client
) -> None:
    publish(target, reporter, planner, step=None)
    start_correction(publish(activity, reporter, planner), "La fecha era otra.", by=reporter)
    assert lines(read(desk)) == ["Gerencia de Obras nada de 2 0 0 2 1 1"]


def test_what_only_a_closed_office_answers_for_is_nobodys(
    activity: PlanElement, target: PlanElement, puno_unit: Unit, desk: Client
) -> None:
    Unit.objects.filter(pk=puno_unit.pk).update(closed_on=dt.date(2019, 2, 1))
    assert lines(read(desk)) == ["Sin unidad 2 de 2 0 0 0 1 1"]


def test_each_unit_leads_to_its_promises_and_all_of_them_stay_at_hand(
    activity: PlanElement, puno_unit: Unit, desk: Client
) -> None:
    page = read(desk)
    assert f'href="?unidad={puno_unit.pk}"' in page
    assert 'href="?unidad=ninguna"' in page
    assert 'href="?estado="' in page
    rows = read(desk, f"{SEMESTER_PAGE}?unidad={puno_unit.pk}")
    assert "S.1.1.1" in rows
    assert f'<a href="{SEMESTER_PAGE}">← Cómo van las unidades</a>' in rows


def test_it_says_when_somebody_last_came_in_and_who_was_reminded(
    activity: PlanElement, window: SemesterWindow, reporter: User, planner: User, desk: Client
) -> None:
    assert "Nadie ha ingresado" in read(desk)
    User.objects.filter(pk=reporter.pk).update(
        last_login=dt.datetime(2019, 7, 3, 15, tzinfo=dt.UTC)
    )
    Reminder.objects.create(user=reporter, window=window, days_after_due=-3, asked_by=planner)
    Reminder.objects.update(sent_at=dt.datetime(2019, 7, 28, 14, tzinfo=dt.UTC))
    page = read(desk)
    assert "Ingresó el 3 jul 2019" in page
    told = "reporter@puno.pe: ingresó el 3 de julio de 2019, 10:00; se le recordó el 28 de julio"
    assert told in page
    assert "(lo pidió planner@puno.pe)" in page
    assert "Recordado el 28 jul" in lines(page)[0]


@pytest.mark.parametrize("why", ["left", "plans now"])
def test_who_left_and_who_plans_do_not_report(
    activity: PlanElement, target: PlanElement, reporter: User, desk: Client, why: str
) -> None:
    if why == "left":
        User.objects.filter(pk=reporter.pk).update(is_active=False)
    else:
        reporter.memberships.update(role=Role.PLANNING)
    assert "Oficina sin nadie" in lines(read(desk))[0]


def test_what_lacks_terms_or_a_schedule_is_counted_and_led_to(
    activity: PlanElement, target: PlanElement, planner: User, desk: Client
) -> None:
    state(activity, planner, schedule={"2019-I": "2"})
    state(target, planner, kind="")
    page = read(desk)
    assert lines(page)[0].startswith("Gerencia de Obras 2 de 2 0 0 0 1 0 ")
    assert "De 1 promesa nadie dijo cómo se mide." in page
    assert 'href="/gestion/plan/puno/2019-2022/hoja/?falta=medida"' in page
    state(target, planner, kind=MeasureKind.LEVEL)
    page = read(desk)
    assert "1 promesa no tiene cronograma" in page
    address = "/gestion/plan/puno/2019-2022/hoja/?falta=cronograma"
    assert f'href="{address}"' in page
    assert "S.1.1.2" in read(desk, address)
    assert "S.1.1.1" not in read(desk, address)
    state(target, planner, kind=MeasureKind.UNVERIFIABLE)
    assert "no tiene cronograma" not in read(desk)


@pytest.mark.parametrize("role", [Role.ADMINISTRATION, Role.OPERATOR])
def test_who_does_not_plan_reads_it_and_reminds_nobody(
    activity: PlanElement, puno: Municipality, reporter: User, signed_in: SignIn, role: Role
) -> None:
    place = None if role == Role.OPERATOR else puno
    page = read(signed_in(make_person("reader@puno.pe", role, place)))
    assert lines(page)[0].startswith("Gerencia de Obras 1 de 1")
    assert "/recordar/" not in page


@pytest.mark.parametrize("more", [2, 59])
def test_it_costs_the_same_however_much_there_is(
    puno: Municipality,
    puno_unit: Unit,
    planner: User,
    reporter: User,
    window: SemesterWindow,
    desk: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    more: int,
) -> None:
    elements = long_plan(puno_unit, planner, more=more)
    for n, element in enumerate(elements):
        unit = make_unit(puno, f"Gerencia número {n}")
        person = make_person(f"r{n}@puno.pe", Role.REPORTER, puno, unit)
        answer_for(unit, element)
        Reminder.objects.create(user=person, window=window, days_after_due=-7, asked_by=planner)
    with django_assert_num_queries(18):
        assert len(lines(read(desk))) == more + 3


def test_planning_is_told_what_nobody_answers_for(
    activity: PlanElement, puno_unit: Unit, planner: User, reporter: User, signed_in: SignIn
) -> None:
    told = "1 promesa no tiene unidad orgánica"
    page = read(signed_in(planner))
    assert told in page
    assert 'href="/gestion/plan/puno/2019-2022/?falta=unidad"' in page
    assert told not in read(signed_in(reporter))
    answer_for(puno_unit, activity.plan.elements.get(ref="S.1.1.2"))
    assert "no tiene unidad orgánica" not in read(signed_in(planner))


def test_an_office_without_anybody_is_named_before_and_after_its_last_role_ends(
    activity: PlanElement,
    target: PlanElement,
    reporter: User,
    planner: User,
    puno: Municipality,
    signed_in: SignIn,
) -> None:
    desk = signed_in(planner)
    assert "Oficina sin nadie" not in desk.get(SEMESTER_PAGE).content.decode()
    manager = signed_in(make_person("manager@puno.pe", Role.ADMINISTRATION, puno))
    held = reporter.memberships.get()
    end = f"/gestion/personas/puno/roles/{held.pk}/terminar/"
    told = manager.get(end).content.decode()
    assert f"{held.unit}: 2 promesas se quedan sin quien las informe" in told
    manager.post(end)
    page = desk.get(SEMESTER_PAGE).content.decode()
    assert f"Oficina sin nadie: {held.unit}. 2 promesas no tienen quien las informe." in page
