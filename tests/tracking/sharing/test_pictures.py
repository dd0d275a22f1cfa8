"""The picture of a link: it says what the page says, is drawn once, and only for what there is."""

import io
import logging
from collections.abc import Callable
from typing import Any
from unittest import mock

import pytest
from django.test import Client
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from accounts.models import Municipality, User
from plans.choices import Standing
from plans.models import Plan, PlanElement
from tests.tracking.heads import head_of
from tests.tracking.published import FIRST, draft, publish
from tracking.models import AccountabilityReport
from tracking.sharing import drawing

SITE = "http://localhost:8000"
WORDS = [
    "Agua",
    "Ampliar la red de agua potable " * 64,
    "A" * 2_000,
    "🌊🏫 Agua para todos 👨‍👩‍👧 🇵🇪",
    "مشروع المياه للجميع (2019) Agua",
    "<b>&amp;</b> </p>\x0b\u202e\ufffe",
]


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> mock.Mock:
    """What is drawn; as one point, where it is not looked at."""
    point = io.BytesIO()
    Image.new("P", (1, 1)).save(point, "PNG")
    png_of = mock.Mock(return_value=point.getvalue())
    monkeypatch.setattr(drawing, "png_of", png_of)
    return png_of


def picture_of(client: Client, page: str) -> str:
    """The address of the picture that PAGE names, without the site's."""
    address = head_of(client.get(page)).meta["og:image"]
    assert address.startswith(f"{SITE}{page}compartir-")
    return address.removeprefix(SITE)


@pytest.mark.parametrize("words", WORDS, ids=["four", "long", "unbroken", "emoji", "arabic", "odd"])
def test_whatever_was_promised_fits_a_small_png(
    client: Client, activity: PlanElement, words: str
) -> None:
    activity.plan.elements.filter(pk=activity.pk).update(statement=words)
    answer = client.get(picture_of(client, activity.get_absolute_url()))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    with Image.open(io.BytesIO(answer.content)) as picture:
        assert (picture.format, picture.size) == ("PNG", (1200, 630))
    assert len(answer.content) <= 60_000


def test_a_plan_an_edition_and_what_holds_others_have_theirs(
    client: Client, issued: AccountabilityReport, painted: mock.Mock
) -> None:
    plan = issued.plan.get_absolute_url()
    pages = [plan, f"{plan}S.1.1/", issued.get_absolute_url()]
    for page in pages:
        address = picture_of(client, page)
        answer = client.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    said = [each.args[0] for each in painted.call_args_list]
    assert ["data:image/svg+xml" in each for each in said] == [True] * 3
    assert "Rendición de cuentas 2019-I" in said[2]


def test_it_says_what_the_page_says(
    client: Client, activity: PlanElement, reporter: User, planner: User, painted: mock.Mock
) -> None:
    publish(draft(activity, FIRST, reporter), by=planner)
    client.get(picture_of(client, activity.get_absolute_url()))
    (page,) = painted.call_args.args
    assert "No se sabe si va a tiempo" in page
    assert "“Programa de comedores de Puno”" in page
    assert "<b>Puno</b> · Plan de gobierno 2019–2022" in page
    assert "Último informe: semestre 2019-I, al 30 de junio de 2019" in page
    assert "Avances simulados" not in page


def test_where_a_long_name_stands_is_never_cut_before_whose_plan_it_is(
    client: Client, activity: PlanElement, painted: mock.Mock
) -> None:
    plan = activity.plan
    plan.municipality.name = "Coronel Gregorio Albarracín Lanchipa"
    plan.municipality.save(update_fields=["name"])
    type(plan).objects.filter(pk=plan.pk).update(standing=Standing.UNCONFIRMED, standing_source="")
    client.get(picture_of(client, plan.get_absolute_url()))
    (page,) = painted.call_args.args
    assert '<p class="place long">' in page  # in two lines
    assert "sin confirmar si su lista ganó" in page


