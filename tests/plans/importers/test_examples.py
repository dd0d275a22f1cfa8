"""What `docs/importing.md` shows is read as it says."""

import json
import re
from pathlib import Path
from typing import Final

import pytest

from plans.importers.mending.flags import looked_over
from plans.importers.proposing import proposed
from plans.importers.sheet.reader import read
from plans.term import Term
from tests.plans.importers.summaries import read_plan

TEXT: Final = (Path(__file__).resolve().parents[3] / "docs" / "importing.md").read_text()
BLOCKS: Final = dict(re.findall(r"```(json)?\n(.*?)```", TEXT, re.DOTALL)[:2])
PROPOSED: Final = re.findall(
    r"\n\| ([^|]+) \| ((?:nada|[0-9S]).*?) \|", TEXT.split("se propone")[1]
)


def test_the_sheet_is_read_without_a_doubt() -> None:
    found = read(BLOCKS[""].encode(), "plan.csv")
    levels = [item.level for item in found.items]
    assert levels == ["dimension", "problem", "objective", "target", "target", *levels[:4]]
    looked = looked_over(found.items, found.about.years)
    assert not any(item.doubts for item in looked)


def test_the_summary_is_read() -> None:
    found = read_plan(json.loads(BLOCKS["json"]))
    assert found.about.place == "PUNO / PUNO / COATA"
    assert found.items[-1].statement == "Construir 12 aulas."


@pytest.mark.parametrize(("statement", "says"), PROPOSED)
def test_a_figure_is_proposed_or_asked_for(statement: str, says: str) -> None:
    terms, doubts = proposed(statement, "", Term(2027, 2030))
    if says.startswith("nada"):
        assert terms is None
        assert doubts
    else:
        assert terms is not None
        assert str(terms.goal) in says.replace(",", "").split(" (")[0]


def test_every_row_of_the_table_is_tried() -> None:
    assert len(PROPOSED) == 7
