"""What a municipality has and still lacks until its first report: read from what is there."""

import datetime as dt
import re
from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.choices import Role
from accounts.models import Authority, Municipality, Unit, User
from accounts.services.invitations import invite
from plans.choices import Answering, Level, MeasureKind, Standing
from plans.models import MeasuringTerms, Plan
from plans.services.editing import state_alike
from plans.services.responsibilities import answer_for
from plans.term import Term
from tests.conftest import SignIn
from tests.factories import make_person, make_plan, make_unit
from tests.plans.sent import send
from tracking.measuring.entry import Entry
from tracking.models import ProgressReport
from tracking.services.semesters import generate_windows

pytestmark = pytest.mark.django_db
COMING = Term(2027, 2030)
PLACE = "/gestion/municipio/puno/primer-dia/2027-2030/"
NAMES = ["La autoridad", "El plan", "De quién es", "Las unidades", "Las personas"]
NAMES += ["Quién responde", "Cómo se mide", "Los semestres", "El primer informe"]


@pytest.fixture(autouse=True)
def _november(monkeypatch: pytest.MonkeyPatch) -> None:
    """After the election, before the term."""
    day = dt.date(2026, 11, 29)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_args: day)


def read(browser: Client, place: str = PLACE) -> dict[str, str]:
    """How each step stands, in order, by the first words of its title; what is next, above."""
    page = unescape(browser.get(place).content.decode())
    rows = re.findall(r'<li class="step.*?</li>', page, re.DOTALL)
    above = "".join(re.findall(r'<section class="panel".*?</section>', page, re.DOTALL))
    told = [row + above if "aria-current" in row else row for row in rows]
    found = [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in told]
    assert [row.startswith(name) for row, name in zip(found, NAMES, strict=True)] == [True] * 9
    return dict(zip(NAMES, found, strict=True))


def prepared(puno: Municipality) -> Plan:
    plan = make_plan(puno, term=COMING)
    plan.standing, plan.standing_source = Standing.ELECTED, "Acta de prueba, 7 de noviembre de 2026"
    plan.save()
    return plan


def test_of_nothing_the_authority_comes_first(puno: Municipality, desk: Client) -> None:
    steps = read(desk)
    assert "sigue" in steps["La autoridad"]
    assert "después del plan" in steps["Cómo se mide"]
    assert not [row for row in steps.values() if "hecho" in row]


def test_each_step_is_done_by_what_is_there(
    puno: Municipality, planner: User, desk: Client
) -> None:
    Authority.objects.create(
        municipality=puno,
        name="Persona de Prueba",
        office="Alcalde provincial",
        since=dt.date(2027, 1, 1),
        source="Credencial de prueba",
    )
    assert "✓ hecho Persona de Prueba, alcalde provincial desde el" in read(desk)["La autoridad"]
    plan = prepared(puno)
    assert "✓" in read(desk)["El plan"]
    assert "Acta de prueba" in read(desk)["De quién es"]
    unit = make_unit(puno)
    assert "1 unidad orgánica." in read(desk)["Las unidades"]
    invite("obras@puno.pe", Role.REPORTER, by=planner, municipality=puno, unit=unit)
    assert "✓ hecho 0 de 1 unidades tienen quién informe; 1 más" in read(desk)["Las personas"]
    chosen = list(plan.elements.filter(level__in=[Level.ACTIVITY, Level.TARGET]))
    answer_for(chosen[:1], unit, Answering.ADD, by=planner)
    assert "1 de 2 promesas tienen unidad" in read(desk)["Quién responde"]
    answer_for(chosen, unit, Answering.ADD, by=planner)
    state_alike(chosen, {"kind": MeasureKind.DELIVERY}, "Se entregan.", by=planner)
    steps = read(desk)
    assert "✓ hecho 2 de 2" in steps["Quién responde"]
    assert "✓ hecho 2 de 2" in steps["Cómo se mide"]
    generate_windows(puno, COMING)
    assert "2027-I, que se abre el 1 de julio de 2027" in read(desk)["Los semestres"]
    assert (
        "sigue Sigue El primer informe Un borrador se prepara desde ahora"
        in read(desk)["El primer informe"]
    )


