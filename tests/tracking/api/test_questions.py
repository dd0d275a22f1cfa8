"""What can be asked, and what is answered to what cannot."""

import base64
from typing import Any

import pytest
from django.test import Client

from plans.models import Plan, PlanElement
from tests.factories import make_municipality
from tests.tracking.api.asking import LISTS, ROOT, all_rows, ask, rows
from tests.tracking.issued import Accounted
from tests.tracking.published import FIRST
from tracking.api.throttling import Patience

pytestmark = pytest.mark.django_db


def refused(resource: str, **parameters: Any) -> dict[str, Any]:
    """What is said of the one parameter that is refused."""
    problem = ask(resource, status=400, **parameters)
    assert problem["status"] == 400
    (error,) = problem["errors"]
    return dict(error)


@pytest.mark.parametrize("resource", LISTS)
def test_an_unknown_parameter_is_refused_with_those_that_there_are(db: None, resource: str) -> None:
    error = refused(resource, sabor="vainilla")
    assert error["parameter"] == "sabor"
    assert "page_size" in error["allowed"]


def test_an_unknown_value_is_refused_with_those_that_there_are(db: None) -> None:
    error = refused("elements", level="meta")
    assert error["parameter"] == "level"
    assert "target" in error["allowed"]
    assert refused("reports", signal="rojo")["allowed"][0] == "al día"
    assert refused("elements", ordering="statement")["allowed"] == ["id", "-id"]


@pytest.mark.parametrize(
    ("resource", "parameters"),
    [
        ("elements", {"municipality": "nowhere"}),
        ("elements", {"semester": "2021-X"}),
        ("elements", {"term": "2019"}),
        ("elements", {"unit": "abc"}),
        ("elements", {"ordering": ","}),
        ("plans", {"ordering": "id,,-id"}),
        ("elements", {"parent": "0"}),
        ("elements", {"parent": str(10**30)}),
        ("elements", {"plan": str(10**30)}),
        ("elements", {"q": "a" * 10_000}),
        ("elements", {"q": "a\x00b"}),
        ("elements", {"municipality": "\x00"}),
        ("elements", {"updated_since": "ayer"}),
        ("elements", {"updated_since": "0001-01-01T00:00:00+14:00"}),
        ("reports", {"updated_since": "9999-12-31T23:00:00"}),
        ("elements", {"withdrawn": "quizá"}),
        ("elements", {"level": ""}),
        ("elements", {"q": " "}),
        ("elements", {"level": ["target", "activity"]}),
        ("elements", {"page_size": "0"}),
        ("elements", {"page_size": "501"}),
        ("elements", {"page_size": "٣"}),
        ("elements", {"page": "2"}),
        ("elements", {"cursor": "zzz"}),
        ("elements", {"cursor": base64.b64encode(b"p=abc").decode()}),
        ("elements", {"cursor": base64.b64encode(b"p=" + b"9" * 30).decode()}),
        ("municipalities", {"page": "cero"}),
        ("municipalities", {"page": "-1"}),
        ("municipalities", {"q": "a" * 101}),
        ("expenditures", {"year": "dos mil"}),
    ],
)
def test_what_cannot_be_asked_is_refused_by_its_name(
    db: None, resource: str, parameters: dict[str, Any]
) -> None:
    (name,) = parameters
    assert refused(resource, **parameters)["parameter"] == name


def test_a_page_beyond_the_last_is_not_there(db: None) -> None:
    problem = ask("municipalities", status=404, page=10**9)
    assert problem["detail"] == "La lista no llega a esa página."


def test_a_problem_says_what_it_is_as_problems_do(db: None) -> None:
    answer = Client().get(f"{ROOT}plans/999/")
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json() == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "Aquí no hay nada publicado.",
    }


@pytest.mark.parametrize(
    "address", ["nada/", "plans/abc/", "plans/1/tree/x/", "plans/99999999999999999999/"]
)
def test_what_leads_nowhere_is_a_problem_too(db: None, address: str) -> None:
    answer = Client().get(f"{ROOT}{address}")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_it_is_only_read(puno_plan: Plan, method: str) -> None:
    for address in ("plans/", f"plans/{puno_plan.pk}/"):
        answer = getattr(Client(), method)(f"{ROOT}{address}")
        assert (answer.status_code, answer["Content-Type"]) == (405, "application/problem+json")
        assert answer.json()["detail"] == "Aquí solo se lee: pregunte con GET o HEAD."


def test_it_speaks_json_alone(puno_plan: Plan) -> None:
    answer = Client().get(f"{ROOT}plans/", headers={"Accept": "text/csv"})
    assert answer.status_code == 406
    assert answer.json()["detail"] == "Solo se contesta en JSON: pida «application/json»."


def test_time_zones_far_away_are_understood(accounted: Accounted) -> None:
    told = rows("reports", updated_since="2019-01-01T08:21:40.190000+17:35")
    assert [row["ref"] for row in told] == ["S.1.1.1"]


