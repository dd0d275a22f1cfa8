"""Where an officer lands."""

import datetime as dt
import re

import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.choices import LetterKind, Role
from accounts.models import Letter, Membership, Municipality, Unit, User
from plans.models import Plan
from plans.semester import Semester
from tests.conftest import SignIn
from tests.factories import make_person
from tests.tracking.published import open_window
from tracking.models import Preview, SemesterWindow
from tracking.models.preview import TRIES
from tracking.services.heartbeat import beat

pytestmark = pytest.mark.django_db
START = "/gestion/"
HOME = "/gestion/municipio/puno/"
SEMESTER_PAGE = "/gestion/semestre/puno/2019-I/"


def test_signing_in_and_the_footer_lead_there(client: Client, planner: User) -> None:
    assert resolve_url(settings.LOGIN_REDIRECT_URL) == START
    footer = f'<a href="{START}">Acceso para funcionarios</a>'
    assert footer in client.get("/").content.decode()
    client.force_login(planner)
    back = f'<a href="{START}">Seguir trabajando</a>'
    assert back in client.get(reverse("account_logout")).content.decode()


def test_nobody_enters_without_signing_in(client: Client) -> None:
    assert client.get(START)["Location"] == f"/cuenta/ingresar/?next={START}"


def test_who_has_no_role_today_does_not_enter(db: None, signed_in: SignIn) -> None:
    assert signed_in(make_person("former@puno.pe")).get(START).status_code == 403


def test_one_municipality_leads_to_its_semester(
    plan: Plan, window: SemesterWindow, reporter: User, signed_in: SignIn
) -> None:
    chain = signed_in(reporter).get(START, follow=True).redirect_chain
    assert chain == [(HOME, 302), (SEMESTER_PAGE, 302)]


def test_a_closed_semester_gives_way_to_the_next(
    plan: Plan, window: SemesterWindow, planner: User, signed_in: SignIn
) -> None:
    browser = signed_in(planner)
    assert browser.get(HOME)["Location"] == SEMESTER_PAGE
    open_window(window.municipality, Semester(2019, 2))
    window.closed_at, window.closed_by = dt.datetime.now(tz=dt.UTC), planner
    window.save()
    assert browser.get(HOME)["Location"] == "/gestion/semestre/puno/2019-II/"


def test_without_windows_planning_is_told_where_to_set_them(
    plan: Plan, planner: User, reporter: User, signed_in: SignIn
) -> None:
    link = 'href="/gestion/semestres/puno/">Registrar los plazos'
    assert signed_in(planner).get(HOME)["Location"] == f"{HOME}primer-dia/"
    assert link in signed_in(planner).get(f"{HOME}primer-dia/2019-2022/").content.decode()
    told = signed_in(reporter).get(HOME).content.decode()
    assert link not in told
    assert "Planificación todavía no registra los plazos" in told


def test_without_a_published_plan_the_page_says_so(
    window: SemesterWindow, reporter: User, signed_in: SignIn
) -> None:
    assert "no tiene un plan publicado" in signed_in(reporter).get(HOME).content.decode()


def test_who_keeps_the_accounts_goes_to_the_people(
    plan: Plan, window: SemesterWindow, puno: Municipality, signed_in: SignIn
) -> None:
    keeper = make_person("keeper@puno.pe", Role.ADMINISTRATION, puno)
    assert signed_in(keeper).get(HOME)["Location"] == "/gestion/personas/puno/"


def test_who_keeps_the_accounts_and_reports_goes_to_the_semester(
    plan: Plan, window: SemesterWindow, puno: Municipality, puno_unit: Unit, signed_in: SignIn
) -> None:
    keeper = make_person("keeper@puno.pe", Role.ADMINISTRATION, puno)
    Membership.objects.create(user=keeper, role=Role.REPORTER, municipality=puno, unit=puno_unit)
    assert signed_in(keeper).get(HOME)["Location"] == SEMESTER_PAGE


