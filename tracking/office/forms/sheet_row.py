"""A row of the sheet, as the page shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _

from plans.models import MeasuringTerms
from tracking.measuring.entry import Entry
from tracking.measuring.proposed import Proposal
from tracking.measuring.tasks import Task
from tracking.models import ProgressReport, ReviewStep
from tracking.models.report import LONGEST_TEXT
from tracking.office.forms.doubts import Question
from tracking.office.forms.measure import MeasureForm
from tracking.office.forms.sheet_cells import (
    COPIED,
    SENT,
    Cells,
    SentRow,
    prefix_of,
    shown_of,
    stored_of,
    texts_of,
)
from tracking.reading.sentences import measured
from tracking.reading.story import Revision


class Unpublished(NamedTuple):
    """A report that is not public yet, as `tracking.reading.sentences` reads it."""

    report: ProgressReport
    terms: MeasuringTerms | None
    entry: Entry


@dataclass(frozen=True)
class SheetRow:
    """What is stored of TASK and, if a form came back, what was SENT over it.

    ``returned`` is why its report came back from review, where it did. ``form`` is there where
    what was sent is at fault or in doubt, ``trouble`` where it could not be saved otherwise;
    IS_CONFLICT: somebody saved the report of TASK meanwhile. PROPOSALS are of the operating plan.
    """

    task: Task
    sent: SentRow | None = None
    returned: ReviewStep | None = None
    form: MeasureForm | None = None
    trouble: str = ""
    is_conflict: bool = False
    is_saved: bool = False
    proposals: Sequence[Proposal] = ()

    longest = LONGEST_TEXT
    """How many letters fit into what was done."""

    @property
    def prefix(self) -> str:
        return prefix_of(self.task)

    @property
    def ref(self) -> str:
        return self.task.element.ref

    @cached_property
    def stored(self) -> Cells:
        return stored_of(self.task)

    @property
    def cells(self) -> Cells:
        """What stands in the fields."""
        return self.sent.cells if self.sent else self.stored

    @property
    def shown(self) -> str:
        return self.sent.text("shown") if self.sent else shown_of(self.task)

    @property
    def edit(self) -> str:
        """The edition over which saving it writes."""
        return self.sent.text("edit") if self.sent and not self.is_conflict else str(self.task.edit)

    @property
    def is_changed(self) -> bool:
        """Whether something was typed in it and is not saved yet."""
        return self.sent is not None and self.sent.is_changed

    @property
    def previous(self) -> dict[str, str]:
        """What the last report before this semester tells, by name; what it leaves out too."""
        return texts_of(self.task.previous)

    @property
    def offers_previous(self) -> bool:
        """Whether there is a text of before to begin with, and room for it."""
        return any(
            text and not self.cells[name]  # type: ignore[literal-required]
            for name, text in self.previous.items()
        )

    @property
    def to_copy(self) -> list[tuple[str, str, str]]:
        """Name, label and text of each figure and text typed in it, for a row now out of reach."""
        label = ProgressReport._meta.get_field
        return [
            (name, str(label(name).verbose_name), self.cells[name])  # type: ignore[literal-required, union-attr]
            for name in COPIED
            if self.cells[name]  # type: ignore[literal-required]
        ]

    @property
    def is_as_before(self) -> bool:
        """Whether what was done is, word by word, what was told of the semester before."""
        text = self.cells["narrative"].strip()
        return bool(text) and text == self.previous["narrative"].strip()

    @property
    def tells_more(self) -> bool:
        """Whether it says something of difficulties or of what follows."""
        return bool(self.cells["difficulties"] or self.cells["next_steps"])

    @property
    def takes_idle(self) -> bool:
        """Whether it is of those that are said to have had no activity: by steps, not begun."""
        return self.task.report is None and self.task.entry.has_step

    @property
    def is_faulty(self) -> bool:
        return self.is_conflict or bool(self.trouble or self.errors)

    @property
    def errors(self) -> ErrorDict | Mapping[str, list[str]]:
        return self.form.errors if self.form else {}

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Each fault, after the id of where it is."""
        if self.is_conflict:
            return [(self.prefix, _("Esta fila se guardó mientras usted escribía."))]
        if self.trouble:
            return [(self.prefix, self.trouble)]
        return [
            (f"id_{self.prefix}-{name}", str(message))
            for name, messages in self.errors.items()
            for message in messages
        ]

    @property
    def previous_measure(self) -> str:
        """The measure of the last report before this semester, in words."""
        return measured(Revision(self.task.previous)) if self.task.previous else ""

    @property
    def now(self) -> str:
        """The measure that is stored, in words."""
        task = self.task
        return measured(Unpublished(task.report, task.terms, task.entry)) if task.report else ""

    @property
    def parts(self) -> list[tuple[str, bool]]:
        """The parts of what is delivered, and whether each is ticked."""
        ticked = set(self.cells["parts_done"])
        names = self.task.terms.parts if self.task.terms else []
        return [(name, name in ticked) for name in names]

    @property
    def figure(self) -> BoundField | None:
        """The field of a figure in doubt or at fault, which brings what to choose from."""
        if not self.task.entry.has_value:
            return None
        if self.form is None and self.sent and self.sent.text("value_como"):
            return self.sent.form(self.task)["value"]
        return self.form["value"] if self.form else None

    @property
    def questions(self) -> Mapping[str, Question]:
        """What is asked once more of what was typed, by field."""
        return self.form.questions if self.form else {}

    @property
    def names(self) -> str:
        """All that this row sends, for a request that sends it alone."""
        return ",".join(f"{self.prefix}-{name}" for name in SENT)

    @property
    def idle_trouble(self) -> str:
        """Why "sin actividad" cannot be said of it: somebody wrote in it. "" where it can."""
        if self.is_changed:
            return _(
                "Escribió en esta fila y la marcó sin actividad: guárdela, o borre lo escrito."
            )
        if not self.takes_idle:
            return _("Ya tiene informe, o no se mide por pasos: no se marcó.")
        return ""

    def begun_from_previous(self) -> "SheetRow":
        """The row with the texts of before where nothing was typed; not saved."""
        if not (self.sent and self.task.previous and self.task.is_writable):
            return self
        return replace(self, sent=self.sent.begun_from(self.task.previous))

    def with_proposed(self, code: str) -> "SheetRow":
        """The row with the figure that CODE of the operating plan proposes; not saved."""
        taken = (each for each in self.proposals if each.code == code and each.agrees)
        proposal = next(taken, None)
        if not (proposal and self.sent and self.task.is_writable):
            return self
        return replace(self, sent=self.sent.with_value(proposal.typed))

    def saved_as(self, report: ProgressReport) -> "SheetRow":
        """The row once REPORT holds what was typed."""
        return replace(
            self, task=replace(self.task, report=report), sent=None, form=None, is_saved=True
        )

    def completed(self, task: Task) -> "SheetRow":
        """The row with what TASK, with its report, holds, where it was not or need not be saved."""
        if self.is_changed:
            return replace(self, task=replace(task, report=self.task.report or task.report))
        return replace(self, task=task, sent=None)
