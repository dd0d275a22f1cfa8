"""The Atom feeds: what became public, told once, for good, and nothing else."""

from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Municipality, Unit, User
from plans.models import Plan, PlanElement
from plans.services.editing import withdraw_elements
from tests.factories import make_plan
from tests.tracking.public.feeding import (
    ATOM,
    MUNICIPALITY,
    NEXT_TERM,
    PLAN,
    VERSION,
    entries_of,
    feed_of,
    said,
    tell_everything,
    titles_of,
)
from tests.tracking.published import (
    FIRST,
    correct,
    draft,
    elect,
    element_of,
    publish,
    report_everything,
    sustain,
)
from tracking.choices import Step
from tracking.measuring.entry import Entry
from tracking.models import SemesterWindow
from tracking.services.drafts import submit
from tracking.services.review import return_report
from tracking.services.semesters import close_semester


def test_what_is_not_public_changes_nothing(
    client: Client, puno: Municipality, activity: PlanElement, reporter: User, planner: User
) -> None:
    """A draft, one in review, one returned, and a correction under way."""
    secret = "TEXTO QUE NADIE HA PUBLICADO"
    before = both(client)
    report = draft(activity, FIRST, reporter, narrative=secret, step=Step.WORKING)
    sustain(report, secret)
    assert both(client) == before
    sent = submit(report, Entry.STEP, by=reporter)
    assert both(client) == before
    back = return_report(sent, secret, puno, read=sent.edit, by=planner)
    assert both(client) == before
    published = publish(back, by=planner)
    before = both(client)
    correct(published, secret, reporter, step=Step.NONE)
    assert both(client) == before


def both(client: Client) -> tuple[bytes, bytes]:
    return client.get(MUNICIPALITY).content, client.get(PLAN).content


def test_people_are_not_named(
    client: Client, window: SemesterWindow, activity: PlanElement, reporter: User, planner: User
) -> None:
    User.objects.filter(pk=reporter.pk).update(name="Rosa Quispe")
    User.objects.filter(pk=planner.pk).update(name="Hugo Mamani")
    publish(draft(activity, FIRST, reporter), by=planner)
    close_semester(window, by=planner)
    withdraw_elements([activity], by=planner)
    told = client.get(MUNICIPALITY).content.decode()
    names = ["Rosa", "Quispe", "Hugo", "Mamani", "reporter@", "planner@"]
    assert [each for each in names if each in told] == []


def test_another_municipality_has_its_own(
    client: Client, plan: Plan, lamas_plan: Plan, lamas_unit: Unit, outsider: User
) -> None:
    tell_everything(elect(lamas_plan), lamas_unit, outsider)
    assert len(titles_of(client, "/m/lamas/novedades.atom")) == 4
    assert titles_of(client) == titles_of(client, MUNICIPALITY) == [VERSION]


def test_a_demonstration_has_no_feed_and_is_in_none(
    client: Client, puno: Municipality, plan: Plan, puno_unit: Unit, planner: User
) -> None:
    simulated = make_plan(puno, term=NEXT_TERM)
    simulated.simulated = True
    simulated.save()
    tell_everything(simulated, puno_unit, planner)
    assert client.get("/m/puno/2023-2026/novedades.atom").status_code == 404
    assert titles_of(client, MUNICIPALITY) == [VERSION]
    tell_everything(plan, puno_unit, planner)
    assert titles_of(client, MUNICIPALITY) == titles_of(client)
    assert titles_of(client) == [
        "S.1.1.1, 2019-I: un sustento retirado",
        "Semestre 2019-I cerrado: 1 de 2 con informe",
        "S.1.1.1, 2019-I: en ejecución, 1 sustento, 1 retirado",
        VERSION,
    ]


def test_a_plan_that_is_not_published_has_no_feed_and_is_in_none(
    client: Client, plan: Plan, puno_unit: Unit, planner: User
) -> None:
    tell_everything(plan, puno_unit, planner)
    Plan.objects.update(version=0)
    assert client.get(PLAN).status_code == 404
    assert titles_of(client, MUNICIPALITY) == []


