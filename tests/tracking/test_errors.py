"""Pages for what went wrong."""

from unittest.mock import patch

from django.db import DatabaseError
from django.test import Client, override_settings
from django.urls import reverse


def test_a_500_helps_and_asks_nothing_of_the_database() -> None:
    client = Client(raise_request_exception=False)
    revision = "tracking.public.decorators.public_revision"
    with patch(revision, side_effect=DatabaseError):
        response = client.get("/metodologia/")
    assert response.status_code == 500
    assert "Algo falló de nuestro lado" in response.content.decode()


def test_a_form_without_its_token_is_explained(db: None) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post(reverse("account_login"), {"login": "a@b.pe", "password": "x"})
    assert response.status_code == 403
    assert "El formulario caducó" in response.content.decode()


@override_settings(ALLOWED_HOSTS=["vigia.example"])
def test_a_foreign_host_is_refused_in_spanish() -> None:
    response = Client().get("/metodologia/", headers={"host": "otro.example"})
    assert response.status_code == 400
    assert "Esa dirección no se entiende" in response.content.decode()