def test_a_plan_on_its_way_in_is_gone_on_with(
    puno: Municipality, planner: User, desk: Client
) -> None:
    assert "Cargar el plan" in read(desk)["El plan"]
    draft = send(puno, planner)
    assert "«plan.txt»: por revisar. Seguir con el plan" in read(desk)["El plan"]
    assert f'href="/gestion/plan/puno/importar/{draft.pk}/"' in desk.get(PLACE).content.decode()


def test_the_first_report_is_prepared_before_the_term(
    puno: Municipality, planner: User, desk: Client
) -> None:
    prepared(puno)
    generate_windows(puno, COMING)
    place = "/gestion/semestre/puno/2027-I/S.1.1.1/"
    page = desk.get(place).content.decode()
    assert "Este semestre se abre el 1 de julio de 2027" in page
    assert "Enviar a revisión" not in page
    said = {"narrative": "Se prepara la licitación.", "accion": "guardar", "edit": "0"}
    said |= {"entry": str(Entry.STEP), "as_of": ""}
    assert desk.post(place, said).status_code == 302
    assert ProgressReport.objects.get().as_of is None
    assert "✓ hecho 1 informe empezado" in read(desk)["El primer informe"]
    assert (
        "todavía no tiene plazos" not in desk.get("/gestion/semestre/puno/2027-I/").content.decode()
    )
    refused = desk.post(place, {**said, "accion": "enviar", "edit": "1", "narrative": "Otro."})
    assert refused.status_code == 422


def test_whoever_may_not_do_a_step_reads_who_does(
    puno: Municipality, puno_unit: Unit, signed_in: SignIn
) -> None:
    prepared(puno)
    keeper = signed_in(make_person("keeper@puno.pe", Role.ADMINISTRATION, puno))
    steps = read(keeper)
    assert "Lo hace planificación." in steps["Los semestres"]
    assert "Invitar a las personas" in steps["Las personas"]


def test_where_nobody_works_yet_the_operator_asks_somebody_in(
    lamas: Municipality, operator: User, signed_in: SignIn
) -> None:
    place, words = "/gestion/municipio/lamas/primer-dia/", "Nadie trabaja aquí todavía"
    browser = signed_in(operator)
    assert words in browser.get(place).content.decode()
    invite("plan@lamas.pe", Role.PLANNING, municipality=lamas, by=operator)
    assert words not in browser.get(place).content.decode()


def test_another_term_has_its_own_address(
    puno_plan: Plan, desk: Client, reporter: User, outsider: User, signed_in: SignIn
) -> None:
    assert "2019–2022</a>" in desk.get("/gestion/municipio/puno/primer-dia/").content.decode()
    assert "✓" in read(desk, PLACE.replace("2027-2030", "2019-2022"))["El plan"]
    assert desk.get(PLACE.replace("2027-2030", "2031-2034")).status_code == 404
    assert signed_in(reporter).get(PLACE).status_code == 403
    assert signed_in(outsider).get(PLACE).status_code == 404


def test_it_costs_the_same_however_large_the_plan(
    puno: Municipality, desk: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    plan = prepared(puno)
    plan_of_many = [*plan.elements.all()]
    MeasuringTerms.objects.bulk_create(
        MeasuringTerms(
            element=each,
            version=7,
            in_force_from=dt.date(2026, 11, 1),
            reason="Así.",
            kind=MeasureKind.DELIVERY,
        )
        for each in plan_of_many
    )
    for n in range(3):
        make_unit(puno, f"Unidad {n}")
    with django_assert_num_queries(15):
        desk.get(PLACE)
