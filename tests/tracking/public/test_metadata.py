"""What a page says of itself when it is shared: one address, a title, a sentence, a picture."""

from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image

from accounts.models import Municipality, Unit, User
from plans.models import Plan
from tests.conftest import SignIn
from tests.tracking.heads import Head, head_of
from tests.tracking.published import FIRST, draft, elect, element_of, open_window, publish

SITE = "http://localhost:8000"
PUBLIC = [
    "/",
    "/municipios/",
    "/buscar/",
    "/metodologia/",
    "/m/puno/",
    "/m/puno/2019-2022/",
    "/m/puno/2019-2022/documento/",
    "/m/puno/2019-2022/S.1.1.1/",
]
OF_THE_PLAN = PUBLIC[-3:]


@pytest.fixture
def activity(puno_plan: Plan, puno: Municipality, puno_unit: Unit) -> Any:
    open_window(puno, FIRST)
    return element_of(elect(puno_plan), "S.1.1.1", puno_unit)


def read(client: Client, address: str, **headers: Any) -> Head:
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    return head_of(response)


@pytest.mark.parametrize("address", PUBLIC)
def test_each_page_has_one_address_and_is_shared_under_it(
    client: Client, puno_plan: Plan, address: str
) -> None:
    head = read(client, f"{address}?fbclid=1&ver=todo", host="127.0.0.1:9")
    assert head.linked("canonical") == [f"{SITE}{address}"]
    assert head.meta["og:url"] == f"{SITE}{address}"


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("/municipios/?utm=1&pagina=2&q=puno&region=", "/municipios/?q=puno&pagina=2"),
        (
            "/municipios/?plan=1&provincia=Puno&region=Puno&pagina=1",
            "/municipios/?region=Puno&provincia=Puno&plan=1",
        ),
        ("/buscar/?nivel=target&q=agua+%26+luz", "/buscar/?q=agua+%26+luz&nivel=target"),
        ("/m/puno/?q=agua&pagina=2", "/m/puno/"),
    ],
)
def test_only_what_makes_another_page_of_a_list_is_in_its_address(
    client: Client, puno_plan: Plan, asked: str, address: str
) -> None:
    assert read(client, asked).linked("canonical") == [f"{SITE}{address}"]


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_shared_is_what_the_page_says(
    client: Client, puno_plan: Plan, address: str
) -> None:
    head = read(client, address)
    page = client.get(address).content.decode()
    assert f"<title>{head.meta['og:title']} · Vigía</title>" in page
    assert head.meta["og:description"] == head.meta["description"] != ""
    fixed = ("og:type", "og:site_name", "og:locale", "twitter:card")
    assert [head.meta[name] for name in fixed] == [
        "website",
        "Vigía",
        "es_PE",
        "summary_large_image",
    ]


def test_no_two_pages_are_described_alike(client: Client, puno_plan: Plan) -> None:
    described = {read(client, address).meta["description"] for address in PUBLIC}
    assert len(described) == len(PUBLIC)


def test_the_picture_is_small_as_large_as_it_says_and_not_in_the_page(
    client: Client, puno_plan: Plan
) -> None:
    meta = read(client, "/").meta
    path = finders.find("img/vigia-compartir.png")
    assert isinstance(path, str)
    with open(path, "rb") as file, Image.open(file) as picture:
        assert (picture.format, picture.size) == ("PNG", (1200, 630))
        assert file.seek(0, 2) < 20_000
    assert meta["og:image"] == f"{SITE}/static/img/vigia-compartir.png"
    assert (meta["og:image:width"], meta["og:image:height"]) == ("1200", "630")
    assert meta["og:image:alt"]
    assert client.get("/").content.count(b"vigia-compartir") == 1


def test_a_promise_is_shared_with_whose_it_is_its_words_and_where_it_stands(
    client: Client, activity: Any, reporter: User, planner: User
) -> None:
    address = activity.get_absolute_url()
    assert read(client, address).meta["og:description"] == (
        "No se sabe cómo va. "
        "Lo que prometió su municipalidad (Municipalidad Provincial de Puno, 2019–2022): "
        "“Programa de comedores de Puno” "
        "Sin informe del semestre 2019-I, vencido el 31 de julio de 2019."
    )
    publish(draft(activity, FIRST, reporter), by=planner)
    assert (
        read(client, address)
        .meta["og:description"]
        .endswith("Al 30 de junio de 2019: en ejecución, sin sustento.")
    )


def test_a_plan_is_shared_with_whose_it_is(client: Client, puno_plan: Plan) -> None:
    assert read(client, "/m/puno/2019-2022/").meta["og:description"] == (
        "Lo que ofreció la lista Lista de Puno: Municipalidad Provincial de Puno, 2019–2022. "
        "Cada texto con su lugar en el documento."
    )


@pytest.mark.parametrize("address", OF_THE_PLAN)
def test_a_demonstration_says_so_first(client: Client, puno_plan: Plan, address: str) -> None:
    Plan.objects.update(simulated=True)
    head = read(client, address)
    assert head.meta["og:description"].startswith("Avances simulados para demostración. Lo que ")
    assert head.meta["robots"] == "noindex"


def test_what_was_typed_stays_in_its_place(client: Client, activity: Any) -> None:
    typed = 'Comedor "Los Ángeles" <b>&amp; </title>\n<script>alert(1)</script>'
    activity.plan.elements.filter(pk=activity.pk).update(statement=typed)
    head = read(client, activity.get_absolute_url())
    assert 'Comedor "Los Ángeles" <b>&amp; </title> <script>' in head.meta["og:title"]
    assert 'Comedor "Los Ángeles" <b>&amp; </title> <script>' in head.meta["og:description"]


@pytest.mark.parametrize(
    ("address", "status"),
    [("/nada/", 404), ("/m/nadie/", 404), ("/cuenta/ingresar/", 200), ("/gestion/plan/puno/", 200)],
)
def test_what_is_no_public_page_is_not_to_be_shared(
    puno_plan: Plan, planner: User, client: Client, signed_in: SignIn, address: str, status: int
) -> None:
    browser = signed_in(planner) if address.startswith("/gestion/") else client
    response = browser.get(address)
    assert response.status_code == status
    head = head_of(response)
    assert [name for name in head.meta if name.startswith(("og:", "twitter:"))] == []
    assert head.linked("canonical") == head.linked("alternate") == []


@pytest.mark.parametrize("address", OF_THE_PLAN)
def test_a_plans_pages_lead_to_its_feed(client: Client, puno_plan: Plan, address: str) -> None:
    feed = "/m/puno/2019-2022/novedades.atom"
    assert read(client, address).linked("alternate") == [feed]
    assert f'<a href="{feed}"' in client.get(address).content.decode()
    Plan.objects.update(simulated=True)
    Municipality.objects.let_pages_know()
    assert read(client, address).linked("alternate") == []
    assert "novedades.atom" not in client.get(address).content.decode()


def test_a_municipality_leads_to_its_feed(client: Client, puno: Municipality) -> None:
    feed = "/m/puno/novedades.atom"
    assert read(client, "/m/puno/").linked("alternate") == [feed]
    assert f'<a href="{feed}"' in client.get("/m/puno/").content.decode()


@pytest.mark.parametrize("address", [*PUBLIC[:4], "/m/nadie/"])
def test_a_page_about_nobody_in_particular_leads_to_no_feed(
    client: Client, puno_plan: Plan, address: str
) -> None:
    assert "novedades.atom" not in client.get(address).content.decode()
