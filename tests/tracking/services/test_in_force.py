"""An elected list's plan comes in force; what was in force moves to its list's address."""

from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from accounts.models import Municipality, Unit, User
from plans.models import Plan
from plans.plan_path import PlanPath
from plans.services.editing import save_plan
from tests.conftest import SignIn
from tests.factories import TERM, make_plan
from tests.tracking.published import FIRST, draft, elect, element_of, open_window
from tracking.services.in_force import bring_in_force

DOOR = reverse("office:come_in_force", args=["puno", "2019-2022/renovar"])


@pytest.fixture
def offered(puno: Municipality, puno_plan: Plan) -> Plan:
    return make_plan(puno, list_slug="renovar")


def paths() -> dict[str, bool]:
    return {str(plan.path): plan.in_force for plan in Plan.objects.all()}


def test_they_change_places_and_say_so_in_a_version(
    puno_plan: Plan, offered: Plan, planner: User
) -> None:
    elect(offered, by=planner)
    bring_in_force(offered, by=planner)
    puno_plan.refresh_from_db()
    offered.refresh_from_db()
    assert puno_plan.path == PlanPath(TERM, "lista-de-puno")
    assert (offered.path, offered.takes_reports) == (PlanPath(TERM), True)
    assert puno_plan.versions.get(number=2).changes == [
        {
            "ref": "",
            "what": "plan",
            "before": {"in_force": True, "list_slug": ""},
            "after": {"in_force": False, "list_slug": "lista-de-puno"},
        }
    ]
    assert offered.versions.get(number=3).by == planner


def test_without_one_in_force_it_takes_the_free_place(puno: Municipality, planner: User) -> None:
    plan = elect(make_plan(puno, list_slug="renovar"), by=planner)
    assert bring_in_force(plan, by=planner).url_args == ("puno", "2019-2022")


def test_who_was_not_elected_does_not_come_in_force(offered: Plan, planner: User) -> None:
    with pytest.raises(ValidationError, match="autoridad elegida"):
        bring_in_force(offered, by=planner)
    assert paths() == {"2019-2022": True, "2019-2022/renovar": False}


def test_what_was_reported_on_stays_in_force(
    puno: Municipality,
    puno_plan: Plan,
    offered: Plan,
    puno_unit: Unit,
    planner: User,
    reporter: User,
) -> None:
    elect(puno_plan)
    open_window(puno, FIRST)
    draft(element_of(puno_plan, "S.1.1.1", puno_unit), FIRST, reporter)
    elect(offered, by=planner)
    with pytest.raises(ValidationError, match="Ya se informó"):
        bring_in_force(offered, by=planner)
    with pytest.raises(IntegrityError, match="no puede dejar de regir"):
        Plan.objects.filter(pk=puno_plan.pk).update(in_force=False, list_slug="lista")


def test_a_ledger_made_before_still_agrees_with_what_is_published(
    puno_plan: Plan, offered: Plan, planner: User
) -> None:
    def verified() -> str:
        out = StringIO()
        call_command("verify_ledger", stdout=out)
        return out.getvalue()

    verified()
    bring_in_force(elect(offered, by=planner), by=planner)
    save_plan(Plan.objects.get(pk=puno_plan.pk), by=planner)
    assert verified()


def test_every_former_address_leads_to_the_new_one(
    client: Client, offered: Plan, planner: User
) -> None:
    before = "/m/puno/2019-2022/renovar/"
    assert client.get(before).status_code == 200
    bring_in_force(elect(offered, by=planner), by=planner)
    for below in (
        "",
        "S.1.1.1/",
        "documento/",
        "sobre/",
        "datos/",
        "datos/elements.csv",
        "?ver=todo",
    ):
        answer = client.get(f"{before}{below}")
        assert (answer.status_code, answer["Location"]) == (301, f"/m/puno/2019-2022/{below}")
    page = client.get("/m/puno/2019-2022/").content.decode()
    assert "Lo que prometió su municipalidad" in page
    assert client.get("/m/puno/2019-2022/lista-de-puno/S.1.1.1/").status_code == 200


def test_planning_opens_the_door_and_others_do_not(
    offered: Plan, planner: User, reporter: User, outsider: User, signed_in: SignIn
) -> None:
    elect(offered, by=planner)
    assert signed_in(outsider).post(DOOR).status_code == 404
    assert signed_in(reporter).post(DOOR).status_code == 403
    assert paths()["2019-2022/renovar"] is False
    browser = signed_in(planner)
    assert "¿Rige el plan de la lista Renovar" in browser.get(DOOR).content.decode()
    assert browser.post(DOOR)["Location"] == reverse("office_plans:plans", args=["puno"])
    assert paths() == {"2019-2022": True, "2019-2022/lista-de-puno": False}


def test_the_door_says_what_is_missing(offered: Plan, planner: User, signed_in: SignIn) -> None:
    browser = signed_in(planner)
    assert "registre antes su condición" in browser.get(DOOR).content.decode()
    answer = browser.post(DOOR)
    assert answer.status_code == 422
    assert "registre antes su condición" in answer.content.decode()
    standing = reverse("office_plans:standing", args=["puno", "2019-2022/renovar"])
    assert standing in answer.content.decode()
    assert browser.get(standing).status_code == 200
