"""The five plans are whole: what they hold was counted by hand in their documents."""

from collections import Counter
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command

from plans.choices import ActivityKind, Dimension, Level
from plans.importers.draft import ElementDraft
from tests.real_plans import PLACES, publish_all, real_draft

COUNTS = {
    "puno": {
        Level.DIMENSION: 4,
        Level.PROBLEM: 16,
        Level.OBJECTIVE: 16,
        Level.ACTIVITY: 48,
        Level.TARGET: 16,
        Level.GUIDELINE: 19,
    },
    "tarata": {
        Level.DIMENSION: 4,
        Level.PROBLEM: 17,
        Level.OBJECTIVE: 19,
        Level.TARGET: 19,
        Level.GUIDELINE: 33,
    },
    "otuzco": {
        Level.DIMENSION: 4,
        Level.PROBLEM: 7,
        Level.OBJECTIVE: 11,
        Level.TARGET: 9,
        Level.GUIDELINE: 1,
    },
    "huancane": {
        Level.DIMENSION: 4,
        Level.OBJECTIVE: 23,
        Level.ACTIVITY: 6,
        Level.GUIDELINE: 6,
    },
    "lamas": {
        Level.DIMENSION: 4,
        Level.OBJECTIVE: 16,
        Level.ACTIVITY: 113,
        Level.TARGET: 42,
        Level.GUIDELINE: 2,
    },
}


def element(slug: str, ref: str) -> ElementDraft:
    return next(each for each in real_draft(slug).elements if each.ref == ref)


def children(slug: str, ref: str) -> list[ElementDraft]:
    return [each for each in real_draft(slug).elements if each.parent_ref == ref]


@pytest.mark.parametrize("slug", PLACES)
def test_a_plan_has_every_element_of_its_document(slug: str) -> None:
    assert Counter(each.level for each in real_draft(slug).elements) == COUNTS[slug]


@pytest.mark.parametrize("slug", PLACES)
def test_a_plan_has_the_four_dimensions_in_the_documents_order(slug: str) -> None:
    dimensions = [
        each.dimension for each in real_draft(slug).elements if each.level == Level.DIMENSION
    ]
    assert dimensions == list(Dimension.values)


@pytest.mark.parametrize("slug", PLACES)
def test_nobody_has_confirmed_who_was_elected(slug: str) -> None:
    draft = real_draft(slug)
    assert (draft.standing, draft.standing_source) == ("sin confirmar", "")


def test_nineteen_of_the_44_targets_of_three_plans_have_a_figure_and_none_a_baseline() -> None:
    targets = [
        each
        for slug in ("puno", "tarata", "otuzco")
        for each in real_draft(slug).elements
        if each.level == Level.TARGET
    ]
    figures = [each for each in targets if each.terms and each.terms.goal is not None]
    assert (len(targets), len(figures)) == (44, 19)


def test_a_row_of_puno_is_problem_objective_programme_with_project_and_activity_and_target() -> (
    None
):
    assert element("puno", "S.1").statement == "Déficit de servicios básicos de agua y desagüe."
    assert element("puno", "S.1.1").statement == "Vida digna y saludable."
    programme, target = children("puno", "S.1.1")
    assert (programme.activity_kind, programme.printed_code) == (ActivityKind.PROGRAMME, "1.0")
    assert programme.statement == "Programa vivienda digna para todos"
    assert target.level == Level.TARGET
    assert target.statement == (
        "Incrementar la cobertura de viviendas con servicios básicos al 100%."
    )
    project, activity = children("puno", programme.ref)
    assert (project.activity_kind, project.printed_code) == (ActivityKind.PROJECT, "1.1")
    assert project.statement.startswith("Construcción de infraestructuras básicas")
    assert (activity.activity_kind, activity.printed_code) == (ActivityKind.ACTIVITY, "1.2")


def test_reducing_to_100_percent_is_left_undefined() -> None:
    target = next(
        each
        for each in real_draft("puno").elements
        if each.statement == "Reducir los niveles de incidencia delictiva al 100%."
    )
    assert target.terms
    assert (target.terms.kind, target.terms.direction, target.terms.goal) == ("", "", Decimal(100))
    assert target.note


def test_a_row_of_tarata_split_by_a_page_is_one() -> None:
    problem = next(
        each for each in real_draft("tarata").elements if "recurso hídrico" in each.statement
    )
    assert problem.statement == (
        "Oferta de recurso hídrico para consumo humano es insuficiente y de baja calidad"
    )
    assert len(problem.spans) == 2
    assert len(children("tarata", problem.ref)) == 2


def test_the_cell_on_pets_is_one_objective() -> None:
    found = [
        each for each in real_draft("tarata").elements if "Adopta, no compres" in each.statement
    ]
    assert [each.level for each in found] == [Level.OBJECTIVE]
    assert found[0].statement.startswith("Creación de albergue temporal para mascotas")
    assert "Campañas de esterilización" in found[0].statement


def test_numbers_that_tarata_skips_are_not_filled_in() -> None:
    codes = [each.printed_code for each in children("tarata", "S")]
    assert codes == ["1.", "3.", "4.", "5.", "6.", "7."]


def test_otuzcos_lists_hang_unpaired_from_the_dimension() -> None:
    levels = Counter(each.level for each in children("otuzco", "S"))
    assert levels == {Level.PROBLEM: 1, Level.OBJECTIVE: 4, Level.TARGET: 3}


def test_huancanes_subprojects_after_the_page_break_belong_to_the_first_economic_proposal() -> None:
    first = children("huancane", "E")[0]
    below = children("huancane", first.ref)
    assert len(below) == 6
    assert below[-1].statement == "Proyecto de implementación de truchicultura."


def test_a_politica_of_lamas_keeps_its_code_apart() -> None:
    policy = element("lamas", "S.1")
    assert policy.printed_code == "POLITICA A.1:"
    assert policy.statement.startswith("MEJORAR LA CALIDAD DE LA EDUCACIÓN")
    assert Counter(each.level for each in children("lamas", "S.1")) == {
        Level.TARGET: 4,
        Level.ACTIVITY: 12,
    }


def test_follow_up_is_a_field_of_guidelines() -> None:
    field = "Seguimiento y rendición de cuentas"
    slugs = [slug for slug in PLACES if any(e.field == field for e in real_draft(slug).elements)]
    assert slugs == ["huancane", "lamas", "otuzco", "puno"]


def test_every_statement_stands_in_its_document(db: None) -> None:
    publish_all()
    out = StringIO()
    call_command("verify_plans", stdout=out)
    assert sorted(line.rpartition(": ")[2] for line in out.getvalue().splitlines()) == [
        "119 textos comprobados",
        "177 textos comprobados",
        "32 textos comprobados",
        "39 textos comprobados",
        "92 textos comprobados",
    ]
