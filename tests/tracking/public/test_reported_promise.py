"""What was reported of a promise, on its page: published, sustained, corrected, or silent."""

import datetime as dt
from decimal import Decimal
from typing import Any
from unittest import mock

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format
from pytest_django import DjangoAssertNumQueries

from accounts.models import Municipality, Unit, User
from plans.choices import MeasureKind
from plans.models import MeasuringTerms, Plan, PlanElement
from plans.semester import Semester
from plans.services.editing import state_terms
from tests.factories import make_unit
from tests.tracking.published import (
    FIRST,
    correct,
    draft,
    elect,
    element_of,
    open_window,
    publish,
    sustain,
)
from tracking.choices import Step
from tracking.measuring.entry import Entry
from tracking.models import Expenditure, ProgressReport, SemesterWindow, Withholding
from tracking.services.drafts import submit
from tracking.services.review import return_report
from tracking.services.semesters import close_semester

ADDRESS = "/m/puno/2019-2022/S.1.1.1/"
PARTS = [f"Comedor {n}" for n in range(8)]


def page_of(client: Client, address: str = ADDRESS) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def status_of(page: str) -> str:
    return page.partition('<p class="status">')[2].partition("</p>")[0].strip()


def on(day: dt.date) -> Any:
    """As if it were DAY."""
    return mock.patch("tracking.public.views.element.timezone.localdate", return_value=day)


def state(element: PlanElement, by: User, **terms: Any) -> MeasuringTerms:
    wanted = {"kind": MeasureKind.DELIVERY, "in_force_from": dt.date(2019, 1, 2), **terms}
    row = MeasuringTerms(element=element, reason="Se acordó medirlo así", **wanted)
    state_terms(row, by=by)
    return row


def test_how_it_is_measured_says_only_what_its_kind_has(
    client: Client, activity: PlanElement, plan: Plan, planner: User, puno_unit: Unit
) -> None:
    target = element_of(plan, "S.1.1.2", puno_unit)
    assert "el plan no la declara" in page_of(client, target.get_absolute_url())
    level = {"kind": MeasureKind.LEVEL, "goal": Decimal(50), "unit_of_measure": "%"}
    state(target, planner, in_force_from=timezone.localdate(), **level)
    page = page_of(client, target.get_absolute_url())
    assert "<dt>Línea de base</dt><dd>sin definir</dd>" in page
    read_on = date_format(timezone.localdate())
    assert f"leída en el texto del plan el {read_on}" in page
    state(activity, planner, parts=PARTS)
    assert "Línea de base" not in page_of(client)


def test_its_newest_report_is_said_first(
    client: Client, activity: PlanElement, reporter: User, planner: User
) -> None:
    state(activity, planner, parts=PARTS)
    report = draft(activity, FIRST, reporter, parts_done=PARTS[:3])
    sustain(report)
    sustain(report, "Nota de prensa", url="https://puno.example/nota")
    publish(report, by=planner)
    page = page_of(client)
    assert status_of(page) == (
        "La Gerencia de Obras informó al 30 de junio de 2019: en ejecución, 3 de 8 partes, "
        "2 sustentos."
    )
    assert "<b>37.5 %</b> de avance · en ejecución, 3 de 8 partes" in page
    assert "<title>2019-I: 37.5 %; 2019-II a 2022-II: no se pidió</title>" in page
    assert "3 de 8 partes = 37.5 %." in page


def test_what_is_not_public_changes_nothing(
    client: Client, puno: Municipality, activity: PlanElement, reporter: User, planner: User
) -> None:
    """A draft, one in review and one returned, with what everybody wrote."""
    secret = "TEXTO QUE NADIE HA PUBLICADO"
    before = client.get(ADDRESS).content, client.get("/m/puno/2019-2022/").content
    report = draft(activity, FIRST, reporter, narrative=secret, step=Step.WORKING)
    sustain(report, secret)
    assert (client.get(ADDRESS).content, client.get("/m/puno/2019-2022/").content) == before
    sent = submit(report, Entry.STEP, by=reporter)
    assert (client.get(ADDRESS).content, client.get("/m/puno/2019-2022/").content) == before
    return_report(sent, secret, puno, read=sent.edit, by=planner)
    assert (client.get(ADDRESS).content, client.get("/m/puno/2019-2022/").content) == before


def test_a_correction_under_way_changes_nothing(
    client: Client, activity: PlanElement, reporter: User, planner: User
) -> None:
    report = publish(draft(activity, FIRST, reporter), by=planner)
    before = client.get(ADDRESS).content
    correct(report, "MOTIVO QUE NADIE HA PUBLICADO", reporter, step=Step.WORKING)
    assert client.get(ADDRESS).content == before


def test_units_are_named_and_people_are_not(
    client: Client, puno: Municipality, activity: PlanElement, reporter: User, planner: User
) -> None:
    User.objects.filter(pk=reporter.pk).update(name="Rosa Quispe")
    User.objects.filter(pk=planner.pk).update(name="Hugo Mamani")
    sent = submit(draft(activity, FIRST, reporter), Entry.STEP, by=reporter)
    back = return_report(sent, "FALTA EL ACTA", puno, read=sent.edit, by=planner)
    publish(back, by=planner)
    page = page_of(client)
    assert "Gerencia de Obras" in page
    told = ["Rosa", "Quispe", "Hugo", "Mamani", "reporter@", "planner@", "FALTA EL ACTA"]
    assert [each for each in told if each in page] == []


def test_what_was_typed_is_shown_as_typed_and_is_only_text(
    client: Client, activity: PlanElement, reporter: User, planner: User
) -> None:
    publish(draft(activity, FIRST, reporter), by=planner)
    assert (
        '<p class="typed">Se firmó el convenio.\n'
        "&lt;b&gt;Con tres&lt;/b&gt; comedores &amp; una posta.</p>"
    ) in page_of(client)


