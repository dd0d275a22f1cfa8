"""Reminding people of what they have to report."""

import datetime as dt

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.choices import Role
from accounts.models import Membership, Municipality, Unit, User
from accounts.services.letters import Round
from plans.choices import Standing
from plans.models import Plan, PlanElement, Responsibility
from plans.semester import Semester
from tests.factories import make_person, make_plan, make_unit
from tests.tracking.office.reminded import (
    DAY_AFTER,
    DAY_BEFORE,
    DUE,
    TO_REPORTER,
    WEEK_AFTER,
    WEEK_BEFORE,
    letters,
    make_report,
)
from tracking.choices import Act, ReportState
from tracking.models import (
    LedgerEntry,
    LogHead,
    ProgressReport,
    Reminder,
    ReviewStep,
    SemesterWindow,
)
from tracking.office.letters import send_day_letters
from tracking.office.worklists.day_letters import (
    MOST_LISTED,
    day_letters_for,
    occasion_on,
    people_to_remind,
)
from tracking.transparency.growing import grow


@pytest.mark.parametrize(
    ("day", "occasion"),
    [
        (dt.date(2019, 7, 23), None),
        (WEEK_BEFORE, -7),
        (dt.date(2019, 7, 29), -7),
        (DAY_BEFORE, -1),
        (DUE, -1),
        (DAY_AFTER, 1),
        (dt.date(2019, 8, 6), 1),
        (WEEK_AFTER, 7),
        (dt.date(2019, 8, 13), 7),
        (dt.date(2019, 8, 14), None),
    ],
)
def test_an_occasion_lasts_until_the_next(day: dt.date, occasion: int | None) -> None:
    assert occasion_on(DUE, at=day) == occasion


def test_what_a_closed_unit_answered_for_is_plannings_to_send(
    activity: PlanElement, puno_unit: Unit, planner: User
) -> None:
    Membership.objects.filter(unit=puno_unit).update(ended_on=WEEK_BEFORE)
    (before,) = day_letters_for([planner.pk], at=WEEK_BEFORE)
    assert activity.ref not in [item.element.ref for item in before.sections[0].items]
    puno_unit.closed_on = WEEK_BEFORE
    puno_unit.save()
    (after,) = day_letters_for([planner.pk], at=WEEK_BEFORE)
    assert activity.ref in [item.element.ref for item in after.sections[0].items]


def test_the_letter_says_what_is_pending_and_where(
    activity: PlanElement, target: PlanElement, reporter: User, settings: Settings
) -> None:
    settings.SITE_URL = "https://vigia.example.pe"
    grow(at=timezone.now())
    assert send_day_letters(at=WEEK_BEFORE) == Round(sent=1)
    letter = letters()[TO_REPORTER]
    assert letter.subject == "Vigía: 2 informes por enviar"
    log = LogHead.objects.get()
    head = LedgerEntry.objects.latest("number")
    assert letter.body == (
        "Al 24 de julio de 2019 tiene 2 informes por enviar.\n"
        "\n"
        "Municipalidad Provincial de Puno, 2019-I\n"
        "Vence el 31 de julio de 2019: quedan 7 días.\n"
        "\n"
        "Por enviar:\n"
        "- S.1.1.1 Programa de comedores de Puno (sin empezar)\n"
        "  https://vigia.example.pe/gestion/semestre/puno/2019-I/S.1.1.1/\n"
        "- S.1.1.2 Disminuir la desnutrición en 50 % en Puno (sin empezar)\n"
        "  https://vigia.example.pe/gestion/semestre/puno/2019-I/S.1.1.2/\n"
        "\n"
        "Vigía escribe siete días y un día antes del vencimiento, y uno y siete días después, "
        "solo a quien tiene algo pendiente.\n"
        "Qué le llega por correo, y cuándo, lo elige usted: "
        "https://vigia.example.pe/gestion/avisos/preferencias/\n"
        "\n"
        "Registro de publicaciones, Municipalidad Provincial de Puno: último asiento, n.º "
        f"{head.number}, código\n"
        f"{head.chain}\n"
        "Guarde este correo: si otro día ese asiento lleva otro código, o ya no está, el registro "
        "se rehízo.\n"
        "\n"
        f"Registro de todo el portal, con {log.size} asientos: código\n"
        f"{log.root}\n"
        "Guarde este correo: el registro solo puede crecer desde ese código. Cómo se comprueba, y "
        "qué no prueba:\n"
        "https://vigia.example.pe/metodologia/#pruebas\n"
        "\n"
        "Vigía\n"
    )


