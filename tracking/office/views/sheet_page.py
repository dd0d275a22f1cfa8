"""A page of the sheet: its rows, as they are stored or as they came back."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models import Municipality, User
from accounts.office import OfficeRequest
from plans.semester import Semester
from tracking.choices import Step
from tracking.measuring.proposed import proposals_for
from tracking.measuring.tasks import Task, reportable_elements, still_to_send, tasks_of
from tracking.models import ProgressReport, ReviewStep
from tracking.office.forms.sheet import SheetForm
from tracking.office.forms.sheet_cells import SentRow, prefix_of, strays
from tracking.office.forms.sheet_row import SheetRow
from tracking.office.forms.sheet_saving import save_row
from tracking.office.worklists.agenda import days_sentence
from tracking.office.worklists.unit_filter import unit_filter
from tracking.permissions import (
    own,
    plan_of,
    roles_in,
    trouble_entering,
    trouble_sending,
    window_of,
)
from tracking.services.in_bulk import mark_idle

PAGE_SIZE: Final = 50
PENDING: Final = "pendiente"
ALL: Final = "todas"
OPEN: Final = "abiertas"
STEPS: Final = [(str(step.value), step.label) for step in Step]


class SheetPage:
    """Fifty rows of what a person reports, and what they typed in them.

    What was typed comes from a form, or is recovered from before their session ended.
    """

    def __init__(
        self, request: OfficeRequest, municipality: Municipality, semester: Semester
    ) -> None:
        self.request, self.municipality, self.semester = request, municipality, semester
        typed = request.POST if request.method == "POST" else request.kept
        user = request.user
        self.plan = plan_of(municipality, semester)
        self.window = window_of(municipality, semester)
        plans_all = Role.PLANNING in roles_in(user, municipality)
        asked = request.GET.get("unidad", "")
        self.units = unit_filter(asked, user, self.plan, sees_all=plans_all)
        mine = own(self.units.narrow(reportable_elements(user, self.plan)))
        self.is_pending = request.GET.get("ver") == PENDING
        self.open_rows = request.GET.get("filas", "")
        if self.is_pending:
            mine = still_to_send(mine, semester)
        self.page = Paginator(mine, PAGE_SIZE).get_page(request.GET.get("pagina"))
        self.rows = rows_of(tasks_of(self.page.object_list, self.plan, semester), typed)
        self.form = SheetForm(semester, typed)
        self.ticked = set(typed.getlist("idle")) if typed else set()
        self.strays = strays(typed, {row.prefix for row in self.rows}) if typed else []

    @property
    def faulty(self) -> list[SheetRow]:
        return [row for row in self.rows if row.is_faulty]

    @property
    def has_faults(self) -> bool:
        return bool(self.form.errors or self.faulty)

    @property
    def takes_idle(self) -> bool:
        return any(row.takes_idle for row in self.rows)

    @property
    def is_unsaved(self) -> bool:
        """Whether anything was typed or ticked that is not stored."""
        changed = any(row.is_changed for row in self.rows)
        return changed or bool(self.ticked or self.strays or self.form.data.get("reason"))

    @property
    def unsaved_count(self) -> int:
        return sum(row.is_changed for row in self.rows)

    def save(self, ref: str, *, by: User) -> list[SheetRow]:
        """Save the row REF, or every row that was touched. Returns those that could be saved."""
        day = self.form.data.get("as_of", "")
        done = [
            save_row(row, row.sent, day, by=by)
            for row in self.rows
            if row.sent and row.is_changed and ref in {"", row.ref}
        ]
        self._put(done)
        return [row for row in done if row.is_saved]

    def mark_idle(self, *, by: User) -> list[SheetRow]:
        """Say of the ticked rows that nothing was done, for the reason given. Returns those rows.

        A row in which somebody wrote is left alone, and says so.
        """
        ticked = [row for row in self.rows if row.ref in self.ticked]
        reason = self.form.cleaned_data["reason"]
        if not ticked:
            self.form.add_error("reason", _("Marque primero las filas sin actividad."))
        elif not reason:
            self.form.add_error("reason", _("Diga por qué no hubo actividad: es público."))
        if self.form.errors:
            return []
        ticked = [replace(row, trouble=row.idle_trouble) for row in ticked]
        self._put(ticked)
        free = [row for row in ticked if not row.trouble]
        try:
            reports = mark_idle([row.task.element for row in free], self.semester, reason, by=by)
        except ValidationError as refusal:
            self.form.add_error(None, refusal)
            return []
        return self._settle(free, {report.element_id: report for report in reports})

    def _settle(self, free: list[SheetRow], reports: dict[int, ProgressReport]) -> list[SheetRow]:
        """Show in the FREE rows the REPORTS that were made of them, by element. Returns those."""
        taken = _("Otra persona empezó este informe: no se tocó.")
        self._put(
            row.saved_as(report)
            if (report := reports.get(row.task.element.pk))
            else replace(row, trouble=taken)
            for row in free
        )
        marked = [row for row in self.rows if row.is_saved]
        self.ticked -= {row.ref for row in marked}
        if not self.ticked:
            self.form = SheetForm(self.semester, {"as_of": self.form.data.get("as_of", "")})
        return marked

    def begin_from_previous(self, ref: str) -> int:
        """Bring the texts of before into the row REF, or into every row; into how many. Unsaved."""
        begun = [
            row.begun_from_previous()
            for row in self.rows
            if ref in {ALL, row.ref} and row.offers_previous
        ]
        self._put(begun)
        return len(begun)

    def take_proposed(self, ref: str, code: str) -> bool:
        """Bring the figure that CODE of the operating plan proposes into the row REF. Unsaved."""
        taken = [row.with_proposed(code) for row in self.rows if row.ref == ref]
        self._put(taken)
        return any(row.is_changed for row in taken)

    def _put(self, rows: Iterable[SheetRow]) -> None:
        """Show ROWS where they were."""
        changed = {row.ref: row for row in rows}
        self.rows = [changed.get(row.ref, row) for row in self.rows]

    def address_after(self, ref: str, action: str) -> str:
        """Where to go once all is saved: the same page, at the row REF, or the next one."""
        parameters = self.request.GET.copy()
        if action == "siguiente" and self.page.has_next():
            parameters["pagina"] = str(self.page.next_page_number())
        row = next((row for row in self.rows if row.ref == ref), None)
        query = f"?{parameters.urlencode()}" if parameters else ""
        return f"{self.request.path}{query}{f'#{row.prefix}' if row else ''}"

    def _address_of(self, shown: str, *, opened: bool = False) -> str:
        """The first page of all rows, or of those SHOWN, each OPENED; the unit kept."""
        kept = {"unidad": self.units.value, "ver": shown, "filas": OPEN if opened else ""}
        return f"?{urlencode({name: value for name, value in kept.items() if value})}"

    def context(self) -> dict[str, Any]:
        today = timezone.localdate()
        return {
            "municipality": self.municipality,
            "plan": self.plan,
            "semester": self.semester,
            "sheet": self,
            "form": self.form,
            "page": self.page,
            "units": self.units,
            "is_pending": self.is_pending,
            "all_address": self._address_of(""),
            "pending_address": self._address_of(PENDING),
            "days": days_sentence(self.window, at=today) if self.window else "",
            "trouble": trouble_entering(self.plan, self.window),
            "waits": trouble_sending(self.window, at=today),
            "steps": STEPS,
            "open_rows": self.open_rows,
            "is_all_open": self.open_rows == OPEN,
            "open_address": self._address_of(PENDING if self.is_pending else "", opened=True),
            "offers_previous": any(row.offers_previous for row in self.rows),
        }


def rows_of(tasks: list[Task], typed: QueryDict | None) -> list[SheetRow]:
    """A row for each of TASKS, with what was TYPED, and why it was returned. Two queries."""
    proposals = proposals_for(tasks)
    returns = ReviewStep.objects.returns_of([task.report for task in tasks if task.report])
    return [
        SheetRow(
            task,
            SentRow.of(typed, prefix_of(task)),
            returned=returns.get(task.report.pk) if task.report else None,
            proposals=proposals.get(task.element.pk, ()),
        )
        for task in tasks
    ]