def test_who_works_in_several_municipalities_chooses(
    puno: Municipality, lamas: Municipality, lamas_unit: Unit, reporter: User, signed_in: SignIn
) -> None:
    Membership.objects.create(
        user=reporter, role=Role.REPORTER, municipality=lamas, unit=lamas_unit
    )
    page = signed_in(reporter).get(START).content.decode()
    assert re.findall(r'href="/gestion/municipio/([a-z]+)/"', page) == ["lamas", "puno"]


def test_the_operator_looks_a_municipality_up(
    puno: Municipality, lamas: Municipality, operator: User, signed_in: SignIn
) -> None:
    browser = signed_in(operator)
    assert "/gestion/municipio/" not in browser.get(START).content.decode()
    found = browser.get(START, {"q": "lam\x00as"}).content.decode()
    assert "Ninguna municipalidad" in found
    found = browser.get(START, {"q": "LAMAS"}).content.decode()
    assert 'href="/gestion/municipio/lamas/">Municipalidad Provincial de Lamas' in found
    assert HOME not in found


def test_the_operators_slip_of_the_hand_is_offered_the_nearest(
    puno: Municipality, lamas: Municipality, operator: User, signed_in: SignIn
) -> None:
    page = signed_in(operator).get(START, {"q": "lammas"}).content.decode()
    assert '¿Quiso decir? <a href="/gestion/municipio/lamas/">' in page


def test_a_strangers_municipality_is_not_there(
    plan: Plan, window: SemesterWindow, outsider: User, signed_in: SignIn
) -> None:
    assert signed_in(outsider).get(HOME).status_code == 404


def test_the_admin_is_linked_for_those_who_may_enter_it(
    plan: Plan, window: SemesterWindow, planner: User, operator: User, signed_in: SignIn
) -> None:
    link = '<a href="/admin/">Panel del operador</a>'
    assert link in signed_in(operator).get(SEMESTER_PAGE).content.decode()
    assert link not in signed_in(planner).get(SEMESTER_PAGE).content.decode()


def operators_page(operator: User, signed_in: SignIn) -> str:
    return " ".join(signed_in(operator).get(START).content.decode().split())


def test_the_operator_sees_that_somebody_works_in_the_background(
    operator: User, signed_in: SignIn
) -> None:
    beat(at=timezone.now())
    page = operators_page(operator, signed_in)
    assert "Está en marcha" in page
    assert "que esperan" not in page


def test_the_operator_sees_since_when_nobody_works_and_what_waits(
    operator: User, signed_in: SignIn
) -> None:
    assert "Nadie lo ha hecho todavía." in operators_page(operator, signed_in)
    beat(at=dt.datetime(2026, 3, 2, 15, 30, tzinfo=dt.UTC))
    queued_at = dt.datetime(2026, 3, 2, 16, 0, tzinfo=dt.UTC)
    Letter.objects.create(kind=LetterKind.values[0], to="a@b.pe", queued_at=queued_at)
    page = operators_page(operator, signed_in)
    assert "Nadie lo hace desde el 2 de marzo de 2026, 10:30." in page
    told = "Archivos que esperan: 0. Correos que esperan: 1. Lo más antiguo, desde el"
    assert f"{told} 2 de marzo de 2026, 11:00." in page


def test_the_operator_sees_how_many_photographs_are_left_without_their_small_picture(
    operator: User, signed_in: SignIn
) -> None:
    left = "Fotografías sin vista reducida, tras varios intentos:"
    Preview.objects.create(original="ab" * 32)
    assert left not in operators_page(operator, signed_in)
    Preview.objects.create(original="cd" * 32, tries=TRIES, made_at=timezone.now())
    assert f"{left} 1." in operators_page(operator, signed_in)


def test_only_the_operator_sees_it(lamas: Municipality, planner: User, signed_in: SignIn) -> None:
    Membership.objects.create(user=planner, role=Role.PLANNING, municipality=lamas)
    assert "Trabajo de fondo" not in signed_in(planner).get(START).content.decode()
