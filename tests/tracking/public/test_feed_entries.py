"""What a feed tells of each thing that was published."""

import datetime as dt

from django.test import Client
from django.utils import timezone

from accounts.models import Municipality, Unit, User
from plans.models import Plan, PlanElement
from plans.services.editing import withdraw_elements
from tests.tracking.issued import Accounted
from tests.tracking.public.feeding import (
    MUNICIPALITY,
    PLAN,
    VERSION,
    entries_of,
    feed_of,
    said,
    sealed,
    tell_everything,
)
from tests.tracking.published import FIRST, correct, draft, publish, sustain
from tests.tracking.signed import signed_by_somebody
from tests.tracking.tampering import tampered
from tracking.accountability.issuing import issue
from tracking.accountability.signing import withhold_signed
from tracking.choices import LedgerAct, Step
from tracking.models import LedgerEntry, LogHead, PendingLeaf, SemesterWindow, Support
from tracking.services.semesters import close_semester
from tracking.services.supports import withhold
from tracking.transparency.growing import grow


def test_a_published_report_is_told_with_its_office_and_its_place(
    client: Client, activity: PlanElement, reporter: User, planner: User
) -> None:
    report = draft(activity, FIRST, reporter)
    sustain(report)
    sustain(report, "Nota de prensa", url="https://puno.example/nota")
    at = publish(report, by=planner).published_at
    assert at
    assert entries_of(client)[0] == {
        "id": f"tag:localhost,{at:%Y-%m-%d}:/m/puno/2019-2022/S.1.1.1/2019-I/r1",
        "title": "S.1.1.1, 2019-I: en ejecución, 2 sustentos",
        "updated": at.isoformat(),
        "summary": (
            "«Programa de comedores de Puno». La Gerencia de Obras informó al 30 de junio de "
            "2019: en ejecución, 2 sustentos. Declarado por la municipalidad."
        ),
        "link": "http://localhost:8000/m/puno/2019-2022/S.1.1.1/#2019-I",
        "author": "Gerencia de Obras, Municipalidad Provincial de Puno",
    }


def test_a_correction_is_one_more_entry_with_its_reason(
    client: Client, activity: PlanElement, reporter: User, planner: User
) -> None:
    late = dt.date(2019, 8, 5)
    first = publish(draft(activity, FIRST, reporter), sent_on=late, by=planner)
    before = entries_of(client)[0]
    publish(correct(first, "Se contó dos veces", reporter, step=Step.PREPARING), by=planner)
    newest, earlier, *_rest = entries_of(client)
    assert earlier == before
    assert "informado con atraso" in earlier["summary"]
    assert newest["id"].endswith("/S.1.1.1/2019-I/r2")
    assert newest["title"] == "S.1.1.1, 2019-I, corrección: en preparación, sin sustento"
    assert newest["summary"].endswith(
        "en preparación, sin sustento, corregido. Declarado por la municipalidad. "
        "Motivo de la corrección: Se contó dos veces"
    )


def test_each_entry_gives_its_own_in_the_ledger_which_was_then_the_newest(
    client: Client, plan: Plan, puno_unit: Unit, planner: User
) -> None:
    """Whoever kept the feed can hold the chain to it; what was told before stays as it was."""
    tell_everything(plan, puno_unit, planner)
    issue(plan, SemesterWindow.objects.get(), edition=1, by=planner)
    entered = LedgerEntry.objects.exclude(act=LedgerAct.TERMS).order_by("-number")
    for address in (PLAN, MUNICIPALITY):
        assert sealed(client, address) == [
            f"{each.number} del registro de publicaciones, código {each.chain}" for each in entered
        ]


def test_each_entry_gives_the_first_head_of_the_log_that_covers_it_and_no_newer_one(
    client: Client, plan: Plan, puno_unit: Unit, planner: User
) -> None:
    """Whoever asks before the log has it is told so with the next request, and then for good."""
    words = " · Registro de todo el portal: "
    assert words not in sealed(client)[0]
    grow(at=timezone.now())
    first = LogHead.objects.get()
    before = sealed(client)
    assert before[0].endswith(f"{words}{first.size} asientos, código {first.root}")
    tell_everything(plan, puno_unit, planner)
    assert words not in sealed(client)[0]
    grow(at=timezone.now())
    assert LogHead.objects.count() == 2
    newest, *_others, last = sealed(client)
    assert newest.endswith(LogHead.objects.latest("pk").root)
    assert last == before[0]
    assert LogHead.objects.latest("pk").root in said(feed_of(client), "subtitle")