def test_each_occasion_is_told_once(activity: PlanElement, reporter: User) -> None:
    days = [DUE + dt.timedelta(days=n) for n in range(-10, 20)]
    sent = {day: send_day_letters(at=day).sent for day in days}
    assert [day for day, count in sent.items() if count] == [
        WEEK_BEFORE,
        DAY_BEFORE,
        DAY_AFTER,
        WEEK_AFTER,
    ]
    told = Reminder.objects.order_by("pk").values_list("user", "days_after_due")
    assert list(told) == [(reporter.pk, -7), (reporter.pk, -1), (reporter.pk, 1), (reporter.pk, 7)]


def test_a_worker_that_was_off_makes_up_for_it(activity: PlanElement, reporter: User) -> None:
    assert send_day_letters(at=dt.date(2019, 8, 3)).sent == 1
    assert list(Reminder.objects.values_list("days_after_due", flat=True)) == [1]


@pytest.mark.parametrize("state", [ReportState.SUBMITTED, ReportState.PUBLISHED])
def test_who_has_nothing_pending_gets_nothing(
    activity: PlanElement, reporter: User, planner: User, state: str
) -> None:
    make_report(activity, ReportState.SUBMITTED, reporter)
    if state == ReportState.PUBLISHED:
        ProgressReport.objects.update(
            state=state,
            published_at=dt.datetime.now(dt.UTC),
            published_by=planner,
            second_review=True,
            signal="sin cronograma",
        )
    send_day_letters(at=DAY_BEFORE)
    assert TO_REPORTER not in letters()
    assert not Reminder.objects.filter(user=reporter).exists()


def test_what_becomes_pending_later_is_told_then(activity: PlanElement, reporter: User) -> None:
    report = make_report(activity, ReportState.SUBMITTED, reporter)
    assert send_day_letters(at=DAY_AFTER).sent == 0
    ProgressReport.objects.filter(pk=report.pk).update(state=ReportState.RETURNED)
    assert send_day_letters(at=dt.date(2019, 8, 4)).sent == 1


def test_what_was_returned_comes_first_with_its_reason(
    activity: PlanElement, target: PlanElement, reporter: User, planner: User
) -> None:
    report = make_report(target, ReportState.RETURNED, reporter)
    for reason in ("Falta la fecha.", "Adjunte el acta."):
        ReviewStep.objects.create(report=report, act=Act.RETURNED, by=planner, reason=reason)
    send_day_letters(at=DAY_BEFORE)
    body = str(letters()[TO_REPORTER].body)
    assert "(devuelto)\n  Motivo: Adjunte el acta.\n" in body
    assert "Falta la fecha" not in body
    assert body.index("S.1.1.2 ") < body.index("S.1.1.1 ")


def test_a_word_of_400_letters_is_broken_and_a_link_is_not(
    activity: PlanElement, reporter: User, planner: User
) -> None:
    report = make_report(activity, ReportState.RETURNED, reporter)
    word, link = "Mm" * 200, "https://municipalidad.example/" + "ruta" * 100
    ReviewStep.objects.create(
        report=report, act=Act.RETURNED, by=planner, reason=f"Falta {word}, vea {link}"
    )
    send_day_letters(at=WEEK_BEFORE)
    body = str(letters()[TO_REPORTER].body)
    assert f"Falta {word}, vea" in body.replace("\n", "")
    assert link in body
    assert max(len(each) for each in body.split() if not each.startswith("http")) == 78


