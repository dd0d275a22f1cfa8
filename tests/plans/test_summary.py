"""What a plan declares and what it leaves out."""

import pytest

from plans.models import Plan
from plans.summary import level_counts, noun, undeclared
from plans.tree import current_tree
from tests.real_plans import publish_real_plan

UNDECLARED = {
    "puno": ["Ninguna meta declara su línea de base: desde dónde se mide."],
    "tarata": [
        "No detalla actividades para sus objetivos.",
        "De sus 19 metas, 3 tienen una cifra recogida.",
        "De ninguna meta se recogió la línea de base: desde dónde se mide.",
    ],
    "otuzco": [
        "No detalla actividades para sus objetivos.",
        "No dice qué objetivo responde a qué problema: los enumera por separado.",
        "Ninguna de sus 9 metas tiene una cifra recogida.",
    ],
    "huancane": ["No enlaza sus objetivos con problemas.", "No fija metas para sus objetivos."],
    "lamas": [
        "No enlaza sus objetivos con problemas.",
        "Ninguna de sus 42 metas tiene una cifra recogida.",
    ],
}


@pytest.mark.parametrize("slug", UNDECLARED)
def test_what_a_plan_leaves_out_is_said_plainly(db: None, slug: str) -> None:
    plan = publish_real_plan(slug)
    assert undeclared(plan, current_tree(plan)) == UNDECLARED[slug]


def test_the_only_target_is_spoken_of_in_the_singular(puno_plan: Plan) -> None:
    assert undeclared(puno_plan, current_tree(puno_plan)) == [
        "Su única meta está sin cifra recogida."
    ]


def test_counts_come_with_the_plans_own_words(db: None) -> None:
    plan = publish_real_plan("lamas")
    rows = [(str(c.level), c.count, c.own_word) for c in level_counts(plan, current_tree(plan))]
    assert rows == [
        ("dimension", 4, "Eje"),
        ("problem", 0, ""),
        ("objective", 16, "Política"),
        ("activity", 113, "Acción"),
        ("target", 42, "Objetivo"),
        ("guideline", 2, ""),
    ]


def test_a_noun_agrees_with_its_number() -> None:
    assert (noun("target", 1), noun("target", 2), noun("target", 0)) == ("meta", "metas", "metas")
