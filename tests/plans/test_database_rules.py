"""What the database itself refuses, whoever asks: each rule broken once, past Django's forms."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import Error, connection, transaction

from accounts.choices import Role
from accounts.models import Membership, Municipality, Unit, User
from plans.models import (
    CrossReference,
    MeasuringTerms,
    Plan,
    PlanElement,
    PlanVersion,
    Responsibility,
)
from tests.factories import shared_objective

pytestmark = pytest.mark.django_db

CHECK, UNIQUE, FOREIGN_KEY, INTEGRITY, RIGHTS = "23514", "23505", "23503", "23000", "42501"


@contextmanager
def refused(code: str, name: str = "") -> Iterator[None]:
    """The block, and what it leaves for the commit, fails with that SQLSTATE and constraint."""
    with pytest.raises(Error) as caught, transaction.atomic():  # noqa: PT012
        yield
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cause: Any = caught.value.__cause__
    assert cause.diag.sqlstate == code, cause
    assert (cause.diag.constraint_name or "") == name or not name


@pytest.fixture
def as_the_application(db: None) -> Iterator[None]:
    """With the rights of the role that serves the portal."""
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE vigia_app")
        yield
        cursor.execute("RESET ROLE")


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def change(element: PlanElement, **columns: Any) -> None:
    PlanElement.objects.filter(pk=element.pk).update(**columns)


def test_a_membership_with_a_unit_of_another_municipality(
    planner: User, lamas_unit: Unit, puno_plan: Plan
) -> None:
    with refused(FOREIGN_KEY, "membership_unit_of_its_municipality"):
        Membership.objects.create(
            user=planner,
            role=Role.REPORTER,
            municipality=puno_plan.municipality,
            unit=lamas_unit,
        )


def test_a_unit_that_moves_away_from_its_people(
    reporter: User, puno_unit: Unit, lamas_plan: Plan
) -> None:
    with refused(FOREIGN_KEY, "membership_unit_of_its_municipality"):
        Unit.objects.filter(pk=puno_unit.pk).update(municipality=lamas_plan.municipality)


@pytest.mark.parametrize(
    ("columns", "name"),
    [
        ({"role": "alcalde"}, "membership_role_known"),
        ({"role": "operador"}, "membership_belongs_to_a_municipality"),
        ({"municipality": None}, "membership_belongs_to_a_municipality"),
        ({"role": "responsable"}, "membership_reporter_has_a_unit"),
    ],
)
def test_a_role_that_does_not_fit(planner: User, columns: dict[str, Any], name: str) -> None:
    with refused(CHECK, name):
        planner.memberships.update(**columns)


def test_the_same_role_twice(planner: User, operator: User) -> None:
    for person in (planner, operator):
        held = person.memberships.get()
        held.pk = None
        with refused(UNIQUE, "membership_once"):
            held.save(force_insert=True)


def test_the_same_address_in_another_case(planner: User) -> None:
    with refused(UNIQUE, "user_email_once"):
        User.objects.create(email=planner.email.upper())


@pytest.mark.parametrize(
    ("columns", "code", "name"),
    [
        ({"level": "problem"}, CHECK, "element_hangs_from_a_fitting_level"),
        ({"parent_level": "dimension"}, FOREIGN_KEY, "element_follows_its_parent"),
        ({"parent_level": ""}, CHECK, "element_hangs_from_a_fitting_level"),
        ({"dimension": "economica"}, FOREIGN_KEY, "element_follows_its_parent"),
        ({"dimension": ""}, CHECK, "element_has_a_dimension"),
        ({"dimension": "cultural"}, CHECK, "element_has_a_dimension"),
        ({"depth": 3}, FOREIGN_KEY, "element_follows_its_parent"),
        ({"depth": 7}, CHECK, "element_not_too_deep"),
        ({"parent": None}, CHECK, "element_hangs_from_a_fitting_level"),
        ({"ref": "S.1"}, UNIQUE, "element_ref_once"),
        ({"ref": "../s"}, CHECK, "element_says_something"),
        ({"statement": ""}, CHECK, "element_says_something"),
        ({"activity_kind": "proyecto"}, CHECK, "element_activity_columns"),
        ({"cui": "2345678"}, CHECK, "element_activity_columns"),
        ({"field": "Salud"}, CHECK, "element_guideline_columns"),
        ({"indicator": "Tasa", "indicator_spans": [[2, 3]]}, CHECK, "element_target_columns"),
        ({"since_version": 3, "until_version": 2}, CHECK, "element_versions_in_order"),
    ],
)
def test_an_element_that_does_not_fit_its_place(
    puno_plan: Plan, columns: dict[str, Any], code: str, name: str
) -> None:
    problem = puno_plan.elements.get(ref="S.1")
    objective = PlanElement(plan=puno_plan, parent=problem, level="objective", ref="S.1.2")
    objective.statement, objective.spans = "Nada cuelga de mí", [[0, 1]]
    objective.save()
    with refused(code, name):
        change(objective, **columns)


@pytest.mark.parametrize(
    "columns", [{"indicator": "Tasa"}, {"indicator_spans": [[2, 3]]}], ids=("nowhere", "nothing")
)
def test_an_indicator_without_a_place_or_a_place_without_one(
    puno_plan: Plan, columns: dict[str, Any]
) -> None:
    with refused(CHECK, "element_indicator_stands_in_its_document"):
        change(puno_plan.elements.get(ref="S.1.1.2"), **columns)


def test_a_child_of_another_plan(puno_plan: Plan, lamas_plan: Plan) -> None:
    target = puno_plan.elements.get(ref="S.1.1.2")
    foreign = lamas_plan.elements.get(ref="S.1.1")
    with refused(FOREIGN_KEY, "element_follows_its_parent"):
        change(target, parent=foreign)
    with refused(FOREIGN_KEY, "element_follows_its_parent"):
        change(target, plan=lamas_plan, ref="S.9")


def test_a_parent_whose_level_changes_below_its_children(puno_plan: Plan) -> None:
    with refused(FOREIGN_KEY, "element_follows_its_parent"):
        change(puno_plan.elements.get(ref="S.1"), level="objective")


def test_a_cycle(puno_plan: Plan) -> None:
    activity = puno_plan.elements.get(ref="S.1.1.1")
    below = PlanElement(
        plan=puno_plan,
        parent=activity,
        level="activity",
        activity_kind="proyecto",
        ref="S.1.1.1.1",
        statement="x",
        spans=[[0, 1]],
    )
    below.save()
    with refused(FOREIGN_KEY, "element_follows_its_parent"):
        change(activity, parent=below, parent_level="activity")
    with refused(FOREIGN_KEY, "element_follows_its_parent"):
        change(activity, parent=activity, parent_level="activity")


def test_a_unit_of_another_municipality_does_not_answer(
    puno_plan: Plan, lamas_plan: Plan, lamas_unit: Unit
) -> None:
    target = puno_plan.elements.get(ref="S.1.1.2")
    with refused(FOREIGN_KEY, "responsibility_unit_of_municipality"):
        Responsibility(element=target, unit=lamas_unit).save()
    columns = {"element": target, "unit": lamas_unit, "municipality": lamas_plan.municipality}
    with refused(FOREIGN_KEY, "responsibility_plan_of_municipality"):
        Responsibility.objects.bulk_create([Responsibility(plan=puno_plan, **columns)])
    with refused(FOREIGN_KEY, "responsibility_element_of_plan"):
        Responsibility.objects.bulk_create([Responsibility(plan=lamas_plan, **columns)])


def test_a_standing_without_source_and_a_term_backwards(puno_plan: Plan) -> None:
    rows = Plan.objects.filter(pk=puno_plan.pk)
    with refused(CHECK, "plan_standing_names_its_source"):
        rows.update(standing="lista no elegida")
    with refused(CHECK, "plan_term_makes_sense"):
        rows.update(last_year=2018)


def test_a_baseline_without_source(puno_plan: Plan) -> None:
    target = puno_plan.elements.get(ref="S.1.1.2")
    with refused(CHECK, "terms_baseline_names_its_source"):
        MeasuringTerms.objects.create(
            element=target, version=2, in_force_from="2020-01-01", reason="x", baseline=1
        )


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"direction": "mantener", "bound": "muro"}, "terms_bound_and_nature_known"),
        ({"nature": "rara"}, "terms_bound_and_nature_known"),
        ({"direction": "aumentar", "bound": "techo"}, "terms_bound_only_of_what_is_kept"),
        ({"direction": "mantener", "bound": "valor"}, "terms_tolerance_of_a_value"),
        (
            {"direction": "mantener", "bound": "techo", "tolerance": 1},
            "terms_tolerance_of_a_value",
        ),
        (
            {"direction": "mantener", "bound": "valor", "tolerance": -1},
            "terms_tolerance_of_a_value",
        ),
    ],
)
def test_what_is_kept_says_how(puno_plan: Plan, fields: dict[str, Any], name: str) -> None:
    target = puno_plan.elements.get(ref="S.1.1.2")
    with refused(CHECK, name):
        MeasuringTerms.objects.create(
            element=target, version=2, in_force_from="2020-01-01", reason="x", **fields
        )


@pytest.mark.parametrize("model", [MeasuringTerms, PlanVersion])
def test_what_is_append_only_is_not_changed_even_by_the_owner(
    model: type[MeasuringTerms | PlanVersion], puno_plan: Plan
) -> None:
    column = "version" if model is MeasuringTerms else "number"
    with refused(INTEGRITY):
        model._base_manager.update(**{column: 9})
    with refused(INTEGRITY):
        model._base_manager.all()._raw_delete("default")
    assert model._base_manager.count() == 1


@pytest.mark.parametrize("table", ["plans_measuringterms", "plans_planversion"])
@pytest.mark.usefixtures("puno_plan", "as_the_application")
def test_the_application_has_no_right_to_change_what_is_append_only(table: str) -> None:
    for sql in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
        with refused(RIGHTS):
            run(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "TRUNCATE plans_planelement CASCADE",
        "TRUNCATE plans_measuringterms",
        "ALTER TABLE plans_measuringterms DISABLE TRIGGER append_only",
        "DROP TRIGGER append_only ON plans_planversion",
        "DROP TABLE plans_responsibility",
        "CREATE TABLE strange (id int)",
        "CREATE OR REPLACE FUNCTION vigia_append_only() RETURNS trigger LANGUAGE plpgsql"
        " AS 'BEGIN RETURN NEW; END'",
        "SET session_replication_role = replica",
        "DELETE FROM django_migrations",
    ],
)
@pytest.mark.usefixtures("as_the_application")
def test_the_application_changes_no_schema(sql: str) -> None:
    with refused(RIGHTS):
        run(sql)


@pytest.mark.usefixtures("puno_plan", "as_the_application")
def test_the_application_reads_and_adds() -> None:
    target = PlanElement.objects.get(ref="S.1.1.2")
    MeasuringTerms.objects.create(element=target, version=2, in_force_from="2020-01-01", reason="x")
    assert target.terms.count() == 2


@pytest.mark.parametrize(
    ("ref", "parent", "code", "name"),
    [
        ("S.1.1", "S.1.1.1", CHECK, "cross_reference_from_a_fitting_level"),
        ("S.1.1", "S.1.1", CHECK, "cross_reference_to_another"),
        ("S.1.1", "S.1", CHECK, "cross_reference_out_of_its_line"),
        ("S.1.1", "S", CHECK, "cross_reference_out_of_its_line"),
    ],
)
def test_a_second_place_that_cannot_be(
    puno_plan: Plan, ref: str, parent: str, code: str, name: str
) -> None:
    element, upper = (puno_plan.elements.get(ref=each) for each in (ref, parent))
    with refused(code, name):
        CrossReference(element=element, parent=upper).save()


@pytest.fixture
def second(puno: Municipality) -> CrossReference:
    """The objective stands under another problem, too."""
    return CrossReference.objects.get(plan=shared_objective(puno))


def test_a_second_place_twice(second: CrossReference) -> None:
    with refused(UNIQUE, "cross_reference_once"):
        CrossReference(element=second.element, parent=second.parent).save()


def test_a_second_place_in_another_plan(second: CrossReference, lamas_plan: Plan) -> None:
    problem = lamas_plan.elements.get(ref="S.1")
    with refused(FOREIGN_KEY, "cross_reference_to_its_parent"):
        CrossReference.objects.update(parent=problem)


def test_a_second_place_that_tells_another_level(second: CrossReference) -> None:
    with refused(FOREIGN_KEY, "cross_reference_to_its_parent"):
        CrossReference.objects.update(parent_level="dimension")
    with refused(FOREIGN_KEY, "cross_reference_of_its_element"):
        CrossReference.objects.update(level="target")


@pytest.mark.parametrize("end", ["element", "parent"])
def test_a_second_place_of_what_was_withdrawn(second: CrossReference, end: str) -> None:
    with refused(CHECK, "cross_reference_of_what_stands"):
        change(getattr(second, end), until_version=1)


def test_a_second_place_from_which_it_hangs_by_now(second: CrossReference) -> None:
    with refused(CHECK, "cross_reference_out_of_its_line"):
        change(second.element, parent=second.parent)
