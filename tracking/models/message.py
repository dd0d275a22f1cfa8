"""What the people who write a report and those who review it say to one another under it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tracking.models.hands import hand_of
from tracking.models.report import ProgressReport
from tracking.querysets import MessageQuerySet

LONGEST_MESSAGE = 2000


class Message(models.Model):
    """One message under a report, kept with it and never public. Append-only.

    Why a report was returned is no message of its own: its step says it (`ReviewStep`).
    ``is_from_planning``: what the person was when they wrote it; roles change.
    """

    report = models.ForeignKey(
        ProgressReport, models.PROTECT, related_name="messages", verbose_name=_("informe")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("por")
    )
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name=_("por encargo de"),
    )
    is_from_planning = models.BooleanField(_("de planificación"))
    at = models.DateTimeField(_("cuándo"), default=timezone.now, editable=False)
    text = models.CharField(_("mensaje"), max_length=LONGEST_MESSAGE)

    municipality_path: ClassVar = "report__municipality"
    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("mensaje")
        verbose_name_plural = _("mensajes")
        ordering: ClassVar = ["report", "at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="message_says_something",
                violation_error_message=_("Escriba su mensaje."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.by}"

    @property
    def hand(self) -> str:
        """Who wrote it, and for whom."""
        return hand_of(self.by, self.on_behalf_of)
