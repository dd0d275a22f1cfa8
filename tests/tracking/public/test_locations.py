"""What was promised for a district, and how it goes: on the promise, in its story and the plan."""

import csv
import io
import json

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Municipality, User
from plans.locations import read
from plans.models import PlanElement
from tests.factories import make_district, state
from tests.tracking.plan_page import PUNO, page_of, table_of
from tests.tracking.published import FIRST, correct, draft, open_window, publish
from tracking.services.standings import recount

pytestmark = pytest.mark.django_db

COATA, ACORA, CAPITAL = "210107", "210102", "210101"


@pytest.fixture(autouse=True)
def province(puno: Municipality) -> Municipality:
    make_district(puno, "Coata", COATA)
    make_district(puno, "Acora", ACORA)
    return puno


@pytest.fixture
def located(
    activity: PlanElement,
    target: PlanElement,
    province: Municipality,
    reporter: User,
    planner: User,
) -> PlanElement:
    """Planned in Coata, worked in Acora, at a point, and then in the whole province."""
    state(activity, planner, locations=read("Coata", province))
    spot = read("Acora: Socca, -15.97, -69.8", province)
    publish(draft(activity, FIRST, reporter, locations=spot), by=planner)
    open_window(province, FIRST.next)
    whole = read("Toda la provincia", province)
    publish(draft(activity, FIRST.next, reporter, locations=whole), by=planner)
    recount(activity.plan)
    return activity


def test_a_promise_says_where_and_leads_to_what_else_is_there(
    client: Client, located: PlanElement
) -> None:
    page = page_of(client, "S.1.1.1/")
    told = page.partition("<dt>Dónde</dt><dd>")[2].partition("</dd>")[0]
    assert told == (
        f'<a href="{PUNO}?distrito={COATA}#promesas">distrito de Coata</a>; '
        f'<a href="{PUNO}?distrito={ACORA}#promesas">Socca (Acora)</a> '
        '(<a href="geo:-15.97000,-69.80000">-15.97000, -69.80000</a>); toda la provincia'
    )
    assert "<dt>Dónde</dt><dd>No se dijo dónde.</dd>" in page_of(client, "S.1.1.2/")


def test_its_story_says_where_only_as_it_changes(
    client: Client,
    activity: PlanElement,
    province: Municipality,
    reporter: User,
    planner: User,
) -> None:
    places = ["Acora", "Acora", "Coata: <i>Sucasco</i>"]
    for number, where in enumerate(places):
        semester = [FIRST, FIRST.next, FIRST.next.next][number]
        if number:
            open_window(province, semester)
        report = draft(activity, semester, reporter, locations=read(where, province))
        last = publish(report, by=planner)
    page = page_of(client, "S.1.1.1/")
    assert page.count("Dónde: distrito de Acora") == 1
    assert "Dónde: &lt;i&gt;Sucasco&lt;/i&gt; (Coata)" in page
    fixed = correct(last, "Era en otro lugar", reporter, locations=read("Acora", province))
    publish(fixed, by=planner)
    told = page_of(client, "S.1.1.1/")
    assert "Dónde: &lt;i&gt;" not in told
    assert "Coata: &lt;i&gt;Sucasco&lt;/i&gt;" in told.partition("Qué cambió")[2]


@pytest.mark.parametrize(
    ("district", "shown"),
    [(COATA, {"S.1.1.1"}), (CAPITAL, {"S.1.1.1"}), ("sin-decir", {"S.1.1.2"})],
)
def test_a_district_is_a_filter_of_the_plan_with_what_nobody_said(
    client: Client, located: PlanElement, district: str, shown: set[str]
) -> None:
    page = page_of(client, f"?distrito={district}")
    listed = page.partition('id="promesas"')[2]
    assert {ref for ref in ("S.1.1.1", "S.1.1.2") if f"{PUNO}{ref}/" in listed} == shown
    assert f'<option value="{district}" selected>' in page
    assert "1 de 2 promesas dicen dónde se hacen." in page
    assert "Para toda la provincia: 1, que se cuentan en cada distrito." in page
    table = table_of(client, f"?distrito={district}&formato=csv")
    assert {row["codigo"] for row in table} == shown


def test_up_to_a_semester_only_what_was_known_by_then_counts(
    client: Client, located: PlanElement
) -> None:
    page = page_of(client, f"?distrito={CAPITAL}&semestre=2019-I")
    assert f"{PUNO}S.1.1.1/" not in page.partition('id="promesas"')[2]


def test_every_district_is_listed_with_how_its_promises_go(
    client: Client, located: PlanElement
) -> None:
    page = page_of(client, "?vista=distritos")
    listed = page.partition("1 de 2 promesas dicen dónde se hacen.")[2]
    for name, code in (("Acora", ACORA), ("Coata", COATA), ("Puno", CAPITAL)):
        assert f'distrito={code}#promesas">{name}</a></b>: 1 promesa' in listed
    assert 'distrito=sin-decir#promesas">No se dijo dónde</a></b>: 1 promesa' in listed


def test_nothing_said_is_said(client: Client, activity: PlanElement, target: PlanElement) -> None:
    page = page_of(client, "?vista=distritos")
    assert "Ninguna de las 2 promesas dice dónde se hace." in page
    assert "<b>Coata</b>: 0 promesas" in page


@pytest.mark.parametrize("district", ["220501", "coata", "<b>", "\u202e"])
def test_another_provinces_district_is_no_filter(
    client: Client, located: PlanElement, district: str
) -> None:
    assert client.get(PUNO, {"distrito": district}).status_code == 404


def test_a_plan_of_one_district_offers_no_other(client: Client, located: PlanElement) -> None:
    Municipality.objects.exclude(slug="puno").delete()
    assert "Por distrito" not in page_of(client)


def test_the_number_of_queries_is_constant(
    client: Client, located: PlanElement, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(14):
        client.get(PUNO, {"distrito": COATA})
    with django_assert_num_queries(14):
        client.get(PUNO, {"vista": "distritos"})


def test_the_open_data_says_where(client: Client, located: PlanElement) -> None:
    rows = client.get("/api/v1/reports/?municipality=puno&semester=2019-I").json()["results"]
    (where,) = rows[0]["locations"]
    assert where == {
        "district": ACORA,
        "district_name": "Acora",
        "name": "Socca",
        "latitude": "-15.97000",
        "longitude": "-69.80000",
    }
    terms = client.get("/api/v1/terms/?municipality=puno&current=true").json()["results"]
    told = [[each["district"] for each in row["locations"]] for row in terms]
    assert [COATA] in told
    answer = client.get("/datos/reports.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    first, second = csv.DictReader(io.StringIO(text))
    assert json.loads(first["locations"]) == [where]
    whole = dict.fromkeys(where)  # nobody named a district, a spot or a point
    assert json.loads(second["locations"]) == [whole]
    later = client.get("/api/v1/reports/?municipality=puno&semester=2019-II").json()["results"]
    assert later[0]["locations"] == [whole]
