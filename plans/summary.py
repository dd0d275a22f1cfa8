"""What a plan declares, counted, and what it leaves out, said plainly."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from plans.choices import Level
from plans.models import MeasuringTerms, Plan, PlanElement
from plans.printed_claims import declares_no_baseline, gives_no_figure
from plans.tree import Branch

# What a plan without a level does not do. A plan may speak of problems in its diagnosis, so this
# says no more than what can be seen: nothing of that level is tied to the rest.
MISSING: Final = {
    Level.PROBLEM: gettext_lazy("No enlaza sus objetivos con problemas."),
    Level.OBJECTIVE: gettext_lazy("No declara objetivos."),
    Level.ACTIVITY: gettext_lazy("No detalla actividades para sus objetivos."),
    Level.TARGET: gettext_lazy("No fija metas para sus objetivos."),
}


@dataclass(frozen=True)
class LevelCount:
    """How many elements of one level a plan has, and what the plan itself calls them."""

    level: Level
    count: int
    own_word: str

    @property
    def is_shown(self) -> bool:
        """Whether a reader looks for it: without guidelines a plan lacks nothing."""
        return self.count > 0 or self.level != Level.GUIDELINE

    @property
    def says_otherwise(self) -> bool:
        """Whether the plan's own word does not hold the portal's: its "Objetivo" is our meta."""
        return bool(self.own_word) and noun(self.level, 1) not in self.own_word.lower()

    @property
    def noun(self) -> str:
        return noun(self.level, self.count)


NOUNS: Final = {
    Level.DIMENSION: ngettext_lazy("dimensión", "dimensiones"),
    Level.PROBLEM: ngettext_lazy("problema", "problemas"),
    Level.OBJECTIVE: ngettext_lazy("objetivo", "objetivos"),
    Level.ACTIVITY: ngettext_lazy("actividad", "actividades"),
    Level.TARGET: ngettext_lazy("meta", "metas"),
    Level.GUIDELINE: ngettext_lazy("lineamiento", "lineamientos"),
}


def noun(level: str, count: int) -> str:
    """The noun that goes with COUNT: "problema", "metas"."""
    return str(NOUNS[Level(level)] % count)


def level_counts(plan: Plan, roots: Sequence[Branch]) -> list[LevelCount]:
    """One row for each level, in the form's order, those without elements too."""
    counts = Counter(branch.element.level for root in roots for branch in root.walk())
    return [LevelCount(level, counts[level], plan.labels.get(level, "")) for level in Level]


def undeclared(plan: Plan, roots: Sequence[Branch]) -> list[str]:
    """What PLAN, whose tree is ROOTS, does not say and a reader would look for, a sentence each.

    One query where it has targets.
    """
    branches = [branch for root in roots for branch in root.walk()]
    levels = {branch.element.level for branch in branches}
    sentences = [str(sentence) for level, sentence in MISSING.items() if level not in levels]
    if any(_is_unpaired(root) for root in roots):
        sentences.append(
            _("No dice qué objetivo responde a qué problema: los enumera por separado.")
        )
    targets = [branch.element for branch in branches if _is_measured(branch)]
    return sentences + (_about_figures(plan, targets) if targets else [])


def _is_measured(branch: Branch) -> bool:
    """Whether it is a target that is not divided into others, which say what it says."""
    levels = {child.element.level for child in branch.children}
    return branch.element.level == Level.TARGET and Level.TARGET not in levels


def _is_unpaired(dimension: Branch) -> bool:
    levels = {child.element.level for child in dimension.children}
    return {Level.PROBLEM, Level.OBJECTIVE} <= levels


def _about_figures(plan: Plan, targets: Collection[PlanElement]) -> list[str]:
    """Only of what the plan's own text states: what was defined later is not its doing.

    That it has no figure, or no baseline, is said where its whole text was read and has none.
    """
    rows = MeasuringTerms.objects.filter(element__plan=plan, by=None).order_by("version")
    stated = {terms.element_id: terms for terms in rows}
    in_order = [(each, stated.get(each.pk)) for each in targets]
    taken = sum(terms is not None and terms.goal is not None for _each, terms in in_order)
    rest = [each for each, terms in in_order if terms is None or terms.goal is None]
    sentences = []
    if rest:
        is_certain = all(gives_no_figure(each) for each in rest)
        sentences.append(_of_figures(len(targets), taken, is_certain=is_certain))
    with_baseline = any(terms and terms.baseline is not None for _each, terms in in_order)
    if taken and not with_baseline:
        is_certain = all(declares_no_baseline(each, terms) for each, terms in in_order)
        none = _("Ninguna meta declara su línea de base: desde dónde se mide.")
        recorded = _("De ninguna meta se recogió la línea de base: desde dónde se mide.")
        sentences.append(none if is_certain else recorded)
    return sentences


def _of_figures(total: int, taken: int, *, is_certain: bool) -> str:
    """Of TOTAL targets a figure was TAKEN from so many; IS_CERTAIN: the others print none."""
    if taken:
        has = ngettext(
            "De sus %(total)s metas, %(n)s tiene una cifra.",
            "De sus %(total)s metas, %(n)s tienen una cifra.",
            taken,
        )
        recorded = ngettext(
            "De sus %(total)s metas, %(n)s tiene una cifra recogida.",
            "De sus %(total)s metas, %(n)s tienen una cifra recogida.",
            taken,
        )
    elif total == 1:
        has = _("Su única meta no tiene una cifra.")
        recorded = _("Su única meta está sin cifra recogida.")
    else:
        has = _("Ninguna de sus %(total)s metas tiene una cifra.")
        recorded = _("Ninguna de sus %(total)s metas tiene una cifra recogida.")
    return (has if is_certain else recorded) % {"total": total, "n": taken}
