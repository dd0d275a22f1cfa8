"""Who may enter the pages of a plan."""

import pytest
from django.urls import reverse

from accounts.choices import Role
from accounts.models import Municipality, User
from plans.models import Plan
from tests.conftest import SignIn
from tests.factories import make_person

pytestmark = pytest.mark.django_db
PAGES = [
    ("plans", ["puno"]),
    ("elements", ["puno", "2019-2022"]),
    ("standing", ["puno", "2019-2022"]),
    ("terms", ["puno", "2019-2022", "S.1.1.2"]),
]
WRITES = [*PAGES[1:], ("measure", ["puno", "2019-2022"])]


def place(page: tuple[str, list[str]]) -> str:
    name, args = page
    return reverse(f"office_plans:{name}", args=args)


@pytest.mark.parametrize("page", PAGES)
def test_planning_and_the_operator_enter(
    page: tuple[str, list[str]],
    puno_plan: Plan,
    planner: User,
    operator: User,
    signed_in: SignIn,
) -> None:
    for person in (planner, operator):
        answer = signed_in(person).get(place(page))
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("page", [*PAGES, WRITES[-1]])
def test_who_reports_or_administers_does_not(
    page: tuple[str, list[str]],
    puno: Municipality,
    puno_plan: Plan,
    reporter: User,
    signed_in: SignIn,
) -> None:
    administrator = make_person("admin@puno.pe", Role.ADMINISTRATION, puno)
    for person in (reporter, administrator):
        assert signed_in(person).get(place(page)).status_code == 403


@pytest.mark.parametrize("page", [*PAGES, WRITES[-1]])
def test_for_a_stranger_there_is_nothing(
    page: tuple[str, list[str]],
    puno_plan: Plan,
    lamas_plan: Plan,
    outsider: User,
    signed_in: SignIn,
) -> None:
    client = signed_in(outsider)
    answer = client.get(place(page))
    assert answer.status_code == 404
    assert "Alta desnutrición" not in answer.content.decode()


@pytest.mark.parametrize("page", WRITES)
def test_nobody_else_writes(
    page: tuple[str, list[str]],
    puno_plan: Plan,
    lamas_plan: Plan,
    reporter: User,
    outsider: User,
    signed_in: SignIn,
) -> None:
    sent = {"elemento": ["L"], "kind": "entrega", "reason": "x", "standing": "lista no elegida"}
    assert signed_in(reporter).post(place(page), sent).status_code == 403
    assert signed_in(outsider).post(place(page), sent).status_code == 404
    assert puno_plan.versions.count() == 1


@pytest.mark.parametrize(
    "args",
    [
        ["puno", "2015-2018"],
        ["puno", "2015-2018", "S.1.1.2"],
        ["puno", "2019-2022", "S.9"],
        ["puno", "2019-2022", "S.1"],
        ["puno", "2019-2022", "S"],
    ],
)
def test_what_the_plan_does_not_have_or_measure_has_no_page(
    args: list[str], puno_plan: Plan, planner: User, signed_in: SignIn
) -> None:
    name = "terms" if len(args) > 2 else "elements"
    assert signed_in(planner).get(place((name, args))).status_code == 404