def test_pages_by_number_and_by_cursor_tell_each_row_once(puno_plan: Plan) -> None:
    refs = [row["ref"] for row in all_rows("elements", page_size=2)]
    assert sorted(refs) == ["L", "S", "S.1", "S.1.1", "S.1.1.1", "S.1.1.2"]
    back = [row["ref"] for row in all_rows("elements", page_size=5, ordering="-id")]
    assert back == refs[::-1]
    assert [row["slug"] for row in all_rows("municipalities", page_size=1)] == ["puno"]


def test_what_is_equal_goes_by_its_id(db: None) -> None:
    made = [make_municipality("Santa Rosa", f"10000{n}", slug=f"rosa-{n}") for n in range(4)]
    told = [row["id"] for row in all_rows("municipalities", ordering="-name", page_size=1)]
    assert told == [each.pk for each in made]


def test_filters_by_place_term_level_and_dimension(puno_plan: Plan, lamas_plan: Plan) -> None:
    for asked in (
        {"municipality": "puno"},
        {"ubigeo": "210101"},
        {"plan": puno_plan.pk},
    ):
        assert {row["municipality"] for row in rows("elements", **asked)} == {"puno"}
    assert len(rows("elements", term="2019-2022")) == 12
    assert rows("elements", term="2023-2026") == []
    assert {row["level"] for row in rows("elements", dimension="social", level="problem")} == {
        "problem"
    }
    assert rows("elements", dimension="economica") == []


def test_search_is_the_portal_s_own(puno_plan: Plan) -> None:
    assert [row["ref"] for row in rows("elements", q="desnutriciones -objetivo")] == [
        "S.1",
        "S.1.1",
        "S.1.1.2",
    ]
    assert [row["ref"] for row in rows("elements", q="s.1.1")] == ["S.1.1", "S.1.1.1", "S.1.1.2"]


def test_what_hangs_from_something(puno_plan: Plan) -> None:
    objective = PlanElement.objects.get(ref="S.1.1")
    assert [row["ref"] for row in rows("elements", parent=objective.pk)] == ["S.1.1.1", "S.1.1.2"]


def test_how_promises_stand_in_a_semester(accounted: Accounted) -> None:
    def refs(**asked: Any) -> list[str]:
        return [row["ref"] for row in rows("elements", **asked)]

    assert refs(semester=str(FIRST)) == ["S.1.1.1"]
    assert refs(state="en-ejecucion") == ["S.1.1.1"]
    assert refs(signal="sin cronograma") == ["S.1.1.1"]
    assert refs(signal="al día") == []
    assert refs(state="sin-informe", semester=str(FIRST)) == ["S.1.1.2"]


def test_only_what_changed_since(accounted: Accounted) -> None:
    (report,) = rows("reports")
    at = report["published_at"]
    assert [row["ref"] for row in rows("reports", updated_since=at)] == ["S.1.1.1"]
    assert rows("reports", updated_since="2100-01-01T00:00:00Z") == []
    (row,) = rows("elements", updated_since=at)
    assert row["ref"] == "S.1.1.1"
    for resource in ("plans", "terms", "expenditures", "accountability-reports", "ledger"):
        assert rows(resource, updated_since="2100-01-01T00:00:00Z") == []


def test_any_page_of_the_web_may_read_it_and_none_may_write(puno_plan: Plan) -> None:
    answer = Client().get(f"{ROOT}plans/", headers={"Origin": "https://diario.example"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    asked = {"Origin": "https://diario.example", "Access-Control-Request-Method": "DELETE"}
    allowed = Client().options(f"{ROOT}plans/", headers=asked)
    assert allowed["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    page = Client().get("/", headers={"Origin": "https://diario.example"})
    assert "Access-Control-Allow-Origin" not in page.headers


def test_search_engines_find_the_pages_and_not_the_rows(puno_plan: Plan) -> None:
    assert Client().get(f"{ROOT}plans/")["X-Robots-Tag"] == "noindex"


def test_it_is_compressed_for_whoever_asks(puno_plan: Plan) -> None:
    answer = Client().get(f"{ROOT}elements/", headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"


def test_whoever_asks_without_end_waits(puno_plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Patience, "get_rate", lambda _self: "2/min")
    told = [Client().get(f"{ROOT}plans/") for _ in range(3)]
    assert [answer.status_code for answer in told] == [200, 200, 429]
    assert 0 < int(told[-1]["Retry-After"]) <= 60
    assert told[-1]["Content-Type"] == "application/problem+json"
    assert told[-1].json()["detail"].startswith("Son demasiadas preguntas seguidas: espere ")
    mine = Client().get(f"{ROOT}plans/", headers={"If-None-Match": told[0]["ETag"]})
    assert mine.status_code == 304
