"""Who follows what by e-mail: an address, what it follows, and up to where it was told."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality, Unit
from plans.models import Plan, PlanElement
from tracking.choices import FollowKind
from tracking.querysets import FollowQuerySet

LONGEST_ADDRESS: Final = 254
"""What mail can be sent to (RFC 5321, 4.5.3.1.3)."""
LONGEST_WORDS: Final = 60

SUBJECTS: Final = {
    FollowKind.PLAN: Q(plan__isnull=False, element=None, unit=None, words=""),
    FollowKind.PROMISE: Q(plan__isnull=False, element__isnull=False, unit=None, words=""),
    FollowKind.UNIT: Q(plan=None, element=None, unit__isnull=False, words=""),
    FollowKind.WORDS: Q(plan=None, element=None, unit=None) & ~Q(words=""),
}
"""Which columns say what is followed, by its kind."""


def _has_its_subject() -> Q:
    known = Q()
    for kind, columns in SUBJECTS.items():
        known |= Q(kind=kind) & columns
    return known


class Follower(models.Model):
    """An address to which somebody wants letters, and nothing else of them. No account.

    It is kept until the day KEPT_UNTIL, which moves on with each sign that somebody still wants
    them; None until they confirmed anything. ``asked_on``: when they were asked whether they do.
    Whoever leaves is deleted.
    """

    email = models.EmailField(_("correo"), max_length=LONGEST_ADDRESS)
    kept_until = models.DateField(_("se guarda hasta"), null=True)
    asked_on = models.DateField(_("se le preguntó si sigue"), null=True)

    class Meta:
        verbose_name = _("quien sigue por correo")
        verbose_name_plural = _("quienes siguen por correo")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="follower_once")]

    def __str__(self) -> str:
        """Without the address, which no log and no list shows."""
        return f"n.º {self.pk}"


class Follow(models.Model):
    """One thing of a MUNICIPALITY that FOLLOWER follows; confirmed from the address itself.

    ``told_number`` and ``told_on`` say up to where they know: what was known when the
    municipality's ledger had so many entries, on that day. They are the claim of a letter, too.
    ``at_once``: told as it happens, and not once a week.
    """

    follower = models.ForeignKey(Follower, models.CASCADE, related_name="follows")
    kind = models.CharField(_("qué sigue"), max_length=10, choices=FollowKind)
    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="+")
    plan = models.ForeignKey(Plan, models.CASCADE, null=True, related_name="+")
    element = models.ForeignKey(PlanElement, models.CASCADE, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="+")
    words = models.CharField(_("palabra"), max_length=LONGEST_WORDS, blank=True)
    at_once = models.BooleanField(_("al momento"), default=False)
    asked_at = models.DateTimeField(_("se pidió"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("se confirmó"), null=True)
    told_number = models.PositiveIntegerField(_("asiento hasta el que se contó"), null=True)
    told_on = models.DateField(_("día hasta el que se contó"), null=True)

    municipality_path: ClassVar = "municipality"
    objects = FollowQuerySet.as_manager()

    class Meta:
        verbose_name = _("lo que alguien sigue por correo")
        verbose_name_plural = _("lo que se sigue por correo")
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(
                fields=["told_on", "follower"],
                condition=Q(confirmed_at__isnull=False),
                name="follow_due",
            ),
            models.Index(
                fields=["municipality"],
                condition=Q(at_once=True, confirmed_at__isnull=False),
                name="follow_at_once",
            ),
            models.Index(
                fields=["asked_at"], condition=Q(confirmed_at=None), name="follow_unconfirmed"
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["follower", "kind", "municipality", "plan", "element", "unit", "words"],
                nulls_distinct=False,
                name="follow_once",
            ),
            models.CheckConstraint(condition=_has_its_subject(), name="follow_has_its_subject"),
            models.CheckConstraint(
                condition=Q(at_once=False) | Q(kind=FollowKind.PROMISE),
                name="follow_at_once_is_of_one_promise",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, told_number=None, told_on=None)
                | Q(confirmed_at__isnull=False, told_number__isnull=False, told_on__isnull=False),
                name="follow_told_once_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, n.º {self.pk}"