def test_what_the_ledger_does_not_know_gives_none(client: Client, plan: Plan) -> None:
    tampered(PendingLeaf, "DELETE FROM {table}")
    tampered(LedgerEntry, "DELETE FROM {table}")
    Municipality.objects.let_pages_know()
    assert sealed(client) == [""]


def test_a_signed_edition_and_its_withholding_are_told_and_nobody_is_named(
    client: Client, accounted: Accounted
) -> None:
    file = signed_by_somebody(accounted.issue(), by=accounted.planner)
    withhold_signed(file, "No firmó quien responde.", by=accounted.planner)
    withheld, signed, *_rest = entries_of(client)
    own = ":/m/puno/2019-2022/rendicion/2019-I/edicion-1.firmado-1.pdf"
    assert signed["id"].endswith(own)
    assert signed["title"] == "Rendición de cuentas del semestre 2019-I, edición 1, firmada"
    assert withheld["id"].endswith(f"{own}/retiro")
    assert withheld["summary"].endswith("Motivo: No firmó quien responde.")
    assert withheld["link"].endswith("/m/puno/2019-2022/rendicion/2019-I/edicion-1/")
    assert b"QUISPE" not in client.get(PLAN).content


def test_a_closing_says_how_many_of_how_many_reported(
    client: Client, activity: PlanElement, window: SemesterWindow, reporter: User, planner: User
) -> None:
    publish(draft(activity, FIRST, reporter), by=planner)
    close_semester(window, by=planner)
    newest = entries_of(client)[0]
    assert newest["id"].endswith(":/m/puno/2019-2022/2019-I/cierre")
    assert newest["title"] == "Semestre 2019-I cerrado: 1 de 2 con informe"
    assert newest["summary"] == (
        "Al cerrarse el semestre 2019-I tenían informe 1 de 2 promesas del plan de gobierno "
        "2019–2022."
    )
    assert newest["link"] == "http://localhost:8000/m/puno/2019-2022/"


def test_each_version_of_the_plan_is_told_and_is_nobodys_declaration(
    client: Client, puno_plan: Plan, planner: User
) -> None:
    withdraw_elements([puno_plan.elements.get(ref="L")], by=planner)
    newest, first = entries_of(client)
    assert first["title"] == VERSION
    assert first["summary"] == (
        "Lo que ofreció la lista Lista de Puno. Se publicó el plan, con 6 textos."
    )
    assert newest["id"].endswith(":/m/puno/2019-2022/v2")
    assert newest["title"] == "Plan de gobierno 2019–2022 · versión 2: 1 texto retirado"
    assert newest["author"] == ""


def test_a_withheld_support_is_told_once_and_not_named(
    client: Client, activity: PlanElement, reporter: User, planner: User
) -> None:
    """Two revisions carry it."""
    report = draft(activity, FIRST, reporter)
    sustain(report, "Padrón de Juana Pari")
    first = publish(report, by=planner)
    publish(correct(first, "Faltaba", reporter, step=Step.PARTLY), by=planner)
    support = Support.objects.select_related("report").latest("pk")
    withhold(support, "Mostraba números de DNI", by=planner)
    newest, *reports, _version = entries_of(client)
    assert newest["id"].endswith(f":/m/puno/retiro/{support.sha256}")
    assert newest["title"] == "S.1.1.1, 2019-I: un sustento retirado"
    assert newest["summary"] == (
        "La municipalidad retiró un sustento que había publicado. Motivo: Mostraba números de DNI"
    )
    assert newest["link"] == "http://localhost:8000/m/puno/2019-2022/S.1.1.1/#2019-I"
    assert [entry["title"].endswith("1 sustento, 1 retirado") for entry in reports] == [True, True]
    assert b"Juana" not in client.get(PLAN).content
