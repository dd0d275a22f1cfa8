"""What search engines are told: every page that should be found, and no other."""

import datetime as dt
from unittest import mock
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Municipality, Unit, User
from plans.models import Plan
from plans.services.editing import withdraw_elements
from plans.term import Term
from tests.factories import make_plan
from tests.tracking.published import FIRST, draft, elect, element_of, open_window, publish
from tracking.public.methods import CHAPTERS
from tracking.public.sitemaps import Section

SITE = "http://localhost:8000"
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
PLAN = f"{SITE}/m/puno/2019-2022/"
REFS = ["S", "S.1", "S.1.1", "S.1.1.1", "S.1.1.2", "L"]
SECTIONS = [
    *("paginas", "municipios", "regiones", "registros", "planes"),
    *("documentos", "audiencias", "promesas"),
]


def read(client: Client, address: str) -> dict[str, str]:
    """Each address that stands there with its date, "" for none, in order."""
    response = client.get(address, headers={"host": "127.0.0.1:9"})
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml")
    rows = [
        (each.findtext(f"{NAMESPACE}loc") or "", each.findtext(f"{NAMESPACE}lastmod") or "")
        for each in ET.fromstring(response.content)
    ]
    assert len(dict(rows)) == len(rows)
    return dict(rows)


def section(client: Client, name: str) -> list[str]:
    return list(read(client, f"/sitemap-{name}.xml"))


def test_the_index_names_each_section(client: Client, puno_plan: Plan) -> None:
    published_at = timezone.localtime(puno_plan.versions.get().published_at)
    day = published_at.isoformat()
    assert read(client, "/sitemap.xml") == {
        f"{SITE}/sitemap-paginas.xml": "",
        f"{SITE}/sitemap-municipios.xml": "",
        f"{SITE}/sitemap-regiones.xml": "",
        f"{SITE}/sitemap-registros.xml": "",
        f"{SITE}/sitemap-planes.xml": day,
        f"{SITE}/sitemap-documentos.xml": day,
        f"{SITE}/sitemap-audiencias.xml": day,
        f"{SITE}/sitemap-promesas.xml": day,
    }


def test_what_has_nothing_is_not_in_the_index(client: Client, db: None) -> None:
    assert list(read(client, "/sitemap.xml")) == [f"{SITE}/sitemap-paginas.xml"]


def test_each_section_holds_its_pages(client: Client, puno_plan: Plan, lamas: Municipality) -> None:
    assert section(client, "paginas") == [
        f"{SITE}/",
        f"{SITE}/municipios/",
        f"{SITE}/mapa/",
        f"{SITE}/comparar/",
        f"{SITE}/rendicion/",
        f"{SITE}/verificar/",
        f"{SITE}/metodologia/",
        *(f"{SITE}{each.address}" for each in CHAPTERS),
        f"{SITE}/datos/",
        f"{SITE}/datos/columnas/",
        f"{SITE}/api/v1/docs/",
    ]
    assert section(client, "municipios") == [f"{SITE}/m/puno/", f"{SITE}/m/lamas/"]
    assert section(client, "regiones") == [f"{SITE}/mapa/puno/", f"{SITE}/comparar/puno/"]
    assert section(client, "registros") == [f"{SITE}/m/puno/registro/"]
    assert section(client, "planes") == [PLAN]
    assert section(client, "documentos") == [f"{PLAN}documento/"]
    assert section(client, "rendiciones") == []
    assert section(client, "promesas") == [f"{PLAN}{ref}/" for ref in REFS]


def test_every_address_is_a_page(client: Client, puno_plan: Plan) -> None:
    told = [address for name in SECTIONS for address in section(client, name)]
    paths = [address.removeprefix(SITE) for address in told]
    assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(paths, 200)


def test_a_demonstration_is_not_told(client: Client, puno: Municipality, puno_plan: Plan) -> None:
    before = [section(client, name) for name in SECTIONS]
    make_plan(puno, term=Term(2023, 2026))
    assert [section(client, name) for name in SECTIONS] != before
    Plan.objects.filter(first_year=2023).update(simulated=True)
    Municipality.objects.let_pages_know()
    assert [section(client, name) for name in SECTIONS] == before


def test_a_place_with_a_demonstration_alone_is_not_told(client: Client, puno_plan: Plan) -> None:
    page = f"{SITE}/m/puno/"
    noindex = '<meta name="robots" content="noindex">'
    assert page in section(client, "municipios")
    assert noindex not in client.get("/m/puno/").content.decode()
    Plan.objects.update(simulated=True)
    Municipality.objects.let_pages_know()
    assert page not in section(client, "municipios")
    assert noindex in client.get("/m/puno/").content.decode()


