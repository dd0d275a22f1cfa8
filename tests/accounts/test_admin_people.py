"""The operator keeps people and their roles; planning reads those of its own municipality."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from accounts.choices import Role
from accounts.models import Membership, Municipality, Unit, User
from tests.conftest import SignIn
from tests.factories import PASSWORD, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("planning_enters")]
LIST = reverse("admin:accounts_user_changelist")
ADD = reverse("admin:accounts_user_add")


@pytest.fixture
def browser(operator: User, signed_in: SignIn) -> Client:
    return signed_in(operator)


def page_of(person: User) -> str:
    return reverse("admin:accounts_user_change", args=[person.pk])


def written(person: User | None, *new: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """What the browser sends: the person, the roles that they have, and NEW ones."""
    held = list(person.memberships.order_by("pk")) if person else []
    sent: dict[str, Any] = {"email": person.email if person else "", "name": "", "is_active": "on"}
    rows = [{"id": each.pk, "user": each.user_id, "ended_on": ""} for each in held] + list(new)
    sent |= {"memberships-TOTAL_FORMS": len(rows), "memberships-INITIAL_FORMS": len(held)}
    for number, row in enumerate(rows):
        sent |= {f"memberships-{number}-{name}": value for name, value in row.items()}
    return {name: value for name, value in (sent | fields).items() if value is not None}


def faults(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.context["errors"])


def test_a_person_is_added_with_roles_and_no_password(
    browser: Client, puno: Municipality, puno_unit: Unit
) -> None:
    planning = {"role": "planificacion", "municipality": puno.pk}
    reporting = {"role": "responsable", "municipality": puno.pk, "unit": puno_unit.pk}
    answer = browser.post(ADD, written(None, planning, reporting, email="Ana@Puno.pe"))
    assert answer.status_code == 302
    person = User.objects.get(email="ana@puno.pe")
    assert not person.has_usable_password()
    assert {each.role for each in person.memberships.all()} == {"planificacion", "responsable"}


@pytest.mark.parametrize(
    ("role", "reason"),
    [
        ({"role": "planificacion"}, "todos los demás roles necesitan una municipalidad"),
        ({"role": "operador", "municipality": "puno"}, "no lleva municipalidad ni unidad"),
        ({"role": "responsable", "municipality": "puno"}, "informa por una unidad orgánica"),
        (
            {"role": "responsable", "municipality": "puno", "unit": "lamas_unit"},
            "La unidad es de otra municipalidad.",
        ),
    ],
)
def test_a_role_that_does_not_fit_is_told(
    browser: Client,
    puno: Municipality,
    lamas_unit: Unit,
    planner: User,
    role: dict[str, str],
    reason: str,
) -> None:
    ids = {"puno": puno.pk, "lamas_unit": lamas_unit.pk}
    row = {name: ids.get(value, value) for name, value in role.items()}
    assert reason in faults(browser.post(ADD, written(None, row, email="a@b.pe")))
    assert reason in faults(browser.post(page_of(planner), written(planner, row)))
    assert not User.objects.filter(email="a@b.pe").exists()


def test_the_same_role_twice_is_told(browser: Client, planner: User, puno: Municipality) -> None:
    role = {"role": "administracion", "municipality": puno.pk}
    assert "dos veces" in faults(browser.post(page_of(planner), written(planner, role, role)))
    again = {"role": "planificacion", "municipality": puno.pk}
    assert "ya tiene ese rol" in faults(browser.post(page_of(planner), written(planner, again)))


def test_a_known_address_is_told_whatever_its_case(browser: Client, planner: User) -> None:
    answer = browser.post(ADD, written(None, email="PLANNER@puno.pe"))
    assert answer.context["adminform"].form.errors == {
        "email": ["Ya hay una persona con ese correo."]
    }


def test_a_former_address_no_longer_signs_in(browser: Client, planner: User) -> None:
    EmailAddress.objects.create(user=planner, email=planner.email, verified=True, primary=True)
    former = planner.email
    assert browser.post(page_of(planner), written(planner, email="new@puno.pe")).status_code == 302
    stranger = Client()
    code = {"Location": reverse("mfa_authenticate")}
    for address, answer in ((former, {}), ("new@puno.pe", code)):
        got = stranger.post(reverse("account_login"), {"login": address, "password": PASSWORD})
        assert {name: got[name] for name in code if name in got} == answer


def test_a_role_that_was_given_is_ended_and_not_rewritten(
    browser: Client, planner: User, lamas: Municipality
) -> None:
    sent = written(planner) | {
        "memberships-0-role": "administracion",
        "memberships-0-municipality": lamas.pk,
        "memberships-0-ended_on": "01/02/2020",
    }
    assert browser.post(page_of(planner), sent).status_code == 302
    role = planner.memberships.get()
    assert (role.role, role.municipality_id != lamas.pk) == ("planificacion", True)
    assert str(role.ended_on) == "2020-02-01"


def test_a_role_is_not_deleted(browser: Client, planner: User) -> None:
    browser.post(page_of(planner), written(planner) | {"memberships-0-DELETE": "on"})
    assert planner.memberships.count() == 1


def test_the_operator_cannot_shut_themselves_out(browser: Client, operator: User) -> None:
    ended = written(operator) | {"memberships-0-ended_on": "01/02/2020"}
    assert "se quedaría fuera" in faults(browser.post(page_of(operator), ended))
    inactive = browser.post(page_of(operator), written(operator, is_active=None))
    assert "se quedaría fuera" in faults(inactive)
    operator.refresh_from_db()
    assert operator.is_active
    assert operator.memberships.get().ended_on is None


def test_another_operator_may_be_ended(browser: Client) -> None:
    other = make_person("other@vigia.pe", Role.OPERATOR)
    sent = written(other) | {"memberships-0-ended_on": "01/02/2020"}
    assert browser.post(page_of(other), sent).status_code == 302


def test_no_page_shows_or_takes_a_password(browser: Client, planner: User) -> None:
    planner.refresh_from_db()
    page = browser.get(page_of(planner)).content.decode()
    assert planner.password not in page
    browser.post(page_of(planner), written(planner, password="otra-clave-larga"))
    before = planner.password
    planner.refresh_from_db()
    assert planner.password == before
    guess = browser.get(LIST, {"password__startswith": planner.password[:3]})
    assert guess.status_code == 400


def test_planning_reads_its_people_and_changes_nobody(planner: User, signed_in: SignIn) -> None:
    browser = signed_in(planner)
    assert browser.get(page_of(planner)).status_code == 200
    assert browser.get(ADD).status_code == 403
    assert browser.post(page_of(planner), written(planner)).status_code == 403
    granted = written(planner, {"role": "operador"})
    assert browser.post(page_of(planner), granted).status_code == 403
    assert Membership.objects.count() == 1


def test_who_plans_and_administers_changes_nobody_here(
    planner: User, puno: Municipality, signed_in: SignIn
) -> None:
    """The office's own page is for that: here a person's address and every role would be theirs."""
    Membership.objects.create(user=planner, role=Role.ADMINISTRATION, municipality=puno)
    browser = signed_in(planner)
    assert browser.get(ADD).status_code == 403
    granted = written(planner, {"role": "operador"})
    assert browser.post(page_of(planner), granted).status_code == 403
    assert Membership.objects.filter(role=Role.OPERATOR).count() == 0


def test_what_a_colleague_does_elsewhere_is_not_shown(
    planner: User, puno: Municipality, lamas: Municipality, signed_in: SignIn
) -> None:
    Membership.objects.create(user=planner, role=Role.ADMINISTRATION, municipality=lamas)
    browser = signed_in(make_person("colleague@puno.pe", Role.PLANNING, puno))
    for address in (LIST, page_of(planner)):
        page = browser.get(address).content.decode()
        assert planner.email in page
        assert "Lamas" not in page


def test_a_search_finds_by_name_without_accents(browser: Client, planner: User) -> None:
    User.objects.filter(pk=planner.pk).update(name="María Ñahui")
    found = browser.get(LIST, {"q": "maria ñahui"}).context["cl"].result_list
    assert list(found) == [planner]
