"""A letter that waits for the worker."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import LetterKind

LONGEST_ADDRESS = 320
"""What a form takes for an address, whoever's it is."""


class Letter(models.Model):
    """That a letter of KIND is to be written to an address. Its row is its place in the queue.

    Only what it is about is kept, by ids: no text, and no link that opens an account. Whoever sends
    it writes it then, and the row goes.
    """

    kind = models.CharField(max_length=30, choices=LetterKind)
    to = models.EmailField(max_length=LONGEST_ADDRESS)
    about = models.JSONField(default=dict)
    queued_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("carta por enviar")
        verbose_name_plural = _("cartas por enviar")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=LetterKind.values),
                name="letter_kind_known",
                violation_error_message=_("Nadie sabe escribir esa carta."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
