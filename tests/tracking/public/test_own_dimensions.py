"""A plan with dimensions in its own words: its pages, its figures, the search and the editions."""

import pytest
from django.test import Client

from accounts.models import Municipality, Unit, User
from plans.choices import Level
from plans.models import Plan
from tests.factories import make_plan
from tests.tracking.published import FIRST, draft, elect, element_of, open_window, publish
from tracking.accountability.frozen import read as unfrozen
from tracking.accountability.groups import groups_of, lines_of
from tracking.accountability.issuing import issue
from tracking.models import Standing
from tracking.services.semesters import close_semester

PLAN = "/m/puno/2019-2022/"
ROWS = (
    ("B", "", Level.DIMENSION, "", "Seguridad ciudadana"),
    ("B.1", "B", Level.OBJECTIVE, "", "Patrullar cada barrio"),
    ("C", "", Level.DIMENSION, "", "Agua y saneamiento"),
    ("C.1", "C", Level.OBJECTIVE, "", "Llevar agua a cada casa"),
    ("S", "", Level.DIMENSION, "", "Dimensión social"),
    ("S.1", "S", Level.OBJECTIVE, "", "Vivir sin anemia"),
)
OWN = ["Seguridad ciudadana", "Agua y saneamiento"]


@pytest.fixture
def plan(puno: Municipality, puno_unit: Unit, planner: User, reporter: User) -> Plan:
    """Elected, with one objective of the first semester reported."""
    plan = elect(make_plan(puno, rows=ROWS))
    open_window(puno, FIRST)
    publish(draft(element_of(plan, "C.1", puno_unit), FIRST, reporter), by=planner)
    return plan


def test_the_plan_shows_them_by_their_words_after_the_forms(client: Client, plan: Plan) -> None:
    page = client.get(PLAN)
    assert [title for title, _anchor, _marks in page.context["pictured"]] == ["Social", *OWN]
    assert [label for _key, label in page.context["dimensions"]][4:] == OWN
    chosen = client.get(f"{PLAN}?dimension=propia-2").context
    assert [each.ref for each in chosen["promises"].chosen] == ["C.1"]
    assert "Agua y saneamiento" in [words for words, _address in chosen["overview"].tags]
    assert client.get(f"{PLAN}?dimension=propia-3").status_code == 404


def test_each_is_counted(client: Client, plan: Plan) -> None:
    rows = Standing.objects.filter(plan=plan, semester=FIRST, unit=None).exclude(dimension="")
    counted = {row.dimension: (row.asked, row.reported) for row in rows}
    assert counted == {"propia-1": (1, 0), "propia-2": (1, 1), "social": (1, 0)}
    bars = client.get(f"{PLAN}semestres/").context["dimension_bars"]
    assert [dimension.label for dimension, _rows in bars] == ["Social", *OWN]


def test_a_promise_leads_to_its_dimension(client: Client, plan: Plan) -> None:
    page = client.get(f"{PLAN}C.1/").content.decode()
    assert f'<a href="{PLAN}C/">Agua y saneamiento</a>' in page


def test_a_search_holds_all_own_ones_in_one_choice(client: Client, plan: Plan) -> None:
    facets = {facet.name: facet for facet in client.get("/buscar/?q=cada").context["facets"]}
    options = [(each.value, each.count) for each in facets["dimension"].options]
    assert options == [("propias", 2)]
    chosen = client.get("/buscar/?q=cada&dimension=propias").context
    assert chosen["promise_count"] == 2
    assert client.get("/buscar/?q=cada&dimension=social").context["promise_count"] == 0


def test_the_api_tells_their_words_and_chooses_them_together(client: Client, plan: Plan) -> None:
    rows = client.get("/api/v1/elements/?dimension=propias&level=objective").json()["results"]
    assert [(row["dimension"], row["dimension_name"]) for row in rows] == [
        ("propia-1", "Seguridad ciudadana"),
        ("propia-2", "Agua y saneamiento"),
    ]


def test_an_edition_has_a_chapter_of_each(client: Client, plan: Plan, planner: User) -> None:
    window = plan.municipality.windows.get()
    close_semester(window, by=planner)
    window.refresh_from_db()
    issued = issue(plan, window, edition=1, by=planner)
    content = unfrozen(issued.content)
    groups = groups_of(content, lines_of(content))
    assert [(group.title, group.anchor) for group in groups] == [
        ("Dimensión social", "social"),
        ("Seguridad ciudadana", "propia-1"),
        ("Agua y saneamiento", "propia-2"),
    ]
    page = client.get(f"{PLAN}rendicion/{FIRST}/propia-2/").content.decode()
    assert "Agua y saneamiento" in page
    assert client.get(f"{PLAN}rendicion/{FIRST}/propia-3/").status_code == 404
