"""What a page is about, for machines: true, complete, and nothing that could run."""

import json
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from accounts.choices import MunicipalityKind
from accounts.models import Municipality, User
from plans.choices import Standing
from plans.models import Plan, PlanElement, SourceDocument
from plans.services.editing import withdraw_elements
from tests.factories import make_municipality
from tests.tracking.heads import Head, head_of
from tests.tracking.published import elect
from tracking.templatetags.linked_data import script

SITE = "http://localhost:8000"
PLAN = "/m/puno/2019-2022/"


def nodes_of(client: Client, address: str) -> dict[str, dict[str, Any]]:
    """The page's nodes by their type."""
    nodes = head_of(client.get(address)).nodes
    found = {node["@type"]: node for node in nodes}
    assert len(found) == len(nodes)
    return found


def trail_of(node: dict[str, Any]) -> list[tuple[int, str, str]]:
    return [
        (each["position"], each["name"], each["item"].removeprefix(SITE))
        for each in node["itemListElement"]
    ]


@pytest.mark.parametrize("page", ["mapa", "comparar"])
def test_a_page_of_a_region_says_where_it_stands(
    client: Client, puno_plan: Plan, page: str
) -> None:
    here = f"/{page}/puno/"
    assert trail_of(nodes_of(client, here)["BreadcrumbList"]) == [
        (1, "Municipios", "/municipios/"),
        (2, "Puno", "/municipios/?region=Puno"),
        (3, "Región Puno", here),
    ]


def test_home_is_a_site_that_can_be_searched(client: Client, puno_plan: Plan) -> None:
    site = nodes_of(client, "/")["WebSite"]
    assert (site["name"], site["url"], site["inLanguage"]) == ("Vigía", f"{SITE}/", "es-PE")
    template = site["potentialAction"]["target"]["urlTemplate"]
    assert template == f"{SITE}/buscar/?q={{search_term_string}}"
    address = template.removeprefix(SITE).format(search_term_string="comedores")
    assert "Programa de" in client.get(address).content.decode()


def test_a_municipality_is_a_government_organization_of_its_place(
    client: Client, puno: Municipality
) -> None:
    district = make_municipality(
        "Coata", "210105", kind=MunicipalityKind.DISTRICT, province="Puno", region="Puno"
    )
    nodes = nodes_of(client, district.get_absolute_url())
    organization = nodes["GovernmentOrganization"]
    assert organization["name"] == "Municipalidad Distrital de Coata"
    assert organization["identifier"]["value"] == "210105"
    area, names = organization["areaServed"], []
    while area:
        names.append(area["name"])
        area = area.get("containedInPlace")
    assert names == ["Distrito de Coata", "Provincia de Puno", "Región Puno", "Perú"]
    assert trail_of(nodes["BreadcrumbList"]) == [
        (1, "Municipios", "/municipios/"),
        (2, "Puno", "/municipios/?region=Puno"),
        (3, "Municipalidad Distrital de Coata", "/m/coata/"),
    ]
    area = nodes_of(client, "/m/puno/")["GovernmentOrganization"]["areaServed"]
    assert area["name"] == "Provincia de Puno"


def test_a_plan_is_a_dataset_based_on_its_document(client: Client, puno_plan: Plan) -> None:
    nodes = nodes_of(client, PLAN)
    dataset = nodes["Dataset"]
    published_at = puno_plan.versions.get().published_at
    lista = {"@type": "Organization", "name": "Lista de Puno"}
    assert dataset.pop("spatialCoverage")["name"] == "Provincia de Puno"
    assert dataset == {
        "@type": "Dataset",
        "@id": f"{SITE}{PLAN}",
        "url": f"{SITE}{PLAN}",
        "name": "Plan de gobierno de Puno, 2019–2022",
        "description": (
            "Lo que ofreció la lista Lista de Puno. Sin confirmar si fue elegida. Cada texto del "
            "plan, palabra por palabra, con su lugar en el documento."
        ),
        "inLanguage": "es-PE",
        "temporalCoverage": "2019/2022",
        "isBasedOn": {
            "@type": "CreativeWork",
            "name": "Plan de gobierno de Puno",
            "url": f"{SITE}{PLAN}documento/",
            "author": lista,
        },
        "isAccessibleForFree": True,
        "version": 1,
        "dateModified": published_at.isoformat(),
        "creator": {"@type": "Organization", "name": "Vigía", "url": f"{SITE}/"},
    }
    assert trail_of(nodes["BreadcrumbList"]) == [
        (1, "Municipios", "/municipios/"),
        (2, "Municipalidad Provincial de Puno", "/m/puno/"),
        (3, "Plan de gobierno 2019–2022", PLAN),
    ]


