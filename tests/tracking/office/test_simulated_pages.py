"""Every page about a simulated plan says so, for citizens and for officers."""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import get_resolver, reverse

from accounts.choices import Role
from accounts.models import User
from plans.models import Plan
from tests.conftest import MakeOnce, SignIn
from tests.real_plans import publish_real_plan
from tracking.choices import ReportState
from tracking.models import ProgressReport

pytestmark = pytest.mark.django_db

SAYS_SO = "Avances simulados para demostración"
NOINDEX = '<meta name="robots" content="noindex">'
ROOMS = ("office", "office_plans", "office_accounts")


def simulate() -> Plan:
    plan = publish_real_plan("huancane")
    call_command("simulate_progress", stdout=StringIO())
    found: Plan = Plan.objects.select_related("municipality").get(pk=plan.pk)
    return found


@pytest.fixture(scope="module")
def simulated(make_once: MakeOnce) -> Plan:
    return make_once(simulate)


def office_addresses(plan: Plan) -> Iterator[str]:
    """Every page of the officers' rooms about PLAN, about what is reported in its last semester."""
    report = ProgressReport.objects.filter(state=ReportState.SUBMITTED).latest("pk")
    given: dict[str, Any] = {
        "slug": plan.municipality.slug,
        "semester": report.semester,
        "term": plan.term,
        "path": plan.path,
        "number": plan.document.number,
        "edition": 1,
        "year": plan.last_year,
        "ref": report.element.ref,
    }
    role = plan.municipality.memberships.filter(role=Role.REPORTER)[0].pk
    unit = plan.municipality.units.all()[0].pk
    one = {"review_report": report.pk, "role": role, "end_role": role, "unit": unit}
    for room in ROOMS:
        patterns: list[Any] = get_resolver().namespace_dict[room][1].url_patterns
        for pattern in patterns:
            names = pattern.pattern.converters
            if "slug" in names and ("pk" not in names or pattern.name in one):
                chosen = {name: given[name] for name in names if name != "pk"}
                if "pk" in names:
                    chosen["pk"] = one[pattern.name]
                yield reverse(f"{room}:{pattern.name}", kwargs=chosen)


@pytest.mark.parametrize(
    ("email", "least"),
    [
        ("planificacion@huancane.example", 15),
        ("administracion@huancane.example", 8),
        ("desarrollo.social@huancane.example", 3),
    ],
)
def test_officers_are_told_on_every_page(
    simulated: Plan, signed_in: SignIn, email: str, least: int
) -> None:
    browser = signed_in(User.objects.get(email=email))
    shown = {}
    for address in office_addresses(simulated):
        answer = browser.get(address)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            shown[address] = answer.content.decode()
    assert len(shown) >= least
    assert [address for address, page in shown.items() if SAYS_SO not in page] == []
    assert [address for address, page in shown.items() if NOINDEX not in page] == []


def test_citizens_are_told_on_every_page_of_the_plan(client: Client, simulated: Plan) -> None:
    plan = simulated.get_absolute_url()
    for address in (plan, f"{plan}S.1/", f"{plan}E.1.5/", f"{plan}documento/"):
        page = client.get(address).content.decode()
        assert SAYS_SO in page
        assert NOINDEX in page


@pytest.mark.parametrize("address", ["/", "/m/huancane/", "/buscar/?q=proyecto"])
def test_a_list_of_simulated_plans_alone_says_so_once(
    client: Client, simulated: Plan, address: str
) -> None:
    page = client.get(address).content.decode()
    assert page.count(SAYS_SO) - page.count(f'="{SAYS_SO}') == 1
    assert "avances simulados</span>" not in page


@pytest.mark.parametrize("address", ["/", "/municipios/?plan=1"])
def test_among_others_each_simulated_plan_is_marked(
    client: Client, simulated: Plan, real_puno: Plan, address: str
) -> None:
    assert client.get(address).content.decode().count("avances simulados</span>") == 1
