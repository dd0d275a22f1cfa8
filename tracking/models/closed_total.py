"""What the closed semesters of a plan add up to, as the country's figures ask for it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from plans.models import Plan


class ClosedTotal(models.Model):
    """Sums of the standings of a whole plan, all levels together, in its closed semesters.

    A row for each plan of which anything was asked by then, so that the country's figures add up as
    many rows as there are plans, however many semesters they have had. Written by
    `tracking.services.standings` alone, with the standings.
    """

    plan = models.OneToOneField(
        Plan, models.PROTECT, primary_key=True, related_name="closed_total", verbose_name=_("plan")
    )
    asked = models.PositiveIntegerField(_("por informar"))
    reported = models.PositiveIntegerField(_("con informe"))
    punctual = models.PositiveIntegerField(_("informado a tiempo"))
    supported = models.PositiveIntegerField(_("con sustento"))

    municipality_path: ClassVar = "plan__municipality"

    class Meta:
        verbose_name = _("suma de semestres cerrados")
        verbose_name_plural = _("sumas de semestres cerrados")

    def __str__(self) -> str:
        return str(self.plan)