@pytest.mark.parametrize(
    "address",
    [
        "/m/nadie/novedades.atom",
        "/m/nadie/2019-2022/novedades.atom",
        "/m/puno/2023-2026/novedades.atom",
        "/m/puno/2019-1999/novedades.atom",
    ],
)
def test_of_what_is_not_there_no_feed_is(client: Client, plan: Plan, address: str) -> None:
    assert client.get(address).status_code == 404


def test_it_is_only_read(client: Client, plan: Plan) -> None:
    assert [client.post(each).status_code for each in (MUNICIPALITY, PLAN)] == [405, 405]


def test_a_municipality_without_a_plan_has_an_empty_feed_that_does_not_change(
    client: Client, puno: Municipality
) -> None:
    feed = feed_of(client, MUNICIPALITY)
    assert feed.find(f"{ATOM}entry") is None
    assert said(feed, "updated") == "1970-01-01T00:00:00+00:00"


def test_it_says_what_it_is_and_where_whatever_host_was_asked(client: Client, plan: Plan) -> None:
    for address, title, about in (
        (MUNICIPALITY, "Novedades de la Municipalidad Provincial de Puno", "/m/puno/"),
        (
            PLAN,
            "Novedades del plan de gobierno 2019–2022, Municipalidad Provincial de Puno",
            "/m/puno/2019-2022/",
        ),
    ):
        asked = client.get(address, headers={"host": "127.0.0.1:9"}, secure=False)
        assert b"127.0.0.1" not in asked.content
        feed = ET.fromstring(asked.content)
        links = {each.attrib["rel"]: each.attrib["href"] for each in feed.iterfind(f"{ATOM}link")}
        assert said(feed, "title") == title
        assert said(feed, f"author/{ATOM}name") == "Vigía"
        assert said(feed, "updated") == entries_of(client, address)[0]["updated"]
        assert said(feed, "id") == f"http://localhost:8000{about}"
        assert links == {
            "alternate": f"http://localhost:8000{about}",
            "self": f"http://localhost:8000{address}",
        }


def test_both_feeds_name_a_thing_alike_and_no_two_things(
    client: Client, plan: Plan, puno_unit: Unit, planner: User
) -> None:
    tell_everything(plan, puno_unit, planner)
    ids = [entry["id"] for entry in entries_of(client)]
    assert len(set(ids)) == len(ids) == 4
    assert [entry["id"] for entry in entries_of(client, MUNICIPALITY)] == ids


def test_the_newest_fifty_come_newest_first(
    client: Client, real_puno: Plan, operator: User
) -> None:
    assert report_everything(elect(real_puno), operator, simulated=False) > 100
    entries = entries_of(client)
    assert len(entries) == 50
    assert entries[0]["title"] == "Plan de gobierno 2019–2022 · se publicó el plan, con 119 textos"
    updated = [entry["updated"] for entry in entries]
    assert updated == sorted(updated, reverse=True)


@pytest.mark.parametrize(("address", "queries"), [(PLAN, 13), (MUNICIPALITY, 14)])
def test_the_number_of_queries_does_not_grow(
    client: Client,
    plan: Plan,
    puno_unit: Unit,
    planner: User,
    django_assert_num_queries: DjangoAssertNumQueries,
    address: str,
    queries: int,
) -> None:
    tell_everything(plan, puno_unit, planner)
    with django_assert_num_queries(queries):
        client.get(address)
    for ref in ("S", "S.1", "S.1.1", "S.1.1.2", "L"):
        report = draft(element_of(plan, ref, puno_unit), FIRST, planner, step=None)
        sustain(report, f"Acta de {ref}")
        publish(report, by=planner)
    withdraw_elements([plan.elements.get(ref="L")], by=planner)
    with django_assert_num_queries(queries):
        client.get(address)