def test_a_returned_narrative_is_told_too(
    plan: Plan, window: SemesterWindow, puno_unit: Unit, reporter: User, planner: User
) -> None:
    problem = plan.elements.select_related("plan__municipality").get(ref="S.1")
    Responsibility(element=problem, unit=puno_unit).save()
    report = make_report(problem, ReportState.RETURNED, reporter)
    ReviewStep.objects.create(report=report, act=Act.RETURNED, by=planner, reason="Muy corto.")
    send_day_letters(at=DAY_BEFORE)
    assert "- S.1 Alta desnutrición infantil en Puno (devuelto)" in letters()[TO_REPORTER].body


def test_what_came_back_and_was_withdrawn_since_is_left_out(
    activity: PlanElement, target: PlanElement, reporter: User, planner: User
) -> None:
    report = make_report(target, ReportState.RETURNED, reporter)
    ReviewStep.objects.create(report=report, act=Act.RETURNED, by=planner, reason="Muy corto.")
    PlanElement.objects.filter(pk=target.pk).update(until_version=1)
    send_day_letters(at=DAY_BEFORE)
    body = letters()[TO_REPORTER].body
    assert "S.1.1.1 " in body
    assert "S.1.1.2 " not in body


def test_planning_learns_the_size_of_its_queue(
    activity: PlanElement, target: PlanElement, reporter: User, planner: User
) -> None:
    make_report(activity, ReportState.SUBMITTED, reporter)
    send_day_letters(at=DAY_AFTER)
    letter = letters()["planner@puno.pe"]
    assert letter.subject == "Vigía: 1 informe atrasado, 1 informe por revisar"
    assert (
        "1 informe espera su revisión: http://localhost:8000/gestion/revision/puno/2019-I/\n"
        in letter.body
    )
    assert (
        "1 informe de la municipalidad está sin enviar: "
        "http://localhost:8000/gestion/semestre/puno/2019-I/\n" in letter.body
    )
    assert "S.1.1.2" not in letter.body


def test_planning_sends_what_no_unit_answers_for(
    activity: PlanElement, planner: User, reporter: User
) -> None:
    send_day_letters(at=DAY_BEFORE)
    assert "Los que envía usted:\n- S.1.1.2 " in letters()["planner@puno.pe"].body
    assert "S.1.1.2" not in letters()[TO_REPORTER].body


def test_another_unit_and_another_municipality_are_not_told(
    activity: PlanElement, reporter: User, colleague: User, outsider: User, operator: User
) -> None:
    send_day_letters(at=DAY_BEFORE)
    assert set(letters()) == {TO_REPORTER}


def test_who_left_gets_nothing(activity: PlanElement, reporter: User, colleague: User) -> None:
    Membership.objects.filter(user=reporter).update(ended_on=dt.date(2019, 6, 1))
    Responsibility(element=activity, unit=colleague.current_memberships[0].unit).save()
    User.objects.filter(pk=colleague.pk).update(is_active=False)
    assert send_day_letters(at=DAY_BEFORE) == Round()


def test_a_closed_semester_and_one_to_come_are_not_told(
    activity: PlanElement, reporter: User, planner: User, window: SemesterWindow
) -> None:
    SemesterWindow.objects.filter(pk=window.pk).update(opens_on=DUE, due_on=DUE)
    assert send_day_letters(at=DAY_BEFORE) == Round()
    SemesterWindow.objects.filter(pk=window.pk).update(
        closed_at=dt.datetime(2019, 8, 20, tzinfo=dt.UTC), closed_by=planner
    )
    assert send_day_letters(at=DAY_AFTER) == Round()


def test_a_plan_that_takes_no_reports_is_not_told(
    activity: PlanElement, reporter: User, plan: Plan
) -> None:
    Plan.objects.filter(pk=plan.pk).update(standing=Standing.UNCONFIRMED)
    assert send_day_letters(at=DAY_BEFORE) == Round()


