"""What a report on an element is asked for, which its measuring terms decide."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from plans.choices import Level, MeasureKind
from plans.models import MeasuringTerms, PlanElement
from tracking.models import ProgressReport

NO_MEASURE: Final[Mapping[str, Any]] = {
    "step": None,
    "value": None,
    "parts_done": [],
    "done": None,
    "required": None,
}
MEASURES: Final = tuple(NO_MEASURE)
TEXTS: Final = ("narrative", "difficulties", "next_steps")
WRITABLE: Final = (*MEASURES, "as_of", *TEXTS, "locations", "halted_since", "halted_cause")
"""The columns of a report that its authors write, in the order in which it is read."""


class Entry(StrEnum):
    """The form that a report takes.

    Deliveries take a step of the rubric, and with it the parts or the quantity that their terms
    name; a level or a change takes a value; what is permanent takes what was done of what was
    required; the rest is told in words.
    """

    STEP = "paso"
    PARTS = "partes"
    QUANTITY = "cantidad"
    VALUE = "valor"
    COUNT = "cuenta"
    NARRATIVE = "narrativo"

    @property
    def measures(self) -> tuple[str, ...]:
        """Which of MEASURES it takes."""
        return TAKEN[self]

    @property
    def has_step(self) -> bool:
        """Whether the rubric applies, and with it "sin actividad"."""
        return "step" in self.measures

    @property
    def has_value(self) -> bool:
        return "value" in self.measures

    @property
    def has_parts(self) -> bool:
        return "parts_done" in self.measures

    @property
    def has_count(self) -> bool:
        """Whether it takes what was done of what was required."""
        return "done" in self.measures

    @property
    def is_step(self) -> bool:
        """Whether the step is all that it takes."""
        return self == Entry.STEP

    @property
    def is_quantity(self) -> bool:
        return self == Entry.QUANTITY

    @property
    def asks(self) -> tuple[str, ...]:
        """Which of WRITABLE a report of it has, in their order."""
        others = set(MEASURES) - set(self.measures)
        return tuple(name for name in WRITABLE if name not in others)


TAKEN: Final[Mapping[Entry, tuple[str, ...]]] = {
    Entry.STEP: ("step",),
    Entry.PARTS: ("step", "parts_done"),
    Entry.QUANTITY: ("step", "value"),
    Entry.VALUE: ("value",),
    Entry.COUNT: ("done", "required"),
    Entry.NARRATIVE: (),
}


def kind_of(level: str, stated: str) -> str:
    """How an element of LEVEL is measured whose terms state the kind STATED, "" for none.

    An activity is a delivery unless they say otherwise; "" for anything else nobody has defined.
    """
    return stated or (MeasureKind.DELIVERY if level == Level.ACTIVITY else "")


def entry_of(element: PlanElement, terms: MeasuringTerms | None, *, is_reportable: bool) -> Entry:
    """How a report on ELEMENT is entered under TERMS, its newest.

    What has no kind, and whatever only carries a narrative report (not IS_REPORTABLE), is told in
    words.
    """
    if not is_reportable:
        return Entry.NARRATIVE
    kind = kind_of(element.level, terms.kind if terms else "")
    if kind in {MeasureKind.LEVEL, MeasureKind.CHANGE}:
        return Entry.VALUE
    if kind == MeasureKind.PERMANENT:
        return Entry.COUNT
    if kind == MeasureKind.DELIVERY:
        if terms and terms.parts:
            return Entry.PARTS
        return Entry.QUANTITY if terms and terms.goal is not None else Entry.STEP
    return Entry.NARRATIVE


def holds_a_measure(report: ProgressReport) -> bool:
    """Whether REPORT says more than words: then it keeps it, whatever its element is today."""
    return any(each is not None for each in (report.step, report.value, report.done))


def entry_to_publish(report: ProgressReport, terms: MeasuringTerms | None) -> Entry:
    """How REPORT, sent to review, is measured under TERMS; its element has ``is_reportable``.

    An element that was divided or withdrawn since does not cost the report its measure.
    """
    is_reportable = report.element.is_reportable or holds_a_measure(report)
    return entry_of(report.element, terms, is_reportable=is_reportable)
