"""The record of who took a person's second factor away."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User


class SecondFactorRemoval(models.Model):
    """That somebody took a person's second factor away. Rows are added, never changed."""

    person = models.ForeignKey(User, models.PROTECT, related_name="second_factor_removals")
    removed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("retiro de un segundo factor")
        verbose_name_plural = _("retiros de segundos factores")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(person=F("removed_by")),
                name="second_factor_removed_by_another",
                violation_error_message=_("Nadie retira su propio segundo factor."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.removed_at:%d/%m/%Y}"
