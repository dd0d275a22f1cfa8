"""A promise whose report is corrected, late, silent or closed, on its page."""

import datetime as dt

import pytest
from django.test import Client

from accounts.models import Municipality, User
from plans.models import PlanElement
from plans.semester import Semester
from tests.factories import state
from tests.tracking.public.promise_page import PARTS, on, page_of, status_of
from tests.tracking.published import FIRST, correct, draft, open_window, publish, sustain
from tracking.choices import Step
from tracking.models import SemesterWindow, Withholding
from tracking.services.semesters import close_semester


def test_of_a_withheld_support_only_the_tombstone_is_left(
    client: Client, puno: Municipality, activity: PlanElement, reporter: User, planner: User
) -> None:
    """In both revisions, and in what changed between them."""
    report = draft(activity, FIRST, reporter)
    gone = sustain(report, "Padrón de Juana Pari", url="https://puno.example/padron")
    published = publish(report, by=planner)
    correction = correct(published, "Sobraba un sustento", reporter, narrative="Se firmó.")
    correction.supports.all().delete()
    publish(correction, by=planner)
    Withholding.objects.create(
        municipality=puno, sha256=gone.sha256, reason="Mostraba números de DNI", by=planner
    )
    page = page_of(client)
    assert "Motivo: Mostraba números de DNI" in page
    assert f"<code>{gone.sha256}</code>" in page
    assert "un sustento retirado" in page
    assert [each for each in ("Juana", "padron") if each in page] == []


def test_a_correction_shows_both_revisions_its_reason_and_their_difference(
    client: Client, activity: PlanElement, reporter: User, planner: User
) -> None:
    first = publish(draft(activity, FIRST, reporter, narrative="Se entregó un comedor"), by=planner)
    correction = correct(
        first, "Se contó dos veces", reporter, step=Step.PREPARING, narrative="Se pidió un comedor"
    )
    publish(correction, by=planner)
    page = page_of(client)
    assert status_of(page).endswith("en preparación, sin sustento, corregido.")
    assert "Motivo: Se contó dos veces" in page
    assert '<p class="typed">Se entregó un comedor</p>' in page
    assert '<p class="typed">Se pidió un comedor</p>' in page
    assert "Lo publicado antes: revisión 1" in page
    assert "entregó </del>" in page
    assert "pidió </ins>" in page


def test_a_halted_work_says_since_when_and_why(
    client: Client, activity: PlanElement, reporter: User, planner: User
) -> None:
    halted = {"halted_since": dt.date(2019, 5, 2), "halted_cause": "Sin terreno saneado"}
    publish(draft(activity, FIRST, reporter, **halted), by=planner)
    page = page_of(client)
    assert "Paralizada desde el 2 de mayo de 2019. Sin terreno saneado" in page
    assert "Paralizado desde el 2 de mayo de 2019.</strong> Sin terreno saneado" in page


def test_a_late_report_says_when_it_came(
    client: Client, activity: PlanElement, reporter: User, planner: User
) -> None:
    publish(draft(activity, FIRST, reporter), sent_on=dt.date(2019, 8, 5), by=planner)
    page = page_of(client)
    assert status_of(page).endswith("en ejecución, sin sustento, informado con atraso.")
    late = page.index("se envió el 5 de agosto de 2019 y vencía el 31 de julio de 2019.")
    assert late < page.index("Cómo se calculó")


def test_who_reviewed_their_own_report_is_public(
    client: Client, activity: PlanElement, planner: User
) -> None:
    publish(draft(activity, FIRST, planner), by=planner)
    page = page_of(client)
    assert status_of(page).endswith("en ejecución, sin sustento, sin segunda revisión.")
    assert "nadie más podía revisarlo" in page


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (dt.date(2019, 6, 30), "Todavía no hay informes de avance."),
        (
            dt.date(2019, 7, 31),
            "Todavía no hay informes de avance. "
            "El del semestre 2019-I vence el 31 de julio de 2019.",
        ),
        (dt.date(2019, 8, 1), "Sin informe del semestre 2019-I, vencido el 31 de julio de 2019."),
    ],
)
def test_a_silence_is_told_from_the_day_after_it_was_due(
    client: Client, activity: PlanElement, day: dt.date, sentence: str
) -> None:
    with on(day):
        assert status_of(page_of(client)) == sentence


def test_a_term_that_ends_in_silence_lacks_its_last_report_and_is_not_judged(
    client: Client, puno: Municipality, activity: PlanElement, reporter: User, planner: User
) -> None:
    open_window(puno, Semester(2022, 2))
    publish(draft(activity, FIRST, reporter), by=planner)
    page = page_of(client)
    assert status_of(page).endswith(
        "Sin informe final: el del semestre 2022-II venció el 31 de enero de 2023."
    )
    assert "no cumplid" not in page.lower()


def test_what_the_closing_fixed_stays_said(
    client: Client, activity: PlanElement, window: SemesterWindow, reporter: User, planner: User
) -> None:
    close_semester(window, by=planner)
    closed = "el semestre se cerró así el"
    assert closed in page_of(client)
    publish(draft(activity, FIRST, reporter), by=planner)
    page = page_of(client)
    assert closed not in page
    assert "Se publicó después del cierre: el " in page


def test_a_report_corrected_after_the_closing_says_which_one_was_fixed(
    client: Client, activity: PlanElement, window: SemesterWindow, reporter: User, planner: User
) -> None:
    report = publish(draft(activity, FIRST, reporter), by=planner)
    close_semester(window, by=planner)
    assert "fijó una revisión anterior" not in page_of(client)
    publish(correct(report, "Faltaba", reporter, step=Step.PARTLY), by=planner)
    assert "fijó una revisión anterior: sin cronograma." in page_of(client)


def test_terms_that_changed_since_do_not_change_the_figure(
    client: Client, activity: PlanElement, reporter: User, planner: User
) -> None:
    state(activity, planner, parts=PARTS, in_force_from=dt.date(2019, 1, 2))
    publish(draft(activity, FIRST, reporter, parts_done=PARTS[:3]), by=planner)
    state(activity, planner, parts=PARTS[:4], in_force_from=dt.date(2020, 1, 2))
    page = page_of(client)
    assert "3 de 8 partes = 37.5\u00a0%." in page
    assert "Según la versión 1 de su forma de medir, del 2 de enero de 2019." in page
    assert "Desde el 2 de enero de 2020 rige la versión 2; lo publicado no se recalcula." in page
