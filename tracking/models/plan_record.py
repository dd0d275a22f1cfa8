"""How a plan stood at one of its versions: what the ledger holds a published plan to."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from plans.choices import Standing
from plans.models import PlanVersion


class PlanRecord(models.Model):
    """What a version of a plan said, in two digests and its standing. Append-only (a trigger).

    A plan's texts are corrected in place, so that no row has what an earlier version said as a
    whole: its digests stay here (`tracking.ledger.kinds.plans`). Versions that were published
    before there were records have none, but the one that stood when the ledger learnt of plans.
    """

    version = models.OneToOneField(
        PlanVersion, models.PROTECT, related_name="record", verbose_name=_("versión")
    )
    document_sha256 = models.CharField(_("código del documento"), max_length=64)
    texts_sha256 = models.CharField(_("código de los textos"), max_length=64)
    standing = models.CharField(_("condición"), max_length=20, choices=Standing)
    standing_source = models.CharField(_("fuente de la condición"), max_length=300, blank=True)

    municipality_path: ClassVar = "version__plan__municipality"

    class Meta:
        verbose_name = _("constancia de una versión de un plan")
        verbose_name_plural = _("constancias de las versiones de los planes")

    def __str__(self) -> str:
        return str(self.version)
