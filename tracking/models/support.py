"""What sustains a report: a file or a link, with the digest that proves it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality
from tracking.models.kept_file import KeptFile
from tracking.models.report import ProgressReport
from tracking.querysets import SupportQuerySet


class Support(KeptFile):
    """A *sustento* of one revision of a report. Frozen with it when it is published (a trigger).

    The bytes of a file lie in the storage under their digest; a link's digest is that of its
    address. A correction copies the rows, so each revision keeps its own.
    """

    report = models.ForeignKey(
        ProgressReport, models.PROTECT, related_name="supports", verbose_name=_("informe")
    )
    municipality_path: ClassVar = "report__municipality"
    objects = SupportQuerySet.as_manager()

    class Meta:
        verbose_name = _("sustento")
        verbose_name_plural = _("sustentos")
        ordering: ClassVar = ["report", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["report", "sha256"],
                name="support_once_per_report",
                violation_error_message=_("Ese sustento ya está en este informe."),
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$") & ~Q(title=""),
                name="support_has_title_and_digest",
                violation_error_message=_("Un sustento lleva título."),
            ),
            models.CheckConstraint(
                condition=(~Q(url="") & Q(file_name="", media_type="", size=0))
                | (Q(url="", size__gt=0) & ~Q(file_name="") & ~Q(media_type="")),
                name="support_is_a_file_or_a_link",
                violation_error_message=_("Un sustento es un archivo o un enlace."),
            ),
        ]


class Withholding(models.Model):
    """A *retiro*: a published support withheld for the personal data it holds. Append-only.

    It names the digest, not one row: every revision that carries the same file or link is
    withheld, and the digest stays for whoever has a copy.
    """

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="+", verbose_name=_("municipalidad")
    )
    sha256 = models.CharField(_("código de verificación"), max_length=64)
    reason = models.CharField(_("motivo"), max_length=500)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("por")
    )
    at = models.DateTimeField(_("retirado"), default=timezone.now, editable=False)

    municipality_path: ClassVar = "municipality"

    class Meta:
        verbose_name = _("retiro de un sustento")
        verbose_name_plural = _("retiros de sustentos")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "sha256"], name="withholding_once"),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="withholding_gives_a_reason",
                violation_error_message=_("Diga por qué se retira: es público."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sha256[:12]}…"
