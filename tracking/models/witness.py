"""Who keeps heads of the portal's log elsewhere, and what they signed of them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tracking.models.ledger import HEXADECIMAL


class Witness(models.Model):
    """Somebody who keeps heads and signs what they saw. What an ended one signed stays."""

    name = models.CharField(_("nombre"), max_length=150)
    key = models.CharField(
        _("clave pública"),
        max_length=300,
        unique=True,
        help_text=_("Como la escribe Go: nombre+código+base64."),
    )
    url = models.URLField(_("dónde publica lo que guarda"), blank=True)
    registered_at = models.DateTimeField(_("registrado"), default=timezone.now, editable=False)
    ended_at = models.DateTimeField(_("terminó"), null=True, editable=False)

    municipality_path: ClassVar = None

    class Meta:
        verbose_name = _("testigo")
        verbose_name_plural = _("testigos")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.name


class Cosignature(models.Model):
    """The *refrendo* of a head: a witness saw that it goes on from what it had. Append-only.

    ``line`` is the signature as it came, to be verified again by anybody.
    """

    witness = models.ForeignKey(Witness, models.PROTECT, related_name="cosignatures")
    size = models.BigIntegerField(_("asientos"))
    root = models.CharField(_("raíz"), max_length=64)
    signed_at = models.DateTimeField(_("firmado"))
    line = models.CharField(_("firma"), max_length=500)
    received_at = models.DateTimeField(_("recibido"), default=timezone.now, editable=False)

    municipality_path: ClassVar = None

    class Meta:
        verbose_name = _("refrendo")
        verbose_name_plural = _("refrendos")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["witness", "signed_at", "size"], name="cosignature_once"
            ),
            models.CheckConstraint(
                condition=Q(root__regex=HEXADECIMAL), name="cosigned_root_is_a_digest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.witness}: {self.size}"


class HeadConflict(models.Model):
    """A head that our own key signed and that our log does not have. Append-only.

    Nobody else can sign it: two histories were signed, or what came after a backup was lost.
    ``note`` is the evidence, as it came.
    """

    size = models.BigIntegerField(_("asientos"))
    root = models.CharField(_("raíz"), max_length=64)
    note = models.TextField(_("cabeza firmada"))
    received_at = models.DateTimeField(_("recibido"), default=timezone.now, editable=False)

    municipality_path: ClassVar = None

    class Meta:
        verbose_name = _("cabeza que contradice al registro")
        verbose_name_plural = _("cabezas que contradicen al registro")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["size", "root"], name="conflict_once"),
            models.CheckConstraint(
                condition=Q(root__regex=HEXADECIMAL), name="conflicting_root_is_a_digest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.size}:{self.root}"
