"""The page of a municipality's people: its administrator keeps it, planning reads it."""

import datetime as dt
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.choices import Role
from accounts.models import Membership, Municipality, Unit, User
from accounts.services import invitations
from accounts.services.people import deactivate, end_role
from tests.accounts.invited import place
from tests.conftest import SignIn
from tests.factories import make_municipality, make_person, make_unit

pytestmark = pytest.mark.django_db
# the door's three, whether it is a demonstration, roles, invitations, people without a role, units,
# the menu's notices
PEOPLE_QUERIES = 9


def role_of(person: User) -> Membership:
    return person.memberships.get(ended_on=None)


def test_everybody_of_the_place_is_listed_and_nobody_else(
    browser: Client, puno: Municipality, reporter: User, planner: User, outsider: User
) -> None:
    User.objects.filter(pk=reporter.pk).update(
        name="Rosa Ramos", last_login=dt.datetime(2021, 9, 3, 12, tzinfo=dt.UTC)
    )
    page = browser.get(place("people", puno))
    listed = [(each.user, each.second_factor) for each in page.context["roles"]]
    assert listed == [
        (User.objects.get(email="admin@puno.pe"), True),
        (planner, True),
        (reporter, False),
    ]
    text = page.content.decode()
    for said in ("Rosa Ramos", "Gerencia de Obras", "3 de setiembre de 2021", "nunca"):
        assert said in text
    assert outsider.email not in text


def test_who_invites_is_told_that_units_come_first(
    browser: Client, planner: User, puno: Municipality, signed_in: SignIn
) -> None:
    told = "Todavía no hay unidades orgánicas."
    assert told in browser.get(place("people", puno)).content.decode()
    assert told not in signed_in(planner).get(place("people", puno)).content.decode()
    make_unit(puno)
    assert told not in browser.get(place("people", puno)).content.decode()


