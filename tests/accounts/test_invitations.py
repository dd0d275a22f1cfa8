"""Invitations: asked by e-mail, accepted once, by the person whom they name."""

import datetime as dt
import re
import threading
from typing import Any

import pytest
from django.conf import settings as portal
from django.core.exceptions import ValidationError
from django.core.mail.backends.locmem import EmailBackend
from django.db import DatabaseError, connection, transaction
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.models import Invitation, Letter, Membership, Municipality, Unit, User
from accounts.models.invitation import VALID_FOR
from accounts.services import invitations
from accounts.services.invitations import InvitationClosed, accept
from tests.conftest import SignIn
from tests.factories import PASSWORD, make_municipality, make_person, make_unit
from tests.letters import letters

pytestmark = pytest.mark.django_db
NEW = "nueva@puno.pe"
FORM = {"name": "María Quispe", "password": "algo-bien-largo", "again": "algo-bien-largo"}


@pytest.fixture
def administrator(puno: Municipality) -> User:
    return make_person("admin@puno.pe", Role.ADMINISTRATION, puno)


@pytest.fixture
def browser(administrator: User, signed_in: SignIn) -> Client:
    return signed_in(administrator)


@pytest.fixture
def link(administrator: User, puno: Municipality, puno_unit: Unit) -> str:
    """Of an invitation to report for a unit of Puno, as its letter brings it."""
    invitations.invite(
        NEW, Role.REPORTER, by=administrator, municipality=puno, unit=puno_unit, name="Maria"
    )
    return link_of(letters()[-1])


def link_of(letter: Any) -> str:
    return str(re.findall(r"http://localhost:8000(/cuenta/invitacion/\S+)", letter.body)[0])


def token_of(link: str) -> str:
    return link.split("/")[-2]


def place(name: str, municipality: Municipality, *args: int) -> str:
    return reverse(f"office_accounts:{name}", args=[municipality.slug, *args])


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
    invitations.invite(NEW, Role.PLANNING, by=administrator, municipality=puno)
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


@pytest.mark.parametrize("action", ["resend", "revoke"])
def test_only_who_keeps_the_people_of_the_place_does_either(
    planner: User,
    outsider: User,
    puno: Municipality,
    lamas: Municipality,
    link: str,
    signed_in: SignIn,
    action: str,
) -> None:
    made = Invitation.objects.get()
    stranger = make_person("admin@lamas.pe", Role.ADMINISTRATION, lamas)
    assert signed_in(planner).post(place(action, puno, made.pk)).status_code == 403
    assert signed_in(outsider).post(place(action, puno, made.pk)).status_code == 404
    assert signed_in(stranger).post(place(action, lamas, made.pk)).status_code == 404
    assert len(letters()) == 1
    assert Invitation.objects.get().revoked_at is None


# Accepting


def test_a_new_person_chooses_name_and_password_and_is_in(
    client: Client, puno_unit: Unit, link: str
) -> None:
    page = client.get(link)
    assert page.status_code == 200
    for said in ("admin@puno.pe le invita", "Gerencia de Obras", 'value="Maria"', NEW):
        assert said in page.content.decode()
    answer = client.post(link, FORM)
    person = User.objects.get(email=NEW)
    assert person.name == "María Quispe"
    assert person.check_password(FORM["password"])
    held = person.memberships.get()
    assert (held.role, held.unit) == (Role.REPORTER, puno_unit)
    assert client.session["_auth_user_id"] == str(person.pk)
    assert answer["Location"] == resolve_url(portal.LOGIN_REDIRECT_URL)
    made = Invitation.objects.get()
    assert made.accepted_by == person


def test_whose_role_requires_it_goes_on_to_the_second_factor_without_typing_twice(
    client: Client, administrator: User, puno: Municipality
) -> None:
    invitations.invite(NEW, Role.PLANNING, by=administrator, municipality=puno)
    answer = client.post(link_of(letters()[-1]), FORM)
    assert answer["Location"].startswith(f"{reverse('mfa_activate_totp')}?next=")
    page = client.get(answer["Location"])
    assert page.status_code == 200
    assert "Active su segundo factor" in page.content.decode()


