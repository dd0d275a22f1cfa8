"""A plan's whole tree, with its reports, in one answer."""

from collections import Counter
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from plans.models import PlanElement
from tests.real_plans import publish_real_plan
from tests.tracking.api.asking import ask, rows
from tests.tracking.issued import Accounted
from tests.tracking.simulated import simulated_plan
from tracking.models import Standing
from tracking.models.standing import STAGE_COLUMNS

pytestmark = pytest.mark.django_db


def every(branches: list[Any]) -> list[Any]:
    return [each for branch in branches for each in (branch, *every(branch["children"]))]


def test_the_tree_is_the_plan_s_own(accounted: Accounted) -> None:
    tree = ask(f"plans/{accounted.plan.pk}/tree")
    (social, guideline) = tree["elements"]
    (problem,) = social["children"]
    (objective,) = problem["children"]
    assert [each["ref"] for each in (social, guideline, problem, objective)] == [
        "S",
        "L",
        "S.1",
        "S.1.1",
    ]
    assert [each["ref"] for each in objective["children"]] == ["S.1.1.1", "S.1.1.2"]


def test_what_is_in_the_tree_is_what_the_lists_say(accounted: Accounted) -> None:
    tree = ask(f"plans/{accounted.plan.pk}/tree")
    told = every(tree["elements"])
    alone = {row["id"]: row for row in rows("elements")}
    for branch in told:
        row = {name: branch[name] for name in branch if name not in {"reports", "children"}}
        assert row == alone[branch["id"]]
    assert [report for branch in told for report in branch["reports"]] == rows("reports")
    assert {name: tree[name] for name in tree if name != "elements"} == rows("plans")[0]


def test_of_a_semester_it_has_the_newest_revision(accounted: Accounted) -> None:
    accounted.correct()
    told = every(ask(f"plans/{accounted.plan.pk}/tree")["elements"])
    (report,) = [report for branch in told for report in branch["reports"]]
    assert (report["revision"], report["current"]) == (2, True)


def test_what_was_withdrawn_is_not_in_it(accounted: Accounted) -> None:
    PlanElement.objects.filter(ref="L").update(until_version=1)
    told = every(ask(f"plans/{accounted.plan.pk}/tree")["elements"])
    assert "L" not in {branch["ref"] for branch in told}


def test_it_costs_four_queries_whatever_it_holds(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for plan in (publish_real_plan("puno"), simulated_plan("tarata")):
        with django_assert_num_queries(4):
            ask(f"plans/{plan.pk}/tree")


def test_it_takes_no_parameter(accounted: Accounted) -> None:
    ask(f"plans/{accounted.plan.pk}/tree", status=400, semester="2019-I")


READER = """
spec = get("/api/v1/schema/")
start = next(path for path in spec["paths"] if path.endswith("/plans/"))
tree = next(path for path in spec["paths"] if path.endswith("/tree/"))
def below(branches):
    for branch in branches:
        yield branch
        yield from below(branch["children"])
plans, page = [], get(start)
while True:
    plans += page["results"]
    if not page["next"]:
        break
    page = get(page["next"])
counts = {}
for plan in plans:
    for branch in below(get(tree.replace("{id}", str(plan["id"])))["elements"]):
        for report in branch["reports"]:
            key = plan["municipality"], report["semester"], branch["level"]
            counts.setdefault(key, Counter())[report["state"]] += 1
"""


def test_twenty_lines_that_know_only_the_schema_count_what_the_pages_count(db: None) -> None:
    assert len(READER.strip().splitlines()) <= 20
    for slug in ("otuzco", "tarata"):
        simulated_plan(slug)
    known: dict[str, Any] = {"get": lambda path: Client().get(path).json(), "Counter": Counter}
    exec(READER, known)
    found = {
        (row.plan.municipality.slug, str(row.semester), row.level): {
            state.value: count
            for state, column in STAGE_COLUMNS.items()
            if (count := getattr(row, column))
        }
        for row in Standing.objects.filter(dimension="", unit=None, reported__gt=0)
    }
    assert set(found) <= set(known["counts"])
    assert {key: dict(known["counts"][key]) for key in found} == found
