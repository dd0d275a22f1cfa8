"""A semester as who reports it works through it: what came back first, what is public last."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import models
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from tracking.choices import ReportState
from tracking.measuring.missing import missing_in
from tracking.measuring.tasks import Task
from tracking.models import ReviewStep, SemesterWindow

COUNTED_DAYS: Final = 60
"""Farther than this from the day that a semester is due, a count of days tells nobody anything."""


class Group(models.TextChoices):
    """Where a piece of work stands, in the order in which it is attended to."""

    RETURNED = "devueltos", gettext_lazy("Devueltos")
    LATE = "atrasados", gettext_lazy("Atrasados")
    TO_BEGIN = "por-empezar", gettext_lazy("Por empezar")
    DRAFTS = "borradores", gettext_lazy("Borradores")
    SUBMITTED = "enviados", gettext_lazy("Enviados a revisión")
    PUBLISHED = "publicados", gettext_lazy("Publicados")


@dataclass(frozen=True)
class AgendaItem:
    """A task of the semester, in its group. MISSING: what keeps an open report from being sent.

    RETURNED: why and by whom, where it stands returned.
    """

    task: Task
    group: Group
    is_late: bool
    missing: list[str]
    returned: ReviewStep | None = None

    @property
    def is_unchanged(self) -> bool:
        """Whether it stands as it was returned."""
        report, returned = self.task.report, self.returned
        return bool(report and returned and not report.is_changed_since(returned.at))

    @property
    def is_tagged_late(self) -> bool:
        """Whether it is late and its group does not say so."""
        return self.is_late and self.group != Group.LATE

    @property
    def is_complete(self) -> bool:
        """Whether it could be sent to review as it stands."""
        report = self.task.report
        return bool(report and report.is_open and not self.missing and not self.is_unchanged)


def agenda(
    tasks: Iterable[Task], window: SemesterWindow | None, *, at: dt.date
) -> list[AgendaItem]:
    """TASKS in the order of their groups on the day AT, and in each as they came.

    At most one query.
    """
    tasks = list(tasks)
    returns = ReviewStep.objects.returns_of([task.report for task in tasks if task.report])
    items = []
    for task in tasks:
        report = task.report
        is_late = task.is_late(window, at=at)
        items.append(
            AgendaItem(
                task=task,
                group=_group(task, is_late=is_late),
                is_late=is_late,
                missing=_missing(task),
                returned=returns.get(report.pk) if report else None,
            )
        )
    order = list(Group)
    return sorted(items, key=lambda item: order.index(item.group))


def _missing(task: Task) -> list[str]:
    report = task.report
    return list(missing_in(report, task.entry).values()) if report and report.is_open else []


def _group(task: Task, *, is_late: bool) -> Group:
    state = task.state
    if state == ReportState.RETURNED:
        return Group.RETURNED
    if is_late:
        return Group.LATE
    if state == ReportState.DRAFT:
        return Group.DRAFTS
    if state == ReportState.SUBMITTED:
        return Group.SUBMITTED
    return Group.PUBLISHED if state == ReportState.PUBLISHED else Group.TO_BEGIN


def group_counts(items: Sequence[AgendaItem]) -> list[tuple[Group, int]]:
    """How many ITEMS each group has; only groups that have any."""
    counts = Counter(item.group for item in items)
    return [(group, counts[group]) for group in Group if counts[group]]


def to_send(items: Iterable[AgendaItem], user: User) -> list[AgendaItem]:
    """What USER has to send: open reports of their own units, or that they themselves wrote.

    Planning may write on everything, but what a unit is still writing is the unit's to send.
    """
    own = {each.unit_id for each in user.current_memberships if each.unit_id}
    return [
        item
        for item in items
        if (report := item.task.report)
        and report.is_open
        and (report.author_id == user.pk or any(unit.pk in own for unit in item.task.units))
    ]


def days_sentence(window: SemesterWindow, *, at: dt.date) -> str:
    """«Vence el 31 de julio de 2019: quedan 3 días.» Far from the day, the day alone."""
    shown = {"opens": date_format(window.opens_on), "due": date_format(window.due_on)}
    if at < window.opens_on:
        return _("Se abre el %(opens)s y vence el %(due)s.") % shown
    days = (window.due_on - at).days
    if days == 0:
        return _("Vence hoy, %(due)s.") % shown
    if abs(days) > COUNTED_DAYS:
        return (_("Vence el %(due)s.") if days > 0 else _("Venció el %(due)s.")) % shown
    if days > 0:
        sentence = ngettext(
            "Vence el %(due)s: queda %(n)s día.", "Vence el %(due)s: quedan %(n)s días.", days
        )
    else:
        sentence = ngettext(
            "Venció el %(due)s, hace %(n)s día.", "Venció el %(due)s, hace %(n)s días.", -days
        )
    return sentence % {**shown, "n": number_format(abs(days))}
