"""The Atom feeds: what became public, told once, for good, and nothing else."""

import datetime as dt
import html
from xml.etree import ElementTree as ET

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory
from hypothesis import example, given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from accounts.choices import MunicipalityKind
from accounts.models import Municipality, Unit, User
from plans.models import Plan, PlanElement
from plans.semester import Semester
from plans.services.editing import withdraw_elements
from plans.term import Term
from tests.factories import make_plan
from tests.tracking.published import (
    FIRST,
    correct,
    draft,
    elect,
    element_of,
    open_window,
    publish,
    report_everything,
    sustain,
)
from tests.tracking.tampering import tampered
from tracking.accountability.issuing import issue
from tracking.choices import LedgerAct, Step
from tracking.measuring.entry import Entry
from tracking.models import LedgerEntry, SemesterWindow, Support
from tracking.public.figures.news import News
from tracking.public.views.feeds import PlanFeed, one_line
from tracking.services.drafts import submit
from tracking.services.review import return_report
from tracking.services.semesters import close_semester
from tracking.services.supports import withhold

MUNICIPALITY = "/m/puno/novedades.atom"
PLAN = "/m/puno/2019-2022/novedades.atom"
ATOM = "{http://www.w3.org/2005/Atom}"
NEXT_TERM = Term(2023, 2026)
SEAL = " · Asiento n.º "


def feed_of(client: Client, address: str = PLAN) -> ET.Element:
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (
        200,
        "application/atom+xml; charset=utf-8",
    )
    return ET.fromstring(response.content)


def entries_of(client: Client, address: str = PLAN) -> list[dict[str, str]]:
    """What each says; its entry in the ledger, which all have, is `sealed`'s."""
    return [
        {
            **{name: said(entry, name) for name in ("id", "title", "updated")},
            "summary": html.unescape(said(entry, "summary")).partition(SEAL)[0],
            "link": entry.find(f"{ATOM}link").attrib["href"],  # type: ignore[union-attr]
            "author": said(entry, f"author/{ATOM}name"),
        }
        for entry in feed_of(client, address).iterfind(f"{ATOM}entry")
    ]


def sealed(client: Client, address: str = PLAN) -> list[str]:
    """The number and the code that each gives."""
    summaries = (said(entry, "summary") for entry in feed_of(client, address).iter(f"{ATOM}entry"))
    return [summary.partition(SEAL)[2] for summary in summaries]


def said(element: ET.Element, name: str) -> str:
    return element.findtext(f"{ATOM}{name}") or ""


def titles_of(client: Client, address: str = PLAN) -> list[str]:
    return [entry["title"] for entry in entries_of(client, address)]


VERSION = "Plan de gobierno 2019–2022 · se publicó el plan, con 6 textos"


def test_a_published_report_is_told_with_its_office_and_its_place(
    client: Client, activity: PlanElement, reporter: User, planner: User
) -> None:
    report = draft(activity, FIRST, reporter)
    sustain(report)
    sustain(report, "Nota de prensa", url="https://puno.example/nota")
    at = publish(report, by=planner).published_at
    assert at
    assert entries_of(client)[0] == {
        "id": f"tag:localhost,{at:%Y-%m-%d}:/m/puno/2019-2022/S.1.1.1/2019-I/r1",
        "title": "S.1.1.1, 2019-I: en ejecución, 2 sustentos",
        "updated": at.isoformat(),
        "summary": (
            "«Programa de comedores de Puno». La Gerencia de Obras informó al 30 de junio de "
            "2019: en ejecución, 2 sustentos. Declarado por la municipalidad."
        ),
        "link": "http://localhost:8000/m/puno/2019-2022/S.1.1.1/#2019-I",
        "author": "Gerencia de Obras, Municipalidad Provincial de Puno",
    }


def test_a_correction_is_one_more_entry_with_its_reason(
    client: Client, activity: PlanElement, reporter: User, planner: User
) -> None:
    late = dt.date(2019, 8, 5)
    first = publish(draft(activity, FIRST, reporter), sent_on=late, by=planner)
    before = entries_of(client)[0]
    publish(correct(first, "Se contó dos veces", reporter, step=Step.PREPARING), by=planner)
    newest, earlier, *_rest = entries_of(client)
    assert earlier == before
    assert "informado con atraso" in earlier["summary"]
    assert newest["id"].endswith("/S.1.1.1/2019-I/r2")
    assert newest["title"] == "S.1.1.1, 2019-I, corrección: en preparación, sin sustento"
    assert newest["summary"].endswith(
        "en preparación, sin sustento, corregido. Declarado por la municipalidad. "
        "Motivo de la corrección: Se contó dos veces"
    )


def test_each_entry_gives_its_own_in_the_ledger_which_was_then_the_newest(
    client: Client, plan: Plan, puno_unit: Unit, planner: User
) -> None:
    """Whoever kept the feed can hold the chain to it; what was told before stays as it was."""
    tell_everything(plan, puno_unit, planner)
    issue(plan, SemesterWindow.objects.get(), edition=1, by=planner)
    entered = LedgerEntry.objects.exclude(act=LedgerAct.TERMS).order_by("-number")
    for address in (PLAN, MUNICIPALITY):
        assert sealed(client, address) == [
            f"{each.number} del registro de publicaciones, código {each.chain}" for each in entered
        ]


def test_what_the_ledger_does_not_know_gives_none(client: Client, plan: Plan) -> None:
    tampered(LedgerEntry, "DELETE FROM {table}")
    Municipality.objects.let_pages_know()
    assert sealed(client) == [""]


