"""How a plan is told in an address: by its term, and by its list where it is not in force."""

import re

import pytest
from django.urls import Resolver404, get_resolver, resolve
from hypothesis import given
from hypothesis import strategies as st

from plans.plan_path import RESERVED, PlanPath, fault_of_list, list_called
from plans.term import Term
from tests.config.places import paths_under

TERM = Term(2023, 2026)


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("2023-2026", PlanPath(TERM)),
        ("2023-2026/alianza-por-puno", PlanPath(TERM, "alianza-por-puno")),
        ("2023-2026/3-de-octubre", PlanPath(TERM, "3-de-octubre")),
    ],
)
def test_what_is_read_is_written_the_same(written: str, path: PlanPath) -> None:
    assert PlanPath.parse(written) == path
    assert str(path) == written


@pytest.mark.parametrize(
    "name", ["a", "-ab", "ab-", "Ab", "añil", "a_b", "a" * 61, *sorted(RESERVED)]
)
def test_what_can_be_no_address_of_a_list_is_refused(name: str) -> None:
    assert fault_of_list(name)
    with pytest.raises(ValueError, match=r"\w"):
        PlanPath.parse(f"2023-2026/{name}")


def test_no_section_of_a_plan_can_be_taken_for_a_list() -> None:
    """Whatever stands below a plan's address, in public and in the office, is reserved."""
    get_resolver()
    plan = re.compile(r"<(?:term:term|plan:path)>/([a-z-]+)/")
    addresses = (paths_under("m/") | paths_under("gestion/plan/")).values()
    assert {found[1] for each in addresses if (found := plan.search(each))} == RESERVED


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/m/puno/2023-2026/renovar/", "tracking:plan"),
        ("/m/puno/2023-2026/renovar/sobre/", "tracking:plan_about"),
        ("/m/puno/2023-2026/renovar/S.1/", "tracking:element"),
        ("/m/puno/2023-2026/renovar/S/", "tracking:element"),
        ("/m/puno/2023-2026/S/", "tracking:element"),
        ("/m/puno/2023-2026/sobre/", "tracking:plan_about"),
        ("/m/puno/2023-2026/semestres/", "tracking:plan_semesters"),
        ("/m/puno/2023-2026/rendicion/2023-I/", "tracking:accountability"),
    ],
)
def test_each_address_leads_to_its_page(address: str, name: str) -> None:
    assert resolve(address).view_name == name


@pytest.mark.parametrize("section", ["semestres", "rendicion", "gasto", "sin-informe"])
def test_what_tells_of_reports_is_not_below_a_list(section: str) -> None:
    with pytest.raises(Resolver404):
        resolve(f"/m/puno/2023-2026/renovar/{section}/")


@given(st.text(max_size=200), st.sets(st.text(max_size=12)))
def test_every_organization_gets_a_name_of_its_own(organization: str, others: set[str]) -> None:
    taken = {*others, list_called(organization, others)}
    name = list_called(organization, taken)
    assert not fault_of_list(name)
    assert name not in taken
