"""The texts that a plan quotes."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plans.models.plan import Plan


class SourceDocument(models.Model):
    """A text that a plan's elements quote, byte for byte, and the digest that proves it.

    It is the plan as it was filed (`Plan.current_document` is the newest of these), or another
    document that added to it later: then ``added_on`` is the day of that and ``added_by`` whose
    act it was. ``original_name`` and ``original_sha256`` are those of the file from which the text
    was read, empty where the text is that file.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="documents", verbose_name=_("plan"))
    number = models.PositiveIntegerField(_("número"), default=1, editable=False)
    title = models.CharField(_("título"), max_length=300)
    file_name = models.CharField(_("archivo"), max_length=120)
    provenance = models.CharField(_("procedencia"), max_length=300)
    text = models.TextField(_("texto"))
    sha256 = models.CharField(_("código de verificación"), max_length=64)
    original_name = models.CharField(_("archivo original"), max_length=255, blank=True)
    original_sha256 = models.CharField(
        _("código de verificación del archivo original"), max_length=64, blank=True
    )
    added_on = models.DateField(_("añadido el"), null=True, blank=True)
    added_by = models.CharField(_("añadido por"), max_length=200, blank=True)

    municipality_path: ClassVar = "plan__municipality"

    class Meta:
        verbose_name = _("documento original")
        verbose_name_plural = _("documentos originales")
        ordering: ClassVar = ["plan", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "number"], name="document_number_once"),
            models.UniqueConstraint(
                fields=["plan", "sha256"],
                name="document_once",
                violation_error_message=_("Ese documento ya está."),
            ),
            models.CheckConstraint(
                condition=Q(added_on=None, added_by="")
                | Q(added_on__isnull=False) & ~Q(added_by=""),
                name="document_added_by_somebody_on_a_day",
                violation_error_message=_("Diga quién añadió el documento, y qué día."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_current(self) -> bool:
        return bool(self.plan.current_document_id == self.pk)

    if TYPE_CHECKING:

        def get_absolute_url(self) -> str:
            """Its public page, which the settings say (ABSOLUTE_URL_OVERRIDES)."""
