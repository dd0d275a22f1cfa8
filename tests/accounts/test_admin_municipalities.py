"""Municipalities, units and authorities in the admin."""

from typing import Any

import pytest
from django.urls import reverse

from accounts.models import Authority, Municipality, Unit, User
from tests.conftest import SignIn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("planning_enters")]


def page_of(row: Municipality | Unit | Authority) -> str:
    return reverse(f"admin:accounts_{row._meta.model_name}_change", args=[row.pk])


def found(browser: Any, model: str, words: str) -> list[Any]:
    address = reverse(f"admin:accounts_{model}_changelist")
    return list(browser.get(address, {"q": words}).context["cl"].result_list)


def test_a_municipality_is_found_by_name_place_and_code(
    operator: User, puno: Municipality, lamas: Municipality, signed_in: SignIn
) -> None:
    browser = signed_in(operator)
    assert found(browser, "municipality", "púno") == [puno]
    assert found(browser, "municipality", "san martin") == [lamas]
    assert found(browser, "municipality", "2205") == [lamas]
    assert found(browser, "municipality", "nada") == []


def test_planning_reads_its_municipality_and_does_not_change_it(
    planner: User, puno: Municipality, signed_in: SignIn
) -> None:
    browser = signed_in(planner)
    assert browser.get(page_of(puno)).status_code == 200
    assert browser.post(page_of(puno), {"name": "Otra"}).status_code == 403


def test_a_corrected_name_lets_the_public_pages_know(
    operator: User, puno: Municipality, signed_in: SignIn
) -> None:
    sent = {"kind": "provincial", "name": "Puno.", "province": "Puno", "region": "Puno"}
    answer = signed_in(operator).post(page_of(puno), {**sent, "inei": "210101", "slug": "otro"})
    assert answer.status_code == 302
    same = Municipality.objects.get(pk=puno.pk)
    assert (same.name, same.slug, same.revision) == ("Puno.", "puno", 2)


def test_an_address_typed_in_capitals_is_kept_without_them_and_once(
    operator: User, puno: Municipality, signed_in: SignIn
) -> None:
    browser, new = signed_in(operator), reverse("admin:accounts_municipality_add")
    sent = {"kind": "provincial", "name": "Moho", "province": "Moho", "region": "Puno"}
    taken = browser.post(new, {**sent, "inei": "211301", "slug": "PUNO"})
    assert "slug" in taken.context["adminform"].form.errors
    assert browser.post(new, {**sent, "inei": "211301", "slug": "Moho"}).status_code == 302
    assert Municipality.objects.get(inei="211301").slug == "moho"


def test_a_taken_code_is_told(
    operator: User, puno: Municipality, lamas: Municipality, signed_in: SignIn
) -> None:
    Municipality.objects.filter(pk=lamas.pk).update(reniec="210300")
    sent = {"kind": "provincial", "name": "Puno", "province": "Puno", "region": "Puno"}
    answer = signed_in(operator).post(page_of(puno), {**sent, "inei": "210101", "reniec": "210300"})
    assert "ya tiene ese ubigeo de RENIEC" in str(answer.context["errors"])


def test_planning_closes_a_unit_and_cannot_move_it(
    planner: User, puno_unit: Unit, lamas: Municipality, signed_in: SignIn
) -> None:
    sent = {"name": puno_unit.name, "closed_on": "01/02/2021", "municipality": lamas.pk}
    assert signed_in(planner).post(page_of(puno_unit), sent).status_code == 302
    same = Unit.objects.get(pk=puno_unit.pk)
    assert (str(same.closed_on), same.municipality.slug) == ("2021-02-01", "puno")
    assert same.municipality.revision == 2


def test_a_units_name_is_used_once(
    planner: User, puno: Municipality, puno_unit: Unit, signed_in: SignIn
) -> None:
    sent = {"municipality": puno.pk, "name": puno_unit.name}
    answer = signed_in(planner).post(reverse("admin:accounts_unit_add"), sent)
    assert "ya tiene una unidad con ese nombre" in str(answer.context["errors"])


def test_units_are_found_by_name_and_place_without_accents(
    operator: User, puno_unit: Unit, lamas_unit: Unit, signed_in: SignIn
) -> None:
    assert found(signed_in(operator), "unit", "gerencia LÁMAS") == [lamas_unit]


def test_an_authority_needs_dates_in_order_and_a_source(
    planner: User, puno: Municipality, signed_in: SignIn
) -> None:
    sent = {"municipality": puno.pk, "name": "A", "office": "Alcaldesa", "since": "01/01/2019"}
    browser = signed_in(planner)
    add = reverse("admin:accounts_authority_add")
    answer = browser.post(add, {**sent, "until": "01/01/2018", "source": "JNE"})
    assert "no puede ser anterior" in str(answer.context["errors"])
    assert "source" in browser.post(add, sent).context["adminform"].form.errors
    assert browser.post(add, {**sent, "source": "Credencial del JNE"}).status_code == 302
    assert Municipality.objects.get(pk=puno.pk).revision == 2
