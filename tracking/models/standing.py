"""How a group of promises stands in one semester: counts, and means of like things only."""

from functools import reduce
from operator import add
from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality, Unit
from plans.choices import Dimension, Level
from plans.models import Plan
from plans.semester_field import SemesterField
from tracking.choices import Signal, Stage

STAGE_COLUMNS: Final = {stage: stage.name.lower() for stage in Stage}
SIGNAL_COLUMNS: Final = {
    signal: signal.name.lower() for signal in Signal if signal != Signal.SILENT
}


def _sum_is_reported(columns: list[str]) -> Q:
    return Q(reported=reduce(add, (F(name) for name in columns)))


class Standing(models.Model):
    """What was asked of one LEVEL of a plan in one semester, and what the newest reports say.

    The scope is the whole plan, one dimension or one unit. Only elements that were asked count:
    until a semester closes, what the plan asks today; from then on, what its closing found. Nothing
    here depends on today's date: ``asked`` less ``reported`` is a silence, and whether it is
    already late is told by the semester's days. An element with two units counts in both.
    ``means`` gives by `MeasureKind` {"of", "measured", "mean"}: see `tracking.measuring.tally`.
    ``verdicts`` gives by `Verdict` how many of those asked go so, by the last that was known in the
    semester, once its reports are due; ``awaited`` the same while they may still come.

    Written by `tracking.services.standings` alone, which can always compute it anew.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="standings")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    simulated = models.BooleanField(_("simulado"))
    semester = SemesterField(_("semestre"))
    dimension = models.CharField(_("dimensión"), max_length=15, choices=Dimension, blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("unidad orgánica")
    )
    level = models.CharField(_("nivel"), max_length=10, choices=Level)

    asked = models.PositiveIntegerField(_("por informar"))
    reported = models.PositiveIntegerField(_("con informe"))

    working = models.PositiveIntegerField(_("funcionando"))
    reached = models.PositiveIntegerField(_("cifra alcanzada"))
    partly = models.PositiveIntegerField(_("entregado en parte"))
    running = models.PositiveIntegerField(_("en ejecución"))
    preparing = models.PositiveIntegerField(_("en preparación"))
    idle = models.PositiveIntegerField(_("sin actividad"))
    measured = models.PositiveIntegerField(_("con cifra"))
    told = models.PositiveIntegerField(_("en palabras"))

    on_time = models.PositiveIntegerField(_("al día"))
    late = models.PositiveIntegerField(_("con retraso"))
    very_late = models.PositiveIntegerField(_("muy retrasado"))
    not_due = models.PositiveIntegerField(_("aún no corresponde"))
    no_schedule = models.PositiveIntegerField(_("sin cronograma"))
    not_measurable = models.PositiveIntegerField(_("aún no medible"))

    punctual = models.PositiveIntegerField(_("informado a tiempo"))
    supported = models.PositiveIntegerField(_("con sustento"))
    corrected = models.PositiveIntegerField(_("corregido"))
    halted = models.PositiveIntegerField(_("paralizado"))
    unverifiable = models.PositiveIntegerField(_("no verificable"))
    means = models.JSONField(_("promedios por clase"), default=dict)
    verdicts = models.JSONField(_("cómo van"), default=dict)
    awaited = models.JSONField(_("cómo van mientras corre el plazo"), default=dict)

    municipality_path: ClassVar = "municipality"

    class Meta:
        verbose_name = _("balance de un semestre")
        verbose_name_plural = _("balances de los semestres")
        ordering: ClassVar = ["plan", "semester", "dimension", "unit", "level"]
        indexes: ClassVar = [
            models.Index(
                fields=["municipality", "semester"],
                # All that the country's figures add up.
                include=["plan", "simulated", "asked", "reported", "punctual", "supported"],
                condition=Q(dimension="", unit=None),
                name="standing_counted",
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "semester", "dimension", "unit", "level"],
                nulls_distinct=False,
                name="standing_once",
            ),
            models.CheckConstraint(
                condition=Q(dimension="") | Q(unit=None), name="standing_has_one_scope"
            ),
            models.CheckConstraint(
                condition=Q(
                    asked__gt=0,
                    reported__lte=F("asked"),
                    punctual__lte=F("reported"),
                    supported__lte=F("reported"),
                    corrected__lte=F("reported"),
                    halted__lte=F("reported"),
                    unverifiable__lte=F("asked"),
                ),
                name="standing_counts_fit",
            ),
            models.CheckConstraint(
                condition=_sum_is_reported([*STAGE_COLUMNS.values()]),
                name="standing_each_report_has_a_stage",
            ),
            models.CheckConstraint(
                condition=_sum_is_reported([*SIGNAL_COLUMNS.values()]),
                name="standing_each_report_has_a_signal",
            ),
        ]

    def __str__(self) -> str:
        scope = self.get_dimension_display() or self.unit or ""
        return f"{self.plan}, {self.semester}, {self.get_level_display()} {scope}".strip()

    @property
    def stages(self) -> dict[str, int]:
        """How many reports stand at each `Stage`."""
        return {stage.value: getattr(self, column) for stage, column in STAGE_COLUMNS.items()}

    @property
    def signals(self) -> dict[str, int]:
        """How many reports have each `Signal`."""
        return {signal.value: getattr(self, column) for signal, column in SIGNAL_COLUMNS.items()}

    @property
    def silent(self) -> int:
        """Promises without a report; the semester's days tell whether they are late."""
        return self.asked - self.reported
