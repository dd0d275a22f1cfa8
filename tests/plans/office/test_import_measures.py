"""What a target of a draft is measured by: several figures, its years, its indicator."""

import pytest
from django.test import Client

from accounts.models import Municipality, User
from plans.importers.outline import DoubtKind
from plans.importers.quoting import word_starts
from plans.models import PlanElement, PlanImport
from plans.source_text import SourceText
from tests.plans.importers.mended import outline_of
from tests.plans.office.drafts import OBJECTIVE, TWO, at, items, mend
from tests.plans.sent import send

pytestmark = pytest.mark.django_db
FIRST, SECOND = 7, 8
MEASURES = ("Construir 3 postas", "equipar 12 botiquines")


@pytest.fixture
def doubted(puno: Municipality, planner: User) -> PlanImport:
    """A draft that asks whether a target with two figures is two."""
    return send(puno, planner, outline=outline_of(doubts={4: DoubtKind.FIGURES}))


def divide(client: Client, draft: PlanImport, **given: str) -> None:
    looked = client.get(at(draft)).context["looked"][0]
    mend(client, draft, TWO, "dividir", at=looked.division.at, **given)


def test_two_figures_become_two_measures_at_a_touch(mine: Client, doubted: PlanImport) -> None:
    page = mine.get(at(doubted)).content.decode()
    assert all(f"«{measure}»" in page for measure in MEASURES)
    divide(mine, doubted, desde="lista")
    kept = items(doubted)
    assert [kept[key].statement for key in (FIRST, SECOND)] == [*MEASURES]
    assert [kept[key].terms and kept[key].terms.goal for key in (FIRST, SECOND)] == [3, 12]
    assert {kept[key].parent for key in (FIRST, SECOND)} == {TWO}
    assert (kept[TWO].doubts, doubted.faults) == ((), [])
    mine.post(at(doubted, "import_undo"), {"paso": doubted.revision})
    assert list(items(doubted)) == [1, 2, 3, 4, TWO, 6]


def test_where_the_words_do_not_tell_a_person_touches_the_word(
    mine: Client, doubted: PlanImport
) -> None:
    starts = word_starts(items(doubted)[TWO], SourceText(doubted.text))
    mend(mine, doubted, TWO, "dividir", at=next(n for n, word in starts if word == "postas"))
    assert items(doubted)[FIRST].statement == "Construir 3"


def test_a_divided_target_shows_its_measures_and_asks_for_no_figure(
    mine: Client, doubted: PlanImport
) -> None:
    divide(mine, doubted)
    page = mine.get(at(doubted, "import_item", TWO)).content.decode()
    assert at(doubted, "import_item", FIRST) in page
    assert 'name="goal"' not in page
    answer = mend(mine, doubted, TWO, "cifra", goal="3", unit_of_measure="postas")
    assert (answer.status_code, "está dividida" in answer.content.decode()) == (422, True)


def test_the_last_two_measures_joined_lead_back_to_the_draft(
    mine: Client, doubted: PlanImport
) -> None:
    divide(mine, doubted)
    doubted.refresh_from_db()
    answer = mend(mine, doubted, FIRST, "unir", following=SECOND)
    assert answer["Location"] == at(doubted)
    assert list(items(doubted)) == [1, 2, 3, 4, TWO, 6]


@pytest.mark.parametrize("key", [OBJECTIVE, 4])
def test_what_cannot_be_divided_is_said(mine: Client, draft: PlanImport, key: int) -> None:
    assert mend(mine, draft, key, "dividir", at="1").status_code == 422
    assert items(draft)[key].terms is None


def test_each_measure_is_reported_and_the_target_is_not(mine: Client, doubted: PlanImport) -> None:
    divide(mine, doubted)
    doubted.refresh_from_db()
    mine.post(at(doubted, "import_publish"), {"revision": doubted.revision, "version": 0})
    targets = PlanElement.objects.reportable().filter(level="target").in_document_order()
    assert [each.statement for each in targets[1:]] == [*MEASURES]