def test_a_closing_says_how_many_of_how_many_reported(
    client: Client, activity: PlanElement, window: SemesterWindow, reporter: User, planner: User
) -> None:
    publish(draft(activity, FIRST, reporter), by=planner)
    close_semester(window, by=planner)
    newest = entries_of(client)[0]
    assert newest["id"].endswith(":/m/puno/2019-2022/2019-I/cierre")
    assert newest["title"] == "Semestre 2019-I cerrado: 1 de 2 con informe"
    assert newest["summary"] == (
        "Al cerrarse el semestre 2019-I tenían informe 1 de 2 promesas del plan de gobierno "
        "2019–2022."
    )
    assert newest["link"] == "http://localhost:8000/m/puno/2019-2022/"


def test_each_version_of_the_plan_is_told_and_is_nobodys_declaration(
    client: Client, puno_plan: Plan, planner: User
) -> None:
    withdraw_elements([puno_plan.elements.get(ref="L")], by=planner)
    newest, first = entries_of(client)
    assert first["title"] == VERSION
    assert first["summary"] == (
        "Lo que ofreció la lista Lista de Puno. Se publicó el plan, con 6 textos."
    )
    assert newest["id"].endswith(":/m/puno/2019-2022/v2")
    assert newest["title"] == "Plan de gobierno 2019–2022 · versión 2: 1 texto retirado"
    assert newest["author"] == ""


def test_a_withheld_support_is_told_once_and_not_named(
    client: Client, activity: PlanElement, reporter: User, planner: User
) -> None:
    """Two revisions carry it."""
    report = draft(activity, FIRST, reporter)
    sustain(report, "Padrón de Juana Pari")
    first = publish(report, by=planner)
    publish(correct(first, "Faltaba", reporter, step=Step.PARTLY), by=planner)
    support = Support.objects.select_related("report").latest("pk")
    withhold(support, "Mostraba números de DNI", by=planner)
    newest, *reports, _version = entries_of(client)
    assert newest["id"].endswith(f":/m/puno/retiro/{support.sha256}")
    assert newest["title"] == "S.1.1.1, 2019-I: un sustento retirado"
    assert newest["summary"] == (
        "La municipalidad retiró un sustento que había publicado. Motivo: Mostraba números de DNI"
    )
    assert newest["link"] == "http://localhost:8000/m/puno/2019-2022/S.1.1.1/#2019-I"
    assert [entry["title"].endswith("1 sustento, 1 retirado") for entry in reports] == [True, True]
    assert b"Juana" not in client.get(PLAN).content


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


def tell_everything(plan: Plan, unit: Unit, by: User) -> None:
    """A report with a support that is then withheld, and the closing of its semester."""
    semester = Semester(plan.first_year, 1)
    window = open_window(plan.municipality, semester)
    report = draft(element_of(plan, "S.1.1.1", unit), semester, by)
    support = sustain(report, f"Acta de {plan.term}")
    support.report = publish(report, by=by)
    close_semester(window, by=by)
    withhold(support, "Llevaba un DNI", by=by)


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


@pytest.mark.parametrize(("address", "queries"), [(PLAN, 12), (MUNICIPALITY, 13)])
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


ARABIC = "\u202e\u0645\u0631\u062d\u0628\u0627"
NASTY = f"\x01]]>\x0b<script>alert(1)</script> & \ufffe \U0001f3da {ARABIC} «\u2028»\x7f"


def test_whatever_was_typed_it_is_xml_and_only_text(
    client: Client, activity: PlanElement, reporter: User, planner: User, puno_unit: Unit
) -> None:
    Unit.objects.update(name=f"Gerencia {NASTY}")
    Municipality.objects.update(name=f"Puno {NASTY}")
    PlanElement.objects.filter(pk=activity.pk).update(statement=NASTY)
    report = draft(activity, FIRST, reporter)
    support = sustain(report)
    support.report = publish(report, by=planner)
    publish(correct(support.report, NASTY, reporter, step=Step.PARTLY), by=planner)
    withhold(support, NASTY, by=planner)
    seen = f"]]> <script>alert(1)</script> & \U0001f3da {ARABIC} « »\x7f"
    for address in (MUNICIPALITY, PLAN):
        withheld, corrected, *_rest = entries_of(client, address)
        assert withheld["summary"].endswith(f"Motivo: {seen}")
        assert corrected["summary"].startswith(f"« {seen}». La Gerencia {seen} informó al ")
        assert corrected["author"].startswith(f"Gerencia {seen}, Municipalidad")
        summaries = feed_of(client, address).iterfind(f".//{ATOM}summary")
        assert [each.text for each in summaries if "<" in (each.text or "")] == []


class Typed(PlanFeed):
    """A feed of one thing, in which every text is what somebody typed."""

    def __init__(self, text: str) -> None:
        self.text = text

    def get_object(self, request: HttpRequest, slug: str, term: Term) -> Plan:
        kind = MunicipalityKind.PROVINCIAL
        place = Municipality(kind=kind, name=self.text, slug=slug)
        return Plan(first_year=term.first_year, last_year=term.last_year, municipality=place)

    def subtitle(self, about: object) -> str:
        return ""  # the head of a ledger: nobody typed it

    def items(self, plan: Plan) -> list[News]:
        now = dt.datetime(2020, 1, 2, tzinfo=dt.UTC)
        return [News("/1", now, self.text, self.text, "/", self.text)]


@given(st.text())
@example("\r\n\x00")
@example("\ufffe\uffff\x85")
def test_any_text_is_well_formed_and_read_back(text: str) -> None:
    answer = Typed(text)(RequestFactory().get("/"), slug="puno", term=NEXT_TERM)
    feed = ET.fromstring(answer.content)
    entry = feed.find(f"{ATOM}entry")
    assert entry
    assert said(entry, "title") == one_line(text)
    assert html.unescape(said(entry, "summary")) == one_line(text)
    assert said(entry, f"author/{ATOM}name") == one_line(text)
