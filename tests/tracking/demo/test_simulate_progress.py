"""The command that fills the portal with progress that never happened."""

from collections import Counter
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from PIL import Image
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.choices import Role
from accounts.models import Membership, Municipality, Unit, User
from accounts.permissions import second_factor_missing
from plans.choices import Level, Standing
from plans.models import MeasuringTerms, Plan, PlanVersion, Responsibility
from plans.semester import Semester
from plans.term import Term
from tests.factories import make_person, make_plan
from tests.tracking.issued import content_of
from tests.tracking.simulated import AT
from tracking.demo.files import samples_of
from tracking.demo.people import PASSWORD
from tracking.demo.simulate import NotSimulated, simulate
from tracking.models import (
    AccountabilityReport,
    ClosingLine,
    Expenditure,
    ProgressReport,
    ReviewStep,
    SemesterWindow,
    Support,
)
from tracking.reading.states import TROUBLES

MODELS = (
    ClosingLine,
    Expenditure,
    MeasuringTerms,
    Membership,
    PlanVersion,
    ProgressReport,
    Responsibility,
    ReviewStep,
    SemesterWindow,
    Support,
    Unit,
    User,
)


def run(**options: Any) -> str:
    out = StringIO()
    call_command("simulate_progress", stdout=out, **options)
    return out.getvalue()


def rows() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in MODELS}


def reported() -> list[tuple[Any, ...]]:
    """Every report as it reads, without ids and without the instant of the run."""
    columns = ("element__ref", "semester", "revision", "state", "step", "value", "parts_done")
    more = ("done", "required", "narrative", "submitted_at", "published_at", "signal", "progress")
    return list(ProgressReport.objects.order_by(*columns[:3]).values_list(*columns, *more))


def test_it_says_what_it_did_and_repeating_it_changes_nothing(puno_plan: Plan) -> None:
    said = run()
    assert said.startswith("Municipalidad Provincial de Puno, 2019–2022: ")
    assert "planificacion@puno.example" in said
    assert PASSWORD in said
    before, texts = rows(), reported()
    assert run().startswith(
        "Municipalidad Provincial de Puno, 2019–2022: ya tiene avances simulados; "
        "no se cambió nada.\n"
    )
    assert (rows(), reported()) == (before, texts)


def test_its_editions_carry_a_head_of_the_log(puno_plan: Plan) -> None:
    run()
    contents = [content_of(each) for each in AccountabilityReport.objects.all()]
    assert contents
    assert all(each.log and each.log.size for each in contents)


def test_the_plan_says_from_then_on_that_it_is_simulated(puno_plan: Plan) -> None:
    simulate(puno_plan, at=AT)
    plan = Plan.objects.get(pk=puno_plan.pk)
    assert plan.simulated
    newest = plan.versions.order_by("-number")[0]
    assert newest.changes[0] == {
        "ref": "",
        "what": "plan",
        "before": {"simulated": False},
        "after": {"simulated": True},
    }
    assert (newest.added, newest.changed, newest.withdrawn) == (0, 0, 0)


def test_production_refuses(puno_plan: Plan, settings: Settings) -> None:
    settings.REAL = True
    with pytest.raises(CommandError, match="SITE_URL empieza con https"):
        run()
    assert not ProgressReport.objects.exists()
    assert not User.objects.exists()
    assert not Plan.objects.get().simulated


def test_the_plan_of_an_elected_authority_is_left_alone(puno_plan: Plan) -> None:
    puno_plan.standing, puno_plan.standing_source = (
        Standing.ELECTED,
        "Acta del JNE, 7 de noviembre de 2018",
    )
    puno_plan.save()
    before = rows()
    with pytest.raises(NotSimulated, match="autoridad elegida"):
        simulate(puno_plan, at=AT)
    assert rows() == before


def test_a_plan_with_real_reports_is_left_alone(puno_plan: Plan, reporter: User) -> None:
    ProgressReport.objects.create(
        plan=puno_plan,
        municipality=puno_plan.municipality,
        simulated=False,
        element=puno_plan.elements.get(ref="S.1.1.1"),
        semester=Semester(2019, 1),
        author=reporter,
    )
    before = rows()
    with pytest.raises(NotSimulated, match="informes de verdad"):
        simulate(puno_plan, at=AT)
    assert rows() == before
    assert not Plan.objects.get().simulated


def test_a_term_to_come_has_nothing_to_report(puno: Municipality) -> None:
    plan = make_plan(puno, term=Term(2027, 2030))
    before = rows()
    with pytest.raises(NotSimulated, match="todavía no tiene un semestre"):
        simulate(plan, at=AT)
    assert rows() == before