def test_sent_twice_it_is_one_person_with_one_role(client: Client, link: str) -> None:
    first, second = client.post(link, FORM), client.post(link, FORM)
    assert (first.status_code, second.status_code) == (302, 302)
    assert second["Location"] == first["Location"]
    assert User.objects.filter(email=NEW).count() == 1
    assert Membership.objects.filter(user__email=NEW).count() == 1


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"password": "corta", "again": "corta"}, "password"),
        ({"password": "nueva@puno.pe", "again": "nueva@puno.pe"}, "password"),
        ({"again": "otra-cosa-larga"}, "again"),
        ({"name": " "}, "name"),
    ],
)
def test_a_faulty_form_keeps_what_was_typed_and_the_invitation(
    client: Client, link: str, typed: dict[str, str], field: str
) -> None:
    answer = client.post(link, FORM | typed)
    assert list(answer.context["form"].errors) == [field]
    assert f'href="#id_{field}"' in answer.content.decode()
    assert FORM["password"] not in answer.content.decode()
    assert not User.objects.filter(email=NEW).exists()
    assert client.post(link, FORM).status_code == 302


def test_a_known_person_signs_in_and_accepts(
    client: Client, administrator: User, puno: Municipality, outsider: User, signed_in: SignIn
) -> None:
    invitations.invite(outsider.email, Role.PLANNING, by=administrator, municipality=puno)
    link = link_of(letters()[-1])
    page = client.get(link).content.decode()
    assert f'href="{reverse("account_login")}?next={link}"' in page
    assert "password" not in page
    assert client.post(link, FORM).status_code == 200
    assert outsider.memberships.count() == 1
    theirs = signed_in(outsider)
    assert "Aceptar la invitación" in theirs.get(link).content.decode()
    assert outsider.memberships.count() == 1
    assert theirs.post(link).status_code == 302
    assert {each.municipality for each in outsider.memberships.all()} == {
        puno,
        Municipality.objects.get(slug="lamas"),
    }
    outsider.refresh_from_db()
    assert outsider.check_password(PASSWORD)


def test_somebody_else_who_is_signed_in_cannot_accept(
    planner: User, link: str, signed_in: SignIn
) -> None:
    browser = signed_in(planner)
    for answer in (browser.get(link), browser.post(link, FORM)):
        assert "ha ingresado planner@puno.pe. Salga" in answer.content.decode()
    assert not User.objects.filter(email=NEW).exists()
    assert planner.memberships.count() == 1


@pytest.mark.parametrize("ended", ["expired", "revoked", "accepted", "unit"])
def test_one_that_no_longer_serves_says_so_and_names_nobody(
    client: Client, administrator: User, link: str, ended: str
) -> None:
    now = timezone.now()
    if ended == "expired":
        Invitation.objects.update(expires_at=now)
    elif ended == "revoked":
        Invitation.objects.update(revoked_at=now)
    elif ended == "accepted":
        Invitation.objects.update(accepted_at=now, accepted_by=administrator)
    else:
        Unit.objects.update(closed_on=now)
    for answer in (client.get(link), client.post(link, FORM)):
        assert answer.status_code == 410
        page = answer.content.decode()
        assert "Esta invitación ya no sirve" in page
        for name in (NEW, "Maria", "admin@puno.pe", "Puno"):
            assert name not in page
    assert not User.objects.filter(email=NEW).exists()


def test_an_unknown_one_is_not_found(client: Client, link: str) -> None:
    for other in (link[:-2] + "/", "/cuenta/invitacion/" + "x" * 500 + "/"):
        assert client.get(other).status_code == 404
    with pytest.raises(Invitation.DoesNotExist):
        accept("x", password=PASSWORD)


def test_its_address_goes_to_no_other_page_and_to_no_cache(client: Client, link: str) -> None:
    answer = client.get(link)
    assert answer["Referrer-Policy"] == "strict-origin"
    assert "no-store" in answer["Cache-Control"]


def test_one_moment_too_late_is_told_on_a_page(
    client: Client, link: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(*args: object, **kwargs: object) -> None:
        raise InvitationClosed

    monkeypatch.setattr("accounts.views.invitation.accept", closed)
    assert client.post(link, FORM).status_code == 410


@pytest.mark.django_db(transaction=True)
def test_accepted_twice_at_once_makes_one_person() -> None:
    puno = make_municipality("Puno", "210101")
    administrator = make_person("admin@puno.pe", Role.ADMINISTRATION, puno)
    invitations.invite(NEW, Role.PLANNING, by=administrator, municipality=puno)
    token = token_of(link_of(letters()[-1]))
    outcomes: list[str] = []
    together = threading.Barrier(2)

    def answer() -> None:
        together.wait()
        try:
            accept(token, password=PASSWORD)
            outcomes.append("in")
        except InvitationClosed:
            outcomes.append("closed")
        finally:
            connection.close()

    threads = [threading.Thread(target=answer) for __ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(outcomes) == ["closed", "in"]
    assert Membership.objects.filter(user__email=NEW).count() == 1


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
