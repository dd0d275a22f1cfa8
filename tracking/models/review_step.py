"""What somebody did with a report on its way to the public."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Token
from tracking.choices import Act
from tracking.models.hands import hand_of
from tracking.models.report import ProgressReport
from tracking.querysets import ReviewStepQuerySet


class ReviewStep(models.Model):
    """One step in the life of a report: who did what, when, and why. Append-only.

    ``token``: that of the system that did it for them; none where they did it themselves.
    """

    report = models.ForeignKey(
        ProgressReport, models.PROTECT, related_name="review_steps", verbose_name=_("informe")
    )
    act = models.CharField(_("acto"), max_length=12, choices=Act)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("por")
    )
    token = models.ForeignKey(
        Token,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name=_("con la clave"),
    )
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name=_("por encargo de"),
        help_text=_("A quien reemplazaba ese día; nadie si lo hizo por su propia unidad."),
    )
    at = models.DateTimeField(_("cuándo"), default=timezone.now, editable=False)
    reason = models.CharField(_("motivo"), max_length=1000, blank=True)

    municipality_path: ClassVar = "report__municipality"
    objects = ReviewStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("paso de revisión")
        verbose_name_plural = _("pasos de revisión")
        ordering: ClassVar = ["report", "at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(act__in=Act.values), name="review_step_act_known"),
            models.CheckConstraint(
                condition=~Q(act=Act.RETURNED) | ~Q(reason=""),
                name="review_step_return_gives_a_reason",
                violation_error_message=_("Diga por qué lo devuelve."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.get_act_display()}"

    @property
    def is_of_review(self) -> bool:
        """Whether it is an act of those who review."""
        return self.act in {Act.RETURNED, Act.PUBLISHED}

    @property
    def hand(self) -> str:
        """Who did it, for whom, and the name of the token if their system did."""
        who = hand_of(self.by, self.on_behalf_of)
        if self.token is None:
            return who
        with_it = {"person": who, "name": self.token, "ending": self.token.ending}
        return gettext("%(person)s, con la clave «%(name)s» (…%(ending)s)") % with_it
