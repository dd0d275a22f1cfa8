"""What an authority says of when a head of the portal's log was there."""

from typing import ClassVar, Final

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tracking.models.log import LogHead

LONGEST_STAMP: Final = 64 * 1024  # bytes


class HeadStamp(models.Model):
    """The time-stamp (RFC 3161) of a head, one for a week. Append-only.

    ``week`` is ISO 8601's ("2026-W49"), ``authority`` whose certificate signed it, ``response`` the
    answer as it came, to be verified again by anybody.
    """

    week = models.CharField(_("semana"), max_length=8, unique=True)
    head = models.ForeignKey(LogHead, models.PROTECT, related_name="stamps")
    stamped_at = models.DateTimeField(_("sellado"))
    authority = models.CharField(_("autoridad"), max_length=200)
    response = models.BinaryField(_("sello"), max_length=LONGEST_STAMP)
    received_at = models.DateTimeField(_("recibido"), default=timezone.now, editable=False)

    municipality_path: ClassVar = None

    class Meta:
        verbose_name = _("sello de tiempo")
        verbose_name_plural = _("sellos de tiempo")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.week}: {self.authority}"
