"""What a target of a draft is measured by: several figures, its years, its indicator."""

import pytest
from django.test import Client

from accounts.models import Municipality, User
from plans.importers.mending.quoting import word_starts
from plans.importers.outline import DoubtKind
from plans.models import PlanElement, PlanImport
from plans.source_text import SourceText
from tests.plans.importers.mended import LINES, SPARE, outline_of
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


def test_a_figure_of_each_year_is_said_and_taken_back(mine: Client, draft: PlanImport) -> None:
    years = {
        "milestone_2027": "3",
        "milestone_2028": "",
        "milestone_2029": "",
        "milestone_2030": "12",
    }
    mend(mine, draft, TWO, "cifra", goal="12", unit_of_measure="", **years)
    assert items(draft)[TWO].terms.milestones == {"2027-II": 3, "2030-II": 12}
    page = mine.get(at(draft, "import_item", TWO)).content.decode()
    assert 'name="milestone_2027" value="3"' in page
    mend(mine, draft, TWO, "cifra", goal="12", unit_of_measure="")
    assert items(draft)[TWO].terms.milestones == {"2027-II": 3, "2030-II": 12}
    mend(mine, draft, TWO, "cifra", goal="12", unit_of_measure="", **dict.fromkeys(years, ""))
    assert items(draft)[TWO].terms.milestones == {}
    mine.post(at(draft, "import_undo"), {"paso": draft.revision})
    assert items(draft)[TWO].terms.milestones == {"2027-II": 3, "2030-II": 12}


def test_the_same_figure_each_year_is_said_once(mine: Client, draft: PlanImport) -> None:
    mend(mine, draft, TWO, "cifra", goal="12", unit_of_measure="", is_each_year="on")
    assert items(draft)[TWO].terms.milestones == {f"{year}-II": 12 for year in range(2027, 2031)}


def test_an_indicator_is_said_in_the_words_of_the_document(mine: Client, draft: PlanImport) -> None:
    mend(mine, draft, TWO, "indicador", words=SPARE)
    said = items(draft)[TWO]
    assert (said.indicator, SourceText(draft.text).quoted(said.indicator_spans)) == (SPARE, SPARE)
    page = mine.get(at(draft, "import_item", TWO)).content.decode()
    assert f"<mark>{SPARE}</mark>" in page
    mend(mine, draft, TWO, "indicador", words="")
    assert items(draft)[TWO].indicator == ""


@pytest.mark.parametrize(
    ("key", "words", "reason"),
    [(TWO, "Que no está", "No está, palabra por palabra"), (TWO, LINES[3][-1], "ya son de"),
     (OBJECTIVE, SPARE, "Solo una meta")],
)  # fmt: skip
def test_an_indicator_that_cannot_be_is_refused_and_stays_typed(
    mine: Client, draft: PlanImport, key: int, words: str, reason: str
) -> None:
    answer = mend(mine, draft, key, "indicador", words=words)
    assert answer.status_code == 422
    (told,) = answer.context["form"].errors["__all__"]
    assert reason in told
    assert answer.context["look"].indicator["words"].value() == words


def test_what_is_said_of_a_target_is_published_with_it(mine: Client, draft: PlanImport) -> None:
    mend(mine, draft, TWO, "indicador", words=SPARE)
    draft.refresh_from_db()
    mend(mine, draft, TWO, "cifra", goal="12", unit_of_measure="", milestone_2028="3")
    draft.refresh_from_db()
    mine.post(at(draft, "import_publish"), {"revision": draft.revision, "version": 0})
    target = PlanElement.objects.get(statement=LINES[4][-1])
    assert (target.indicator, target.terms.get().milestones) == (SPARE, {"2028-II": "3"})
