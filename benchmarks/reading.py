"""How well a plan is understood from its own document, beside what a person made of it by hand."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from plans.choices import Level
from plans.importers.document.reader import read
from plans.importers.draft import PlanDraft
from plans.importers.outline import Outline
from plans.importers.plan_file.reader import read_plan_file
from plans.source_text import bare

FOLDER: Final = Path(__file__).resolve().parent.parent / "fixtures" / "plans"
LEAST: Final = 0.95
LINE: Final = "{:<12}{:<22}{:>8}{:>8}{:>11}{:>10}{:>13}{:>9}"

Statement = tuple[str, str]  # its level, its words
Tree = Mapping[int, tuple[Statement, Statement | None]]


@dataclass(frozen=True)
class Agreement:
    """Of one level: the statements by hand, those read, and how many are the same in both.

    ``elsewhere`` were read in the same words at another level; ``below`` hang from the same parent.
    """

    by_hand: int
    read: int
    same: int
    elsewhere: int
    below: int

    @property
    def precision(self) -> float:
        return self.same / self.read if self.read else float(not self.by_hand)

    @property
    def recall(self) -> float:
        return self.same / self.by_hand if self.by_hand else float(not self.read)

    @property
    def is_enough(self) -> bool:
        return min(self.precision, self.recall) >= LEAST


def agreement(outline: Outline, draft: PlanDraft) -> dict[str, Agreement]:
    """Of each level that either has, how far OUTLINE is the DRAFT that a person made."""
    understood, by_hand = _of_outline(outline), _of_draft(draft)
    found = {}
    for level in Level.values:
        wanted = _at(by_hand, level)
        read = _at(understood, level)
        if not (wanted or read):
            continue
        missing = {words for _, words in wanted - read}
        others = {words for (other, words), _ in understood.values() if other != level}
        found[level] = Agreement(
            by_hand=wanted.total(),
            read=read.total(),
            same=(wanted & read).total(),
            elsewhere=len(missing & others),
            below=(_with_parents(by_hand, level) & _with_parents(understood, level)).total(),
        )
    return found


def exceeded() -> list[str]:
    """Print precision and recall of each level of the five plans; what is below the goal."""
    print(f"\nPlanes entendidos de su documento (precisión y exhaustividad, cada una ≥ {LEAST}):")
    heads = ("plan", "nivel", "a mano", "leídos", "precisión", "exhaust.", "otro nivel", "padre")
    print(LINE.format(*heads))
    short = []
    for file in sorted(FOLDER.glob("*.yaml")):
        document = file.with_suffix(".txt")
        outline = read(document.read_bytes(), document.name)
        for level, found in agreement(outline, read_plan_file(file)).items():
            figures = (f"{found.precision:.3f}", f"{found.recall:.3f}", found.elsewhere)
            below = f"{found.below / found.same:.3f}" if found.same else "—"
            name = file.name.partition("-")[0]
            label = str(Level(level).label)
            print(LINE.format(name, label, found.by_hand, found.read, *figures, below))
            if not found.is_enough:
                short.append(f"{label} de {name}")
    return short


def _of_outline(outline: Outline) -> Tree:
    own = {item.key: (item.level, bare(item.statement)) for item in outline.items}
    return {
        item.key: (own[item.key], own[item.parent] if item.parent is not None else None)
        for item in outline.items
    }


def _of_draft(draft: PlanDraft) -> Tree:
    own = {each.ref: (each.level, bare(each.statement)) for each in draft.elements}
    return {
        key: (own[each.ref], own.get(each.parent_ref)) for key, each in enumerate(draft.elements)
    }


def _at(tree: Tree, level: str) -> Counter[Statement]:
    return Counter(own for own, _ in tree.values() if own[0] == level)


def _with_parents(tree: Tree, level: str) -> Counter[tuple[Statement, Statement | None]]:
    return Counter(both for both in tree.values() if both[0][0] == level)
