"""Whose drafts a token reaches, and what they cost."""

import pytest
from allauth.mfa.models import Authenticator

from accounts.models import Membership, Municipality, User
from plans.models import Plan, PlanElement
from tests.tracking.office.acting import System
from tests.tracking.office.sent import draft
from tracking.models import ProgressReport

pytestmark = pytest.mark.django_db


def test_another_unit_s_promise_is_not_written_on(
    colleague: User, puno: Municipality, activity: PlanElement, reporter: User
) -> None:
    report = draft(activity, reporter)
    system = System(colleague, puno)
    status, told = system.ask("POST", "drafts/", {"semester": "2019-I", "ref": "S.1.1.1"})
    assert (status, told["detail"]) == (403, "Ese elemento es de otra unidad orgánica.")
    assert system.rows("drafts/") == []
    for method, address in (
        ("GET", f"drafts/{report.pk}/"),
        ("PATCH", f"drafts/{report.pk}/"),
        ("POST", f"drafts/{report.pk}/submit/"),
        ("POST", f"drafts/{report.pk}/recall/"),
    ):
        content = {"edit": 1, "step": 3} if method == "PATCH" else {"edit": 1}
        status, told = system.ask(method, address, None if method == "GET" else content)
        assert (status, "que su clave puede escribir" in told["detail"]) == (404, True)
    assert ProgressReport.objects.get().edit == report.edit


def test_another_municipality_s_drafts_are_not_there(
    outsider: User, lamas: Municipality, lamas_plan: Plan, activity: PlanElement, reporter: User
) -> None:
    report = draft(activity, reporter)
    system = System(outsider, lamas)
    assert system.get("drafts/")["results"] == []
    for question in ("?semester=2019-I", "?ref=S.1.1.1", "?ordering=-id", "?review_state=borrador"):
        assert system.rows(f"drafts/{question}") == []
    assert system.ask("GET", f"drafts/{report.pk}/")[0] == 404
    assert system.ask("PATCH", f"drafts/{report.pk}/", {"edit": 1, "step": 4})[0] == 404


def test_a_token_reaches_only_its_own_municipality(
    planner: User, puno: Municipality, lamas: Municipality, activity: PlanElement, reporter: User
) -> None:
    """Also where its person works in two."""
    Membership.objects.create(user=planner, role="planificacion", municipality=lamas)
    report = draft(activity, reporter)
    assert System(planner, puno).ask("GET", f"drafts/{report.pk}/")[0] == 200
    assert System(planner, lamas).ask("GET", f"drafts/{report.pk}/")[0] == 404


def test_a_planner_without_a_second_factor_waits(
    planner: User, puno: Municipality, activity: PlanElement
) -> None:
    system = System(planner, puno)
    Authenticator.objects.all().delete()
    status, told = system.ask("GET", "worklist/")
    assert (status, "segundo factor" in told["detail"]) == (403, True)
