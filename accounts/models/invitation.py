"""Asking somebody in by e-mail."""

import datetime as dt
from typing import ClassVar, Final

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.models.municipality import Municipality
from accounts.models.people import User, role_constraints
from accounts.models.unit import Unit
from accounts.querysets import InvitationQuerySet

VALID_FOR: Final = dt.timedelta(days=7)


class Invitation(models.Model):
    """Who is asked to do what where. The token is only in the mail: here is its digest.

    The database holds that the unit is of that municipality (a composite foreign key).
    """

    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        related_name="invitations",
        null=True,
        blank=True,
        verbose_name=_("municipalidad"),
    )
    email = models.EmailField(
        _("correo electrónico"), help_text=_("A este correo llega la invitación; con él ingresará.")
    )
    name = models.CharField(
        _("nombre completo"),
        max_length=150,
        blank=True,
        help_text=_("Opcional: la persona puede corregirlo al aceptar."),
    )
    role = models.CharField(_("rol"), max_length=20, choices=Role)
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        related_name="invitations",
        null=True,
        blank=True,
        verbose_name=_("unidad orgánica"),
        help_text=_("Solo para quien informa: la unidad por la que lo hace."),
    )
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("invitó"), editable=False
    )
    created_at = models.DateTimeField(_("creada"), default=timezone.now, editable=False)
    sent_at = models.DateTimeField(_("enviada"), null=True, editable=False)
    expires_at = models.DateTimeField(_("vence"), editable=False)
    accepted_at = models.DateTimeField(_("aceptada"), null=True, editable=False)
    accepted_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, editable=False
    )
    revoked_at = models.DateTimeField(_("anulada"), null=True, editable=False)

    municipality_path: ClassVar = "municipality"
    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitación")
        verbose_name_plural = _("invitaciones")
        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [
            *role_constraints("invitation"),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False, revoked_at=None),
                name="invitation_accepted_by_somebody_or_revoked",
                violation_error_message=_("Una invitación se acepta o se anula, no las dos cosas."),
            ),
            models.UniqueConstraint(
                Lower("email"),
                F("role"),
                F("municipality"),
                F("unit"),
                condition=Q(accepted_at=None, revoked_at=None),
                nulls_distinct=False,
                name="invitation_open_once",
                violation_error_message=_("Ya hay una invitación abierta para ese correo y rol."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} · {self.get_role_display()}"

    def clean(self) -> None:
        if self.unit and self.unit.municipality_id != self.municipality_id:
            raise ValidationError({"unit": _("La unidad es de otra municipalidad.")})

    def is_open(self, *, at: dt.datetime) -> bool:
        """Whether it can still be accepted. An expired one may be sent again."""
        ended = self.accepted_at or self.revoked_at or (self.unit and self.unit.closed_on)
        return not ended and at < self.expires_at
