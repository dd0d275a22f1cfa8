"""What an activity cost, by fiscal year."""

from typing import ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality
from plans.models import Plan, PlanElement
from tracking.querysets import ExpenditureQuerySet

FIGURES: Final = ("pia", "pim", "accrued")
STATED: Final = (*FIGURES, "as_of", "source")


class Expenditure(models.Model):
    """PIA, PIM and devengado of one activity in one fiscal year, in soles. Append-only.

    A new figure is a new revision; the newest is in force and all stay public.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="expenditures", editable=False)
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+", editable=False)
    simulated = models.BooleanField(_("simulado"), editable=False)
    element = models.ForeignKey(
        PlanElement, models.PROTECT, related_name="expenditures", verbose_name=_("actividad")
    )
    year = models.PositiveSmallIntegerField(_("año fiscal"))
    revision = models.PositiveSmallIntegerField(_("revisión"), default=1, editable=False)
    pia = models.DecimalField(
        _("PIA"),
        max_digits=14,
        decimal_places=2,
        help_text=_("Presupuesto institucional de apertura, en soles."),
    )
    pim = models.DecimalField(
        _("PIM"),
        max_digits=14,
        decimal_places=2,
        help_text=_("Presupuesto institucional modificado, en soles."),
    )
    accrued = models.DecimalField(
        _("devengado"),
        max_digits=14,
        decimal_places=2,
        help_text=_("Lo gastado que ya se reconoció como obligación de pago, en soles."),
    )
    as_of = models.DateField(_("al día"))
    source = models.CharField(
        _("fuente"), max_length=300, help_text=_("De dónde salen las cifras: SIAF, y su fecha.")
    )
    reason = models.CharField(_("motivo del cambio"), max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("por")
    )
    created_at = models.DateTimeField(_("registrado"), default=timezone.now, editable=False)

    municipality_path: ClassVar = "municipality"
    objects = ExpenditureQuerySet.as_manager()

    class Meta:
        verbose_name = _("gasto de una actividad")
        verbose_name_plural = _("gasto de las actividades")
        ordering: ClassVar = ["element", "year", "revision"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["element", "year", "revision"], name="expenditure_revision_once"
            ),
            models.CheckConstraint(
                condition=Q(pia__gte=0, pim__gte=0, accrued__gte=0),
                name="expenditure_not_negative",
                violation_error_message=_("Un monto no es negativo."),
            ),
            models.CheckConstraint(
                condition=Q(accrued__lte=F("pim")),
                name="expenditure_within_budget",
                violation_error_message=_("El devengado no puede pasar del PIM."),
            ),
            models.CheckConstraint(
                condition=~Q(source="") & (Q(revision=1) | ~Q(reason="")),
                name="expenditure_names_source_and_reason",
                violation_error_message=_("Diga la fuente y, si cambia una cifra, por qué."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.element.ref}, {self.year}"

    def says_the_same(self, other: "Expenditure") -> bool:
        """Whether both give the same figures, for the same day, from the same source."""
        return all(getattr(self, name) == getattr(other, name) for name in STATED)
