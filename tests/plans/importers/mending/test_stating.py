"""What is said of a target is what its text prints, also once its text is another."""

from dataclasses import replace
from decimal import Decimal

import pytest

from plans.choices import Level
from plans.importers.draft import TermsDraft
from plans.importers.mending import steps
from plans.importers.mending.arranging import MendRefused, changed
from plans.importers.mending.kept import KeptOutline, begun
from plans.importers.mending.quoting import word_starts
from plans.importers.mending.stating import set_indicator, set_terms
from plans.importers.outline import DoubtKind, Item
from plans.source_text import SourceText
from tests.plans.importers.mended import doubt
from tests.plans.importers.outlines import ROWS, outline_of

YEARLY = "Construir 40 aulas: 10 en 2027 y 30 en 2029"
KEPT = begun(
    outline_of([
        (None, Level.GUIDELINE, "Aulas (nuevas"), *ROWS, (3, Level.TARGET, YEARLY),
        (None, Level.GUIDELINE, "Aulas construidas"), (None, Level.GUIDELINE, "Otra"),
    ])
)  # fmt: skip
SOURCE = SourceText(KEPT.outline.source.text)
TARGET, GOAL = 6, Decimal(40)
YEARS = {"2027-II": Decimal(10), "2029-II": Decimal(30)}


def one(kept: KeptOutline) -> Item:
    return next(item for item in kept.items if item.key == TARGET)


@pytest.fixture
def free() -> KeptOutline:
    """Two lines that say "Aulas", before the target and after it, are nobody's."""
    return KEPT.with_items(tuple(item for item in KEPT.items if item.key not in {0, 7}))


@pytest.mark.parametrize(
    "stated", [{"baseline": Decimal(5)}, {"milestones": {"2028-II": Decimal(20)}}]
)
def test_every_figure_is_printed(stated: dict[str, Decimal]) -> None:
    with pytest.raises(MendRefused, match="no está en el texto"):
        set_terms(KEPT, TARGET, TermsDraft(goal=GOAL, **stated))  # type: ignore[arg-type]


def test_figures_of_years_go_with_the_words_that_print_them() -> None:
    kept = set_terms(KEPT, TARGET, TermsDraft(goal=GOAL, milestones=YEARS))
    at = next(start for start, word in word_starts(one(kept), SOURCE) if word == "30")
    first = one(steps.split(kept, TARGET, at, SOURCE))
    assert first.terms == TermsDraft(goal=GOAL, milestones={"2027-II": Decimal(10)})


def test_an_indicator_is_looked_for_from_the_target_on(free: KeptOutline) -> None:
    kept = set_indicator(free, TARGET, "Aulas", SOURCE)
    assert one(kept).indicator_spans[0][0] > one(kept).spans[0][0]
    kept = set_indicator(kept, TARGET, "Aulas (nuevas", SOURCE)
    assert one(kept).indicator_spans[0][0] == 0
    with pytest.raises(MendRefused):
        set_indicator(free, TARGET, "Aulas (nuevas", SOURCE, line=2)


def test_what_was_open_is_settled_with_the_indicator_that_left_it_open(free: KeptOutline) -> None:
    kept = set_indicator(free, TARGET, "Aulas (nuevas", SOURCE)
    item = replace(one(kept), doubts=(doubt(DoubtKind.OPEN),))
    kept = set_indicator(kept.with_items(changed(kept.items, item)), TARGET, "", SOURCE)
    assert one(kept).doubts == ()


def test_a_text_that_is_no_target_any_more_can_lose_its_indicator(free: KeptOutline) -> None:
    kept = set_indicator(free, TARGET, "Aulas", SOURCE)
    kept = steps.relevel(kept, TARGET, Level.OBJECTIVE)
    assert one(set_indicator(kept, TARGET, "", SOURCE)).indicator == ""
