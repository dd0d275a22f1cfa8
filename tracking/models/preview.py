"""The small picture of a photograph that sustains a report, for pages to show."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracking.querysets import PreviewQuerySet

TRIES: Final = 3
"""How often it is tried to make one before it is given up."""


class Preview(models.Model):
    """That of the photograph whose bytes give ORIGINAL, in whatever reports they are.

    Its row is its place in the queue until somebody made it; after that SHA256 is the digest of its
    bytes, and "" says that it was given up after TRIES. It proves nothing, so that no ledger knows
    of it, and it is shown to nobody from whom the photograph is withheld.
    """

    original = models.CharField(_("código de la fotografía"), max_length=64, unique=True)
    sha256 = models.CharField(_("código de verificación"), max_length=64, blank=True)
    width = models.PositiveSmallIntegerField(_("ancho en puntos"), default=0)
    height = models.PositiveSmallIntegerField(_("alto en puntos"), default=0)
    tries = models.PositiveSmallIntegerField(_("intentos fallidos"), default=0)
    tried_at = models.DateTimeField(_("último intento fallido"), null=True)
    made_at = models.DateTimeField(_("preparada"), null=True)

    objects = PreviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("vista de una fotografía")
        verbose_name_plural = _("vistas de fotografías")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(sha256="", width=0, height=0)
                | (~Q(sha256="") & Q(width__gt=0, height__gt=0, made_at__isnull=False)),
                name="preview_has_a_size_once_made",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=Q(made_at=None), name="preview_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.original[:12]}…"

    @property
    def storage_name(self) -> str:
        """Where its bytes lie in the storage."""
        return f"vistas/{self.original[:2]}/{self.original}"