def test_a_list_asks_the_same_whatever_its_length(
    browser: Client,
    administrator: User,
    puno: Municipality,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(PEOPLE_QUERIES):
        browser.get(place("people", puno))
    for number in range(3):
        unit = make_unit(puno, f"Gerencia {number}")
        make_person(f"r{number}@puno.pe", Role.REPORTER, puno, unit)
        invitations.invite(
            f"i{number}@puno.pe", Role.REPORTER, by=administrator, municipality=puno, unit=unit
        )
        end_role(role_of(make_person(f"f{number}@puno.pe", Role.PLANNING, puno)), by=administrator)
    with django_assert_num_queries(PEOPLE_QUERIES):
        browser.get(place("people", puno))


def test_planning_reads_and_is_offered_nothing_to_change(
    administrator: User, planner: User, reporter: User, puno: Municipality, signed_in: SignIn
) -> None:
    browser = signed_in(planner)
    held = role_of(reporter).pk
    page = browser.get(place("people", puno)).content.decode()
    assert reporter.email in page
    assert "Invitar a alguien" not in page
    assert place("role", puno, held) not in page


@pytest.mark.parametrize("name", ["role", "end_role", "remove_second_factor"])
def test_a_role_of_another_place_is_not_found(
    browser: Client, puno: Municipality, outsider: User, name: str
) -> None:
    held = role_of(outsider)
    for pk in (held.pk, 10**17, 10**40):
        assert browser.get(place(name, puno, pk)).status_code == 404
        assert browser.post(place(name, puno, pk)).status_code == 404
    assert role_of(outsider) == held


def test_the_operator_keeps_every_place(
    operator: User, outsider: User, lamas: Municipality, lamas_unit: Unit, signed_in: SignIn
) -> None:
    browser = signed_in(operator)
    sent = {"role": "responsable", "unit": lamas_unit.pk}
    assert browser.post(place("role", lamas, role_of(outsider).pk), sent).status_code == 302
    assert role_of(outsider).unit == lamas_unit


# Another role


def test_a_changed_role_ends_and_another_begins(
    browser: Client, puno: Municipality, planner: User, puno_unit: Unit
) -> None:
    before = role_of(planner)
    sent = {"role": "responsable", "unit": puno_unit.pk}
    page = browser.post(place("role", puno, before.pk), sent, follow=True).content.decode()
    assert "planner@puno.pe: Responsable de unidad orgánica." in page
    before.refresh_from_db()
    assert (before.role, before.ended_on) == (Role.PLANNING, timezone.localdate())
    assert (role_of(planner).role, role_of(planner).unit) == (Role.REPORTER, puno_unit)


def test_the_same_role_changes_nothing(
    browser: Client, puno: Municipality, reporter: User, puno_unit: Unit
) -> None:
    before = role_of(reporter)
    sent = {"role": "responsable", "unit": puno_unit.pk}
    assert browser.post(place("role", puno, before.pk), sent).status_code == 302
    assert list(reporter.memberships.all()) == [before]


def test_a_role_that_the_person_has_already_is_told_and_nothing_ends(
    browser: Client, puno: Municipality, planner: User, puno_unit: Unit
) -> None:
    held = role_of(planner)
    Membership.objects.create(user=planner, role=Role.ADMINISTRATION, municipality=puno)
    answer = browser.post(place("role", puno, held.pk), {"role": "administracion"})
    assert "Esa persona ya tiene ese rol." in str(answer.context["form"].errors)
    assert planner.memberships.filter(ended_on=None).count() == 2


def test_nobody_becomes_an_operator_here(
    browser: Client, puno: Municipality, planner: User
) -> None:
    answer = browser.post(place("role", puno, role_of(planner).pk), {"role": "operador"})
    assert list(answer.context["form"].errors) == ["role"]
    assert not Membership.objects.filter(role=Role.OPERATOR).exists()


def test_another_places_unit_is_no_choice(
    browser: Client, puno: Municipality, planner: User, lamas_unit: Unit
) -> None:
    sent = {"role": "responsable", "unit": lamas_unit.pk}
    answer = browser.post(place("role", puno, role_of(planner).pk), sent)
    assert list(answer.context["form"].errors) == ["unit"]


# Ending


def test_ending_asks_first_and_keeps_the_row(
    browser: Client, puno: Municipality, planner: User
) -> None:
    held = role_of(planner)
    page = place("end_role", puno, held.pk)
    assert "Terminar el rol" in browser.get(page).content.decode()
    assert role_of(planner) == held
    browser.post(page)
    held.refresh_from_db()
    assert held.ended_on == timezone.localdate()
    again = browser.post(page, follow=True)  # a second tap
    assert "ya no tiene el rol" in again.content.decode()


def test_the_last_who_administers_cannot_end_their_own_role(
    browser: Client, administrator: User, puno: Municipality, puno_unit: Unit
) -> None:
    held = role_of(administrator)
    page = browser.post(place("end_role", puno, held.pk)).content.decode()
    assert "Nadie más administra aquí" in page
    sent = {"role": "responsable", "unit": puno_unit.pk}
    answer = browser.post(place("role", puno, held.pk), sent)
    assert "Nadie más administra aquí" in str(answer.context["form"].errors)
    assert role_of(administrator) == held


def test_with_another_who_administers_one_may_go(
    browser: Client, administrator: User, puno: Municipality, lamas: Municipality
) -> None:
    make_person("admin@lamas.pe", Role.ADMINISTRATION, lamas)
    gone = make_person("gone@puno.pe", Role.ADMINISTRATION, puno)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    page = place("end_role", puno, role_of(administrator).pk)
    assert "Nadie más administra aquí" in browser.post(page).content.decode()
    make_person("other@puno.pe", Role.ADMINISTRATION, puno)
    assert browser.post(page).status_code == 302
    assert browser.get(place("people", puno)).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_who_administer_do_not_both_go_at_once() -> None:
    puno = make_municipality("Puno", "210101")
    both = [make_person(f"{name}@puno.pe", Role.ADMINISTRATION, puno) for name in "ab"]
    together = threading.Barrier(2)
    refused: list[str] = []

    def leave(person: User) -> None:
        held = role_of(person)
        together.wait()
        try:
            end_role(held, by=person)
        except ValidationError as error:
            refused.extend(error.messages)
        finally:
            connection.close()

    threads = [threading.Thread(target=leave, args=[each]) for each in both]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(refused) == 1
    assert Membership.objects.filter(ended_on=None).count() == 1


# Leaving


def test_who_has_no_role_left_anywhere_may_be_let_go(
    browser: Client, administrator: User, puno: Municipality, planner: User
) -> None:
    end_role(role_of(planner), by=administrator)
    page = browser.get(place("people", puno))
    assert list(page.context["without_role"]) == [planner]
    leave = place("deactivate", puno, planner.pk)
    browser.get(leave)
    assert User.objects.get(pk=planner.pk).is_active
    said = browser.post(leave, follow=True)
    assert "planner@puno.pe ya no puede ingresar." in said.content.decode()
    assert not User.objects.get(pk=planner.pk).is_active
    assert list(said.context["without_role"]) == []
    assert planner.memberships.count() == 1


def test_who_still_works_elsewhere_stays(
    browser: Client, administrator: User, puno: Municipality, lamas: Municipality, planner: User
) -> None:
    end_role(role_of(planner), by=administrator)
    Membership.objects.create(user=planner, role=Role.PLANNING, municipality=lamas)
    assert list(browser.get(place("people", puno)).context["without_role"]) == []
    said = browser.post(place("deactivate", puno, planner.pk), follow=True)
    assert "todavía tiene un rol" in said.content.decode()
    assert User.objects.get(pk=planner.pk).is_active


def test_who_never_worked_here_is_not_found(
    browser: Client, puno: Municipality, outsider: User
) -> None:
    outsider.memberships.update(ended_on="2020-01-01")
    assert browser.post(place("deactivate", puno, outsider.pk)).status_code == 404
    assert User.objects.get(pk=outsider.pk).is_active


def test_a_role_is_not_taken_with_the_person(planner: User) -> None:
    with pytest.raises(ValidationError, match="todavía tiene un rol"):
        deactivate(planner)