@pytest.mark.parametrize(
    ("standing", "said"),
    [
        (Standing.ELECTED, "Lo que prometió su municipalidad. Autoridad elegida. "),
        (Standing.NOT_ELECTED, "Lo que ofreció la lista Lista de Puno. Lista no elegida. "),
    ],
)
def test_whether_a_list_was_elected_is_said_as_it_is_known(
    client: Client, puno_plan: Plan, standing: str, said: str
) -> None:
    elect(puno_plan)
    Plan.objects.update(standing=standing)
    assert nodes_of(client, PLAN)["Dataset"]["description"].startswith(said)


def test_who_wrote_a_plan_is_not_invented(client: Client, puno_plan: Plan) -> None:
    Plan.objects.update(organization="")
    assert "author" not in nodes_of(client, PLAN)["Dataset"]["isBasedOn"]
    assert "author" not in nodes_of(client, f"{PLAN}S.1/")["CreativeWork"]


def test_a_promise_is_a_work_that_is_part_of_its_plan(client: Client, puno_plan: Plan) -> None:
    nodes = nodes_of(client, f"{PLAN}S.1.1.1/")
    work = nodes["CreativeWork"]
    address = f"{SITE}{PLAN}S.1.1.1/"
    assert work["@id"] == work["url"] == address
    assert (work["name"], work["text"]) == ("Programa S.1.1.1", "Programa de comedores de Puno")
    assert work["author"]["name"] == "Lista de Puno"
    assert work["isPartOf"] == {
        "@type": "Dataset",
        "@id": f"{SITE}{PLAN}",
        "url": f"{SITE}{PLAN}",
        "name": "Plan de gobierno de Puno, 2019–2022",
    }
    assert trail_of(nodes["BreadcrumbList"]) == [
        (1, "Municipalidad Provincial de Puno", "/m/puno/"),
        (2, "Plan de gobierno 2019–2022", PLAN),
        (3, "Dimensión social", f"{PLAN}S/"),
        (4, "Problema S.1", f"{PLAN}S.1/"),
        (5, "Objetivo estratégico S.1.1", f"{PLAN}S.1.1/"),
        (6, "Programa S.1.1.1", f"{PLAN}S.1.1.1/"),
    ]


def test_a_document_stands_under_its_plan(client: Client, puno_plan: Plan) -> None:
    nodes = nodes_of(client, f"{PLAN}documento/")
    assert list(nodes) == ["BreadcrumbList"]
    assert trail_of(nodes["BreadcrumbList"])[1:] == [
        (2, "Plan de gobierno 2019–2022", PLAN),
        (3, "Texto del documento", f"{PLAN}documento/"),
    ]


@pytest.mark.parametrize("page", ["", "S.1.1.1/", "documento/"])
def test_of_a_demonstration_there_is_none(client: Client, puno_plan: Plan, page: str) -> None:
    Plan.objects.update(simulated=True)
    assert nodes_of(client, f"{PLAN}{page}") == {}


def test_what_was_withdrawn_is_no_part_of_its_plan(
    client: Client, puno_plan: Plan, planner: User
) -> None:
    withdraw_elements([puno_plan.elements.get(ref="S.1.1.1")], by=planner)
    assert nodes_of(client, f"{PLAN}S.1.1.1/") == {}


def test_nothing_that_was_typed_ends_the_block(client: Client, puno_plan: Plan) -> None:
    typed = "Comedores</script><script>alert(1)</script><!-- <script> & \u2028\u2029"
    PlanElement.objects.filter(ref="S.1.1.1").update(statement=typed)
    SourceDocument.objects.update(title=typed)
    Plan.objects.update(organization=typed)
    assert nodes_of(client, f"{PLAN}S.1.1.1/")["CreativeWork"]["text"] == typed
    assert nodes_of(client, PLAN)["Dataset"]["isBasedOn"]["name"] == typed
    assert nodes_of(client, PLAN)["Dataset"]["isBasedOn"]["author"]["name"] == typed


@given(st.text() | st.sampled_from(["</script>", "<!--<script>", "&lt;", "\u2028", "]]>"]))
def test_any_text_is_read_back_and_none_of_it_is_markup(text: str) -> None:
    block = script([{"name": text}])
    assert Head(block).nodes == [{"name": text}]
    inside = block.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert [each for each in "<>&\u2028\u2029" if each in inside] == []
    assert json.loads(inside)["@graph"] == [{"name": text}]
