"""What is unlikely in a report: asked once more of its author, and shown to whoever reviews it.

Nothing here is refused. What contradicts its terms is (see `tracking.office.forms.measure`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from plans.choices import Direction, MeasureKind, Nature
from plans.figures import figure_text
from plans.models import MeasuringTerms
from plans.units import is_counted_whole
from tracking.choices import Step, Unlikely
from tracking.measuring.entry import Entry
from tracking.measuring.result import percentage_of
from tracking.models import ProgressReport

JUMP: Final = 10
"""How many times more, or less, than before is unlikely."""


@dataclass(frozen=True)
class Doubt:
    """One unlikely thing, to be asked beside FIELD. ABOUT: the figures that make it so.

    CLAIM completes «Usted informa …»: "300 postas de una meta de 3".
    """

    name: Unlikely
    field: str
    claim: str
    about: str

    @property
    def question(self) -> str:
        return _("Usted informa %s. ¿Es así?") % self.claim

    @property
    def token(self) -> str:
        """The value that confirms this doubt, for these figures only."""
        return f"{self.name}:{self.about}"


def unlikely(
    report: ProgressReport,
    entry: Entry,
    terms: MeasuringTerms | None,
    previous: ProgressReport | None,
) -> list[Doubt]:
    """What is unlikely in REPORT, entered as ENTRY under TERMS, in the order of its fields.

    PREVIOUS is the newest published report of an earlier semester, with its terms; its figures are
    compared as far as they were measured alike. Pure: nothing is looked up.
    """
    alike = previous if previous and _measured_alike(previous.terms, terms) else None
    doubts: list[Doubt] = []
    if entry.has_step and report.step is not None:
        step = Step(report.step)
        doubts += _against_the_figure(step, report, entry, terms, alike) if terms else ()
        doubts += _back(step, previous)
    if entry.has_value and report.value is not None and terms is not None:
        doubts += _of_the_value(report, report.value, entry, terms, alike)
    if entry == Entry.PARTS and terms and alike:
        doubts += _of_the_parts(report, terms, alike)
    if entry == Entry.COUNT and report.required and alike and alike.required:
        counts = Decimal(report.required), Decimal(alike.required)
        doubts += of_a_jump("required", *counts, _("exigidos"), str(alike.semester))
    return doubts


def _measured_alike(before: MeasuringTerms | None, now: MeasuringTerms | None) -> bool:
    if before is None or now is None:
        return before is now
    return (before.kind, before.unit_of_measure) == (now.kind, now.unit_of_measure)


def _against_the_figure(
    step: Step,
    report: ProgressReport,
    entry: Entry,
    terms: MeasuringTerms,
    alike: ProgressReport | None,
) -> Iterator[Doubt]:
    """All is said to be delivered and is not; part, and nothing is; or nothing, and more is."""
    delivered = _delivered(report, entry, terms)
    if delivered is None:
        return
    done, whole = delivered
    before = (_delivered(alike, entry, terms) if alike else None) or (0, whole)
    is_contradiction = (
        (step == Step.WORKING and done < whole)
        or (step == Step.PARTLY and not done)
        or (step <= Step.PREPARING and done > before[0])
    )
    if is_contradiction:
        unit = _("partes") if entry == Entry.PARTS else terms.unit_of_measure
        shown = {"step": _named(step), "done": figure_text(Decimal(done)), "unit": unit}
        claim = _("«%(step)s» con %(done)s de %(whole)s %(unit)s")
        claim %= {**shown, "whole": figure_text(Decimal(whole))}
        about = f"{step.value}/{plain(Decimal(done))}"
        yield Doubt(Unlikely.STEP_AGAINST_FIGURE, "step", claim.strip(), about)


def _back(step: Step, previous: ProgressReport | None) -> Iterator[Doubt]:
    if previous and previous.step is not None and step < previous.step:
        shown = {"now": _named(step), "before": _named(Step(previous.step))}
        claim = _("«%(now)s», y en %(semester)s estaba «%(before)s»")
        claim %= {**shown, "semester": str(previous.semester)}
        yield Doubt(Unlikely.STEP_BACK, "step", claim, str(step.value))


def _delivered(
    report: ProgressReport, entry: Entry, terms: MeasuringTerms
) -> tuple[Decimal | int, Decimal | int] | None:
    """How much of how much REPORT says is delivered; None where it does not say."""
    if entry == Entry.PARTS:
        return len(set(report.parts_done) & set(terms.parts)), len(terms.parts)
    if entry == Entry.QUANTITY and report.value is not None and terms.goal:
        return report.value, terms.goal
    return None


def _of_the_value(
    report: ProgressReport,
    value: Decimal,
    entry: Entry,
    terms: MeasuringTerms,
    alike: ProgressReport | None,
) -> Iterator[Doubt]:
    about, shown = plain(value), figure_text(value, terms.value_unit)
    percent = percentage_of(report, entry, terms)
    is_above = percent is not None and percent > 100
    if is_above:
        claim = _("%(value)s de una meta de %(goal)s")
        if entry == Entry.VALUE and (
            terms.kind == MeasureKind.CHANGE or terms.direction == Direction.DOWN
        ):
            claim = _("%(value)s, más allá de lo que ofrece la meta")
        claim %= {"value": shown, "goal": terms.goal_printed}
        yield Doubt(Unlikely.ABOVE_GOAL, "value", claim, about)
    if value % 1 and comes_whole(terms):
        claim = _("%s, y se cuenta en enteros") % shown
        yield Doubt(Unlikely.FRACTION, "value", claim, about)
    before, since = terms.baseline if entry == Entry.VALUE else None, _("la línea de base")
    if alike and alike.value is not None:
        before, since = alike.value, str(alike.semester)
    if entry == Entry.QUANTITY and before is not None and value < before:
        claim = _("%(value)s en total, y en %(semester)s ya eran %(before)s")
        claim %= {"value": shown, "semester": since, "before": figure_text(before)}
        yield Doubt(Unlikely.LESS_THAN_BEFORE, "value", claim, about)
    elif before is not None and not is_above:  # which says enough
        yield from of_a_jump("value", value, before, terms.value_unit, since)


def comes_whole(terms: MeasuringTerms) -> bool:
    """Whether what TERMS measure comes in wholes; a guess by unit and goal until somebody says."""
    if terms.nature:
        return terms.nature == Nature.WHOLES
    if not is_counted_whole(terms.unit_of_measure.strip()):
        return False
    return all(not figure % 1 for figure in (terms.goal, terms.baseline) if figure is not None)


def _of_the_parts(
    report: ProgressReport, terms: MeasuringTerms, before: ProgressReport
) -> Iterator[Doubt]:
    gone = [
        part for part in terms.parts if part in before.parts_done and part not in report.parts_done
    ]
    if gone:
        shown = {"semester": str(before.semester), "parts": ", ".join(gone)}
        claim = _("sin entregar lo que en %(semester)s ya lo estaba (%(parts)s)") % shown
        yield Doubt(Unlikely.LESS_THAN_BEFORE, "parts_done", claim, "/".join(gone))


def of_a_jump(field: str, now: Decimal, before: Decimal, unit: str, since: str) -> Iterator[Doubt]:
    """From what was BEFORE, of another size than 0, to less than a tenth or more than ten times."""
    less, more = sorted([abs(now), abs(before)])
    if not less or more <= JUMP * less:
        return
    shown = {"now": figure_text(now, unit), "before": figure_text(before)}
    shown["since"] = since
    claim = _("%(now)s, más de diez veces lo de antes (%(since)s: %(before)s)")
    if abs(now) < abs(before):
        claim = _("%(now)s, menos de la décima parte de lo de antes (%(since)s: %(before)s)")
    yield Doubt(Unlikely.JUMP, field, claim % shown, plain(now))


def plain(figure: Decimal) -> str:
    """FIGURE as text for a token: 300.00 and 300 give the same."""
    return f"{figure.normalize():f}"


def _named(step: Step) -> str:
    return str(step.label).lower()
