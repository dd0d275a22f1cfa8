"""Which reminders a person was sent."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tracking.models.window import SemesterWindow


class Reminder(models.Model):
    """That a person was reminded of a window, once for each of its occasions, or as planning asked.

    The row is the claim: whoever inserts it sends the mail, so two workers never send it twice.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    window = models.ForeignKey(SemesterWindow, models.PROTECT, related_name="+")
    days_after_due = models.SmallIntegerField(
        _("días desde el vencimiento"), help_text=_("Negativo si es antes.")
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("lo pidió"),
        help_text=_("Quien planifica y no esperó al día; nadie, si salió en su día."),
    )
    sent_at = models.DateTimeField(auto_now_add=True)

    municipality_path: ClassVar = "window__municipality"

    class Meta:
        verbose_name = _("recordatorio")
        verbose_name_plural = _("recordatorios")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "window", "days_after_due"], name="reminder_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.window}, {self.days_after_due}"
