"""A public page is rendered once: whoever has it gets a 304, others the stored bytes."""

import datetime as dt
import gzip
from typing import Any
from unittest import mock

import pytest
from django.core.cache import caches
from django.http import HttpResponse
from django.shortcuts import render
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import Municipality, Unit, User
from accounts.services.directory import save_municipality
from plans.models import Plan, PlanElement
from plans.services.editing import save_plan
from plans.term import Term
from tests.conftest import SignIn
from tests.factories import make_municipality, make_plan
from tests.pages import lasting
from tests.tracking.public.etags import etag, see
from tests.tracking.published import (
    FIRST,
    correct,
    draft,
    elect,
    element_of,
    open_window,
    publish,
    sustain,
)
from tracking.measuring.entry import Entry
from tracking.services.drafts import recall, save_draft, submit
from tracking.services.review import return_report

PLAN = "/m/puno/2019-2022/"
PROMISE = f"{PLAN}S.1.1.1/"
NATIONAL = ["/", "/municipios/", "/buscar/", "/metodologia/"]
OF_A_PLACE = ["/m/puno/", "/m/puno/registro/", "/m/puno/novedades.atom"]
OF_A_PLAN = [PLAN, f"{PLAN}?ver=todo", PROMISE, f"{PLAN}documento/"]
DOCUMENT = f"{PLAN}documento/?formato=texto"
PAGES = [*NATIONAL, *OF_A_PLACE, *OF_A_PLAN, DOCUMENT]

pytestmark = pytest.mark.django_db


@pytest.fixture
def promise(puno_plan: Plan, puno_unit: Unit) -> PlanElement:
    """Of an elected authority, who is asked about its first semester."""
    plan = elect(puno_plan)
    open_window(plan.municipality, FIRST)
    return element_of(plan, "S.1.1.1", puno_unit)


def etags(client: Client) -> list[str]:
    return [etag(client, address) for address in PAGES]


# What it costs.


@pytest.mark.parametrize("address", PAGES)
def test_a_stored_page_and_one_that_did_not_change_cost_one_query(
    client: Client, puno_plan: Plan, django_assert_num_queries: DjangoAssertNumQueries, address: str
) -> None:
    first = client.get(address)
    with django_assert_num_queries(1):
        again = client.get(address)
    assert (again.content, lasting(again)) == (first.content, lasting(first))
    with django_assert_num_queries(1):
        assert see(client, address, first["ETag"]) == 304


def test_nothing_is_rendered_twice(client: Client, puno_plan: Plan) -> None:
    page = client.get(PLAN).content
    with mock.patch("tracking.public.views.plan.render", side_effect=AssertionError):
        assert client.get(PLAN).content == page
        assert see(client, PLAN, etag(client, PLAN)) == 304


# What makes it another page.


def test_a_published_report_is_visible_on_the_next_request(
    client: Client, promise: PlanElement, reporter: User, planner: User
) -> None:
    report = draft(promise, FIRST, reporter, narrative="Se firmó el convenio.")
    before = etag(client, PROMISE)
    assert "Se firmó el convenio." not in client.get(PROMISE).content.decode()
    publish(report, by=planner)
    assert see(client, PROMISE, before) == 200
    assert "Se firmó el convenio." in client.get(PROMISE).content.decode()
    published = etag(client, PROMISE)
    correction = correct(report, "Faltó una posta.", reporter, narrative="Con dos postas.")
    assert see(client, PROMISE, published) == 304
    publish(correction, by=planner)
    assert see(client, PROMISE, published) == 200
    assert "Con dos postas." in client.get(PROMISE).content.decode()


def test_a_draft_leaves_every_page_as_it_was(
    client: Client, promise: PlanElement, reporter: User, planner: User
) -> None:
    before = etags(client)
    page = client.get(PROMISE).content
    report = draft(promise, FIRST, reporter, narrative="Todavía nadie lo revisa.")
    sustain(report)
    sent = submit(report, Entry.STEP, by=reporter)
    back = recall(sent, by=reporter)
    sent = submit(back, Entry.STEP, by=reporter)
    returned = return_report(
        sent, "Falta el acta.", promise.plan.municipality, read=sent.edit, by=planner
    )
    save_draft(promise, FIRST, {"narrative": "Ya está."}, by=reporter, edit=returned.edit)
    assert etags(client) == before
    caches["pages"].clear()
    assert client.get(PROMISE).content == page


def test_what_is_published_while_a_page_is_rendered_is_on_the_next(
    client: Client, puno_plan: Plan, planner: User
) -> None:
    puno_plan.organization = "Lista que se leyó a mano"

    def late(*args: Any) -> HttpResponse:
        page = render(*args)
        save_plan(puno_plan, by=planner)
        return page

    with mock.patch("tracking.public.views.plan.render", late):
        assert puno_plan.organization not in client.get(PLAN).content.decode()
    assert puno_plan.organization in client.get(PLAN).content.decode()


def test_two_municipalities_do_not_disturb_each_other(
    client: Client, puno_plan: Plan, lamas_plan: Plan, outsider: User
) -> None:
    ours = [*OF_A_PLACE, *OF_A_PLAN]
    mine = [etag(client, address) for address in ours]
    national = [etag(client, address) for address in NATIONAL]
    lamas_plan.note = "Se leyó a mano."
    save_plan(lamas_plan, by=outsider)
    assert {see(client, *each) for each in zip(ours, mine, strict=True)} == {304}
    assert {see(client, *each) for each in zip(NATIONAL, national, strict=True)} == {200}