def test_only_the_plans_of_the_term_are_simulated(puno_plan: Plan, lamas: Municipality) -> None:
    other = make_plan(lamas, term=Term(2023, 2026))
    run(term="2019-2022")
    assert not Plan.objects.get(pk=other.pk).simulated
    with pytest.raises(CommandError, match="dos años"):
        run(term="2019")


def test_nothing_is_reported_before_its_semester_is_over(puno: Municipality) -> None:
    plan = make_plan(puno, term=Term(2025, 2028))
    simulate(plan, at=AT)
    semesters = set(ProgressReport.objects.values_list("semester", flat=True))
    assert max(semesters) == Semester(2026, 1)
    assert SemesterWindow.objects.count() == 8
    closed = SemesterWindow.objects.exclude(closed_at=None).values_list("semester", flat=True)
    assert set(closed) == {Semester(2025, 1), Semester(2025, 2)}


def test_the_same_plan_always_gets_the_same_progress(puno_plan: Plan) -> None:
    told = []
    for _time in range(2):
        with transaction.atomic():
            simulate(puno_plan, at=AT)
            told.append(reported())
            transaction.set_rollback(True)
    assert told[0] == told[1] != []


def test_figures_of_the_plans_text_stay_and_guidelines_are_followed(real_puno: Plan) -> None:
    stated = {terms.element_id: terms for terms in MeasuringTerms.objects.exclude(goal=None)}
    simulate(real_puno, at=AT)
    for terms in MeasuringTerms.objects.in_force().filter(element__in=stated):
        text = stated[terms.element_id]
        assert (terms.goal, terms.unit_of_measure) == (text.goal, text.unit_of_measure)
    reportable = real_puno.elements.reportable()
    assert reportable.filter(level=Level.GUIDELINE).count() == 2
    assert 0 < reportable.filter(units=None).count() < 10


def test_most_of_what_is_behind_says_why_and_some_of_it_does_not(real_otuzco: Plan) -> None:
    simulate(real_otuzco, at=AT)
    reports = ProgressReport.objects.published()
    behind = reports.filter(signal__in=TROUBLES)
    explained = behind.exclude(difficulties="", halted_cause="")
    others = reports.exclude(signal__in=TROUBLES)
    assert behind.count() * 0.65 < explained.count() < behind.count()
    assert 0 < others.exclude(difficulties="").count() < others.count() * 0.35


def test_people_have_reserved_addresses_and_what_their_role_requires(puno_plan: Plan) -> None:
    run()
    people = User.objects.all()
    assert {person.email.rpartition(".")[2] for person in people} == {"example"}
    assert Counter(Membership.objects.values_list("role", flat=True)) == {
        Role.PLANNING: 1,
        Role.ADMINISTRATION: 1,
        Role.REPORTER: 6,
        Role.OPERATOR: 1,
    }
    assert [person for person in people if second_factor_missing(person)] == []


def test_a_person_signs_in_with_the_password_that_was_printed(
    client: Client, puno_plan: Plan
) -> None:
    run()
    typed = {"login": "desarrollo.social@puno.example", "password": PASSWORD}
    assert client.post("/cuenta/ingresar/", typed).status_code == 302
    assert "_auth_user_id" in client.session


def test_who_works_there_already_stays_as_they_are(puno_plan: Plan, puno_unit: Unit) -> None:
    make_person("desarrollo.social@puno.example", Role.REPORTER, puno_plan.municipality, puno_unit)
    Responsibility(element=puno_plan.elements.get(ref="S.1.1.1"), unit=puno_unit).save()
    simulate(puno_plan, at=AT)
    person = User.objects.get(email="desarrollo.social@puno.example")
    assert [each.unit for each in person.memberships.all()] == [puno_unit]
    report = ProgressReport.objects.filter(element__ref="S.1.1.1").first()
    assert report
    assert report.unit == puno_unit


def test_a_sample_is_small_and_always_the_same() -> None:
    document, photograph, plan = samples_of(Semester(2019, 1))
    samples_of.cache_clear()
    assert samples_of(Semester(2019, 1)) == (document, photograph, plan)
    assert "Avances simulados para demostración".encode("cp1252") in document.content
    assert Image.open(BytesIO(photograph.content)).size == (480, 320)
    assert all(len(each.content) < 20_000 for each in (document, photograph, plan))


def test_queries_grow_by_batches_of_500_and_not_by_rows(
    real_otuzco: Plan, real_puno: Plan, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(110):
        simulate(real_otuzco, at=AT)
    with django_assert_num_queries(114):
        simulate(real_puno, at=AT)
