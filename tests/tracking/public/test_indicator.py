"""What a plan says that a target is measured by: read, found and handed on with the target."""

import csv
import io

import pytest
from django.test import Client

from accounts.models import Municipality
from plans.models import Plan
from tests.factories import make_plan
from tracking.ledger.kinds.plans import texts_of

pytestmark = pytest.mark.django_db
INDICATOR = "Prevalencia de la anemia en niños"


@pytest.fixture
def indicated(puno: Municipality) -> Plan:
    return make_plan(puno, indicators={"S.1.1.2": INDICATOR})


def test_its_page_and_the_document_show_it(client: Client, indicated: Plan) -> None:
    assert f"“{INDICATOR}”" in client.get("/m/puno/2019-2022/S.1.1.2/").content.decode()
    document = client.get("/m/puno/2019-2022/documento/").content.decode()
    assert f'href="../S.1.1.2/">{INDICATOR}</a>' in document


def test_a_search_finds_and_marks_it(client: Client, indicated: Plan) -> None:
    page = client.get("/buscar/", {"q": "anemias"}).content.decode()
    promises = page.partition('id="promesas"')[2].partition("</section>")[0]
    assert "<mark>anemia</mark>" in promises
    assert "en 50\u00a0% en Puno · Prevalencia" in promises
    by_code = client.get("/buscar/", {"q": "S.1.1.2"}).content.decode()
    assert "anemia" not in by_code.partition('id="promesas"')[2].partition("</section>")[0]


def test_programs_and_spreadsheets_get_it(client: Client, indicated: Plan) -> None:
    (row,) = client.get("/api/v1/targets/").json()["results"]
    assert row["indicator"] == INDICATOR
    written = client.get("/buscar/", {"q": "Puno", "formato": "csv"})
    text = written.getvalue().decode("utf-8-sig")
    rows = {each["codigo"]: each["indicador"] for each in csv.DictReader(io.StringIO(text))}
    assert (rows["S.1.1.2"], rows["S.1.1"]) == (INDICATOR, "")


def test_only_what_has_one_says_so_in_the_ledger(indicated: Plan, lamas_plan: Plan) -> None:
    assert f'"indicador":"{INDICATOR}"' in texts_of(indicated)
    assert texts_of(indicated).count('"indicador":') == 1
    assert '"indicador' not in texts_of(lamas_plan)
