"""What somebody is told: that something was done about a report which concerns them."""

from typing import ClassVar, cast

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Deputyship, Municipality
from plans.semester_field import SemesterField
from tracking.choices import NoticeKind, Telling
from tracking.models.message import Message
from tracking.models.report import ProgressReport
from tracking.models.review_step import ReviewStep
from tracking.querysets import NoticeQuerySet


class Notice(models.Model):
    """That USER is told of one act of somebody else, in place and, as they chose, by mail.

    What it says is read from the act's own row, a step, a message or a deputyship:
    nothing of it is copied.
    ``mailed_at`` is the claim of the letter that took it; what was read in place goes by none.
    Of what is sent to review there is one in a day, with the first step: `day` holds that.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices")
    kind = models.CharField(_("aviso"), max_length=15, choices=NoticeKind)
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    semester = SemesterField(_("semestre"))
    step = models.ForeignKey(ReviewStep, models.PROTECT, null=True, related_name="+")
    message = models.ForeignKey(Message, models.PROTECT, null=True, related_name="+")
    deputyship = models.ForeignKey(Deputyship, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("cuándo"), default=timezone.now, editable=False)
    day = models.DateField(_("día"), default=timezone.localdate, editable=False)
    read_at = models.DateTimeField(_("leído"), null=True)
    mailed_at = models.DateTimeField(_("enviado por correo"), null=True)

    municipality_path: ClassVar = "municipality"
    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("aviso")
        verbose_name_plural = _("avisos")
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["user", "-at", "-id"], name="notice_newest_first"),
            models.Index(
                fields=["user", "municipality"], condition=Q(read_at=None), name="notice_unread"
            ),
            models.Index(
                fields=["kind"], condition=Q(read_at=None, mailed_at=None), name="notice_unmailed"
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=NoticeKind.values) & ~Q(kind=NoticeKind.REMINDER),
                name="notice_kind_known",
                violation_error_message=_("Ese aviso no existe."),
            ),
            models.CheckConstraint(
                condition=Q(step__isnull=False, message=None, deputyship=None)
                | Q(step=None, message__isnull=False, deputyship=None)
                | Q(step=None, message=None, deputyship__isnull=False),
                name="notice_of_one_act",
                violation_error_message=_("Un aviso es de un solo acto."),
            ),
            models.CheckConstraint(
                condition=Q(kind=NoticeKind.DEPUTY, deputyship__isnull=False)
                | ~Q(kind=NoticeKind.DEPUTY) & Q(deputyship=None),
                name="notice_of_a_deputy_has_one",
                violation_error_message=_("Ese aviso es de un reemplazo."),
            ),
            models.UniqueConstraint(
                fields=["user", "municipality", "semester", "day"],
                condition=Q(kind=NoticeKind.SENT),
                name="notice_of_sending_once_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_kind_display()}"

    @property
    def act(self) -> ReviewStep | Message:
        """What it tells of a report: the database holds that there is one, but for a deputy's."""
        return cast(ReviewStep | Message, self.step or self.message)

    @property
    def report(self) -> ProgressReport:
        return self.act.report

    @property
    def is_of_deputy(self) -> bool:
        return self.kind == NoticeKind.DEPUTY


class NoticeChoice(models.Model):
    """How a person wants to be told of a KIND; without a row, once a day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField(_("aviso"), max_length=15, choices=NoticeKind)
    telling = models.CharField(_("cómo"), max_length=15, choices=Telling)

    class Meta:
        verbose_name = _("preferencia de avisos")
        verbose_name_plural = _("preferencias de avisos")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "kind"], name="notice_choice_once"),
            models.CheckConstraint(
                condition=Q(kind__in=NoticeKind.values, telling__in=Telling.values),
                name="notice_choice_known",
                violation_error_message=_("Esa preferencia no existe."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.kind}, {self.telling}"


class DailyLetter(models.Model):
    """That a person got their letter of a day. Its row is the claim: there is no second one."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    day = models.DateField(_("día"))

    class Meta:
        verbose_name = _("carta del día")
        verbose_name_plural = _("cartas del día")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "day"], name="daily_letter_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.day}"
