"""One office: what it answers for, and whether it reports in time."""

import datetime as dt
import re
from collections import Counter

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Municipality, Unit, User
from plans.models import Plan, PlanElement, Responsibility
from tests.factories import make_unit
from tests.tracking.published import FIRST, draft, publish
from tests.tracking.simulated import simulated_plan
from tracking.choices import Verdict
from tracking.models import SemesterWindow, Standing
from tracking.reading.verdicts import SEVERAL
from tracking.services.semesters import close_semester


def page_of(client: Client, unit: Unit, query: str = "") -> str:
    response = client.get(f"{unit.get_absolute_url()}{query}")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_it_lists_what_the_office_answers_for_and_nothing_else(
    client: Client, office: PlanElement, puno_unit: Unit
) -> None:
    page = page_of(client, puno_unit)
    assert "<h1>Gerencia de Obras</h1>" in page
    assert "Programa de comedores de Puno" in page
    assert "Disminuir la desnutrición" not in page
    assert "De 1 promesa: " in page
    assert "1 no se sabe cómo va." in page


def test_a_late_report_is_counted_as_late(
    client: Client, office: PlanElement, puno_unit: Unit, reporter: User, planner: User
) -> None:
    publish(draft(office, FIRST, reporter), sent_on=dt.date(2019, 9, 1), by=planner)
    page = page_of(client, puno_unit)
    row = page[page.index(">2019-I</a>") :].partition("</tr>")[0]
    cells = re.findall(r'<td class="num">(\d+)', row)
    assert cells == ["1", "0", "1", "0", "0"]  # asked, in time, late, missing, with support


def test_an_office_without_anything_says_so(
    client: Client, office: PlanElement, puno: Municipality
) -> None:
    other = make_unit(puno, "Gerencia de Ambiente")
    assert "No figura como responsable de nada en el plan 2019–2022." in page_of(client, other)


def test_an_office_that_gave_its_charge_away_keeps_what_it_owed(
    client: Client, office: PlanElement, puno: Municipality, puno_unit: Unit, planner: User
) -> None:
    close_semester(SemesterWindow.objects.get(), by=planner)
    other = make_unit(puno, "Gerencia de Ambiente")
    Responsibility.objects.filter(element=office).update(unit=other)
    before, after = page_of(client, puno_unit), page_of(client, other)
    assert "De 1 promesa: " in before
    assert "al 30 de junio de 2019, entregó 0 de 1 informes, 0 dentro del plazo." in before
    assert "De 1 promesa: " not in after
    assert "Programa de comedores de Puno" in after
    assert "No figura como responsable" not in before + after


def test_a_municipality_without_a_plan_has_offices_all_the_same(
    client: Client, lamas_unit: Unit
) -> None:
    assert "Todavía no hay aquí un plan de su municipalidad." in page_of(client, lamas_unit)


def test_an_office_that_was_closed_keeps_its_page(
    client: Client, office: PlanElement, puno_unit: Unit
) -> None:
    Unit.objects.update(closed_on=dt.date(2021, 3, 1))
    page = page_of(client, puno_unit)
    assert "Se suprimió el 1 de marzo de 2021" in page
    assert "Programa de comedores de Puno" in page


@pytest.mark.parametrize("query", ["?semestre=2018-I", "?semestre=x", "?periodo=2015-2018"])
def test_what_nothing_offers_is_a_404(
    client: Client, office: PlanElement, puno_unit: Unit, query: str
) -> None:
    assert client.get(f"{puno_unit.get_absolute_url()}{query}").status_code == 404


def test_it_is_found_in_its_own_municipality_only(
    client: Client, office: PlanElement, puno_unit: Unit, lamas: Municipality
) -> None:
    assert client.get(f"/m/lamas/oficinas/{puno_unit.pk}/").status_code == 404
    assert client.get("/m/puno/oficinas/999999/").status_code == 404


def test_a_plan_that_nobody_published_is_not_told(
    client: Client, office: PlanElement, puno_unit: Unit
) -> None:
    Plan.objects.update(version=0)
    assert "comedores" not in page_of(client, puno_unit)


def test_its_counts_are_its_standings(client: Client, db: None) -> None:
    plan = simulated_plan("puno")
    for unit in plan.municipality.units.all():
        page = page_of(client, unit, "?semestre=2021-I")
        rows = list(Standing.objects.filter(unit=unit, semester="2021-I"))
        kept = sum((Counter(row.verdicts) for row in rows), Counter[str]())
        assert page.count('<li><a class="quote"') >= kept.total()
        assert f"De {kept.total()} promesa" in page
        for verdict, count in kept.items():
            assert f"</svg> {SEVERAL[Verdict(verdict)] % {'n': count}}" in page


def test_the_number_of_queries_does_not_grow(
    client: Client,
    office: PlanElement,
    puno_unit: Unit,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    large = simulated_plan("tarata")
    busy = large.municipality.units.order_by("pk")[0]
    for unit, queries in ((puno_unit, 11), (busy, 12)):  # what is late is asked why
        with django_assert_num_queries(queries):
            client.get(unit.get_absolute_url())
