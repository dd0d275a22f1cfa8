"""The first page, the methodology, and whether the service is alive."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Municipality, Unit, User
from plans.choices import Standing
from plans.models import Plan
from tests.tracking.published import (
    FIRST,
    correct,
    draft,
    elect,
    element_of,
    open_window,
    publish,
)
from tests.tracking.simulated import simulated_plan
from tracking.models import SemesterWindow
from tracking.services.heartbeat import beat
from tracking.services.standings import recount


def test_home_lists_the_plans_and_the_newest_changes(client: Client, real_puno: Plan) -> None:
    page = client.get("/").content.decode()
    assert '<a href="/m/puno/2019-2022/">Puno, 2019–2022</a>' in page
    assert "No se ha confirmado si esta lista ganó: no se le piden informes." in page
    assert "se publicó el plan, con 119 textos" in page


def test_home_of_an_empty_portal_says_so(client: Client, db: None) -> None:
    assert "Todavía no se ha publicado ningún plan." in client.get("/").content.decode()


def test_home_costs_the_same_whatever_there_is(
    client: Client,
    real_puno: Plan,
    real_lamas: Plan,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(8):
        client.get("/")


def test_home_asks_once_more_for_the_plans_of_the_newest_reports(
    client: Client, db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    simulated_plan("tarata")
    simulated_plan("puno")
    with django_assert_num_queries(10):
        client.get("/")


def test_methodology_asks_for_nothing_but_the_revision(
    client: Client, db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        assert client.get("/metodologia/").status_code == 200


def test_healthz_says_that_all_is_well(client: Client, db: None) -> None:
    beat(at=timezone.now())
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]


def test_healthz_says_since_when_nothing_was_done_in_the_background(
    client: Client, db: None
) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"background: nothing was done yet\n")
    beat(at=dt.datetime(2026, 3, 2, 15, 30, 59, tzinfo=dt.UTC))
    told = client.get("/healthz").content
    assert told == b"background: nothing was done since 2026-03-02T15:30:59Z\n"


def test_punctuality_counts_what_was_due_and_keeps_the_simulated_apart(
    client: Client, puno_plan: Plan, puno_unit: Unit, reporter: User, planner: User
) -> None:
    assert "Todavía no ha vencido el plazo de ningún informe" in text(client)
    elect(puno_plan)
    open_window(puno_plan.municipality, FIRST)
    element = element_of(puno_plan, "S.1.1.1", puno_unit)
    publish(draft(element, FIRST, reporter), by=planner)
    tomorrow = timezone.localdate() + dt.timedelta(1)
    SemesterWindow.objects.create(
        municipality=puno_plan.municipality,
        semester=FIRST.next,
        opens_on=FIRST.last_day,
        due_on=tomorrow,
        closes_on=tomorrow,
    )
    recount(puno_plan)
    simulated_plan("tarata")
    page = text(client)
    real = page[page.index("Lo que informaron las municipalidades") :].partition("</div>")[0]
    assert "50 %</b> de los informes que debían estar llegaron: 1 de 2." in real
    assert "50 %</b> llegaron a tiempo: 1 de 2." in real
    shown = page[page.index("<h3>Avances simulados para demostración") :].partition("</div>")[0]
    assert " de 168." in shown


def test_each_plan_tells_how_it_goes_and_how_much_of_it_is_known(
    client: Client, puno_plan: Plan, puno_unit: Unit, reporter: User, planner: User
) -> None:
    elect(puno_plan)
    open_window(puno_plan.municipality, FIRST)
    publish(draft(element_of(puno_plan, "S.1.1.1", puno_unit), FIRST, reporter), by=planner)
    told = text(client).partition('<ul class="rows goes">')[2].partition("</ul>")[0]
    words = " ".join(re.sub("<[^>]+>", " ", told).split())
    assert words == (
        "Puno, 2019–2022 De 2 promesas: 1 no se sabe cómo va , 1 no se sabe si va a tiempo. "
        "En 2019-I informaron 1 de 2."
    )
    assert 'href="/m/puno/2019-2022/?va=no-se-sabe#promesas"' in told


def test_one_field_takes_a_place_or_a_word(client: Client, db: None) -> None:
    page = text(client)
    assert page.count('type="search"') == 1
    assert 'action="/buscar/"' in page


def test_what_is_simulated_alone_is_said_once(client: Client, db: None) -> None:
    simulated_plan("tarata")
    page = text(client)
    assert page.count("simulados") == 1


def test_news_is_looked_for_among_the_last_reports_and_counted_whole(
    client: Client,
    puno_plan: Plan,
    puno_unit: Unit,
    reporter: User,
    planner: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tracking.public.figures.headlines.LOOKED_THROUGH", 1)
    elect(puno_plan)
    open_window(puno_plan.municipality, FIRST)
    for ref in ("S.1.1.1", "S.1.1.2"):
        publish(draft(element_of(puno_plan, ref, puno_unit), FIRST, reporter), by=planner)
    assert "· 2 informes de 2019-I" in text(client)


def test_the_newest_reports_of_a_day_are_one_piece_of_news(
    client: Client, puno_plan: Plan, puno_unit: Unit, reporter: User, planner: User
) -> None:
    elect(puno_plan)
    open_window(puno_plan.municipality, FIRST)
    first = draft(element_of(puno_plan, "S.1.1.1", puno_unit), FIRST, reporter)
    draft(element_of(puno_plan, "L", puno_unit), FIRST, reporter, step=None)
    assert "de 2019-I" not in text(client)
    published = publish(first, by=planner)
    second = draft(element_of(puno_plan, "S.1.1.2", puno_unit), FIRST, reporter, step=None)
    publish(second, by=planner)
    publish(correct(published, "Se contó mal", reporter, narrative="Otro."), by=planner)
    page = text(client)
    assert 'href="/m/puno/2019-2022/?semestre=2019-I">Puno, 2019–2022 · 2 informes de' in page
    assert 'href="/m/puno/2019-2022/S.1.1.1/#2019-I">Puno, 2019–2022 · 1 corrección de' in page


def test_what_is_newest_stands_first_whatever_it_is(client: Client, db: None) -> None:
    simulated_plan("puno")  # its reports are of years ago, its plan was published just now
    news = client.get("/").content.decode().partition('id="cambios"')[2]
    days = re.findall(r'<time datetime="([\d-]+)">', news)
    assert len(days) > 1
    assert days == sorted(days, reverse=True)


def test_a_plan_that_takes_no_real_reports_owes_the_country_none(
    client: Client, puno_plan: Plan
) -> None:
    open_window(puno_plan.municipality, FIRST)
    recount(elect(puno_plan))
    assert "llegaron: 0 de 2." in text(client)
    Plan.objects.update(standing=Standing.UNCONFIRMED)
    Municipality.objects.let_pages_know()
    assert "Todavía no ha vencido el plazo de ningún informe" in text(client)


def text(client: Client) -> str:
    return " ".join(client.get("/").content.decode().split())
