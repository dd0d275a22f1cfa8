"""Of a file of many plans an officer gets their municipality's, and a word about the others."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from accounts.models import Municipality
from plans.importers.faults import FileRefused, refusal_of
from plans.importers.outline import About, Outline
from plans.models import PlanImport
from plans.services.own_plan import SeveralPlans, own_plan
from tests.factories import make_municipality
from tests.plans.importers.mended import outline_of
from tests.plans.sent import TERM

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def coata(puno: Municipality) -> Municipality:
    """A district of the same province."""
    return make_municipality("Coata", "210105", province="Puno", region="Puno", kind="distrital")


def of(place: str = "", organization: str = "", *, format: str = "jne", **about: Any) -> Outline:
    made = outline_of()
    said = About(place=place, organization=organization, **about)
    return replace(made, source=replace(made.source, format=format), about=said)


def own(place: Municipality, *plans: Outline | FileRefused, organization: str = "") -> Outline:
    draft = PlanImport(
        municipality=place,
        first_year=TERM.first_year,
        last_year=TERM.last_year,
        organization=organization,
        file_name="planes.json",
    )
    return own_plan(plans, draft)


def reasons(plan: Outline) -> list[str]:
    return [doubt.reason for doubt in plan.doubts]


def test_other_municipalities_plans_are_left_and_named(puno: Municipality) -> None:
    others = (of("PUNO / PUNO / COATA", "A"), of("PUNO / PUNO / COATA", "C"))
    found = own(puno, *others, of("PUNO / PUNO", "B"))
    assert found.about.organization == "B"
    assert reasons(found) == [
        "El archivo trae también planes de otras municipalidades: PUNO / PUNO / COATA. "
        "De ellos no se guardó nada."
    ]


def test_what_could_not_be_read_of_others_does_not_stop_it(puno: Municipality) -> None:
    found = own(puno, refusal_of("plan", "está cortado."), of("PUNO / PUNO"))
    assert reasons(found) == ["Un plan del archivo no se pudo leer (plan: está cortado.)."]


@pytest.mark.parametrize(
    "plans",
    [
        [of("PUNO / PUNO / COATA")],
        [of(inei="210105"), of("PUNO / PUNO / COATA", "B")],
        [of(inei="210105", format="sheet")],
    ],
)
def test_a_file_of_other_places_is_refused(puno: Municipality, plans: Sequence[Outline]) -> None:
    with pytest.raises(FileRefused, match="no trae el plan de"):
        own(puno, *plans)


def test_what_a_document_names_is_asked_and_forbids_nothing(puno: Municipality) -> None:
    found = own(puno, of("Coata", format="document", term="2019-2022"))
    assert reasons(found) == [
        f"El archivo nombra «Coata», y usted lo envió para la {puno.full_name}.",
        "El archivo nombra el periodo 2019–2022, y usted eligió 2027–2030.",
    ]


def test_a_place_that_nobody_knows_is_asked(puno: Municipality) -> None:
    assert reasons(own(puno, of("PUNNO"))) == [
        f"El archivo nombra «PUNNO», y usted lo envió para la {puno.full_name}."
    ]


LISTS = (of("PUNO / PUNO", "LISTA A"), of("PUNO / PUNO", "LISTA B", provenance="JNE"))


def test_of_several_lists_it_takes_the_one_that_was_named(puno: Municipality) -> None:
    found = own(puno, *LISTS, organization="Lista b")
    assert found.about.organization == "LISTA B"
    assert reasons(found) == [
        "El archivo trae también planes de otras listas de aquí: LISTA A. "
        "De ellos no se guardó nada."
    ]


def test_of_several_lists_none_of_which_was_named_it_asks(puno: Municipality) -> None:
    with pytest.raises(SeveralPlans, match="los planes de 2 listas") as asked:
        own(puno, *LISTS)
    assert asked.value.lists == ["LISTA A", "LISTA B"]


def test_of_several_terms_it_takes_the_one_that_was_chosen(puno: Municipality) -> None:
    found = own(
        puno, of("PUNO / PUNO", "A", term="2023-2026"), of("PUNO / PUNO", "B", term="2027-2030")
    )
    assert found.about.organization == "B"


def test_several_that_do_not_say_whose_they_are_are_refused(puno: Municipality) -> None:
    with pytest.raises(FileRefused, match="no dice de qué organización es cada uno") as refused:
        own(puno, of("PUNO / PUNO"), of("PUNO / PUNO"))
    assert not isinstance(refused.value, SeveralPlans)