def test_what_is_not_published_is_not_told(client: Client, puno_plan: Plan) -> None:
    Plan.objects.update(version=0)
    assert [section(client, name) for name in SECTIONS[4:]] == [[], [], [], []]


def test_what_was_withdrawn_is_not_told(client: Client, puno_plan: Plan, planner: User) -> None:
    withdraw_elements([puno_plan.elements.get(ref="S.1.1.1")], by=planner)
    kept = [ref for ref in REFS if ref != "S.1.1.1"]
    assert section(client, "promesas") == [f"{PLAN}{ref}/" for ref in kept]


def test_a_date_is_the_one_that_the_page_gives(
    client: Client, puno: Municipality, puno_plan: Plan, puno_unit: Unit, planner: User
) -> None:
    """A report changes its promise and its plan; a draft, which is newer still, nothing."""
    open_window(puno, FIRST)
    later = timezone.now() + dt.timedelta(days=3)
    activity = element_of(elect(puno_plan), "S.1.1.1", puno_unit)
    with mock.patch("tracking.services.review.timezone.now", return_value=later):
        publish(draft(activity, FIRST, planner), by=planner)
    draft(element_of(puno_plan, "S.1.1.2", puno_unit), FIRST, planner, step=None)
    then = timezone.localdate(puno_plan.versions.get().published_at).isoformat()
    now = timezone.localdate(later).isoformat()
    promises = read(client, "/sitemap-promesas.xml")
    assert promises == {f"{PLAN}{ref}/": now if ref == "S.1.1.1" else then for ref in REFS}
    assert read(client, "/sitemap-planes.xml") == {PLAN: now}
    assert read(client, "/sitemap-documentos.xml") == {f"{PLAN}documento/": then}
    index = read(client, "/sitemap.xml")
    assert index[f"{SITE}/sitemap-promesas.xml"].startswith(now)
    assert index[f"{SITE}/sitemap-documentos.xml"].startswith(then)


def test_a_long_section_has_several_pages(
    client: Client, puno_plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = section(client, "promesas")
    monkeypatch.setattr(Section, "limit", 4)
    Municipality.objects.let_pages_know()
    pages = ["/sitemap-promesas.xml", "/sitemap-promesas.xml?p=2"]
    index = [each.removeprefix(SITE) for each in read(client, "/sitemap.xml")]
    assert [each for each in index if "promesas" in each] == pages
    assert [address for page in pages for address in read(client, page)] == whole


@pytest.mark.parametrize(
    "address",
    [
        "/sitemap-nada.xml",
        "/sitemap-promesas.xml?p=2",
        "/sitemap-promesas.xml?p=0",
        "/sitemap-promesas.xml?p=uno",
    ],
)
def test_what_is_not_there_is_a_404(client: Client, puno_plan: Plan, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/sitemap.xml", 14),
        ("/sitemap-paginas.xml", 1),
        ("/sitemap-municipios.xml", 3),
        ("/sitemap-regiones.xml", 2),
        ("/sitemap-registros.xml", 3),
        ("/sitemap-planes.xml", 3),
        ("/sitemap-documentos.xml", 3),
        ("/sitemap-rendiciones.xml", 2),
        ("/sitemap-capitulos.xml", 2),
        ("/sitemap-promesas.xml", 3),
    ],
)
def test_the_number_of_queries_does_not_grow(
    client: Client,
    puno_plan: Plan,
    lamas: Municipality,
    django_assert_num_queries: DjangoAssertNumQueries,
    address: str,
    queries: int,
) -> None:
    with django_assert_num_queries(queries):
        client.get(address)
    make_plan(lamas, more=20)
    with django_assert_num_queries(queries):
        client.get(address)


def test_robots_learn_where_they_may_go(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == (
        "User-agent: *\n"
        "Disallow: /admin/\n"
        "Disallow: /cuenta/\n"
        "Disallow: /gestion/\n"
        "Disallow: /buscar/?\n"
        "Disallow: /comparar/?\n"
        "Disallow: /seguir/\n"
        "\n"
        "Sitemap: http://localhost:8000/sitemap.xml\n"
    )


@pytest.mark.parametrize("address", ["/robots.txt", "/sitemap.xml", "/sitemap-planes.xml"])
def test_they_are_only_read(client: Client, db: None, address: str) -> None:
    assert client.post(address).status_code == 405
