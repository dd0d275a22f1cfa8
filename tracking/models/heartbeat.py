"""When a worker last gave a sign of life."""

import datetime as dt
from typing import ClassVar, Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

ONLY: Final = 1
QUIET: Final = dt.timedelta(minutes=5)


class Heartbeat(models.Model):
    """When somebody last worked in the background: one row, however many do."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    at = models.DateTimeField(_("último trabajo de fondo"))

    class Meta:
        verbose_name = _("último trabajo de fondo")
        verbose_name_plural = _("último trabajo de fondo")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(id=ONLY), name="heartbeat_only_one"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%dT%H:%M:%SZ}"

    def is_quiet(self, *, at: dt.datetime) -> bool:
        """Whether nobody has worked for so long that somebody should look."""
        return at - self.at > QUIET
