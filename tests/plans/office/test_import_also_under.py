"""What a draft has twice is made one that stands in two places; and a place is said by hand."""

from dataclasses import replace

import pytest
from django.test import Client

from accounts.models import Municipality, User
from plans.choices import Level
from plans.importers.differences import Differences
from plans.importers.mending.flags import looked_over
from plans.models import CrossReference, PlanElement, PlanImport
from tests.plans.importers.outlines import outline_of
from tests.plans.office.drafts import at, items, mend
from tests.plans.sent import send

pytestmark = pytest.mark.django_db

ROWS = (
    (None, Level.DIMENSION, "Dimensión social"),
    (0, Level.PROBLEM, "Faltan aulas."),
    (1, Level.OBJECTIVE, "Construir aulas con agua."),
    (0, Level.PROBLEM, "Falta agua."),
    (3, Level.OBJECTIVE, "Construir aulas con agua."),
)
FIRST, OBJECTIVE, SECOND, COPY = 1, 2, 3, 4
MERGING = "Es uno solo: está en los dos lugares"


@pytest.fixture
def twice(puno: Municipality, planner: User) -> PlanImport:
    """A draft in which an objective is given under two problems."""
    outline = outline_of(ROWS)
    return send(puno, planner, outline=replace(outline, items=looked_over(outline.items)))


def published(client: Client, draft: PlanImport, version: int = 0) -> set[tuple[str, str]]:
    draft.refresh_from_db()
    client.post(at(draft, "import_publish"), {"revision": draft.revision, "version": version})
    return set(CrossReference.objects.values_list("element__ref", "parent__ref"))


def test_one_touch_makes_it_one_and_another_takes_that_back(
    mine: Client, twice: PlanImport
) -> None:
    page = mine.get(at(twice)).content.decode()
    assert MERGING in page
    assert "El otro, igual, cuelga de: Problema · Faltan aulas." in page
    answer = mend(mine, twice, COPY, "uno-solo", twin=OBJECTIVE, desde="lista")
    assert answer["Location"].startswith(at(twice))
    kept = items(twice)
    assert (list(kept), kept[OBJECTIVE].also_under) == ([0, FIRST, OBJECTIVE, SECOND], (SECOND,))
    assert "Está también en:" in mine.get(at(twice, "import_item", OBJECTIVE)).content.decode()
    assert "Está también en: Falta agua." in mine.get(at(twice)).content.decode()
    mine.post(at(twice, "import_undo"), {"paso": twice.revision})
    assert list(items(twice)) == [0, FIRST, OBJECTIVE, SECOND, COPY]


def test_it_is_published_once_under_both(mine: Client, twice: PlanImport) -> None:
    mend(mine, twice, COPY, "uno-solo", twin=OBJECTIVE)
    assert published(mine, twice) == {("S.1.1", "S.2")}
    assert PlanElement.objects.filter(level=Level.OBJECTIVE).count() == 1


def test_another_twin_than_the_one_that_was_shown_is_refused(
    mine: Client, twice: PlanImport
) -> None:
    assert mend(mine, twice, COPY, "uno-solo", twin=FIRST).status_code == 422
    assert mend(mine, twice, OBJECTIVE, "uno-solo", twin=COPY).status_code == 422
    assert len(items(twice)) == len(ROWS)


def test_a_place_is_said_and_taken_back_by_hand(mine: Client, twice: PlanImport) -> None:
    mend(mine, twice, COPY, "descartar", reason="sobra")
    twice.refresh_from_db()
    mend(mine, twice, OBJECTIVE, "tambien", parent=SECOND)
    assert items(twice)[OBJECTIVE].also_under == (SECOND,)
    page = mine.get(at(twice, "import_item", OBJECTIVE)).content.decode()
    assert "Ya no está ahí" in page
    mend(mine, twice, OBJECTIVE, "no-tambien", parent=SECOND)
    assert items(twice)[OBJECTIVE].also_under == ()


@pytest.mark.parametrize("parent", [FIRST, OBJECTIVE, 99, "x", ""])
def test_what_is_not_offered_is_refused(mine: Client, twice: PlanImport, parent: int | str) -> None:
    assert mend(mine, twice, OBJECTIVE, "tambien", parent=parent).status_code == 422
    assert items(twice)[OBJECTIVE].also_under is None


def test_the_next_document_keeps_it_and_the_draft_may_end_it(
    mine: Client, twice: PlanImport, puno: Municipality, planner: User
) -> None:
    mend(mine, twice, COPY, "uno-solo", twin=OBJECTIVE)
    published(mine, twice)
    again = send(puno, planner, outline=outline_of(ROWS[:COPY]), content=b"otro")
    told = mine.get(at(again, "import_differences")).context["told"]
    assert told == Differences(same=told.same)
    mend(mine, again, OBJECTIVE, "no-tambien", parent=SECOND)
    page = mine.get(at(again, "import_differences")).content.decode()
    assert "También en otro lugar" in page
    assert published(mine, again, version=1) == set()