def test_a_simulated_plan_says_so_in_subject_and_body(
    puno_plan: Plan, puno_unit: Unit, window: SemesterWindow, reporter: User
) -> None:
    Plan.objects.filter(pk=puno_plan.pk).update(simulated=True)
    Responsibility(element=puno_plan.elements.get(ref="S.1.1.1"), unit=puno_unit).save()
    send_day_letters(at=DAY_BEFORE)
    letter = letters()[TO_REPORTER]
    assert letter.subject == ("[Avances simulados para demostración] Vigía: 1 informe por enviar")
    assert "\nAvances simulados para demostración.\n" in letter.body


def test_one_letter_tells_of_all_municipalities_and_semesters_late_ones_first(
    activity: PlanElement, reporter: User, lamas: Municipality, lamas_plan: Plan
) -> None:
    Plan.objects.filter(pk=lamas_plan.pk).update(
        standing=Standing.ELECTED, standing_source="Acta del JNE, 7 de noviembre de 2018"
    )
    unit = make_unit(lamas)
    Membership.objects.create(user=reporter, role=Role.REPORTER, municipality=lamas, unit=unit)
    Responsibility(element=lamas_plan.elements.get(ref="S.1.1.1"), unit=unit).save()
    for semester, due in ((Semester(2019, 1), DUE), (Semester(2019, 2), dt.date(2019, 6, 1))):
        SemesterWindow.objects.create(
            municipality=lamas,
            semester=semester,
            opens_on=dt.date(2019, 5, 1),
            due_on=due,
            closes_on=DUE,
        )
    assert send_day_letters(at=WEEK_BEFORE) == Round(sent=1)
    letter = letters()[TO_REPORTER]
    assert letter.subject == "Vigía: 1 informe atrasado, 2 informes por enviar"
    headings = [line for line in str(letter.body).splitlines() if line.startswith("Municipalidad")]
    assert headings == [
        "Municipalidad Provincial de Lamas, 2019-II",
        "Municipalidad Provincial de Lamas, 2019-I",
        "Municipalidad Provincial de Puno, 2019-I",
    ]
    told = [line for line in str(letter.body).splitlines() if len(line) == 64]
    places = (lamas, activity.plan.municipality)
    assert told == [place.ledger.latest("number").chain for place in places]
    assert Reminder.objects.count() == 2


def test_a_long_list_is_cut_and_counted(
    puno: Municipality, puno_unit: Unit, reporter: User, planner: User, window: SemesterWindow
) -> None:
    plan = make_plan(puno, more=40)
    Plan.objects.filter(pk=plan.pk).update(
        standing=Standing.ELECTED, standing_source="Acta del JNE, 7 de noviembre de 2018"
    )
    for element in plan.elements.filter(ref__startswith="M."):
        element.terms.create(version=1, in_force_from=DUE, reason="x", by=planner)
        Responsibility(element=element, unit=puno_unit).save()
    send_day_letters(at=DAY_BEFORE)
    body = str(letters()[TO_REPORTER].body)
    assert body.count("\n- ") == MOST_LISTED
    assert "… y 10 más: http://localhost:8000/gestion/semestre/puno/2019-I/\n" in body


@pytest.mark.parametrize("count", [1, 4])
def test_reading_takes_as_many_queries_for_however_many_people(
    activity: PlanElement,
    reporter: User,
    planner: User,
    puno: Municipality,
    puno_unit: Unit,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    report = make_report(activity, ReportState.RETURNED, reporter)
    ReviewStep.objects.create(report=report, act=Act.RETURNED, by=planner, reason="Corto.")
    for number in range(count):
        make_person(f"{number}@puno.pe", Role.REPORTER, puno, puno_unit)
    with django_assert_num_queries(1):
        people = people_to_remind(at=DAY_BEFORE)
    assert len(people) == count + 2
    with django_assert_num_queries(14):
        assert len(day_letters_for(people, at=DAY_BEFORE)) == count + 2
