"""The public revision that pages are stored under: of a municipality, and of the whole portal."""

from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections

from accounts import revision
from accounts.models import Municipality
from accounts.revision import OF_ONE, OF_PROVINCE, public_revision
from accounts.services.directory import save_municipality


def test_the_portals_revision_grows_with_any_municipality(
    puno: Municipality, lamas: Municipality
) -> None:
    before = public_revision()
    Municipality.objects.filter(pk=lamas.pk).let_pages_know()
    assert public_revision() == before + 1
    assert public_revision(OF_ONE, "puno") == puno.revision


def test_a_municipality_more_is_a_change_of_its_province_and_of_the_portal(
    puno: Municipality,
) -> None:
    before, of_province = public_revision(), public_revision(OF_PROVINCE, "puno")
    save_municipality(
        Municipality(
            kind="distrital", name="Coata", province="Puno", region="Puno", inei="210105", slug="co"
        )
    )
    assert public_revision() > before
    assert public_revision(OF_PROVINCE, "puno") > of_province


def test_a_country_without_municipalities_has_a_revision(db: None) -> None:
    assert public_revision() == 0


def test_a_connection_that_died_meanwhile_is_made_anew_and_none_is_asked_for_its_health(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    own: Any = connections.create_connection(DEFAULT_DB_ALIAS)
    monkeypatch.setattr(revision, "connections", {DEFAULT_DB_ALIAS: own})
    monkeypatch.setattr(own, "is_usable", None)
    public_revision()
    first, own.health_check_enabled = own.connection, True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [first.get_backend_pid()])
    for _request in range(2):
        own.health_check_done = False
        assert public_revision() == 0
    assert own.connection is not first
    own.close()
