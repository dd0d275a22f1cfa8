"""Who comes into the admin, and by which door."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from accounts.choices import Role
from accounts.models import Municipality, User
from tests.conftest import SignIn
from tests.factories import make_person

pytestmark = pytest.mark.django_db
INDEX = reverse("admin:index")


@pytest.mark.parametrize("address", [INDEX, "/admin/plans/plan/", "/admin/login/?next=/admin/"])
def test_a_stranger_is_sent_to_the_one_page_that_signs_in(client: Client, address: str) -> None:
    answer = client.get(address, follow=True)
    place, __ = answer.redirect_chain[-1]
    assert place.startswith("/cuenta/ingresar/?next=/admin/")
    assert "account/login.html" in [each.name for each in answer.templates]
    assert "admin/login.html" not in [each.name for each in answer.templates]


@pytest.mark.parametrize(
    "address",
    [
        reverse("admin:app_list", args=["accounts"]),
        reverse("admin:autocomplete"),
        reverse("admin:jsi18n"),
        reverse("admin:password_change"),
        reverse("admin:view_on_site", args=[1, 1]),
        "/admin/anything/",
    ],
)
def test_no_other_address_of_the_admin_is_open(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/admin/login/?next=")


def test_a_password_posted_to_the_admins_own_login_signs_nobody_in(
    client: Client, operator: User
) -> None:
    answer = client.post(
        "/admin/login/", {"username": operator.email, "password": "una-clave-bien-larga"}
    )
    assert answer.status_code == 302
    assert "_auth_user_id" not in client.session


def test_the_operator_comes_in(operator: User, signed_in: SignIn) -> None:
    assert signed_in(operator).get(INDEX).status_code == 200


@pytest.mark.parametrize("who", ["reporter", "planner"])
def test_who_works_for_a_municipality_does_not_come_in(
    who: str, request: pytest.FixtureRequest, signed_in: SignIn
) -> None:
    answer = signed_in(request.getfixturevalue(who)).get(INDEX)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/admin/login/")


def test_who_administers_people_and_units_does_not_come_in(
    puno: Municipality, signed_in: SignIn
) -> None:
    person = make_person("admin@puno.pe", Role.ADMINISTRATION, puno)
    assert signed_in(person).get(INDEX, follow=True).redirect_chain[-1][0] == "/"


def test_whose_second_factor_is_missing_is_sent_to_set_it_up(
    operator: User, signed_in: SignIn
) -> None:
    Authenticator.objects.filter(user=operator).delete()
    answer = signed_in(operator).get("/admin/plans/plan/", follow=True)
    places = [place for place, __ in answer.redirect_chain]
    assert places[1] == f"{reverse('mfa_activate_totp')}?next=/admin/plans/plan/"
    assert answer.status_code == 200


def test_whose_membership_ended_does_not_come_in(operator: User, signed_in: SignIn) -> None:
    operator.memberships.update(ended_on="2020-01-01")
    assert signed_in(operator).get(INDEX).status_code == 302


def test_who_left_is_out_at_once(operator: User, signed_in: SignIn) -> None:
    browser = signed_in(operator)
    User.objects.filter(pk=operator.pk).update(is_active=False)
    assert browser.get(INDEX).status_code == 302


def test_the_admin_points_at_the_portals_own_pages_for_passwords_and_leaving(
    operator: User, signed_in: SignIn
) -> None:
    page = signed_in(operator).get(INDEX).content.decode()
    assert f'href="{reverse("account_change_password")}"' in page
    assert f'action="{reverse("account_logout")}"' in page
    assert "/admin/password_change/" not in page
    assert "/admin/logout/" not in page


@pytest.mark.parametrize("asked", ["pk__regex", "pk__range", "pk__gt", "nothing"])
def test_a_list_is_asked_for_what_its_filters_offer_alone(
    asked: str, operator: User, signed_in: SignIn
) -> None:
    """Half a pattern and one end of a range are no question to the database."""
    browser = signed_in(operator)
    for model in admin.site._registry:
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        assert browser.get(address, {asked: "("}).status_code == 400, model


def test_each_filter_of_a_list_is_taken_as_it_is_offered(
    operator: User, puno: Municipality, signed_in: SignIn
) -> None:
    browser = signed_in(operator)
    page = browser.get(reverse("admin:accounts_municipality_changelist"))
    offered = {
        choice["query_string"]
        for each in page.context["cl"].filter_specs
        for choice in each.choices(page.context["cl"])
    }
    assert len(offered) > 2
    for question in offered:
        answer = browser.get(reverse("admin:accounts_municipality_changelist") + question)
        assert answer.status_code == 200, question
