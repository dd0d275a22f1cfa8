"""Whose promise a plan is, and its own words, corrected by hand."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from plans.models import Plan
from tests.conftest import SignIn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("planning_enters")]
LIST = reverse("admin:plans_plan_changelist")


def page_of(plan: Plan) -> str:
    return reverse("admin:plans_plan_change", args=[plan.pk])


def written(plan: Plan, **fields: Any) -> dict[str, Any]:
    names = ("organization", "standing", "standing_source")
    return {name: getattr(plan, name) for name in names} | {"labels": ""} | fields


def test_a_standing_with_its_source_is_a_new_version(browser: Client, puno_plan: Plan) -> None:
    sent = written(
        puno_plan,
        standing="autoridad elegida",
        standing_source="Acta del JNE, 7 de noviembre de 2018",
    )
    assert browser.post(page_of(puno_plan), sent).status_code == 302
    version = puno_plan.versions.get(number=2)
    assert version.changes == [
        {
            "ref": "",
            "what": "plan",
            "before": {"standing": "sin confirmar", "standing_source": ""},
            "after": {
                "standing": "autoridad elegida",
                "standing_source": "Acta del JNE, 7 de noviembre de 2018",
            },
        }
    ]
    assert "v2" in browser.get(page_of(puno_plan)).content.decode()


def test_a_standing_needs_its_source(browser: Client, puno_plan: Plan) -> None:
    answer = browser.post(page_of(puno_plan), written(puno_plan, standing="autoridad elegida"))
    assert "de qué documento público sale" in str(answer.context["errors"])


def test_the_plans_own_words_are_lines(browser: Client, puno_plan: Plan) -> None:
    sent = written(puno_plan, labels="objetivo: Política\nDimension: Eje")
    assert browser.post(page_of(puno_plan), sent).status_code == 302
    puno_plan.refresh_from_db()
    assert puno_plan.labels == {"objective": "Política", "dimension": "Eje"}
    form = browser.get(page_of(puno_plan)).context["adminform"].form
    assert form["labels"].value() == "dimension: Eje\nobjetivo: Política"


@pytest.mark.parametrize(
    ("labels", "reason"),
    [
        ("política: Eje", "no es un nivel"),
        ("objetivo", "clave: valor"),
        ("objetivo: a\nobjetivo: b", "dos veces"),
        (f"objetivo: {'x' * 61}", "como máximo 60"),
    ],
)
def test_words_for_no_level_are_told(
    browser: Client, puno_plan: Plan, labels: str, reason: str
) -> None:
    answer = browser.post(page_of(puno_plan), written(puno_plan, labels=labels))
    assert reason in answer.context["adminform"].form.errors["labels"][0]


def test_its_municipality_term_and_version_cannot_be_posted(
    browser: Client, puno_plan: Plan, lamas_plan: Plan
) -> None:
    sent = {"municipality": lamas_plan.municipality_id, "first_year": 2023, "version": 9}
    browser.post(page_of(puno_plan), written(puno_plan, **sent))
    same = Plan.objects.get(pk=puno_plan.pk)
    assert (same.municipality.slug, same.first_year, same.version) == ("puno", 2019, 1)


@pytest.mark.parametrize("who", ["planner", "operator"])
def test_nobody_adds_a_plan_here(
    who: str, request: pytest.FixtureRequest, signed_in: SignIn
) -> None:
    browser = signed_in(request.getfixturevalue(who))
    assert browser.get(reverse("admin:plans_plan_add")).status_code == 403


@pytest.mark.parametrize(
    ("words", "found"),
    [("puno", True), ("púno 2020", True), ("2018", False), ("lamas", False), ("9" * 30, False)],
)
def test_a_plan_is_found_by_place_and_year(
    browser: Client, puno_plan: Plan, words: str, found: bool
) -> None:
    rows = browser.get(LIST, {"q": words}).context["cl"].result_list
    assert list(rows) == ([puno_plan] if found else [])
