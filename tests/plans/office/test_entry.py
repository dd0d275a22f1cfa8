"""Who may enter the pages of a plan."""

import pytest
from django.urls import reverse

from accounts.models import User
from plans.models import Plan
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db
PAGES = [
    ("plans", ["puno"]),
    ("elements", ["puno", "2019-2022"]),
    ("standing", ["puno", "2019-2022"]),
    ("terms", ["puno", "2019-2022", "S.1.1.2"]),
]


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
