"""Saying whose promise a plan is, with the document that proves it."""

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from accounts.models import User
from plans.choices import Standing
from plans.models import Plan
from tests.conftest import SignIn
from tests.pages import errors_of

pytestmark = pytest.mark.django_db
PAGE = reverse("office_plans:standing", args=["puno", "2019-2022"])
SOURCE = "Acta de proclamación, JNE, 7 de noviembre de 2018"


def said(**fields: str) -> dict[str, str]:
    return {
        "standing": Standing.ELECTED,
        "standing_source": SOURCE,
        "seen": "Sin confirmar",
        **fields,
    }


def test_a_standing_with_its_source_is_a_version_of_the_plan(
    browser: Client, puno_plan: Plan, planner: User
) -> None:
    answer = browser.post(PAGE, said())
    assert answer.status_code == 302
    assert answer["Location"] == reverse("office_plans:plans", args=["puno"])
    puno_plan.refresh_from_db()
    assert (puno_plan.standing, puno_plan.standing_source) == (Standing.ELECTED, SOURCE)
    version = puno_plan.versions.get(number=2)
    assert (version.by, version.changes) == (
        planner,
        [
            {
                "ref": "",
                "what": "plan",
                "before": {"standing": "sin confirmar", "standing_source": ""},
                "after": {"standing": "autoridad elegida", "standing_source": SOURCE},
            }
        ],
    )


def test_nothing_else_of_the_plan_changes(browser: Client, puno_plan: Plan) -> None:
    Plan.objects.update(note="Leído a mano", labels={"target": "Meta"})
    browser.post(PAGE, said(note="otra", simulated="on", organization="otra"))
    puno_plan.refresh_from_db()
    assert (puno_plan.note, puno_plan.labels, puno_plan.simulated, puno_plan.organization) == (
        "Leído a mano",
        {"target": "Meta"},
        False,
        "Lista de Puno",
    )


@pytest.mark.parametrize("standing", [Standing.ELECTED, Standing.NOT_ELECTED])
def test_without_a_source_it_is_refused(
    browser: Client, puno_plan: Plan, standing: Standing
) -> None:
    errors = errors_of(browser.post(PAGE, said(standing=standing, standing_source=" ")))
    assert errors == {
        "standing_source": [
            "Diga de qué documento público sale la condición, o déjela «sin confirmar»."
        ]
    }
    assert puno_plan.versions.count() == 1


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("JNE", "Nombre el documento que lo dice"),
        ("Es la autoridad exacta, 7 de noviembre de 2018", "Nombre el documento que lo dice"),
        ("http://jne, 7 de noviembre de 2018", "Nombre el documento que lo dice"),
        ("Acta de proclamación 123-2018", "Diga también la fecha del documento"),
        ("https://jne.example/acta.pdf", "Diga también la fecha del documento"),
        ("Acta del 31 de junio de 2018", "La fecha «31 de junio de 2018» no existe."),
        ("Acta del 7 de noviembre de 2999", "La fecha «7 de noviembre de 2999» todavía no llega."),
    ],
)
def test_an_elected_authority_needs_a_document_and_its_date(
    browser: Client, puno_plan: Plan, source: str, reason: str
) -> None:
    answer = browser.post(PAGE, said(standing_source=source))
    (told,) = errors_of(answer)["standing_source"]
    assert reason in told
    assert answer.context["form"]["standing_source"].value() == source
    assert puno_plan.versions.count() == 1


@pytest.mark.parametrize(
    "source",
    [
        "Credencial del JEE de Puno, 07/11/2018",
        "https://jne.example/proclamacion?id=7 (2018-11-07)",
        "RESOLUCIÓN 3591-2018-JNE DEL 4 DE SETIEMBRE DEL 2018",
    ],
)
def test_a_document_or_an_address_with_its_date_is_enough(
    browser: Client, puno_plan: Plan, source: str
) -> None:
    assert browser.post(PAGE, said(standing_source=source)).status_code == 302
    puno_plan.refresh_from_db()
    assert puno_plan.standing_source == source


@pytest.mark.parametrize("source", ["JNE", "Acta de proclamación", "Hoy, 7 de noviembre de 2018"])
def test_the_database_takes_no_elected_authority_without_them(puno_plan: Plan, source: str) -> None:
    with pytest.raises(IntegrityError, match="plan_elected_by_a_dated_document"):
        Plan.objects.update(standing=Standing.ELECTED, standing_source=source)


@pytest.mark.parametrize("standing", ["", "alcalde", "\x00"])
def test_an_unknown_standing_is_refused(browser: Client, standing: str) -> None:
    assert errors_of(browser.post(PAGE, said(standing=standing))).keys() == {"standing"}


def test_the_second_of_two_is_told_and_keeps_what_they_typed(
    browser: Client, puno_plan: Plan, colleague: User, signed_in: SignIn
) -> None:
    signed_in(colleague).post(PAGE, said(standing=Standing.NOT_ELECTED, standing_source="ONPE"))
    answer = browser.post(PAGE, said())
    (reason,) = errors_of(answer)["__all__"]
    assert "Ahora dice: Lista no elegida (ONPE)" in reason
    form = answer.context["form"]
    assert (form["standing"].value(), form["standing_source"].value()) == (Standing.ELECTED, SOURCE)
    assert puno_plan.versions.count() == 2
    assert browser.post(PAGE, said(seen=form["seen"].value())).status_code == 302
    assert puno_plan.versions.count() == 3


def test_the_same_again_is_no_version(browser: Client, puno_plan: Plan) -> None:
    browser.post(PAGE, said(standing=Standing.UNCONFIRMED, standing_source=""))
    assert puno_plan.versions.count() == 1
