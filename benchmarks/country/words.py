"""Made-up statements, in the words of the five real plans.

A word follows another as often as it does in those plans, level by level: a few words are
everywhere and most are rare, as in life. What comes out is hardly ever a sensible sentence.
"""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from random import Random
from typing import Final, Self

from plans.importers.plan_file.reader import read_plan_file

FOLDER: Final = Path(__file__).resolve().parents[2] / "fixtures" / "plans"
FEWEST: Final = 4
MOST: Final = 30
PLACES: Final = frozenset({"Huancané", "Lamas", "Otuzco", "Puno", "Tarata"})
PLACE: Final = "{place}"
"""Where a real plan names its municipality, a made-up one names its own."""


class Words:
    """What follows each word, as often as it does in the plans that were read."""

    def __init__(self, statements: Iterable[tuple[str, str]]) -> None:
        """STATEMENTS: the level and the text of each."""
        self._begin: dict[str, list[str]] = defaultdict(list)
        self._follow: dict[str, list[str]] = defaultdict(list)
        for level, text in statements:
            words = [PLACE if word in PLACES else word for word in text.split()]
            self._begin[level].append(words[0])
            for word, following in zip(words, [*words[1:], ""], strict=True):
                self._follow[word].append(following)

    @classmethod
    def of_real_plans(cls) -> Self:
        drafts = [read_plan_file(path) for path in sorted(FOLDER.glob("*.yaml"))]
        return cls((each.level, each.statement) for draft in drafts for each in draft.elements)

    def statement(self, random: Random, level: str, place: str) -> str:
        """Between FEWEST and MOST words of LEVEL about PLACE."""
        said = [random.choice(self._begin[level])]
        while len(said) < MOST:
            word = random.choice(self._follow[said[-1]])
            if not word and len(said) >= FEWEST:
                break
            said.append(word or random.choice(self._begin[level]))
        return " ".join(said).replace(PLACE, place)
