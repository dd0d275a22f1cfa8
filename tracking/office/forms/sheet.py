"""The sheet: what it asks once for all its rows, and each row, which is saved on its own."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from plans.models import MeasuringTerms
from plans.semester import Semester
from tracking.measuring.checking import day_fault, last_possible
from tracking.measuring.entry import Entry
from tracking.measuring.tasks import Task
from tracking.models import ProgressReport, ReviewStep
from tracking.models.report import LONGEST_TEXT
from tracking.office.forms.doubts import Asked
from tracking.office.forms.measure import DayField, MeasureForm
from tracking.office.forms.sheet_cells import SENT, digest, first_of, stored_of, typed_of
from tracking.reading.sentences import measured
from tracking.reading.story import Revision
from tracking.services.drafts import EditConflict, save_draft

LONGEST_REASON: Final = 1000


class SheetForm(forms.Form):
    """What is said once: the day, for rows that name none, and why some had no activity."""

    as_of = DayField(
        label=gettext_lazy("Al día"),
        required=False,
        help_text=gettext_lazy("El día al que corresponde lo que informa, salvo donde ponga otro."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Por qué no hubo actividad"),
        required=False,
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("Es público: «La obra empieza en 2020», «No hubo presupuesto»."),
    )

    def __init__(self, semester: Semester, data: Any = None) -> None:
        last = last_possible(semester)
        super().__init__(data, initial={"as_of": last})
        self.semester = semester
        day = self.fields["as_of"].widget.attrs
        day.update({"class": "short", "min": semester.first_day.isoformat()})
        day["max"] = last.isoformat()

    def clean_as_of(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["as_of"]
        if day and (fault := day_fault(day, self.semester)):
            raise ValidationError(fault)
        return day


@dataclass(frozen=True)
class Said:
    """A report that is not public yet, as `tracking.reading.sentences` reads it."""

    report: ProgressReport
    terms: MeasuringTerms | None
    entry: Entry


class SheetRow:
    """One row of the page: what is stored and, if a form came back, what was typed over it.

    ``shown`` goes with the form and comes back: how the row was entered, and a digest of what it
    held. So a row that nobody touched is left alone, whatever was stored in it since.
    ``returned`` is why it came back from review, where it did.
    """

    def __init__(
        self, task: Task, data: QueryDict | None = None, *, returned: ReviewStep | None = None
    ) -> None:
        self.prefix = f"r{task.element.pk}"
        self.form: MeasureForm | None = None
        self.trouble = ""
        self.is_saved = self.is_conflict = False
        self.returned = returned
        self.typed: dict[str, Any] | None = None
        self._show(task)
        if data is not None and f"{self.prefix}-shown" in data:
            self.sent = {name: data.getlist(f"{self.prefix}-{name}") for name in SENT}
            self.typed = typed_of(self.sent)
            self.edit = first_of(self.sent["edit"])
            self.shown = first_of(self.sent["shown"])

    def _show(self, task: Task) -> None:
        """Take what is stored in TASK as what the page shows."""
        self.task = task
        self.stored = stored_of(task)
        self.edit = str(task.edit)
        self.shown = f"{task.entry}.{digest(self.stored)}"

    longest = LONGEST_TEXT
    """How many letters fit into what was done."""

    @property
    def ref(self) -> str:
        return self.task.element.ref

    @property
    def cells(self) -> Mapping[str, Any]:
        """What stands in the fields, as text; of the parts, a list of names."""
        return self.stored if self.typed is None else self.typed

    @property
    def is_changed(self) -> bool:
        """Whether something was typed in it and is not saved yet."""
        return self.typed is not None and digest(self.typed) != self.shown.partition(".")[2]

    @property
    def takes_idle(self) -> bool:
        """Whether it is of those that are said to have had no activity: by steps, not begun."""
        return self.task.report is None and self.task.entry.has_step

    @property
    def is_faulty(self) -> bool:
        return self.is_conflict or bool(self.trouble or self.errors)

    @property
    def errors(self) -> Mapping[str, Any]:
        return self.form.errors if self.form else {}

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Each fault, after the id of where it is."""
        if self.is_conflict:
            return [(self.prefix, _("Esta fila se guardó mientras usted escribía."))]
        if self.trouble:
            return [(self.prefix, self.trouble)]
        return [
            (f"id_{self.prefix}-{name}", message)
            for name, messages in self.errors.items()
            for message in messages
        ]

    @property
    def before(self) -> str:
        """The measure of the last report before this semester, in words."""
        return measured(Revision(self.task.previous)) if self.task.previous else ""

    @property
    def now(self) -> str:
        """The measure that is stored, in words."""
        task = self.task
        return measured(Said(task.report, task.terms, task.entry)) if task.report else ""

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
        if self.form is None and self.typed and first_of(self.sent["value_como"]):
            return self._bound("")["value"]
        return self.form["value"] if self.form else None

    @property
    def asked(self) -> Mapping[str, Asked]:
        """What is asked once more of what was typed, by field."""
        return self.form.asked if self.form else {}

    @property
    def names(self) -> str:
        """All that this row sends, for a request that sends it alone."""
        return ",".join(f"{self.prefix}-{name}" for name in SENT)

    def save(self, page_day: str, *, by: User) -> bool:
        """Save what was typed; whether it could be. PAGE_DAY is for a row that names no day."""
        if not self.shown.startswith(f"{self.task.entry}."):
            self.trouble = _(
                "La forma de medir esta promesa cambió mientras usted escribía: revise la fila y "
                "guárdela otra vez."
            )
            self.shown = f"{self.task.entry}.{digest(self.stored)}"
            return False
        self.form = self._bound(page_day)
        if not self.form.is_valid():
            return False
        element, semester = self.task.element, self.task.semester
        try:
            report = save_draft(element, semester, self.form.values(), by=by, edit=self.form.seen)
        except EditConflict as conflict:
            self.form, self.is_conflict = None, True
            self._show(replace(self.task, report=conflict.stored))
            return False
        except ValidationError as refusal:
            self.form, self.trouble = None, " ".join(refusal.messages)
            return False
        self.settle(report)
        return True

    def can_be_idle(self) -> bool:
        """Whether "sin actividad" can be said of it: nobody wrote in it. Where not, says why."""
        if self.is_changed:
            self.trouble = _(
                "Escribió en esta fila y la marcó sin actividad: guárdela, o borre lo escrito."
            )
        elif not self.takes_idle:
            self.trouble = _("Ya tiene informe, o no se mide por pasos: no se marcó.")
        return not self.trouble

    def recover(self, task: Task) -> None:
        """Complete it from TASK, with its report, after it could not be saved, or need not be."""
        if self.is_changed:
            self.task = replace(task, report=self.task.report or task.report)
            self.stored = stored_of(self.task)
        else:
            self.typed = None
            self._show(task)

    def settle(self, report: ProgressReport) -> None:
        """Show REPORT, which now holds what was typed."""
        self.form, self.typed, self.is_saved = None, None, True
        self._show(replace(self.task, report=report))

    def _bound(self, page_day: str) -> MeasureForm:
        data = MultiValueDict({f"{self.prefix}-{name}": each for name, each in self.sent.items()})
        if not first_of(self.sent["as_of"]):
            data[f"{self.prefix}-as_of"] = page_day
        return MeasureForm(self.task, data, prefix=self.prefix)
