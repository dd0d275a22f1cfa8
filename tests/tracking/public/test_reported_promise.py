"""What was reported of a promise, on its page: published, sustained, corrected, or silent."""

import datetime as dt
from decimal import Decimal

from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format
from pytest_django import DjangoAssertNumQueries

from accounts.models import Municipality, Unit, User
from plans.choices import MeasureKind
from plans.models import Plan, PlanElement
from plans.semester import Semester
from tests.factories import make_unit, state
from tests.tracking.public.promise_page import ADDRESS, PARTS, page_of, status_of
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
from tracking.ledger.kinds import REPORTS
from tracking.measuring.entry import Entry
from tracking.models import Expenditure, LedgerEntry, ProgressReport, SemesterWindow
from tracking.services.drafts import submit
from tracking.services.review import return_report


def test_how_it_is_measured_says_only_what_its_kind_has(
    client: Client, activity: PlanElement, plan: Plan, planner: User, puno_unit: Unit
) -> None:
    target = element_of(plan, "S.1.1.2", puno_unit)
    assert "sin línea de base recogida" in page_of(client, target.get_absolute_url())
    level = {"kind": MeasureKind.LEVEL, "goal": Decimal(50), "unit_of_measure": "%"}
    state(target, planner, **level)
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
    assert status_of(page) == ("Al 30 de junio de 2019: en ejecución, 3 de 8 partes, 2 sustentos.")
    assert "<b>37.5\u00a0%</b> de avance · en ejecución, 3 de 8 partes" in page
    assert "37.5\u00a0%" in page[page.index("<title>Lo informado</title>") :].partition("</svg>")[0]
    assert "3 de 8 partes = 37.5\u00a0%." in page


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
    answer = page.partition('class="facts answer"')[2].partition("</dl>")[0]
    assert "En 2019, gastado S/\u00a0750 de un presupuesto de S/\u00a01,500." in answer
    assert 'data-label="Presupuesto actual">1,500.00</td>' in page
    assert 'data-label="Parte gastada">50\u00a0%</td>' in page
    assert "devengado S/\u00a0500.50" in page
    assert "Motivo de la revisión 2: Conciliación" in page


def test_a_simulated_figure_says_so_below_its_picture(
    client: Client, puno_plan: Plan, window: SemesterWindow
) -> None:
    Plan.objects.update(simulated=True)
    page = page_of(client)
    assert page.count('<svg class="strip strip-large"') == 1
    assert page.count('<span class="simulated">simulado</span>') == 1


def test_a_plan_that_takes_no_reports_shows_no_strip(
    client: Client, puno_plan: Plan, window: SemesterWindow
) -> None:
    assert '<svg class="strip' not in page_of(client)


def test_what_no_report_is_asked_of_says_where_to_look(
    client: Client, activity: PlanElement
) -> None:
    page = page_of(client, "/m/puno/2019-2022/S.1/")
    assert status_of(page) == ("Se informa de cada cosa que incluye.")
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


def test_each_revision_leads_to_the_proof_of_its_entry(
    client: Client, activity: PlanElement, reporter: User, planner: User
) -> None:
    report = publish(draft(activity, FIRST, reporter), by=planner)
    publish(correct(report, "Faltaba", reporter, step=Step.WORKING), by=planner)
    page = page_of(client)
    numbers = LedgerEntry.objects.filter(act__in=REPORTS.acts).values_list("number", flat=True)
    assert len(numbers) == 2
    for n in numbers:
        assert f'"/m/puno/registro/{n}/prueba.json">Asiento n.º {n} (prueba JSON)</a>' in page


def test_the_number_of_queries_does_not_grow_with_what_was_reported(
    client: Client,
    puno: Municipality,
    activity: PlanElement,
    reporter: User,
    planner: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    publish(draft(activity, FIRST, reporter), by=planner)
    with django_assert_num_queries(14):
        client.get(ADDRESS)
    for semester in (Semester(2019, 2), Semester(2020, 1)):
        open_window(puno, semester)
        report = draft(activity, semester, reporter)
        sustain(report)
        corrected = correct(publish(report, by=planner), "Faltaba", reporter, step=Step.PARTLY)
        publish(corrected, by=planner)
    assert ProgressReport.objects.count() == 5
    with django_assert_num_queries(14):
        client.get(ADDRESS)


def test_a_page_changes_its_tag_when_something_is_published(
    client: Client, activity: PlanElement, reporter: User, planner: User
) -> None:
    before = client.get(ADDRESS)["ETag"]
    assert client.get(ADDRESS, headers={"if-none-match": before}).status_code == 304
    publish(draft(activity, FIRST, reporter), by=planner)
    after = client.get(ADDRESS, headers={"if-none-match": before})
    assert (after.status_code, after["ETag"] == before) == (200, False)
