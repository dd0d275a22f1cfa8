"""What the portal keeps of a file or a link that somebody sent, whatever it belongs to."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class KeptFile(models.Model):
    """Its description, and its bytes: they lie in the storage under their digest, once for all."""

    title = models.CharField(
        _("título"), max_length=200, help_text=_("Qué es: «Acta de recepción de la posta».")
    )
    taken_on = models.DateField(_("fecha"), help_text=_("La del documento o de la fotografía."))
    place = models.CharField(_("lugar"), max_length=200, blank=True)
    url = models.URLField(_("enlace"), max_length=500, blank=True)
    file_name = models.CharField(_("archivo"), max_length=150, blank=True)
    media_type = models.CharField(_("tipo"), max_length=100, blank=True)
    size = models.PositiveIntegerField(_("tamaño en bytes"), default=0)
    sha256 = models.CharField(_("código de verificación"), max_length=64)
    keeps_position = models.BooleanField(
        _("conserva dónde se tomó"),
        default=False,
        help_text=_("La fotografía guarda las coordenadas en las que se tomó."),
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("por")
    )
    added_at = models.DateTimeField(_("agregado"), default=timezone.now, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def is_link(self) -> bool:
        return bool(self.url)

    @property
    def storage_name(self) -> str:
        """Where the bytes lie in the storage."""
        return f"sustentos/{self.sha256[:2]}/{self.sha256}"