def test_a_long_text_is_folded_and_whole(
    client: Client, activity: PlanElement, reporter: User, planner: User
) -> None:
    text = " ".join(f"palabra{n}" for n in range(200))
    publish(draft(activity, FIRST, reporter, difficulties=text), by=planner)
    page = page_of(client)
    assert f'<p class="typed">{text}</p>' in page
    assert "palabra49 …" in page


def test_each_support_is_told_and_linked(
    client: Client, activity: PlanElement, reporter: User, planner: User
) -> None:
    report = draft(activity, FIRST, reporter)
    file = sustain(report, place="Coata")
    sustain(report, "Nota de prensa", url="https://puno.example/nota")
    publish(report, by=planner)
    page = page_of(client)
    assert f'<a href="{ADDRESS}sustento/{file.pk}/">Acta de recepción</a>' in page
    assert "30 de junio de 2019 · Coata · PDF, 2.0" in page
    assert '<a href="https://puno.example/nota" rel="nofollow noopener">Nota de prensa</a>' in page
    assert f"<code>{file.sha256}</code>" in page


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
    assert "paralizado desde el 2 de mayo de 2019" in status_of(page)
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
    state(activity, planner, parts=PARTS)
    publish(draft(activity, FIRST, reporter, parts_done=PARTS[:3]), by=planner)
    state(activity, planner, parts=PARTS[:4], in_force_from=dt.date(2020, 1, 2))
    page = page_of(client)
    assert "3 de 8 partes = 37.5 %." in page
    assert "Según la versión 1 de su forma de medir, del 2 de enero de 2019." in page
    assert "Desde el 2 de enero de 2020 rige la versión 2; lo publicado no se recalcula." in page


def test_what_it_cost_is_shown_by_year_with_the_earlier_figures(
    client: Client, activity: PlanElement, planner: User
) -> None:
    for revision, accrued in ((1, "500.5"), (2, "750")):
        Expenditure.objects.create(
            plan=activity.plan,
            municipality=activity.plan.municipality,
            simulated=False,
            element=activity,
            year=2019,
            revision=revision,
            pia=Decimal(1000),
            pim=Decimal(1500),
            accrued=Decimal(accrued),
            as_of=dt.date(2019, 12, 31),
            source="SIAF, 15 de enero de 2020",
            reason="Conciliación" if revision > 1 else "",
            by=planner,
        )
    page = page_of(client)
    assert 'data-label="PIM">1,500.00</td>' in page
    assert 'data-label="Avance financiero">50 %</td>' in page
    assert "devengado S/ 500.50" in page
    assert "Motivo de la revisión 2: Conciliación" in page


def test_simulated_figures_say_so_beside_each_strip(
    client: Client, puno_plan: Plan, window: SemesterWindow
) -> None:
    Plan.objects.update(simulated=True)
    page = page_of(client, "/m/puno/2019-2022/")
    assert page.count('<svg class="strip" viewBox="-1 -1 155 33"') == 2
    assert page.count('<span class="simulated">simulado</span>') == 2


def test_a_plan_that_takes_no_reports_shows_no_strip(
    client: Client, puno_plan: Plan, window: SemesterWindow
) -> None:
    assert "<svg class" not in page_of(client)
    assert "<svg class" not in page_of(client, "/m/puno/2019-2022/")


def test_what_no_report_is_asked_of_says_where_to_look(
    client: Client, activity: PlanElement
) -> None:
    page = page_of(client, "/m/puno/2019-2022/S.1/")
    assert status_of(page) == ("No se informa por separado: se informa sobre lo que incluye.")
    assert status_of(page_of(client, "/m/puno/2019-2022/L/")) == (
        "La municipalidad no ha elegido informar sobre este lineamiento."
    )


def test_another_municipalitys_reports_are_not_here(
    client: Client,
    plan: Plan,
    window: SemesterWindow,
    lamas: Municipality,
    lamas_plan: Plan,
    outsider: User,
) -> None:
    elect(lamas_plan)
    open_window(lamas, FIRST)
    theirs = element_of(lamas_plan, "S.1.1.1", make_unit(lamas))
    publish(draft(theirs, FIRST, outsider, narrative="SOLO DE LAMAS"), by=outsider)
    assert "SOLO DE LAMAS" in page_of(client, "/m/lamas/2019-2022/S.1.1.1/")
    assert "SOLO DE LAMAS" not in page_of(client)


def test_the_number_of_queries_does_not_grow_with_what_was_reported(
    client: Client,
    puno: Municipality,
    activity: PlanElement,
    reporter: User,
    planner: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    publish(draft(activity, FIRST, reporter), by=planner)
    with django_assert_num_queries(13):
        client.get(ADDRESS)
    for semester in (Semester(2019, 2), Semester(2020, 1)):
        open_window(puno, semester)
        report = draft(activity, semester, reporter)
        sustain(report)
        corrected = correct(publish(report, by=planner), "Faltaba", reporter, step=Step.PARTLY)
        publish(corrected, by=planner)
    assert ProgressReport.objects.count() == 5
    with django_assert_num_queries(13):
        client.get(ADDRESS)


def test_a_page_changes_its_tag_when_something_is_published(
    client: Client, activity: PlanElement, reporter: User, planner: User
) -> None:
    before = client.get(ADDRESS)["ETag"]
    assert client.get(ADDRESS, headers={"if-none-match": before}).status_code == 304
    publish(draft(activity, FIRST, reporter), by=planner)
    after = client.get(ADDRESS, headers={"if-none-match": before})
    assert (after.status_code, after["ETag"] == before) == (200, False)
