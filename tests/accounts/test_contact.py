"""Where the public asks: written by whoever keeps the directory, shown beside each promise."""

from django.test import Client
from django.urls import reverse

from accounts.models import Municipality, User
from plans.models import Plan
from tests.conftest import SignIn


def test_it_is_shown_beside_a_promise_as_soon_as_it_is_saved(
    client: Client, puno_plan: Plan, administrator: User, signed_in: SignIn
) -> None:
    promise = "/m/puno/2019-2022/S.1.1.1/"
    assert "mesadepartes" not in client.get(promise).content.decode()
    address = reverse("office_accounts:contact", args=["puno"])
    answer = signed_in(administrator).post(address, {"contact": "mesadepartes@munipuno.example"})
    assert (answer.status_code, answer["Location"]) == (302, "/gestion/unidades/puno/")
    assert "mesadepartes@munipuno.example" in client.get(promise).content.decode()


def test_what_is_too_long_is_told_and_nothing_typed_is_lost(
    puno: Municipality, administrator: User, signed_in: SignIn
) -> None:
    address = reverse("office_accounts:contact", args=[puno.slug])
    answer = signed_in(administrator).post(address, {"contact": "x" * 201})
    assert answer.status_code == 422
    assert "x" * 201 in answer.content.decode()
    assert Municipality.objects.get(pk=puno.pk).contact == ""
