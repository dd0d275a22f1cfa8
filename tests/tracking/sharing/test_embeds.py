"""An embed: framed by anybody, small, of no use to whoever would have somebody click through it."""

import re
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import User
from plans.models import Plan, PlanElement
from tests.conftest import SignIn
from tests.tracking.published import FIRST, draft, publish
from tracking.choices import Verdict
from tracking.services.standings import recount
from tracking.sharing.drawing import INKS

PLAN = "/m/puno/2019-2022/"
PROMISE = f"{PLAN}S.1.1.1/"
SITE = "http://localhost:8000"
EMBEDS = [f"{PLAN}incrustar/", f"{PROMISE}incrustar/"]
CSS = settings.BASE_DIR / "static/css"


class Elements(HTMLParser):
    """The names of the elements of a page, and what its links say of themselves."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.anchors: list[dict[str, str | None]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        if tag == "a":
            self.anchors.append(dict(attrs))


@pytest.mark.parametrize("address", EMBEDS)
def test_anybody_may_frame_it_and_it_alone(
    client: Client, activity: PlanElement, address: str
) -> None:
    for _time in ("rendered", "stored"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "frame-ancestors *" in answer["Content-Security-Policy"]
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert "unsafe" not in answer["Content-Security-Policy"]
        assert "X-Frame-Options" not in answer
    page = client.get(address.removesuffix("incrustar/"))
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("address", EMBEDS)
def test_nothing_on_it_acts_and_it_leaves_nothing_behind(
    puno_plan: Plan, planner: User, signed_in: SignIn, address: str
) -> None:
    browser = signed_in(planner)
    answer = browser.get(address)
    assert not answer.cookies
    found = Elements(answer.content.decode())
    assert found.names.isdisjoint(
        {"form", "input", "button", "script", "style", "iframe", "select", "textarea", "object"}
    )
    page = f"{SITE}{address.removesuffix('incrustar/')}"
    assert {each["href"] for each in found.anchors} == {page}
    assert {(each["target"], each["rel"]) for each in found.anchors} == {("_blank", "noopener")}
    assert browser.post(address).status_code == 405


@pytest.mark.parametrize("address", EMBEDS)
def test_it_is_small_with_its_style_sheet(
    client: Client, activity: PlanElement, reporter: User, planner: User, address: str
) -> None:
    publish(draft(activity, FIRST, reporter), by=planner)
    page = client.get(address).content
    assert len(page) + (CSS / "embed.css").stat().st_size <= 15_000
    assert re.findall(rb'<link rel="stylesheet" href="/static/css/([^"]+)"', page) == [b"embed.css"]


def test_a_promise_says_how_it_goes_of_when_and_from_whom(
    client: Client, activity: PlanElement, reporter: User, planner: User
) -> None:
    publish(draft(activity, FIRST, reporter), by=planner)
    page = client.get(f"{PROMISE}incrustar/").content.decode()
    for said in (
        "<b>Puno</b> · Plan de gobierno 2019–2022",
        "No se sabe si va a tiempo",
        "“Programa de comedores de Puno”",
        "Último informe: semestre 2019-I, al 30 de junio de 2019.",
        "Fuente: el plan de gobierno y lo que informó la municipalidad de Puno",
    ):
        assert said in page
    assert "simulados" not in page


def test_a_plan_says_its_counts_and_what_is_simulated(
    client: Client, activity: PlanElement
) -> None:
    Plan.objects.update(simulated=True)
    recount(Plan.objects.get())
    page = client.get(f"{PLAN}incrustar/").content.decode()
    assert "Avances simulados para demostración" in page
    assert re.search(r"De \d+ promesas: ", page)
    assert "Del semestre 2019-I, al 30 de junio de 2019, informaron 0 de " in page


@pytest.mark.parametrize("address", ["/m/puno/2023-2026/incrustar/", f"{PLAN}S.9.9/incrustar/"])
def test_what_is_not_published_says_so_inside_the_frame(
    client: Client, puno_plan: Plan, address: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert "no está publicado en Vigía" in answer.content.decode()
    assert "frame-ancestors *" in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer


def test_a_withdrawn_promise_says_that(client: Client, activity: PlanElement) -> None:
    activity.plan.elements.filter(pk=activity.pk).update(until_version=1)
    assert "Retirada del plan" in client.get(f"{PROMISE}incrustar/").content.decode()


def test_the_page_gives_what_to_copy(client: Client, puno_plan: Plan) -> None:
    page = client.get(PROMISE).content.decode()
    assert (
        f'readonly spellcheck="false">&lt;iframe src=&quot;{SITE}{PROMISE}incrustar/&quot; '
        "title=&quot;«Programa de comedores de Puno» · Puno&quot;" in page
    )
    assert f'<input id="enlace" type="url" readonly value="{SITE}{PROMISE}">' in page


def test_its_colours_are_those_of_the_site() -> None:
    def tokens(name: str) -> list[dict[str, str]]:
        halves = (CSS / name).read_text().partition("/* Elements */")[0].split("@media", 1)
        return [dict(re.findall(r"(--[\w-]+): (#\w+);", half)) for half in halves]

    for own, site in zip(tokens("embed.css"), tokens("vigia.css"), strict=True):
        assert own
        assert own.items() <= site.items()
    by_day = tokens("vigia.css")[0]
    in_pictures = {
        Verdict.LATE: "--late",
        Verdict.HALTED: "--very-late",
        Verdict.UNKNOWN: "--silent",
    }
    for verdict, name in in_pictures.items():
        assert INKS[verdict] == by_day[name]
