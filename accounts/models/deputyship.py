"""Who stands in for somebody who is away, and on which days."""

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.municipality import Municipality
from accounts.querysets import DeputyshipQuerySet


class Deputyship(models.Model):
    """That DEPUTY may report for the units of ABSENT from one day to another, both included.

    It ends by itself; ``ended_at`` is set where somebody ended it before. What the deputy may do is
    read from the roles that the absent person has on the day: it lends nothing that was lent.
    """

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="deputyships")
    absent = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="absences",
        verbose_name=_("quien se ausenta"),
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="deputyships",
        verbose_name=_("quien lo reemplaza"),
    )
    starts_on = models.DateField(_("desde el"))
    ends_on = models.DateField(_("hasta el"))
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    named_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    municipality_path: ClassVar = "municipality"
    objects = DeputyshipQuerySet.as_manager()

    class Meta:
        verbose_name = _("reemplazo")
        verbose_name_plural = _("reemplazos")
        ordering: ClassVar = ["starts_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on")),
                name="deputyship_in_order",
                violation_error_message=_("El último día no puede ser antes del primero."),
            ),
            models.CheckConstraint(
                condition=~Q(absent=F("deputy")),
                name="deputyship_of_another",
                violation_error_message=_("Nadie se reemplaza a sí mismo."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} por {self.absent}"

    def is_over(self, *, at: dt.date) -> bool:
        return self.ended_at is not None or self.ends_on < at
