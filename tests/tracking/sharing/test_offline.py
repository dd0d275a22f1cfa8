"""What lets a browser keep what was read; that it does, `tests/browser/test_shared.py` shows."""

import json

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image
from pytest_django import Settings

from accounts.models import User
from plans.models import Plan
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db

SCRIPT = '<script src="/static/js/offline.js" defer></script>'


def test_the_worker_stands_at_the_root_short_and_is_asked_for_anew(client: Client) -> None:
    answer = client.get("/sw.js")
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert "no-cache" in answer["Cache-Control"]
    script = answer.content.decode()
    assert settings.RELEASE in script  # a browser takes up a worker that changed
    assert len(script.splitlines()) < 60


def test_a_developer_whose_styles_change_has_none(client: Client, settings: Settings) -> None:
    settings.DEBUG = True
    assert client.get("/sw.js").status_code == 404


def test_the_manifest_names_what_there_is(client: Client) -> None:
    answer = client.get("/vigia.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    said = json.loads(answer.content)
    assert (said["short_name"], said["start_url"], said["scope"]) == ("Vigía", "/", "/")
    for icon in said["icons"]:
        path = finders.find(icon["src"].removeprefix("/static/"))
        with Image.open(str(path)) as picture:
            assert picture.format == "PNG"
            assert "{}x{}".format(*picture.size) == icon["sizes"]


@pytest.mark.parametrize("address", ["/", "/m/puno/2019-2022/S.1.1.1/"])
def test_public_pages_let_themselves_be_kept(client: Client, puno_plan: Plan, address: str) -> None:
    page = client.get(address).content.decode()
    assert SCRIPT in page
    assert '<link rel="manifest" href="/vigia.webmanifest">' in page


def test_an_officers_pages_do_not(puno_plan: Plan, planner: User, signed_in: SignIn) -> None:
    browser = signed_in(planner)
    for address in ("/gestion/plan/puno/", "/cuenta/sesiones/"):
        answer = browser.get(address)
        assert answer.status_code == 200
        assert SCRIPT not in answer.content.decode()
        assert "public" not in answer.get("Cache-Control", "")


def test_without_signal_it_says_what_to_do(client: Client) -> None:
    page = client.get("/sin-conexion/").content.decode()
    assert "vuelva a pedirla cuando tenga señal" in page
