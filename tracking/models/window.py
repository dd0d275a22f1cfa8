"""When a semester is reported in each municipality, and the act that closes it."""

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality
from plans.choices import MeasureKind
from plans.models import PlanElement
from plans.semester_field import SemesterField
from tracking.choices import Signal
from tracking.models.report import ProgressReport
from tracking.querysets import SemesterWindowQuerySet


class SemesterWindow(models.Model):
    """The days on which a municipality reports one semester; each municipality sets its own.

    Nothing is sent to review before ``opens_on``, though it may be prepared; what comes after
    ``due_on`` is late; from ``closes_on`` planning may close the semester. Once closed the row
    never changes (a trigger).
    """

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="windows", verbose_name=_("municipalidad")
    )
    semester = SemesterField(_("semestre"))
    opens_on = models.DateField(_("se abre"), help_text=_("Desde este día se puede informar."))
    due_on = models.DateField(
        _("vence"), help_text=_("Hasta este día se informa a tiempo; después, con atraso.")
    )
    closes_on = models.DateField(
        _("se cierra"), help_text=_("Desde este día planificación puede cerrar el semestre.")
    )
    closed_at = models.DateTimeField(_("cerrado"), null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("cerrado por"),
    )

    municipality_path: ClassVar = "municipality"
    objects = SemesterWindowQuerySet.as_manager()

    class Meta:
        verbose_name = _("plazo de un semestre")
        verbose_name_plural = _("plazos de los semestres")
        ordering: ClassVar = ["municipality", "semester"]
        indexes: ClassVar = [
            # Of all that there ever were few are still open.
            models.Index(
                fields=["due_on", "municipality", "semester"],
                condition=Q(closed_at=None),
                name="window_open",
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["municipality", "semester"],
                name="window_once",
                violation_error_message=_("Ese semestre ya tiene sus plazos."),
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("opens_on"), closes_on__gte=F("due_on")),
                name="window_days_in_order",
                violation_error_message=_(
                    "Un semestre primero se abre, después vence y al final se cierra."
                ),
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="window_closed_by_somebody",
                violation_error_message=_("Un cierre lleva su fecha y quién lo hizo."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality}, {self.semester}"

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    def is_past_due(self, at: dt.date) -> bool:
        """Whether what comes on the day AT comes late; on ``due_on`` itself it is in time."""
        return at > self.due_on


class ClosingLine(models.Model):
    """What the closing of a semester found of one reportable element. Append-only.

    Without a ``report`` it is a silence: nothing that comes later makes it unsaid. ``units``, the
    ids of those that answered for it, and its ``kind`` are as they were that day.
    """

    window = models.ForeignKey(
        SemesterWindow, models.PROTECT, related_name="lines", verbose_name=_("semestre")
    )
    element = models.ForeignKey(
        PlanElement, models.PROTECT, related_name="+", verbose_name=_("promesa")
    )
    report = models.ForeignKey(
        ProgressReport, models.PROTECT, null=True, related_name="+", verbose_name=_("informe")
    )
    signal = models.CharField(_("señal"), max_length=20, choices=Signal)
    units = ArrayField(models.BigIntegerField(), verbose_name=_("unidades"), default=list)
    kind = models.CharField(_("clase"), max_length=20, choices=MeasureKind, blank=True)

    municipality_path: ClassVar = "window__municipality"

    class Meta:
        verbose_name = _("línea de un cierre")
        verbose_name_plural = _("líneas de los cierres")
        indexes: ClassVar = [
            models.Index(
                fields=["element", "window"], condition=Q(report=None), name="closing_silence"
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["window", "element"], name="closing_line_once"),
            models.CheckConstraint(
                condition=Q(report=None, signal=Signal.SILENT)
                | Q(report__isnull=False) & ~Q(signal=Signal.SILENT),
                name="closing_line_silent_without_report",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.element.ref}: {self.get_signal_display()}"