def test_a_simulated_one_says_so_and_no_engine_takes_it(
    client: Client, activity: PlanElement, painted: mock.Mock
) -> None:
    Plan.objects.update(simulated=True)
    answer = client.get(picture_of(client, activity.get_absolute_url()))
    assert answer["X-Robots-Tag"] == "noindex"
    assert "Avances simulados para demostración" in painted.call_args.args[0]


def test_it_is_drawn_once_and_kept_by_whoever_has_it(
    client: Client,
    activity: PlanElement,
    painted: mock.Mock,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    address = picture_of(client, activity.get_absolute_url())
    first = client.get(address)
    assert first["Cache-Control"] == "public, max-age=31536000, immutable"
    with django_assert_num_queries(1):
        assert client.get(address).content == first.content
    with django_assert_num_queries(1):
        assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304
    Municipality.objects.let_pages_know()  # something else was published
    assert client.get(address).content == first.content
    assert painted.call_count == 1


def test_another_address_tells_chats_that_it_says_something_else(
    client: Client, activity: PlanElement, reporter: User, planner: User, painted: mock.Mock
) -> None:
    page = activity.get_absolute_url()
    before = picture_of(client, page)
    client.get(before)
    publish(draft(activity, FIRST, reporter), by=planner)
    after = picture_of(client, page)
    answer = client.get(before)
    assert (answer.status_code, answer["Location"]) == (302, f"{SITE}{after}")
    assert painted.call_count == 1


@pytest.mark.parametrize("made_up", ["0", "f" * 16, "f" * 4_000])
def test_nothing_is_drawn_or_read_for_a_version_that_somebody_made_up(
    client: Client,
    activity: PlanElement,
    painted: mock.Mock,
    made_up: str,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    page = activity.get_absolute_url()
    address = picture_of(client, page)
    client.get(f"{page}compartir-0.png")
    with django_assert_num_queries(1):
        answer = client.get(f"{page}compartir-{made_up}.png?x={made_up[:9]}")
    assert (answer.status_code, answer["Location"]) == (302, f"{SITE}{address}")
    assert painted.call_count == 0


@pytest.mark.parametrize(
    "address",
    [
        "/m/nadie/2019-2022/compartir-0.png",
        "/m/puno/2019-2022/S.9.9/compartir-0.png",
        "/m/puno/2019-2022/rendicion/2019-I/edicion-7/compartir-0.png",
    ],
)
def test_what_is_not_published_has_none(
    client: Client, activity: PlanElement, painted: mock.Mock, address: str
) -> None:
    assert client.get(address).status_code == 404
    assert painted.call_count == 0


def test_of_a_withdrawn_promise_it_says_that(
    client: Client, activity: PlanElement, painted: mock.Mock
) -> None:
    activity.plan.elements.filter(pk=activity.pk).update(until_version=1)
    client.get(picture_of(client, activity.get_absolute_url()))
    assert "Retirada del plan" in painted.call_args.args[0]


def failing(*_args: Any) -> bytes:
    raise MemoryError


def endless(*_args: Any) -> bytes:
    raise TimeoutError  # as whoever waits for it is told


@pytest.mark.parametrize("drawer", [failing, endless])
def test_one_that_cannot_be_drawn_gives_way_to_the_portals_and_is_logged(
    client: Client,
    activity: PlanElement,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    drawer: Callable[..., bytes],
) -> None:
    address = picture_of(client, activity.get_absolute_url())
    with monkeypatch.context() as broken, caplog.at_level(logging.WARNING):
        broken.setattr(drawing, "png_of", drawer)
        answer = client.get(address)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "public, max-age=60")
    with Image.open(io.BytesIO(answer.content)) as general:
        assert general.size == (1200, 630)
    assert activity.get_absolute_url() in caplog.text
    assert "immutable" in client.get(address)["Cache-Control"]
