"""Invitations: asked by e-mail, accepted once, by the person whom they name."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.mail.backends.locmem import EmailBackend
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from accounts.choices import Role
from accounts.models import Invitation, Letter, Municipality, Unit, User
from accounts.models.invitation import VALID_FOR
from accounts.services import invitations
from accounts.services.invitations import accept
from tests.accounts.invited import NEW, link_of, place, token_of
from tests.factories import PASSWORD, make_unit
from tests.letters import letters

pytestmark = pytest.mark.django_db


# Asking


def test_a_letter_brings_the_link_and_only_the_letter_does(
    browser: Client, administrator: User, puno: Municipality, puno_unit: Unit
) -> None:
    sent = {"email": " Nueva@Puno.pe", "name": "", "role": "responsable", "unit": puno_unit.pk}
    answer = browser.post(place("invite", puno), sent, follow=True)
    assert "La invitación a nueva@puno.pe sale por correo" in answer.content.decode()
    row = str([*Invitation.objects.values(), *Letter.objects.values()])
    [letter] = letters()
    assert letter.to == [NEW]
    assert letter.subject == "Le invitan a Vigía: Municipalidad Provincial de Puno"
    assert "admin@puno.pe le invita" in letter.body
    assert puno_unit.name in letter.body
    made = Invitation.objects.get()
    assert (made.email, made.role, made.unit, made.municipality, made.invited_by) == (
        NEW,
        Role.REPORTER,
        puno_unit,
        puno,
        administrator,
    )
    assert made.sent_at is not None
    assert made.expires_at == pytest.approx(timezone.now() + VALID_FOR, abs=dt.timedelta(minutes=1))
    token = token_of(link_of(letter))
    assert len(token) >= 43
    assert token not in row + str(list(Invitation.objects.values()))
    assert not Letter.objects.exists()
    assert token not in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"email": "nadie"}, "correo electrónico válida"),
        ({"role": "responsable"}, "Elija la unidad por la que informa."),
        ({"role": "operador"}, "operador no es una de las opciones"),
        ({"role": "responsable", "unit": "lamas"}, "no está entre las disponibles"),
        ({"role": "responsable", "unit": "closed"}, "no está entre las disponibles"),
        ({"name": "n" * 151}, "150"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_sent(
    browser: Client, puno: Municipality, lamas_unit: Unit, typed: dict[str, str], reason: str
) -> None:
    closed = make_unit(puno, "Gerencia de Antes", closed_on="2019-01-01")
    ids: dict[str, Any] = {"lamas": lamas_unit.pk, "closed": closed.pk}
    sent = {"email": NEW, "role": "planificacion", **typed}
    answer = browser.post(
        place("invite", puno), {name: ids.get(value, value) for name, value in sent.items()}
    )
    assert reason in str(answer.context["form"].errors)
    assert f'value="{sent["email"]}"' in answer.content.decode()
    assert (letters(), Invitation.objects.count()) == ([], 0)


def test_a_unit_is_only_of_who_reports(
    browser: Client, puno: Municipality, puno_unit: Unit
) -> None:
    browser.post(
        place("invite", puno), {"email": NEW, "role": "planificacion", "unit": puno_unit.pk}
    )
    assert Invitation.objects.get().unit is None


def asked_again(browser: Client, puno: Municipality, email: str) -> str:
    sent = {"email": email, "role": "planificacion"}
    answer = browser.post(place("invite", puno), sent)
    assert letters() == []
    return str(answer.context["form"].errors)


def test_who_already_has_the_role_is_not_asked(
    browser: Client, puno: Municipality, planner: User
) -> None:
    assert "ya tiene ese rol" in asked_again(browser, puno, planner.email.upper())


def test_who_left_is_not_asked(browser: Client, puno: Municipality, outsider: User) -> None:
    User.objects.filter(pk=outsider.pk).update(is_active=False)
    assert "está desactivada" in asked_again(browser, puno, outsider.email)


def test_who_is_asked_already_is_not_asked_twice(
    browser: Client, administrator: User, puno: Municipality
) -> None:
    first, second = (
        invitations.invite(NEW, Role.PLANNING, by=administrator, municipality=puno)
        for _each in range(2)
    )
    assert first == second  # a form that was sent twice
    assert len(letters()) == 1
    letters().clear()
    assert "Ya hay una invitación abierta" in asked_again(browser, puno, NEW)
    assert Invitation.objects.count() == 1


def test_an_expired_invitation_is_sent_again(
    administrator: User, puno: Municipality, puno_unit: Unit, link: str
) -> None:
    Invitation.objects.update(expires_at=timezone.now())
    invitations.invite(NEW, Role.REPORTER, by=administrator, municipality=puno, unit=puno_unit)
    assert Invitation.objects.count() == 1
    assert accept(token_of(link_of(letters()[-1])), password=PASSWORD).email == NEW


def test_a_mail_server_that_is_down_loses_nothing(
    browser: Client, puno: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = {"email": NEW, "role": "planificacion"}
    with monkeypatch.context() as down:
        down.setattr(EmailBackend, "send_messages", lambda *_: 0)
        page = browser.post(place("invite", puno), sent, follow=True).content.decode()
        assert "Su correo todavía no salió." in page
        assert letters() == []
    assert Invitation.objects.get().sent_at is None
    [letter] = letters()
    assert letter.to == [NEW]
    assert Invitation.objects.get().sent_at


def test_asked_for_twice_at_once_it_leaves_once(browser: Client, puno: Municipality) -> None:
    browser.post(place("invite", puno), {"email": NEW, "role": "planificacion"})
    browser.post(place("resend", puno, Invitation.objects.get().pk))
    [letter] = letters()
    assert browser.get(link_of(letter)).status_code == 200


# Asking again, taking back


def test_another_letter_kills_the_former_link(
    browser: Client, client: Client, puno: Municipality, link: str
) -> None:
    Invitation.objects.update(expires_at=timezone.now())
    made = Invitation.objects.get()
    browser.get(place("resend", puno, made.pk))
    assert len(letters()) == 1
    browser.post(place("resend", puno, made.pk))
    newer = link_of(letters()[-1])
    assert client.get(link).status_code == 404
    assert client.get(newer).status_code == 200


def test_an_invitation_that_was_taken_back_no_longer_serves(
    browser: Client, client: Client, puno: Municipality, link: str
) -> None:
    made = Invitation.objects.get()
    browser.get(place("revoke", puno, made.pk))
    assert client.get(link).status_code == 200
    browser.post(place("revoke", puno, made.pk))
    assert client.get(link).status_code == 410
    page = browser.post(place("revoke", puno, made.pk), follow=True).content.decode()
    assert "ya se había aceptado o anulado" in page
    page = browser.post(place("resend", puno, made.pk), follow=True).content.decode()
    assert "ya se aceptó o se anuló" in page
    assert len(letters()) == 1


# What the database holds


@pytest.mark.parametrize(
    "wrong",
    [
        {"role": "alcalde"},
        {"role": Role.OPERATOR},
        {"municipality": None},
        {"role": Role.REPORTER, "unit": None},
        {"unit": "lamas"},
        {"accepted_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)},
    ],
)
def test_an_invitation_that_cannot_be_is_refused(
    link: str, lamas_unit: Unit, wrong: dict[str, Any]
) -> None:
    if wrong.get("unit") == "lamas":
        wrong = {"unit": lamas_unit}

    def change() -> None:
        Invitation.objects.update(**wrong)
        connection.check_constraints()

    with pytest.raises(DatabaseError), transaction.atomic():
        change()


def test_an_operator_is_asked_without_a_place(operator: User) -> None:
    invitations.invite("otra@vigia.pe", Role.OPERATOR, by=operator)
    assert "operación del portal" in letters()[0].subject
    person = accept(token_of(link_of(letters()[0])), name="Otra", password=PASSWORD)
    assert [each.role for each in person.current_memberships] == [Role.OPERATOR]


def test_a_unit_of_another_place_is_refused(
    administrator: User, puno: Municipality, lamas_unit: Unit
) -> None:
    with pytest.raises(ValidationError, match="otra municipalidad"):
        invitations.invite(NEW, Role.REPORTER, by=administrator, municipality=puno, unit=lamas_unit)
    assert letters() == []
