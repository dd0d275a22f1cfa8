"""The first page, the methodology, and whether the service is alive."""

from unittest.mock import patch

from django.db import DatabaseError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from plans.models import Plan


def test_home_lists_the_plans_and_the_newest_changes(client: Client, real_puno: Plan) -> None:
    page = client.get("/").content.decode()
    assert '<a href="/m/puno/2019-2022/">Puno, 2019–2022</a>' in page
    assert "16 objetivos · 48 actividades · 16 metas" in page
    assert "se publicó el plan, con 119 textos" in page


def test_home_of_an_empty_portal_says_so(client: Client, db: None) -> None:
    assert "Todavía no se ha publicado ningún plan." in client.get("/").content.decode()


def test_home_costs_three_queries(
    client: Client,
    real_puno: Plan,
    real_lamas: Plan,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(3):
        client.get("/")


def test_methodology_asks_nothing_of_the_database(client: Client) -> None:
    assert client.get("/metodologia/").status_code == 200


def test_healthz_says_that_the_database_answers(client: Client, db: None) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]


def test_healthz_says_that_the_database_does_not(client: Client) -> None:
    with patch("tracking.views.home.connection.cursor", side_effect=DatabaseError):
        assert client.get("/healthz").status_code == 503
