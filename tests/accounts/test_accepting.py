"""An invitation is accepted once, by the person whom it names."""

import threading

import pytest
from django.conf import settings as portal
from django.db import connection
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.models import Invitation, Membership, Municipality, Unit, User
from accounts.services import invitations
from accounts.services.invitations import InvitationClosed, accept
from tests.accounts.invited import FORM, NEW, link_of, token_of
from tests.conftest import SignIn
from tests.factories import PASSWORD, make_municipality, make_person
from tests.letters import letters

pytestmark = pytest.mark.django_db


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
    assert answer.status_code == 422
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
    assert client.post(link, FORM).status_code == 422
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
