"""An objective of two problems, as citizens, programs and the ledger meet it."""

import json

import pytest
from django.test import Client

from accounts.models import Municipality
from plans.models import CrossReference, Plan
from tests.factories import make_plan, shared_objective
from tracking.ledger.kinds.plans import texts_of

pytestmark = pytest.mark.django_db
BASE = "/m/puno/2019-2022/"


@pytest.fixture
def shared(puno: Municipality) -> Plan:
    return shared_objective(puno)


def page_of(client: Client, address: str) -> str:
    return client.get(f"{BASE}{address}").content.decode()


def test_by_problem_it_is_told_where_it_hangs_and_pointed_to_where_it_also_stands(
    client: Client, shared: Plan
) -> None:
    page = page_of(client, "?vista=problemas")
    own, second = page.rsplit(f'href="{BASE}S.2/">“Falta agua', 1)
    assert f'href="{BASE}S.1.1/"' in own
    assert "También en:" in own
    assert "También aquí: Objetivo estratégico" in second
    assert f'href="{BASE}S.1.1/"' in second
    # What is below it is told once, where it hangs.
    assert page.count(f'class="quote" href="{BASE}S.1.1.1/"') == 1
    assert "También aquí" not in own


def test_the_pages_of_the_objective_and_of_its_promise_name_both_problems(
    client: Client, shared: Plan
) -> None:
    for ref in ("S.1.1", "S.1.1.2"):
        page = page_of(client, f"{ref}/")
        facts = page.split('id="pertenece"')[1].split("</dl>")[0]
        assert [f'href="{BASE}{problem}/"' in facts for problem in ("S.1", "S.2")] == [True, True]
        assert "También en: Problema" in facts


def test_the_second_problem_says_what_stands_there_too(client: Client, shared: Plan) -> None:
    page = page_of(client, "S.2/")
    assert "Qué incluye" in page
    assert f'href="{BASE}S.1.1/"' in page


def test_programs_get_it_once_with_its_further_parents(client: Client, shared: Plan) -> None:
    ids = dict(shared.elements.values_list("ref", "pk"))
    rows = client.get("/api/v1/elements/?plan=" + str(shared.pk)).json()["results"]
    assert {row["ref"]: row["also_under"] for row in rows if row["also_under"]} == {
        "S.1.1": [ids["S.2"]]
    }
    assert [row["ref"] for row in rows].count("S.1.1") == 1
    response = client.get(f"{BASE}datos/elements.csv")
    heading = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()[0]  # type: ignore[attr-defined]
    assert "also_under" in heading.split(",")


def test_the_ledger_says_it_where_there_is_something_to_say(
    puno: Municipality, shared: Plan
) -> None:
    said = {each["promesa"]: each for each in json.loads(texts_of(shared))["elementos"]}
    assert said["S.1.1"]["tambien_en"] == ["S.2"]
    assert not [ref for ref, each in said.items() if "tambien_en" in each and ref != "S.1.1"]
    before = texts_of(shared)
    CrossReference.objects.filter(plan=shared).delete()
    assert texts_of(shared) != before
    assert "tambien_en" not in texts_of(make_plan(puno))
