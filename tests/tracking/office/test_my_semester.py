"""Mi semestre: what is whose to report, in the order in which it is attended to."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.choices import Role
from accounts.models import Municipality, Unit, User
from plans.choices import Standing
from plans.models import Plan, PlanElement
from plans.semester import Semester
from tests.conftest import SignIn
from tests.factories import make_person, make_unit
from tests.tracking.office.sent import SEMESTER, draft, publish, send, send_again
from tests.tracking.office.sheets import SEMESTER_PAGE, answer_for, begun_and_returned, long_plan
from tracking.choices import Step
from tracking.models import SemesterWindow
from tracking.office.worklists.agenda import days_sentence
from tracking.services.drafts import save_draft
from tracking.services.review import return_report, start_correction

pytestmark = pytest.mark.django_db
EVERY_ROW = f"{SEMESTER_PAGE}?estado="
"""For whoever sees all units: promise by promise."""


def read(browser: Client, address: str = SEMESTER_PAGE) -> str:
    page = browser.get(address)
    assert page.status_code == 200
    return " ".join(page.content.decode().split())


def headings(page: str) -> list[str]:
    return re.findall(r"<h2>(.*?)</h2>", page)


def rows(page: str) -> list[str]:
    """The ref of each row, and what its link says."""
    return [
        f"{ref} {word}"
        for word, ref in re.findall(
            r'>(Informar|Seguir|Ver)<span class="visually-hidden"> ([A-Z.0-9]+)</span>', page
        )
    ]


def test_a_reporter_sees_what_their_units_answer_for(
    activity: PlanElement, target: PlanElement, reporter: User, signed_in: SignIn
) -> None:
    page = read(signed_in(reporter))
    assert "<h1>Su semestre 2019-I</h1>" in page
    assert "<strong>0 de 2</strong> informados" in page
    assert "Programa de comedores de Puno" in page
    assert rows(page) == ["S.1.1.1 Informar", "S.1.1.2 Informar"]


def test_a_colleague_of_another_unit_sees_none_of_it(
    activity: PlanElement, colleague: User, signed_in: SignIn
) -> None:
    page = read(signed_in(colleague))
    assert rows(page) == []
    assert "Ninguna promesa del plan está a cargo de su unidad." in page


def test_a_semester_without_a_plan_is_not_there(
    plan: Plan, reporter: User, signed_in: SignIn
) -> None:
    address = SEMESTER_PAGE.replace("2019-I", "2031-I")
    assert signed_in(reporter).get(address).status_code == 404


def test_what_came_back_stands_first_with_its_reason(
    activity: PlanElement,
    target: PlanElement,
    reporter: User,
    planner: User,
    puno: Municipality,
    signed_in: SignIn,
) -> None:
    report = send(activity, reporter)
    report = return_report(report, "Falta el acta.", puno, read=report.edit, by=planner)
    again = {"narrative": "Con el acta."}
    report = save_draft(activity, SEMESTER, again, by=reporter, edit=report.edit)
    report = send_again(report, reporter)
    return_report(report, "Falta <la> fecha.", puno, read=report.edit, by=planner)
    page = read(signed_in(reporter))
    assert headings(page) == ["Devueltos", "Atrasados"]
    assert f'Se devolvió: Falta &lt;la&gt; fecha. <span class="muted">({planner}' in page
    assert "Falta el acta." not in page
    assert rows(page) == ["S.1.1.1 Seguir", "S.1.1.2 Informar"]


def test_the_groups_follow_the_work(
    window: SemesterWindow,
    puno: Municipality,
    puno_unit: Unit,
    reporter: User,
    planner: User,
    signed_in: SignIn,
) -> None:
    window.due_on = window.closes_on = timezone.localdate()
    window.save()
    _guideline, one, two, three, four, *_rest = long_plan(puno_unit, planner, more=60)
    draft(one, reporter)
    send(two, reporter)
    publish(three, reporter, planner)
    report = send(four, reporter)
    return_report(report, "Falta.", puno, read=report.edit, by=planner)
    browser = signed_in(reporter)
    page = read(browser)
    assert headings(page) == ["Devueltos", "Por empezar"]
    assert "<strong>2 de 61</strong> informados" in page
    last = read(browser, f"{SEMESTER_PAGE}?pagina=2")
    assert headings(last) == ["Por empezar", "Borradores", "Enviados a revisión", "Publicados"]
    assert rows(last)[-3:] == ["M.1 Seguir", "M.2 Ver", "M.3 Ver"]
    assert (len(rows(page)), len(rows(last))) == (50, 11)


def test_a_state_is_a_filter(
    activity: PlanElement, target: PlanElement, reporter: User, signed_in: SignIn
) -> None:
    send(activity, reporter)
    browser = signed_in(reporter)
    assert rows(read(browser, f"{SEMESTER_PAGE}?estado=enviados")) == ["S.1.1.1 Ver"]
    assert rows(read(browser, f"{SEMESTER_PAGE}?estado=atrasados")) == ["S.1.1.2 Informar"]
    assert rows(read(browser, f"{SEMESTER_PAGE}?estado=devueltos")) == []
    assert len(rows(read(browser, f"{SEMESTER_PAGE}?estado=cualquiera"))) == 2


def test_planning_sees_every_unit_and_filters_by_one(
    activity: PlanElement,
    target: PlanElement,
    puno: Municipality,
    puno_unit: Unit,
    planner: User,
    signed_in: SignIn,
) -> None:
    other = make_unit(puno, "Gerencia de Salud")
    activity.responsibility_set.all().delete()
    answer_for(other, activity)
    browser = signed_in(planner)
    page = read(browser, EVERY_ROW)
    assert "<h1>Semestre 2019-I</h1>" in page
    assert rows(page) == ["S.1.1.1 Informar", "S.1.1.2 Informar"]
    assert rows(read(browser, f"{SEMESTER_PAGE}?unidad={other.pk}")) == ["S.1.1.1 Informar"]
    target.responsibility_set.all().delete()
    without = read(browser, f"{SEMESTER_PAGE}?unidad=ninguna")
    assert rows(without) == ["S.1.1.2 Informar"]
    assert "sin unidad" in without


def test_what_only_a_closed_office_answers_for_counts_as_nobodys(
    activity: PlanElement, target: PlanElement, puno_unit: Unit, planner: User, signed_in: SignIn
) -> None:
    Unit.objects.filter(pk=puno_unit.pk).update(closed_on=dt.date(2019, 2, 1))
    without = read(signed_in(planner), f"{SEMESTER_PAGE}?unidad=ninguna")
    assert rows(without) == ["S.1.1.1 Informar", "S.1.1.2 Informar"]


def test_another_municipalitys_unit_is_no_filter(
    activity: PlanElement,
    lamas_unit: Unit,
    planner: User,
    reporter: User,
    colleague: User,
    signed_in: SignIn,
) -> None:
    assert signed_in(planner).get(f"{SEMESTER_PAGE}?unidad={lamas_unit.pk}").status_code == 404
    colleagues = colleague.current_memberships[0].unit_id
    assert signed_in(reporter).get(f"{SEMESTER_PAGE}?unidad={colleagues}").status_code == 404


@pytest.mark.parametrize("role", [Role.ADMINISTRATION, Role.OPERATOR])
def test_who_does_not_report_only_reads(
    activity: PlanElement, puno: Municipality, signed_in: SignIn, role: Role
) -> None:
    place = None if role == Role.OPERATOR else puno
    page = read(signed_in(make_person("reader@puno.pe", role, place)), EVERY_ROW)
    assert rows(page) == ["S.1.1.1 Ver", "S.1.1.2 Ver"]
    assert "/hoja/" not in page
    assert "/enviar/" not in page


def test_what_is_late_says_so_until_it_is_sent(
    activity: PlanElement, puno: Municipality, reporter: User, planner: User, signed_in: SignIn
) -> None:
    late = '<span class="state state-atrasado">Atrasado</span>'
    browser = signed_in(reporter)
    page = read(browser)
    assert headings(page) == ["Atrasados"]
    assert late not in page  # its group says it
    report = send(activity, reporter)
    page = read(browser)
    assert headings(page) == ["Enviados a revisión"]
    assert late not in page
    return_report(report, "Falta.", puno, read=report.edit, by=planner)
    assert late in read(browser)


def test_a_correction_under_way_is_neither_late_nor_undone(
    activity: PlanElement, reporter: User, planner: User, signed_in: SignIn
) -> None:
    start_correction(publish(activity, reporter, planner), "La fecha era otra.", by=reporter)
    page = read(signed_in(reporter))
    assert headings(page) == ["Borradores"]
    assert "<strong>1 de 1</strong> informados" in page
    assert '<span class="tag">Corrección</span>' in page


def test_a_draft_says_what_it_still_needs(
    activity: PlanElement, reporter: User, signed_in: SignIn
) -> None:
    browser = signed_in(reporter)
    report = draft(activity, reporter, step=None, as_of=None)
    page = read(browser)
    assert "Diga a qué día corresponde lo informado." in page
    assert "Elija en qué paso está." in page
    values = {"step": Step.RUNNING, "as_of": dt.date(2019, 6, 30)}
    save_draft(activity, SEMESTER, values, by=reporter, edit=report.edit)
    assert "Completo: puede enviarse." in read(browser)


def test_it_says_why_nothing_can_be_entered(
    activity: PlanElement, window: SemesterWindow, reporter: User, signed_in: SignIn
) -> None:
    Plan.objects.update(standing=Standing.UNCONFIRMED)
    page = read(signed_in(reporter))
    assert "Solo se informa sobre el plan de una autoridad" in page
    assert "/hoja/" not in page
    assert rows(page) == ["S.1.1.1 Ver"]


def test_before_the_semester_opens_it_is_prepared_and_not_sent(
    activity: PlanElement, window: SemesterWindow, reporter: User, signed_in: SignIn
) -> None:
    draft(activity, reporter)
    SemesterWindow.objects.update(
        opens_on="2099-07-01", due_on="2099-07-31", closes_on="2099-08-15"
    )
    page = read(signed_in(reporter))
    assert "Este semestre se abre el 1 de julio de 2099: puede preparar borradores" in page
    assert "/hoja/" in page
    assert rows(page) == ["S.1.1.1 Seguir"]
    assert "/enviar/" not in page


def test_a_semester_without_days_says_so(
    activity: PlanElement, window: SemesterWindow, reporter: User, signed_in: SignIn
) -> None:
    window.delete()
    assert "Este semestre no tiene plazos" in read(signed_in(reporter))


def test_the_nearest_semesters_with_days_are_linked(
    plan: Plan, window: SemesterWindow, reporter: User, signed_in: SignIn
) -> None:
    for semester in (Semester(2020, 1), Semester(2020, 2)):
        days = {name: getattr(window, name) for name in ("opens_on", "due_on", "closes_on")}
        SemesterWindow.objects.create(municipality=window.municipality, semester=semester, **days)
    browser = signed_in(reporter)
    page = read(browser)
    assert 'rel="next" href="/gestion/semestre/puno/2020-I/"' in page
    assert 'rel="prev"' not in page
    page = read(browser, "/gestion/semestre/puno/2020-II/")
    assert 'rel="prev" href="/gestion/semestre/puno/2020-I/"' in page
    assert 'rel="next"' not in page


def test_a_demonstration_says_so(activity: PlanElement, reporter: User, signed_in: SignIn) -> None:
    browser = signed_in(reporter)
    assert "Avances simulados para demostración" not in read(browser)
    Plan.objects.update(simulated=True, standing=Standing.UNCONFIRMED, standing_source="")
    assert "Avances simulados para demostración" in read(browser)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2019-06-30", "Se abre el 1 de julio de 2019 y vence el 31 de julio de 2019."),
        ("2019-07-01", "Vence el 31 de julio de 2019: quedan 30 días."),
        ("2019-07-30", "Vence el 31 de julio de 2019: queda 1 día."),
        ("2019-07-31", "Vence hoy, 31 de julio de 2019."),
        ("2019-08-01", "Venció el 31 de julio de 2019, hace 1 día."),
        ("2019-08-12", "Venció el 31 de julio de 2019, hace 12 días."),
        ("2019-09-29", "Venció el 31 de julio de 2019, hace 60 días."),
        ("2019-09-30", "Venció el 31 de julio de 2019."),
    ],
)
def test_the_days_that_are_left(window: SemesterWindow, day: str, sentence: str) -> None:
    assert days_sentence(window, at=dt.date.fromisoformat(day)) == sentence


@pytest.mark.parametrize("more", [2, 59])
def test_the_queries_do_not_depend_on_how_much_there_is(
    puno_unit: Unit,
    planner: User,
    reporter: User,
    window: SemesterWindow,
    signed_in: SignIn,
    django_assert_num_queries: DjangoAssertNumQueries,
    more: int,
) -> None:
    begun_and_returned(long_plan(puno_unit, planner, more=more), reporter, planner)
    browser = signed_in(reporter)
    with django_assert_num_queries(12):
        assert f"<strong>0 de {more + 1}</strong>" in read(browser)
    browser = signed_in(planner)
    with django_assert_num_queries(13):  # the units to choose from
        assert f"<strong>0 de {more + 3}</strong>" in read(browser, EVERY_ROW)
