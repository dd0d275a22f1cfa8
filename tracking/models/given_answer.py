"""What was answered to a system that may ask the same once more."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Token
from tracking.querysets import GivenAnswerQuerySet

LONGEST_KEY = 255


class GivenAnswer(models.Model):
    """The answer to what was asked with TOKEN under KEY: asked again, it is given again.

    The row is the claim: it is inserted in the transaction that does what is asked, so that of two
    who ask at once the second waits, and what was undone has left no row.
    """

    token = models.ForeignKey(Token, models.CASCADE, related_name="+")
    key = models.CharField(max_length=LONGEST_KEY)
    asked = models.CharField(max_length=64, help_text=_("El resumen de lo que se pidió."))
    status = models.PositiveSmallIntegerField(null=True)
    content: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    location = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)

    municipality_path: ClassVar = "token__municipality"
    objects = GivenAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("respuesta dada")
        verbose_name_plural = _("respuestas dadas")
        indexes: ClassVar = [models.Index(fields=["at"], name="given_answer_by_age")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["token", "key"], name="given_answer_once"),
            models.CheckConstraint(
                condition=~Q(key="") & Q(asked__regex=r"^[0-9a-f]{64}$"),
                name="given_answer_has_a_key_and_a_digest",
            ),
        ]

    def __str__(self) -> str:
        return self.key