def test_the_page_of_a_municipality_changes_with_its_province(
    client: Client, lamas: Municipality
) -> None:
    """It says whether the provincial one, which answers there too, has a plan."""
    make_municipality("Tabalosos", "220510", province="Lamas", region="San Martín")
    page, ledger = "/m/tabalosos/", "/m/tabalosos/registro/"
    before = {address: etag(client, address) for address in (page, ledger)}
    make_plan(lamas)
    assert {address: see(client, address, tag) for address, tag in before.items()} == {
        page: 200,
        ledger: 304,
    }


def test_a_municipality_that_changes_its_name_changes_it_everywhere(
    client: Client, puno_plan: Plan
) -> None:
    addresses = ["/", "/m/puno/", PLAN, PROMISE]
    before = [etag(client, address) for address in addresses]
    place = puno_plan.municipality
    place.name = "Puno de los Andes"
    save_municipality(place)
    for address, seen in zip(addresses, before, strict=True):
        assert see(client, address, seen) == 200
        assert "Puno de los Andes" in client.get(address).content.decode()


def test_midnight_in_lima_makes_every_page_another(client: Client, puno_plan: Plan) -> None:
    def at(hour: int, minute: int) -> list[str]:
        now = dt.datetime(2026, 1, 2, hour, minute, tzinfo=dt.UTC)
        with mock.patch("django.utils.timezone.now", return_value=now):
            return etags(client)

    evening, late = at(0, 0), at(4, 59)  # of the first of January, five hours behind UTC
    assert evening == late
    assert set(late).isdisjoint(at(5, 0))


@pytest.mark.parametrize("name", ["RELEASE", "SITE_URL"])
def test_another_release_and_another_site_have_other_pages(
    client: Client, puno_plan: Plan, settings: Settings, name: str
) -> None:
    before = etags(client)
    setattr(settings, name, "https://otra.example")
    assert set(before).isdisjoint(etags(client))


def test_another_address_is_another_page(client: Client, puno_plan: Plan) -> None:
    folded, unfolded = client.get(PLAN), client.get(f"{PLAN}?ver=todo")
    assert folded["ETag"] != unfolded["ETag"]
    assert folded.content != unfolded.content
    assert client.get(PLAN).content == folded.content
    assert len(set(etags(client))) == len(PAGES)


def test_the_host_that_is_asked_makes_no_difference(client: Client, puno_plan: Plan) -> None:
    asked = [client.get(PLAN, headers={"host": host}) for host in ("localhost", "127.0.0.1:8000")]
    assert asked[0]["ETag"] == asked[1]["ETag"]
    assert asked[0].content == asked[1].content
    assert b"127.0.0.1" not in asked[1].content


# Whose it is.


@pytest.mark.parametrize("address", PAGES)
def test_an_officer_and_a_citizen_read_the_same_bytes(
    client: Client,
    puno_plan: Plan,
    planner: User,
    signed_in: SignIn,
    django_assert_num_queries: DjangoAssertNumQueries,
    address: str,
) -> None:
    officer = signed_in(planner)
    theirs = officer.get(address)
    with django_assert_num_queries(1):
        ours = client.get(address)
    assert (ours.content, ours["ETag"]) == (theirs.content, theirs["ETag"])
    assert not ours.cookies
    assert ours["Cache-Control"] == "public, no-cache"
    assert ours["Vary"] == "Accept-Encoding"
    with django_assert_num_queries(1):
        assert see(officer, address, ours["ETag"]) == 304


def test_a_reader_who_takes_gzip_gets_the_same_page_compressed_once(
    client: Client, puno_plan: Plan
) -> None:
    plain = client.get(PLAN)
    packed = [client.get(PLAN, headers={"accept-encoding": "br, gzip"}) for _ in range(2)]
    assert packed[0].content == packed[1].content
    assert gzip.decompress(packed[0].content) == plain.content
    assert "Content-Encoding" not in plain
    for each in packed:
        assert each["Content-Encoding"] == "gzip"
        assert each["Content-Length"] == str(len(each.content))
        assert (each["ETag"], each["Vary"]) == (plain["ETag"], plain["Vary"])
    asked = {"accept-encoding": "gzip", "if-none-match": plain["ETag"]}
    unchanged = client.get(PLAN, headers=asked)
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    for name in ("ETag", "Cache-Control", "Vary"):
        assert unchanged[name] == plain[name]


def test_the_text_of_the_document_is_stored_with_its_name(client: Client, puno_plan: Plan) -> None:
    for _ in range(2):
        response = client.get(DOCUMENT)
        assert response.content.decode() == puno_plan.document.text
        assert response["Content-Type"] == "text/plain; charset=utf-8"
        assert response["Content-Disposition"] == 'inline; filename="puno.txt"'


def test_the_head_of_a_page_is_asked_for_alone(
    client: Client, puno_plan: Plan, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    head = client.head(PLAN)
    with django_assert_num_queries(1):
        page = client.get(PLAN)
    with django_assert_num_queries(1):
        again = client.head(PLAN)
    assert (again.status_code, again.content) == (200, b"")
    assert lasting(again) == lasting(head) == lasting(page)
    assert client.head(PLAN, headers={"if-none-match": page["ETag"]}).status_code == 304


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_not_written_to(puno_plan: Plan, address: str) -> None:
    assert Client(enforce_csrf_checks=True).post(address).status_code == 405


def test_whether_the_service_is_alive_is_asked_anew(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(2):
        with django_assert_num_queries(1):
            response = client.get("/healthz")
        assert "no-store" in response["Cache-Control"]
        assert "ETag" not in response


def test_an_address_that_is_nothing_yet_is_read_once_it_is(
    client: Client, puno_plan: Plan, planner: User
) -> None:
    assert client.get("/m/puno/2023-2026/").status_code == 404
    make_plan(puno_plan.municipality, term=Term(2023, 2026))
    assert client.get("/m/puno/2023-2026/").status_code == 200
