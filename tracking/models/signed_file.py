"""The PDF of an edition, signed by people with means of their own, and its withdrawal."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tracking.models.accountability import AccountabilityReport
from tracking.querysets import SignedFileQuerySet


class SignedFile(models.Model):
    """The PDF of an edition with signatures appended. Append-only: a further one is added.

    It begins, byte for byte, with the edition's own PDF (a trigger). ``signatures`` is what was
    found when it came, as `tracking.files.signing` tells it: no number of a document is in it.
    """

    report = models.ForeignKey(AccountabilityReport, models.PROTECT, related_name="signed_files")
    number = models.PositiveSmallIntegerField(_("número"))
    data = models.BinaryField()
    sha256 = models.CharField(_("código de verificación"), max_length=64, db_index=True)
    size = models.PositiveIntegerField(_("tamaño en bytes"))
    signatures = models.JSONField(_("firmas"))
    added_at = models.DateTimeField(_("agregado"), default=timezone.now, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("por")
    )

    municipality_path: ClassVar = "report__municipality"
    objects = SignedFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("edición firmada")
        verbose_name_plural = _("ediciones firmadas")
        ordering: ClassVar = ["report", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "number"], name="signed_file_number_once"),
            models.UniqueConstraint(
                fields=["report", "sha256"],
                name="signed_file_once",
                violation_error_message=_("Ese mismo archivo firmado ya está en esta edición."),
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1) & ~Q(signatures=[]), name="signed_file_is_signed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}.firmado-{self.number}"

    def get_absolute_url(self) -> str:
        """Where it is downloaded; with the report's plan and its municipality at hand."""
        report = self.report
        parts = [*report.plan.url_args, report.semester, report.edition, self.number]
        return reverse("tracking:signed_file", args=parts)

    @property
    def withheld(self) -> "SignedWithholding | None":
        """Its tombstone, None while it is served."""
        return getattr(self, "withholding", None)


class SignedWithholding(models.Model):
    """The *retiro* of a signed file: whom it names did not sign it, or it shows what it should not.

    Append-only. The file is served no more; its digest stays for whoever has a copy.
    """

    signed_file = models.OneToOneField(SignedFile, models.PROTECT, related_name="withholding")
    reason = models.CharField(_("motivo"), max_length=500)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("por")
    )
    at = models.DateTimeField(_("retirado"), default=timezone.now, editable=False)

    municipality_path: ClassVar = "signed_file__report__municipality"

    class Meta:
        verbose_name = _("retiro de una edición firmada")
        verbose_name_plural = _("retiros de ediciones firmadas")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="signed_withholding_gives_a_reason",
                violation_error_message=_("Diga por qué se retira: es público."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.signed_file)
