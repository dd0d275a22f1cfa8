"""Classifications beside the tree: pasted by planning, seen on the promise, chosen on the plan."""

import csv
import io
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from plans.classes import Classed
from plans.models import Plan
from plans.services.classifying import classify
from plans.services.publishing import publish
from tests.factories import plan_draft
from tracking.ledger.kinds.plans import texts_of

pytestmark = pytest.mark.django_db
PAGE = reverse("office_plans:classes", args=["puno", "2019-2022"])
COVERAGE_QUERIES = 9
LINES = "S.1.1.1\t3\tSalud y bienestar\nS.1.1.1\t2\r\n\ns.1.1.2\t3\n"


def pasted(**fields: str) -> dict[str, str]:
    return {"scheme": "ODS", "lines": LINES, **fields}


@pytest.fixture
def classified(browser: Client, puno_plan: Plan) -> Plan:
    assert browser.post(PAGE, pasted()).status_code == 302
    return Plan.objects.get(pk=puno_plan.pk)


def test_lines_of_a_sheet_become_a_version_of_the_plan(classified: Plan, planner: User) -> None:
    assert classified.schemes == {"ODS": {"2": "", "3": "Salud y bienestar"}}
    codes = dict(classified.elements.exclude(classes={}).values_list("ref", "classes"))
    assert codes == {"S.1.1.1": {"ODS": ["2", "3"]}, "S.1.1.2": {"ODS": ["3"]}}
    version = classified.versions.get(number=2)
    assert (version.by, version.changed) == (planner, 2)


def test_what_is_not_named_stays_and_what_has_no_code_goes(
    browser: Client, classified: Plan
) -> None:
    browser.post(PAGE, pasted(lines="S.1.1.1\t\nS.1.1.2\t5"))
    browser.post(PAGE, pasted(scheme="Ejes", lines="S.1.1.2\t1"))
    codes = dict(classified.elements.exclude(classes={}).values_list("ref", "classes"))
    assert codes == {"S.1.1.2": {"ODS": ["5"], "Ejes": ["1"]}}


def test_the_promise_the_plan_and_the_data_have_them(browser: Client, classified: Plan) -> None:
    promise = browser.get("/m/puno/2019-2022/S.1.1.1/").content.decode()
    assert "<dt>ODS</dt><dd>2, 3 Salud y bienestar</dd>" in promise
    plan = browser.get("/m/puno/2019-2022/").content.decode()
    assert '<option value="ODS:3">ODS: 3 Salud y bienestar</option>' in plan
    address = "/m/puno/2019-2022/?clasificacion=ODS:2"
    assert browser.get(address).status_code == 200
    table = browser.get(f"{address}&formato=csv").getvalue().decode("utf-8-sig")
    rows = {each["codigo"]: each["clasificaciones"] for each in csv.DictReader(io.StringIO(table))}
    assert rows == {"S.1.1.1": "ODS: 2, 3"}
    (row,) = browser.get("/api/v1/targets/").json()["results"]
    assert row["classes"] == {"ODS": ["3"]}
    assert browser.get("/m/puno/2019-2022/?clasificacion=ODS:99").status_code == 404
    assert '"clasificaciones"' in texts_of(classified)


def test_a_plan_without_them_says_nothing_of_them(browser: Client, puno_plan: Plan) -> None:
    assert "clasificacion" not in browser.get("/m/puno/2019-2022/").content.decode()
    assert "clasificaciones" not in texts_of(puno_plan)


@pytest.mark.parametrize(
    ("fields", "field", "reason"),
    [
        ({"lines": "Z.9\t3"}, "lines", "Este plan no tiene: Z.9."),
        ({"lines": "lo social va en el 3"}, "lines", "Línea 1"),
        ({"lines": " \n"}, "lines", "al menos una línea"),
        ({"lines": f"S.1\t{'9' * 31}"}, "lines", "Línea 1"),
        ({"scheme": "ODS: 2030"}, "scheme", "sin «:»"),
    ],
)
def test_what_is_no_code_is_refused_and_nothing_typed_is_lost(
    browser: Client, puno_plan: Plan, fields: dict[str, str], field: str, reason: str
) -> None:
    answer = browser.post(PAGE, pasted(**fields))
    assert answer.status_code == 422
    assert reason in answer.context["form"].errors[field][0]
    assert puno_plan.elements.exclude(classes={}).count() == 0


def test_a_file_replaces_its_own_classifications_alone(puno_plan: Plan, planner: User) -> None:
    classify(puno_plan, "ODS", [Classed("S.1.1.1", "3", "")], by=planner)
    draft = plan_draft(puno_plan.municipality)
    elements = [
        replace(each, classes={"Ejes": ["1"]}) if each.ref == "S.1.1.2" else each
        for each in draft.elements
    ]
    publish(replace(draft, elements=elements, schemes={"Ejes": {"1": "Gente"}}))
    publish(replace(draft, schemes={"Ejes": {"1": "Gente"}}))
    codes = dict(puno_plan.elements.exclude(classes={}).values_list("ref", "classes"))
    assert codes == {"S.1.1.1": {"ODS": ["3"]}}
    assert Plan.objects.get(pk=puno_plan.pk).schemes.keys() == {"ODS", "Ejes"}


def test_coverage_tells_the_promises_without_a_code_and_the_codes_without_a_promise(
    browser: Client, classified: Plan, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    browser.post(PAGE, pasted(scheme="POI 2020", lines="S.1.1.1\tA1\tPostas\nS.1.1.2\tA2\tBecas"))
    browser.post(PAGE, pasted(scheme="POI 2020", lines="S.1.1.2\t"))
    with django_assert_max_num_queries(COVERAGE_QUERIES):
        answer = browser.get(f"{PAGE}cobertura/")
    assert (answer.context["scheme"], answer.context["coverage"].covered) == ("POI 2020", 1)
    without = [each.ref for each in answer.context["coverage"].without]
    assert "S.1.1.2" in without
    assert "S.1.1.1" not in without
    assert answer.context["coverage"].unused == ["A2 Becas"]


def test_a_code_of_a_text_that_takes_no_reports_serves_all_the_same(
    browser: Client, puno_plan: Plan
) -> None:
    browser.post(PAGE, pasted(scheme="POI", lines="S.1\tA1\tPostas"))
    assert browser.get(f"{PAGE}cobertura/").context["coverage"].unused == []


def test_a_code_that_serves_nothing_can_be_named(browser: Client, puno_plan: Plan) -> None:
    browser.post(PAGE, pasted(scheme="POI", lines="\tA9\tFestival\nS.1.1.1\tA1"))
    assert browser.get(f"{PAGE}cobertura/").context["coverage"].unused == ["A9 Festival"]


def test_coverage_of_a_plan_without_classifications_says_where_they_are_given(
    browser: Client, puno_plan: Plan
) -> None:
    assert f'href="{PAGE}"' in browser.get(f"{PAGE}cobertura/").content.decode()
